"""Where a firm stands among the others: what it evidences and few others do, and what others evidence and it does not."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.report.shapes import CellView, RowView, Standing

_LISTED = 8
_FEW = 4
"""«Few»: at most one in so many of the other firms; «many»: at least one in so many, and at least two."""
_LEVELS = {"outcome": 0, "action": 1}


def standings(rows: Sequence[RowView], firms: int) -> tuple[list[tuple[Standing, ...]], list[tuple[Standing, ...]]]:
    """For each firm what it shows ahead of the others, and where it falls behind them; at most eight of each.

    Compared are firms to whom the requirement is addressed and on whom a document was read. Behind are only cells that
    were searched: a firm without documents is behind nobody.
    """
    ahead: list[list[tuple[Standing, CellView]]] = [[] for _ in range(firms)]
    behind: list[list[Standing]] = [[] for _ in range(firms)]
    for row in rows:
        compared = [
            cell for cell in row.cells if cell.status not in ("unsearched", "not-applicable") and not cell.voluntary
        ]
        having = sum(cell.status == "evidenced" for cell in compared)
        for cell in compared:
            own = cell.status == "evidenced"
            standing = Standing(row.index, having - own, len(compared) - 1)
            if own and standing.of and standing.others * _FEW <= standing.of:
                ahead[cell.firm].append((standing, cell))
            if cell.status == "none" and standing.others >= 2 and standing.others * _FEW >= standing.of:
                behind[cell.firm].append(standing)
    return [_first(found) for found in ahead], [_worst(found) for found in behind]


def _first(found: list[tuple[Standing, CellView]]) -> tuple[Standing, ...]:
    ordered = sorted(found, key=lambda one: (one[0].share, _LEVELS.get(one[1].level, 2), -one[1].percent, one[0].row))
    return tuple(standing for standing, _ in ordered[:_LISTED])


def _worst(found: list[Standing]) -> tuple[Standing, ...]:
    return tuple(sorted(found, key=lambda one: (-one.share, one.row))[:_LISTED])
