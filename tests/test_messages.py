"""Every text a user sees stands in the sheets, in both languages, and every code in the program is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files
from string import Formatter
from typing import Any, get_args

import pytest

from mapper.messages import say, sheet, text
from mapper.model import Grade, Sign
from mapper.problems import Problem, nearest
from tests.builders import REPOSITORY

SHEETS = sorted(r.name.removesuffix(".yaml") for r in files("mapper.messages").iterdir() if r.name.endswith(".yaml"))
RAISING = {"Problem", "UnreadableError", "left_out", "problem"}
"""Calls whose first argument is the code of a problem."""


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


# ---- the sheets ------------------------------------------------------------------------------------------------


def test_there_are_sheets_for_problems_reasons_and_the_page() -> None:
    assert {"problems", "reasons", "page"} <= set(SHEETS)


@pytest.mark.parametrize("name", SHEETS)
def test_every_message_has_chinese_and_english_and_nothing_else(name: str) -> None:
    wrong = {
        key: message
        for key, message in sheet(name).items()
        if set(message) != {"zh", "en"} or not all(isinstance(words, str) and words for words in message.values())
    }
    assert wrong == {}


@pytest.mark.parametrize("name", SHEETS)
def test_both_languages_take_the_same_fields(name: str) -> None:
    assert {
        key: (fields(message["zh"]), fields(message["en"]))
        for key, message in sheet(name).items()
        if fields(message["zh"]) != fields(message["en"])
    } == {}


@pytest.mark.parametrize("name", SHEETS)
def test_every_message_can_be_filled_and_said(name: str) -> None:
    """Whatever the fields are called: a problem hands them over by name."""
    prefix = "problem" if name == "problems" else name
    for key, message in sheet(name).items():
        filled = say(f"{prefix}.{key}", **dict.fromkeys(fields(message["zh"]), "某"))
        assert "{" not in filled.replace("{{", "")


@pytest.mark.parametrize("name", ["problems", "reasons"])
def test_english_is_english_and_chinese_is_chinese(name: str) -> None:
    def han(words: str) -> bool:
        return any("\u4e00" <= letter <= "\u9fff" for letter in words)

    assert [key for key, message in sheet(name).items() if han(message["en"]) or not han(message["zh"])] == []


@pytest.mark.parametrize("name", SHEETS)
def test_no_sheet_writes_a_key_twice(name: str) -> None:
    from mapper.yamlmarks import load_text

    source = files("mapper.messages").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    _, problems = load_text(source, f"{name}.yaml")
    assert [problem.params for problem in problems] == []


# ---- saying ----------------------------------------------------------------------------------------------------


def test_a_message_is_said_in_both_languages() -> None:
    said = say("problem.document-empty")
    assert said == f"{text('problem.document-empty', 'zh')} / {text('problem.document-empty', 'en')}"


def test_what_is_the_same_in_both_languages_is_said_once() -> None:
    assert say("evaluate.f1") == "F1"


def test_fields_are_filled() -> None:
    assert "@elderly" in str(Problem("signal-unknown-concept", params={"name": "eldery", **nearest("@elderly")}))


@pytest.mark.parametrize("key", ["problem.no-such-code", "problem.", "problem"])
def test_an_unknown_message_is_an_error(key: str) -> None:
    with pytest.raises(KeyError):
        text(key, "zh")


def test_an_unknown_sheet_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        sheet("no-such-sheet")


def test_a_problem_names_its_place_and_says_what_is_wrong() -> None:
    assert str(Problem("document-empty", "a.txt", 3)).startswith("a.txt:3: ")
    assert str(Problem("document-empty", "a.txt")).startswith("a.txt: ")
    assert str(Problem("document-empty")) == say("problem.document-empty")


# ---- the codes in the program ----------------------------------------------------------------------------------


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be, as far as it is written out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((REPOSITORY / "mapper").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield path.relative_to(REPOSITORY).as_posix(), node


def problem_calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Where, which code, and the call, for every problem that the program can yield."""
    for path, call in calls():
        if called(call) in RAISING and call.args:
            for code in literals(call.args[0]):
                yield f"{path}:{call.lineno}", code, call


def given(call: ast.Call) -> set[str] | None:
    """The names of the parameters that a problem gets, or None where they are not written out."""
    if called(call) == "Problem":
        params: Any = next((k.value for k in call.keywords if k.arg == "params"), None)
        if params is None and len(call.args) > 4:
            params = call.args[4]
        if params is None:
            return set()
        if not isinstance(params, ast.Dict):
            return None
        spread = [value for key, value in zip(params.keys, params.values, strict=True) if key is None]
        named = {str(key.value) for key in params.keys if isinstance(key, ast.Constant)}
        return named | ({*nearest("")} if any(isinstance(one, ast.Call) and called(one) == "nearest" for one in spread) else set())
    if any(k.arg is None for k in call.keywords):
        return None
    return {k.arg for k in call.keywords if k.arg is not None}


def test_every_problem_code_in_the_program_has_a_message() -> None:
    found = list(problem_calls())
    assert len(found) > 20
    assert [(where, code) for where, code, _ in found if code not in sheet("problems")] == []


def test_every_problem_gets_the_fields_of_its_message() -> None:
    lacking = []
    for where, code, call in problem_calls():
        names = given(call)
        if names is not None and code in sheet("problems"):
            missing = fields(sheet("problems")[code]["zh"]) - names
            if missing:
                lacking.append((where, code, missing))
    assert lacking == []


def test_the_codes_of_a_broken_model_have_messages() -> None:
    from mapper import yamlmarks

    assert {*yamlmarks._CODES.values(), "yaml-wrong-value"} <= set(sheet("problems"))


def test_every_reason_code_has_a_message() -> None:
    known = set(sheet("reasons"))
    assert {f"sign-{sign}" for sign in get_args(Sign)} <= known
    assert {f"grade-{grade}" for grade in get_args(Grade)} <= known
    assert {"signal-matched", "breach-matched"} <= known


def test_what_was_repaired_has_a_name_on_the_page_as_in_the_list_of_documents() -> None:
    named = {key for key in sheet("corpus") if key.startswith("repair-")}
    assert named and named == {key for key in sheet("page") if key.startswith("repair-")}
