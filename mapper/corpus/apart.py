"""Reading documents that may take long by a process of its own, which can be ended: a file must not stop a run.

One process serves a corpus; it is started when the first such document comes. It is a plain child with two pipes, so
that it works the same on every system, in scripts, notebooks and workers.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from types import TracebackType

from mapper import children
from mapper.corpus.document import FileContents, left_out, read_file
from mapper.corpus.limits import HEAVY, LARGE, MEMORY_LIMIT, SECONDS_LIMIT
from mapper.corpus.readers import is_packed
from mapper.corpus.settings import DocumentSettings
from mapper.corpus.tables import Columns

_START_SECONDS = 60.0
_GRACE = 10.0
"""Seconds after its limit in which a process that nobody ended any more ends itself."""


class IsolatedReader:
    """Reads documents here where that is safe, and apart where it is not. A context: its end ends the process."""

    def __init__(self, seconds: float = SECONDS_LIMIT, memory: int = MEMORY_LIMIT) -> None:
        self.seconds, self.memory = seconds, memory
        self._child: children.Child | None = None
        self._overdue = False
        self._refused = bool(getattr(sys, "frozen", False)) or not sys.executable

    def __enter__(self) -> IsolatedReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def read(self, path: str, raw: bytes, entry: DocumentSettings | None, columns: Columns | None) -> FileContents:
        """What a file comes to, like :func:`read_file`; left out where it costs more than it may."""
        heavy = len(raw) >= LARGE or (len(raw) >= HEAVY and is_packed(raw))
        child = self._started() if heavy else None
        if child is None:
            return read_file(path, raw, entry, columns)
        answer = self._asked(child, (path, raw, entry, columns, self.seconds), self.seconds)
        slow = self._overdue
        if answer is None or slow:
            self._end()
        if answer is not None:
            return answer
        if slow:
            return left_out("document-slow", path, limit=f"{self.seconds:g}")
        return left_out("document-stopped", path, limit=str(self.memory // 1_000_000))

    def _started(self) -> children.Child | None:
        """The child, or None where none can be started; then everything is read here."""
        if self._child is None and not self._refused:
            try:
                self._child = children.start(__name__)
            except OSError:
                self._refused = True
                return None
            if self._asked(self._child, self.memory, _START_SECONDS) is None:
                self._refused = True
                self._end()
        return self._child

    def _asked(self, child: children.Child, question: object, seconds: float) -> FileContents | None:
        """The child's answer; None where it ended, or did not answer in time and was ended."""
        assert child.stdin is not None and child.stdout is not None
        self._overdue = False

        def end() -> None:
            self._overdue = True
            child.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            pickle.dump(question, child.stdin)
            child.stdin.flush()
            answer: FileContents = pickle.load(child.stdout)
            return answer
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        finally:
            timer.cancel()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            children.end(child)


def serve() -> None:
    """The child: reads documents from its standard input and writes what they hold to its standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory(pickle.load(asked))
    children.tell(answers, FileContents())
    while True:
        try:
            path, raw, entry, columns, seconds = pickle.load(asked)
        except EOFError:
            return
        watch = threading.Timer(seconds + _GRACE, os._exit, (1,))
        watch.daemon = True
        watch.start()
        try:
            found = read_file(path, raw, entry, columns)
        except MemoryError:
            os._exit(1)
        except Exception as error:
            found = left_out("document-failed", path, why=type(error).__name__)
        children.tell(answers, found)
        watch.cancel()


def _limit_memory(size: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    except (ImportError, ValueError, OSError):
        pass
