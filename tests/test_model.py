"""The nouns: frozen, strict, and complete where one list must cover another."""

from __future__ import annotations

import ast
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from mapper import model
from mapper.messages import sheet
from mapper.model import (
    ADDRESSED_AS,
    Addressee,
    Alignment,
    Cell,
    Document,
    Evidence,
    Firm,
    FirmKind,
    Grade,
    Obligation,
    Passage,
    Requirement,
    Role,
    Run,
    Signal,
    Status,
    Value,
    document_id,
)
from tests.builders import REPOSITORY

NOUNS = [
    noun
    for noun in vars(model).values()
    if isinstance(noun, type) and issubclass(noun, BaseModel) and noun not in (BaseModel, Value)
]


def a_requirement(**fields: Any) -> Requirement:
    given: dict[str, Any] = {
        "id": "op23-1",
        "policy": "op23",
        "clause": "一",
        "title": "示例",
        "title_en": "Example",
        "text": "示例",
        "obligation": "should",
        "applies_to": ("all",),
        "signals": (Signal(need=("示例",)),),
        "examples": ("示例一", "示例二"),
        "counterexamples": ("别的",),
    }
    return Requirement(**(given | fields))


def an_evidence(**fields: Any) -> Evidence:
    given: dict[str, Any] = {
        "id": "e1",
        "firm": "云岭银行",
        "requirement": "op23-1",
        "document": "a.txt",
        "start": 0,
        "end": 4,
        "quote": "示例一二",
        "grade": "action",
        "score": 0.5,
        "reasons": (),
    }
    return Evidence(**(given | fields))


def test_the_nouns_import_nothing_else_of_ours() -> None:
    files = list((REPOSITORY / "mapper" / "model").glob("*.py"))
    assert files
    imported = {
        name
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert {name for name in imported if name.split(".")[0] == "mapper" and name.split(".")[:2] != ["mapper", "model"]} == set()


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_every_noun_is_frozen_and_strict(noun: type[BaseModel]) -> None:
    assert issubclass(noun, Value)
    assert noun.model_config.get("frozen") is True
    assert noun.model_config.get("extra") == "forbid"
    assert noun.__doc__


def test_a_noun_cannot_be_changed_and_takes_no_unknown_field() -> None:
    firm = Firm(id="云岭银行", name="云岭银行", kind="bank")
    with pytest.raises(ValidationError):
        firm.name = "海港银行"
    with pytest.raises(ValidationError):
        Firm(id="云岭银行", name="云岭银行", kind="bank", colour="red")  # type: ignore[call-arg]


def test_every_kind_of_firm_can_be_addressed() -> None:
    assert set(ADDRESSED_AS) == set(get_args(FirmKind))
    for kind in get_args(FirmKind):
        alone = a_requirement(applies_to=(kind,))
        assert alone.addresses(kind)
        assert {other for other in get_args(FirmKind) if alone.addresses(other)} == {
            kind,
            *(other for other, group in ADDRESSED_AS.items() if group == kind),
        }


def test_the_words_of_the_contracts() -> None:
    assert set(get_args(Grade)) == {"commitment", "action", "outcome", "adverse"}
    assert set(get_args(Status)) == {"evidenced", "stated", "contrary", "none", "unsearched", "not-applicable", "not-yet"}
    assert set(get_args(Obligation)) == {"must", "must-not", "should", "encourage"}


@pytest.mark.parametrize(
    ("applies_to", "kind", "addressed"),
    [
        (("all",), "bank", True),
        (("all",), "payment", True),
        (("bank",), "bank", True),
        (("bank",), "wealth-manager", True),
        (("bank",), "consumer-finance", False),
        (("consumer-finance",), "consumer-finance", True),
        (("insurer",), "insurance-intermediary", True),
        (("insurer",), "consumer-finance", False),
        (("securities",), "futures", True),
        (("securities",), "fund-manager", True),
        (("fintech",), "payment", True),
        (("microloan",), "fintech", False),
        (("wealth-manager",), "wealth-manager", True),
        (("wealth-manager",), "bank", False),
        (("futures",), "securities", False),
        (("payment",), "fintech", False),
        (("bank", "insurer"), "insurer", True),
        (("bank", "insurer"), "trust", False),
    ],
)
def test_whom_a_requirement_addresses(applies_to: tuple[Addressee, ...], kind: FirmKind, addressed: bool) -> None:
    assert a_requirement(applies_to=applies_to).addresses(kind) is addressed


@pytest.mark.parametrize(
    "fields",
    [
        {"applies_to": ()},
        {"obligation": "perhaps"},
        {"applies_to": ("shop",)},
    ],
)
def test_a_requirement_is_whole_or_none(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_requirement(**fields)


def test_a_signal_needs_a_group() -> None:
    with pytest.raises(ValidationError):
        Signal(need=())


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_is_a_probability(score: float) -> None:
    with pytest.raises(ValidationError):
        an_evidence(score=score)


@pytest.mark.parametrize("score", [0, 0.5, 1])
def test_certainty_is_allowed(score: float) -> None:
    assert an_evidence(score=score).score == score


def test_body_is_the_role_of_a_passage_that_says_nothing_else() -> None:
    assert Passage(document="a.txt", number=0, start=0, end=1, text="一", paragraph=0).role == "body"
    assert "question" in get_args(Role)


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("kind", FirmKind), ("obligation", Obligation), ("grade", Grade)],
)
def test_every_word_of_the_model_has_a_name_for_the_reader(prefix: str, words: Any) -> None:
    assert {f"{prefix}-{word}" for word in get_args(words)} <= set(sheet("page"))


def test_an_alignment_survives_json() -> None:
    alignment = Alignment(
        run=Run(version="1"),
        policies=(),
        firms=(Firm(id="云岭银行", name="云岭银行", kind="bank"),),
        documents=(Document(id="a.txt", path="a.txt", sha256="0"),),
        evidence=(an_evidence(),),
        cells=(Cell(firm="云岭银行", requirement="op23-1", status="evidenced", score=0.5, evidence=("e1",)),),
    )
    assert Alignment.model_validate_json(alignment.model_dump_json()) == alignment


@pytest.mark.parametrize("fields", [{"assets": float("inf")}, {"assets": float("nan")}])
def test_no_firm_is_endlessly_large(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Firm(id="云岭银行", name="云岭银行", kind="bank", **fields)


@pytest.mark.parametrize("fields", [{"start": 10**30}, {"page": 10**30}])
def test_a_number_that_no_format_can_hold_is_an_error(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        an_evidence(**fields)


@pytest.mark.parametrize("date", ["20²²", "2022-1", "２０２２", "2022-01-01-01"])
def test_a_date_is_written_in_plain_figures(date: str) -> None:
    with pytest.raises(ValidationError):
        Document(id="a", path="a", sha256="0", date=date)


FILE_NAMES = st.lists(st.sampled_from(["a", "#", "%", "%23", "25", "2", "/"]), min_size=1, max_size=6).map("".join)


@given(*[st.tuples(FILE_NAMES, st.sampled_from(["", "2", "#2", "1.2"]))] * 2)
def test_no_two_files_and_rows_share_an_id(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (document_id(*one) == document_id(*other)) == (one == other)
    assert Document(id=document_id(*one), path=one[0], sha256="0").row == one[1]


@pytest.mark.parametrize("path", ["一/年报 2024.pdf", "增长25%.txt", "a%20b.csv"])
def test_the_id_of_a_file_is_its_path(path: str) -> None:
    assert (document_id(path), document_id(path, "2")) == (path, f"{path}#2")


@pytest.mark.parametrize("score", [1e308, -0.1, float("nan")])
def test_the_score_of_a_cell_is_a_probability(score: float) -> None:
    with pytest.raises(ValidationError):
        model.Cell(firm="a", requirement="b", status="none", score=score)
