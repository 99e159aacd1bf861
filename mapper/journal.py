"""What is to be moved to its place in a folder, written down before the first move, so that whoever comes next can finish it.

The journal names files of its own folder alone, by name, size and digest. It is believed only where every one of them is
there: beside its place, or in it. A folder may come from anywhere, and so may a journal that lies in it.
"""

from __future__ import annotations

import json
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

NAME = ".mapper.moves"
SCHEMA = "mapper/moves/1"
LONGEST = 1_000_000
"""Bytes of a journal: some six thousand files."""
LARGEST = 8_000_000_000
"""Bytes of all files of a journal: what is said to be larger is not looked at."""
_BLOCK = 1 << 20
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A link is not followed, and a pipe would wait for its writer."""


class DoubtError(Exception):
    """A journal that is not believed; ``why`` is the code of the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Move:
    """A file that lies beside its place: the name it has there, the one it is to have, its bytes and their SHA-256."""

    staged: str
    name: str
    size: int
    sha256: str


def beside(name: str, process: int) -> str:
    """How the name begins under which a process keeps a file until it is moved; eight random characters end it."""
    return f".{name}.{process:x}."


def staged_names(names: Iterable[str]) -> re.Pattern[str]:
    """All names under which these files may be kept until they are moved; the first group is the process, in hexadecimal."""
    return re.compile(rf"\.(?:{'|'.join(re.escape(name) for name in sorted(names))})\.(?:([0-9a-f]{{1,8}})\.)?[a-z0-9_]{{8}}")


def write(folder: Path, moves: Iterable[Move]) -> bool:
    """Write the journal of a folder, whole and flushed to the disk. False where there is no place for it.

    Raises OSError where the folder refuses.
    """
    text = json.dumps({"schema": SCHEMA, "moves": [asdict(move) for move in moves]}).encode()
    if len(text) > LONGEST or (folder / NAME).is_dir():
        return False
    handle, name = tempfile.mkstemp(prefix=beside(NAME, os.getpid()), dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, folder / NAME)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush(folder)
    return True


def finish(folder: Path) -> None:
    """Move what the journal of a folder says is not moved yet, and remove the journal; nothing where there is none.

    Raises DoubtError where it is not believed, and then moves nothing; OSError where the folder refuses.
    """
    try:
        moves = _read(folder / NAME)
    except FileNotFoundError:
        return
    for move in [move for move in moves if _waits(folder, move)]:
        os.replace(folder / move.staged, folder / move.name)
    remove(folder)


def remove(folder: Path) -> None:
    """Remove the journal of a folder whose files are all in their places."""
    _flush(folder)
    (folder / NAME).unlink(missing_ok=True)


def _read(path: Path) -> tuple[Move, ...]:
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode):
        raise DoubtError("journal-not-a-file")
    if status.st_size > LONGEST:
        raise DoubtError("journal-too-large")
    with os.fdopen(os.open(path, _READ), "rb") as file:
        raw = file.read(LONGEST + 1)
    try:
        said = json.loads(raw.decode("ascii"))
        if not isinstance(said, dict) or said.keys() != {"schema", "moves"} or said["schema"] != SCHEMA:
            raise DoubtError("journal-unreadable")
        moves = tuple(_move(one) for one in said["moves"])
    except (ValueError, TypeError, RecursionError):
        raise DoubtError("journal-unreadable") from None
    places = [name for move in moves for name in (move.name, move.staged)]
    if not moves or len(set(places)) < len(places) or sum(move.size for move in moves) > LARGEST:
        raise DoubtError("journal-unreadable")
    return moves


def _move(said: dict[str, object]) -> Move:
    """One move as it was written. Raises TypeError or ValueError for anything else, DoubtError for names of other folders."""
    one = Move(**said)  # type: ignore[arg-type]  # the next lines look
    if not (isinstance(one.staged, str) and isinstance(one.name, str) and isinstance(one.sha256, str)):
        raise TypeError
    if type(one.size) is not int or one.size < 0:
        raise ValueError
    if one.name in ("", ".", "..", NAME) or "\x00" in one.name or Path(one.name).name != one.name:
        raise DoubtError("journal-outside")
    if Path(one.staged).name != one.staged or not staged_names([one.name]).fullmatch(one.staged):
        raise DoubtError("journal-outside")
    return one


def _waits(folder: Path, move: Move) -> bool:
    """Whether a file has still to be moved. Raises DoubtError where it is neither beside its place nor in it."""
    for name, waits in ((move.staged, True), (move.name, False)):
        with suppress(FileNotFoundError):
            if not stands(folder / name, move):
                raise DoubtError("journal-other-files")
            if waits and (folder / move.name).is_dir():
                raise DoubtError("journal-other-files")
            return waits
    raise DoubtError("journal-other-files")


def stands(path: Path, move: Move) -> bool:
    """Whether a file is the one that a move tells of. Raises FileNotFoundError where there is none."""
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode) or status.st_size != move.size:
        return False
    digest = sha256()
    with os.fdopen(os.open(path, _READ), "rb") as file:
        for block in _blocks(iter(lambda: file.read(_BLOCK), b""), move.size):
            digest.update(block)
    return digest.hexdigest() == move.sha256


def _blocks(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The blocks of a file that may grow while it is read, and no more than it should hold and one."""
    seen = 0
    for block in blocks:
        yield block
        seen += len(block)
        if seen > size:
            return


def _flush(folder: Path) -> None:
    """Have the system write the names in a folder to the disk, where it lets one ask for that (not on Windows)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
