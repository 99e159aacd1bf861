"""Evidence, cells and decisions as CSV (UTF-8), one record a row; for Excel with a mark at the start."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial
from io import StringIO

from mapper.model import Alignment
from mapper.report.formats.interface import Format
from mapper.report.tables import TABLES, Records

_BOM = b"\xef\xbb\xbf"
_RISKY = tuple("=+-@\t\r")


def render(records: Callable[[Alignment], Records], alignment: Alignment) -> bytes:
    """The records with a head of their field names."""
    return _written(records(alignment), tame=False)


def render_for_excel(records: Callable[[Alignment], Records], alignment: Alignment) -> bytes:
    """With a byte order mark, and an apostrophe before what Excel would take for a formula."""
    return _BOM + _written(records(alignment), tame=True)


def _written(records: Records, *, tame: bool) -> bytes:
    made = StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(records.fields)
    for row in records.rows:
        writer.writerow([_said(value, tame) for value in row])
    return made.getvalue().encode()


def _said(value: object, tame: bool) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if tame and isinstance(value, str) and value.startswith(_RISKY):
        return f"'{value}"
    return value


FORMATS = tuple(
    Format(
        "csv" if name == "evidence" else f"{name}-csv",
        f"{name}.csv",
        partial(render, records),
        for_excel=partial(render_for_excel, records),
    )
    for name, records in TABLES.items()
)
