"""What is noted of the files of a listing while they come in: what is wrong with them, what the store has, what is left to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mapper.corpus import Listing, load_bytes
from mapper.problems import Problem
from mapper.work.bench import Task
from mapper.work.heap import Heap
from mapper.work.part import FilePart
from mapper.work.store import Store, lasting

FileProgress = Callable[[int, int, str, int], None]
"""Called with the files done, the files in all, the path of the last, and the files left out."""


class Ledger:
    """One run's. What came in is noted whatever its order and told in that of the listing."""

    def __init__(self, listing: Listing, heap: Heap, store: Store | None, progress: FileProgress | None) -> None:
        self._listing, self._heap, self._store, self._progress = listing, heap, store, progress
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._rows: dict[str, tuple[str, ...]] = {}
        self._keys: dict[str, str] = {}
        self._left_out: set[str] = set()

    def tasks(self) -> Iterator[Task]:
        """What is left to be worked on: files that can be read and are not in the store."""
        for path in self._listing.paths:
            loaded = load_bytes(self._listing.folder, path)
            if not isinstance(loaded, bytes):
                self._note(FilePart(path, loaded.problems))
                continue
            task = Task(path, loaded)
            if self._store is None or not self._known(self._store, self._store.key(task), path):
                yield task

    def take(self, part: FilePart) -> None:
        """Keep what somebody made of a file."""
        key = self._keys.pop(part.path, "")
        if self._store is not None:
            self._store.keep(key, part)
        self._heap.add(part, key if lasting(part) else "")
        self._note(part)

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the files, in the order of the listing, by their paths in its folder."""
        return (problem for path in self._listing.paths for problem in self._problems.get(path, ()))

    def rows(self) -> Iterator[tuple[str, str]]:
        """Path and name of the firms that rows of tables name, in the order of the listing."""
        return ((path, name) for path in self._listing.paths for name in self._rows.get(path, ()))

    def _known(self, store: Store, key: str, path: str) -> bool:
        """Whether the store has what comes of a file; it is kept then, and else the key by which it will be stored."""
        part = self._heap.again(path, key)
        if part is not None:
            store.used += 1
        elif (part := store.find(key)) is not None:
            self._heap.add(part, key)
        else:
            self._keys[path] = key
            return False
        self._note(part)
        return True

    def _note(self, part: FilePart) -> None:
        self._problems[part.path] = part.problems
        if part.rows:
            self._rows[part.path] = part.rows
        if "left-out" in {*(one.severity for one in part.problems), *(one.severity for one in part.left_out)}:
            self._left_out.add(part.path)
        if self._progress is not None:
            self._progress(len(self._problems), len(self._listing.paths), part.path, len(self._left_out))
