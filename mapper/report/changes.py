"""What changed between two alignments: sources, catalog, firms, decisions, and then cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from mapper.model import Alignment, Cell, Decision, Document, Evidence, Requirement, Review
from mapper.report import reviewed
from mapper.report.levels import Level

_RANK: dict[Level, int] = {"outcome": 5, "action": 4, "stated": 3, "none": 2, "unsearched": 2, "contrary": 1}
"""What is better; «not applicable» and «not yet» are neither better nor worse than anything."""


@dataclass(frozen=True)
class Regraded:
    """A piece that both hold, with another grade or another review."""

    old: Evidence
    new: Evidence


@dataclass(frozen=True)
class CellChange:
    """One cell that is not as it was. ``worse`` goes by what counts: a reviewer's word where there is one."""

    firm: str
    requirement: str
    old: Cell
    new: Cell
    before: Level
    after: Level
    worse: bool
    found: tuple[Evidence, ...]
    lost: tuple[Evidence, ...]
    regraded: tuple[Regraded, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that differs; pairs are (old, new)."""

    documents_new: tuple[Document, ...] = ()
    documents_lost: tuple[Document, ...] = ()
    documents_changed: tuple[tuple[Document, Document], ...] = ()
    documents_renamed: tuple[tuple[Document, Document], ...] = ()
    requirements_new: tuple[Requirement, ...] = ()
    requirements_lost: tuple[Requirement, ...] = ()
    requirements_changed: tuple[tuple[Requirement, Requirement], ...] = ()
    firms_new: tuple[str, ...] = ()
    firms_lost: tuple[str, ...] = ()
    decisions_new: tuple[Review, ...] = ()
    decisions_lost: tuple[Decision, ...] = ()
    decisions_changed: tuple[tuple[Review, Review], ...] = ()
    cells: tuple[CellChange, ...] = ()
    options: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def worse(self) -> tuple[CellChange, ...]:
        """The cells that got worse."""
        return tuple(one for one in self.cells if one.worse)

    def __bool__(self) -> bool:
        return self != Changes()


def compare(old: Alignment, new: Alignment) -> Changes:
    """The changes from one alignment to another. A cell is compared where both have its firm and its requirement."""
    documents = {one.id: one for one in old.documents}, {one.id: one for one in new.documents}
    asked = tuple(
        {one.id: one for policy in made.policies for one in policy.requirements} for made in (old, new)
    )
    firms = {firm.id for firm in old.firms}, {firm.id for firm in new.firms}
    reviews = {one.id: one for one in old.review}, {one.id: one for one in new.review}
    gone = [one for key, one in documents[0].items() if key not in documents[1]]
    come = [one for key, one in documents[1].items() if key not in documents[0]]
    renamed = list(_renamed(gone, come))
    moved = {one.id for pair in renamed for one in pair}
    return Changes(
        documents_new=tuple(one for one in come if one.id not in moved),
        documents_lost=tuple(one for one in gone if one.id not in moved),
        documents_changed=tuple(
            (one, documents[1][key])
            for key, one in documents[0].items()
            if key in documents[1] and one.sha256 != documents[1][key].sha256
        ),
        documents_renamed=tuple(renamed),
        requirements_new=tuple(one for key, one in asked[1].items() if key not in asked[0]),
        requirements_lost=tuple(one for key, one in asked[0].items() if key not in asked[1]),
        requirements_changed=tuple(
            (one, asked[1][key]) for key, one in asked[0].items() if key in asked[1] and one != asked[1][key]
        ),
        firms_new=tuple(firm.id for firm in new.firms if firm.id not in firms[0]),
        firms_lost=tuple(firm.id for firm in old.firms if firm.id not in firms[1]),
        decisions_new=tuple(one for key, one in reviews[1].items() if key not in reviews[0]),
        decisions_lost=tuple(one.decision for key, one in reviews[0].items() if key not in reviews[1]),
        decisions_changed=tuple(
            (one, reviews[1][key])
            for key, one in reviews[0].items()
            if key in reviews[1] and (one.state, one.changes) != (reviews[1][key].state, reviews[1][key].changes)
        ),
        cells=tuple(_cells(old, new)),
        options=_options(old, new),
    )


def _renamed(gone: list[Document], come: list[Document]) -> Iterator[tuple[Document, Document]]:
    """Documents of the same bytes under another name."""
    left = {(one.sha256, one.row): one for one in come}
    for one in gone:
        other = left.pop((one.sha256, one.row), None)
        if other is not None:
            yield one, other


def _options(old: Alignment, new: Alignment) -> tuple[tuple[str, str, str], ...]:
    said = [{"version": made.run.version} | made.run.options for made in (old, new)]
    keys = dict.fromkeys((*said[0], *said[1]))
    return tuple(
        (key, said[0].get(key, "—"), said[1].get(key, "—")) for key in keys if said[0].get(key) != said[1].get(key)
    )


def _cells(old: Alignment, new: Alignment) -> Iterator[CellChange]:
    before, after = _AlignmentSide(old), _AlignmentSide(new)
    for key, cell in after.cells.items():
        was = before.cells.get(key)
        if was is None:
            continue
        pieces, now = before.pieces[key], after.pieces[key]
        found = tuple(piece for name, piece in now.items() if name not in pieces)
        lost = tuple(piece for name, piece in pieces.items() if name not in now)
        regraded = tuple(
            Regraded(piece, now[name])
            for name, piece in pieces.items()
            if name in now and (piece.grade, piece.review) != (now[name].grade, now[name].review)
        )
        levels = before.level(key), after.level(key)
        if (was.status, was.review) == (cell.status, cell.review) and not (found or lost or regraded):
            continue
        worse = all(level in _RANK for level in levels) and _RANK[levels[1]] < _RANK[levels[0]]
        yield CellChange(*key, was, cell, *levels, worse, found, lost, regraded)


class _AlignmentSide:
    """One of the two alignments that are compared, by cell."""

    def __init__(self, alignment: Alignment) -> None:
        self.cells = {(cell.firm, cell.requirement): cell for cell in alignment.cells}
        self.pieces: defaultdict[tuple[str, str], dict[str, Evidence]] = defaultdict(dict)
        for piece in alignment.evidence:
            self.pieces[piece.firm, piece.requirement][piece.id] = piece
        self.added = reviewed.graded(alignment)

    def level(self, key: tuple[str, str]) -> Level:
        """What counts of the cell: as reviewed, else by the machine."""
        cell, pieces = self.cells[key], self.pieces[key].values()
        found = reviewed.level(cell, pieces, self.added[key])
        return found if found is not None else reviewed.by_machine(cell, pieces)
