"""What the page's script needs before the evidence is unpacked: ids, names, the letters of the cells, orders and texts."""

from __future__ import annotations

from typing import Any, get_args

from mapper.messages import sheet
from mapper.model import Grade
from mapper.report import orders
from mapper.report.clauses import clause
from mapper.report.kinship import Kin
from mapper.report.levels import GLYPH, LETTER, TENTATIVE_BELOW
from mapper.report.phrases import known
from mapper.report.reviewed import DISPUTED
from mapper.report.shapes import View
from mapper.report.terms import percent_of, score_line

KEPT_BY_PYTHON = (
    "theme-", "repair-", "role-", "basis-", "figure-", "about-", "undecided-count", "undecided-matrix", "undecided-more",
)  # fmt: skip
"""Beginnings of the keys of texts that only the markup says."""
_OF_SECOND = ("found-", "only-model", "why-model", "queue-differs")
"""The same of texts for a run with a second reader."""


def scripted(view: View) -> dict[str, Any]:
    """The data of the page's script."""
    columns = {firm.it.id: firm.index for firm in view.firms}
    at = {row.it.id: row.index for row in view.rows}
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
            {
                "id": firm.it.id,
                "name": list(firm.name),
                "kind": firm.it.kind,
                "also": " ".join((*firm.it.aliases, *firm.it.former, firm.it.full_name or "")),
                **({"former": "、".join(firm.it.former)} if firm.it.former else {}),
                **({"mentioned": True} if firm.mentioned else {}),
            }
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
                "phase": "" if row.phase == "in-force" else row.phase,
                "cells": "".join(cell.letter.upper() if cell.voluntary else cell.letter for cell in row.cells),
                **_kin(row.kin, at),
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
        "themed": [[list(known(f"page.theme-{theme}", theme)) if theme else [], rows] for theme, rows in view.themed],
        "least": least(view),
        "tentativeBelow": TENTATIVE_BELOW,
        "line": list(score_line(dict(view.options))),
        "letters": {letter: level for level, letter in LETTER.items()},
        "glyphs": {letter: GLYPH[level] for level, letter in LETTER.items()},
        "orders": _orders(),
        "texts": {
            key: [words["zh"], words["en"]]
            for key, words in sheet("page").items()
            if not key.startswith(KEPT_BY_PYTHON if view.second else (*KEPT_BY_PYTHON, *_OF_SECOND))
        },
    }


def _orders() -> dict[str, Any]:
    """The orders of a report, levels by the letters of their cells."""
    return {
        "views": orders.VIEWS,
        "grades": orders.GRADES,
        "heaviest": orders.HEAVIEST,
        "ascending": get_args(Grade),
        "letterOf": {grade: LETTER[level] for grade, level in orders.LEVEL_OF.items()},
        "statuses": orders.STATUSES,
        "lettersOf": {status: [LETTER[level] for level in levels] for status, levels in orders.LEVELS_OF.items()},
        "gaps": orders.GAPS,
        "outside": [LETTER[status] for status in orders.OUTSIDE],
        "reasons": orders.REASONS,
        "alleged": orders.ALLEGED,
        "undecided": orders.UNDECIDED,
        "disputed": DISPUTED,
    }


def _kin(kin: Kin, at: dict[str, int]) -> dict[str, Any]:
    """What a requirement is to others, by their rows; nothing of one that stands alone."""
    told: dict[str, Any] = {
        "standing": kin.standing if kin.standing != "in-force" else None,
        "older": [[at[id], change] for id, change in kin.older],
        "newer": [[at[id], change] for id, change in kin.newer],
        "links": [[at[link.other], link.relation, link.why] for link in kin.links],
    }
    return {name: value for name, value in told.items() if value}


def least(view: View) -> int:
    """The score under which nothing is listed, in per cent; 0 where the run names none."""
    return percent_of(dict(view.options), "min_score")
