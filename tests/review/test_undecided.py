"""A reviewer gives what is undecided a grade, or rejects it: the same way as everything else, and it carries over."""

from __future__ import annotations

from typing import Any

import pytest

from mapper.align.alignment import align
from mapper.align.union import merge
from mapper.explain import explain
from mapper.messages import text
from mapper.model import Alignment, Decision, Run, Undecided
from mapper.report.json import dump, load
from mapper.report.paper import Paper
from mapper.report.tables import evidence
from mapper.report.view import build_view
from mapper.review import Decisions, apply, requirement_digest
from mapper.review.examples import examples
from mapper.review.take import sealed
from mapper.review.workbook import read_workbook
from tests.align.torn import torn
from tests.builders import COMPLAINT, ELDERLY, GREEN, document, registry, tiny_catalog
from tests.review.worlds import CORPUS, FORMULA, LOANS, WINDOW, decided, filled, made


def unclear(*decisions: Decision) -> Alignment:
    """The small world as a reader sees it that is never sure."""
    alignment = align(CORPUS, tiny_catalog(), registry(), Run(version="1", options={"min_score": "0.00"}), shelf=torn())
    return apply(alignment, Decisions(decisions), CORPUS)[0]


def one(alignment: Alignment, words: str) -> Undecided:
    return next(piece for piece in alignment.undecided if piece.quote == words)


def status(alignment: Alignment, requirement: str) -> tuple[str, str | None]:
    cell = next(cell for cell in alignment.cells if (cell.firm, cell.requirement) == ("云岭银行", requirement))
    return cell.status, cell.review


def states(alignment: Alignment) -> list[tuple[str, tuple[str, ...]]]:
    return [(review.state, review.changes) for review in alignment.review]


@pytest.mark.parametrize(("grade", "comes_to"), [("action", "evidenced"), ("commitment", "stated"), ("adverse", "contrary")])
def test_one_that_is_given_a_grade_counts_as_that(grade: str, comes_to: str) -> None:
    alignment = unclear(decided("regrade", to=grade))
    assert states(alignment) == [("current", ())]
    assert one(alignment, WINDOW).review == grade and not one(alignment, WINDOW).open
    assert status(alignment, ELDERLY) == ("none", comes_to), "the machine's own word stays"
    rows = [dict(zip(evidence(alignment).fields, row, strict=True)) for row in evidence(alignment).rows]
    assert [(row["origin"], row["review"], row["quote"], row["document"]) for row in rows] == [("reviewer", grade, WINDOW, "一/a.txt")]
    (line,) = examples(alignment)
    assert WINDOW in line and grade in line, "and it teaches"


def test_one_that_is_rejected_is_undecided_no_more_and_the_cell_is_as_it_was() -> None:
    alignment = unclear(decided("reject"))
    assert states(alignment) == [("current", ())]
    assert one(alignment, WINDOW).review == "rejected" and not one(alignment, WINDOW).open
    assert status(alignment, ELDERLY) == ("none", None) and not evidence(alignment).rows
    assert build_view(alignment).figures.undecided == build_view(unclear()).figures.undecided - 1


def test_there_is_no_grade_to_accept() -> None:
    alignment = unclear(decided("accept"))
    assert states(alignment) == [("suspect", ("grade-changed",))]
    assert one(alignment, WINDOW).open and status(alignment, ELDERLY) == ("none", None)


def test_reviewers_who_differ_leave_it_open() -> None:
    alignment = unclear(decided("regrade", to="action"), decided("reject", by="李雷"))
    assert {state for state, _ in states(alignment)} == {"conflict"}
    assert one(alignment, WINDOW).open and status(alignment, ELDERLY) == ("none", "conflict")


@pytest.mark.parametrize("ruling", [{"ruling": "regrade", "to": "adverse"}, {"ruling": "reject"}])
def test_the_decision_carries_over_to_a_reader_that_is_sure(ruling: dict[str, Any]) -> None:
    (decision,) = sealed([decided(**ruling)], unclear())
    assert decision.seen is not None and decision.seen.grade is None, "no grade was to be seen"
    later = made(decision)
    assert states(later) == [("current", ())]
    assert next(piece for piece in later.evidence if piece.quote == WINDOW).review == (ruling.get("to") or "rejected")


def test_a_decision_on_evidence_that_is_undecided_now_is_looked_at_again() -> None:
    seen = sealed([decided("accept"), decided("regrade", LOANS, GREEN, to="commitment")], made())
    assert states(unclear(*seen)) == [("suspect", ("grade-changed",))] * 2


def test_a_file_with_decisions_on_it_reads_back_and_merges() -> None:
    alignment = unclear(decided("regrade", to="action"))
    assert load(dump(alignment)) == alignment
    other = align([document("今天下雨。", id="c.txt")], tiny_catalog(), registry(), alignment.run, shelf=torn())
    merged = merge(alignment, other)
    assert one(merged, WINDOW).review == "action" and merged.review == alignment.review


def test_explain_says_that_it_is_undecided_with_both_probabilities_and_what_reviewers_said() -> None:
    alignment = unclear(decided("regrade", to="action"))
    lines = explain(alignment, "云岭银行", ELDERLY, lambda words: words)
    piece = one(alignment, WINDOW)
    assert any(text("page.undecided-head", "zh") in line for line in lines)
    at = next(number for number, line in enumerate(lines) if WINDOW in line)
    assert "待定 / Undecided" in lines[at - 1]
    fault = round(100 * piece.fault)
    assert any(f"像是做到（{100 - fault}%），也像是没做到（{fault}%）" in line for line in lines[at:])
    assert any("王芳 2026-03-01 改等级 → 措施：试 / 王芳 2026-03-01 regrade → Action: 试" in line for line in lines[at:])
    assert not any("待定" in line for line in explain(alignment, "云岭银行", COMPLAINT, lambda words: words))


def test_the_workbook_has_a_sheet_in_which_they_are_decided() -> None:
    pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    pytest.importorskip("openpyxl")
    from mapper.report.formats import FORMATS

    alignment = unclear()
    book = filled(
        FORMATS["xlsx"].render(alignment),
        "Undecided",
        ({"Quote": WINDOW}, {"Change to (choose)": "反面 adverse", "Reviewer": "李雷", "Reviewed on": "2026-03-05"}),
        ({"Quote": FORMULA}, {"Decision (choose)": "驳回 reject", "Reviewer": "李雷", "Reviewed on": "2026-03-05"}),
    )
    found = read_workbook(book, "审阅.xlsx", alignment)
    assert found.problems == []
    assert {(one.ruling, one.to, one.words) for one in found.decisions} == {
        ("regrade", "adverse", WINDOW), ("reject", None, FORMULA),
    }  # fmt: skip
    digest = requirement_digest(next(one for one in tiny_catalog().requirements if one.id == ELDERLY))
    assert {(one.seen.requirement, one.seen.grade) for one in found.decisions if one.seen} == {(digest, None)}
    assert [state for state, _ in states(unclear(*found.decisions))] == ["current", "current"]


def test_a_workbook_of_a_run_that_is_sure_of_everything_has_no_such_sheet() -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    from io import BytesIO

    from mapper.report.formats import FORMATS

    alignment = made().model_copy(update={"undecided": ()})
    names = openpyxl.load_workbook(BytesIO(FORMATS["xlsx"].render(alignment))).sheetnames
    assert not any(name.endswith("Undecided") for name in names)


def test_one_that_is_called_a_fault_stands_with_the_faults_on_a_firms_sheet() -> None:
    sheet: Any = next(one for one in Paper(unclear(decided("regrade", to="adverse"))).firm_sheets() if one.name.zh == "云岭银行")
    [piece] = sheet.contrary.shown
    assert (piece.it.quote, piece.grade.zh, piece.review.zh) == (WINDOW, "待定", text("page.grade-adverse", "zh"))
    assert any("改等级" in words.zh and "regrade" in words.en for words in sheet.decisions.shown)
