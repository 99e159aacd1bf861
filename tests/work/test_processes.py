"""Many processes come to the same bytes as one; one that dies costs time; none outlives the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mapper.cli import main
from mapper.model import LeftOut
from mapper.run import ALIGNMENT, MATRIX, read_alignment
from tests.tiny import Workspace, workspace

SENTENCES = ("微众银行为老年客户保留人工服务。", "该行还公布了投诉渠道。", "微众银行推出大字版。", "江南晨光农商银行投放了绿色贷款。")


@pytest.fixture
def many(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    for number in range(8):
        text = "".join(SENTENCES[(number + n) % len(SENTENCES)] for n in range(1 + number % 3))
        made.write(f"corpus/more/{number}.txt", text)
    return made


def build(made: Workspace, out: str, *more: str) -> tuple[int, list[bytes]]:
    code = main(["build", *made.arguments, "--out", str(made.root / out), *more])
    return code, [(made.root / out / name).read_bytes() for name in (ALIGNMENT, MATRIX)]


def meddled(monkeypatch: pytest.MonkeyPatch, folder: Path, does: str) -> None:
    """Have every process that is started from now on do something before it works on a file whose name says so."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import os, sys, time\n"
        "if 'mapper.work' in sys.argv[0] or '-c' in sys.orig_argv and 'mapper.work' in ' '.join(sys.orig_argv):\n"
        "    sys.path[:0] = [one for one in os.environ['MEDDLED'].split(os.pathsep)]\n"
        "    from mapper.work.bench import Bench\n"
        "    work = Bench.work\n"
        "    def meddled(self, task):\n"
        f"        {does}\n"
        "        return work(self, task)\n"
        "    Bench.work = meddled\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("MEDDLED", os.pathsep.join(one for one in sys.path if one))


def test_two_processes_write_the_same_bytes_as_one(many: Workspace) -> None:
    assert build(many, "one", "--jobs", "1") == build(many, "two", "--jobs", "2")


def test_a_file_that_kills_whoever_works_on_it_is_left_out_and_the_others_are_read(
    many: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many.write("corpus/deadly.txt", SENTENCES[0])
    meddled(monkeypatch, tmp_path / "site", "task.path == 'deadly.txt' and os._exit(9)")
    code, _ = build(many, "two", "--jobs", "2")
    assert code == 1
    made = read_alignment(many.root / "two" / ALIGNMENT)
    assert made.left_out == (LeftOut(path="deadly.txt", code="document-worker-died"),)
    assert len(made.documents) == 9
    assert "deadly.txt" in capsys.readouterr().err


def test_a_worker_that_dies_costs_nothing_but_time(
    many: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alone = build(many, "one", "--jobs", "1")
    once = tmp_path / "once"
    dies = f"os.path.exists({str(once)!r}) or (os.mkdir({str(once)!r}), os._exit(9))"
    meddled(monkeypatch, tmp_path / "site", f"task.path == 'more/3.txt' and ({dies})")
    assert build(many, "two", "--jobs", "2") == alone
    assert once.exists()


def test_where_no_worker_starts_one_line_says_so_and_nothing_is_written(
    many: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", str(many.root / "no-python"))
    assert main(["build", *many.arguments, "--out", str(many.root / "out"), "--jobs", "2"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (many.root / "out").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("sent", ["SIGINT", "SIGKILL"])
def test_however_a_run_is_ended_its_workers_end_too(
    many: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sent: str
) -> None:
    pids = tmp_path / "pids"
    pids.mkdir()
    meddled(monkeypatch, tmp_path / "site", f"open({str(pids)!r} + f'/{{os.getpid()}}', 'w').close(), time.sleep(2)")
    command = [sys.executable, "-m", "mapper", "build", *many.arguments, "--out", str(many.out), "--jobs", "2"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([os.environ["PYTHONPATH"], *filter(None, sys.path)])}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, start_new_session=True) as run:
        wait_for(lambda: len(list(pids.iterdir())) >= 2)
        if sent == "SIGINT":
            os.killpg(run.pid, signal.SIGINT)  # as the terminal does: to the workers as well
        else:
            run.send_signal(signal.Signals[sent])
        run.wait(timeout=60)
    wait_for(lambda: not any(alive(int(one.name)) for one in pids.iterdir()))
    assert not many.out.exists() or not list(many.out.iterdir())


def wait_for(condition: object, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
