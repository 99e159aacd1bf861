"""A Dask cluster comes to the same bytes as one process, also when a worker is killed half-way."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mapper import run
from mapper.cli import main
from mapper.work import cluster as clusters
from mapper.work.cluster import Cluster
from mapper.work.hands import Hands, Own
from mapper.work.heap import Heap
from tests.align.test_alignment import SENTENCES
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
        return "".join(settled.lines(by))


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
