"""What was found, written as it is found: tables on disk from which an alignment is put together without holding it.

They lie in files of the system's temporary folder that are gone with this process, however it ends. Only what orders an
alignment and makes its cells stands in tables; records lie aside and pass through as they are.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path

from mapper.align.union import GRADE_ORDER, NO_DATE, firm_united, firms_ordered, left_out_ordered
from mapper.model import Firm, LeftOut, Policy
from mapper.report.json import with_sources
from mapper.work import whole
from mapper.work.aside import Aside
from mapper.work.part import FilePart
from mapper.work.settled import RunTotals, Settled
from mapper.work.whole import EarlierRun

_FOUND = """(id TEXT, firm TEXT, requirement TEXT, grade TEXT, score REAL, alleged INT, predates INT, alone INT, document TEXT,
              start INT, end INT, line INT, part INT)"""
_PIECE = "(firm INT, requirement INT, document TEXT, id TEXT, grade TEXT, score REAL, alleged INT, predates INT, alone INT, line INT)"
_OF_PARTS = f"""
CREATE TABLE part (number INTEGER PRIMARY KEY, path TEXT, key TEXT, line INT, lines INT, head BLOB);
CREATE TABLE document (id TEXT, date TEXT, line INT, part INT, PRIMARY KEY (id, part)) WITHOUT ROWID;
CREATE TABLE found {_FOUND};
CREATE TABLE unclear {_FOUND};
CREATE TABLE below (id TEXT, firm TEXT, requirement TEXT, adverse INT, part INT);
"""
"""What comes of the parts as they are, and may be kept for another run."""
_IN_ORDER = f"""
CREATE TABLE faint (id TEXT PRIMARY KEY, firm TEXT, requirement TEXT, adverse INT) WITHOUT ROWID;
CREATE TABLE copy (found INTEGER PRIMARY KEY);
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
    WHERE f.rowid NOT IN (SELECT found FROM copy)
    ORDER BY a.rank, b.rank, c.rank, f.score DESC, d.date, f.document, f.start;
DELETE FROM copy;
"""
"""Every piece by its firm's column, its requirement's row and its place in the cell: its row id is its place in the whole."""
_BY_ID = "CREATE INDEX IF NOT EXISTS found_by_id ON found (id)"
_CACHE = 32_000
"""Kibibytes of the tables that are kept in memory."""
_SHARE = 5
"""What is kept for other runs is kept anew where one part in so many is not as it was."""
_AT_ONCE = 1024
"""Records that are put aside in one step."""


class Heap:
    """Takes parts in any order; puts them together when all are there. A context."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._lines = Aside()
        self._left: dict[tuple[str, str], int] = {}
        """Numbers of the parts of an earlier run that nobody has asked for yet, by path and key."""
        self._asked = self._added = 0
        """Parts of an earlier run that are parts of this one too, and others that may be kept."""
        self._begin(_OF_PARTS)
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

    def _begin(self, tables: str = "") -> None:
        self._base.executescript(f"PRAGMA cache_size=-{_CACHE}; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        self._base.executescript(tables)
        self._base.execute("BEGIN")

    def resume(self, left: EarlierRun) -> None:
        """Begin with what an earlier run left; of its parts those stay that are asked for by :meth:`again`."""
        self._base.commit()
        left.base.backup(self._base)
        self._begin()
        self._lines.__exit__()
        self._lines = Aside(left.lines)
        self._left = {(path, key): number for path, key, number in self._base.execute("SELECT path, key, number FROM part")}

    def again(self, path: str, key: str) -> FilePart | None:
        """What a file came to in that run, but for its rows and records, which are here; None where it is not the same."""
        number = self._left.pop((path, key), None)
        if number is None:
            return None
        part = FilePart.load(*self._base.execute("SELECT head FROM part WHERE number = ?", (number,)).fetchone())
        self._asked += 1
        self._count(part)
        return part

    def add(self, part: FilePart, key: str = "") -> None:
        """Take what one file came to. No file may come twice. ``key``: by what a later run may ask for it."""
        self._count(part)
        lines = self._lines.put(part.lines, part.sizes)
        head = b""
        if key:
            self._added += 1
            head = replace(part, faint=(), evidence=(), undecided=(), consulted=(), words="", sizes=(), lines=b"").dump()
        said = (None, part.path, key, lines.start, len(lines), head)
        number = self._base.execute("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)", said).lastrowid
        documents = [(one.id, one.date or NO_DATE, lines.start + one.line, number) for one in part.documents]
        self._base.executemany("INSERT INTO document VALUES (?, ?, ?, ?)", documents)
        for table, pieces in (("found", part.evidence), ("unclear", part.undecided)):
            self._base.executemany(f"INSERT INTO {table} VALUES ({'?, ' * 11}? + {lines.start}, {number})", pieces)
        self._base.executemany(f"INSERT INTO below VALUES (?, ?, ?, ?, {number})", part.faint)

    def _count(self, part: FilePart) -> None:
        """Take what is not in tables."""
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

    def keep(self, folder: Path, state: str) -> None:
        """Leave all that was taken to later runs of the same ``state``, if what an earlier one left would not do."""
        changed = self._added + sum(key != "" for _, key in self._left)
        self._forget()
        if _SHARE * changed > self._asked + self._added:
            self._base.execute(_BY_ID)
            self._base.commit()
            whole.keep(folder, state, self._base, self._lines)
            self._base.execute("BEGIN")

    def _forget(self) -> None:
        """Take out the parts of an earlier run that nobody has asked for."""
        if self._left:
            self._base.execute("CREATE TEMP TABLE gone (part INTEGER PRIMARY KEY)")
            self._base.executemany("INSERT INTO gone VALUES (?)", [(number,) for number in self._left.values()])
            for table in ("document", "found", "unclear", "below"):
                self._base.execute(f"DELETE FROM {table} WHERE part IN (SELECT part FROM gone)")
            self._base.execute("DELETE FROM part WHERE number IN (SELECT part FROM gone)")
            self._left.clear()

    def settled(self, policies: tuple[Policy, ...], firms: Iterable[Firm], left_out: Iterable[LeftOut]) -> Settled:
        """All parts are there: unite copies and put everything in order. ``firms`` have a column whatever was found."""
        self._forget()
        for firm in firms:
            self._firms[firm.id] = firm_united(self._firms.get(firm.id, firm), firm)
        self._base.executescript(f"{_BY_ID};{_IN_ORDER}BEGIN;")
        ordered = firms_ordered(self._firms.values())
        rows = (one for policy in policies for one in policy.requirements)
        for table, ids in (("firm", [one.id for one in ordered]), ("requirement", [one.id for one in rows]), ("grade", GRADE_ORDER)):
            self._base.executemany(f"INSERT INTO {table} VALUES (?, ?)", zip(ids, count()))
        for table, found in (("piece", "found"), ("undecided", "unclear")):
            self._unite(found)
            self._base.executescript(f"{_ORDERED.format(table=table, found=found)}BEGIN;")
        self._base.execute(
            "INSERT INTO faint SELECT id, firm, requirement, max(adverse) FROM below"
            " WHERE NOT EXISTS (SELECT 1 FROM found WHERE found.id = below.id) GROUP BY id ORDER BY id"
        )
        self._base.execute("DELETE FROM undecided WHERE EXISTS (SELECT 1 FROM found WHERE found.id = undecided.id)")
        pieces, undecided = (self._base.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in ("piece", "undecided"))
        counts = RunTotals(self._documents, self._passages, self._characters, pieces, undecided)
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
        self._base.executemany("INSERT INTO copy VALUES (?)", sorted(others))
