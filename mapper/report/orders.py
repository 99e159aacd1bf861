"""The orders of a report, each stated once: grades, levels, statuses, reasons. The page's script is handed them too."""

from __future__ import annotations

from typing import Literal

from mapper.model import Evidence, Grade, Status
from mapper.report.levels import Level

GRADES: tuple[Grade, ...] = ("outcome", "action", "commitment", "adverse")
"""As they are named and counted."""

HEAVIEST: tuple[Grade, ...] = ("adverse", "outcome", "action", "commitment")
"""As the pieces of a cell are listed; allegations come last."""

LEVEL_OF: dict[Grade, Level] = {
    "outcome": "outcome",
    "action": "action",
    "commitment": "stated",
    "adverse": "contrary",
}
"""What a cell looks like whose best piece is of that grade."""

BEST: tuple[Level, ...] = ("outcome", "action", "contrary", "stated")
"""As the firms of a requirement are listed; every other level comes last."""

STATUSES: tuple[Status, ...] = ("evidenced", "stated", "contrary", "none", "unsearched")
"""As a bar shows the addressed cells."""

LEVELS_OF: dict[Status, tuple[Level, ...]] = {
    "evidenced": ("outcome", "action"),
    "stated": ("stated",),
    "contrary": ("contrary",),
    "none": ("none",),
    "unsearched": ("unsearched",),
}
"""The levels that a status of a bar holds."""

OUTSIDE: tuple[Literal["not-applicable", "not-yet"], ...] = ("not-applicable", "not-yet")
"""What stands outside every denominator: nothing was found, and the duty does not bind the firm, or not yet."""

GAPS: tuple[Level, ...] = ("none", "unsearched")
"""What counts as a gap."""

REASONS: tuple[str, ...] = ("signal", "example", "attribution", "grade")
"""Kinds of reasons as they are told; a kind that is not among them comes last."""

VIEWS = ("overview", "matrix", "firms", "requirements", "compare", "documents", "review", "about")
"""The views of the page, as its navigation names them."""

ALLEGED = "△"
"""The sign of evidence that is an allegation only."""


UNDECIDED = "±"
"""The sign of what may be a deed or a fault."""


def rank(one: Evidence) -> int:
    """Where a piece stands among those of its cell, by grade."""
    return len(HEAVIEST) if one.alleged else HEAVIEST.index(one.grade)
