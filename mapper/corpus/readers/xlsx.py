"""Excel (.xlsx), read from its XML: one line a row, cells side by side, sheets one after another."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mapper.corpus.limits import ROWS_LIMIT
from mapper.corpus.readers.archive import Archive, local, properties
from mapper.corpus.reading import Reading, Row
from mapper.corpus.textmap import TextMap

_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_STRINGS = "xl/sharedStrings.xml"
_CELLS = " | "


class XlsxReader:
    """The decoded text is the rows, one a line. Figures stand as they are stored, without their number formats."""

    def claims(self, raw: bytes) -> bool:
        """A zip file that holds worksheets."""
        return raw.startswith(b"PK\x03\x04") and b"xl/worksheets/" in raw

    def read(self, raw: bytes) -> Reading:
        """Read all sheets in their order; empty rows are passed over."""
        archive = Archive(raw, "XLSX")
        strings = _strings(archive)
        names = sorted(filter(_SHEET.fullmatch, archive.names), key=lambda name: int(re.sub(r"\D", "", name)))
        lines: list[str] = []
        tables: list[tuple[Row, ...]] = []
        offset = 0
        for sheet, name in enumerate(names, 1):
            table: list[Row] = []
            for number, values in _rows(archive, name, strings):
                cells: list[tuple[int, TextMap]] = []
                for column, value in values:
                    offset += len(_CELLS) if cells else 0
                    cells.append((column, TextMap.of(value, offset)))
                    offset += len(value)
                key, place = (f"{number}", "") if sheet == 1 else (f"{sheet}.{number}", f"sheet {sheet} ")
                table.append(Row(key, f"{place}row {number}", tuple(cells)))
                lines.append(_CELLS.join(value for _, value in values))
                offset += 1
            tables.append(tuple(table))
        return Reading("\n".join(lines), (), "xlsx", "xlsx", properties(archive), tables=tuple(tables))


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


def _rows(archive: Archive, sheet: str, strings: list[str]) -> list[tuple[int, list[tuple[int, str]]]]:
    """The rows that hold something: their numbers, and their cells with the numbers of their columns."""
    rows: list[tuple[int, list[tuple[int, str]]]] = []
    cells: list[tuple[int, str]] = []
    number = column = -1
    previous = 0
    for event, element in archive.events(sheet):
        name = local(element.tag)
        if event == "start":
            if name == "row":
                number, column = _whole(element.get("r"), previous + 1), -1
            elif name == "c":
                column = _column(element.get("r"), column + 1)
            continue
        if name == "c":
            value = "\n".join(line for line in map(_squeezed, _value(element, strings).splitlines()) if line)
            if value:
                cells.append((column, value))
            element.clear()
        elif name == "row":
            if cells and len(rows) < ROWS_LIMIT:
                rows.append((number, cells))
            cells, previous = [], number
            element.clear()
    return rows


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


def _value(cell: Element, strings: list[str]) -> str:
    """The text of a cell: its own, that of the table it refers to, or its figure."""
    text = "".join(part.text or "" for part in cell.iter() if local(part.tag) in ("v", "t"))
    if cell.get("t") == "s":
        return strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
    return text
