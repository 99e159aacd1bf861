"""The formats of cells of an Excel file in which nobody sees what a cell holds."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from mapper.archive import Archive, local

_PART = "xl/styles.xml"
_NOTHING_SHOWN = ";;;"
"""A number format without a form for anything."""


def unseen_styles(archive: Archive) -> frozenset[int]:
    """The numbers of the formats that are white on no ground of their own, or show nothing by their number format."""
    white: list[bool] = []
    filled: list[bool] = []
    silent: set[str] = set()
    unseen: set[int] = set()
    around: list[str] = []
    count = 0
    for event, element in archive.aside(_PART):
        name = local(element.tag)
        if event == "start":
            around.append(name)
            continue
        around.pop()
        home = around[-1] if around else ""
        if name == "font" and home == "fonts":
            white.append(any(local(one.tag) == "color" and _is_white(one) for one in element))
        elif name == "fill" and home == "fills":
            filled.append(any(one.get("patternType", "none") != "none" for one in element) or _has(element, "gradientFill"))
        elif name == "numFmt" and element.get("formatCode", "").strip() == _NOTHING_SHOWN:
            silent.add(element.get("numFmtId", ""))
        elif name == "xf" and home == "cellXfs":
            on_nothing = not _at(filled, element.get("fillId"))
            if (_at(white, element.get("fontId")) and on_nothing) or element.get("numFmtId") in silent:
                unseen.add(count)
            count += 1
        if home in ("", "styleSheet"):
            element.clear()
    return frozenset(unseen)


def _is_white(colour: Element) -> bool:
    """White, as such or as the ground of the theme."""
    return colour.get("rgb", "").upper() in ("FFFFFFFF", "00FFFFFF") or (colour.get("theme") == "0" and not colour.get("tint"))


def _has(element: Element, name: str) -> bool:
    return any(local(one.tag) == name for one in element)


def _at(listed: list[bool], number: str | None) -> bool:
    return bool(number and number.isascii() and number.isdigit() and len(number) < 6 and int(number) < len(listed) and listed[int(number)])
