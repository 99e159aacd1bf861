"""Tables whose columns are measures and whose rows are years: the latest year as one sentence, their heads as no words of the text.

«2023年 75.1 48.0» under «年份 存款余额（亿元） 涉农贷款（亿元）» is the row as it stands with its reading in brackets:
«2023年 75.1 48.0（2023年存款余额75.1亿元，较2022年的65.1亿元增加；涉农贷款48.0亿元）».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapper.corpus.cells import parted, said
from mapper.corpus.figures import (
    amount,
    called,
    lines_above,
    measure,
    names_alone,
    own_unit,
    period_of,
    since,
    unit_line,
)
from mapper.corpus.reading import Block, BlockKind
from mapper.corpus.textmap import TextMap
from mapper.corpus.units import unit_of
from mapper.rules import pattern

_FEWEST_ROWS = 2
_MOST_ROWS = 40
_MOST_CELLS = 10


def yearly(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, the latest row of each such table as a sentence; its other rows and its heads are captions."""
    found = list(blocks)
    for i, block in enumerate(blocks):
        heads = _cells(block) if block.kind in ("text", "row") else []
        if len(heads) > _MOST_CELLS or not names_alone([_plain(head) for head in heads]):
            continue
        rows = _rows(blocks, i + 1, len(heads)) if pattern("tables", "year-head").search(heads[0].text) else []
        if rows or sum(own_unit(head.text) is not None for head in heads) > 1:
            found[i] = replace(block, kind="caption", whole=True)
        above = lines_above(blocks, i) if len(rows) >= _FEWEST_ROWS else []
        if len(rows) < _FEWEST_ROWS or any(pattern("tables", "accounts").search(text) for text in above):
            continue
        units = next((line for text in above if (line := unit_line(text))), ())
        latest, *earlier = sorted(rows, key=lambda row: period_of(_plain(row[0])) or (0, 0), reverse=True)
        for number, row in enumerate(rows, i + 1):
            reading = _reading(heads, latest, earlier[0], units) if row is latest else ""
            words = said([blocks[number].words.strip(), f"（{reading}）"]) if reading else blocks[number].words
            kind: BlockKind = "row" if reading else "caption"
            found[number] = replace(blocks[number], words=words, kind=kind, whole=True, single=bool(reading))
    return found


def _cells(block: Block) -> list[TextMap]:
    return parted(block.words)[0] if not block.single and len(block.words) <= 300 else []


def _plain(cell: TextMap) -> str:
    return "".join(cell.text.split())


def _rows(blocks: Sequence[Block], at: int, count: int) -> list[list[TextMap]]:
    """The cells of the rows from a place on: a period, and as many figures as there are other heads."""
    rows: list[list[TextMap]] = []
    for block in blocks[at : at + _MOST_ROWS]:
        cells = _cells(block)
        if len(cells) != count or period_of(_plain(cells[0])) is None or sum(map(_figure, cells[1:])) < len(cells) - 2:
            break
        rows.append(cells)
    return rows


def _figure(cell: TextMap) -> bool:
    return amount(cell, "元") is not None


def _reading(heads: Sequence[TextMap], now: Sequence[TextMap], before: Sequence[TextMap], units: Sequence[str]) -> str:
    told: list[str] = []
    year, earlier = called(_plain(now[0])), called(_plain(before[0]))
    for head, cell, old in zip(heads[1:], now[1:], before[1:], strict=True):
        name = _plain(head)
        unit = own_unit(name) or unit_of(name, units)
        here, there = amount(cell, unit), amount(old, unit)
        if here is not None:
            told.append(f"{measure(name)}{here.said}{since(here, there, earlier)}")
    return f"{year}{'；'.join(told)}" if told else ""
