"""The command line: parse, call, print. Each command returns its exit code."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from mapper.cli.codes import DONE, INTERRUPTED, TERMINATED, WRONG
from mapper.cli.terminal import tell, use_utf8
from mapper.memory import seldom_searched
from mapper.messages import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (see cli/codes.py): 0 done, 1 done with documents left out or quotes that no
    longer hold, 2 wrong input, 3 done and worse than was asked for.

    Whatever a command did not foresee ends in one line and 2 as well: a script must not take it for a result. Ctrl-C
    and SIGTERM end in one line too, and in 130 and 143.
    """
    use_utf8()
    try:
        with _ended_by_sigterm(), seldom_searched():
            return _run(arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except _TerminatedError:
        code = TERMINATED
    tell(say("cli.interrupted"))
    return code


def process() -> NoReturn:
    """The command as a process of its own. Its end is the end of all it holds: nothing is searched for circles first."""
    code = main()
    gc.freeze()
    sys.exit(code)


_LONGEST = 4_000
"""Characters of a word of the command line; no path or name is longer."""


def _run(arguments: Sequence[str] | None) -> int:
    from typer.exceptions import TyperException

    from mapper.cli.app import command
    from mapper.cli.usage import explained
    from mapper.problems import InputError

    given = sys.argv[1:] if arguments is None else arguments
    if any(word == "" or (word.startswith("--") and word.endswith("=")) for word in given):
        # An empty path would stand for the folder one happens to be in.
        tell(say("cli.wrong-blank"))
        return WRONG
    if any(len(word) > _LONGEST for word in given):
        tell(say("cli.wrong-long", limit=str(_LONGEST)))
        return WRONG
    try:
        code = command().main(args=arguments, prog_name="mapper", standalone_mode=False)
    except InputError as error:
        tell(error)
        return WRONG
    except TyperException as error:
        tell(explained(error))
        return WRONG
    except Exception as error:
        if isinstance(error, OSError) or "Symlink loop" in str(error):  # before Python 3.13 such a loop is no OSError
            tell(say("cli.wrong-path", why=getattr(error, "strerror", None) or str(error)[:_LONGEST]))
            return WRONG
        tell(say("cli.broken", why=f"{type(error).__name__}: {error}"))
        return WRONG
    if code == INTERRUPTED:  # so the library says that it was
        raise KeyboardInterrupt
    return code if isinstance(code, int) else DONE


class _TerminatedError(BaseException):
    """SIGTERM has come."""


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM raise, so that what is open is closed; a program that runs this one may handle it otherwise."""
    mine = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if not mine:
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise _TerminatedError

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

