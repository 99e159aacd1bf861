"""Cells of a workbook that hold a formula and no value: a reader of values takes them for empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from mapper.archive import Archive, local
from mapper.problems import UnreadableError

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
CellPlaces = frozenset[tuple[int, int]]
"""Rows and columns, both from 0."""


def unstored(raw: bytes) -> Mapping[str, CellPlaces]:
    """Where they stand, by the name of the sheet; nothing where the file is no .xlsx or damaged."""
    try:
        archive = Archive(raw, "XLSX")
        targets = {one.get("Id"): one.get("Target", "") for one in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")}
        sheets = _elements(archive, "xl/workbook.xml", "sheet")
        return {one.get("name", ""): _places(archive, targets[_id(one)]) for one in sheets if _id(one) in targets}
    except UnreadableError:
        return {}


def _places(archive: Archive, target: str) -> CellPlaces:
    found = set()
    for cell in _elements(archive, target[1:] if target.startswith("/") else f"xl/{target}", "c"):
        named = _CELL.fullmatch(cell.get("r", ""))
        if named is not None:
            held = {local(one.tag): one.text for one in cell}
            if "f" in held and not held.get("v"):
                found.add((int(named[2]) - 1, _number(named[1])))
        cell.clear()
    return frozenset(found)


def _elements(archive: Archive, part: str, name: str) -> Iterator[Element]:
    return (element for event, element in archive.events(part) if event == "end" and local(element.tag) == name)


def _id(sheet: Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)


def _number(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1

