"""What a long run says while it works and when it is done: to a person, to nobody, or line by line as JSON to a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from mapper.cli.terminal import tell, tell_problems
from mapper.messages import say
from mapper.problems import Problem

if TYPE_CHECKING:
    from mapper.work.ledger import FileProgress

_EVERY = 1.0
"""Seconds between two lines about progress."""


class Talk(Protocol):
    """Says on stderr what a run comes to."""

    def progress(self) -> AbstractContextManager[FileProgress | None]:
        """Something to call with each step, in a context; None where nobody looks."""

    def problems(self, problems: Iterable[Problem]) -> bool:
        """Name every problem; returns whether any document was left out."""

    def said(self, event: str, words: str, **facts: object) -> None:
        """Something that a run came to: in words for a person, as facts for a program."""


class Plain:
    """To a person."""

    @contextmanager
    def progress(self) -> Iterator[FileProgress | None]:
        """A bar with documents per second, what is left and what was left out; none where stderr is no terminal."""
        if sys.stderr is None or not sys.stderr.isatty():
            yield None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (
            TextColumn(say("cli.reading")), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"),
            TimeRemainingColumn(), TextColumn("{task.fields[path]}"),
        )  # fmt: skip
        began = monotonic()
        with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None, path="", pace="")

            def show(done: int, total: int, path: str, left_out: int) -> None:
                rate = f"{_rate(done, began):.1f}"
                pace = say("work.pace-left-out", rate=rate, number=left_out) if left_out else say("work.pace", rate=rate)
                bar.update(task, completed=done, total=total, path=path.replace("[", r"\["), pace=pace)

            yield show

    def problems(self, problems: Iterable[Problem]) -> bool:
        """All of them, documents left out under a heading."""
        return tell_problems(problems)

    def said(self, event: str, words: str, **facts: object) -> None:
        """The words."""
        tell(words)


class Quiet(Plain):
    """To nobody, but for what went wrong."""

    @contextmanager
    def progress(self) -> Iterator[FileProgress | None]:
        """Nothing."""
        yield None

    def said(self, event: str, words: str, **facts: object) -> None:
        """Nothing, but why nothing was written."""
        if event in ("refused", "below"):
            tell(words)


class JsonLog:
    """To a program: one object a line on stderr, each with its ``event``."""

    @contextmanager
    def progress(self) -> Iterator[FileProgress | None]:
        """A line each second, and one for the last file."""
        began = last = monotonic()

        def show(done: int, total: int, path: str, left_out: int) -> None:
            nonlocal last
            now = monotonic()
            if done == total or now - last >= _EVERY:
                last = now
                rate = round(_rate(done, began), 1)
                self._line("progress", done=done, total=total, left_out=left_out, per_second=rate, path=path)

        yield show

    def problems(self, problems: Iterable[Problem]) -> bool:
        """A line for each."""
        left_out = False
        for one in problems:
            left_out = left_out or one.severity == "left-out"
            self._line("problem", severity=one.severity, code=one.code, path=one.path, line=one.line, message=str(one))
        return left_out

    def said(self, event: str, words: str, **facts: object) -> None:
        """The facts."""
        self._line(event, **(facts or {"message": words}))

    def _line(self, event: str, **facts: object) -> None:
        tell(json.dumps({"event": event, **facts}, ensure_ascii=False))


def talk(*, quiet: bool, json_log: bool) -> Talk:
    """Whom a run talks to."""
    return JsonLog() if json_log else Quiet() if quiet else Plain()


def _rate(done: int, began: float) -> float:
    return done / max(monotonic() - began, 0.001)
