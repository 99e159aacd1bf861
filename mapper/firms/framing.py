"""What stands around a document's text: the lines above it, and the signature below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from mapper.firms import cues
from mapper.model import DocumentText

HEAD_PASSAGES = 6
"""Passages at the top in which head lines are looked for."""
_FOOT = 5
"""Passages at the bottom in which somebody signs."""
_LINE = 70
"""A head line is no longer than this."""
_DATE = re.compile(
    r"\s*[\d〇○零一二三四五六七八九]{4}\s*年\s*"
    r"[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?\s*"
)
_SEAL = re.compile(r"[（(][^）)]{0,8}章[）)]\s*$")


def names(document: DocumentText) -> tuple[str, ...]:
    """What a document is called outside its text: its title and its publisher, where they are known, and last its file name."""
    about = document.document
    return (*filter(None, (about.title, about.publisher)), PurePosixPath(about.path).stem)


def head_lines(document: DocumentText) -> Iterator[str]:
    """Title, publisher, the lines above the text, and the file name, in this order."""
    *named, stem = names(document)
    yield from named
    for passage in document.passages[:HEAD_PASSAGES]:
        if len(passage.text) > _LINE or (passage.role == "body" and passage.text.endswith("。")):
            break
        yield passage.text
    yield stem


def signature(document: DocumentText) -> str:
    """The line that stands below a document by itself, behind whole sentences, not behind a label or in a list.

    A date and to whom copies go may stand below it.
    """
    lines = [passage.text for passage in document.passages[-_FOOT:]]
    while lines and (_DATE.fullmatch(lines[-1]) or cues.BELOW_SIGNATURE.match(lines[-1])):
        lines.pop()
    return _SEAL.sub("", lines[-1]) if len(lines) > 1 and lines[-2].rstrip("”）)").endswith(("。", "！")) else ""


def signed_by_authority(document: DocumentText) -> bool:
    """Whether the name of an authority or a court, and no more, stands below a document: it tells what it found."""
    return cues.AUTHORITY_SIGNS.fullmatch(signature(document)) is not None
