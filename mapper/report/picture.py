"""The whole matrix as one small picture: a path a level, a dot a cell, each level with a shape of its own."""

from __future__ import annotations

from typing import Any

from mapper.report.shapes import View

_WHOLE = "h12v3h-12z"
_SHAPES = {"s": "m3 0h6v3h-6z", "c": "h4v3h-4zm8 0h4v3h-4z", "n": "m4 1h4v1h-4z", "u": "m5 1h2v1h-2z"}
"""Drawn from the upper left corner of a dot of 12 × 3, so that levels differ in grey too."""
_LABEL = 12


def picture(view: View) -> dict[str, Any]:
    """Paths by letter, labels of the policies, and the size; with gaps between kinds and policies."""
    columns, x = [], 0
    for firm in view.firms:
        x += 4 if firm.starts_kind and firm.index else 0
        columns.append(x)
        x += 13
    paths: dict[str, list[str]] = {}
    labels = []
    y = 0
    for policy in view.policies:
        y += _LABEL
        labels.append((y - 3, policy.name))
        for row in policy.rows:
            for cell in row.cells:
                paths.setdefault(cell.letter, []).append(f"M{columns[cell.firm]} {y}{_SHAPES.get(cell.letter, _WHOLE)}")
            y += 4
        y += 4
    return {
        "width": max(x, 160),
        "height": y,
        "labels": labels,
        "paths": [(letter, "".join(paths[letter])) for letter in sorted(paths)],
        "shapes": {letter: f"M0 0{_SHAPES.get(letter, _WHOLE)}" for letter in paths},
    }
