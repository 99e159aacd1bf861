"""Files are written whole or not at all, as the user's mask says, and by several runs at once without harm."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mapper.files import write_whole


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
import sys
from pathlib import Path
from mapper.files import write_whole
for number in range(60):
    write_whole({Path(sys.argv[1]) / name: sys.argv[2].encode() * 50_000 for name in ("alignment.json", "matrix.html")})
"""


def test_several_runs_may_write_into_one_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    runs = [subprocess.Popen([*command, word], env=environment) for word in "abc"]
    assert [run.wait(timeout=120) for run in runs] == [0, 0, 0]
    for name in ("alignment.json", "matrix.html"):
        assert len(set((tmp_path / name).read_bytes())) == 1, "whole, and of one run"
    assert len(list(tmp_path.iterdir())) == 2
