"""decisions.yaml: readable, diffable, and every mistake named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model import Decision
from mapper.review import default_path, dump_decisions, load_decisions, overlooked
from mapper.review.files import from_text
from tests.builders import REPOSITORY

GOOD = """\
schema: mapper/decisions/1
decisions:
  - firm: 云岭银行
    requirement: op23-elderly
    words: 云岭银行为老年客户提供上门服务。
    ruling: regrade
    to: commitment
    why: 只是计划
    by: 王芳
    at: '2026-03-01'
    seen:
      requirement: 0123456789abcdef
      grade: action
"""


def read(tmp_path: Path, text: str) -> tuple[list[Decision], list[tuple[str, int | None]]]:
    file = tmp_path / "decisions.yaml"
    file.write_text(text, encoding="utf-8")
    decisions, problems = load_decisions(file)
    return list(decisions.entries), [(problem.code, problem.line) for problem in problems]


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    entries, problems = read(tmp_path, GOOD)
    assert problems == []
    assert dump_decisions(entries) == GOOD


def test_an_empty_file_holds_no_decision(tmp_path: Path) -> None:
    assert read(tmp_path, "") == ([], [])
    assert read(tmp_path, dump_decisions([])) == ([], [])


def test_a_decision_that_lacks_something_is_named_and_costs_no_other(tmp_path: Path) -> None:
    wrong = """\
  - {firm: 甲, requirement: r, ruling: reject, by: 王, at: 2026-03-01}
  - {firm: 甲, requirement: r, ruling: set, to: action, why: 因, by: 王, at: 2026-03-01}
  - {firm: 甲, requirement: r, ruling: not-applicable, by: 王, at: 2026-03-01}
  - {firm: 甲, requirement: r, ruling: accept, words: 一, to: action, by: 王, at: 2026-03-01}
  - {firm: 甲, requirement: r, ruling: agree, words: 一, by: 王, at: 2026-03-01}
  - {firm: 甲, requirement: r, ruling: accept, words: 一, by: 王, at: 2026-02-30}
  - {firm: 甲, requirement: r, ruling: accept, words: 一, by: 王, at: 2026-03-01, mood: gut}
"""
    entries, problems = read(tmp_path, GOOD + wrong)
    assert len(entries) == 1
    assert problems == [
        ("decision-lacks", 14),
        ("decision-to", 15),
        ("decision-lacks", 16),
        ("decision-extra", 17),
        ("yaml-wrong-value", 18),
        ("yaml-wrong-value", 19),
        ("yaml-unknown-key", 20),
    ]


def test_a_folder_holds_a_file_for_each_reviewer(tmp_path: Path) -> None:
    folder = tmp_path / "decisions"
    folder.mkdir()
    (folder / "a.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "b.yaml").write_text(GOOD.replace("王芳", "李雷"), encoding="utf-8")
    (folder / "c.yaml").write_text("decisions: 不是列表\n", encoding="utf-8")
    decisions, problems = load_decisions(folder)
    assert [one.by for one in decisions.entries] == ["李雷", "王芳"]
    assert [(problem.code, Path(problem.path).name, problem.line) for problem in problems] == [("decisions-shape", "c.yaml", 1)]
    assert [one.path for one in decisions.inputs] == ["decisions/a.yaml", "decisions/b.yaml", "decisions/c.yaml"]
    assert default_path(tmp_path) == folder
    (tmp_path / "decisions.yaml").write_text(GOOD, encoding="utf-8")
    assert default_path(tmp_path) == tmp_path / "decisions.yaml"
    assert default_path(tmp_path / "none", tmp_path) == tmp_path / "decisions.yaml"
    assert default_path(tmp_path / "none") is None


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda words: any(map(str.isalnum, words)))


@given(st.lists(st.builds(
    Decision, firm=WORDS, requirement=WORDS, words=WORDS, ruling=st.sampled_from(["accept", "reject", "comment"]),
    why=WORDS, by=WORDS, at=st.dates().map(lambda day: day.isoformat()),
)))  # fmt: skip
def test_any_words_survive_being_written(entries: list[Decision]) -> None:
    decisions, problems = from_text(dump_decisions(entries), "d.yaml")
    assert problems == []
    assert sorted(map(repr, set(entries))) == sorted(map(repr, decisions.entries))


def test_the_documented_example_holds() -> None:
    page = (REPOSITORY / "docs" / "decisions.md").read_text(encoding="utf-8")
    block = page.split("```yaml\n")[1].split("```")[0]
    decisions, problems = from_text(block, "d.yaml")
    assert problems == [] and dump_decisions(decisions.entries) == GOOD.replace("只是计划", "只是计划，尚未落实")


@pytest.mark.parametrize("name", ["b.yml", "b.YAML", "b.yaml.txt", "filled.xlsx", "filled.csv", "anna/b.yaml"])
def test_what_may_hold_decisions_in_their_folder_and_is_not_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.yaml").write_text(dump_decisions([]), encoding="utf-8")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(dump_decisions([]), encoding="utf-8")
    problems = load_decisions(tmp_path)[1]
    assert [(one.code, one.severity, one.path) for one in problems] == [
        ("decisions-unread", "left-out", str(tmp_path / name.split("/")[0]))
    ]


def test_what_else_lies_in_their_folder_is_not(tmp_path: Path) -> None:
    for name in ("a.yaml", "README.md", ".a.yml", "~$filled.xlsx"):
        (tmp_path / name).write_text(dump_decisions([]), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    assert load_decisions(tmp_path)[1] == []


@pytest.mark.parametrize(
    ("there", "named"),
    [
        ({"decisions.yaml"}, set()),
        ({"decisions/a.yaml"}, set()),
        ({"corpus/decisions.yaml"}, set()),
        (set(), set()),
        ({"decisions.yaml", "decisions/a.yaml"}, {"decisions"}),
        ({"decisions.yaml", "decisions/a.md"}, set()),
        ({"decisions/a.yaml", "corpus/decisions.yaml"}, {"decisions.yaml"}),
        ({"decisions.yml"}, {"decisions.yml"}),
        ({"decisions.yaml.txt", "decision.yaml", "decisions.yaml"}, {"decisions.yaml.txt", "decision.yaml"}),
    ],
)
def test_decisions_in_a_place_that_is_not_the_one_that_is_read_are_named(tmp_path: Path, there: set[str], named: set[str]) -> None:
    (tmp_path / "corpus").mkdir()
    for name in there:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(dump_decisions([]), encoding="utf-8")
    found = overlooked(tmp_path, tmp_path / "corpus")
    assert {Path(one.path).name for one in found} == named
    assert {one.severity for one in found} <= {"left-out"}
