"""What a page of a very large run does not hold: the best pieces of a cell are shown, all others are only counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mapper.model import Grade

PIECES = 12_000
"""Pieces of evidence that a page shows at most; of more, the best of each cell, and one at least."""
UNCLEAR = 2_000
"""Pieces without a direction that the page of a very large run shows at most."""
CHARACTERS = 4_000_000
"""Characters of sentences up to which they are held for the page, which shows whole texts of few documents only."""


@dataclass(frozen=True)
class Beyond:
    """Pieces of evidence that are not shown, counted; cells are (firm, requirement)."""

    pieces: Mapping[tuple[str, str], int] = field(default_factory=dict)
    recent: frozenset[tuple[str, str]] = frozenset()
    """Cells in which one of them is not older than the policy."""
    grades: Mapping[Grade, int] = field(default_factory=dict)
    """Without those that are only alleged."""
    alleged: int = 0
    predating: int = 0
    marks: Mapping[str, int] = field(default_factory=dict)
    """By document."""
    undecided: int = 0


NOTHING = Beyond()
