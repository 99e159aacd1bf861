"""Records put aside on disk as they are made: lines in a file of the system's temporary folder, gone with this process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

_AT_ONCE = 1 << 20
"""Bytes that are read together where lines are read one after the other."""


class Aside:
    """Lines of text, each found again by its place. A line holds no end of line of its own. A context."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 — closed at the end of the context
        self._end = 0
        self._read = False

    def __enter__(self) -> Aside:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def put(self, lines: Iterable[str]) -> list[int]:
        """Put lines behind those that are there; returns their places."""
        if self._read:
            self._file.seek(0, os.SEEK_END)
            self._read = False
        places = []
        for line in lines:
            places.append(self._end)
            self._end += self._file.write(f"{line}\n".encode("utf-8", "surrogatepass"))
        return places

    def take(self, place: int) -> str:
        """The line at a place."""
        self._read = True
        self._file.seek(place)
        return self._file.readline()[:-1].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        """All lines in order; none may be put aside meanwhile."""
        self._read = True
        self._file.seek(0)
        while lines := self._file.readlines(_AT_ONCE):
            yield from (line[:-1].decode("utf-8", "surrogatepass") for line in lines)
