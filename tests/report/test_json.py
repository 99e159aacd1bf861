"""alignment.json: what is dumped is loaded back, and anything else is refused with a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model import Act, Alignment, Cell, Document, Evidence, Faint, LeftOut, PassageText, Run, Source, Status
from mapper.report.json import SCHEMA, AlignmentFormatError, bare, dump, faint_line, line, load, record, with_sources


def test_round_trip(alignment: Alignment, hostile: Alignment) -> None:
    for one in (alignment, hostile):
        assert load(dump(one)) == one
        assert dump(load(dump(one))) == dump(one)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.lists(st.builds(Document, id=words, path=words, sha256=words, title=st.none() | words)),
    st.dictionaries(words, words),
)
def test_round_trip_of_any_text(documents: list[Document], options: dict[str, str]) -> None:
    left = LeftOut(path="x", code="y", params=options)
    one = Alignment(
        run=Run(version="0", options=options),
        policies=(),
        firms=(),
        documents=tuple(documents),
        evidence=(),
        cells=(),
        left_out=(left,),
    )
    assert load(dump(one)) == one


@given(words, words, st.sampled_from(get_args(Status)), st.integers(0, 9))
def test_a_cell_without_evidence_is_written_as_any_other(firm: str, requirement: str, status: Status, below: int) -> None:
    bare = Cell(firm=firm, requirement=requirement, status=status, below=below)
    spelled = Cell.model_validate(bare.model_dump())
    assert spelled == bare and spelled.model_fields_set != bare.model_fields_set
    assert record(bare) == record(spelled)
    assert json.loads(record(bare)) == bare.model_dump(mode="json", exclude={"only_model"})


# ---- records that are put together without being read ------------------------------------------------------------

tricky = words | st.sampled_from(['", "acts": [', '", "sources": [{"document": "', "]}", '\\", "acts": [', "一\u2028二\n"])


@given(tricky, tricky, tricky, st.booleans())
def test_a_faint_match_is_written_as_any_other_record(id: str, firm: str, requirement: str, adverse: bool) -> None:
    assert faint_line(id, firm, requirement, adverse) == line(Faint(id=id, firm=firm, requirement=requirement, adverse=adverse))


@given(tricky, tricky, tricky)
def test_a_document_is_cut_before_its_acts_and_sentences(id: str, title: str, text: str) -> None:
    sentence = PassageText(number=0, start=0, end=1, text=text, paragraph=0)
    one = Document(id=id, path=id, sha256="", title=title, firms=(title,), acts=(Act(firm=text, start=0, end=1),), text=(sentence,))
    assert Document.model_validate_json(bare(line(one))) == one.model_copy(update={"acts": (), "text": ()})


@given(tricky, tricky, st.lists(st.tuples(tricky, st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4))
def test_copies_are_named_behind_the_place_of_a_piece_of_evidence(quote: str, firm: str, places: list[tuple[str, int, int]]) -> None:
    sources = tuple(Source(document=document, start=start, end=end) for document, start, end in places)
    own = sources[0]
    one = Evidence(
        id="0", firm=firm, requirement=quote, document=own.document, start=own.start, end=own.end, quote=quote, grade="action",
        score=0.5, reasons=(), before=quote, place=quote, sources=(own,),
    )  # fmt: skip
    assert with_sources(line(one), places) == line(one.model_copy(update={"sources": sources}))
    with pytest.raises(ValueError):
        with_sources(line(one), [(own.document, own.start, own.end + 1)])


def test_the_shape_is_the_contract(alignment: Alignment) -> None:
    text = dump(alignment)
    data = json.loads(text)
    assert list(data) == [
        "schema", "run", "policies", "firms", "documents", "evidence", "cells", "left_out", "faint", "undecided", "review"
    ]
    assert text.startswith(f'{{"schema": "{SCHEMA}"') and text.endswith("}\n")
    assert "机构0" in text, "Chinese stays readable"
    assert {"id", "clause", "title", "obligation", "applies_to"} <= set(data["policies"][0]["requirements"][0])
    assert {"id", "name", "kind"} <= set(data["firms"][0])
    assert {"id", "path", "title", "publisher", "date", "sha256"} <= set(data["documents"][0])
    wanted = {
        "id",
        "firm",
        "requirement",
        "document",
        "start",
        "end",
        "quote",
        "grade",
        "score",
        "reasons",
        "prefix",
        "suffix",
    }
    assert wanted <= set(data["evidence"][0])
    assert {"firm", "requirement", "status", "score", "evidence"} <= set(data["cells"][0])
    assert len(text.splitlines()) > len(alignment.cells), "one record a line"


def test_scores_have_four_digits(alignment: Alignment) -> None:
    first = alignment.evidence[0].model_copy(update={"score": 1 / 3})
    again = load(dump(alignment.model_copy(update={"evidence": (first, *alignment.evidence[1:])})))
    assert again.evidence[0].score == 0.3333


def test_the_same_bytes_every_time(build: Callable[..., Alignment]) -> None:
    assert dump(build()) == dump(build())


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"schema": "mapper/alignment/2"}', '{"schema": "mapper/alignment/1"}']
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(AlignmentFormatError):
        load(text)


def test_a_bad_field_is_named(alignment: Alignment) -> None:
    text = dump(alignment).replace('"status": "contrary"', '"status": "doubtful"')
    with pytest.raises(AlignmentFormatError, match=r"cells\.\d+\.status"):
        load(text)


@pytest.mark.parametrize(
    "place", [("evidence", 0, "firm"), ("evidence", 0, "document"), ("evidence", 0, "requirement"), ("cells", 0, "firm")]
)
def test_an_alignment_that_refers_to_what_it_does_not_list_is_refused(alignment: Alignment, place: tuple[str, int, str]) -> None:
    data = json.loads(dump(alignment))
    data[place[0]][place[1]][place[2]] = "nobody"
    with pytest.raises(AlignmentFormatError, match="nobody"):
        load(json.dumps(data))


def test_half_a_character_in_an_alignment_is_refused_and_a_whole_one_is_read(alignment: Alignment) -> None:
    data = json.loads(dump(alignment))
    data["firms"][0]["name_en"] = "\U0001f600"
    assert load(json.dumps(data)).firms[0].name_en == "\U0001f600"
    data["firms"][0]["name_en"] = "\ud800"
    with pytest.raises(AlignmentFormatError):
        load(json.dumps(data))
