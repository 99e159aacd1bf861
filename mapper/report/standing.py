"""Where a firm stands among its peers: what it evidences and few of them do, and what they evidence and it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mapper.report.orders import OUTSIDE
from mapper.report.shapes import AmongPeers, CellView, RowView

PEERS = 3
"""A firm is compared with its own kind where at least so many others of it can be compared, and else with all firms."""

_LISTED = 8
_FEW = 4
"""«Few»: at most one in so many of the peers; «many»: at least one in so many, and at least two."""
_LEVELS = {"outcome": 0, "action": 1}
_PeerLists = list[tuple[AmongPeers, ...]]
"""For each firm, some rows in which it differs from its peers."""


def standings(rows: Sequence[RowView], kinds: Sequence[str]) -> tuple[_PeerLists, _PeerLists]:
    """For each firm what it shows ahead of its peers, and where it falls behind them; at most eight of each.

    ``kinds`` gives the kind of every column. Compared are firms to whom the requirement is addressed and on whom a
    document was read. Behind are only cells that were searched: a firm without documents is behind nobody.
    """
    ahead: list[list[tuple[AmongPeers, CellView]]] = [[] for _ in kinds]
    behind: list[list[AmongPeers]] = [[] for _ in kinds]
    for row in rows:
        compared = [
            cell for cell in row.cells if cell.status not in ("unsearched", *OUTSIDE) and not cell.voluntary
        ]
        counts = Counter(kinds[cell.firm] for cell in compared)
        evidenced = Counter(kinds[cell.firm] for cell in compared if cell.status == "evidenced")
        everybody = evidenced.total(), counts.total()
        for cell in compared:
            own, kind = cell.status == "evidenced", kinds[cell.firm]
            same = counts[kind] > PEERS
            having, of = (evidenced[kind], counts[kind]) if same else everybody
            standing = AmongPeers(row.index, having - own, of - 1, same)
            if own and standing.of and standing.others * _FEW <= standing.of:
                ahead[cell.firm].append((standing, cell))
            if cell.status == "none" and standing.others >= 2 and standing.others * _FEW >= standing.of:
                behind[cell.firm].append(standing)
    return [_first(found) for found in ahead], [_worst(found) for found in behind]


def _first(found: list[tuple[AmongPeers, CellView]]) -> tuple[AmongPeers, ...]:
    ordered = sorted(found, key=lambda one: (one[0].part, _LEVELS.get(one[1].level, 2), -one[1].percent, one[0].row))
    return tuple(standing for standing, _ in ordered[:_LISTED])


def _worst(found: list[AmongPeers]) -> tuple[AmongPeers, ...]:
    return tuple(sorted(found, key=lambda one: (-one.part, one.row))[:_LISTED])
