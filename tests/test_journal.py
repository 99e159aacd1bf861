"""A run killed anywhere while it writes several files leaves, for whoever comes next, the old ones or the new ones."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from mapper import files, journal
from mapper.api import load
from mapper.cli import main
from mapper.files import settle, write_whole
from mapper.problems import Problem
from tests.tiny import ARTICLE, Workspace, workspace

NAMES = ("alignment.json", "matrix.html", "evidence.csv")
OLD, NEW, LATER = ({name: f"{age} {name}".encode() for name in NAMES} for age in ("old", "new", "later"))
LABEL = {
    "document": "a.txt", "firm": "微众银行", "requirement": "tp-1", "quote": "微众银行在全部网点上线老年客户人工柜台服务",
    "grade": "action", "also": [], "level": "required", "cell": "required",
}  # fmt: skip
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process cannot be doubled there")


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without waiting for the disk: it is the process that is killed here, never the machine."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def traced(do: Callable[[], object], seen: Callable[[int], object]) -> None:
    """Do something, and before every line of the two modules call ``seen`` with its number."""
    step = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal step
        if frame.f_code.co_filename not in (files.__file__, journal.__file__):
            return None
        if event == "line":
            seen(step)
            step += 1
        return trace

    sys.settrace(trace)
    try:
        do()
    finally:
        sys.settrace(None)


def turns(do: Callable[[], object], folder: Path) -> list[int]:
    """The lines before which the folder is not as it was before the line before: whatever is killed leaves only the folder."""
    before: dict[str, bytes] | None = None
    steps = []

    def look(step: int) -> None:
        nonlocal before
        now = {path.name: path.read_bytes() for path in folder.iterdir()}
        if now != before:
            steps.append(step)
            before = now

    traced(do, look)
    return steps


def killed(do: Callable[[], object], step: int) -> None:
    """Do something in another process and kill that before the given line."""

    def kill(at: int) -> None:
        if at == step:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child:
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        return
    try:
        traced(do, kill)
    finally:
        os._exit(0)


def found(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def put(folder: Path, content: dict[str, bytes]) -> None:
    for path in folder.iterdir():
        path.unlink()
    for name, data in content.items():
        (folder / name).write_bytes(data)


def write(folder: Path, content: dict[str, bytes]) -> list[Problem]:
    return write_whole({folder / name: data for name, data in content.items()})


@forks
@pytest.mark.parametrize("before", [OLD, {}], ids=["over old files", "for the first time"])
def test_killed_at_any_line_the_next_to_look_sees_the_old_or_the_new(tmp_path: Path, before: dict[str, bytes]) -> None:
    put(tmp_path, before)
    steps = turns(lambda: write(tmp_path, NEW), tmp_path)
    assert len(steps) > 2 * len(NAMES)
    seen, mixed = [], 0
    for step in steps:
        put(tmp_path, before)
        killed(lambda: write(tmp_path, NEW), step)
        mixed += found(tmp_path) not in (before, NEW)
        assert settle(tmp_path) == []
        assert found(tmp_path) in (before, NEW)
        assert not (tmp_path / journal.NAME).exists()
        seen.append(found(tmp_path) == NEW)
        assert write(tmp_path, LATER) == []
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == LATER, "nothing else is left behind"
    assert seen == sorted(seen), "from one line on it is the new one"
    assert mixed > 0, "without the journal it would have been mixed"


@forks
def test_whoever_finishes_may_be_killed_too(tmp_path: Path) -> None:
    stopped(tmp_path, OLD, NEW)
    steps = turns(lambda: settle(tmp_path), tmp_path)
    assert len(steps) > len(NAMES)
    for step in steps:
        stopped(tmp_path, OLD, NEW)
        killed(lambda: settle(tmp_path), step)
        assert settle(tmp_path) == []
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == NEW


def stopped(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Leave a folder as a run does that is killed when it has moved one file."""
    put(folder, old)
    moves = [journal.Move(f".{name}.1f.abcdefgh", name, len(data), hashlib.sha256(data).hexdigest()) for name, data in new.items()]
    for move in moves:
        (folder / move.staged).write_bytes(new[move.name])
    assert journal.write(folder, moves)
    (folder / moves[0].staged).replace(folder / moves[0].name)
    assert found(folder) not in (old, new)


def test_the_next_run_and_whoever_writes_one_file_lose_nothing_of_what_was_decided(tmp_path: Path) -> None:
    stopped(tmp_path, OLD, NEW)
    write(tmp_path, {"cells.csv": b"exported"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == NEW | {"cells.csv": b"exported"}
    stopped(tmp_path, OLD, NEW)
    write(tmp_path, {name: LATER[name] for name in NAMES[:2]})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == NEW | {name: LATER[name] for name in NAMES[:2]}


def half(folder: Path, moves: object = None, **changes: object) -> Path:
    """A folder in which one file is moved and one is not, with its journal as it should be but for what is changed."""
    put(folder, {"matrix.html": b"old", "alignment.json": b"new"})
    (folder / ".matrix.html.1f.abcdefgh").write_bytes(b"new")
    one = {"staged": ".matrix.html.1f.abcdefgh", "name": "matrix.html", "size": 3, "sha256": hashlib.sha256(b"new").hexdigest()}
    other = one | {"staged": ".alignment.json.1f.abcdefgh", "name": "alignment.json"}
    said = {"schema": journal.SCHEMA, "moves": [one | changes, other] if moves is None else moves}
    (folder / journal.NAME).write_text(json.dumps(said), encoding="ascii")
    return folder


def test_what_is_half_moved_is_moved(tmp_path: Path) -> None:
    assert settle(half(tmp_path)) == []
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"matrix.html": b"new", "alignment.json": b"new"}


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "../matrix.html"}, {"name": "/etc/matrix.html"}, {"name": "sub/matrix.html"}, {"name": ".."}, {"name": ""},
        {"name": "a\x00b"}, {"name": "\ud800"}, {"name": "other.html"}, {"name": "alignment.json"}, {"name": 5}, {"name": None},
        {"name": journal.NAME, "staged": f".{journal.NAME}.1f.abcdefgh"},
        {"staged": "../.matrix.html.1f.abcdefgh"}, {"staged": "matrix.html"}, {"staged": "alignment.json"}, {"staged": []},
        {"size": -1}, {"size": 4}, {"size": 10**30}, {"size": True}, {"size": "3"},
        {"sha256": "0" * 64}, {"sha256": ""}, {"sha256": None}, {"more": 1},
        {"moves": []}, {"moves": {}}, {"moves": 7}, {"moves": [[]]}, {"moves": ["a"]}, {"moves": [{}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_journal_that_says_anything_odd_moves_nothing_and_is_named(tmp_path: Path, changes: dict[str, object]) -> None:
    outside = tmp_path / "matrix.html"
    outside.write_bytes(b"outside")
    (tmp_path / "out").mkdir()
    folder = half(tmp_path / "out", **changes)
    assert [problem.code for problem in settle(folder)] == ["journal-doubtful"]
    assert found(folder) == {"matrix.html": b"old", "alignment.json": b"new"}
    assert outside.read_bytes() == b"outside"
    assert settle(folder), "it is said again until a run has written anew"
    assert [problem.code for problem in write(folder, NEW)] == ["journal-doubtful"]
    assert found(folder) == NEW
    assert settle(folder) == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * 200_000, b"\xff\xfe", b"null", b'{"schema": "mapper/moves/2", "moves": []}', b" " * 2_000_000],
    ids=["empty", "torn", "deep", "no text", "null", "of another version", "huge"],
)  # fmt: skip
def test_a_journal_that_is_none_costs_a_note(tmp_path: Path, content: bytes) -> None:
    (half(tmp_path) / journal.NAME).write_bytes(content)
    assert [problem.code for problem in settle(tmp_path)] == ["journal-doubtful"]
    assert found(tmp_path) == {"matrix.html": b"old", "alignment.json": b"new"}


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are made otherwise there")
def test_links_pipes_and_folders_in_place_of_a_journal_or_of_its_files_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"new")
    (tmp_path / "out").mkdir()

    def refused(place: str, make: Callable[[Path], object]) -> None:
        path = half(tmp_path / "out") / place
        path.unlink()
        make(path)
        assert [problem.code for problem in settle(tmp_path / "out")] == ["journal-doubtful"]
        assert (tmp_path / "out/alignment.json").exists() and secret.read_bytes() == b"new"
        assert write(tmp_path / "out", NEW)
        assert NEW.items() <= found(tmp_path / "out").items()
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)

    for place in (journal.NAME, ".matrix.html.1f.abcdefgh"):
        refused(place, lambda path: path.symlink_to(secret))
        refused(place, os.mkfifo)
        refused(place, Path.mkdir)


def test_a_move_that_is_refused_in_the_middle_is_made_up_for_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, OLD)
    move = os.replace

    def refusing(old: Any, new: Any) -> None:
        if Path(new).name == NAMES[1]:
            raise PermissionError(13, "open in another program", str(new))
        move(old, new)

    monkeypatch.setattr(os, "replace", refusing)
    with pytest.raises(PermissionError):
        write(tmp_path, NEW)
    assert [problem.code for problem in settle(tmp_path)] == ["journal-refused"], "still open"
    with pytest.raises(PermissionError):
        write(tmp_path, {"cells.csv": b"exported"})
    monkeypatch.undo()
    assert settle(tmp_path) == []
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == NEW


def test_a_move_that_is_refused_at_once_leaves_the_old_files_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, OLD)
    move = os.replace

    def refusing(old: Any, new: Any) -> None:
        if Path(new).name == NAMES[0]:
            raise PermissionError(13, "open in another program", str(new))
        move(old, new)

    monkeypatch.setattr(os, "replace", refusing)
    with pytest.raises(PermissionError):
        write(tmp_path, NEW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == OLD


def results(root: Path) -> tuple[Workspace, dict[str, bytes], dict[str, bytes]]:
    """A workspace with the result of an old build, and the two results themselves."""
    made = workspace(root)
    assert main(["build", *made.arguments, "--out", str(made.out)]) == 0
    old = found(made.out)
    made.write("corpus/a.txt", ARTICLE + "\n6月7日，网商银行也在全部网点上线老年客户人工柜台服务，受到当地居民欢迎。\n")
    assert main(["build", *made.arguments, "--out", str(root / "new")]) == 0
    return made, old, found(root / "new")


def test_every_command_that_reads_a_result_finishes_it_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made, old, new = results(tmp_path)
    result = str(made.out / "alignment.json")
    gold = made.write("gold.jsonl", json.dumps(LABEL, ensure_ascii=False) + "\n")
    commands = [
        ["explain", "微众银行", "tp-1", "--out", str(made.out)], ["export", "--format", "csv", "--alignment", result],
        ["verify", "--alignment", result, "--corpus", str(made.corpus)], ["diff", result, result],
        ["review", "list", "--alignment", result], ["review", "examples", "--alignment", result],
        ["evaluate", "--gold", str(gold), "--alignment", result], ["api"],
    ]  # fmt: skip
    for command in commands:
        stopped(made.out, old, new)
        if command == ["api"]:
            assert len(load(result).evidence) == 2
        else:
            assert main(command) == 0, command
        assert {name: data for name, data in found(made.out).items() if name in new} == new, command
    assert journal.NAME not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["explain", "build"])
def test_a_journal_that_is_not_believed_is_named_and_the_command_does_its_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    made, _, _ = results(tmp_path)
    (made.out / journal.NAME).write_bytes(b"{}")
    capsys.readouterr()
    rest = ["微众银行", "tp-1"] if command == "explain" else made.arguments
    assert main([command, *rest, "--out", str(made.out)]) == 0
    said = capsys.readouterr().err
    assert said.count(journal.NAME) == 1 and "可能出自两次运行" in said
