"""View → matrix.html: one self-contained file that opens from disk and makes no request."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Any, get_args

import jinja2
from markupsafe import Markup

from mapper.messages import sheet
from mapper.model import Alignment, DateBasis, FirmKind, Grade, Obligation
from mapper.report.pack import pack
from mapper.report.phrases import counted, known
from mapper.report.quotes import ORDER
from mapper.report.shapes import GLYPH, LETTER, CellView, Level, View
from mapper.report.view import THIN, build_view
from mapper.shipped import folder

LIMIT = 30_000
"""Above so many cells, or so many pieces of evidence, matrix and evidence are packed and drawn by script, in view only."""

_QUOTED = 5  # best examples that a requirement's sheet quotes; the others are linked
_VIEWS = ("overview", "matrix", "firms", "requirements", "documents", "about")
_STYLES = ("base", "grid", "views", "print")
_SCRIPTS = ("page", "state", "filter", "table", "keys", "panel", "main")
_PACKED_SCRIPTS = ("page", "state", "filter", "unpack", "pieces", "window", "keys", "panel", "main")
_LISTED = 100  # contrary cells and thin firms that the overview of a large page names; the others are linked
_LEVELS_OF = {"evidenced": "outcome,action"}
_GRADE_BIT = {"outcome": 1, "action": 2, "commitment": 4, "adverse": 8}
_SCRIPT_TEXTS = (
    "count-requirements", "count-firms", "count-cells", "shown", "shown-voluntary", "shown-all", "nothing-matches",
    *(f"{form}-{what}" for form in ("totals", "upright") for what in ("plain", "filtered", "holes")), "corner",
    "corner-swapped", "panel", "close", "previous", "next", "asks", "cite", "cited", "cite-select", "cite-of",
    "cite-unchecked", "title", "choose-firm", "choose-requirement", "signals-first", "read-on-firm", "choose-document",
    "all-firms", "all-requirements", "all-documents",
    *(f"{form}-{level}" for form in ("level", "long") for level in get_args(Level)),
)  # fmt: skip
_PACKED_TEXTS = (
    "score-of", "evidence-predates", "evidence-undated", "evidence-after", "voluntary", "level-predates", "where",
    "page-number", "section", "acting-as", "copies", "count-documents", "pieces", "cell-score", "publisher-unknown", "by-inferred",
    "date-unknown", "colon", "outcomes", "as-of", "no-evidence", "gaps", "col-coverage", "material", "long-unsearched",
    "unpack-failed", "level-voluntary",
    *(f"{form}-{grade}" for form in ("grade", "next") for grade in get_args(Grade)),
    *(f"why-{kind}" for kind in ORDER), *(f"date-{basis}" for basis in get_args(DateBasis)),
    *(f"kind-{kind}" for kind in get_args(FirmKind)),
)  # fmt: skip


def render_html(alignment: Alignment) -> str:
    """The page of an alignment. The same alignment always gives the same text."""
    requirements = sum(len(policy.requirements) for policy in alignment.policies)
    large = max(requirements * len(alignment.firms), len(alignment.evidence)) > LIMIT
    view = build_view(alignment, read=not large)
    scripts = _PACKED_SCRIPTS if large else _SCRIPTS
    style, script = _joined("css", _STYLES), f"(() => {{\n'use strict';\n{_joined('js', scripts)}}})();\n"
    first = _joined("js", ("first",))
    years = {(document.it.date or "")[:4] for document in view.documents} - {""}
    return _template().render(
        view=view,
        views=_VIEWS,
        large=large,
        listed=_LISTED,
        thin_limit=THIN,
        quoted=_QUOTED,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        first=Markup(first),
        first_hash=_hash(first),
        data=Markup(embed(_data(view, large))),
        packed=Markup(pack(view)) if large else "",
        picture=None if large else _picture(view),
        letters=list(LETTER.items()),
        glyphs=GLYPH,
        grades=dict(view.figures.grades),
        levels_of={status: _LEVELS_OF.get(status, status) for status in (*LETTER, "evidenced")},
        themes=[{"id": theme, "name": known(f"page.theme-{theme}", theme)} for theme in view.themes],
        obligations=get_args(Obligation),
        years=sorted(years, reverse=True),
    )


def embed(value: Any) -> str:
    """JSON that can stand inside a script element: nothing in it can end the element or a line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


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
    environment.filters["n"] = lambda number: f"{number:,}"
    environment.filters["clip"] = lambda words: words if len(words) <= 120 else words[:119] + "…"
    return environment.get_template("matrix.html.j2")


@cache
def _joined(kind: str, names: tuple[str, ...]) -> str:
    return "".join((folder("templates") / kind / f"{name}.{kind}").read_text(encoding="utf-8") for name in names)


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _data(view: View, large: bool) -> dict[str, Any]:
    """What the script needs beside the markup: ids for addresses, and each cell's figures for the filters."""
    labels = sheet("page")
    columns = {firm.it.id: firm.index for firm in view.firms}
    return {
        "policies": [
            {"id": policy.it.id, "name": list(policy.name), "partial": policy.it.basis == "partial"}
            for policy in view.policies
        ],
        "firms": [
            {"id": firm.it.id, "name": list(firm.name), "kind": firm.it.kind, "also": " ".join(firm.it.aliases)}
            for firm in view.firms
        ],
        "rows": [
            {
                "id": row.it.id,
                "policy": row.policy,
                "clause": row.it.clause,
                "title": list(row.title),
                "obligation": row.it.obligation,
                "themes": row.it.themes,
                "cells": "".join(cell.letter.upper() if cell.voluntary else cell.letter for cell in row.cells),
            }
            for row in view.rows
        ],
        "documents": [
            {
                "id": document.it.id,
                "name": document.title,
                "firms": [columns[firm] for firm in document.it.firms if firm in columns],
            }
            for document in view.documents
        ],
        "found": [] if large else [_found(cell) for row in view.rows for cell in row.cells if cell.evidence],
        "letters": {letter: level for level, letter in LETTER.items()},
        "glyphs": {letter: GLYPH[level] for level, letter in LETTER.items()},
        "texts": {
            key: [labels[key]["zh"], labels[key]["en"]]
            for base in (*_SCRIPT_TEXTS, *(_PACKED_TEXTS if large else ()))
            for key in (base, f"{base}-one")
            if key in labels
        },
    }


def _found(cell: CellView) -> list[int]:
    """Column, row, best score, grades, older/newer/undated as bits, newest year."""
    grades = when = year = 0
    for one in cell.evidence:
        grades |= _GRADE_BIT[one.it.grade]
        when |= 4 if one.it.predates is None else 2 if one.it.predates else 1
        date = one.place.document.it.date or ""
        year = max(year, int(date[:4]) if date[:4].isdigit() else 0)
    return [cell.firm, cell.row, max(one.percent for one in cell.evidence), grades, when, year]


def _picture(view: View) -> dict[str, Any]:
    """The whole matrix as one path a level, with gaps between kinds and policies."""
    columns, x = [], 0
    for firm in view.firms:
        x += 4 if firm.starts_kind and firm.index else 0
        columns.append(x)
        x += 13
    paths: dict[str, list[str]] = {}
    y = 0
    for policy in view.policies:
        for row in policy.rows:
            for cell in row.cells:
                paths.setdefault(cell.letter, []).append(f"M{columns[cell.firm]} {y}h12v3h-12z")
            y += 4
        y += 6
    return {
        "width": x,
        "height": y,
        "paths": [(letter, "".join(paths[letter])) for letter in sorted(paths)],
        "letters": set(paths),
    }
