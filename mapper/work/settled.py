"""All that a run found, in order, on disk: what alignment.json and the page are written from."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import NamedTuple

from mapper.align.cells import carrying, cell_of
from mapper.align.union import GRADE_ORDER, NO_DATE
from mapper.binding import Binding
from mapper.memory import unsearched
from mapper.model import Alignment, Cell, Document, Evidence, Faint, Firm, Grade, LeftOut, Policy, Run, Undecided
from mapper.report.beyond import CHARACTERS, PIECES, UNCLEAR, Beyond
from mapper.report.json import bare, dump_lines, faint_line
from mapper.report.json import line as json_line
from mapper.work.aside import Aside

_AT_ONCE = 1024
"""Records that are put aside in one step."""


class _EvidenceRow(NamedTuple):
    """A piece of evidence as its cell looks at it; ``firm`` and ``requirement`` by rank; ``line``: where its record lies."""

    firm: int
    requirement: int
    id: str
    grade: Grade
    score: float
    alleged: bool
    predates: bool
    alone: bool
    line: int


@dataclass(frozen=True)
class RunTotals:
    """How much a run has read and found in all."""

    documents: int
    passages: int
    characters: int
    """Of the sentences of documents in which somebody acts."""
    evidence: int
    undecided: int


class Settled:
    """All of a run in order, on disk."""

    def __init__(
        self,
        base: sqlite3.Connection,
        lines: Aside,
        policies: tuple[Policy, ...],
        firms: tuple[Firm, ...],
        left_out: tuple[LeftOut, ...],
        searched: frozenset[str],
        counts: RunTotals,
    ) -> None:
        self._base = base
        self._lines = lines
        self._searched = searched
        self.policies, self.firms, self.left_out, self.counts = policies, firms, left_out, counts
        self._requirements = [one for policy in policies for one in policy.requirements]

    def lines(self, run: Run, cells: Iterable[bytes] | None = None) -> Iterator[bytes]:
        """alignment.json, piece by piece. ``cells``: their records, where they are made already."""
        lists: dict[str, Iterable[bytes]] = {
            "policies": map(json_line, self.policies),
            "firms": map(json_line, self.firms),
            "documents": self._column("SELECT line FROM document ORDER BY id"),
            "evidence": self._column("SELECT line FROM piece ORDER BY rowid"),
            "cells": cells if cells is not None else (json_line(cell) for cell, _ in self._cells(run)),
            "left_out": map(json_line, self.left_out),
            "faint": (faint_line(*one) for one in self._base.execute("SELECT * FROM faint ORDER BY id")),
            "undecided": self._column("SELECT line FROM undecided ORDER BY rowid"),
        }
        return dump_lines(run, lists)

    @unsearched()
    def whole(self, run: Run) -> Alignment:
        """The alignment, held in memory."""
        return Alignment(
            run=run,
            policies=self.policies,
            firms=self.firms,
            documents=tuple(map(Document.model_validate_json, self._column("SELECT line FROM document ORDER BY id"))),
            evidence=tuple(self.evidence()),
            cells=tuple(cell for cell, _ in self._cells(run)),
            faint=tuple(self._faint()),
            undecided=tuple(self._undecided()),
            left_out=self.left_out,
        )

    @property
    def large(self) -> bool:
        """Whether there is more than a page holds, and than is well held in memory."""
        return self.counts.evidence > PIECES or self.counts.characters > CHARACTERS

    def shown(self, run: Run, most: int = PIECES, whole: Aside | None = None) -> tuple[Alignment, Beyond]:
        """The alignment with the best pieces of each cell and without the texts of documents, and what there is besides.

        As many pieces of a cell are kept as keeps all of them below ``most``, and one at least. ``whole``: where the
        records of the cells with all their evidence are put aside.
        """
        sizes = Counter(n for (n,) in self._base.execute("SELECT count(*) FROM piece GROUP BY firm, requirement"))
        each = _each(sizes, most)
        with unsearched():
            return self._shown(run, each, whole)

    def _shown(self, run: Run, each: int, whole: Aside | None) -> tuple[Alignment, Beyond]:
        """The alignment with so many pieces of evidence of ``each`` cell, and how many more there are."""
        cells: list[Cell] = []
        kept: list[_EvidenceRow] = []
        hidden: dict[tuple[str, str], int] = {}
        recent: set[tuple[str, str]] = set()
        for cell, found in self._cells(run) if whole is None else self._noted(run, whole):
            if len(found) <= each:
                cells.append(cell)
                kept += found
                continue
            key = cell.firm, cell.requirement
            ordered = dict.fromkeys(one.id for one in (*carrying(found, cell.status), *found))
            best = set(islice(ordered, each))
            shown = [one for one in found if one.id in best]
            cells.append(cell.model_copy(update={"evidence": tuple([one.id for one in shown])}))
            kept += shown
            hidden[key] = len(found) - each
            if not all(one.predates or one.id in best for one in found):
                recent.add(key)
        evidence = tuple(Evidence.model_validate_json(self._lines.take(one.line)) for one in kept)
        marks = Counter(dict(self._base.execute("SELECT document, count(*) FROM piece GROUP BY document")))
        marks.subtract(one.document for one in evidence)
        kinds = self._base.execute("SELECT grade, alleged, predates, count(*) FROM piece GROUP BY 1, 2, 3")
        rest = Counter({(grade, alleged, predates): n for grade, alleged, predates, n in kinds})
        rest.subtract((one.grade, one.alleged, one.predates) for one in kept)
        grades = {grade: sum(n for (g, alleged, _), n in rest.items() if g == grade and not alleged) for grade in GRADE_ORDER}
        alleged, predating = (sum(n for kind, n in rest.items() if kind[at]) for at in (1, 2))
        documents = tuple(
            Document.model_validate_json(bare(line)) for line in self._column("SELECT line FROM document ORDER BY id")
        )
        undecided = tuple(self._undecided(UNCLEAR))
        alignment = Alignment(
            run=run,
            policies=self.policies,
            firms=self.firms,
            documents=documents,
            evidence=evidence,
            cells=tuple(cells),
            undecided=undecided,
            faint=tuple(self._faint("WHERE id IN (SELECT id FROM undecided)")),
            left_out=self.left_out,
        )
        more = self.counts.undecided - len(undecided)
        return alignment, Beyond(hidden, frozenset(recent), grades, alleged, predating, +marks, more)

    def evidence(self) -> Iterator[Evidence]:
        """All evidence in order, one piece after the other."""
        return map(Evidence.model_validate_json, self._column("SELECT line FROM piece ORDER BY rowid"))

    def _undecided(self, most: int = -1) -> Iterator[Undecided]:
        """What is undecided, in order; of more than ``most``, those with the highest scores."""
        best = f"SELECT rowid AS place, line FROM undecided ORDER BY score DESC, rowid LIMIT {most}"
        return map(Undecided.model_validate_json, self._column(f"SELECT line FROM ({best}) ORDER BY place"))

    def _column(self, query: str) -> Iterator[bytes]:
        return self._lines.several(line for (line,) in self._base.execute(query))

    def _faint(self, where: str = "") -> Iterator[Faint]:
        for id, firm, requirement, adverse in self._base.execute(f"SELECT * FROM faint {where} ORDER BY id"):
            yield Faint(id=id, firm=firm, requirement=requirement, adverse=bool(adverse))

    def _noted(self, run: Run, whole: Aside) -> Iterator[tuple[Cell, list[_EvidenceRow]]]:
        """The same as :meth:`_cells`; their records are put aside as they pass."""
        records: list[bytes] = []
        for one in self._cells(run):
            records.append(json_line(one[0]))
            if len(records) == _AT_ONCE:
                whole.add(*records)
                records.clear()
            yield one
        whole.add(*records)

    def _cells(self, run: Run) -> Iterator[tuple[Cell, list[_EvidenceRow]]]:
        """Every cell with its pieces, in the order of firms and requirements."""
        dates = (None if date == NO_DATE else str(date) for (date,) in self._base.execute("SELECT date FROM document"))
        binding = Binding.of(self.policies, dates, run)
        below = Counter({(f, r): n for f, r, n in self._base.execute("SELECT firm, requirement, count(*) FROM faint GROUP BY 1, 2")})
        query = "SELECT firm, requirement, id, grade, score, alleged, predates, alone, line FROM piece ORDER BY rowid"
        groups = groupby(map(_EvidenceRow._make, self._base.execute(query)), key=itemgetter(0, 1))
        key, marks = next(groups, ((-1, -1), iter(())))
        bound = [binding.in_force(requirement.id) for requirement in self._requirements]
        for column, firm in enumerate(self.firms):
            searched = firm.id in self._searched
            for row, (requirement, in_force) in enumerate(zip(self._requirements, bound, strict=True)):
                found: list[_EvidenceRow] = []
                if key == (column, row):
                    found = list(marks)
                    key, marks = next(groups, ((-1, -1), iter(())))
                few = below.get((firm.id, requirement.id), 0)
                yield cell_of(firm, requirement, found, searched=searched, below=few, in_force=in_force), found


def _each(sizes: Mapping[int, int], most: int) -> int:
    """How many pieces of a cell are kept: as many as make no more than ``most`` in all, one at least."""
    each = 1
    while each < max(sizes, default=1) and sum(min(size, each + 1) * cells for size, cells in sizes.items()) <= most:
        each += 1
    return each
