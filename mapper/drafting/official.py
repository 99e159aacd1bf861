"""Whether a file is an official text at all: a draft is made of txt, html, docx and pdf, not of tables."""

from __future__ import annotations

from pathlib import Path

from mapper.corpus.folder import load
from mapper.corpus.readers import is_packed, read
from mapper.corpus.readers.xlsx import XlsxReader
from mapper.corpus.whole import whole_paragraphs
from mapper.problems import Problem, UnreadableError

_TABLES = {"csv": "CSV", "jsonl": "JSON Lines"}
"""Formats of rows and records by their readers' names, as they are called."""


def official_paragraphs(path: Path) -> tuple[str, ...] | Problem:
    """The paragraphs of an official text; or why it is none: not there, of a format that holds no text of clauses, unreadable."""
    if not path.exists():
        return Problem("file-missing", params={"what": str(path)})
    if not path.is_file():
        return Problem("document-not-a-file", str(path))
    if (form := _table(path)) is not None:
        return Problem("document-format", str(path), params={"what": form})
    return whole_paragraphs(path)


def _table(path: Path) -> str | None:
    """What kind of table a file is, if it is one; what cannot be read at all is left to be told by whoever reads it."""
    try:
        raw = load(path.parent, path.name)
        if is_packed(raw):
            return "Excel" if XlsxReader().claims(raw) else None
        return _TABLES.get(read(raw).format)
    except UnreadableError:
        return None
