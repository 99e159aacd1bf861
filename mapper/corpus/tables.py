"""Tables of passages: which column holds what, and the rows as documents or as passages of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal, get_args

from mapper.corpus.figures import has_periods
from mapper.corpus.leftover import is_sentence, leftover_problems, uneven, unread_columns
from mapper.corpus.noticerow import announces
from mapper.corpus.reading import CELLS, Block, Reading, Record, Row
from mapper.corpus.textmap import TextMap, joined
from mapper.problems import UnreadableError
from mapper.rules import rules

TableField = Literal["text", "title", "publisher", "author", "date", "url", "firm"]
Columns = Mapping[TableField, str]
"""The heading of the column that holds each field."""

_HEAD = 10
"""Rows at the top of a sheet among which its headings are looked for."""
_SAMPLE = 50
"""Rows by which it is told whether a table holds prose."""
_HEAD_LENGTH, _PROSE = 20, 15
"""Characters of a heading at most, and of a cell that is prose at least."""
_MARK = re.compile(r"[。！？；，,]")
_LINE_END = re.compile(r"[\r\n\u2028\u2029]+")
_DATE = re.compile(r"((?:19|20)\d{2})(?:\s*[-/.年]\s*(1[0-2]|0?[1-9])(?:\s*[-/.月]\s*(3[01]|[12]\d|0?[1-9])(?!\d))?)?")
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")


@dataclass(frozen=True)
class _HeadingRow:
    """The row of headings of a table, and the number of the column of each field."""

    row: int
    columns: dict[TableField, int]


@cache
def known_names() -> Mapping[TableField, tuple[str, ...]]:
    """What a column, or a field of a JSON line, is usually called; the first that occurs is taken."""
    return {field: rules("columns")[field].words for field in get_args(TableField)}


def arranged(reading: Reading, columns: Columns | None = None, *, sure: bool = True) -> Reading:
    """A reading whose tables have become blocks, and records where its rows say of themselves where they are from.

    ``columns`` are those that corpus.yaml names; what it does not name is not guessed. Raises UnreadableError where no
    table has the columns and they are ``sure``; otherwise, and where there are none, headings are guessed.
    """
    if columns:
        heads = [_mapped(table, columns) for table in reading.tables]
        if not any(heads) and sure:
            raise UnreadableError("table-columns-missing", names="、".join(columns.values()))
        if any(heads):
            return _filled(reading, heads, guessed=False)
    return _filled(reading, [None if _is_whole(table) else _find(table, known_names()) for table in reading.tables])


def has_heads(table: Sequence[Row], columns: Columns | None = None) -> bool:
    """Whether a table begins with these headings; without any given, with the heading of a text."""
    return (_mapped(table, columns) if columns else _find(table, known_names())) is not None


def _is_whole(table: Sequence[Row]) -> bool:
    """Whether the rows are penalties or figures, whose columns belong together."""
    heads = ([cell.text for _, cell in row.cells] for row in table[:_HEAD])
    return any(announces(row) or has_periods(row) for row in heads)


def _mapped(table: Sequence[Row], columns: Columns) -> _HeadingRow | None:
    return _find(table, {field: (name,) for field, name in columns.items()}, all_of=True)


def _filled(reading: Reading, heads: Sequence[_HeadingRow | None], *, guessed: bool = True) -> Reading:
    records: list[Record] = []
    odd: list[str] = []
    passed: list[str] = []
    for table, head in zip(reading.tables, heads, strict=True):
        if head is None:
            records += (Record(row.key, (_line(row),)) for row in table)
        else:
            below = table[head.row + 1 :]
            fields = {str(field): column for field, column in head.columns.items()}
            odd += uneven(below, fields, table[head.row], table[: head.row])
            passed += unread_columns(below, fields, table[head.row]) if guessed else ()
            records += _records(below, head.columns, reading.day_zero if reading.format == "xlsx" else None)
    blocks = tuple(block for record in records for block in record.blocks)
    unknown = next((names for table, head in zip(reading.tables, heads, strict=True) if not head and (names := _unknown(table))), ())
    described = any(record.stated for record in records)
    own = tuple(grouped(records)) if described else ()
    missing = (*reading.missing, *leftover_problems(odd, list(dict.fromkeys(passed))))
    return replace(reading, blocks=blocks, records=own, unknown=unknown, missing=missing)


def _unknown(table: Sequence[Row]) -> tuple[str, ...]:
    """The heads of a table that holds prose, none of which is known to be that of a text."""
    for row in table[:_HEAD]:
        names = tuple("".join(cell.text.split()) for _, cell in row.cells if cell.text.strip())
        if len(names) > 1:
            break
    else:
        return ()
    if any(len(name) > _HEAD_LENGTH or _MARK.search(name) for name in names) or _is_whole(table):
        return ()
    prose = sum(any(len(cell.text) >= _PROSE and _MARK.search(cell.text) for _, cell in row.cells) for row in table[1:_SAMPLE])
    return names if prose else ()


def _find(table: Sequence[Row], names: Mapping[TableField, tuple[str, ...]], all_of: bool = False) -> _HeadingRow | None:
    for number, row in enumerate(table[:_HEAD]):
        heads = {_name(cell.text): column for column, cell in reversed(row.cells)}
        found = {
            field: heads[name] for field, known in names.items() if (name := _first(map(_name, known), heads)) is not None
        }
        prose = any(is_sentence(cell.text) for _, cell in row.cells)  # heads that stand in a column, their table turned
        if "text" in found and not prose and (len(found) == len(names) if all_of else True) and len(row.cells) >= len(found):
            return _HeadingRow(number, found)
    return None


def _first(names: Iterator[str], heads: Mapping[str, int]) -> str | None:
    return next((name for name in names if name in heads), None)


def _name(cell: str) -> str:
    return "".join(cell.split()).lower()


def _line(row: Row) -> Block:
    """A row of no known columns: its cells side by side."""
    cells = [cell.strip() for _, cell in row.cells if cell.text.strip()]
    words = cells[0] if len(cells) == 1 else joined(cells, CELLS)
    words = words.edit((*match.span(), " ") for match in _LINE_END.finditer(words.text))
    return Block(words, "row" if len(cells) > 1 else "text", whole=True, place=row.place)


def _records(rows: Sequence[Row], columns: Mapping[TableField, int], day_zero: date | None) -> Iterator[Record]:
    for row in rows:
        cells = dict(row.cells)
        found = {field: cells[column] for field, column in columns.items() if column in cells}
        text = found.pop("text", None)
        if text is None or not text.text.strip():
            continue
        title = found.get("title")
        stated = {str(field): " ".join(cell.text.split()) for field, cell in found.items() if cell.text.strip()}
        yield record(row.key, row.place, title, text, stated, day_zero=day_zero)


def record(
    key: str, place: str, title: TextMap | None, text: TextMap | None, stated: Mapping[str, str], *, day_zero: date | None = None
) -> Record:
    """One row or line: its title a heading, its text paragraphs, its date in ISO form.

    ``day_zero``: a bare number in the place of a date counts days from then, as Excel stores them.
    """
    heading = [Block(part, "heading", place=place) for part in (_paragraphs(title) if title else [])]
    body = [Block(part, place=place) for part in (_paragraphs(text) if text else [])]
    facts = {field: value for field, value in stated.items() if value}
    if "date" in facts:
        iso = _iso(facts.pop("date"), day_zero)
        facts |= {"date": iso} if iso else {}
    return Record(key, (*heading, *body), facts)


def grouped(records: Sequence[Record]) -> Iterator[Record]:
    """Rows that follow each other and say the same of themselves are one document, with its title once."""
    open_record: Record | None = None
    for one in records:
        if open_record is not None and one.stated == open_record.stated:
            body = tuple(block for block in one.blocks if block.kind != "heading")
            open_record = replace(open_record, blocks=open_record.blocks + body)
            continue
        if open_record is not None:
            yield open_record
        open_record = one
    if open_record is not None:
        yield open_record


def _iso(text: str, day_zero: date | None) -> str | None:
    """A date in its own precision: YYYY, YYYY-MM or YYYY-MM-DD."""
    number = _SERIAL.fullmatch(text)
    if day_zero and number:
        return (day_zero + timedelta(days=int(number.group(1)))).isoformat()
    match = _DATE.search(text)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else None


def _paragraphs(words: TextMap) -> list[TextMap]:
    parts = []
    start = 0
    for match in _LINE_END.finditer(words.text):
        parts.append(words[start : match.start()].strip())
        start = match.end()
    return [part for part in [*parts, words[start:].strip()] if part.text]
