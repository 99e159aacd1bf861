"""A line of sentences that teach: read quickly where it is well formed, and to the same end as where every field is looked at."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mapper.catalog.lessons import LONGEST, _lesson, _whole, read_lessons
from mapper.model import Lesson

odd = st.one_of(st.none(), st.booleans(), st.integers(0, 2), st.text(max_size=4), st.lists(st.sampled_from(["a", 1]), max_size=2))
entries = st.fixed_dictionaries(
    {"text": st.one_of(st.sampled_from(["保留人工柜台。", " 有空格 ", "", "\ud800", "长" * (LONGEST + 1)]), odd)},
    optional={
        "evidences": st.one_of(st.lists(st.sampled_from(["a", "b"]), max_size=2), odd),
        "grade": st.one_of(st.sampled_from(["action", "adverse", "better"]), odd),
        "written_for": odd,
        "near_miss": odd,
        "other": odd,
    },
)


@settings(derandomize=True, max_examples=300)
@given(entries)
@example({"text": "保留人工柜台。", "near_miss": 1})
@example({"text": "保留人工柜台。", "evidences": ["a"], "near_miss": True})
def test_what_is_read_quickly_is_what_looking_at_each_field_comes_to(entry: dict[str, Any]) -> None:
    line = json.dumps(entry)
    quick = _whole(line)
    assert quick is None or quick == _lesson(line)


def test_the_lines_that_ship_are_read_quickly() -> None:
    line = '{"text": "保留人工柜台。", "evidences": ["a", "b"], "grade": "action", "written_for": "a"}'
    assert _whole(line) == Lesson(text="保留人工柜台。", evidences=("a", "b"), grade="action", written_for="a")


def test_ids_of_policies_that_are_not_here_are_passed_over_and_wrong_lines_named(tmp_path: Any) -> None:
    (tmp_path / "examples").mkdir()
    lines = ['{"text": "保留人工柜台。", "evidences": ["a", "b"]}', "", '{"text": " "}', '{"text": "微笑服务。", "evidences": ["a"]}']
    (tmp_path / "examples" / "one.jsonl").write_text("\n".join(lines), encoding="utf-8")
    lessons, inputs, problems = read_lessons(tmp_path, frozenset("a"))
    assert [(one.text, one.evidences) for one in lessons] == [("保留人工柜台。", ("a",)), ("微笑服务。", ("a",))]
    assert [one.path for one in inputs] == ["examples/one.jsonl"]
    assert [(one.code, one.line) for one in problems] == [("lesson-wrong", 3)]


def test_an_id_that_a_policy_here_does_not_have_is_named_once(tmp_path: Any) -> None:
    (tmp_path / "examples").mkdir()
    lines = [json.dumps({"text": f"第{n}次上门服务。", "evidences": ["cj24-09", "elsewhere-1"]}) for n in range(2)]
    (tmp_path / "examples" / "one.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert not read_lessons(tmp_path, frozenset({"cj24-01", "cj24-02"}), told={"cj24-09"})[2], "its own entry is what is wrong"
    _, _, problems = read_lessons(tmp_path, frozenset({"cj24-01", "cj24-02"}))
    assert [(one.code, one.line, one.params) for one in problems] == [("lesson-unknown", 1, {"id": "cj24-09"})]


def test_a_grade_that_is_none_is_answered_with_those_that_there_are(tmp_path: Any) -> None:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "a.jsonl").write_text('{"text": "网点有手语。", "evidences": ["a"], "grade": "good"}', encoding="utf-8")
    [problem] = read_lessons(tmp_path, frozenset("a"))[2]
    assert "grade 只能是 commitment, action, outcome, adverse 之一" in str(problem)
    assert "grade is one of commitment, action, outcome, adverse" in str(problem)
