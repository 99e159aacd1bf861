"""Cells of a workbook that hold a formula and no value: a reader of values takes them for empty."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
CellPlaces = frozenset[tuple[int, int]]
"""Rows and columns, both from 0."""


def unstored(raw: bytes) -> Mapping[str, CellPlaces]:
    """Where they stand, by the name of the sheet; nothing where the file is no .xlsx."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            targets = {one.get("Id"): one.get("Target", "") for one in _root(archive, "xl/_rels/workbook.xml.rels")}
            sheets = [one for one in _root(archive, "xl/workbook.xml").iter() if _local(one) == "sheet"]
            return {one.get("name", ""): _places(archive, targets[_id(one)]) for one in sheets if _id(one) in targets}
    except (BadZipFile, KeyError, ElementTree.ParseError):
        return {}


def _places(archive: ZipFile, target: str) -> CellPlaces:
    found = set()
    for cell in _root(archive, target[1:] if target.startswith("/") else f"xl/{target}").iter():
        named = _CELL.fullmatch(cell.get("r", "")) if _local(cell) == "c" else None
        if named is not None:
            held = {_local(one): one.text for one in cell}
            if "f" in held and not held.get("v"):
                found.add((int(named[2]) - 1, _number(named[1])))
    return frozenset(found)


def _root(archive: ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(name))


def _id(sheet: ElementTree.Element) -> str | None:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)


def _number(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
