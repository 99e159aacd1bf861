"""What an Office file holds beside its text: running heads, comments, diagrams, charts, text boxes on sheets.

Running heads are furniture, as they are in a PDF. A comment is what somebody remarked on the text and no evidence of
what a firm does; text boxes on a sheet stand in no row, the words of a chart in no sentence. What is not read is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape

from mapper.archive import Archive, local
from mapper.corpus.reading import Missing, counted

_HEADS = re.compile(r"word/(?:header|footer)\d{0,9}\.xml")
_COMMENTS = re.compile(r"word/comments\.xml|xl/(?:comments/?|threadedComments/threadedComment)[^/]{0,99}\.xml")
_DRAWINGS = re.compile(r"(?:word|xl)/drawings/[^/]{1,99}\.xml|(?:word|xl)/diagrams/data\d{0,9}\.xml")
_CHARTS = re.compile(r"(?:word|xl)/charts/chart(?:Ex)?\d{0,9}\.xml")
_FIGURES = frozenset({"numCache", "numLit", "numDim"})
"""What holds the figures of a chart."""
_PICTURES = ("equation", "pbrush", "paint")
"""How programs are called whose objects hold formulas and pictures."""
_HEAD_LENGTH = 60
"""Characters of a running head, as in a PDF."""
_MOST, _LARGEST = 300, 4_000_000
"""Parts that are looked at, and bytes of one; nobody wrote more by hand."""
_TAIL = 30_000
"""Bytes at the end of a sheet, where its running heads stand."""
_SHEET_HEAD = re.compile(rb"<(?:\w{1,9}:)?(?:odd|even|first)(?:Header|Footer)>([^<]{1,4000})<")
_HEAD_CODE = re.compile(r'&(?:"[^"]*"|[A-Za-z]|\d+)')
"""Fonts, sizes and fields in a running head of a sheet."""
_STOP = re.compile(r"[。！？；]")


def heads(archive: Archive) -> tuple[int, int]:
    """Characters of the running heads of a Word file, and how many sentences stand among them, which no running head is."""
    dropped = said = 0
    for name in _named(archive, _HEADS):
        for line in _lines(archive, name, ("p",)):
            dropped += len(line or "")
            said += line is None or _is_running_text(line)
    return dropped, said


def sheet_heads(archive: Archive, sheets: Iterable[str]) -> int:
    """How many sentences stand among the running heads of the sheets of a workbook, behind their cells."""
    said = 0
    for name in sheets:
        for words in _SHEET_HEAD.findall(archive.part(name)[-_TAIL:]):
            line = _HEAD_CODE.sub("", unescape(words.decode("utf-8", "replace")))
            said += _is_running_text(line)
    return said


def _is_running_text(line: str) -> bool:
    """Whether a line goes on like text, as no running head does."""
    return len(line) > _HEAD_LENGTH or bool(_STOP.search(line))


def unread(archive: Archive, known: Collection[str] = ()) -> Iterator[Missing]:
    """Codes of problems for comments, for diagrams and text boxes on sheets, and for charts, with how many there are.

    ``known``: what is read anyway; a chart that holds no other words is not told.
    """

    def lines(parts: re.Pattern[str], *ends: str) -> int:
        return sum(1 for name in _named(archive, parts) for _ in _lines(archive, name, ends))

    return counted({
        "comments-unread": lines(_COMMENTS, "comment", "threadedComment"),
        "boxes-unread": lines(_DRAWINGS, "sp", "dataModel"),
        "charts-unread": sum(not _chart_words(archive, name) <= {"", *known} for name in _named(archive, _CHARTS)),
    })


def is_document(program: str) -> bool:
    """Whether an object that was made with this program and put into a file may hold a text."""
    return not program.lower().startswith(_PICTURES)


def _chart_words(archive: Archive, name: str) -> set[str]:
    """The words of a chart, each title and label, without its figures; a sign of them where it is too large to look at."""
    if archive.size(name) > _LARGEST:
        return {name}
    words: set[str] = set()
    title = ""
    figures = 0
    for event, element in archive.aside(name):
        tag = local(element.tag)
        figures += (tag in _FIGURES) * (1 if event == "start" else -1)
        if event == "start":
            continue
        said = " ".join((element.text or "").split())
        if tag == "t":
            title += said
        elif tag in ("p", "v", "pt") and not figures:
            words.add(title if tag == "p" else said)
            title = ""
        element.clear()
    return {one for one in words if any(char.isalpha() for char in one)}


def _named(archive: Archive, parts: re.Pattern[str]) -> list[str]:
    """The parts of such names; nobody wrote more of them by hand."""
    return sorted(filter(parts.fullmatch, archive.names))[:_MOST]


def _lines(archive: Archive, name: str, ends: tuple[str, ...]) -> Iterator[str | None]:
    """The words of each element of these names, without white space; those that hold none are passed over.

    None for a part that is too large to look at.
    """
    if archive.size(name) > _LARGEST:
        yield None
        return
    words: list[str] = []
    for event, element in archive.aside(name):
        if event == "start":
            continue
        tag = local(element.tag)
        if tag in ("t", "text"):
            words += (element.text or "").split()
        elif tag in ends:
            if words:
                yield "".join(words)
            words.clear()
        element.clear()
