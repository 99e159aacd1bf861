"""Letters of a PDF over which a shape or a picture was drawn later, so that nobody sees them.

Whether something covers is told by drawing it alone, once on white and once on black: where both come out alike, nothing
shines through it. That knows of clipping, masks, blending and holes, and asks for no fonts, so that it comes to the same
on every machine. A picture of the whole page is a scan, and the letters under it are what a program recognised in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double, c_float, c_int, c_void_p, cast, string_at
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
_THIN = 3.0
"""Points: a line narrower than that covers no letter."""
_SCAN = 0.85
"""Share of the page from which on a picture is one of the whole page."""
_GRID = 24
_DEEP = 5
"""Forms within forms that are looked into."""
_MOST = 300_000
"""Parts of a page that its shapes and pictures may lie over, all together; those beyond are not looked at."""
_MOST_DRAWN = 300
"""Covers of a file that are drawn, at most."""
_HEAVY = 500
"""Objects of a page that cost as much as drawing one."""
_SIDE = 1_400
"""Pixels of the longer side of a drawn page, at most."""
_WHITE, _BLACK = 0xFFFFFFFF, 0xFF000000


@dataclass(frozen=True)
class PageObject:
    """An object of a page, with its place in the order in which they are drawn, and the box around it on the page."""

    object: Any
    kind: int
    order: int
    within: int
    """How many forms it lies in."""
    box: Box


@dataclass(frozen=True)
class Letter:
    """A letter by its place in the text, the object that it belongs to, and the box around it on the page."""

    at: int
    order: int
    box: Box

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


class Drawings:
    """Draws covers of one file, as many as is bearable."""

    def __init__(self) -> None:
        self.left = _MOST_DRAWN

    def hidden(self, page: Any, sheet: Box, things: list[PageObject], letters: list[Letter]) -> tuple[set[int], int]:
        """Places of the letters that are covered, and how many of the others may be and could not be judged."""
        covers = [one for one in things if _may_cover(one, sheet)]
        over = _Grid(sheet, covers)
        found: set[int] = set()
        unjudged: set[int] = {one.at for one in letters if one.order < over.beyond}
        under: dict[int, list[Letter]] = {}
        for letter in letters:
            for cover in over.at(*letter.middle):
                if cover.order > letter.order:
                    under.setdefault(cover.order, []).append(letter)
        for cover in covers:
            left = [letter for letter in under.get(cover.order, ()) if letter.at not in found]
            if not left:
                continue
            drawn = _DrawnCover.of(page, cover, things) if self.left > 0 else None
            self.left -= 1 + len(things) // _HEAVY
            if drawn is None:
                unjudged.update(letter.at for letter in left)
            else:
                found.update(letter.at for letter in left if drawn.covers(letter.box))
        return found, len(unjudged - found)

    @staticmethod
    def doubtful(sheet: Box, things: list[PageObject], text: int) -> bool:
        """Whether anything that may cover lies over text that was drawn before; ``text`` is the kind of objects of text."""
        over = _Grid(sheet, [one for one in things if _may_cover(one, sheet)])
        return any(max(over.beyond, over.last(one.box)) > one.order for one in things if one.kind == text)


def things(pdf: Any, page: Any) -> list[PageObject]:
    """The objects of a page and of the forms on it, in the order in which they are drawn."""
    return list(_things(pdf, page))


def _things(pdf: Any, page: Any) -> Iterator[PageObject]:
    ahead = [(pdf.FPDFPage_GetObject(page, at), 0, PLAIN) for at in reversed(range(pdf.FPDFPage_CountObjects(page)))]
    order = 0
    while ahead:
        one, within, placed = ahead.pop()
        kind = pdf.FPDFPageObj_GetType(one)
        yield PageObject(one, kind, order, within, _around(_bounds(pdf, one), placed))
        order += 1
        if kind == pdf.FPDF_PAGEOBJ_FORM and within < _DEEP:
            matrix = pdf.FS_MATRIX()
            inner = placed
            if pdf.FPDFPageObj_GetMatrix(one, byref(matrix)):
                inner = _times((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), placed)
            count = pdf.FPDFFormObj_CountObjects(one)
            ahead += [(pdf.FPDFFormObj_GetObject(one, at), within + 1, inner) for at in reversed(range(count))]


def letters(pdf: Any, textpage: Any, drawn: list[PageObject]) -> Iterator[tuple[Letter, Any]]:
    """The letters of a page that are no white space, each with its object."""
    orders = {cast(one.object, c_void_p).value: one.order for one in drawn if one.kind == pdf.FPDF_PAGEOBJ_TEXT}
    for at in range(textpage.count_chars()):
        one = pdf.FPDFText_GetTextObject(textpage, at)
        if not one or chr(pdf.FPDFText_GetUnicode(textpage, at) & 0xFFFF).isspace():
            continue
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        if pdf.FPDFText_GetCharBox(textpage, at, byref(left), byref(right), byref(bottom), byref(top)):
            box = (left.value, bottom.value, right.value, top.value)
            yield Letter(at, orders.get(cast(one, c_void_p).value, len(drawn)), box), one


def _may_cover(one: PageObject, sheet: Box) -> bool:
    import pypdfium2.raw as pdf  # type: ignore[import-untyped,unused-ignore]

    wide, high = one.box[2] - one.box[0], one.box[3] - one.box[1]
    if min(wide, high) < _THIN:
        return False
    if one.kind == pdf.FPDF_PAGEOBJ_PATH:
        mode, stroke = c_int(), c_int()
        return not pdf.FPDFPath_GetDrawMode(one.object, byref(mode), byref(stroke)) or bool(mode.value)
    if one.kind == pdf.FPDF_PAGEOBJ_IMAGE:
        return share(one.box, sheet) < _SCAN
    return bool(one.kind == pdf.FPDF_PAGEOBJ_SHADING)


class _Grid:
    """The covers over each part of a page."""

    def __init__(self, sheet: Box, covers: list[PageObject]) -> None:
        self.left, self.bottom = sheet[0], sheet[1]
        self.wide, self.high = max(1.0, sheet[2] - sheet[0]) / _GRID, max(1.0, sheet[3] - sheet[1]) / _GRID
        self.cells: dict[tuple[int, int], list[PageObject]] = {}
        self.beyond = -1
        """The place in the order of drawing of the last cover that was not looked at; -1 for none."""
        laid = 0
        for cover in covers:
            if laid > _MOST:
                self.beyond = cover.order
                continue
            for cell in self._cells(cover.box):
                self.cells.setdefault(cell, []).append(cover)
                laid += 1

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        (left, bottom), (right, top) = self._cell(box[0], box[1]), self._cell(box[2], box[3])
        return ((x, y) for x in range(left, right + 1) for y in range(bottom, top + 1))

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        column, row = (x - self.left) / self.wide, (y - self.bottom) / self.high
        return (int(min(max(column, 0), _GRID - 1)), int(min(max(row, 0), _GRID - 1)))

    def at(self, x: float, y: float) -> list[PageObject]:
        """The covers whose boxes hold a point."""
        return [one for one in self.cells.get(self._cell(x, y), ()) if one.box[0] <= x <= one.box[2] and one.box[1] <= y <= one.box[3]]

    def last(self, box: Box) -> int:
        """The place in the order of drawing of the last that touches a box; -1 for none."""
        near = [one for cell in self._cells(box) for one in self.cells.get(cell, ())[-1:]]
        return max((one.order for one in near), default=-1)


@dataclass(frozen=True)
class _DrawnCover:
    """A cover drawn alone, on white and on black."""

    page: Any
    width: int
    height: int
    white: bytes
    black: bytes
    stride: int

    @classmethod
    def of(cls, page: Any, cover: PageObject, things: list[PageObject]) -> _DrawnCover | None:
        """None where the library cannot draw one object alone, or fails."""
        import pypdfium2.raw as pdf

        if not hasattr(pdf, "FPDFPageObj_SetIsActive"):
            return None
        wide, high = pdf.FPDF_GetPageWidthF(page), pdf.FPDF_GetPageHeightF(page)
        scale = min(1.0, _SIDE / max(wide, high, 1.0))
        width, height = max(1, round(wide * scale)), max(1, round(high * scale))
        others = [one for one in things if one.order != cover.order and one.kind != pdf.FPDF_PAGEOBJ_FORM]
        sheets: list[bytes] = []
        stride = 0
        try:
            for one in others:
                pdf.FPDFPageObj_SetIsActive(one.object, False)
            for ground in (_WHITE, _BLACK):
                bitmap = pdf.FPDFBitmap_Create(width, height, 0)
                if not bitmap:
                    return None
                pdf.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, ground)
                pdf.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0)
                stride = pdf.FPDFBitmap_GetStride(bitmap)
                sheets.append(string_at(pdf.FPDFBitmap_GetBuffer(bitmap), stride * height))
                pdf.FPDFBitmap_Destroy(bitmap)
        finally:
            for one in others:
                pdf.FPDFPageObj_SetIsActive(one.object, True)
        return cls(page, width, height, sheets[0], sheets[1], stride)

    def covers(self, box: Box) -> bool:
        """Whether nothing shines through anywhere in a box."""
        import pypdfium2.raw as pdf

        corners = []
        for x, y in ((box[0], box[1]), (box[2], box[3])):
            across, down = c_int(), c_int()
            pdf.FPDF_PageToDevice(self.page, 0, 0, self.width, self.height, 0, x, y, byref(across), byref(down))
            corners.append((across.value, down.value))
        left, right = sorted(min(max(corner[0], 0), self.width - 1) for corner in corners)
        top, bottom = sorted(min(max(corner[1], 0), self.height - 1) for corner in corners)
        rows = range(top * self.stride, (bottom + 1) * self.stride, self.stride)
        return all(self.white[row + 4 * left : row + 4 * right + 4] == self.black[row + 4 * left : row + 4 * right + 4] for row in rows)


def _bounds(pdf: Any, one: Any) -> Box:
    left, bottom, right, top = (c_float() for _ in range(4))
    pdf.FPDFPageObj_GetBounds(one, byref(left), byref(bottom), byref(right), byref(top))
    return left.value, bottom.value, right.value, top.value


def share(box: Box, sheet: Box) -> float:
    """The share of a sheet (0–1) that a box takes up."""
    wide = max(0.0, min(box[2], sheet[2]) - max(box[0], sheet[0]))
    high = max(0.0, min(box[3], sheet[3]) - max(box[1], sheet[1]))
    whole = (sheet[2] - sheet[0]) * (sheet[3] - sheet[1])
    return wide * high / whole if whole > 0 else 0.0


def _times(one: Matrix, other: Matrix) -> Matrix:
    """What places by the one and then by the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _around(box: Box, placed: Matrix) -> Box:
    """The box around a box that was turned, sized and moved."""
    if placed == PLAIN:
        return box
    a, b, c, d, e, f = placed
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners)
