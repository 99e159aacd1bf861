"""Files written whole or not at all: all of a run's outputs together."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from errno import EISDIR
from os import strerror
from pathlib import Path

_ASKING = threading.Lock()


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write all files or none: beside their places first, then moved there. Raises OSError where a folder refuses.

    Folders are made. What writers that were killed have left there under these names is removed.
    """
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(EISDIR, strerror(EISDIR), str(path))
    for folder in {path.parent for path in files}:
        _sweep(folder, {path.name for path in files if path.parent == folder})
    replace(files)


def _sweep(folder: Path, names: Collection[str]) -> None:
    staged = re.compile(rf"\.(?:{'|'.join(re.escape(name) for name in sorted(names))})\.(?:([0-9a-f]{{1,8}})\.)?[a-z0-9_]{{8}}")
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            left = staged.fullmatch(path.name)
            if left and path.is_file() and not path.is_symlink() and not _is_running(left.group(1)):
                path.unlink(missing_ok=True)


def _is_running(number: str | None) -> bool:
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


def replace(files: Mapping[Path, bytes]) -> None:
    """Write all files beside their places first, then move them there."""
    staged: list[tuple[str, Path]] = []
    mode = 0o666 & ~_umask()
    try:
        for path, data in files.items():
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.{os.getpid():x}.", dir=path.parent)
            staged.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, mode)
        with _undisturbed():
            while staged:
                name, path = staged[0]
                os.replace(name, path)
                staged.pop(0)
    finally:
        for name, _ in staged:
            Path(name).unlink(missing_ok=True)


def _umask() -> int:
    """What the user keeps from others. It can only be read by setting it, for a moment that no other thread shares."""
    with _ASKING:
        mask = os.umask(0o077)
        os.umask(mask)
    return mask


@contextmanager
def _undisturbed() -> Iterator[None]:
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
