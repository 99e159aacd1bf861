"""Counts of the view: cells by status over their denominator, and the figures of the overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from mapper.model import Alignment, Cell, Status
from mapper.report import reviewed
from mapper.report.beyond import NOTHING, Beyond
from mapper.report.orders import GRADES, STATUSES
from mapper.report.shapes import CellView, EvidenceView, FirmView, KindView, PolicyView, RowView
from mapper.report.tallies import Coverage, Overview, Slice, Tally, percentage

_TOLD = attrgetter("status", "voluntary", "predates")


def cells_told(alignment: Alignment) -> dict[tuple[str, str], Cell]:
    """Cells by firm and requirement, as a reader is told of them: what is undecided is not among what scored too little."""
    cells = {(cell.firm, cell.requirement): cell for cell in alignment.cells}
    faint = {one.id for one in alignment.faint} if alignment.undecided else frozenset()
    for one in alignment.undecided:
        if one.id in faint and (cell := cells.get((one.firm, one.requirement))) is not None:
            cells[one.firm, one.requirement] = cell.model_copy(update={"below": cell.below - 1})
    return cells


def tally(cells: Iterable[CellView]) -> Tally:
    """Count cells by status, with the parts of a stacked bar over the addressed ones."""
    told = Counter(map(_TOLD, cells))
    count: Counter[Status] = Counter()
    for (status, voluntary, _), number in told.items():
        count[status] += 0 if voluntary else number
    whole = sum(count[status] for status in STATUSES)
    parts, before = [], 0
    for status in STATUSES:
        if count[status]:
            x, end = round(1000 * before / whole), round(1000 * (before + count[status]) / whole)
            parts.append(Slice(status, count[status], percentage(count[status], whole), x, end - x))
            before += count[status]
    return Tally(
        evidenced=count["evidenced"],
        stated=count["stated"],
        contrary=count["contrary"],
        none=count["none"],
        unsearched=count["unsearched"],
        not_yet=count["not-yet"],
        voluntary=sum(number for (_, voluntary, _), number in told.items() if voluntary),
        predating=told["evidenced", False, True],
        parts=tuple(parts),
    )


def coverage(policies: Iterable[PolicyView], kinds: Sequence[KindView]) -> Iterator[Coverage]:
    """For each policy, and then for each of its parts, the figures of all firms and of each kind of firm."""
    for policy in policies:
        yield Coverage(policy.index, -1, _by_kind(policy.rows, kinds))
        for part in dict.fromkeys(row.part for row in policy.rows if row.part >= 0):
            yield Coverage(policy.index, part, _by_kind([row for row in policy.rows if row.part == part], kinds))


def _by_kind(rows: Sequence[RowView], kinds: Sequence[KindView]) -> tuple[Tally, ...]:
    groups = [range(kind.firms[0].index, kind.firms[-1].index + 1) for kind in kinds]
    return (
        tally(cell for row in rows for cell in row.cells),
        *(tally(row.cells[column] for row in rows for column in group) for group in groups),
    )


def figures(
    alignment: Alignment,
    policies: tuple[PolicyView, ...],
    firms: tuple[FirmView, ...],
    evidence: Iterable[EvidenceView],
    cells: int,
    beyond: Beyond = NOTHING,
) -> Overview:
    """The counts of the overview."""
    dates = sorted(document.date for document in alignment.documents if document.date)
    basis = Counter(document.date_basis if document.date else "unknown" for document in alignment.documents)
    pieces = list(evidence)
    _, by_humans = reviewed.counts(alignment.cells)
    rulings = Counter(said for one in pieces if (said := _ruling(one)))
    grades = Counter(one.it.grade for one in pieces if one.it.basis != "allegation")
    return Overview(
        documents=len(alignment.documents),
        publishers=len({document.publisher for document in alignment.documents if document.publisher}),
        first_date=dates[0] if dates else None,
        last_date=dates[-1] if dates else None,
        stated=basis["stated"],
        inferred=basis["inferred"],
        undated=basis["unknown"],
        characters=sum(document.characters for document in alignment.documents),
        passages=sum(document.passages for document in alignment.documents),
        firms=len(firms),
        searched=sum(firm.searched and not firm.mentioned for firm in firms),
        mentioned=sum(firm.mentioned for firm in firms),
        requirements=sum(len(policy.rows) for policy in policies),
        addressed=sum(len(policy.rows) - len(policy.unaddressed) for policy in policies),
        uncovered=sum(len(policy.uncovered) for policy in policies),
        evidence=len(pieces) + sum(beyond.pieces.values()),
        grades=tuple((grade, grades[grade] + beyond.grades.get(grade, 0)) for grade in GRADES),
        alleged=sum(one.it.alleged for one in pieces) + beyond.alleged,
        predating=sum(bool(one.it.predates) for one in pieces) + beyond.predating,
        cells=cells,
        ruled=sum(rulings.values()),
        rulings=tuple((name, rulings[name]) for name in ("accepted", "regraded", "rejected", "conflict")),
        reviewed=by_humans["evidenced"],
        reviewed_of=reviewed.addressed(by_humans),
        undecided=sum(one.open for one in alignment.undecided) + beyond.undecided,
        doubtful=sum(one.state in ("suspect", "orphaned", "conflict") for one in alignment.review),
    )


def _ruling(one: EvidenceView) -> str | None:
    """What reviewers made of a piece, beside the machine's grade."""
    said = one.it.review
    if said is None or said in ("rejected", "conflict"):
        return said
    return "accepted" if said == one.it.grade else "regraded"
