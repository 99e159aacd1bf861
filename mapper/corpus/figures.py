"""Tables of a report's figures: one passage a row, which names the row, its unit, the value and the one before.

«普惠型小微企业贷款余额 | 亿元 | 4,962 | 4,201» under «项目 | 单位 | 2023年 | 2022年» is the row as it stands with
its reading in brackets: «… | 4,962 | 4,201（2023年4,962亿元，较2022年的4,201亿元增加）». Statements of accounts and their notes
stay as they are: their rows are no sentences and no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mapper.corpus.cells import MARKS, parted, said
from mapper.corpus.reading import Block
from mapper.corpus.textmap import TextMap
from mapper.corpus.units import unit_of
from mapper.rules import pattern

_FIGURE = re.compile(r"[(（+＋-]?\s*[¥￥]?\d[\d,，]*(?:\.\d+)?\s*[)）]?")
_WITH_UNIT = re.compile(r"([(（+＋-]?[¥￥]?\d[\d,，]*(?:\.\d+)?)\s*(\D{1,8})")
_NOTE = re.compile(r"[（(]\d{1,2}[)）]")
"""The mark of a footnote."""
_IN_LABEL = re.compile(r"[（(]\s*+(?:单位\s*+[:：]\s*+)?([^（()）]{1,10}?)\s*[)）]\s*$|[,，、]\s*([^,，、]{1,6})$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME_LENGTH = 60
_NEAR = 4
"""Blocks above a table in which its unit and its name are looked for."""
_MOST_ROWS = 400
_FEWEST_ROWS = 2
_WORDS = 9999
"""The year of a period that is named by words alone."""
_FEWEST_HEADS = 3
"""Names of columns, one beside the other, from which a line heads a table."""
_MISSED = 8
"""Rows without figures that do not end a table."""
_MARK = re.compile(r"[。；！？]")
_BETWEEN = re.compile(r"[、，,/／和及与]")


@dataclass(frozen=True)
class _FigureColumns:
    """Which columns of a table hold figures: those of its two latest periods, and the one of units; counted from the right end.

    ``notes``: how many columns of remarks are the last ones.
    """

    now: int
    earlier: int | None
    unit: int | None
    count: int
    notes: int
    names: tuple[str, ...]
    mark: re.Pattern[str]


@dataclass(frozen=True)
class Amount:
    """A figure of a cell: as it is said in a sentence, its number, and its unit."""

    said: str
    size: float
    unit: str


def spoken(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those that are rows of figures as sentences."""
    found = list(blocks)
    i = 0
    while i < len(found):
        heads = _heads(found[i])
        if heads is None:
            i += 1
            continue
        above = lines_above(blocks, i)
        if any(pattern("tables", "accounts").search(text) for text in above):
            i += 1
            continue
        units = next((line for text in above if (line := unit_line(text))), ())
        end, missed = i + 1, 0
        while end < len(found) and end - i <= _MOST_ROWS:
            row = _row(found[end], heads, units, end - i)
            if row is not None:
                found[end] = row
                missed = 0
            elif _heads_another(found[end].words):
                break
            elif line := unit_line(found[end].words.text) or _group_unit(found[end].words.text.strip()):
                units = line
            elif not _passes(found[end]) or (missed := missed + 1) > _MISSED:
                break
            end += 1
        i = end
    return _with_units(found)


def _with_units(found: list[Block]) -> list[Block]:
    """The blocks, rows of a name and one figure with the unit that stands above them: such a list needs no heads."""
    i = 0
    while i < len(found):
        end = i
        while end < len(found) and end - i < _MOST_ROWS and _pair(found[end]) is not None:
            end += 1
        if end - i >= _FEWEST_ROWS:
            above = lines_above(found, i)
            units = next((line for text in above if (line := unit_line(text))), ())
            if units and not any(pattern("tables", "accounts").search(text) for text in above):
                found[i:end] = [_united(block, units) for block in found[i:end]]
        i = max(end, i + 1)
    return found


def _pair(block: Block) -> list[TextMap] | None:
    """The cells of a row that is a name and one figure."""
    if block.kind not in ("row", "text") or block.single or len(block.words) > 2 * _NAME_LENGTH:
        return None
    cells, _ = parted(block.words)
    named = len(cells) == 2 and _HAN.search(cells[0].text) and not _FIGURE.fullmatch(cells[0].text)
    return cells if named and _FIGURE.fullmatch(cells[1].text.strip()) else None


def _united(block: Block, units: Sequence[str]) -> Block:
    """A row of a name and a figure with its unit behind it."""
    cells = _pair(block)
    if cells and block.kind == "text" and not pattern("tables", "amount-name").search(cells[0].text):
        return block
    value = amount(cells[1], own_unit(cells[0].text) or unit_of(cells[0].text, units)) if cells else None
    if value is None:
        return block
    return replace(block, words=said([block.words.strip(), f"（{value.said}）"]), whole=True, single=True)


def lines_above(blocks: Sequence[Block], at: int) -> list[str]:
    """The short lines above a table, the nearest first, up to the prose before it."""
    texts: list[str] = []
    for block in reversed(blocks[max(0, at - _NEAR) : at]):
        text = block.words.text.strip()
        if block.single or _MARK.search(text) or len(text) > _NAME_LENGTH:
            break
        texts.append(text)
    heading = next(
        (b.words.text for b in reversed(blocks[max(0, at - 60) : at]) if b.kind in ("heading", "title")), ""
    )
    return [*texts, heading]


def _heads(block: Block) -> _FigureColumns | None:
    """The heads of a table of figures: at least one period, and otherwise names of columns."""
    if len(block.words) > 300 or block.single or not pattern("tables", "period-hint").search(block.words.text):
        return None
    cells, mark = parted(block.words)
    if mark is None or not 2 <= len(cells) <= 12:
        return None
    names = tuple("".join(cell.text.split()) for cell in cells)
    periods = {i: order for i, name in enumerate(names) if (order := period_of(name)) is not None}
    if not periods or any(len(name) > 20 for name in names) or any(_FIGURE.fullmatch(name) and not period_of(name) for name in names):
        return None
    others = [i for i in range(len(names)) if i not in periods]
    units = [i for i in others if pattern("tables", "unit-head").search(names[i])]
    ranked = sorted(periods, key=lambda i: periods[i], reverse=True)
    if len(set(periods.values())) < len(periods):
        return None
    count = len(names)
    earlier = ranked[1] - count if len(ranked) > 1 else None
    figures = {*periods, *units, *(i for i in others if pattern("tables", "change-head").search(names[i]))}
    return _FigureColumns(ranked[0] - count, earlier, units[0] - count if units else None, count, count - 1 - max(figures), names, mark)


def has_periods(heads: Sequence[str]) -> bool:
    """Whether two or more of these heads are periods: then the rows are figures."""
    return len({order for head in heads if (order := period_of("".join(head.split()))) is not None}) > 1


def periods_in(text: str) -> list[str]:
    """The years, and the parts of years, by which the columns of a table are headed, where a line is its row of heads."""
    heads = _heads(Block(TextMap.of(text)))
    found = [name for name in heads.names if (order := period_of(name)) is not None and order[0] < _WORDS] if heads else []
    named = heads is not None and pattern("tables", "name-head").search(heads.names[0])
    return found if named or len(found) > 1 else []


def period_of(name: str) -> tuple[int, int] | None:
    """Where a head stands in time; None for one that names no period."""
    match = pattern("tables", "period").match(re.sub(r"[（(].{1,12}[)）]$", "", _NOTE.sub("", name)))
    if match:
        return int(match.group("year")), int(match.group("month") or 12)
    if pattern("tables", "now").search(name):
        return _WORDS, 2
    return (_WORDS, 1) if pattern("tables", "before").search(name) else None


def unit_line(text: str) -> tuple[str, ...]:
    """The units that a line gives for the table below it: mostly one."""
    words = "".join(text.split())
    if len(words) > _NAME_LENGTH:
        return ()
    if match := pattern("tables", "unit-line").search(words):
        return match.group("unit"), *(one.removeprefix("人民币") for one in _BETWEEN.split(match.group("more")) if one)
    match = pattern("tables", "unit-alone").search(words)
    return (match.group("unit"),) if match else ()


def _group_unit(name: str) -> tuple[str, ...]:
    """The unit in the name of a group of rows."""
    unit = own_unit(name)
    return (unit,) if unit else ()


def _passes(block: Block) -> bool:
    """Whether a table may go on after this line: a group of rows has a name of its own, and not every row is figures."""
    if block.kind == "row":
        return _heads(block) is None
    return len(block.words) <= _NAME_LENGTH and not _MARK.search(block.words.text) and block.kind not in ("heading", "title")


def _heads_another(words: TextMap) -> bool:
    """Whether a line heads a table of another kind: it names the column of names, or columns with their units."""
    cells = ["".join(cell.text.split()) for cell in parted(words)[0]]
    return bool(pattern("tables", "name-head").search(cells[0])) or (names_alone(cells) and any(map(own_unit, cells)))


def names_alone(cells: Sequence[str]) -> bool:
    """Whether the cells of a line are three names or more, and no figure among them."""
    figures = (_FIGURE.fullmatch(cell) or _WITH_UNIT.fullmatch(cell) or pattern("tables", "blank").match(cell) for cell in cells)
    return len(cells) >= _FEWEST_HEADS and not any(figures)


def _row(block: Block, heads: _FigureColumns, units: Sequence[str], number: int) -> Block | None:
    """A row as a sentence; None for what is no row of figures with a unit."""
    if block.single or len(block.words) > 300:
        return None
    cells, mark = parted(block.words, heads.mark)
    if mark is None and heads.mark is not MARKS[-1]:
        cells, mark = parted(block.words)
    name = cells[0]
    if heads.mark is MARKS[-1]:
        cells = _from_right(block.words.strip(), heads)
        name = cells[0]
    elif heads.notes and len(cells) == heads.count - heads.notes and _is_filled(cells, heads):
        cells = [*cells, *[cells[-1][:0]] * heads.notes]
    if len(cells) not in (heads.count, heads.count + 1) or not _HAN.search(name.text) or len(name) > _NAME_LENGTH:
        return None
    if _FIGURE.fullmatch(name.text) or heads.now + len(cells) < 1:
        return None
    named = cells[heads.unit].text if heads.unit else ""
    unit = own_unit(name.text) or (named if pattern("tables", "unit").search(named) else unit_of(name.text, units))
    current = amount(cells[heads.now], unit)
    if current is None:
        return None
    earlier = amount(cells[heads.earlier], unit) if heads.earlier and heads.earlier + len(cells) >= 1 else None
    here, there = (_NOTE.sub("", heads.names[at]) if at else "" for at in (heads.now, heads.earlier))
    reading = f"{called(here)}{current.said}{since(current, earlier, called(there))}"
    place = f"{block.place or f'row {number}'} column {len(cells) + heads.now + 1}"
    return replace(block, words=said([block.words.strip(), f"（{reading}）"]), kind="row", whole=True, single=True, place=place)


def _is_filled(cells: Sequence[TextMap], heads: _FigureColumns) -> bool:
    """Whether a row ends with its figures, nothing left out of it but its remarks."""
    last = "".join(cells[-1].text.split())
    unit = cells[heads.unit + heads.notes].text if heads.unit and heads.unit + heads.notes < 0 else None
    figure = _FIGURE.fullmatch(last) or _WITH_UNIT.fullmatch(last) or pattern("tables", "blank").match(last)
    return bool(figure) and (unit is None or bool(pattern("tables", "unit").search(unit)))


def _from_right(words: TextMap, heads: _FigureColumns) -> list[TextMap]:
    """The cells of a line whose name may hold spaces: as many as the table has heads, from the right."""
    cells, _ = parted(words, MARKS[-1])
    if len(cells) <= heads.count:
        return cells
    rest = cells[len(cells) - heads.count + 1 :]
    return [words[: rest[0].start - words.start if words.start <= rest[0].start else 0].strip(), *rest]


def measure(name: str) -> str:
    """The name of a row or column without its unit: «贷款余额» of «贷款余额（亿元）»."""
    return _IN_LABEL.sub("", name) if own_unit(name) else name


def own_unit(name: str) -> str | None:
    """The unit in the name of a row: «贷款余额（亿元）», «占比(%)»."""
    match = _IN_LABEL.search(re.sub(r"[（(]\d{1,2}[)）]$", "", name))
    unit = (match.group(1) or match.group(2)).strip() if match else ""
    return unit if pattern("tables", "unit").search(unit) else None


def amount(cell: TextMap, unit: str | None) -> Amount | None:
    """A figure with its unit; None for what is none."""
    text = "".join(cell.text.split())
    held = _WITH_UNIT.fullmatch(text)
    if held and pattern("tables", "unit").search(held.group(2)):
        return Amount(text, _size(held.group(1)), held.group(2))
    if pattern("tables", "blank").match(text) or not _FIGURE.fullmatch(text) or unit is None:
        return None
    unit = re.sub(r"^人民币|^百分比$", "", unit) or "%"
    return Amount(text + unit, _size(text), unit)


def _size(text: str) -> float:
    size = float(re.sub(r"[^\d.]", "", text))
    return -size if re.match(r"[(（-]", text) else size


def called(period: str) -> str:
    """How a period is called in a sentence: 2023年 for a bare 2023."""
    return f"{period}年" if period.isdigit() else period


def since(now: Amount, before: Amount | None, period: str) -> str:
    """How an amount is set beside that of a period before, if there is one."""
    return f"，较{period}的{before.said}{_change(now, before)}" if before is not None else ""


def _change(now: Amount, earlier: Amount) -> str:
    """How an amount is said to have changed: a rate rises and falls, what is counted grows and shrinks."""
    if now.size == earlier.size:
        return "持平"
    rate = now.unit in ("%", "％", "‰")
    return ("上升" if rate else "增加") if now.size > earlier.size else ("下降" if rate else "减少")
