"""Who does the work: a way to have tasks done, in this process or in many, each answer as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Protocol

from mapper.matchers.shelf import Shelf
from mapper.work.bench import Bench, Kit, Task


class HandsError(Exception):
    """The hands cannot work at all; ``code`` names the message (messages/work.yaml), ``params`` fill it."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Hands(Protocol):
    """Does tasks in any order. A context: its end ends whatever it started."""

    def __enter__(self) -> Hands: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def parts(self, tasks: Iterable[Task]) -> Iterator[bytes]:
        """One dumped :class:`~mapper.work.part.FilePart` for each task, in whatever order. Tasks are taken as they are needed.

        Raises :class:`HandsError` where no work can be done.
        """


class Own:
    """This process, with no other."""

    def __init__(self, kit: Kit, shelved: Shelf | None = None) -> None:
        self._bench = Bench(kit, shelved)

    def __enter__(self) -> Own:
        self._bench.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bench.__exit__(kind, error, trace)

    def parts(self, tasks: Iterable[Task]) -> Iterator[bytes]:
        """The parts in the order of the tasks."""
        for task in tasks:
            yield self._bench.work(task).dump()
