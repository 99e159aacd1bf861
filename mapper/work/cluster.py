"""The machines of a Dask cluster: each gets the kit once, then files, bytes and all; it needs no folder of ours.

A worker that dies costs time: the scheduler gives its files to another, and the kit to every worker that joins. Needs the
extra ``dask``, here and on the workers, and the same version of this program there.
"""

from __future__ import annotations

import logging
import pickle
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from itertools import count
from types import TracebackType
from typing import Any

from mapper.messages import say
from mapper.problems import Problem
from mapper.work.bench import Bench, Kit, Task
from mapper.work.hands import HandsError
from mapper.work.part import FilePart
from mapper.work.touch import program

EXTRA = "dask"
_AHEAD = 4
"""Tasks that wait for each thread of the cluster, so that none waits for us."""
_PATIENCE = "30s"
"""How long the scheduler is waited for."""
_RETRIES = 2
"""How often a file is tried again that failed in a worker."""


class Cluster:
    """The workers of a scheduler at an address, such as ``tcp://10.0.0.5:8786``."""

    def __init__(self, kit: Kit, address: str) -> None:
        self._distributed = _needed()
        self._kit = pickle.dumps(kit, protocol=pickle.HIGHEST_PROTOCOL)
        self._name = f"mapper-{sha256(self._kit).hexdigest()[:16]}"
        self._address = address
        self._client: Any = None

    def __enter__(self) -> Cluster:
        try:
            self._client = self._distributed.Client(self._address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            why = str(error) or type(error).__name__
            raise HandsError("scheduler-unreachable", address=self._address, why=why) from error
        # Workers come and go by design; what matters of that is said by us.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self._check()
        self._client.register_plugin(_carrier(self._distributed, self._name, self._kit), name=self._name)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._client is not None:
            with suppress(Exception):  # the scheduler may be gone
                self._client.unregister_worker_plugin(self._name)
            self._client.close()

    def _check(self) -> None:
        """Whether there are workers, and all of them have this very program."""
        try:
            programs = self._client.run(_program)
        except Exception as error:
            raise HandsError("workers-differ", why=f"{type(error).__name__}: {error}") from error
        if not programs:
            raise HandsError("no-workers", address=self._address)
        others = sorted(address for address, one in programs.items() if one != program())
        if others:
            raise HandsError("workers-differ", why=", ".join(others))

    def parts(self, tasks: Iterable[Task]) -> Iterator[bytes]:
        """The parts in the order in which they are done."""
        ready = self._distributed.as_completed(loop=self._client.loop)
        waiting: dict[str, tuple[Task, int]] = {}
        numbers = count()
        room = max(1, sum(self._client.nthreads().values())) * _AHEAD

        def submit(task: Task, tried: int = 0) -> None:
            key = f"{self._name}-{next(numbers)}"
            waiting[key] = task, tried
            ready.add(
                self._client.submit(work, self._name, program(), task.path, task.raw, key=key, retries=_RETRIES, pure=False)
            )

        def next_one() -> bytes:
            while True:
                future = next(ready)
                task, tried = waiting.pop(future.key)
                answer = self._answer(future, task)
                if answer is not None:
                    return answer
                if tried == _RETRIES:
                    return _died(task)
                submit(task, tried + 1)

        for task in tasks:
            submit(task)
            if len(waiting) >= room:
                yield next_one()
        while waiting:
            yield next_one()

    def _answer(self, future: Any, task: Task) -> bytes | None:
        """What a task came to; None where the worker that held its answer is gone, and the answer with it."""
        try:
            done: bytes = future.result()
        except CancelledError:
            return None
        except Exception as error:
            if type(error).__name__ == "KilledWorker":
                return _died(task)
            raise HandsError("cluster-failed", why=f"{type(error).__name__}: {error}") from error
        return done


def _died(task: Task) -> bytes:
    """What is said of a file over which workers died."""
    return FilePart(task.path, (Problem("document-worker-died", task.path, severity="left-out"),)).dump()


_kits: dict[str, bytes] = {}
_benches: dict[str, Bench] = {}
_working = threading.Lock()


def _carrier(distributed: Any, name: str, kit: bytes) -> Any:
    """A plugin that brings the kit to every worker there is, and to every one that joins."""

    class Carrier(distributed.WorkerPlugin):  # type: ignore[misc]
        def setup(self, worker: Any) -> None:
            equip(name, kit)

        def teardown(self, worker: Any) -> None:
            equip(name, None)

    return Carrier()


def equip(name: str, kit: bytes | None) -> None:
    """On a worker: keep a kit under its name, or put it away."""
    with _working:
        _benches.pop(name, None)
        if kit is None:
            _kits.pop(name, None)
        else:
            _kits[name] = kit


def _program() -> str:
    """The program of a worker."""
    return program()


def work(name: str, wanted: str, path: str, raw: bytes) -> bytes:
    """On a worker: what a file comes to. The bench is made once; threads of one worker take turns at it."""
    if program() != wanted:
        raise RuntimeError(say("work.program-differs"))
    with _working:
        if name not in _benches:
            _benches[name] = Bench(pickle.loads(_kits[name]))
        return _benches[name].work(Task(path, raw)).dump()


def _needed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise HandsError("extra-missing", extra=EXTRA) from error
