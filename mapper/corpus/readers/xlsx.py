"""Excel (.xlsx), read from its XML: one line a row, cells side by side, sheets one after another."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mapper.corpus.readers.archive import Archive, local, properties
from mapper.corpus.reading import Block, Kind, Reading
from mapper.corpus.textmap import TextMap

_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_STRINGS = "xl/sharedStrings.xml"
_CELLS = " | "
_MOST_ROWS = 200_000


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
        rows = [row for name in names for row in _rows(archive, name, strings)]
        blocks = []
        offset = 0
        for cells in rows:
            line = _CELLS.join(cells)
            kind: Kind = "row" if len(cells) > 1 else "text"
            blocks.append(Block(TextMap.of(line, offset).strip(), kind, whole=True))
            offset += len(line) + 1
        return Reading("\n".join(map(_CELLS.join, rows)), tuple(blocks), "xlsx", "xlsx", properties(archive))


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


def _rows(archive: Archive, sheet: str, strings: list[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    cells: list[str] = []
    for event, element in archive.events(sheet):
        name = local(element.tag)
        if event == "start":
            continue
        if name == "c":
            value = " ".join(_value(element, strings).split())
            if value:
                cells.append(value)
            element.clear()
        elif name == "row":
            if cells and len(rows) < _MOST_ROWS:
                rows.append(cells)
            cells = []
            element.clear()
    return rows


def _value(cell: Element, strings: list[str]) -> str:
    """The text of a cell: its own, that of the table it refers to, or its figure."""
    text = "".join(part.text or "" for part in cell.iter() if local(part.tag) in ("v", "t"))
    if cell.get("t") == "s":
        return strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
    return text
