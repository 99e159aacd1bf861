"""A catalog tests itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.catalog.check import check_examples, check_signals
from mapper.catalog.load import load_catalog
from tests.builders import LEXICON, a_policy, a_requirement, catalog_of, folder

SIGNAL = "{need: [投诉, 办结]}"
BREACH = '    breaches:\n      - {need: [投诉, "@penalty"]}\n'


def a_requirement_with(examples: str, counterexamples: str, more: str = "") -> str:
    plain = a_requirement("op23-1", SIGNAL, more=more)
    head, _, rest = plain.partition("    examples:")
    _, _, tail = rest.partition("    counterexamples: [今天天气不错]\n")
    return f"{head}    examples: {examples}\n    counterexamples: {counterexamples}\n{tail}"


def found(requirement: str) -> list[tuple[str, str]]:
    catalog = catalog_of(a_policy(requirement))
    return [(problem.code, problem.params["sentence"]) for problem in check_examples(catalog)]


def test_a_catalog_whose_examples_hold_has_no_problem() -> None:
    assert found(a_requirement_with("[投诉全部办结, 按期办结投诉]", "[投诉热线改号, 手续全部办结]")) == []


def test_an_example_that_does_not_match_is_said() -> None:
    assert found(a_requirement_with("[投诉全部办结, 投诉热线改号]", "[今天]")) == [
        ("example-unmatched", "投诉热线改号")
    ]


def test_a_counterexample_that_matches_is_said() -> None:
    assert found(a_requirement_with("[投诉全部办结, 按期办结投诉]", "[投诉从不拖延，当天办结]")) == [
        ("counterexample-matched", "投诉从不拖延，当天办结")
    ]


def test_an_example_may_show_the_duty_broken() -> None:
    assert found(a_requirement_with("[投诉全部办结, 因投诉拖延被罚款]", "[今天]", BREACH)) == []


def test_a_negated_example_does_not_match() -> None:
    assert found(a_requirement_with("[投诉全部办结, 投诉尚未办结]", "[今天]")) == [
        ("example-unmatched", "投诉尚未办结")
    ]


def test_a_problem_names_requirement_file_and_line() -> None:
    policy = a_policy(a_requirement_with("[投诉全部办结, 投诉热线改号]", "[今天]"))
    (problem,) = check_examples(catalog_of(policy))
    assert problem.params["id"] == "op23-1"
    assert problem.path.endswith(".yaml")
    lines = policy.splitlines()
    first, last = (next(n for n, line in enumerate(lines, 1) if mark in line) for mark in ("id: op23-1", "counterex"))
    assert problem.line is not None and first <= problem.line <= last
    assert "投诉热线改号" in str(problem)


@pytest.mark.parametrize(
    "signal",
    [
        "{need: [绿色贷款], unless: [贷款]}",
        "{need: [示例], unless: [示例]}",
        '{need: ["@elderly", 上门], unless: ["@elderly"]}',
        '{need: ["@loan"], unless: ["@loan|利息"]}',
    ],
)
def test_a_signal_that_voids_itself_can_never_match_and_is_said(tmp_path: Path, signal: str) -> None:
    policy = a_policy(a_requirement("op23-1", "{need: [示例]}", signal))
    catalog, _ = load_catalog(folder(tmp_path, {"op23.yaml": policy, "lexicon.yaml": LEXICON}))
    assert catalog is not None
    line = policy[: policy.index(signal)].count("\n") + 1
    assert [(problem.code, problem.line) for problem in check_signals(catalog)] == [("signal-never", line)]
