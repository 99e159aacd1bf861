"""Which letters of a PDF nobody sees: written invisibly, in white or clear ink on the bare page, or outside of the page.

Invisible letters over a picture are what a program recognised in a scan, and count as seen. What stands behind letters
is told by the boxes of pictures and filled shapes; letters that a later shape covers are not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double, c_float, c_int, c_uint, c_void_p, cast
from typing import Any

_WHITE = 250
"""Of 255: from here on a part of a colour is as good as white."""
_DEEP = 5
"""Forms within forms that are looked into."""
_SLACK = 2.0
"""Points that a letter may lie outside of the page."""
_Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


def unseen(page: Any, textpage: Any) -> frozenset[int]:
    """Places of such letters in the text of a page; white space is none."""
    import pypdfium2.raw as pdf  # type: ignore[import-untyped,unused-ignore]

    pictures: list[_Box] = []
    shapes: list[_Box] = []
    sheet = _sheet(page.get_mediabox(), page.get_cropbox())
    doubtful = False
    for one, kind, within in _objects(pdf, page):
        if kind == pdf.FPDF_PAGEOBJ_TEXT:
            doubtful = doubtful or bool(within or _ink(pdf, one)) or not _holds(sheet, _bounds(pdf, one))
        elif within:
            continue
        elif kind == pdf.FPDF_PAGEOBJ_PATH:
            shapes += [_bounds(pdf, one)] if _is_filled(pdf, one) and not _is_white(pdf, one) else []
        else:
            pictures.append(_bounds(pdf, one))
    if not doubtful:  # what a form holds is placed by the form, so that each of its letters must be looked at
        return frozenset()
    inks: dict[int | None, str] = {}
    found: set[int] = set()
    for at in range(textpage.count_chars()):
        one = pdf.FPDFText_GetTextObject(textpage, at)
        if not one or chr(pdf.FPDFText_GetUnicode(textpage, at) & 0xFFFF).isspace():
            continue
        address = cast(one, c_void_p).value
        ink = inks[address] if address in inks else inks.setdefault(address, _ink(pdf, one))
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        if not pdf.FPDFText_GetCharBox(textpage, at, byref(left), byref(right), byref(bottom), byref(top)):
            continue
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        behind = pictures if ink == "none" else [*pictures, *shapes]
        if not _covers(sheet, x, y) or (ink and not any(_covers(box, x, y) for box in behind)):
            found.add(pdf.FPDFText_GetTextIndexFromCharIndex(textpage, at))
    return frozenset(found - {-1})


def _objects(pdf: Any, page: Any) -> Iterator[tuple[Any, int, int]]:
    """The objects of a page and of the forms on it, with their kind and how many forms they are within."""
    ahead = [(pdf.FPDFPage_GetObject(page, at), 0) for at in reversed(range(pdf.FPDFPage_CountObjects(page)))]
    while ahead:
        one, within = ahead.pop()
        kind = pdf.FPDFPageObj_GetType(one)
        yield one, kind, within
        if kind == pdf.FPDF_PAGEOBJ_FORM and within < _DEEP:
            ahead += [(pdf.FPDFFormObj_GetObject(one, at), within + 1) for at in reversed(range(pdf.FPDFFormObj_CountObjects(one)))]


def _ink(pdf: Any, one: Any) -> str:
    """Why letters may not be seen: ``none`` where they leave no ink, ``white`` where theirs is white or clear."""
    mode = pdf.FPDFTextObj_GetTextRenderMode(one)
    if mode == pdf.FPDF_TEXTRENDERMODE_INVISIBLE:
        return "none"
    return "white" if mode == pdf.FPDF_TEXTRENDERMODE_FILL and _is_white(pdf, one) else ""


def _is_white(pdf: Any, one: Any) -> bool:
    """Whether something is filled with white, or with nothing; a colour that cannot be told is none."""
    red, green, blue, alpha = (c_uint() for _ in range(4))
    if not pdf.FPDFPageObj_GetFillColor(one, byref(red), byref(green), byref(blue), byref(alpha)):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= _WHITE


def _is_filled(pdf: Any, one: Any) -> bool:
    mode, stroke = c_int(), c_int()
    return not pdf.FPDFPath_GetDrawMode(one, byref(mode), byref(stroke)) or mode.value != 0


def _bounds(pdf: Any, one: Any) -> _Box:
    left, bottom, right, top = (c_float() for _ in range(4))
    pdf.FPDFPageObj_GetBounds(one, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


def _sheet(media: _Box, crop: _Box) -> _Box:
    """What is shown of a page. Boxes may be written from any corner; one that cuts all away is not heeded by any reader."""
    (left, bottom, right, top), other = (
        (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])) for box in (media, crop)
    )
    shown = max(left, other[0]), max(bottom, other[1]), min(right, other[2]), min(top, other[3])
    return shown if shown[0] < shown[2] and shown[1] < shown[3] else (left, bottom, right, top)


def _holds(box: _Box, inner: _Box) -> bool:
    return _covers(box, inner[0], inner[1]) and _covers(box, inner[2], inner[3])


def _covers(box: _Box, x: float, y: float) -> bool:
    return box[0] - _SLACK <= x <= box[2] + _SLACK and box[1] - _SLACK <= y <= box[3] + _SLACK
