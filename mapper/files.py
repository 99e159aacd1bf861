"""Files written whole or not at all: all of a run's outputs together, also where the run is killed while it moves them."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EACCES, EAGAIN, EBUSY, EDEADLK, EISDIR
from hashlib import sha256
from os import strerror
from pathlib import Path
from typing import BinaryIO

from mapper import journal
from mapper.journal import Move
from mapper.problems import Problem

LOCK = ".mapper.lock"
"""What holds a folder where the folder itself cannot be held (Windows)."""
PATIENCE = 60.0
"""Seconds to wait for another run: it moves its files in a moment, unless somebody has stopped it."""
_HELD: set[tuple[int, Path]] = set()
"""The folders that threads of this process hold."""
_ASKING = threading.Lock()


Content = bytes | Iterable[bytes]
"""What a file is to hold; pieces are written as they come."""


def write_whole(files: Mapping[Path, Content]) -> list[Problem]:
    """Write all files or none: beside their places first, then moved there. Raises OSError where a folder refuses.

    Folders are made. What a run that was killed left unmoved is moved first; what it left unfinished under these names is
    removed. Returns a warning for each folder whose journal is not believed (see :func:`settle`). Where files lie in
    several folders, a run killed between the journals of two leaves the one new and the other old.
    """
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(EISDIR, strerror(EISDIR), str(path))
    problems = []
    for folder in sorted({path.parent for path in files}):
        with alone(folder), undisturbed():
            problems += _finished(folder)
            _sweep(folder, {journal.NAME, *(path.name for path in files if path.parent == folder)})
    replace(files)
    return problems


def settle(folder: Path) -> list[Problem]:
    """Move what a run that was killed had not moved yet, before anything in a folder is read; mostly there is nothing.

    Returns a warning where a journal is not believed, or where the folder refuses: then its files may be of two runs.
    """
    if not os.path.lexists(folder / journal.NAME):
        return []
    try:
        with alone(folder), undisturbed():
            return _finished(folder)
    except OSError as error:
        params = {"why": error.strerror or type(error).__name__}
        return [Problem("journal-refused", str(folder / journal.NAME), severity="warning", params=params)]


def _finished(folder: Path) -> list[Problem]:
    try:
        journal.finish(folder)
    except journal.DoubtError as doubt:
        params = {"why": f"@why-{doubt.why}"}
        return [Problem("journal-doubtful", str(folder / journal.NAME), severity="warning", params=params)]
    return []


def _sweep(folder: Path, names: Collection[str]) -> None:
    staged = journal.staged_names(names)
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            left = staged.fullmatch(path.name)
            if left and path.is_file() and not path.is_symlink() and not is_running(left.group(1)):
                path.unlink(missing_ok=True)


def is_running(number: str | None) -> bool:
    """Whether the process that such a name tells of is still there: then another run is writing it."""
    if number is None:
        return False
    if os.name == "nt":  # there the question itself would end the process
        return True
    try:
        os.kill(int(number, 16), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def replace(files: Mapping[Path, Content]) -> None:
    """Write all files beside their places first, then move them there.

    Where a move is refused after another was done, the rest is left to whoever opens the folder next.
    """
    staged: list[tuple[Path, Move]] = []
    mode = 0o666 & ~umask()
    try:
        for path, data in files.items():
            handle, name = tempfile.mkstemp(prefix=journal.beside(path.name, os.getpid()), dir=path.parent)
            staged.append((path, Move(Path(name).name, path.name, 0, "")))
            with os.fdopen(handle, "wb") as file:
                size, digest = _written(file, data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, mode)
            staged[-1] = (path, Move(Path(name).name, path.name, size, digest))
        with ExitStack() as held:
            for folder in sorted({path.parent.resolve() for path in files}):
                held.enter_context(alone(folder))
            held.enter_context(undisturbed())
            _move(staged)
    finally:
        for path, move in staged:
            path.with_name(move.staged).unlink(missing_ok=True)


def _written(file: BinaryIO, data: Content) -> tuple[int, str]:
    """The number of bytes that were written, and their SHA-256."""
    size, digest = 0, sha256()
    for piece in (data,) if isinstance(data, bytes) else data:
        file.write(piece)
        digest.update(piece)
        size += len(piece)
    return size, digest.hexdigest()


def _move(staged: list[tuple[Path, Move]]) -> None:
    """Move the files, all or none; what is no longer to be removed leaves the list."""
    folders = sorted({path.parent for path, _ in staged})
    for folder in folders:
        _finished(folder)
    told: list[Path] = []
    number = len(staged)
    try:
        if number > 1:
            told += [one for one in folders if journal.write(one, (move for path, move in staged if path.parent == one))]
        while staged:
            path, move = staged[0]
            try:
                os.replace(path.with_name(move.staged), path)
            except FileNotFoundError:  # without locks, another run may have followed the journal already
                if not journal.stands(path, move):
                    raise
            staged.pop(0)
    except BaseException:
        if len(staged) < number and told:
            staged[:] = [one for one in staged if one[0].parent not in told]
        else:
            for folder in told:
                journal.remove(folder)
        raise
    for folder in told:
        journal.remove(folder)


@contextmanager
def alone(folder: Path, seconds: float = PATIENCE) -> Iterator[None]:
    """Hold a folder against other runs, again within itself too. Raises OSError where another holds it for ``seconds``.

    The system itself frees it when a process ends, however it ends: nothing stale can stay. Where a file system knows no
    locks there is none, and only the moment in which files are moved is open to another run.
    """
    mine = (threading.get_ident(), folder.resolve())
    if mine in _HELD:
        yield
        return
    name = folder / LOCK if os.name == "nt" else folder
    try:
        handle = os.open(name, os.O_RDWR | os.O_CREAT if os.name == "nt" else os.O_RDONLY)
    except OSError:  # a folder that may be written and not read
        yield
        return
    try:
        until = time.monotonic() + seconds
        while not _locked(handle):
            if time.monotonic() > until:
                raise OSError(EBUSY, strerror(EBUSY), str(folder))
            time.sleep(0.02)
        _HELD.add(mine)
        yield
    finally:
        _HELD.discard(mine)
        os.close(handle)
        if os.name == "nt":  # refused while another run has it open, which is what keeps the two apart
            with suppress(OSError):
                name.unlink()


def _locked(handle: int) -> bool:
    """Take the lock, or say that another has it. True as well where there are no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (EACCES, EAGAIN, EDEADLK)
    return True


def umask() -> int:
    """What the user keeps from others. It can only be read by setting it, for a moment that no other thread shares."""
    with _ASKING:
        mask = os.umask(0o077)
        os.umask(mask)
    return mask


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM wait: all files are moved or none. Signals come to the main thread, and only there."""
    handled = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is not None]
    if threading.current_thread() is not threading.main_thread():
        handled = []
    came: list[int] = []
    before = [(number, signal.signal(number, lambda number, _: came.append(number))) for number in handled]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
    for late in came:
        signal.raise_signal(late)
