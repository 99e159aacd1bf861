"""Lines → paragraphs: tells a line that ends because the page was full from one that ends a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from unicodedata import east_asian_width

from mapper.corpus.textmap import TextMap, joined

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_OPENS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百\d]{1,4}[)）、]|第[一二三四五六七八九十百\d]{1,4}[章节条、，]|\d{1,2}[.．]\s?\D|[-*•●◆■▪➢✓※【〖\uf000-\uf0ff])"
)
_ENDS = re.compile(r"""[。！？!?；;：:…]["”’」』）)】]*\s*$""")
_INDENT = re.compile(r"[ \t]{2,}|[\u3000\u00a0]+")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}\s*$")
_LATIN = re.compile(r"[A-Za-z0-9,.;:)%]")
_NARROWEST = 40
_WIDEST = 240


def width(text: str) -> int:
    """Columns that a text takes on a terminal: two for a Han character, one for a letter."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def lines(text: str, offset: int = 0) -> Iterator[TextMap]:
    """The lines of a text that are not blank, without their ends but with their indent."""
    for match in _LINE.finditer(text):
        if match.group().strip():
            yield TextMap.of(match.group(), offset + match.start())


def stanzas(text: str, offset: int = 0) -> Iterator[list[TextMap]]:
    """The lines of a text in groups that blank lines or page ends part."""
    group: list[TextMap] = []
    end = 0
    for row in lines(text, offset):
        gap = text[end : row.start - offset]
        if group and ("\f" in gap or len(gap.replace("\r\n", "\n")) > 1):
            yield group
            group = []
        group.append(row)
        end = row.end - offset
    if group:
        yield group


def full_width(rows: Sequence[TextMap]) -> int | None:
    """The width at which these lines were wrapped, or None where nothing was.

    Wrapped lines fill the page to within one character; paragraphs, headings and lists end where they like.
    """
    widths = sorted(width(row.text.rstrip()) for row in rows)
    if len(widths) < 4:
        return None
    widest = widths[int(len(widths) * 0.9)]
    full = sum(1 for one in widths if widest - 6 <= one <= widest + 6)
    return (
        widest if _NARROWEST <= widest <= _WIDEST and full >= 0.4 * len(widths) and widths[-1] <= widest * 1.3 else None
    )


def unwrap(groups: Sequence[Sequence[TextMap]]) -> list[TextMap]:
    """Join wrapped lines. Each group holds lines with nothing blank between them; none are joined across groups."""
    full = full_width([row for group in groups for row in group])
    return [
        glue(paragraph)
        for group in groups
        for paragraph in grouped(group, lambda before, after: bool(full) and continues(before, after, full or 0))
    ]


def grouped(rows: Sequence[TextMap], goes_on: Callable[[str, str], bool]) -> Iterator[list[TextMap]]:
    """The rows in runs, each row after the first going on with the one before it."""
    run: list[TextMap] = []
    for row in rows:
        if run and not goes_on(run[-1].text, row.text):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def continues(line: str, following: str, full: int) -> bool:
    """Whether ``following`` goes on with the paragraph that ``line`` was wrapped in, at a width of ``full`` columns."""
    if _INDENT.match(following) or _OPENS.match(following) or line[:3] == following[:3] or _DATED.search(line):
        return False
    room = full - width(line.rstrip())
    return room <= 2 if _ENDS.search(line) else room <= 8


def glue(rows: Sequence[TextMap]) -> TextMap:
    """Lines as one text: Latin words keep a space between them, Han characters have none."""
    parts: list[TextMap] = []
    for row in rows:
        row = row.strip()
        if parts and row.text and _LATIN.match(parts[-1].text[-1]) and _LATIN.match(row.text[0]):
            parts.append(TextMap(" ", [parts[-1].end], [row.start]))
        if row.text:
            parts.append(row)
    return joined(parts)
