"""Records put aside on disk as they are made: lines in a file of the system's temporary folder, gone with this process."""

from __future__ import annotations

import os
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from tempfile import TemporaryFile

_AT_ONCE = 1 << 20
"""Bytes that are read together where lines are read one after the other."""


class Aside:
    """Lines of bytes, each found again by its number. A line holds no end of line of its own. A context."""

    def __init__(self) -> None:
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 — closed at the end of the context
        self._ends = array("Q", [0])
        """Where each line begins, and where the last one ends."""

    def __enter__(self) -> Aside:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def put(self, lines: bytes | memoryview, sizes: Iterable[int]) -> range:
        """Put lines behind those that are there, each with its end of line, of so many bytes each; returns their numbers."""
        first = len(self._ends) - 1
        self._file.seek(0, os.SEEK_END)
        rest = memoryview(lines)
        while rest:
            rest = rest[self._file.write(rest) :]
        self._ends.extend(islice(accumulate(sizes, initial=self._ends[-1]), 1, None))
        return range(first, len(self._ends) - 1)

    def add(self, *lines: bytes) -> range:
        """The same with lines that have no end of line yet."""
        return self.put(b"".join([one + b"\n" for one in lines]), [len(one) + 1 for one in lines])

    def take(self, number: int) -> bytes:
        """The line of a number."""
        start = self._ends[number]
        return self._read(start, self._ends[number + 1] - start - 1)

    def __iter__(self) -> Iterator[bytes]:
        """All lines in order; none may be put aside meanwhile."""
        first, last = 0, len(self._ends) - 1
        while first < last:
            start = self._ends[first]
            after = max(first + 1, bisect_right(self._ends, start + _AT_ONCE, first) - 1)
            yield from self._read(start, self._ends[after] - start - 1).split(b"\n")
            first = after

    def _read(self, start: int, size: int) -> bytes:
        """So many bytes from a place."""
        self._file.seek(start)
        read = self._file.read(size)
        while len(read) < size and (more := self._file.read(size - len(read))):
            read += more
        return read
