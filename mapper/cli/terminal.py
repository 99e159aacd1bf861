"""What the program says and where: stdout is data, stderr is talk; a terminal may get more than a pipe."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO
from unicodedata import category

from mapper.messages import say
from mapper.problems import Problem
from mapper.progress import Progress

_BOLD = re.compile("(\x1b\\[[01]m)")
"""What :func:`emphasis` writes; all else that would steer a terminal is shown as escapes."""


def use_utf8() -> None:
    """Let both streams carry Chinese whatever the locale says; what cannot be written is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def put(lines: str | Iterable[str]) -> None:
    """Write data to stdout. A reader that has gone away (``| head``) ends it quietly."""
    text = lines if isinstance(lines, str) else "".join(f"{line}\n" for line in lines)
    text = "".join(part if _BOLD.fullmatch(part) else _tame(part) for part in _BOLD.split(text))
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end; give it somewhere to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tame(text: str) -> str:
    """The text with control characters and marks of writing direction escaped; line ends and tabs stay."""
    return "".join(
        char if char in "\n\t" or category(char) not in ("Cc", "Cf") else f"\\u{ord(char):04x}" for char in text
    )


def tell(line: object) -> None:
    """Write talk to stderr, if there is one; characters that would steer the terminal are shown as escapes."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{_tame(str(line))}\n")
    except OSError:
        return


def tell_all(problems: Iterable[Problem]) -> None:
    """Name every problem on stderr, one a line."""
    for problem in problems:
        tell(problem)


def written(files: Mapping[Path, bytes], place: Path | None = None) -> bool:
    """Write all of these files or none. False where that is refused, which is told, of ``place`` or else of the first file."""
    from mapper.files import write_whole

    try:
        tell_all(write_whole(files))
    except OSError as error:
        tell_refused(place or next(iter(files)), error)
        return False
    return True


def tell_problems(problems: Iterable[Problem]) -> bool:
    """Name every problem on stderr, documents left out under a heading. Returns whether any document was left out."""
    listed = list(problems)
    for problem in listed:
        if problem.severity != "left-out":
            tell(problem)
    left_out = [problem for problem in listed if problem.severity == "left-out"]
    untaught = [problem for problem in left_out if problem.code in ("requirement-untaught", "requirement-unwritten")]
    documents = [problem for problem in left_out if problem not in untaught]
    for key, group in (("left-out-requirements", untaught), ("left-out", documents)):
        if group:
            ids = {problem.params["id"] for problem in group if problem in untaught}
            tell(say(f"cli.{key}", count=len(ids) or len(group)))
            for problem in group:
                tell(f"  {problem}")
    return bool(left_out)


def tell_refused(path: object, error: Exception) -> None:
    """Say why a file could not be written."""
    tell(refused(path, error))


def refused(path: object, error: Exception) -> str:
    """Why a file could not be written, as the system puts it."""
    return say("cli.out-refused", path=path, why=getattr(error, "strerror", None) or type(error).__name__)


def emphasis(stream: TextIO) -> Callable[[str], str]:
    """How to mark words: bold on a terminal that takes it, 【】 elsewhere."""
    if stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        return lambda words: f"\x1b[1m{words}\x1b[0m"
    return lambda words: f"【{words}】"


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A bar on stderr while the documents are read; nothing (None) where stderr is no terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn(say("cli.reading")), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[path]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, path="")

        def show(done: int, total: int, path: str) -> None:
            bar.update(task, completed=done, total=total, path=path.replace("[", r"\["))

        yield show
