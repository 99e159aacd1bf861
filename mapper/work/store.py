"""Results of earlier runs, kept in a folder: what is the same as before is not worked on again.

A result is found by the bytes of its file, its path, what corpus.yaml says of it and the program; it is used only where all
that touched it (see touch.py) is the same too. Every row carries a digest of itself. A store that is damaged or of another
format is made anew; one that cannot be used at all costs a warning. Rows are written many at a time in one short step, so
that runs which share a store wait for each other but a moment.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TypeVar

from mapper.inputs import Plan
from mapper.model import document_id
from mapper.problems import Problem
from mapper.work import touch
from mapper.work.bench import Kit, Task
from mapper.work.part import FilePart

FILE = "results.sqlite"
FORMAT = 3
_TABLES = f"""
CREATE TABLE IF NOT EXISTS result (key TEXT PRIMARY KEY, program TEXT, registry TEXT, catalog TEXT, lessons TEXT,
                                   words BLOB, part BLOB, digest BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS registry (id TEXT PRIMARY KEY, firms BLOB) WITHOUT ROWID;
PRAGMA user_version={FORMAT};
"""
_PATIENCE = 60.0
"""Seconds that one run waits for another which is writing."""
_AT_ONCE = 64
"""Results that are written in one step."""
_PASSING = frozenset({"document-failed", "document-slow", "document-slow-matching", "document-stopped", "document-worker-died"})
"""Codes of what may go better the next time: such a result is not kept."""
T = TypeVar("T")
_StoredResult = tuple[str, str, str, str, str, bytes, bytes]
"""A row of the table of results, but for its digest."""


class Store:
    """The results that a plan can use, and those it adds. A context: its end writes what has not been written yet."""

    def __init__(self, folder: Path, planned: Plan, kit: Kit) -> None:
        self.folder = folder
        self.path = folder / FILE
        self.problems: list[Problem] = []
        """Why the store is not used, or was made anew: warnings."""
        self.used = 0
        self._program = touch.program()
        self._said = planned.listing.said
        self._heard = kit.heard.digests() if kit.heard is not None else None
        self._catalog = touch.of_catalog(planned.catalog, planned.shelf, kit.min_score)
        self._lessons: dict[str, str | None] = {one.id: None for one in planned.catalog.requirements}
        self._lessons |= touch.of_lessons(planned.catalog)
        self._firms = touch.of_registry(kit.registry)
        self._registry = touch.digest(self._firms)
        self.state = touch.digest([self._program, sys.byteorder, self._registry, self._catalog, self._lessons])
        """All that results hang on, whatever the file: where it is the same, all results hold that were kept under it."""
        self._changed: dict[str, frozenset[str] | None] = {self._registry: frozenset()}
        self._waiting: list[_StoredResult] = []
        self._registered = False
        """Whether the registry is kept beside the results."""
        self._base: sqlite3.Connection | None = None
        self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self._write()
        if self._base is not None:
            self._base.close()

    def key(self, task: Task) -> str:
        """By what a result is found: the file, where it lies, what is said of it and answered about it, and the program."""
        entry = self._said.entries.get(task.path)
        said = entry.model_dump(mode="json") if entry is not None else None
        heard = [self._heard.get(document_id(task.path), self._heard[""])] if self._heard is not None else []
        return touch.digest([self._program, task.path, blake2b(task.raw).hexdigest(), said, self._said.columns, *heard])

    @property
    def empty(self) -> bool:
        """Whether it holds nothing: it is new, or was damaged, or cannot be used."""
        return self._tried(lambda base: base.execute("SELECT 1 FROM result LIMIT 1").fetchone()) is None

    def find(self, key: str) -> FilePart | None:
        """What the file came to before, if all that touched it is as it was."""
        row = self._tried(lambda base: base.execute("SELECT * FROM result WHERE key = ?", (key,)).fetchone())
        if row is None or row[-1] != _digest(row[:-1]):
            return None
        try:
            part = self._fitting(row)
        except (ValueError, KeyError, TypeError, zlib.error):
            return None
        self.used += part is not None
        return part

    def _fitting(self, row: tuple[str, str, str, str, str, bytes, bytes, bytes]) -> FilePart | None:
        _, _, registry, catalog, lessons, words, part, _ = row
        if catalog and catalog != self._catalog:
            return None
        if not json.loads(lessons).items() <= self._lessons.items():
            return None
        changed = self._changed_since(registry)
        if changed is None or (changed and touch.touches(changed, zlib.decompress(words).decode())):
            return None
        return FilePart.load(zlib.decompress(part))

    def _changed_since(self, registry: str) -> frozenset[str] | None:
        """The words in which a registry of an earlier run differs from this one; None where it is not known."""
        if registry not in self._changed:
            row = self._tried(lambda base: base.execute("SELECT firms FROM registry WHERE id = ?", (registry,)).fetchone())
            firms = json.loads(zlib.decompress(row[0])) if row is not None else None
            whole = firms if firms is not None and touch.digest(firms) == registry else None
            self._changed[registry] = touch.changed_words(whole, self._firms) if whole is not None else None
        return self._changed[registry]

    def keep(self, key: str, part: FilePart) -> None:
        """Keep what a file came to, unless it may come to something else the next time."""
        if self._base is None or not lasting(part):
            return
        acting = any(one.firms for one in part.documents)
        lessons = {one: self._lessons.get(one) for one in part.consulted}
        self._waiting.append(
            (
                key,
                self._program,
                self._registry,
                self._catalog if acting else "",
                json.dumps(lessons, sort_keys=True),
                zlib.compress(part.words.encode("utf-8", "replace"), 1),
                zlib.compress(replace(part, consulted=(), words="").dump(), 1),
            )
        )
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        rows = [(*row, _digest(row)) for row in self._waiting]
        self._waiting.clear()
        if not rows:
            return

        def write(base: sqlite3.Connection) -> None:
            with base:
                base.execute("BEGIN IMMEDIATE")
                if not self._registered:
                    said = json.dumps(self._firms, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
                    base.execute("INSERT OR REPLACE INTO registry VALUES (?, ?)", (self._registry, zlib.compress(said)))
                base.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
            self._registered = True

        self._tried(write)

    def _tried(self, does: Callable[[sqlite3.Connection], T]) -> T | None:
        """What is asked of the base; None where it cannot be used. A damaged one is made anew."""
        if self._base is None:
            return None
        try:
            return does(self._base)
        except sqlite3.OperationalError as error:
            self._given_up(str(error))
        except sqlite3.DatabaseError:
            self._anew()
        return None

    def _open(self) -> None:
        self._registered = False
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            base = self._base = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
            version = base.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, FORMAT):
                raise sqlite3.DatabaseError
            base.executescript(_TABLES)
            base.execute("DELETE FROM result WHERE program != ?", (self._program,))
        except (sqlite3.OperationalError, OSError) as error:
            self._given_up(str(error))
        except sqlite3.DatabaseError:
            self._anew()

    def _anew(self) -> None:
        """Put a new base in the place of one that cannot be believed."""
        if self._base is not None:
            self._base.close()
        self._base = None
        if self.problems:
            return
        self.problems.append(Problem("store-damaged", str(self.path), severity="warning"))
        try:
            for ending in ("-journal", "-wal", "-shm", ""):
                Path(f"{self.path}{ending}").unlink(missing_ok=True)
        except OSError as error:
            self._given_up(str(error))
            return
        self._open()

    def _given_up(self, why: str) -> None:
        self.problems.append(Problem("store-unusable", str(self.path), severity="warning", params={"why": why}))
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
        self._base = None


def lasting(part: FilePart) -> bool:
    """Whether a file would come to the same the next time."""
    codes = {one.code for one in part.problems} | {one.code for one in part.left_out}
    return bool(part.documents) and not codes & _PASSING


def _digest(row: tuple[object, ...]) -> bytes:
    made = sha256()
    for value in row:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "big") + data)
    return made.digest()
