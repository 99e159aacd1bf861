"""Many processes of this machine: plain children with two pipes each, which work on every system, in scripts and notebooks.

A child ends when its pipe does, so that nothing is left behind however this process ends. One that dies over a file is
replaced and the file tried once more; a file over which a second one dies is left out.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from types import TracebackType

from mapper import children
from mapper.matchers.shelf import Shelf
from mapper.memory import seldom_searched
from mapper.problems import Problem
from mapper.work.bench import Bench, Kit, Task
from mapper.work.hands import HandsError, Own
from mapper.work.part import FilePart

_AHEAD = 2
"""Tasks that wait for each child, so that none waits for us."""
_POLL = 0.5
"""Seconds after which a wait looks up, where Ctrl-C would not end it."""
READY = b"ready"


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """``jobs`` children, each with a thread here that hands it one task after the other.

    They are started for the first task that is not among the first ``small`` bytes of files: less is done sooner by this
    process itself.
    """

    def __init__(self, kit: Kit, jobs: int, shelved: Shelf | None = None, *, small: int = 0) -> None:
        self._own = Own(kit, shelved) if small else None
        self._small = small
        self._kit = pickle.dumps(kit, protocol=pickle.HIGHEST_PROTOCOL)
        self._jobs = jobs
        self._todo: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[bytes | HandsError] = queue.SimpleQueue()
        self._children: set[children.Child] = set()
        self._lock = threading.Lock()
        self._over = False
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._over = True
            children = list(self._children)
        for child in children:
            child.kill()
        for _ in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join()

    def parts(self, tasks: Iterable[Task]) -> Iterator[bytes]:
        """The parts in the order in which they are done."""
        tasks = iter(tasks)
        first: list[Task] = []
        while sum(len(task.raw) for task in first) < self._small and (task := next(tasks, None)) is not None:
            first.append(task)
        rest = next(tasks, None)
        if rest is None and self._own is not None:
            with self._own as own:
                yield from own.parts(first)
            return
        waiting = 0
        for task in chain(first, () if rest is None else (rest,), tasks):
            self._todo.put(task)
            waiting += 1
            if len(self._threads) < self._jobs:
                self._threads.append(threading.Thread(target=self._serve_one, daemon=True))
                self._threads[-1].start()
            if waiting > self._jobs * _AHEAD:
                yield self._next()
                waiting -= 1
        for _ in range(waiting):
            yield self._next()

    def _next(self) -> bytes:
        while True:
            with suppress(queue.Empty):
                done = self._done.get(timeout=_POLL)
                if isinstance(done, HandsError):
                    raise done
                return done

    def _serve_one(self) -> None:
        """A thread: starts a child and gives it tasks until there are none."""
        child: children.Child | None = None
        try:
            child = self._started()
            while (task := self._todo.get()) is not None:
                answer = _asked(child, task)
                if answer is None:
                    self._ended(child)
                    child = self._started()
                    answer = _asked(child, task)
                if answer is None:
                    self._ended(child)
                    child = self._started()
                    answer = FilePart(task.path, (Problem("document-worker-died", task.path, severity="left-out"),)).dump()
                self._done.put(answer)
        except HandsError as error:
            self._done.put(error)
        except Exception as error:  # or whoever waits for this thread would wait for ever
            self._done.put(HandsError("worker-not-started", why=f"{type(error).__name__}: {error}"))
        finally:
            if child is not None:
                self._ended(child)

    def _started(self) -> children.Child:
        with self._lock:
            if self._over:
                raise HandsError("over")
            try:
                child = children.start(__name__)
            except OSError as error:
                raise HandsError("worker-not-started", why=error.strerror or type(error).__name__) from error
            self._children.add(child)
        answer = _asked(child, self._kit)
        if answer != READY:
            self._ended(child)
            why = answer.decode("utf-8", "replace") if answer else f"exit {child.returncode}"
            raise HandsError("worker-not-started", why=why)
        return child

    def _ended(self, child: children.Child) -> None:
        children.end(child)
        with self._lock:
            self._children.discard(child)


def _asked(child: children.Child, question: object) -> bytes | None:
    """The child's answer; None where it has ended."""
    assert child.stdin is not None and child.stdout is not None
    try:
        pickle.dump(question, child.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        child.stdin.flush()
        answer: bytes = pickle.load(child.stdout)
        return answer
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return None


@seldom_searched()
def serve() -> None:
    """The child: takes a kit, then files, from its standard input, and writes what they come to to its standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends its children itself
    asked = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    try:
        kit: Kit = pickle.loads(pickle.load(asked))
        bench = Bench(kit)
    except Exception as error:
        children.tell(answers, f"{type(error).__name__}: {error}".encode())
        return
    children.tell(answers, READY)
    with bench, suppress(EOFError, BrokenPipeError):
        while True:
            task: Task = pickle.load(asked)
            children.tell(answers, bench.work(task).dump())
