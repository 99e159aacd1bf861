"""The signal language: how one alternative of a group is read."""

from __future__ import annotations

import pytest

from mapper.catalog.language import (
    Concept,
    Fuzzy,
    OrderedPhrases,
    Phrase,
    SyntaxProblem,
    concepts_in,
    parse_group,
    parse_term,
)


@pytest.mark.parametrize(
    ("source", "term"),
    [
        ("投诉", Phrase("投诉")),
        ("  投诉 ", Phrase("投诉")),
        ("APP", Phrase("app")),
        ("3·15", Phrase("3·15")),
        ("@elderly", Concept("elderly")),
        ("@low-price", Concept("low-price")),
        ("畅通..渠道", OrderedPhrases((Phrase("畅通"), Phrase("渠道")))),
        ("畅通 .. 渠道", OrderedPhrases((Phrase("畅通"), Phrase("渠道")))),
        ("利率..下降..基点", OrderedPhrases((Phrase("利率"), Phrase("下降"), Phrase("基点")))),
        ("@loan..下降", OrderedPhrases((Concept("loan"), Phrase("下降")))),
        ("@loan..@result", OrderedPhrases((Concept("loan"), Concept("result")))),
        ("~无还本续贷", Fuzzy("无还本续贷")),
        ("~绿色信贷", Fuzzy("绿色信贷")),
    ],
)
def test_an_alternative_is_a_word_a_concept_a_sequence_or_a_fuzzy_phrase(source: str, term: object) -> None:
    assert parse_term(source) == term


def test_a_group_is_a_list_of_alternatives() -> None:
    assert parse_group("投诉|@complaint|畅通..渠道") == (
        Phrase("投诉"),
        Concept("complaint"),
        OrderedPhrases((Phrase("畅通"), Phrase("渠道"))),
    )


@pytest.mark.parametrize(
    "source",
    [
        *("", " ", "@", "@Elderly", "@老年", "@two words", "~", "~信贷", "~三个字", "~@elderly", "~投诉..渠道吗"),
        *(
            "..",
            "投诉..",
            "..渠道",
            "投诉....渠道",
            "投诉...渠道",
            "投诉...",
            "@loan...下降",
            "投诉@complaint",
            "投诉~渠道",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(source: str) -> None:
    with pytest.raises(SyntaxProblem):
        parse_term(source)


@pytest.mark.parametrize("source", ["投诉|", "|投诉", "投诉||渠道"])
def test_an_empty_alternative_is_refused(source: str) -> None:
    with pytest.raises(SyntaxProblem):
        parse_group(source)


def test_the_refusal_names_the_term() -> None:
    with pytest.raises(SyntaxProblem, match="@Elderly"):
        parse_group("投诉|@Elderly")


def test_concepts_of_a_group_inside_sequences_too() -> None:
    assert list(concepts_in(parse_group("@loan..@result|投诉|@elderly"))) == ["loan", "result", "elderly"]
