"""The documents of a folder, found in a fixed order and opened with care: a corpus may hold anything."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from mapper.corpus.settings import NAME

SIZE_LIMIT = 200_000_000
"""Bytes above which a file is left out."""
NOT_DOCUMENTS = frozenset({NAME, "firms.yaml", "gold.jsonl"})
_DEPTH = 40


class NotOpened(Exception):
    """A file that is not opened; ``code`` names the problem."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def walk(folder: Path) -> list[str]:
    """Paths of everything in the folder that may be a document, relative, with forward slashes, sorted.

    Hidden files and the corpus's own settings are none. Links to folders are listed, and refused when opened.
    """
    return sorted(_walk(folder, "", 0))


def _walk(folder: Path, prefix: str, depth: int) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield prefix.rstrip("/") or "."
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")) or (not prefix and entry.name in NOT_DOCUMENTS):
            continue
        name = prefix + entry.name
        if entry.is_dir(follow_symlinks=False) and depth < _DEPTH:
            yield from _walk(folder / entry.name, name + "/", depth + 1)
        else:
            yield name


def load(folder: Path, path: str) -> bytes:
    """The bytes of a document. Raises NotOpened for whatever is not a plain file of bearable size inside the folder."""
    file = folder / path
    try:
        if not file.resolve(strict=True).is_relative_to(folder.resolve()):
            raise NotOpened("document-outside")
        # Without O_NONBLOCK the opening of a pipe would wait for its writer.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise NotOpened("document-not-a-file")
            if status.st_size > SIZE_LIMIT:
                raise NotOpened("document-too-large", size=str(status.st_size // 1_000_000), limit=str(SIZE_LIMIT // 1_000_000))
            raw = opened.read(SIZE_LIMIT + 1)
    except (OSError, RuntimeError, ValueError) as error:
        raise NotOpened("document-unreadable", why=type(error).__name__) from None
    if len(raw) > SIZE_LIMIT:
        raise NotOpened("document-too-large", size=f">{SIZE_LIMIT // 1_000_000}", limit=str(SIZE_LIMIT // 1_000_000))
    return raw
