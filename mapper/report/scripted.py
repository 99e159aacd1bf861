"""What the page's script needs beside the markup: ids for addresses, figures for the filters, texts in both languages."""

from __future__ import annotations

from typing import Any

from mapper.messages import sheet
from mapper.report.clauses import clause
from mapper.report.shapes import GLYPH, LETTER, CellView, View

_GRADE_BIT = {"outcome": 1, "action": 2, "commitment": 4, "adverse": 8}


def scripted(view: View, large: bool) -> dict[str, Any]:
    """The data of the page's script. ``large`` leaves out what the packed evidence tells."""
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
        "found": [] if large else [_found(cell) for row in view.rows for cell in row.cells if cell.evidence],
        "below": []
        if large
        else [[cell.firm, cell.row, cell.below] for row in view.rows for cell in row.cells if cell.below],
        "least": least(view),
        "letters": {letter: level for level, letter in LETTER.items()},
        "glyphs": {letter: GLYPH[level] for level, letter in LETTER.items()},
        "texts": {key: [words["zh"], words["en"]] for key, words in sheet("page").items()},
    }


def least(view: View) -> int:
    """The score under which nothing is listed, in per cent; 0 where the run names none."""
    try:
        return round(100 * float(dict(view.options).get("min_score") or 0))
    except ValueError:
        return 0


def _found(cell: CellView) -> list[int]:
    """Column, row, best score, grades, older/newer/undated as bits, newest year."""
    grades = when = year = 0
    for one in cell.evidence:
        grades |= _GRADE_BIT[one.it.grade]
        when |= 4 if one.it.predates is None else 2 if one.it.predates else 1
        date = one.place.document.it.date or ""
        year = max(year, int(date[:4]) if date[:4].isdigit() else 0)
    return [cell.firm, cell.row, max(one.percent for one in cell.evidence), grades, when, year]
