"""A sentence on trial by itself, and a policy whose own sentences are tried."""

from __future__ import annotations

from mapper.align.trial import Trials, trial
from mapper.catalog.load import Catalog
from mapper.matchers.shelf import shelf
from tests.builders import a_policy, a_requirement, catalog_of, shipped_catalog

SIGNAL = "{need: [投诉, 办结], strength: strong}"
LINE = 0.2


def policy(examples: str, counterexamples: str) -> str:
    plain = a_requirement("op23-1", SIGNAL)
    head, _, rest = plain.partition("    examples:")
    _, _, tail = rest.partition("    counterexamples: [今天天气不错]\n")
    return a_policy(f"{head}    examples: {examples}\n    counterexamples: {counterexamples}\n{tail}")


def found(examples: str, counterexamples: str) -> list[tuple[str, str]]:
    catalog = catalog_of(policy(examples, counterexamples))
    problems = Trials(catalog, shelf(catalog), LINE).problems()
    return [(one.code, one.params["sentence"]) for one in problems if "sentence" in one.params]


def test_a_sentence_comes_to_the_requirements_it_bears_on_the_likeliest_first() -> None:
    catalog = catalog_of(policy("[投诉全部办结, 按期办结投诉]", "[今天]"))
    verdicts = trial("云岭银行的投诉全部办结。", catalog, shelf(catalog))
    assert [one.requirement for one in verdicts] == ["op23-1"]
    assert 0 < verdicts[0].score < 1


def test_a_sentence_that_nothing_bears_on_comes_to_nothing() -> None:
    catalog = catalog_of(policy("[投诉全部办结, 按期办结投诉]", "[今天]"))
    assert trial("今天天气不错。", catalog, shelf(catalog)) == []


def test_a_policy_whose_sentences_hold_has_no_problem() -> None:
    assert found("[投诉全部办结, 按期办结投诉]", "[投诉热线改号, 手续全部办结]") == []


def test_an_example_that_would_not_be_shown_is_said() -> None:
    assert found("[投诉全部办结, 投诉热线改号]", "[今天]") == [("example-dim", "投诉热线改号")]


def test_a_counterexample_that_would_be_shown_is_said() -> None:
    text = "投诉从不拖延，当天办结"
    assert found("[投诉全部办结, 按期办结投诉]", f"[{text}]") == [("counterexample-bright", text)]


def test_a_problem_names_requirement_file_line_score_and_line_of_the_score() -> None:
    source = policy("[投诉全部办结, 投诉热线改号]", "[今天]")
    catalog: Catalog = catalog_of(source)
    problem = next(one for one in Trials(catalog, shelf(catalog), LINE).problems() if one.code == "example-dim")
    assert problem.params["id"] == "op23-1" and problem.params["line"] == "0.20"
    assert problem.severity == "warning" and problem.path.endswith(".yaml") and problem.line is not None
    assert "投诉热线改号" in str(problem)


def test_a_requirement_most_of_whose_sentences_are_dim_is_named() -> None:
    catalog = catalog_of(policy("[投诉热线改号, 投诉窗口搬迁]", "[今天]"))
    codes = [one.code for one in Trials(catalog, shelf(catalog), LINE).problems()]
    assert codes.count("requirement-dim") == 1


def test_a_sentence_that_is_asked_about_few_requirements_comes_to_the_same_for_these() -> None:
    text = "客户经理为行动不便的长者上门办理业务，并全部办结老年客户的投诉。"
    catalog = shipped_catalog()
    reader = shelf(catalog)
    every = trial(text, catalog, reader, taught=True)
    for wanted in (every[0].requirement, every[-1].requirement):
        asked = trial(text, catalog, reader, taught=True, wanted={wanted})
        assert asked == [one for one in every if one.requirement == wanted]
