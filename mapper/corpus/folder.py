"""The documents of a folder, found in a fixed order and opened with care: a corpus may hold anything."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from mapper.corpus.limits import SIZE_LIMIT
from mapper.corpus.settings import NAME
from mapper.problems import UnreadableError

NOT_DOCUMENTS = frozenset({NAME, "firms.yaml", "gold.jsonl", "decisions.yaml"})
_DEPTH = 40
_BACK = frozenset({"", ".", ".."})
"""Steps of a path that name no entry of the folder in which they stand."""
_ALMOST = (
    (NAME, re.compile(r"(?:corpus|corpora)(?![a-z])[^/]*\.ya?ml(?:\.txt)?", re.IGNORECASE)),
    ("firms.yaml", re.compile(r"firms?(?![a-z])[^/]*\.ya?ml(?:\.txt)?", re.IGNORECASE)),
    ("gold.jsonl", re.compile(r"gold\.jsonl?(?:\.txt)?", re.IGNORECASE)),
)
"""Names that somebody gives to a corpus's own settings by mistake: corpus.yml, firm.yaml, Corpus.YAML, firms (1).yaml."""


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
        if entry.name.startswith((".", "~$")) or (not prefix and _is_settings(folder, entry.name)):
            continue
        name = prefix + entry.name
        if entry.is_dir(follow_symlinks=False) and depth < _DEPTH:
            yield from _walk(folder / entry.name, name + "/", depth + 1)
        else:
            yield name


def _is_settings(folder: Path, name: str) -> bool:
    """Whether this is one of the corpus's own files; where capitals make no difference, Corpus.YAML is corpus.yaml."""
    own = name.lower()
    try:
        return own in NOT_DOCUMENTS and (name == own or (folder / name).samefile(folder / own))
    except OSError:
        return False


def misnamed(path: str) -> str | None:
    """The name that a file should have which looks like settings under a wrong name, or in a subfolder."""
    return next((name for name, almost in _ALMOST if almost.fullmatch(path.rpartition("/")[2])), None)


def load(folder: Path, path: str) -> bytes:
    """The bytes of a document. Raises UnreadableError for what is no plain file of bearable size inside the folder."""
    file = folder / path
    try:
        if not (_without_links(folder, path) or file.resolve(strict=True).is_relative_to(folder.resolve())):
            raise UnreadableError("document-outside")
        # Without O_NONBLOCK the opening of a pipe would wait for its writer.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableError("document-not-a-file")
            raw = b"" if status.st_size > SIZE_LIMIT else opened.read(SIZE_LIMIT + 1)
    except (OSError, RuntimeError, ValueError) as error:
        raise UnreadableError("document-unreadable", why=type(error).__name__) from None
    size = max(status.st_size, len(raw))
    if size > SIZE_LIMIT:
        raise UnreadableError("document-too-large", size=str(size // 1_000_000), limit=str(SIZE_LIMIT // 1_000_000))
    return raw


def _without_links(folder: Path, path: str) -> bool:
    """Whether no step from the folder to a file is a link or leads back: such a file lies inside, wherever the folder lies.

    To resolve the paths of many thousand files takes a tenth of a run that finds them unchanged.
    """
    step = str(folder)
    for name in path.split("/"):
        step = f"{step}/{name}"
        status = os.lstat(step)
        if name in _BACK or os.sep in name or stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", False):
            return False
    return True
