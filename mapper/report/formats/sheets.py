"""Sheets for paper: one for each firm, or one for each requirement, as a page to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from mapper.model import Alignment
from mapper.report.formats.interface import Format
from mapper.report.paper import Paper, Sheet
from mapper.report.templates import template


def render(sheets: Callable[[Paper], Iterable[Sheet]], alignment: Alignment) -> bytes:
    """All sheets, each from the top of a page, with the disclaimer at the foot of every page."""
    return template("sheets.html.j2").render(sheets=sheets(Paper(alignment))).encode()


FORMATS = (
    Format("firm-sheets", "firms.html", partial(render, Paper.firm_sheets)),
    Format("requirement-sheets", "requirements.html", partial(render, Paper.requirement_sheets)),
)
