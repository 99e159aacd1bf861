"""Which letters of a PDF nobody sees: invisible, white or clear on the bare page, outside of it, or covered by what was
drawn later.

Invisible letters over a picture are what a program recognised in a scan, and count as seen. What stands behind white
letters is told by the boxes of pictures and filled shapes.
"""

from __future__ import annotations

from ctypes import byref, c_int, c_uint, c_void_p, cast
from typing import Any

from mapper.corpus.readers.pdfcovers import Box, Drawings, Letter, PageObject, letters

_WHITE = 250
"""Of 255: from here on a part of a colour is as good as white."""
_SLACK = 2.0
"""Points that a letter may lie outside of the page."""


def unseen(textpage: Any, sheet: Box, drawn: list[PageObject], drawings: Drawings) -> tuple[frozenset[int], int]:
    """Places of such letters in the text of a page, white space is none; and how many may be covered, of which nobody can say.

    ``sheet`` is what is shown of the page, ``drawn`` what is on it.
    """
    import pypdfium2.raw as pdf  # type: ignore[import-untyped,unused-ignore]

    pictures: list[Box] = []
    shapes: list[Box] = []
    doubtful = False
    for one in drawn:
        if one.kind == pdf.FPDF_PAGEOBJ_TEXT:
            doubtful = doubtful or bool(one.within or _ink(pdf, one.object)) or not _holds(sheet, one.box)
        elif one.within:
            continue
        elif one.kind == pdf.FPDF_PAGEOBJ_PATH:
            shapes += [one.box] if _is_filled(pdf, one.object) and not _is_white(pdf, one.object) else []
        else:
            pictures.append(one.box)
    covered = drawings.doubtful(sheet, drawn, pdf.FPDF_PAGEOBJ_TEXT)
    if not doubtful and not covered:  # what a form holds is placed by the form, so that each of its letters must be looked at
        return frozenset(), 0
    inks: dict[int | None, str] = {}
    found: set[int] = set()
    left: list[Letter] = []
    for letter, one in letters(pdf, textpage, drawn):
        address = cast(one, c_void_p).value
        ink = inks[address] if address in inks else inks.setdefault(address, _ink(pdf, one))
        x, y = letter.middle
        behind = pictures if ink == "none" else [*pictures, *shapes]
        if not _covers(sheet, x, y) or (ink and not any(_covers(box, x, y) for box in behind)):
            found.add(letter.at)
        elif ink != "none":
            left.append(letter)
    under, unjudged = drawings.hidden(textpage.page, sheet, drawn, left) if covered else (set(), 0)
    return frozenset(pdf.FPDFText_GetTextIndexFromCharIndex(textpage, at) for at in found | under) - {-1}, unjudged


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


def shown(media: Box, crop: Box) -> Box:
    """What is shown of a page. Boxes may be written from any corner; one that cuts all away is not heeded by any reader."""
    (left, bottom, right, top), other = (
        (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])) for box in (media, crop)
    )
    both = max(left, other[0]), max(bottom, other[1]), min(right, other[2]), min(top, other[3])
    return both if both[0] < both[2] and both[1] < both[3] else (left, bottom, right, top)


def _holds(box: Box, inner: Box) -> bool:
    return _covers(box, inner[0], inner[1]) and _covers(box, inner[2], inner[3])


def _covers(box: Box, x: float, y: float) -> bool:
    return box[0] - _SLACK <= x <= box[2] + _SLACK and box[1] - _SLACK <= y <= box[3] + _SLACK
