"""What the page's script needs before the evidence is unpacked: ids, names, the letters of the cells, orders and texts."""

from __future__ import annotations

from typing import Any, get_args

from mapper.messages import sheet
from mapper.model import Grade
from mapper.report import orders
from mapper.report.clauses import clause
from mapper.report.reviewed import DISPUTED
from mapper.report.shapes import GLYPH, LETTER, View

KEPT_BY_PYTHON = ("theme-", "repair-", "role-", "basis-", "figure-", "about-")
"""Beginnings of the keys of texts that only the markup says."""


def scripted(view: View) -> dict[str, Any]:
    """The data of the page's script."""
    columns = {firm.it.id: firm.index for firm in view.firms}
    return {
        "policies": [
            {"id": policy.it.id, "name": list(policy.name), "partial": policy.it.basis == "partial"}
            for policy in view.policies
        ],
        "parts": [
            {"id": part.it.id, "label": list(clause(part.it.id)), "policy": part.policy, "name": list(part.name)}
            for part in view.parts
        ],
        "firms": [
            {"id": firm.it.id, "name": list(firm.name), "kind": firm.it.kind, "also": " ".join(firm.it.aliases)}
            for firm in view.firms
        ],
        "rows": [
            {
                "id": row.it.id,
                "policy": row.policy,
                "part": row.part,
                "clause": list(row.clause),
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
        "least": least(view),
        "letters": {letter: level for level, letter in LETTER.items()},
        "glyphs": {letter: GLYPH[level] for level, letter in LETTER.items()},
        "orders": {
            "views": orders.VIEWS,
            "grades": orders.GRADES,
            "heaviest": orders.HEAVIEST,
            "ascending": get_args(Grade),
            "letterOf": {grade: LETTER[level] for grade, level in orders.LEVEL_OF.items()},
            "statuses": orders.STATUSES,
            "lettersOf": {
                status: [LETTER[level] for level in levels] for status, levels in orders.LEVELS_OF.items()
            },
            "gaps": orders.GAPS,
            "reasons": orders.REASONS,
            "alleged": orders.ALLEGED,
            "disputed": DISPUTED,
        },
        "texts": {
            key: [words["zh"], words["en"]]
            for key, words in sheet("page").items()
            if not key.startswith(KEPT_BY_PYTHON)
        },
    }


def least(view: View) -> int:
    """The score under which nothing is listed, in per cent; 0 where the run names none."""
    try:
        return round(100 * float(dict(view.options).get("min_score") or 0))
    except ValueError:
        return 0
