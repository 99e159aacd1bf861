"""The whole matrix as one small picture: a path a level, a dot a cell."""

from __future__ import annotations

from typing import Any

from mapper.report.shapes import View


def picture(view: View) -> dict[str, Any]:
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
