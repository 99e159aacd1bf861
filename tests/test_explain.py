"""What `mapper explain` says of a cell is what the page says of it."""

from __future__ import annotations

import pytest

from mapper.align.alignment import align
from mapper.catalog.load import Catalog
from mapper.explain import explain
from mapper.inputs import Inputs
from mapper.messages import say, text
from mapper.model import Alignment, Run
from mapper.report.view import build_view
from mapper.suggest.passages import sort
from tests.builders import a_policy, a_requirement, catalog_of, document, firm, registry

BANK = firm("巨轮银行", "bank")
ASKED = a_requirement("op23-1", "{need: [上门服务]}")
LATE = a_requirement("op23-1", "{need: [上门服务]}", more="    effective: '2026-07-01'\n")
DONE = "巨轮银行为老年客户提供上门服务。"


def made(requirement: str, said: str, **options: str) -> Alignment:
    catalog = catalog_of(a_policy(requirement))
    return align([document(said, id="0.txt")], catalog, registry(BANK), Run(version="1", options=options))


def alleged(alignment: Alignment, status: str) -> Alignment:
    """The same with its one mark a customer's allegation."""
    pieces = [one.model_copy(update={"grade": "adverse", "basis": "allegation"}) for one in alignment.evidence]
    cells = [
        one.model_copy(update={"status": status, "score": 0.0, "allegations": 1, "voluntary": status == "not-applicable"})
        if one.evidence else one for one in alignment.cells
    ]  # fmt: skip
    return alignment.model_copy(update={"evidence": tuple(pieces), "cells": tuple(cells)})


def lines(alignment: Alignment) -> str:
    return "\n".join(explain(alignment, "巨轮银行", "op23-1", lambda words: words))


def test_an_allegation_is_called_one_and_gives_the_cell_no_score() -> None:
    said = lines(alleged(made(ASKED, DONE), "none"))
    assert "1. △ 指称（未经认定）" in said and text("page.long-only-alleged", "zh") in said
    assert "评分 0.00" not in said and "1 piece of evidence" in said
    assert "没有够得上证据的内容" in said and text("page.long-none", "zh") not in said


def test_the_mark_and_the_score_are_those_of_the_page() -> None:
    """A tentative outcome beside a surer action makes no outcome of the cell."""
    alignment = made(ASKED, DONE)
    (piece,) = alignment.evidence
    sure = piece.model_copy(update={"grade": "action", "score": 0.87})
    doubtful = piece.model_copy(update={"id": "0" * 16, "grade": "outcome", "score": 0.48})
    held = {"evidence": (sure.id, doubtful.id), "score": 0.87, "status": "evidenced"}
    cells = tuple(one.model_copy(update=held) if one.evidence else one for one in alignment.cells)
    said = lines(alignment.model_copy(update={"evidence": (sure, doubtful), "cells": cells}))
    assert text("page.long-action", "zh") in said and text("page.long-outcome", "zh") not in said and "0.87" in said


def test_an_allegation_where_the_duty_does_not_apply_is_not_told_as_nothing_found() -> None:
    said = lines(alleged(made(ASKED, DONE), "not-applicable"))
    assert text("page.long-outside-alleged", "zh") in said and text("page.long-not-applicable", "zh") not in said


def test_a_firm_that_is_only_mentioned_is_not_told_as_searched() -> None:
    said = lines(made(ASKED, "巨轮银行开会。"))
    assert text("page.long-mentioned", "zh") in said and text("page.long-none", "zh") not in said
    assert text("page.long-none", "zh") in lines(made(ASKED, f"巨轮银行召开了{'很长很长' * 40}的会议。"))


def test_a_firm_named_in_passing_is_explained_by_the_documents_that_name_it() -> None:
    alignment = made(ASKED, DONE)
    named = (alignment.documents[0].model_copy(update={"mentions": ("工商银行",)}),)
    said = "\n".join(explain(alignment.model_copy(update={"documents": named}), "工商银行", "op23-1", lambda words: words))
    assert f"{say('cli.cell-mentions')}:\n  0.txt" in said and text("page.long-unsearched", "zh") in said
    assert say("cli.cell-mentions") not in lines(alignment) and say("cli.cell-read") not in said


def test_the_line_of_faults_is_told_beside_the_other() -> None:
    alignment = made(ASKED, DONE, min_score="0.47", min_score_adverse="0.36")
    cells = tuple(one.model_copy(update={"below": 3}) for one in alignment.cells)
    said = lines(alignment.model_copy(update={"cells": cells}))
    assert "另有 3 处匹配评分不到显示线（47%，反面 36%）" in said and "(47%, faults 36%)" in said


def test_what_is_done_before_it_must_be_is_told_with_its_day() -> None:
    said = lines(made(LATE, DONE, as_of="2026-02-01"))
    assert "截至 2026-02-01 尚未施行" in said and text("page.voluntary-by-day", "zh") in said
    assert "不适用该机构" not in said


def test_a_row_of_the_page_says_the_same_of_its_time() -> None:
    row = build_view(made(LATE, DONE, as_of="2026-02-01")).rows[0]
    assert row.phase == "not-yet" and "截至 2026-02-01 尚未施行" in [one.zh for one in row.terms]


def test_what_a_report_shows_is_what_suggest_calls_matched() -> None:
    """With all the other requirements looked at, as for a report."""
    from mapper import run
    from mapper.shipped import folder

    inputs: Inputs = run.read_inputs(folder("policies"), folder("seeds"))
    catalog: Catalog = inputs.catalog
    shown = run.build(inputs).evidence
    for id in ("fa25-05.a", "cp22-34"):
        asked = next(one for one in catalog.requirements if one.id == id)
        found = sort(inputs.corpus.documents, catalog, inputs.registry, asked)
        unmatched = {(one.document.id, one.passage.start) for one in found.unmatched}
        assert not {(one.document, one.start) for one in shown if one.requirement == id} & unmatched
        assert found.matched


@pytest.mark.parametrize(
    "place", ["", "  ", "row", "row x", "第3行", "row 1 row", "\x1b[2J 5", "{number} 3", "@why-list 1", "a " * 9_000]
)
def test_a_place_of_whatever_form_is_shown(place: str) -> None:
    alignment = made(ASKED, DONE)
    [piece] = alignment.evidence
    odd = alignment.model_copy(update={"evidence": (piece.model_copy(update={"place": place}),)})
    assert DONE in lines(odd)
