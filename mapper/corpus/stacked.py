"""Tables taken apart, a cell a line, as some programs take them from a page: with a bar behind each cell, or of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mapper.corpus.cells import FIGURE
from mapper.corpus.figures import period_of
from mapper.corpus.reading import CELLS, Block
from mapper.corpus.textmap import TextMap, joined
from mapper.rules import pattern

_CELL = 60
_NAME = 24
"""What a row is called is no longer."""
_FEWEST_ROWS = 2
_MOST_BETWEEN = 2
"""Lines between two rows that are none: the name of a group of rows, what is left of a page's head."""
_FEWEST_BARRED = 8
"""Lines of a table with one cell and a bar a line, at least."""
_BARRED = 0.8
"""Share of the lines that end with a bar and hold no other, where each is a cell of a table."""
_VALUE = re.compile(FIGURE + r"[%％‰]?[)）]?|[-—–/]+|不适用|N/?A")
_HAN = re.compile(r"[\u3400-\u9fff]{2}")
_MARK = re.compile(r"[。；！？，]")


def unbarred(lines: list[TextMap]) -> list[TextMap]:
    """The lines without the bar that ends them, where a table was taken apart into one line a cell."""
    barred = [line.text.rstrip().endswith("|") and line.text.count("|") == 1 for line in lines]
    if len(lines) < _FEWEST_BARRED or sum(barred) < _BARRED * len(lines):
        return lines
    bare = [line[: line.text.rindex("|")].strip() if bar else line for line, bar in zip(lines, barred, strict=True)]
    return [line for line in bare if line.text.strip("| ")]


def unstacked(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, tables whose cells are blocks of their own as rows: the heads, then row by row."""
    cells = [_cell(block) for block in blocks]
    found: list[Block] = []
    i = 0
    while i < len(blocks):
        count, united = _heads(cells, i)
        starts = _rows(cells, i + count, count, united) if count else []
        if len(starts) < _FEWEST_ROWS:
            found.append(blocks[i])
            i += 1
            continue
        found.append(_row(blocks[i : i + count]))
        done = i + count
        for start in starts:
            found += [*blocks[done:start], _row(blocks[start : start + count])]
            done = start + count
        i = done
    return found


def _cell(block: Block) -> str:
    """The words of a block that may be a cell; none of what may not."""
    plain = block.kind in ("text", "item") and not block.single and len(block.words) <= _CELL
    return "".join(block.words.text.split()) if plain and not _MARK.search(block.words.text) else ""


def _heads(cells: Sequence[str], at: int) -> tuple[int, bool]:
    """How many heads begin here, one below the other, and whether the second is that of units; 0 where none do."""
    if not pattern("tables", "name-head").search(cells[at]):
        return 0, False
    united = at + 1 < len(cells) and bool(pattern("tables", "unit-head").search(cells[at + 1]))
    first = end = at + 1 + united
    while end < len(cells) and period_of(cells[end]) is not None:
        end += 1
    if end - first < 2 - united:  # a name and one number below each other are a heading and a page number too
        return 0, False
    return end - at + (end < len(cells) and bool(pattern("tables", "change-head").search(cells[end]))), united


def _rows(cells: Sequence[str], at: int, count: int, united: bool) -> list[int]:
    """Where the rows below the heads begin."""
    starts: list[int] = []
    between = 0
    while at + count <= len(cells) and between <= _MOST_BETWEEN:
        if _is_row(cells[at : at + count], united):
            starts.append(at)
            at, between = at + count, 0
        else:
            at, between = at + 1, between + 1
    return starts


def _is_row(cells: Sequence[str], united: bool) -> bool:
    """Whether these cells are a name, a unit where there is a column of units, and values."""
    values = cells[1 + united :]
    return (
        len(cells[0]) <= _NAME
        and bool(_HAN.search(cells[0]))
        and (not united or bool(pattern("tables", "unit").search(cells[1])))
        and all(_VALUE.fullmatch(value) for value in values)
        and any(value[-1:].isdigit() or value[-1:] in "%％‰)）" for value in values)
    )


def _row(blocks: Sequence[Block]) -> Block:
    return replace(blocks[0], words=joined([block.words.strip() for block in blocks], CELLS), kind="row", whole=True)
