"""Blocks → paragraphs with a part in the document: heading, caption or body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mapper.corpus.cells import FIGURE
from mapper.corpus.datewords import is_dateline
from mapper.corpus.reading import Block
from mapper.corpus.sections import rank
from mapper.corpus.textmap import TextMap, joined
from mapper.corpus.unfold import unfold
from mapper.model import Role
from mapper.rules import pattern

_HEADING_LENGTH = 40
_ENDS = re.compile(r"[。！？!?；;，,、….：:]$|→")
_BRACKETED = re.compile(r"【[^】\d]{2,20}】[:：]?")
_LIST_ITEM = re.compile(r"(?:[-*•●◆■▪·]|\d{1,2}[.．、)）]|[（(]\d{1,2}[)）]|【\d+】)\s*\S")
_HEADING = re.compile(r"[\w“「『《（(【·•◆■●§#].*[\u3400-\u9fffA-Za-z]{2}")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\s*(?:20\d\d\s?年)?[\u3400-\u9fff（）()“”、和与及A-Za-z]{2,24}")
"""11.31消费者权益保护: a heading of a report with numbered parts."""
_GOES_ON = re.compile(r"[，、；。）]|[（(](?![一二三四五六七八九十\d]{1,3}[）)])[^（()）]{4,}[）)][^（()）]")
"""With such a mark, or words in brackets that number nothing, no paragraph begins."""
_SLACK = 4
"""Characters by which wrapped lines differ."""
_MOST_CUT = 4
"""Lines that go on after a line that was cut."""
_DASHED = re.compile(r"[—－─]{1,3}\s*[\u3400-\u9fff“”]{2,24}")
"""——风险管理委员会: the head of an item of several sentences."""
_HEAD = 5
"""Paragraphs at the beginning, among which a line with a day is that of the document."""
_PROSE = 30
"""Characters of a paragraph below a title at least."""
_LIST = 4
"""Short lines one below the other that are a list."""
_CAPTION_LENGTH = 90
_CAPTIONS = ("caption", "banner", "portrait")
_FIGURES_LENGTH = 200
_CLAUSE = re.compile(r"[。；，！？]")
_STROKE = re.compile(r"[|｜].*[|｜]|[|｜]\s*[(（-]?\d")
_CELLS = re.compile(r"[\s|｜]+")
_WIDE = re.compile(r"[ \u3000]{2,}|\t+")
_FEWEST_CELLS, _CELL_LENGTH = 3, 16
_FIGURE = re.compile(FIGURE + r"[%％]?[)）]?|[-—–]+|不适用")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the document, repaired and mapped to the decoded original."""

    words: TextMap
    role: Role = "body"
    page: int | None = None
    linked: float = 0.0
    speaker: str | None = None
    place: str | None = None
    single: bool = False
    facts: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The repaired text."""
        return self.words.text


def paragraphs(blocks: Iterable[Block]) -> list[Paragraph]:
    """Split blocks that hold several paragraphs run together, and say what each is."""
    found: list[Paragraph] = []
    sure: list[bool] = []
    listed = list(blocks)
    for block, row in zip(listed, _rows(listed), strict=True):
        for words in [block.words.strip()] if block.whole or row else unfold(block.words):
            if re.search(r"\w", words.text):
                role: Role = "body" if block.single else "caption" if row else _role(words.text, block)
                found.append(
                    Paragraph(words, role, block.page, block.linked, place=block.place, single=block.single, facts=block.facts)
                )
                sure.append(block.kind in ("heading", "title") or (role == "heading" and is_topic(words.text)))
    return _with_head(_without_lists(*_mended(found, sure)))


def _role(text: str, block: Block) -> Role:
    if _BRACKETED.fullmatch(text) or (block.kind in ("heading", "title") and len(text) <= 3 * _HEADING_LENGTH):
        return "heading"
    if len(text) <= _CAPTION_LENGTH and (block.kind == "caption" or any(_is(text, id) for id in _CAPTIONS) or _is_byline(text)):
        return "caption"
    if block.kind == "text" and is_topic(text):
        return "heading"
    if block.kind not in ("item", "row") and (_NUMBERED.fullmatch(text) or _DASHED.fullmatch(text)):
        return "heading"
    if _is_figures(text):
        return "caption"
    if _is(text, "labelled") or block.kind in ("item", "row") or _STROKE.search(text):
        return "body"
    if len(text) > _HEADING_LENGTH or _ENDS.search(text) or _LIST_ITEM.match(text):
        return "body"
    return "heading" if "。" not in text and _HEADING.match(text) and not _is(text, "cut") else "body"


def is_topic(text: str) -> bool:
    """Whether a numbered line or sentence only names what follows, though a stop ends it: «二、消保审查。»."""
    return _is(text, "topic")


def _is_byline(text: str) -> bool:
    return bool(pattern("titles", "byline").match(text)) and not re.search("[。；！？]|，[^，]{6}", text)


def _is(text: str, id: str) -> bool:
    """Whether a line is what a rule of the sheet «paragraphs» describes."""
    return pattern("paragraphs", id).match(text) is not None


def _with_head(found: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs with the first line as the title that it is, and the lines below it that give the day as no headings."""
    dated = [i for i, one in enumerate(found[:_HEAD]) if i and one.role == "heading" and is_dateline(one.text)]
    for i in dated:
        found[i] = replace(found[i], role="caption")
    if len(found) > 1 and found[0].role == "body" and not found[0].single and _is(found[0].text, "title-line"):
        below = found[1]
        prose = below.role == "body" and len(below.text) >= _PROSE and below.text.rstrip("”」）)").endswith(("。", "！", "？"))
        if prose or below.role == "caption" or _is_imprint(below.text):
            found[0] = replace(found[0], role="heading")
    return found


def _is_imprint(text: str) -> bool:
    """Whether a line says where a text is from, or when it was published."""
    known = (pattern("pages", id).match(text) for id in ("line-imprint", "line-time"))
    return len(text) <= _CAPTION_LENGTH and (any(known) or is_dateline(text))


def _mended(found: Sequence[Paragraph], sure: Sequence[bool]) -> tuple[list[Paragraph], list[bool]]:
    """The paragraphs with the lines that go on with a cut one joined to it, and for each whether it is surely a heading."""
    result: list[Paragraph] = []
    kept: list[bool] = []
    left = 0
    for paragraph, is_sure in zip(found, sure, strict=True):
        before = result[-1] if result else None
        follows = before is not None and before.role == "body" and len(before.text) > _HEADING_LENGTH and not before.single
        open_ = left > 0 or (follows and _GOES_ON.match(paragraph.text))
        open_ = open_ and result[-1].page == paragraph.page and not _ENDS.search(result[-1].text)
        open_ = open_ and not (left == _MOST_CUT and _is_told(result[-1].text, paragraph.text)) and not _is_imprint(paragraph.text)
        if open_ and not is_sure and paragraph.role == "body" and not (paragraph.single or paragraph.place or _opens(paragraph.text)):
            result[-1] = replace(result[-1], words=joined([result[-1].words, paragraph.words]))
            left -= 1
            continue
        cut = paragraph.role == "body" and not (paragraph.single or paragraph.place or is_sure)
        left = _MOST_CUT if cut and len(paragraph.text) <= _HEADING_LENGTH and _is(paragraph.text, "cut") else 0
        result.append(paragraph)
        kept.append(is_sure)
    return result, kept


def _is_told(line: str, following: str) -> bool:
    """Whether a line that ends in a figure is whole: what was cut off at the width of a page is as long as the line below it."""
    whole = _is(line, "whole-figure") and not _GOES_ON.match(following) and _ENDS.search(following)
    return bool(whole) and len(following) > len(line) + _SLACK


def _opens(text: str) -> bool:
    """Whether a line begins something of its own."""
    return bool(_LIST_ITEM.match(text) or _BRACKETED.match(text) or _STROKE.search(text))


def _is_figures(text: str) -> bool:
    """Whether this is a row of bare figures: nothing says what they count, so it tells nothing that anybody does."""
    if len(text) > _FIGURES_LENGTH or _CLAUSE.search(text):
        return False
    cells = [cell for cell in _CELLS.split(text) if cell]
    figures = sum(bool(_FIGURE.fullmatch(cell)) for cell in cells)
    return figures > 1 and 2 * figures >= len(cells)


def _rows(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks are rows of a table whose columns are set apart by spaces alone: of short cells, with two figures at least,
    and the row of their heads above them."""
    cells = [_WIDE.split(block.words.text.strip()) if block.kind == "text" else [] for block in blocks]
    short = [
        len(row) >= _FEWEST_CELLS and all(len(cell) <= _CELL_LENGTH and not _CLAUSE.search(cell) for cell in row) for row in cells
    ]
    told = [fits and sum(bool(_FIGURE.fullmatch(cell)) for cell in row) > 1 for row, fits in zip(cells, short, strict=True)]
    below = zip(cells[1:], told[1:], strict=True)
    heads = [told_below and len(row) == len(under) for row, (under, told_below) in zip(cells, below, strict=False)]
    return [one or (fits and head) for one, fits, head in zip(told, short, [*heads, False], strict=False)]


def _without_lists(found: Sequence[Paragraph], sure: Sequence[bool]) -> list[Paragraph]:
    """Short lines in a run of four or more are a list, not headings; so are those that end the document.

    Headings below headings of a higher rank are none; and what names the report itself is no statement of a list either.
    """
    result = list(found)
    start = 0
    while start < len(result):
        end = start
        while end < len(result) and result[end].role == "heading" and not sure[end]:
            end += 1
        last = end == len(result)
        if last and start == 0 and end > 0:  # a document of such lines alone: its title is the first of several
            start = min(1, end - 1)
            result[start:] = [replace(one, role="body") for one in result[start:]]
        elif start > 0 and (last or end - start >= _LIST):
            for i in range(start, end if last else _nested(result, start, end)):
                result[i] = replace(result[i], role="caption" if _names_report(result[i].text) else "body")
        start = max(end, start + 1)
    return result


def _nested(found: Sequence[Paragraph], start: int, end: int) -> int:
    """Where in a run of headings those begin of which each is below the one before; at least the last is such a one."""
    first = end - 1
    below = rank(found[first].text)
    while first > start and below is not None and (above := rank(found[first - 1].text)) is not None and above < below:
        first, below = first - 1, above
    return first


def _names_report(text: str) -> bool:
    """Whether a line is the name of a report, as a cover or a running head bears it."""
    return len(text) <= _HEADING_LENGTH and pattern("titles", "report-name").match(text) is not None
