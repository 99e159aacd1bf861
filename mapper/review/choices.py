"""What can be chosen in a workbook's drop-downs, and what a filled-in cell means."""

from __future__ import annotations

from mapper.messages import text
from mapper.model import Ruling
from mapper.review.decisions import GRADES

ON_PIECES: tuple[Ruling, ...] = ("accept", "reject", "regrade", "comment")
ON_GAPS: tuple[str, ...] = ("not-applicable", "evidenced", "stated", "contrary", "none")
"""What a cell without evidence can be set to: the first is a ruling of its own."""


def rulings() -> tuple[str, ...]:
    """The drop-down for a piece of evidence."""
    return tuple(_choice(f"problem.why-ruling-{one}", one) for one in ON_PIECES)


def on_undecided() -> tuple[str, ...]:
    """The drop-down for what is undecided: there is no grade to accept."""
    return tuple(_choice(f"problem.why-ruling-{one}", one) for one in ON_PIECES if one != "accept")


def grades() -> tuple[str, ...]:
    """The drop-down for a grade."""
    return tuple(_choice(f"page.grade-{one}", one) for one in GRADES)


def gaps() -> tuple[str, ...]:
    """The drop-down for a cell without evidence."""
    return tuple(_choice(f"handover.status-{one}", one) for one in ON_GAPS)


def meant(cell: str, choices: tuple[str, ...]) -> str | None:
    """The code that a filled-in cell stands for: the whole choice, its code, or its Chinese words; None for anything else."""
    words = cell.strip().lower()
    for choice in choices:
        chinese, _, code = choice.rpartition(" ")
        if words in (choice.lower(), code, chinese):
            return code
    return None


def _choice(key: str, code: str) -> str:
    return f"{text(key, 'zh')} {code}"
