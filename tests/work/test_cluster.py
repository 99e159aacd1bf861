"""A Dask cluster comes to the same bytes as one process, also when a worker is killed half-way."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mapper import run
from mapper.cli import main
from mapper.work import cluster as clusters
from mapper.work.bench import Task
from mapper.work.cluster import Cluster
from mapper.work.hands import Hands, Own
from mapper.work.heap import Heap
from mapper.work.part import FilePart
from tests.align.aligning import SENTENCES
from tests.tiny import Workspace, workspace

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore:Port .* is already in use", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A scheduler and two workers on this machine, each a process of its own."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made


@pytest.fixture
def many(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    for number in range(40):
        text = "".join(SENTENCES[(number * 5 + n) % len(SENTENCES)] for n in range(1 + number % 4))
        made.write(f"corpus/more/{number}.txt", text.replace("云岭银行", "微众银行"))
    return made


def alignment(made: Workspace, hands: Any, kills: Any = None) -> str:
    planned = run.plan(made.policies, made.corpus)
    kit = run.kit(planned)
    opened: Hands = hands(kit)
    with Heap() as heap, opened:
        settled, by, problems = run.gather(planned, kit, opened, heap, progress=kills)
        assert not [one for one in problems if one.severity == "left-out"]
        return b"".join(settled.lines(by)).decode()


def test_a_cluster_comes_to_the_same_bytes_also_when_a_worker_is_killed_half_way(local: Any, many: Workspace) -> None:
    alone = alignment(many, Own)
    address = local.scheduler_address
    assert alignment(many, lambda kit: Cluster(kit, address)) == alone
    with distributed.Client(address, set_as_default=False) as client:
        first = next(iter(client.run(os.getpid).values()))
    killed: list[int] = []

    def kill(done: int, total: int, path: str, left_out: int) -> None:
        if done == total // 4 and not killed:
            killed.append(first)
            os.kill(first, getattr(signal, "SIGKILL", signal.SIGTERM))

    assert alignment(many, lambda kit: Cluster(kit, address), kill) == alone
    assert killed == [first]


class Losing:
    """A scheduler's client whose workers lose each answer so many times; what is asked of it is done here."""

    loop = None

    def __init__(self, times: int) -> None:
        self.left = times
        self.asked: Counter[str] = Counter()

    def nthreads(self) -> dict[str, int]:
        return {"one": 1}

    def submit(self, function: Any, *given: Any, key: str, **more: Any) -> Any:
        path = given[2]
        self.asked[path] += 1
        lost = self.asked[path] <= self.left

        def result() -> bytes:
            if lost:
                raise CancelledError
            return FilePart(path).dump()

        return SimpleNamespace(key=key, result=result)

    def as_completed(self, loop: None) -> Any:
        class Ready(list[Any]):
            add = list.append

            def __next__(self) -> Any:
                return self.pop(0)

        return Ready()


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_an_answer_that_is_lost_with_its_worker_is_asked_for_again(many: Workspace, times: int) -> None:
    client = Losing(times)
    cluster = Cluster(run.kit(run.plan(many.policies, many.corpus)), "nowhere")
    cluster._client, cluster._distributed = client, client
    parts = [FilePart.load(one) for one in cluster.parts(Task(str(n), b"") for n in range(9))]
    assert sorted(one.path for one in parts) == [str(n) for n in range(9)]
    assert {one.code for part in parts for one in part.problems} == ({"document-worker-died"} if times > 2 else set())
    assert set(client.asked.values()) == {min(times, 2) + 1}


def test_the_command_takes_the_address_of_a_scheduler(
    local: Any, many: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    outs = [("one", ["--jobs", "1"]), ("many", ["--scheduler", local.scheduler_address])]
    for out, more in outs:
        assert main(["build", *many.arguments, "--out", str(many.root / out), *more]) == 0
    for name in (run.ALIGNMENT, run.MATRIX):
        assert (many.root / "one" / name).read_bytes() == (many.root / "many" / name).read_bytes()


def test_what_hinders_a_cluster_is_said_in_one_line(
    many: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(address: str) -> str:
        assert main(["build", *many.arguments, "--out", str(many.out), "--scheduler", address]) == 2
        assert not many.out.exists()
        [line] = capsys.readouterr().err.splitlines()
        return line

    monkeypatch.setattr(clusters, "_PATIENCE", "1s")
    assert "cannot be reached" in said("tcp://127.0.0.1:9")
    with distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as empty:
        assert "has no workers" in said(empty.scheduler_address)
    monkeypatch.setattr(clusters, "import_module", lambda name: (_ for _ in ()).throw(ImportError(name)))
    assert "[dask]" in said("tcp://127.0.0.1:9")
