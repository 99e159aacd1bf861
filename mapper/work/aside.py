"""Records put aside on disk as they are made: lines in a file of the system's temporary folder, gone with this process."""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import FileIO
from itertools import accumulate, islice
from tempfile import TemporaryFile
from typing import NamedTuple

_AT_ONCE = 1 << 20
"""Bytes that are read together where lines are read one after the other."""


class Laid(NamedTuple):
    """Lines of a file that is there already: they begin at ``start``; where each of them begins from there, and the last ends."""

    file: FileIO
    start: int
    ends: array[int]


class Aside:
    """Lines of bytes, each found again by its number. A line holds no end of line of its own. A context.

    ``laid``: lines that come before all that are put aside, and whose file it closes.
    """

    def __init__(self, laid: Laid | None = None) -> None:
        self._file: FileIO = TemporaryFile(buffering=0)  # noqa: SIM115 — closed at the end of the context
        self._laid = laid
        self._own = _reading(self._file)
        self._before = _reading(laid.file, laid.start) if laid is not None else self._own
        self._ends = laid.ends if laid is not None else array("Q", [0])
        """Where each line begins, and where the last one ends."""
        self._border = self._ends[-1]
        """Where the lines that are put aside begin."""

    def __enter__(self) -> Aside:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()
        if self._laid is not None:
            self._laid.file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def put(self, lines: bytes | memoryview, sizes: Iterable[int]) -> range:
        """Put lines behind those that are there, each with its end of line, of so many bytes each; returns their numbers."""
        first = len(self)
        self._file.seek(0, os.SEEK_END)
        rest = memoryview(lines)
        while rest:
            rest = rest[self._file.write(rest) :]
        self._ends.extend(islice(accumulate(sizes, initial=self._ends[-1]), 1, None))
        return range(first, len(self))

    def add(self, *lines: bytes) -> range:
        """The same with lines that have no end of line yet."""
        return self.put(b"".join([one + b"\n" for one in lines]), [len(one) + 1 for one in lines])

    def take(self, number: int) -> bytes:
        """The line of a number."""
        start = self._ends[number]
        return self._read(start, self._ends[number + 1] - start - 1)

    def several(self, numbers: Iterable[int]) -> Iterator[bytes]:
        """The lines of these numbers, one after the other."""
        return map(self.take, numbers)

    def __iter__(self) -> Iterator[bytes]:
        """All lines in order; none may be put aside meanwhile."""
        first, last = 0, len(self)
        while first < last:
            start = self._ends[first]
            after = max(first + 1, bisect_right(self._ends, start + _AT_ONCE, first) - 1)
            yield from self._read(start, self._ends[after] - start - 1).split(b"\n")
            first = after

    def only(self, live: Sequence[range]) -> tuple[array[int], Iterator[bytes]]:
        """Where each line begins and the last one ends where only these ``live`` ones are left; and their bytes, piece by piece."""
        ends = array("Q", [0])
        runs = [(self._ends[run.start], self._ends[run.stop]) for run in live]
        for run, (start, _) in zip(live, runs, strict=True):
            shift = start - ends[-1]
            ends.extend([one - shift for one in self._ends[run.start + 1 : run.stop + 1]])
        steps = ((at, min(_AT_ONCE, end - at)) for start, end in runs for at in range(start, end, _AT_ONCE))
        return ends, (self._read(*step) for step in steps)

    def _read(self, start: int, size: int) -> bytes:
        """So many bytes from a place."""
        border = self._border
        read = self._own(size, start - border) if start >= border else self._before(min(size, border - start), start)
        return read + self._read(start + len(read), size - len(read)) if read and len(read) < size else read


def _reading(file: FileIO, first: int = 0) -> Callable[[int, int], bytes]:
    """Reads so many bytes from a place, counted from the ``first`` byte of a file; fewer where it pleases the system."""
    if sys.platform != "win32":
        number, pread = file.fileno(), os.pread
        return lambda size, place: pread(number, size, first + place)

    def sought(size: int, place: int) -> bytes:
        file.seek(first + place)
        return file.read(size)

    return sought
