"""All that a run found, kept in one file as it lay on its heap: the next run takes out what is gone and adds what is new.

The file begins with a line of JSON that says what it is and under which state of program, catalog and registry it holds;
then come the tables of the heap, where each of its lines ends, the lines, and a digest of all that. What is damaged, of
another format or of another state is none, and is written anew.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from io import FileIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from mapper.files import write_whole
from mapper.work.aside import Aside, Laid

FILE = "whole.kept"
SCHEMA = "mapper/whole/1"
_HEAD = 4096
"""Bytes that its first line has at most."""
_AT_ONCE = 1 << 20
"""Bytes that are read in one step."""
_MOVED = """
CREATE TEMP TABLE moved (part INTEGER PRIMARY KEY, by INT);
INSERT INTO moved SELECT number, line - (sum(lines) OVER (ORDER BY line, lines) - lines) FROM part;
UPDATE document SET line = line - (SELECT by FROM moved WHERE moved.part = document.part);
UPDATE found SET line = line - (SELECT by FROM moved WHERE moved.part = found.part);
UPDATE unclear SET line = line - (SELECT by FROM moved WHERE moved.part = unclear.part);
UPDATE part SET line = line - (SELECT by FROM moved WHERE moved.part = part.number);
VACUUM;
"""
"""Gives the lines the numbers that they have once those of no part are gone."""


class EarlierRun(NamedTuple):
    """What an earlier run left: its tables, and its lines."""

    base: sqlite3.Connection
    lines: Laid


@contextmanager
def opened(folder: Path, state: str) -> Iterator[EarlierRun | None]:
    """What an earlier run left in a folder, if it holds under this ``state`` and every byte is as it was written.

    The tables are closed in the end; the file of the lines is for whoever takes them.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        rows = Path(place) / "rows"
        lines = _read(folder / FILE, state, rows)
        if lines is None:
            yield None
            return
        with closing(sqlite3.connect(rows, isolation_level=None)) as base:
            yield EarlierRun(base, lines)


def _read(path: Path, state: str, rows: Path) -> Laid | None:
    """The lines of a file; its tables are put into a file of their own, ``rows``, as a data base must be."""
    try:
        file = FileIO(path)
    except OSError:
        return None
    with suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
        first = file.readline(_HEAD)
        head = json.loads(first)
        if head["schema"] == SCHEMA and head["state"] == state:
            made = sha256(first)
            with rows.open("wb") as tables:
                for piece in _pieces(file, head["rows"]):
                    made.update(piece)
                    tables.write(piece)
            ends = array("Q")
            for piece in _pieces(file, head["ends"]):
                made.update(piece)
                ends.frombytes(piece)
            start = file.tell()
            for piece in _pieces(file, ends[-1]):
                made.update(piece)
            if file.readall() == made.hexdigest().encode():
                return Laid(file, start, ends)
    file.close()
    return None


def _pieces(file: FileIO, size: int) -> Iterator[bytes]:
    """So many bytes, piece by piece. Raises ValueError where the file ends before."""
    while size > 0:
        piece = file.read(min(size, _AT_ONCE))
        if not piece:
            raise ValueError("cut short")
        size -= len(piece)
        yield piece


def keep(folder: Path, state: str, base: sqlite3.Connection, lines: Aside) -> None:
    """Keep the tables and lines of a heap for the next run, if the folder lets us; of the lines only those of its parts."""
    live = [range(first, first + number) for first, number in base.execute("SELECT line, lines FROM part ORDER BY line, lines")]
    with TemporaryDirectory(ignore_cleanup_errors=True) as place, suppress(OSError, sqlite3.Error):
        rows = Path(place) / "rows"
        with closing(sqlite3.connect(rows, isolation_level=None)) as copy:
            base.backup(copy)
            if sum(map(len, live)) < len(lines):
                copy.executescript(_MOVED)
        write_whole({folder / FILE: _written(state, rows, lines, live)})


def _written(state: str, rows: Path, lines: Aside, live: list[range]) -> Iterator[bytes]:
    """The file, piece by piece."""
    ends, left = lines.only(live)
    head = {"schema": SCHEMA, "state": state, "rows": rows.stat().st_size, "ends": len(ends) * ends.itemsize}
    made = sha256()

    def pieces() -> Iterator[bytes]:
        yield json.dumps(head).encode() + b"\n"
        with rows.open("rb") as tables:
            yield from iter(lambda: tables.read(_AT_ONCE), b"")
        yield ends.tobytes()
        yield from left

    for piece in pieces():
        made.update(piece)
        yield piece
    yield made.hexdigest().encode()
