"""A workbook's plain parts: styles, headed tables, paper. What is in it is said in xlsx.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

from mapper import letters
from mapper.messages import say, text
from mapper.report.formats.interface import needed

EXTRA = "excel"
MOST_ROWS = 1_048_576
"""Rows of a sheet; what does not fit is left out, and the last row says so."""
LONGEST = 32_000
"""Characters of a cell; Excel takes 32,767."""
INK = {
    "outcome": "#0B5D3B", "action": "#2E7D32", "stated": "#8A6D00", "contrary": "#B3261E", "none": "#6B7280",
    "unsearched": "#6B7280", "not-applicable": "#9CA3AF", "not-yet": "#9CA3AF",
}  # fmt: skip
LINE, _MOST_LINES = 13.5, 10
"""Points of a line of text, and how many a row may show; the rest is seen in the cell."""
_CREATED = datetime(2000, 1, 1)
_HEAD = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "border": 1}


class Column(NamedTuple):
    """A column of a table: the message of its heading, its width in characters, and how its cells look."""

    key: str
    width: float
    style: str = "wrap"
    choices: Callable[[], tuple[str, ...]] = tuple
    hidden: bool = False


class Workbook:
    """An .xlsx file in the making. Every text is written as a text: a cell that begins with = + - @ is no formula.

    Rows are written from top to bottom, each wholly before the next and its height before its cells: only then does
    the library need no memory for a large table.
    """

    def __init__(self, title: str) -> None:
        self._made = BytesIO()
        self.book: Any = needed("xlsxwriter", EXTRA).Workbook(self._made, {"constant_memory": True})
        self.book.set_properties({"title": title, "created": _CREATED})
        base = {"font_name": "等线", "font_size": 10, "valign": "top"}
        plain: dict[str, dict[str, Any]] = {
            "text": {},
            "wrap": {"text_wrap": True},
            "bold": {"bold": True},
            "number": {"num_format": "#,##0"},
            "percent": {"num_format": "0%"},
            "score": {"num_format": "0.00"},
            "fill": {"text_wrap": True, "bg_color": "#FFF8D6", "border": 1, "border_color": "#D9C77A", "locked": False},
            "title": {"bold": True, "font_size": 16, "font_color": "#1F3A5F"},
            "section": {"bold": True, "font_size": 12, "font_color": "#1F3A5F", "bottom": 1},
            "note": {"italic": True, "font_color": "#4B5563"},
            "note-wrap": {"italic": True, "font_color": "#4B5563", "text_wrap": True},
            "warning": {"bold": True, "text_wrap": True, "font_color": "#B3261E"},
            "group": {"bold": True, "bg_color": "#E5ECF5"},
        }
        self.styles: dict[str, Any] = {name: self.book.add_format(base | more) for name, more in plain.items()}
        for name, ink in INK.items():
            for suffix, back in (("", None), ("-v", "#ECECEC")):
                look = {"align": "center", "font_color": ink, "border": 1, "border_color": "#D1D5DB"}
                self.styles[f"mark-{name}{suffix}"] = self.book.add_format(
                    base | look | ({"bg_color": back} if back else {})
                )
        self.styles["head"] = self.book.add_format(base | _HEAD)
        self.styles["head-fill"] = self.book.add_format(base | _HEAD | {"bg_color": "#8A6D00"})
        self.styles["head-up"] = self.book.add_format(base | _HEAD | {"rotation": 90, "align": "center"})

    def sheet(self, key: str, widths: Sequence[float], *, landscape: bool = True) -> Any:
        """A new sheet, set up for paper: one page wide, with the disclaimer and the page number at its foot."""
        sheet = self.book.add_worksheet(f"{text(f'handover.sheet-{key}', 'zh')} {text(f'handover.sheet-{key}', 'en')}")
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        said = (text("handover.print-footer", language) for language in ("zh", "en"))
        sheet.set_footer("&L&8" + " / ".join(said) + "&R&8&P / &N")
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        return sheet

    def write(self, sheet: Any, row: int, column: int, value: Any, style: str = "text") -> None:
        """One cell: a number as a number, anything else as text."""
        look = self.styles[style]
        if value is None or value == "":
            sheet.write_blank(row, column, None, look)
        elif isinstance(value, bool):
            sheet.write_string(row, column, say("handover.affirmed") if value else "", look)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, look)
        else:
            words = str(value)
            if len(words) > LONGEST:
                words = words[:LONGEST] + text("handover.truncated", "zh")
            sheet.write_string(row, column, words, look)

    def table(
        self,
        sheet: Any,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Any]],
        *,
        top: int = 0,
        frozen: int = 0,
        printed: int | None = None,
    ) -> None:
        """A table with frozen bilingual heads, a filter, and drop-downs in the columns that have choices.

        ``printed``: so many columns go onto paper, by default all.
        """
        sheet.set_row(top, 44)
        for number, column in enumerate(columns):
            head = "\n".join((text(f"handover.col-{column.key}", "zh"), text(f"handover.col-{column.key}", "en")))
            self.write(sheet, top, number, head, "head-fill" if column.style == "fill" else "head")
            sheet.set_column(number, number, column.width, None, {"hidden": True} if column.hidden else {})
        last = top
        for last, row in enumerate(rows, start=top + 1):
            if last == MOST_ROWS - 1:
                self.write(sheet, last, 0, text("handover.truncated", "zh"), "warning")
                break
            lines = max(lines_of(value, column.width) for column, value in zip(columns, row, strict=True))
            if lines > 1:
                sheet.set_row(last, LINE * lines)
            for number, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.write(sheet, last, number, value, column.style)
        end = max(last, top + 1)
        for number, column in enumerate(columns):
            if chosen := column.choices():
                sheet.data_validation(top + 1, number, end, number, {"validate": "list", "source": list(chosen)})
        sheet.autofilter(top, 0, end, len(columns) - 1)
        sheet.freeze_panes(top + 1, frozen)
        sheet.repeat_rows(top)
        if printed is not None:
            sheet.print_area(0, 0, end, printed - 1)

    def across(self, sheet: Any, row: int, columns: int, words: str, style: str, lines: int) -> None:
        """A text over several columns, in a row as high as so many lines."""
        sheet.set_row(row, LINE * lines)
        sheet.merge_range(row, 0, row, columns - 1, "", self.styles[style])
        self.write(sheet, row, 0, words, style)

    def pairs(self, sheet: Any, row: int, pairs: Mapping[str, Any]) -> int:
        """Labels with their values below each other; returns the row after them."""
        for label, value in pairs.items():
            self.write(sheet, row, 0, label, "wrap")
            self.write(sheet, row, 1, value, "number" if isinstance(value, int) else "wrap")
            row += 1
        return row

    def bytes(self) -> bytes:
        """The file."""
        self.book.close()
        return self._made.getvalue()


def lines_of(value: object, width: float) -> int:
    """How many lines a value takes in a column, as far as that can be told from its characters."""
    if not isinstance(value, str):
        return 1
    wide = map(letters.width, value[:2000].split("\n"))
    return min(sum(max(1, ceil(1.1 * columns / max(width, 1))) for columns in wide), _MOST_LINES)
