"""Files are written whole or not at all, as the user's mask says, and by several runs at once without harm."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mapper.files import alone, write_whole


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such mask")
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_what_the_user_keeps_from_others_is_kept(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_whole({tmp_path / "a": b"1"})
        assert os.umask(mask) == mask, "the mask itself stays"
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.skipif(os.name == "nt", reason="what others write is never removed there")
def test_what_another_run_is_writing_stays_and_what_a_killed_one_left_goes(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f".a.{os.getpid():x}.abcdefgh").write_bytes(b"in the making")
    (tmp_path / f".a.{gone.pid:x}.abcdefgh").write_bytes(b"left")
    (tmp_path / ".a.abcdefgh").write_bytes(b"left by an earlier version")
    write_whole({tmp_path / "a": b"1"})
    assert {path.name for path in tmp_path.iterdir()} == {"a", f".a.{os.getpid():x}.abcdefgh"}


WRITER = """
import os, sys, time
from pathlib import Path
from mapper.files import write_whole
move = os.replace
os.replace = lambda old, new: (time.sleep(0.004), move(old, new))
for number in range(30):
    write_whole({Path(sys.argv[1]) / name: sys.argv[2].encode() * 50_000 for name in ("alignment.json", "matrix.html")})
"""
"""Writes again and again, and dwells between the one file and the other."""
KILLED = """
import os, sys, time
from pathlib import Path
from mapper.files import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def started(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.Popen([sys.executable, "-c", script, *arguments], env=environment, stdout=subprocess.PIPE)


def test_several_runs_may_write_into_one_folder_and_no_two_are_ever_mixed(tmp_path: Path) -> None:
    names = ("alignment.json", "matrix.html")
    seen = set()
    with started(WRITER, str(tmp_path), "a") as one, started(WRITER, str(tmp_path), "b") as other:
        while one.poll() is None or other.poll() is None:
            with alone(tmp_path):
                if all((tmp_path / name).exists() for name in names):
                    found = [set((tmp_path / name).read_bytes()) for name in names]
                    assert found[0] == found[1] and len(found[0]) == 1, "whole, and of one run"
                    seen |= found[0]
            time.sleep(0.002)
    assert (one.returncode, other.returncode) == (0, 0)
    assert seen
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_a_run_that_was_killed_holds_nothing_and_one_that_was_stopped_ends_the_waiting(tmp_path: Path) -> None:
    with started(KILLED, str(tmp_path)) as other:
        assert other.stdout is not None and other.stdout.readline().strip() == b"held"
        with pytest.raises(OSError, match="busy"), alone(tmp_path, seconds=0.1):
            pass
        other.kill()
    with alone(tmp_path, seconds=5), alone(tmp_path, seconds=5):
        write_whole({tmp_path / "a": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
