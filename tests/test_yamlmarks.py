"""YAML with the line of every value, and problems that name it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from mapper.problems import Problem
from mapper.yamlmarks import Marked, load, load_text, validate

SOURCE = """\
# a comment
policy:
  id: op23
  issued: 2023-10-11
requirements:
  - id: op23-1
    need: [一, 二]
  - id: op23-2
    note: >
      folded
      text
"""


def marked(source: str) -> Marked:
    found, problems = load_text(source, "p.yaml")
    assert problems == []
    assert found is not None
    return found


def problems_of(source: str) -> list[Problem]:
    return load_text(source, "p.yaml")[1]


# ---- data ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("text", "text"),
        ("'12'", "12"),
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        ("yes", True),
        ("true", True),
        ("off", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("2023-10-11", "2023-10-11"),
        ("2023-10", "2023-10"),
        ("12:30:00", "12:30:00"),
        ("'@elderly'", "@elderly"),
        ("二、（六）", "二、（六）"),
        ("[一, 2]", ["一", 2]),
        ("{a: {b: [1]}}", {"a": {"b": [1]}}),
        ("!!str 12", "12"),
    ],
)
def test_plain_data_with_dates_left_as_text(source: str, value: object) -> None:
    assert marked(source).data == value


def test_keys_are_always_text() -> None:
    assert marked("2023: a\ntrue: b\n").data == {"2023": "a", "true": "b"}


# ---- lines -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("location", "line"),
    [
        ((), 2),
        (("policy",), 2),
        (("policy", "id"), 3),
        (("policy", "issued"), 4),
        (("requirements",), 5),
        (("requirements", 0), 6),
        (("requirements", 0, "need"), 7),
        (("requirements", 0, "need", 1), 7),
        (("requirements", 1, "id"), 8),
        (("requirements", 1, "note"), 9),
    ],
)
def test_every_value_knows_its_line(location: tuple[str | int, ...], line: int) -> None:
    assert marked(SOURCE).line(*location) == line


@pytest.mark.parametrize(
    ("location", "line"),
    [(("policy", "colour"), 2), (("requirements", 1, "need", 3), 8), (("nowhere", 1, 2), 2)],
)
def test_what_is_missing_is_placed_at_the_nearest_place_above(location: tuple[str | int, ...], line: int) -> None:
    assert marked(SOURCE).line(*location) == line


def test_an_empty_file_has_no_line() -> None:
    assert marked("# nothing\n").line("policy") is None


# ---- what is wrong ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: b: c\n", 1),
        ("a: 'text\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: *nowhere\n", 1),
        ("a: @elderly\n", 1),
    ],
)
def test_broken_yaml_is_one_problem_with_its_line(source: str, line: int) -> None:
    found, problems = load_text(source, "p.yaml")
    assert found is None
    assert [(p.code, p.path, p.line, p.severity) for p in problems] == [("yaml-syntax", "p.yaml", line, "error")]


@pytest.mark.parametrize("source", ["a: &x [*x]\n", "a: &x {b: *x}\n"])
def test_yaml_that_contains_itself_is_a_problem_and_no_crash(source: str) -> None:
    assert [problem.severity for problem in problems_of(source)] == ["error"]


@pytest.mark.parametrize("char", ["\x01", "\x7f", "\ufffe"])
def test_a_character_that_no_file_may_hold_is_named_by_its_line(char: str) -> None:
    assert [(one.code, one.line) for one in problems_of(f"a: 办法\nb: 甲{char}乙\n")] == [("yaml-syntax", 2)]


def test_a_control_character_is_a_problem_and_no_crash() -> None:
    assert [problem.code for problem in problems_of("a: b\x00c\n")] == ["yaml-syntax"]


def test_a_key_written_twice_is_a_problem_at_the_second() -> None:
    problems = problems_of("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 2\n")
    assert [(p.code, p.line, p.params["key"]) for p in problems] == [
        ("yaml-duplicate-key", 5, "c"),
        ("yaml-duplicate-key", 6, "a"),
    ]


@pytest.mark.parametrize("source", ["a: 1\na: 2\n", "a: [\n"])
def test_every_problem_can_be_shown(source: str) -> None:
    for problem in problems_of(source):
        assert str(problem).startswith(f"p.yaml:{problem.line}: ")


# ---- files -----------------------------------------------------------------------------------------------------


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_bytes("\ufeff".encode() + "a: 一\r\nb: 二\r\n".encode())
    found, problems = load(tmp_path / "p.yaml", "shown.yaml")
    assert problems == []
    assert found is not None
    assert (found.data, found.path, found.line("b")) == ({"a": "一", "b": "二"}, "shown.yaml", 2)


@pytest.mark.parametrize(("content", "code"), [(None, "yaml-unreadable"), ("a: 机构".encode("gb18030"), "yaml-not-utf8")])
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, content: bytes | None, code: str) -> None:
    if content is not None:
        (tmp_path / "p.yaml").write_bytes(content)
    found, problems = load(tmp_path / "p.yaml", "shown.yaml")
    assert found is None
    assert [(problem.code, problem.path) for problem in problems] == [(code, "shown.yaml")]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x: " + "[" * 300 + "]" * 300, "yaml-too-deep"),
        ("[" * 100_000, "yaml-too-deep"),
        (
            "a: &a [" + "x," * 9 + "]\n"
            + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [" + ",".join([f"*{chr(97 + i)}"] * 9) + "]\n" for i in range(8)),
            "yaml-too-large",
        ),
    ],
)
def test_yaml_made_to_choke_a_reader_is_refused(source: str, code: str) -> None:
    found, problems = load_text(source, "shown.yaml")
    assert found is None
    assert [problem.code for problem in problems] == [code]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert [problem.code for problem in load(tmp_path, "shown.yaml")[1]] == ["yaml-not-a-file"]


# ---- models ----------------------------------------------------------------------------------------------------


class Inner(BaseModel):
    """A part."""

    model_config = ConfigDict(extra="forbid")
    name: str
    words: tuple[str, ...] = Field(default=("一",), min_length=1)


class Outer(BaseModel):
    """A whole."""

    model_config = ConfigDict(extra="forbid")
    title: str
    inner: tuple[Inner, ...] = ()


def check(source: str) -> tuple[Outer | None, list[Problem]]:
    whole = marked(source)
    return validate(Outer, whole.data, whole)


def test_what_fits_comes_back_as_the_model() -> None:
    found, problems = check("title: 一\ninner:\n  - name: 二\n")
    assert problems == []
    assert found == Outer(title="一", inner=(Inner(name="二"),))


@pytest.mark.parametrize(
    ("source", "code", "line", "field"),
    [
        ("title: 一\ncolour: red\n", "yaml-unknown-key", 2, "colour"),
        ("inner: []\n", "yaml-missing-field", 1, "title"),
        ("title: [一]\n", "yaml-wrong-value", 1, "title"),
        ("title: 12\n", "yaml-wrong-value", 1, "title"),
        ("title: 一\ninner:\n  - name: 二\n  - words: [三]\n", "yaml-missing-field", 4, "inner.1.name"),
        ("title: 一\ninner:\n  - name: 二\n    words: []\n", "yaml-too-short", 4, "inner.0.words"),
        ("title: 一\ninner:\n  - name: 二\n    words: [三, 4]\n", "yaml-wrong-value", 4, "inner.0.words.1"),
    ],
)
def test_what_does_not_fit_names_field_and_line(source: str, code: str, line: int, field: str) -> None:
    found, problems = check(source)
    assert found is None
    assert [(p.code, p.line, p.params["field"], p.path) for p in problems] == [(code, line, field, "p.yaml")]


class Kinds(BaseModel):
    """Values of every kind that a file may hold."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
    number: float = Field(default=1.0, gt=0)
    whole: int = Field(default=1, le=5)
    flag: bool = True
    name: str = Field(default="一", min_length=1, max_length=3)
    code: str = Field(default="a", pattern="^[a-z]$")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("number: 很多", "number 的值不对（应为数字） / number has a wrong value (a number expected)"),
        ("number: -1", "number 的值不对（应大于 0） / number has a wrong value (more than 0 expected)"),
        ("number: .inf", "number 的值不对（应为数字） / number has a wrong value (a number expected)"),
        ("whole: 1.5", "whole 的值不对（应为数字） / whole has a wrong value (a number expected)"),
        ("flag: 也许", "flag 的值不对（应为 true 或 false） / flag has a wrong value (true or false expected)"),
        ("name: ''", "name 的值不对（不能为空） / name has a wrong value (it must not be empty)"),
        ("whole: 9", "whole 的值不对（写法不合要求） / whole has a wrong value (not written as is asked for)"),
        ("name: 一二三四", "name 的值不对（写法不合要求） / name has a wrong value (not written as is asked for)"),
        ("code: 甲", "code 的值不对（写法不合要求） / code has a wrong value (not written as is asked for)"),
    ],
)
def test_why_a_value_does_not_fit_is_said_in_both_languages(source: str, why: str) -> None:
    whole = marked(f"{source}\n")
    assert [str(problem) for problem in validate(Kinds, whole.data, whole)[1]] == [f"p.yaml:1: {why}"]


def test_all_that_does_not_fit_is_said_at_once() -> None:
    assert {p.code for p in check("colour: red\ninner: 3\n")[1]} == {
        "yaml-unknown-key",
        "yaml-missing-field",
        "yaml-wrong-value",
    }


def test_a_part_of_a_file_keeps_the_lines_of_the_file() -> None:
    whole = marked("title: 一\ninner:\n  - name: 二\n  - colour: red\n")
    _, problems = validate(Inner, whole.data["inner"][1], whole, ("inner", 1), "第二项")
    assert sorted((p.code, p.line, p.params["field"]) for p in problems) == [
        ("yaml-missing-field", 4, "第二项: name"),
        ("yaml-unknown-key", 4, "第二项: colour"),
    ]


@pytest.mark.parametrize("data", [None, "text", [], 3])
def test_data_of_a_wrong_shape_is_a_problem(data: object) -> None:
    found, problems = validate(Outer, data, Marked("p.yaml", data, {(): 1}))
    assert found is None
    assert [problem.code for problem in problems] == ["yaml-wrong-value"]


# ---- what does not parse, said in words of ours ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "line", "mark"),
    [
        ("a: 一\ntitle：适老服务\nb: 二\n", 2, "："),
        ("a: 一\n- title：适老服务\n", 2, "："),
        ("words: ［一, 二］\nb: [", 1, "［"),
        ("a: [一, 二］\nb: c\n", 1, "］"),
        ("a:\n  - 一\n  －二\n b: c\n", 3, "－"),
    ],
)
def test_full_width_punctuation_is_named(source: str, line: int, mark: str) -> None:
    [problem] = problems_of(source)
    assert (problem.code, problem.line, problem.params["mark"]) == ("yaml-full-width", line, mark)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a: b: c\n", "mapping"),
        ("a: [一, 二\nb: c\n", "bracket"),
        ('a: "一\n', "quote"),
        ("a:\n\tb: c\n", "tab"),
        ("a: 1\n  \tb: c\n", "tab"),
        ('a: "他说"好""\n', "quotes-inside"),
        ("a: !重要\n", "tag"),
        ("a: !!python/object:os.system x\n", "tag"),
        ('a: !!python/object/apply:os.system ["ls"]\n', "tag"),
        ("a: !important x\n", "tag"),
        ("a:\n　b: c\n", "wide-space"),
        ("a:\n  -b: c\n", "dash"),
        ("a: *b\n", "alias"),
        ('a: "\\q"\n', "escape"),
        ("a: b\n c: d\n", "mapping"),
        ("a:\n  b: c\n d: e\n", "key"),
        ("a: b\nc\n", "colon"),
        ("a: b\n---\nc: d\n", "documents"),
        ("a: \x01\n", "control"),
    ],
)
def test_the_parsers_errors_are_said_in_both_languages(source: str, why: str) -> None:
    [problem] = problems_of(source)
    assert (problem.code, problem.params) == ("yaml-syntax", {"why": f"@why-yaml-{why}"})
    assert "expected" not in str(problem)


@pytest.mark.parametrize("char", "@`%")
def test_a_text_that_must_be_quoted_says_which_character_is_at_fault(char: str) -> None:
    [problem] = problems_of(f"a: {char}b\n")
    assert problem.params == {"why": "@why-yaml-needs-quotes", "char": char}
    assert f"“{char}”" in str(problem)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("a：1\nb：2\n", [1, 2]),
        ("policy:\n  id：a\n  title：甲\n", [2, 3]),
        ("- id：a\n  title: 甲\n", [1]),
        ("applies_to: [bank，insurer]\n", [1]),
    ],
)
def test_full_width_marks_that_yaml_takes_for_words_are_each_named_and_nothing_else(source: str, lines: list[int]) -> None:
    assert [(one.code, one.line) for one in problems_of(source)] == [("yaml-full-width", line) for line in lines]


@pytest.mark.parametrize(
    "source", ["a: 说明：甲\n", 'a: "b：c"\n', "a: |\n  b：c\n", "a: 甲，乙\n", "a:\n  - 第一条：一\n", "a: '一\n\n  b：二'\n"]
)
def test_full_width_marks_within_a_text_are_left_alone(source: str) -> None:
    assert problems_of(source) == []
