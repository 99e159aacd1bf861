"""What was found, written as it is found: tables on disk from which an alignment is put together without holding it.

They lie in files of the system's temporary folder that are gone with this process, however it ends. Only what orders an
alignment and makes its cells stands in tables; records lie aside and pass through as they are.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count, groupby
from operator import itemgetter
from typing import NamedTuple

from mapper.align.alignment import (
    GRADE_ORDER,
    NO_DATE,
    carries,
    cell_of,
    firm_united,
    firms_ordered,
    left_out_ordered,
)
from mapper.binding import Binding
from mapper.model import Alignment, Cell, Document, Evidence, Faint, Firm, Grade, LeftOut, Policy, Run, Undecided
from mapper.report.beyond import CHARACTERS, PIECES, UNCLEAR, Beyond
from mapper.report.json import bare, dump_lines, faint_line, with_sources
from mapper.report.json import line as json_line
from mapper.work.aside import Aside
from mapper.work.part import Part

_FOUND = """(id TEXT, firm TEXT, requirement TEXT, grade TEXT, score REAL, alleged INT, predates INT, alone INT, document TEXT,
              start INT, end INT, line INT)"""
_PIECE = "(firm INT, requirement INT, document TEXT, id TEXT, grade TEXT, score REAL, alleged INT, predates INT, alone INT, line INT)"
_TABLES = f"""
CREATE TABLE document (id TEXT PRIMARY KEY, date TEXT, line INT) WITHOUT ROWID;
CREATE TABLE found {_FOUND};
CREATE TABLE unclear {_FOUND};
CREATE TABLE faint (id TEXT PRIMARY KEY, firm TEXT, requirement TEXT, adverse INT) WITHOUT ROWID;
CREATE TABLE piece {_PIECE};
CREATE TABLE undecided {_PIECE};
CREATE TABLE firm (id TEXT PRIMARY KEY, rank INT) WITHOUT ROWID;
CREATE TABLE requirement (id TEXT PRIMARY KEY, rank INT) WITHOUT ROWID;
CREATE TABLE grade (id TEXT PRIMARY KEY, rank INT) WITHOUT ROWID;
"""
_ORDERED = """
INSERT INTO {table}
    SELECT a.rank, b.rank, f.document, f.id, f.grade, f.score, f.alleged, f.predates, f.alone, f.line
    FROM {found} f JOIN firm a ON a.id = f.firm JOIN requirement b ON b.id = f.requirement JOIN grade c ON c.id = f.grade
    JOIN document d ON d.id = f.document
    ORDER BY a.rank, b.rank, c.rank, f.score DESC, d.date, f.document, f.start;
DROP TABLE {found};
"""
"""Every piece by its firm's column, its requirement's row and its place in the cell: its row id is its place in the whole."""
_CACHE = 32_000
"""Kibibytes of the tables that are kept in memory."""


_AT_ONCE = 1024
"""Records that are put aside in one step."""


class _Mark(NamedTuple):
    """A piece of evidence as its cell looks at it; ``line``: where its record lies."""

    id: str
    grade: Grade
    score: float
    alleged: bool
    predates: bool
    alone: bool
    line: int


@dataclass(frozen=True)
class Counts:
    """How much was read and found."""

    documents: int
    passages: int
    characters: int
    """Of the sentences of documents in which somebody acts."""
    evidence: int
    undecided: int


class Heap:
    """Takes parts in any order; puts them together when all are there. A context."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(f"PRAGMA cache_size=-{_CACHE}; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        self._base.executescript(_TABLES)
        self._base.execute("BEGIN")
        self._lines = Aside()
        self._firms: dict[str, Firm] = {}
        self.left_out: list[LeftOut] = []
        self._searched: set[str] = set()
        self._passages = self._characters = self._documents = 0
        self.read: list[tuple[str, str]] = []
        """Path and digest of every file that was read."""
        self.heard: Counter[str] = Counter()
        """What became of a second reader's answers."""

    def __enter__(self) -> Heap:
        return self

    def __exit__(self, *error: object) -> None:
        self._base.close()
        self._lines.__exit__()

    def add(self, part: Part) -> None:
        """Take what one file came to. No file may come twice."""
        for firm in part.firms:
            self._firms[firm.id] = firm_united(firm, self._firms.get(firm.id))
        self.left_out += part.left_out
        self.heard.update(part.heard)
        for one in part.documents:
            self._searched.update(one.firms)
            self._passages += one.passages
            self._characters += one.characters
        self._documents += len(part.documents)
        self.read += [(part.path, digest) for digest in dict.fromkeys(one.sha256 for one in part.documents)]
        first = self._lines.put(part.lines, part.sizes).start
        documents = [(one.id, one.date or NO_DATE, first + one.line) for one in part.documents]
        self._base.executemany("INSERT INTO document VALUES (?, ?, ?)", documents)
        for table, pieces in (("found", part.evidence), ("unclear", part.undecided)):
            self._base.executemany(f"INSERT INTO {table} VALUES ({'?, ' * 11}? + {first})", pieces)
        self._base.executemany(
            "INSERT INTO faint VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET adverse = max(adverse, excluded.adverse)",
            part.faint,
        )

    def settled(self, policies: tuple[Policy, ...], firms: Iterable[Firm], left_out: Iterable[LeftOut]) -> Settled:
        """All parts are there: unite copies and put everything in order. ``firms`` have a column whatever was found."""
        for firm in firms:
            self._firms[firm.id] = firm_united(self._firms.get(firm.id, firm), firm)
        ordered = firms_ordered(self._firms.values())
        rows = (one for policy in policies for one in policy.requirements)
        for table, ids in (("firm", [one.id for one in ordered]), ("requirement", [one.id for one in rows]), ("grade", GRADE_ORDER)):
            self._base.executemany(f"INSERT INTO {table} VALUES (?, ?)", zip(ids, count()))
        for table, found in (("piece", "found"), ("undecided", "unclear")):
            self._unite(found)
            self._base.executescript(_ORDERED.format(table=table, found=found))
        self._base.execute("DELETE FROM faint WHERE id IN (SELECT faint.id FROM piece CROSS JOIN faint ON faint.id = piece.id)")
        self._base.execute("DELETE FROM undecided WHERE id IN (SELECT id FROM piece)")
        pieces, undecided = (self._base.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in ("piece", "undecided"))
        counts = Counts(self._documents, self._passages, self._characters, pieces, undecided)
        return Settled(
            self._base, self._lines, policies, ordered, left_out_ordered([*left_out, *self.left_out]), frozenset(self._searched), counts
        )

    def _unite(self, table: str) -> None:
        """Of copies the earliest stays, with all places where the words stand."""
        copies = self._base.execute(
            f"SELECT f.id, f.document, f.start, f.end, f.rowid, f.line FROM {table} f JOIN document d ON d.id = f.document"
            f" WHERE f.id IN (SELECT id FROM {table} GROUP BY id HAVING count(*) > 1)"
            " ORDER BY f.id, d.date, f.document, f.start, -f.score, f.grade"
        )
        leading: list[int] = []
        lines: list[int] = []
        others: list[tuple[int]] = []
        records: list[bytes] = []
        for _, found in groupby(copies, key=itemgetter(0)):
            rows = list(found)
            *_, row, line = rows[0]
            others += ((one,) for *_, one, _ in rows[1:])
            places = dict.fromkeys([one[1:4] for one in rows])
            if len(places) > 1:
                leading.append(row)
                records.append(with_sources(self._lines.take(line), places))
            if len(records) == _AT_ONCE:
                lines += self._lines.add(*records)
                records.clear()
        lines += self._lines.add(*records)
        self._base.executemany(f"UPDATE {table} SET line = ? WHERE rowid = ?", zip(lines, leading, strict=True))
        self._base.executemany(f"DELETE FROM {table} WHERE rowid = ?", others)


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
        counts: Counts,
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
        cells: list[Cell] = []
        kept: list[_Mark] = []
        hidden: dict[tuple[str, str], int] = {}
        recent: set[tuple[str, str]] = set()
        for cell, found in self._cells(run) if whole is None else self._noted(run, whole):
            if len(found) <= each:
                cells.append(cell)
                kept += found
                continue
            key = cell.firm, cell.requirement
            ordered = sorted(found, key=lambda one: not carries(one, cell.status))
            ids = {one.id for one in ordered[:each]}
            cells.append(cell.model_copy(update={"evidence": tuple([id for id in cell.evidence if id in ids])}))
            kept += [one for one in found if one.id in ids]
            hidden[key] = len(found) - each
            if not all(one.predates for one in ordered[each:]):
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
        return (self._lines.take(line) for (line,) in self._base.execute(query))

    def _faint(self, where: str = "") -> Iterator[Faint]:
        for id, firm, requirement, adverse in self._base.execute(f"SELECT * FROM faint {where} ORDER BY id"):
            yield Faint(id=id, firm=firm, requirement=requirement, adverse=bool(adverse))

    def _noted(self, run: Run, whole: Aside) -> Iterator[tuple[Cell, list[_Mark]]]:
        """The same as :meth:`_cells`; their records are put aside as they pass."""
        records: list[bytes] = []
        for one in self._cells(run):
            records.append(json_line(one[0]))
            if len(records) == _AT_ONCE:
                whole.add(*records)
                records.clear()
            yield one
        whole.add(*records)

    def _cells(self, run: Run) -> Iterator[tuple[Cell, list[_Mark]]]:
        """Every cell with its pieces, in the order of firms and requirements."""
        dates = (None if date == NO_DATE else str(date) for (date,) in self._base.execute("SELECT date FROM document"))
        binding = Binding.of(self.policies, dates, run)
        below = Counter({(f, r): n for f, r, n in self._base.execute("SELECT firm, requirement, count(*) FROM faint GROUP BY 1, 2")})
        query = "SELECT firm, requirement, id, grade, score, alleged, predates, alone, line FROM piece ORDER BY rowid"
        groups = groupby(self._base.execute(query), key=lambda row: (row[0], row[1]))
        key, rows = next(groups, ((-1, -1), iter(())))
        bound = [binding.in_force(requirement.id) for requirement in self._requirements]
        for column, firm in enumerate(self.firms):
            searched = firm.id in self._searched
            for row, (requirement, in_force) in enumerate(zip(self._requirements, bound, strict=True)):
                found: list[_Mark] = []
                if key == (column, row):
                    found = [_Mark._make(row[2:]) for row in rows]
                    key, rows = next(groups, ((-1, -1), iter(())))
                few = below.get((firm.id, requirement.id), 0)
                yield cell_of(firm, requirement, found, searched=searched, below=few, in_force=in_force), found


def _each(sizes: Mapping[int, int], most: int) -> int:
    """How many pieces of a cell are kept: as many as make no more than ``most`` in all, one at least."""
    each = 1
    while each < max(sizes, default=1) and sum(min(size, each + 1) * cells for size, cells in sizes.items()) <= most:
        each += 1
    return each
