"""The view groups, counts and orders; its figures add up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.model import Act, Alignment, Reason, Words
from mapper.report import quotes, reviewed
from mapper.report.orders import REASONS
from mapper.report.phrases import counted
from mapper.report.shapes import View
from mapper.report.view import build_view, web_link


def test_columns_are_grouped_by_kind(alignment: Alignment) -> None:
    view = build_view(alignment)
    assert [group.kind for group in view.kinds] == ["bank", "consumer-finance", "trust", "fintech"]
    assert [firm.it.id for firm in view.firms] == ["机构1", "机构0", "机构3", "机构4", "机构2"]
    assert [firm.starts_kind for firm in view.firms] == [True, True, False, True, True]


def test_every_cell_is_counted_once(alignment: Alignment) -> None:
    view = build_view(alignment)
    tally = view.tally
    outside = sum(cell.status == "not-applicable" and not cell.voluntary for cell in alignment.cells)
    assert tally.addressed + outside + tally.voluntary == len(alignment.cells)
    assert tally.addressed == sum(policy.tally.addressed for policy in view.policies)
    assert tally.addressed == sum(firm.tally.addressed for firm in view.firms)
    assert tally.evidenced == sum(row.tally.evidenced for row in view.rows)
    assert tally.voluntary == 1, "the fourth requirement is not addressed to the bank that does it all the same"


def test_bars_fill_the_whole(alignment: Alignment) -> None:
    view = build_view(alignment)
    for tally in [view.tally, *(row.tally for row in view.rows)]:
        assert sum(part.width for part in tally.parts) == (1000 if tally.addressed else 0)


def test_levels_and_labels_of_cells(alignment: Alignment) -> None:
    view = build_view(alignment)
    first = {view.firms[cell.firm].it.id: cell for cell in view.rows[0].cells}
    assert {firm: cell.level for firm, cell in first.items()} == {
        "机构0": "outcome",
        "机构1": "contrary",
        "机构2": "action",
        "机构3": "none",
        "机构4": "unsearched",
    }
    assert [one.it.grade for one in first["机构1"].evidence] == ["adverse", "outcome"]
    voluntary = view.rows[3].cells[0]
    assert voluntary.voluntary and voluntary.labels.split()[:2] == ["L-a", "L-v"]


def test_a_tentative_outcome_beside_an_action_that_is_not_makes_no_outcome_of_the_cell(alignment: Alignment) -> None:
    """What the mark says and the score beside it are of the same piece."""

    def first(outcome: float, action: float) -> tuple[str, int, str]:
        scores = {"e0": outcome, "e1": action}
        pieces = tuple(one.model_copy(update={"score": scores.get(one.id, one.score)}) for one in alignment.evidence)
        top, *rest = alignment.cells
        cells = (top.model_copy(update={"score": max(outcome, action)}), *rest)
        shown = build_view(alignment.model_copy(update={"evidence": pieces, "cells": cells})).rows[0].cells
        cell = next(one for one in shown if "e0" in {piece.it.id for piece in one.evidence})
        return cell.level, cell.percent, cell.evidence[0].it.grade

    assert first(0.48, 0.87) == ("action", 87, "action")
    assert first(0.72, 0.87) == ("outcome", 72, "outcome")
    assert first(0.55, 0.6) == ("outcome", 55, "outcome")


def test_an_accepted_action_beside_a_tentative_outcome_that_nobody_ruled_on_is_an_action(alignment: Alignment) -> None:
    outcome, action = (one.model_copy(update={"score": score}) for one, score in zip(alignment.evidence, (0.48, 0.87), strict=False))
    cell = alignment.cells[0].model_copy(update={"status": "evidenced", "score": 0.87, "review": "evidenced"})
    assert (outcome.grade, action.grade) == ("outcome", "action")
    assert reviewed.level(cell, (outcome, action.model_copy(update={"review": "action"}))) == "action"
    assert reviewed.level(cell, (outcome.model_copy(update={"review": "outcome"}), action)) == "outcome"


def test_old_evidence_and_places_are_told(alignment: Alignment) -> None:
    older = tuple(one.model_copy(update={"predates": one.id != "e0"}) for one in alignment.evidence)
    view = build_view(alignment.model_copy(update={"evidence": older}))
    old = [cell for row in view.rows for cell in row.cells if cell.predates and cell.status == "evidenced"]
    assert view.tally.predating == sum(policy.tally.predating for policy in view.policies)
    assert 0 < view.tally.predating == sum(not cell.voluntary for cell in old)
    spots = {one.spot for row in view.rows for cell in row.cells for one in cell.evidence}
    assert spots == {("odd", "odd"), ("第 2 张工作表第 12 行", "sheet 2, row 12")}


def test_a_cell_that_scored_low_is_tentative_until_somebody_decides(alignment: Alignment) -> None:
    first, *_ = [cell for cell in alignment.cells if cell.evidence]

    def view_with(**changed: object) -> View:
        cells = tuple(one.model_copy(update=changed) if one == first else one for one in alignment.cells)
        return build_view(alignment.model_copy(update={"cells": cells}))

    def tentative(view: View) -> set[tuple[str, str]]:
        found = [cell for row in view.rows for cell in row.cells if cell.tentative]
        assert view.tentative_cells == len(found) and all("L-t" in cell.labels for cell in found)
        return {(view.firms[cell.firm].it.id, view.rows[cell.row].it.id) for cell in found}

    low = tentative(view_with(score=0.69))
    assert (first.firm, first.requirement) in low
    assert tentative(view_with(score=0.7)) == low - {(first.firm, first.requirement)}
    assert tentative(view_with(score=0.69, review="conflict")) == tentative(view_with(score=0.7))


def test_one_is_singular() -> None:
    assert counted("page.pieces", number=1).en == "1 piece of evidence"
    assert counted("page.pieces", number=2).en == "2 pieces of evidence"
    assert counted("page.gaps", number=1).en == "Searched, nothing found (1)"


def test_missing_is_told_from_unaddressed(alignment: Alignment) -> None:
    first, second = build_view(alignment).policies
    assert [row.it.id for row in first.uncovered] == ["p1-1"]
    assert [row.it.id for row in first.unaddressed] == ["p1-2"]
    assert [row.it.id for row in second.uncovered] == ["p2-0", "p2-1", "p2-2"], "a statement is no evidence of practice"


def test_what_is_not_in_force_or_means_other_firms_is_no_gap_of_anybody(alignment: Alignment) -> None:
    first, *rest = alignment.policies
    late = first.model_copy(update={"effective": "2099-01-01"})
    bare = {"policies": (late, *rest), "cells": (), "evidence": ()}
    view = build_view(alignment.model_copy(update=bare | {"run": alignment.run.model_copy(update={"options": {"as_of": "2026-01-01"}})}))
    assert view.policies[0].uncovered == () and len(view.policies[0].unaddressed) == len(first.requirements)
    assert view.figures.uncovered == len(view.policies[1].uncovered)


def test_what_is_only_alleged_is_counted_apart_from_what_was_found(alignment: Alignment) -> None:
    before = dict(build_view(alignment).figures.grades)
    first = next(one for one in alignment.evidence if one.grade == "adverse")
    alleged = tuple(one.model_copy(update={"basis": "allegation"}) if one == first else one for one in alignment.evidence)
    figures = build_view(alignment.model_copy(update={"evidence": alleged})).figures
    assert dict(figures.grades) == before | {"adverse": before["adverse"] - 1}
    assert figures.alleged == 1 and figures.evidence == sum(before.values())


@pytest.mark.parametrize(("characters", "mentioned"), [(0, False), (40, True), (119, True), (120, False)])
def test_a_firm_that_is_only_mentioned_is_not_counted_as_searched(
    alignment: Alignment, characters: int, mentioned: bool
) -> None:
    """Where nothing is known of how much was read (0) it counts as searched."""
    firm = alignment.firms[0]
    first, *rest = (one.model_copy(update={"acts": ()}) for one in alignment.documents)
    acts = (Act(firm=firm.id, start=0, end=characters),) if characters else ()
    changed = {"documents": (first.model_copy(update={"acts": acts}), *rest), "evidence": ()}
    cells = tuple(one.model_copy(update={"evidence": (), "status": "none"}) for one in alignment.cells)
    view = build_view(alignment.model_copy(update=changed | {"cells": cells}))
    assert [one.it.id for one in view.firms if one.mentioned] == ([firm.id] if mentioned else [])
    assert (view.figures.mentioned, view.figures.searched) == ((1, 4) if mentioned else (0, 5))


def test_thin_firms_have_the_least_first(alignment: Alignment) -> None:
    view = build_view(alignment)
    assert [firm.evidence for firm in view.thin] == sorted(firm.evidence for firm in view.thin)
    assert view.figures.searched == 4


def test_a_cell_without_a_record_is_still_told(alignment: Alignment) -> None:
    bare = alignment.model_copy(update={"cells": (), "evidence": ()})
    levels = {cell.level for row in build_view(bare).rows for cell in row.cells}
    assert levels == {"unsearched", "not-applicable"}


def test_an_empty_alignment_has_a_view(alignment: Alignment) -> None:
    empty = Alignment(run=alignment.run, policies=(), firms=(), documents=(), evidence=(), cells=())
    assert build_view(empty).tally.addressed == 0


@pytest.mark.parametrize("url", ["https://example.org/a", "http://example.org"])
def test_web_addresses_are_linked(url: str) -> None:
    assert web_link(url) == url


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", "data:text/html,x", "file:///etc", "//host/x", "https:", "http://[", " https"],
)
def test_other_addresses_are_not(url: str | None) -> None:
    assert web_link(url) is None


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(-2, 35), st.integers(-2, 35), st.sampled_from(REASONS)), max_size=6),
)
def test_segments_keep_the_quote(quote: str, spans: list[tuple[int, int, str]]) -> None:
    reasons = [
        Reason(kind=kind, code="x", words=(Words(start=start, end=end, text=quote[max(start, 0) : max(end, 0)]),))  # type: ignore[arg-type]
        for start, end, kind in spans
    ]
    runs = quotes.segments(quote, reasons)
    assert "".join(run.text for run in runs) == quote
    marked = {at for start, end, _ in spans if 0 <= start < end <= len(quote) for at in range(start, end)}
    assert sum(len(run.text) for run in runs if run.kinds) == len(marked)


def test_words_that_are_not_in_the_quote_are_not_marked() -> None:
    reason = Reason(kind="signal", code="x", words=(Words(start=0, end=2, text="别的"),))
    assert all(not run.kinds for run in quotes.segments("大字版", [reason]))


def test_the_view_is_the_same_every_time(build: Callable[..., Alignment]) -> None:
    assert build_view(build()) == build_view(build())


def test_parts_stand_between_policy_and_clause(alignment: Alignment) -> None:
    view = build_view(alignment)
    assert [(part.policy, part.name.zh, part.name.en) for part in view.parts] == [
        (0, "头部", "First part"),
        (0, "尾部", "Second part"),
    ]
    assert [row.part for row in view.rows[:4]] == [0, 0, 1, 1]
    assert {row.part for row in view.rows[4:]} == {-1}


def test_coverage_by_part_and_kind_adds_up(alignment: Alignment) -> None:
    view = build_view(alignment)
    assert [(line.policy, line.part) for line in view.coverage] == [(0, -1), (0, 0), (0, 1), (1, -1)]
    for line in view.coverage:
        whole, *kinds = line.tallies
        assert len(kinds) == len(view.kinds)
        assert whole.addressed == sum(tally.addressed for tally in kinds)
        assert whole.evidenced == sum(tally.evidenced for tally in kinds)
    assert view.coverage[0].tallies[0].addressed == sum(line.tallies[0].addressed for line in view.coverage[1:3])


def test_weak_matches_are_counted_in_their_cell(alignment: Alignment) -> None:
    view = build_view(alignment)
    assert {
        (view.firms[cell.firm].it.id, cell.row): cell.below for row in view.rows for cell in row.cells if cell.below
    } == {
        ("机构0", 0): 2,
        ("机构3", 0): 2,
    }
