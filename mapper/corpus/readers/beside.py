"""What an Office file holds beside its text: running heads, comments, text boxes on sheets.

Running heads are furniture, as they are in a PDF. A comment is what somebody remarked on the text and no evidence of
what a firm does; text boxes on a sheet stand in no row. What is not read is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapper.corpus.readers.archive import Archive, local

_HEADS = re.compile(r"word/(?:header|footer)\d{0,9}\.xml")
_COMMENTS = re.compile(r"word/comments\.xml|xl/(?:comments/?|threadedComments/threadedComment)[^/]{0,99}\.xml")
_DRAWINGS = re.compile(r"xl/drawings/[^/]{1,99}\.xml")
_HEAD_LENGTH = 60
"""Characters of a running head, as in a PDF."""
_STOP = re.compile(r"[。！？；]")


def heads(archive: Archive) -> tuple[int, int]:
    """Characters of the running heads of a Word file, and how many sentences stand among them, which no running head is."""
    lines = [line for name in _named(archive, _HEADS) for line in _lines(archive, name, ("p",))]
    said = sum(len(line) > _HEAD_LENGTH or bool(_STOP.search(line)) for line in lines)
    return sum(map(len, lines)), said


def unread(archive: Archive) -> Iterator[tuple[str, dict[str, str]]]:
    """Codes of problems for comments and for text boxes on sheets, with how many there are."""
    for code, parts, ends in (
        ("comments-unread", _COMMENTS, ("comment", "threadedComment")),
        ("boxes-unread", _DRAWINGS, ("sp",)),
    ):
        if count := sum(len(_lines(archive, name, ends)) for name in _named(archive, parts)):
            yield code, {"count": str(count)}


def _named(archive: Archive, parts: re.Pattern[str]) -> list[str]:
    return sorted(filter(parts.fullmatch, archive.names))


def _lines(archive: Archive, name: str, ends: tuple[str, ...]) -> list[str]:
    """The words of each element of these names, without white space; those that hold none are passed over."""
    found: list[str] = []
    words: list[str] = []
    for event, element in archive.aside(name):
        tag = local(element.tag)
        if event == "end" and tag in ("t", "text"):
            words += (element.text or "").split()
        elif event == "end" and tag in ends:
            found.append("".join(words))
            words.clear()
    return [line for line in found if line]
