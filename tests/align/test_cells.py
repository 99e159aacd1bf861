"""Cells made of evidence."""

from __future__ import annotations

import pytest

from mapper.model import Status
from tests.align.aligning import ACTION, FINE, NOTHING, OUTCOME, PLAN, aligned, cell
from tests.builders import (
    COMPLAINT,
    ELDERLY,
    FARM,
    GREEN,
    SMALL,
    document,
)


@pytest.mark.parametrize(
    ("sentences", "requirement", "status"),
    [
        ((ACTION,), ELDERLY, "evidenced"),
        ((OUTCOME,), ELDERLY, "evidenced"),
        ((PLAN, ACTION), ELDERLY, "evidenced"),
        ((PLAN,), ELDERLY, "stated"),
        ((PLAN, NOTHING), ELDERLY, "stated"),
        ((FINE,), ELDERLY, "contrary"),
        ((FINE, ACTION), ELDERLY, "contrary"),
        ((OUTCOME, PLAN, FINE), ELDERLY, "contrary"),
        ((NOTHING,), ELDERLY, "none"),
        ((ACTION,), GREEN, "none"),
        ((ACTION,), FARM, "not-applicable"),
        (("云岭银行推出农业保险。",), FARM, "evidenced"),
        (("云岭银行计划推出农业保险。",), FARM, "stated"),
    ],
)
def test_the_status_of_a_cell(sentences: tuple[str, ...], requirement: str, status: Status) -> None:
    assert cell(aligned(document(*sentences)), "云岭银行", requirement).status == status


@pytest.mark.parametrize(
    ("requirement", "status"), [(ELDERLY, "unsearched"), (GREEN, "unsearched"), (FARM, "not-applicable")]
)
def test_a_firm_of_which_no_document_speaks_is_unsearched(requirement: str, status: Status) -> None:
    alignment = aligned(document(ACTION), own=["海港银行"])
    assert cell(alignment, "海港银行", requirement).status == status
    assert "海港银行" in {firm.id for firm in alignment.firms}


def test_read_and_nothing_found_is_kept_apart_from_never_read() -> None:
    alignment = aligned(document(NOTHING), own=["云岭银行", "海港银行"])
    assert cell(alignment, "云岭银行", ELDERLY).status == "none"
    assert cell(alignment, "海港银行", ELDERLY).status == "unsearched"


def test_with_adverse_evidence_whatever_else_there_is_stays_listed() -> None:
    alignment = aligned(document(OUTCOME, FINE, PLAN, ACTION))
    one = cell(alignment, "云岭银行", ELDERLY)
    grades = {e.id: e.grade for e in alignment.evidence}
    assert [grades[id] for id in one.evidence] == ["adverse", "outcome", "action", "commitment"]
    assert one.score == max(e.score for e in alignment.evidence if e.grade == "adverse")


def test_a_cells_score_is_the_best_of_what_made_its_status() -> None:
    alignment = aligned(document(PLAN, ACTION, OUTCOME))
    made = [e.score for e in alignment.evidence if e.grade in ("action", "outcome")]
    assert cell(alignment, "云岭银行", ELDERLY).score == max(made)
    assert cell(alignment, "云岭银行", GREEN).score == 0


def test_voluntary_evidence_is_shown_as_such() -> None:
    alignment = aligned(document("青禾消费金融投放了绿色贷款。", "海港银行投放了绿色贷款。"))
    assert cell(alignment, "青禾消费金融", GREEN).voluntary is True
    assert cell(alignment, "海港银行", GREEN).voluntary is False
    assert cell(alignment, "青禾消费金融", FARM).voluntary is False


def test_there_is_one_cell_for_every_firm_and_requirement() -> None:
    alignment = aligned(document(ACTION, "青禾消费金融坚持小额分散。"), own=["泰和保险"])
    pairs = [(c.firm, c.requirement) for c in alignment.cells]
    assert len(pairs) == len(set(pairs)) == 3 * 5
    assert {c.requirement for c in alignment.cells} == {ELDERLY, GREEN, SMALL, FARM, COMPLAINT}


def test_every_piece_of_evidence_stands_in_exactly_its_cell() -> None:
    alignment = aligned(document(OUTCOME, FINE, PLAN, ACTION, "海港银行公布了投诉渠道。"))
    for c in alignment.cells:
        expected = [e.id for e in alignment.evidence if (e.firm, e.requirement) == (c.firm, c.requirement)]
        assert sorted(c.evidence) == sorted(expected)
