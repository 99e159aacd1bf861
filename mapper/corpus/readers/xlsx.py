"""Excel (.xlsx), read from its XML: one line a row, cells side by side, sheets one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from mapper.archive import Archive, local, properties
from mapper.corpus.limits import ROWS_LIMIT
from mapper.corpus.readers.beside import is_document, sheet_heads, unread
from mapper.corpus.readers.cellstyles import unseen_styles
from mapper.corpus.readers.numberforms import number_forms, shown
from mapper.corpus.reading import CELLS, Missing, Reading, Row, counted
from mapper.corpus.textmap import TextMap

_SHEET = re.compile(r"xl/worksheets/[^/]*?(\d{0,9})\.xml", re.IGNORECASE)
"""Mostly sheet1.xml, sheet2.xml …; a program may call them otherwise."""
_BOOK, _TARGETS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_MERGED = re.compile(r"([A-Z]{1,3})(\d{1,7}):\1(\d{1,7})")
"""Cells of one column merged into one."""
_YES = ("1", "true")
_COLUMNS = 16_384
"""Columns that a sheet can have."""


class XlsxReader:
    """The decoded text is the rows, one a line. Figures stand as a reader of the sheet sees them; days as they are stored."""

    def claims(self, raw: bytes) -> bool:
        """A zip file that holds worksheets."""
        return raw.startswith(b"PK\x03\x04") and b"xl/worksheets/" in raw

    def read(self, raw: bytes) -> Reading:
        """Read all sheets in their order; empty rows are passed over."""
        archive = Archive(raw, "XLSX")
        strings = _strings(archive)
        names = sorted(filter(_SHEET.fullmatch, archive.names), key=_number)
        hidden, day_zero = _book(archive)
        faint, forms = unseen_styles(archive), number_forms(archive)
        sheets = [_Worksheet(name, place, strings, faint, forms) for place, name in enumerate(names, 1) if name not in hidden]
        lines: list[str] = []
        tables: list[tuple[Row, ...]] = []
        offset = 0
        for sheet in sheets:
            sheet.read(archive)
            table: list[Row] = []
            for number, values in sheet.rows:
                cells: list[tuple[int, TextMap]] = []
                for column, value in values:
                    offset += len(CELLS) if cells else 0
                    cells.append((column, TextMap.of(value, offset)))
                    offset += len(value)
                key, place = (f"{number}", "") if sheet.place == 1 else (f"{sheet.place}.{number}", f"sheet {sheet.place} ")
                table.append(Row(key, f"{place}row {number}", tuple(cells)))
                lines.append(CELLS.join(value for _, value in values))
                offset += 1
            tables.append(tuple(table))
        known = {words.text for table in tables for row in table for _, words in row.cells}
        missing = tuple(_missing(archive, [hidden[name] for name in names if name in hidden], sheets, known))
        return Reading(
            "\n".join(lines), (), "xlsx", "xlsx", properties(archive), tables=tuple(tables),
            missing=missing, day_zero=day_zero,
        )


def _missing(archive: Archive, hidden: list[str], sheets: list[_Worksheet], known: set[str]) -> Iterator[Missing]:
    """What of a workbook is not read: its ``hidden`` sheets, cells, and what lies on its sheets. ``known``: what is read."""
    if hidden:
        yield "sheets-hidden", {"names": "、".join(hidden)}
    if any(sheet.cut for sheet in sheets):
        yield "document-cut-rows", {"limit": str(ROWS_LIMIT)}
    yield from counted({
        "cells-uncounted": sum(sheet.uncounted for sheet in sheets),
        "cells-hidden": sum(sheet.unseen for sheet in sheets),
    })
    yield from unread(archive, known)
    yield from counted({
        "heads-unread": sheet_heads(archive, [sheet.name for sheet in sheets]),
        "objects-unread": sum(len(sheet.objects) for sheet in sheets),
    })


def _number(name: str) -> tuple[int, str]:
    """The place of a sheet by its part: those without a number come last."""
    found = _SHEET.fullmatch(name)
    return (int(found.group(1)) if found and found.group(1) else 10**9, name)


def _book(archive: Archive) -> tuple[dict[str, str], date]:
    """The sheets that are hidden, part by title; and the day from which the workbook counts its dates."""
    if _BOOK not in archive.names:
        return {}, Reading.day_zero
    titles: dict[str, str] = {}
    day_zero = Reading.day_zero
    for event, element in archive.events(_BOOK):
        values = {local(key): value for key, value in element.attrib.items()}
        if event == "end" and local(element.tag) == "sheet" and values.get("state") in ("hidden", "veryHidden"):
            titles[values.get("id", "")] = values.get("name", "")
        elif event == "end" and local(element.tag) == "workbookPr" and values.get("date1904") in ("1", "true"):
            day_zero = date(1904, 1, 1)
    if not titles or _TARGETS not in archive.names:
        return {}, day_zero
    hidden: dict[str, str] = {}
    for event, element in archive.events(_TARGETS):
        if event == "end" and element.get("Id", "") in titles:
            part = "xl/" + element.get("Target", "").removeprefix("/xl/")
            hidden[part] = titles[element.get("Id", "")]
    return hidden, day_zero


def _strings(archive: Archive) -> list[str]:
    """The table of texts that cells refer to by number."""
    if _STRINGS not in archive.names:
        return []
    strings: list[str] = []
    text = ""
    phonetic = 0
    for event, element in archive.events(_STRINGS):
        name = local(element.tag)
        if event == "start":
            phonetic += name == "rPh"
            text = "" if name == "si" else text
            continue
        if name == "t" and not phonetic:
            text += element.text or ""
        elif name == "rPh":
            phonetic -= 1
        elif name == "si":
            strings.append(text)
        element.clear()
    return strings


class _Worksheet:
    """One sheet, by its part and its place in the workbook. ``rows``: those that hold something, their numbers and cells.

    ``cut``: there are more rows than may be. ``uncounted``: cells with a formula that no program has worked out;
    ``unseen``: cells that nobody sees; ``objects``: files of other programs that lie on the sheet.
    """

    def __init__(self, name: str, place: int, strings: list[str], faint: frozenset[int], forms: Sequence[str]) -> None:
        self.name, self.place = name, place
        self.rows: list[tuple[int, list[tuple[int, str]]]] = []
        self.cut = False
        self.uncounted = self.unseen = 0
        self.objects: set[str] = set()
        self._strings, self._faint, self._forms = strings, faint, forms
        self._cells: list[tuple[int, str]] = []
        self._number = self._column = -1
        self._hidden_row = False
        self._hidden: set[int] = set()
        self._merged: list[tuple[int, int, int]] = []

    def read(self, archive: Archive) -> None:
        """Walk over it; merged cells hold their value in each of their rows."""
        previous = 0
        for event, element in archive.events(self.name):
            name = local(element.tag)
            if event == "start":
                self._start(name, element, previous + 1)
            elif name == "oleObject" and is_document(element.get("progId", "")):
                self.objects.add(element.get("shapeId", ""))
            elif name == "mergeCell" and (span := _MERGED.fullmatch(element.get("ref", ""))):
                self._merged.append((_column(span.group(1) + "1", 0), int(span.group(2)), int(span.group(3))))
            elif name == "c":
                self._cell(element)
                element.clear()
            elif name == "row":
                self._end_row()
                previous = self._number
                element.clear()
        _spread(self.rows, self._merged)

    def _start(self, name: str, element: Element, next_row: int) -> None:
        if name == "row":
            self._number, self._column = _whole(element.get("r"), next_row), -1
            self._hidden_row = element.get("hidden") in _YES
        elif name == "col" and (element.get("hidden") in _YES or element.get("width") == "0"):
            first, last = _whole(element.get("min"), 1), _whole(element.get("max"), 0)
            self._hidden.update(range(first - 1, min(last, _COLUMNS)) if len(self._hidden) < _COLUMNS else ())
        elif name == "c":
            self._column = _column(element.get("r"), self._column + 1)

    def _cell(self, element: Element) -> None:
        value = "\n".join(line for line in map(_squeezed, _value(element, self._strings, self._forms).splitlines()) if line)
        if value and (self._hidden_row or self._column in self._hidden or _whole(element.get("s"), 0) in self._faint):
            self.unseen += 1
        elif value:
            self._cells.append((self._column, value))
        elif any(local(part.tag) == "f" for part in element):
            self.uncounted += 1

    def _end_row(self) -> None:
        if self._cells and len(self.rows) < ROWS_LIMIT:
            self.rows.append((self._number, self._cells))
        elif self._cells:
            self.cut = True
        self._cells = []


def _spread(rows: list[tuple[int, list[tuple[int, str]]]], merged: list[tuple[int, int, int]]) -> None:
    """Merged cells hold their value in the first row only; give it to the others too."""
    cells = dict(rows)
    left = ROWS_LIMIT
    for column, first, last in merged:
        value = dict(cells.get(first, ())).get(column)
        last = min(last, first + left)
        left -= last - first
        for number in range(first + 1, last + 1) if value else ():
            if number in cells and column not in dict(cells[number]):
                cells[number].append((column, value or ""))
                cells[number].sort()


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else otherwise


def _column(reference: str | None, otherwise: int) -> int:
    """The number of the column of a cell such as ``C5``, counting from 0."""
    letters = re.match(r"[A-Z]{1,3}(?=\d)", reference or "")
    number = 0
    for letter in letters.group() if letters else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1 if letters else otherwise


def _value(cell: Element, strings: list[str], forms: Sequence[str]) -> str:
    """The text of a cell: its own, that of the table it refers to, or its figure in the form of the cell."""
    if cell.get("t") == "e":  # #N/A and the like
        return ""
    text = "".join(part.text or "" for part in cell.iter() if local(part.tag) in ("v", "t"))
    if cell.get("t") == "s":
        number = _whole(text, len(strings))
        return strings[number] if number < len(strings) else ""
    style = _whole(cell.get("s"), 0)
    return shown(text, forms[style] if style < len(forms) else "") if cell.get("t", "n") == "n" else text
