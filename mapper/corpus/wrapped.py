"""Which lines of a report go on with the one before: by the width of the prose around them, across page furniture.

A report taken from paper is wrapped at one width, but many of its lines are cells of tables, heads and page numbers.
A line is therefore measured by the prose lines near it. Every stage looks at each line a bounded number of times.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from mapper.corpus.footnotes import MOST_LINES, note
from mapper.corpus.lines import Page, is_unfinished, opens, runs_on, unnumbered, wrap_width
from mapper.corpus.noticerow import label
from mapper.rules import pattern

_NARROWEST, _WIDEST = 40, 240
"""Columns of a line that may be wrapped prose."""
_NEAR = ((3, 4, 3), (7, 3, 2))
"""Prose lines on either side by which a line is measured, the nearest first, since a page may hold several widths; how
many of them must be of one width, and how many of those must end within a sentence."""
_FULL = 8
"""Columns by which wrapped lines differ: a Han mark that may not begin a line, a word that may not be broken."""
_OUTLIERS = 0.25
_SHARE = 0.6
"""Share of the lines which end within a sentence that must fill that width: headings and cells end where they like."""
_COUNTED = 8
"""Lines that end within a sentence, by which it is told how a text was wrapped."""
_RUN_TOGETHER = (2, 3)
"""Lines of the page of which some program made one: it ends where they do, and is as wide as all of them."""
_HEAD_LENGTH = 40
_NUMBER_LENGTH = 12
_MOST_HEADS = 8
"""Lines of furniture between two pages."""
_OFTEN = 4
_STEP = 9
"""Pages between two places of a running head."""
_PAGE = 12
"""Lines of a page at least, by which its head is told from a cell beside the number of its row."""
_MARGIN = 3
_HAN = re.compile(r"[\u3400-\u9fff]")
_CELLS = re.compile(
    r"\S(?:[ \t]{2,}|\t)\S.*\S(?:[ \t]{2,}|\t)\S|[|｜│].*[|｜│]|^\d{1,6},(?:[^,]*,){4}"
    r"|[\u3400-\u9fff）)](?:[ \u3000]{2,}|\t)[(（+＋-]?\d[\d,，.]*[%％)）]?$"
)
"""Three cells and more, or a name and its figure."""
_MARK = re.compile(r"[。；！？，、：]")
_STOP = re.compile(r"[。！？]")
_CLAUSE = re.compile(r"[，；]")
_PROSE = re.compile(r"[。；，]")
_ENDED = re.compile(r"[。！？]\s*$")
_LABEL = re.compile(r"\s*([^\s：:，,。]{2,16})\s*[:：]")
_CELL = re.compile(r"[(（+＋-]?\d[\d,，.年月日末%％)）]*|不适用|[-—–]")
_ROW = 200
"""Characters of a row of a table at most."""
_BARE = re.compile(r"\d$")
_COMMA = re.compile(r"[，、]\s*$")
_IN_PROSE = re.compile(r"[，、。；]")
_FIGURES_APART = re.compile(r"\d[%％]?\s+[(（+＋-]?\d")
_FEWEST_MARKS = 2
"""Marks of prose in a line that is prose though most of it is figures."""


@dataclass(frozen=True)
class WrappedLine:
    """A line: ``gap`` says that a blank line parts it from the one before, ``page`` that a page ends before it,
    ``bound`` that the format itself says it goes on, ``wall`` that nothing before it can."""

    text: str
    gap: bool = False
    page: bool = False
    bound: bool = False
    wall: bool = False


def grouped(
    rows: Sequence[WrappedLine], fitting: Callable[[], Page | None] = lambda: None
) -> tuple[list[list[int]], list[int]]:
    """The numbers of the lines of each paragraph, and those of running heads and page numbers, which are left out.

    ``fitting`` finds the page where all lines share one width; without it, each is measured by its neighbours. Where every
    line stands by itself, none is measured.
    """
    heads = _heads(rows)
    apart = not any(heads) and all(row.gap and not row.page for row in rows[1:])
    rooms = [None] * len(rows) if apart else _rooms(rows, heads, fitting())
    left: list[int] = sorted(_running(rows, heads))
    gone = set(left)
    groups: list[list[int]] = []
    waiting: list[list[int]] = []
    i = 0
    while i < len(rows):
        if i in gone:
            i += 1
            continue
        if not groups or not groups[-1]:
            groups.append([i])
        after, notes = _beyond(rows, i, lambda one: one in gone or heads[one])
        cut = after > i + 1
        if cut and after < len(rows) and _continues(rows, i, after, rooms, cut=True):
            left += [one for one in range(i + 1, after) if one not in gone and not any(one in lines for lines in notes)]
            gone.update(range(i + 1, after))
            waiting += notes
            groups[-1].append(after)
            i = after
        elif i + 1 < len(rows) and i + 1 not in gone and _continues(rows, i, i + 1, rooms, cut=False):
            groups[-1].append(i + 1)
            i += 1
        else:
            groups += [*waiting, []]
            waiting = []
            i += 1
    return [group for group in [*groups, *waiting] if group], sorted(left)


def _beyond(rows: Sequence[WrappedLine], at: int, passes: Callable[[int], bool]) -> tuple[int, list[list[int]]]:
    """The line after the furniture and the footnotes below a line, and the lines of each of these notes."""
    after, notes = at + 1, []
    open_ = is_unfinished(rows[at].text)
    while after < len(rows) and after - at <= _MOST_HEADS and not rows[after].bound:
        if passes(after):
            after += 1
            continue
        texts = [row.text for row in rows[after : after + MOST_LINES]] if open_ else []
        count = note(texts, rows[at].text) if texts else 0
        if not count:
            break
        notes.append(list(range(after, after + count)))
        after += count
    return after, notes


def _breaks_name(line: str, following: str) -> bool:
    """Whether a line ends within the legal name of a company, whatever its width."""
    return "公司" in following and bool(_HAN.match(line[-1:]) and pattern("furniture", "broken-name").match(following))


def _counts(line: str, following: str) -> bool:
    """Whether a line ends in a figure whose unit begins the next one."""
    return bool(_BARE.search(line) and pattern("furniture", "counts").match(following)) and not _CELLS.search(line.strip())


def _continues(rows: Sequence[WrappedLine], one: int, other: int, rooms: Sequence[float | None], *, cut: bool) -> bool:
    line, following = rows[one], rows[other]
    if following.bound or (not following.gap and (_breaks_name(line.text, following.text) or _counts(line.text, following.text))):
        return True
    if _is_row(following.text) or _is_row(line.text):
        return False
    if cut and any(is_page_number(row.text) for row in rows[one + 1 : other]) and _is_open(line.text, following.text):
        return True
    room = rooms[one]
    labelled = _LABEL.match(following.text)
    if labelled and (_LABEL.match(line.text) or label(labelled.group(1))):
        return False
    if room is None or following.wall or (following.gap and not following.page and not cut):
        return False
    if not is_unfinished(line.text) and _is_head(following.text, rooms[other]):
        return False
    if not cut and not following.page:
        if not runs_on(line.text, following.text, room) and not (
            _COMMA.search(line.text) and rooms[other] is not None and not opens(following.text)
        ):
            return False
    elif not is_unfinished(line.text) or opens(following.text) or (room > _FULL and not _COMMA.search(line.text)):
        return False
    return rooms[other] is not None or not _is_cell(rows, other)


def _is_row(text: str) -> bool:
    """Whether a line is a name and two figures or years behind it: a row of a table, or of its heads."""
    cells = text.split() if len(text) <= _ROW and not _PROSE.search(text) else []
    return len(cells) > 2 and bool(_HAN.search(cells[0])) and all(_CELL.fullmatch(cell) for cell in cells[-2:])


def _is_open(line: str, following: str) -> bool:
    """Whether the end of a page cut a sentence, however wide its lines are: prose goes on behind prose that has not ended."""
    if not is_unfinished(line) or opens(following) or not _MARK.search(following) or _CELLS.search(line.strip()):
        return False
    long = len(line.strip()) > _HEAD_LENGTH and _CLAUSE.search(line)
    return bool(_STOP.search(line) or long or len(_CLAUSE.findall(line)) > 1 or _counts(line, following))


def _is_head(text: str, room: float | None) -> bool:
    """Whether a line stands alone after a whole sentence: the last line of a paragraph ends with a stop, other lines are full."""
    return is_unfinished(text) and (wrap_width(text.strip()) < _NARROWEST if room is None else room > _FULL)


def _is_cell(rows: Sequence[WrappedLine], number: int) -> bool:
    """Whether a short line is a cell of a table or a head rather than the last words of a paragraph."""
    text = rows[number].text.strip()
    if _STOP.search(text) or not is_unfinished(text):
        return False
    if not _HAN.search(text) or _CELLS.search(text):
        return True
    following = rows[number + 1].text.strip() if number + 1 < len(rows) else ""
    return wrap_width(text) < _NARROWEST and bool(following) and wrap_width(following) < _NARROWEST and not _MARK.search(following)


def _rooms(rows: Sequence[WrappedLine], heads: Sequence[bool], fitting: Page | None) -> list[float | None]:
    """Columns left at the end of each line of prose; None for what is none, and where nothing was wrapped."""
    if fitting:
        return [fitting.room(row.text) if _is_words(row.text) or _is_told(row.text) else None for row in rows]
    rooms: list[float | None] = [None] * len(rows)
    sizes = [_width(row.text.rstrip()) for row in rows]
    prose = [i for i, row in enumerate(rows) if not heads[i] and _is_prose(row.text, sizes[i])]
    if most := _counted([rows[i].text for i in prose]):
        sizes = [2 * len(row.text.rstrip()) for row in rows]
        known = set(prose)
        prose = [i for i, row in enumerate(rows) if i in known or (sizes[i] == 2 * most and _is_dense(row.text))]
    pieces = _pieces(rows, sizes)
    cut = {i for i in prose if is_unfinished(rows[i].text) and not _COMMA.search(rows[i].text)}
    usual = _usual([sizes[i] for i in cut])
    doubled = {i for i in cut if any(times * (usual - _FULL) <= sizes[i] <= times * usual + _FULL for times in _RUN_TOGETHER) and usual}
    single = [i for i in prose if i not in doubled]
    for i in prose:
        at = bisect_left(single, i)
        for reach, fewest, fewest_cut in _NEAR:
            near = single[max(0, at - reach) : at + reach + (i not in doubled)]
            widest = max((sizes[j] for j in near), default=0)
            whole = [pieces[j] if pieces[j] <= widest else sizes[j] for j in near]
            full = _full([(size, j in cut) for size, j in zip(whole, near, strict=True)], fewest, fewest_cut)
            if full is not None and full <= _WIDEST and (i in doubled or sizes[i] <= full + _FULL):
                rooms[i] = 0 if i in doubled else full - (pieces[i] if abs(full - pieces[i]) <= _FULL else sizes[i])
                break
        else:
            if usual and i in cut and usual - _FULL <= sizes[i] <= usual:
                rooms[i] = usual - sizes[i]
    return rooms


def _usual(cut: Sequence[int]) -> int:
    """The width that most lines fill which end within a sentence; 0 where they are few, or fill none."""
    often = Counter(cut)
    filling = {full: sum(often[full - less] for less in range(_FULL + 1)) for full in often}
    full, count = max(filling.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return full if count >= max(_COUNTED, _SHARE * len(cut)) else 0


def _counted(prose: Sequence[str]) -> int:
    """The characters, narrow or wide, after which lines were cut; 0 where they were not cut so.

    Most lines that end within a sentence have as many, and more than fill one width in columns: of lines of Han characters
    alone both are true.
    """
    cut = [text.rstrip() for text in prose if is_unfinished(text)]
    most, often = max(Counter(map(len, cut)).items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    if len(cut) < _COUNTED or often < _SHARE * len(cut):
        return 0
    sizes = Counter(map(_width, cut))
    filling = max(sum(sizes[full - less] for less in range(_FULL + 1)) for full in sizes)
    return most if often > filling else 0


def _width(text: str) -> int:
    """Columns of a line on paper, where quotation marks and dashes are as wide as Han characters."""
    return wrap_width(text) + sum(map(text.count, "“”‘’…—"))


def _pieces(rows: Sequence[WrappedLine], sizes: Sequence[int]) -> list[int]:
    """How wide each line was before somebody put every sentence on a line of its own: with the ends of sentences before."""
    whole: list[int] = []
    for i, row in enumerate(rows):
        joins = i > 0 and not row.gap and _ENDED.search(rows[i - 1].text) and not opens(row.text)
        whole.append(sizes[i] + (whole[i - 1] if joins else 0))
    return whole


def _full(near: Sequence[tuple[int, bool]], fewest: int, fewest_cut: int) -> int | None:
    """The width at which these lines were wrapped: most are no wider, several fill it, and some break off there."""
    ordered = sorted(near, reverse=True)
    for wider, (full, _) in enumerate(ordered):
        if wider > _OUTLIERS * len(ordered):
            return None
        filled = [was_cut for size, was_cut in ordered[wider:] if full - size <= _FULL]
        if len(filled) >= fewest and sum(filled) >= fewest_cut:
            return full if sum(filled) >= _SHARE * sum(was_cut for _, was_cut in ordered) else None
    return None


def _is_prose(text: str, size: int) -> bool:
    wordy = _is_words(text) and 2 * len(_HAN.findall(text)) >= len("".join(text.split()))
    return size >= _NARROWEST and (wordy or _is_told(text))


def _is_told(text: str) -> bool:
    """Whether a line full of figures tells them in a sentence, rather than side by side as a row of a table does."""
    return len(_IN_PROSE.findall(text)) >= _FEWEST_MARKS and _is_dense(text) and not _FIGURES_APART.search(text)


def _is_words(text: str) -> bool:
    """Whether a line is made of words rather than of figures and cells."""
    words = "".join(text.split())
    return 2 * sum(map(str.isalpha, words)) >= len(words) and not _CELLS.search(text.strip())


def _is_dense(text: str) -> bool:
    """Whether a line may be prose full of figures: it has words and no cells."""
    return 3 * len(_HAN.findall(text)) >= len(text.rstrip()) and not _CELLS.search(text.strip())


def head_key(text: str) -> str:
    """What the running heads of several pages share, but for the page number; empty for what is no such head."""
    if len(text) > 3 * _HEAD_LENGTH:
        return ""
    words = "".join(text.split())
    if not 4 <= len(words) <= _HEAD_LENGTH or _STOP.search(words) or not _is_words(words):
        return ""
    if _CLAUSE.search(words) and words[0] not in "（(":
        return ""
    return unnumbered(words)


def _heads(rows: Sequence[WrappedLine]) -> list[bool]:
    """Which lines may be furniture: numbers of pages, headings that go on, and what stands there more than once."""
    keys = [head_key(row.text) for row in rows]
    counts = Counter(key for key in keys if key)
    return [
        not row.bound
        and not (i + 1 < len(rows) and rows[i + 1].bound)
        and (counts[keys[i]] > 1 or is_page_number(row.text) or is_continued(row.text))
        for i, row in enumerate(rows)
    ]


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but the number of its page."""
    return len(text) <= 3 * _NUMBER_LENGTH and bool(pattern("furniture", "page-number").search(text.strip()))


def is_continued(text: str) -> bool:
    """Whether a line is a heading that goes on from the page before."""
    return text.rstrip().endswith((")", "）")) and bool(pattern("furniture", "continued-head").search(text.strip()))


def _running(rows: Sequence[WrappedLine], heads: Sequence[bool]) -> set[int]:
    """Furniture that stands at the edge of a page, or beside page numbers that rise; its first place is kept."""
    number = [
        int(found.group()) if heads[i] and is_page_number(row.text) and (found := re.search(r"\d+", row.text)) else None
        for i, row in enumerate(rows)
    ]
    edges: set[int] = set()
    for i, row in enumerate(rows):
        if row.page:
            edges.update(range(max(0, i - _MARGIN), min(len(rows), i + _MARGIN)))
    places: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if heads[i] and number[i] is None and (key := head_key(row.text)):
            places.setdefault(key, []).append(i)
    gone: set[int] = {i for i in edges if heads[i] and number[i] is not None}
    for same in places.values():
        gone.update(i for i in same[1:] if i in edges and len(same) >= 3)
        beside = [(i, j) for i in same for j in _beside(number, i)]
        pages = [number[j] or 0 for _, j in beside]
        rising = all(0 < b - a <= _STEP for a, b in pairwise(pages))
        apart = sorted(b - a for (a, _), (b, _) in pairwise(beside))
        if len(beside) >= _OFTEN and rising and apart[len(apart) // 2] >= _PAGE:
            gone.update(j for _, j in beside)
            gone.update(i for i, _ in beside[1:])
    return gone


def _beside(number: Sequence[int | None], at: int) -> list[int]:
    """The place of the page number next to a running head, if there is one."""
    return [j for j in (at + 1, at - 1, at + 2, at - 2) if 0 <= j < len(number) and number[j] is not None][:1]
