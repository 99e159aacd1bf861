"""The cells of a line: a table as text, parted by strokes, tabs, wide gaps or single spaces; and cells said as a sentence."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from mapper.corpus.textmap import TextMap

FIGURE = r"[(（+＋-]?\d[\d,，]*(?:\.\d+)?"
"""A figure of a table, with its sign or the bracket it opens with; what may follow it is another matter with every reader."""
MARKS = tuple(
    re.compile(mark)
    for mark in (
        r"(?<!\s)\s+\|\s*|\|\s+", r"(?:(?<!\s)\s+)?[｜|│┃]\s*", r"(?<!\s)\s*\t\s*", r"(?<!\s)\s*[ \u3000]{2,}\s*", r"\s+",
    )
)
"""What parts cells, the surest first; single spaces last. White space is looked at from its beginning only: a line may be all of it."""
_PARTING = re.compile(r"[\s|｜│┃]")
"""What each of them has a character of: most lines have none."""


def parted(words: TextMap, mark: re.Pattern[str] | None = None) -> tuple[list[TextMap], re.Pattern[str] | None]:
    """The cells of a line, and by what they were told: by ``mark``, or by the surest mark that occurs in it."""
    line = words.strip()
    if mark or _PARTING.search(line.text):
        for one in (mark,) if mark else MARKS:
            if one.search(line.text):
                return _split(line, one), one
    return [line], None


def _split(words: TextMap, mark: re.Pattern[str]) -> list[TextMap]:
    cells: list[TextMap] = []
    start = 0
    for match in mark.finditer(words.text):
        cells.append(words[start : match.start()].strip())
        start = match.end()
    cells.append(words[start:].strip())
    while cells and not cells[0].text:
        cells.pop(0)
    while cells and not cells[-1].text:
        cells.pop()
    return cells


def said(parts: Sequence[TextMap | str]) -> TextMap:
    """Cells and the words between them as one text; words of ours stand where the character before them does."""
    texts: list[str] = []
    starts, ends = array("q"), array("q")
    waiting = ""
    for part in parts:
        if isinstance(part, TextMap):
            if not part.text:
                continue
            if waiting:
                texts.append(waiting)
                starts.extend([part.starts[0]] * len(waiting))
                ends.extend([part.ends[0]] * len(waiting))
                waiting = ""
            texts.append(part.text)
            starts.extend(part.starts)
            ends.extend(part.ends)
        elif starts:
            texts.append(part)
            starts.extend([starts[-1]] * len(part))
            ends.extend([ends[-1]] * len(part))
        else:
            waiting += part
    return TextMap("".join(texts), starts, ends)
