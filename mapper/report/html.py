"""View → matrix.html: one self-contained file that opens from disk and makes no request."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Any, get_args

from markupsafe import Markup

from mapper.memory import unsearched
from mapper.model import Alignment, Obligation
from mapper.report import orders
from mapper.report.beyond import NOTHING, Beyond
from mapper.report.levels import GLYPH, LETTER, TENTATIVE_BELOW
from mapper.report.pack import pack
from mapper.report.phrases import both, known
from mapper.report.picture import picture as pictured
from mapper.report.reviewed import DISPUTED
from mapper.report.scripted import least, scripted
from mapper.report.shapes import View
from mapper.report.templates import template
from mapper.report.view import THIN, build_view
from mapper.shipped import folder

LIMIT = 30_000
"""Up to so many cells, and so many pieces of evidence, the page holds a matrix and quotes for readers without scripts and for paper."""

_STYLES = ("base", "grid", "window", "views", "review", "print")
_SCRIPTS = (
    "page",
    "state",
    "filter",
    "unpack",
    "pieces",
    "lists",
    "sheets",
    "compare",
    "window",
    "keys",
    "kin",
    "panel",
    "undecided",
    "decisions",
    "yaml",
    "review",
    "choices",
    "paper",
    "main",
)
_FEW = 3  # firms of a requirement that a very large page quotes for readers without scripts
_LISTED = 20  # contrary cells and thin firms that the overview names; the others are linked


def render_html(alignment: Alignment, beyond: Beyond = NOTHING) -> str:
    """The page of an alignment. The same alignment always gives the same text. ``beyond``: what it does not hold."""
    requirements = sum(len(policy.requirements) for policy in alignment.policies)
    large = bool(beyond.pieces) or max(requirements * len(alignment.firms), len(alignment.evidence)) > LIMIT
    with unsearched():
        decided = [one.model_dump(mode="json", exclude_none=True, exclude={"id", "evidence"}) for one in alignment.review]
        return _rendered(build_view(alignment, beyond), decided, large)


def _rendered(view: View, decided: list[dict[str, Any]], large: bool) -> str:
    style = _joined("css", _STYLES) + _shown_view() + _on_every_sheet()
    scripts = (*_SCRIPTS[:-1], "opinions", _SCRIPTS[-1]) if view.second else _SCRIPTS
    script = f"(() => {{\n'use strict';\n{_joined('js', scripts)}}})();\n"
    first = _joined("js", ("first",))
    evidence = [one for row in view.rows for cell in row.cells for one in cell.evidence]
    years = {year for document in view.documents if (year := (document.it.date or "")[:4]).isdigit()}
    return template("matrix.html.j2").render(
        view=view,
        views=orders.VIEWS,
        large=large,
        listed=_LISTED,
        thin_limit=THIN,
        few=_FEW,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        first=Markup(first),
        first_hash=_hash(first),
        data=Markup(embed(scripted(view))),
        decided=Markup(embed(decided)),
        packed=Markup(pack(view)),
        picture=None if large else pictured(view),
        letters=list(LETTER.items()),
        glyphs=GLYPH,
        alleged=orders.ALLEGED,
        undecided=orders.UNDECIDED,
        disputed=DISPUTED,
        tentative_below=TENTATIVE_BELOW,
        likened=any(reason.kind == "example" for one in evidence for reason in one.it.reasons),
        grade_order=orders.GRADES,
        grades=dict(view.figures.grades),
        levels_of={status: ",".join(levels) for status, levels in orders.LEVELS_OF.items()},
        row_of={row.it.id: row for row in view.rows},
        themes=[{"id": theme, "name": known(f"page.theme-{theme}", theme)} for theme in view.themes],
        obligations=get_args(Obligation),
        years=range(int(max(years)), int(min(years)) - 1, -1) if years else (),
        scores=[percent for percent in (50, 60, 70, 80, 90) if percent > least(view)],
    )


def _shown_view() -> str:
    """With scripts only one view is shown."""
    return f"{', '.join(f'.scripts[data-view={name}] #{name}' for name in orders.VIEWS)} {{ display: block; }}\n"


def _on_every_sheet() -> str:
    """The margins of every printed sheet: what the page is not, and the number of the sheet."""
    words = json.dumps(" / ".join(both("page.every-sheet")), ensure_ascii=False)
    left = f"@bottom-left {{ content: {words}; font-size: 7pt; width: 85%; }}"
    right = '@bottom-right { content: counter(page) " / " counter(pages); font-size: 7pt; }'
    return f"@page {{ {left} {right} }}\n"



def embed(value: Any) -> str:
    """JSON that can stand inside a script element: nothing in it can end the element or a line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@cache
def _joined(kind: str, names: tuple[str, ...]) -> str:
    return "".join((folder("templates") / kind / f"{name}.{kind}").read_text(encoding="utf-8") for name in names)


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
