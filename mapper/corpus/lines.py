"""Lines → paragraphs: tells a line that ends because the page was full from one that ends a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mapper.corpus.textmap import TextMap, joined

_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_OPENS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百\d]{1,4}[)）、]|第[一二三四五六七八九十百\d]{1,4}[章节条、，]|\d{1,2}[.．]\s?\D|[-*•●◆■▪➢✓※【〖\uf000-\uf0ff])"
)
_ENDS = re.compile(r"""[。！？!?；;：:…]["”’」』）)】]*\s*$""")
_INDENT = re.compile(r"[ \t]{2,}|[\u3000\u00a0]+")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}\s*$")
_LATIN = re.compile(r"[A-Za-z0-9,.;:)%]")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)
_NUMBERED = re.compile(
    r"^\W*\d{1,4}(?![\d.,年%％])|(?:第|Page)?(?<![\d.,])\d{1,4}(?:页)?[^\w%％]*$", re.IGNORECASE
)
"""The number of a page at either end of a running head; decimals and per cents are figures of a sentence."""
_NARROWEST = 40
_WIDEST = 240
_FEWEST = 4
_SLACK = 6
_SHARE = 0.4


def wrap_width(text: str) -> int:
    """Columns by which programs wrap a text: two for a Han character, one for every other, as they count them."""
    return len(text) + len(_WIDE.findall(text))


def unnumbered(head: str) -> str:
    """A running head without the number of its page, which is what the heads of several pages share."""
    return _NUMBERED.sub("", head)


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


@dataclass(frozen=True)
class Page:
    """The width at which lines were wrapped: ``full`` by the ``measure`` (columns, or characters)."""

    full: int
    measure: Callable[[str], int]

    def room(self, line: str) -> int:
        """Columns left at the end of a line."""
        return (self.full - self.measure(line.rstrip())) * (2 if self.measure is len else 1)


def page(rows: Sequence[TextMap]) -> Page | None:
    """The page that these lines fill, or None where nothing was wrapped.

    Wrapped lines fill the page to within a character or two; paragraphs, headings and lists end where they like. Some
    programs count columns, where a Han character takes two, and some count characters.
    """
    best: tuple[float, Page] | None = None
    for measure in (wrap_width, len):
        sizes = sorted(measure(row.text.rstrip()) for row in rows)
        if len(sizes) < _FEWEST:
            return None
        found = Page(sizes[int(len(sizes) * 0.9)], measure)
        columns = 2 if measure is len else 1
        if not _NARROWEST <= found.full * columns <= _WIDEST or sizes[-1] > found.full * 1.3:
            continue
        share = sum(abs(found.full - size) * columns <= _SLACK for size in sizes) / len(sizes)
        if share >= _SHARE and (best is None or share > best[0]):
            best = share, found
    return best[1] if best else None


def unwrap(groups: Sequence[Sequence[TextMap]]) -> list[TextMap]:
    """Join wrapped lines. Each group holds lines with nothing blank between them; none are joined across groups."""
    fitting = page([row for group in groups for row in group])
    return [
        glue(paragraph)
        for group in groups
        for paragraph in grouped(group, lambda before, after: bool(fitting and continues(before, after, fitting)))
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


def continues(line: str, following: str, fitting: Page) -> bool:
    """Whether ``following`` goes on with the paragraph that ``line`` was wrapped in, on a page of this width."""
    return runs_on(line, following, fitting.room(line))


def runs_on(line: str, following: str, room: float) -> bool:
    """The same, where ``room`` columns (of half a Han character) are left at the end of ``line``."""
    if opens(following) or line[:3] == following[:3] or _DATED.search(line):
        return False
    return room <= 2 if _ENDS.search(line) else room <= 8


def is_unfinished(line: str) -> bool:
    """Whether a line ends within a sentence."""
    return not _ENDS.search(line)


def opens(line: str) -> bool:
    """Whether a line begins a paragraph or an item of a list."""
    return bool(_INDENT.match(line) or _OPENS.match(line))


def _apart(last: str, first: str) -> bool:
    """Whether two lines are joined with a space: Latin words are, a number that was broken is not."""
    return bool(_LATIN.match(last) and _LATIN.match(first)) and not (last in "0123456789.," and first.isdigit())


def glue(rows: Sequence[TextMap]) -> TextMap:
    """Lines as one text: Latin words keep a space between them, Han characters have none."""
    parts: list[TextMap] = []
    for row in rows:
        row = row.strip()
        if parts and row.text and _apart(parts[-1].text[-1], row.text[0]):
            parts.append(TextMap(" ", [parts[-1].end], [row.start]))
        if row.text:
            parts.append(row)
    return joined(parts)
