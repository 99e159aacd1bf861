"""``crosswalk.yaml`` and what policies say of older ones: read with the catalog, every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.catalog.load import load_catalog

HEAD = 'title: 办法, short_title: 办法, issuer: 某局, number: 1号, issued: "2024-01-01", published: "2024-01-01", basis: verified, note: 试'
EXAMPLES = ", ".join(f"我行做到第{n}件事。" for n in range(5))


def write(folder: Path, id: str, head: str = "", requirement: str = "") -> None:
    (folder / f"{id}.yaml").write_text(
        f"policy: {{id: {id}, {HEAD}{head}}}\nrequirements:\n  - {{id: {id}-1, clause: 第一条, title: 事, text: 做事。, "
        f"obligation: must, applies_to: [all], examples: [{EXAMPLES}]{requirement}}}\n",
        encoding="utf-8",
    )


@pytest.fixture
def two(tmp_path: Path) -> Path:
    write(tmp_path, "a")
    write(tmp_path, "b")
    return tmp_path


def codes(folder: Path, crosswalk: str = "") -> list[tuple[str, int | None]]:
    if crosswalk:
        (folder / "crosswalk.yaml").write_text(crosswalk, encoding="utf-8")
    return [(problem.code, problem.line) for problem in load_catalog(folder)[1]]


def test_a_crosswalk_is_no_policy_and_its_entries_go_with_the_policy_of_their_source(two: Path) -> None:
    (two / "crosswalk.yaml").write_text(
        "crosswalk:\n  - {source: b-1, relation: equal, target: a-1, why: 同一件事}\n", encoding="utf-8"
    )
    catalog, problems = load_catalog(two)
    assert catalog is not None and not problems
    assert {policy.id: [one.target for one in policy.crosswalk] for policy in catalog.policies} == {"a": [], "b": ["a-1"]}
    assert "crosswalk.yaml" in [one.path for one in catalog.inputs]


def test_every_fault_of_a_crosswalk_is_named_with_its_line(two: Path) -> None:
    faults = (
        "crosswalk:\n"
        "  - {source: a-1, relation: same, target: b-1}\n"
        "  - {source: a-9, relation: equal, target: b-1}\n"
        "  - {source: a-1, relation: equal, target: a-1}\n"
        "  - {source: a-1, relation: equal, target: b-1}\n"
        "  - {source: b-1, relation: subset, target: a-1}\n"
    )
    assert codes(two, faults) == [
        ("yaml-wrong-value", 2), ("crosswalk-unknown", 3), ("crosswalk-one-policy", 4), ("crosswalk-twice", 6),
    ]  # fmt: skip
    assert codes(two, "a: 1\n") == [("crosswalk-shape", 1)]


def test_what_names_a_policy_that_is_not_here_is_passed_over(two: Path) -> None:
    assert codes(two, "crosswalk:\n  - {source: a-1, relation: equal, target: elsewhere-1}\n") == []


def test_a_policy_may_follow_one_that_is_not_here(tmp_path: Path) -> None:
    write(tmp_path, "b", ", replaces: [a]", ", was: [a-1]")
    assert codes(tmp_path) == []


def test_a_requirement_comes_only_from_a_policy_that_its_own_follows(two: Path) -> None:
    write(two, "b", "", ", was: [a-1]")
    assert codes(two) == [("requirement-was", 3)]
    write(two, "b", ", amends: [a]", ", was: [a-1]")
    assert codes(two) == []


def test_no_policy_follows_itself(two: Path) -> None:
    write(two, "a", ", replaces: [b]")
    write(two, "b", ", replaces: [a]")
    assert [code for code, _ in codes(two)] == ["policy-own-elder", "policy-own-elder"]
