"""Sheets for paper: one for each firm, or one for each requirement, as a page to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial

import jinja2

from mapper.model import Alignment
from mapper.report.formats.interface import Format
from mapper.report.paper import Paper, Sheet
from mapper.report.phrases import counted
from mapper.shipped import folder


def render(sheets: Callable[[Paper], Iterable[Sheet]], alignment: Alignment) -> bytes:
    """All sheets, each from the top of a page, with the disclaimer at the foot of every page."""
    return _template().render(sheets=sheets(Paper(alignment))).encode()


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder("templates"), encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["say"] = counted
    return environment.get_template("sheets.html.j2")


FORMATS = (
    Format("firm-sheets", "firms.html", partial(render, Paper.firm_sheets)),
    Format("requirement-sheets", "requirements.html", partial(render, Paper.requirement_sheets)),
)
