"""Counts and marks as reviewed: a human's word where there is one, the machine's elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from mapper.model import Alignment, Cell, Evidence, Status
from mapper.report.levels import GLYPH, TENTATIVE_BELOW, Level
from mapper.report.orders import GRADES, OUTSIDE

DISPUTED = "≠"


def status(cell: Cell) -> Status:
    """The status that counts «as reviewed»: what reviewers decided, and the machine's where none did or they disagree."""
    return cell.status if cell.review is None or cell.review == "conflict" else cell.review


def by_machine(cell: Cell, pieces: Iterable[Evidence]) -> Level:
    """What the cell looks like by the machine: its status, «evidenced» told apart by the best grade (see :func:`shown`)."""
    return shown(cell, pieces)[0]


def shown(cell: Cell, pieces: Iterable[Evidence]) -> tuple[Level, int]:
    """That, and the score in per cent of the best piece that makes it so.

    A tentative outcome beside an action that is not makes no outcome of the cell. ``pieces``: all of the cell, or its best by grade.
    """
    if cell.status != "evidenced":
        return cell.status, round(100 * cell.score)
    best = max((piece.score for piece in pieces if piece.grade == "outcome"), default=-1.0)
    if best < 0 or best < TENTATIVE_BELOW / 100 <= cell.score:
        return "action", round(100 * cell.score)
    return "outcome", round(100 * best)


def graded(alignment: Alignment) -> defaultdict[tuple[str, str], list[str]]:
    """By cell, the grades that reviewers stand by and the machine does not give: of words they added, and of what was undecided."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in alignment.review:
        if one.decision.ruling == "add" and one.state == "current" and one.decision.to:
            found[one.decision.firm, one.decision.requirement].append(one.decision.to)
    for piece in alignment.undecided:
        if piece.review in GRADES:
            found[piece.firm, piece.requirement].append(piece.review)
    return found


def level(cell: Cell, pieces: Iterable[Evidence], added: Iterable[str] = ()) -> Level | None:
    """What the cell looks like by what reviewers decided; None where nothing was decided, or they disagree.

    ``added``: the grades that :func:`graded` tells of it.
    """
    if cell.review is None or cell.review == "conflict":
        return None
    if cell.review != "evidenced":
        return cell.review
    listed = list(pieces)
    machine = by_machine(cell, listed)
    told = {piece.review or ("action" if machine == "action" and piece.grade == "outcome" else piece.grade) for piece in listed}
    return "outcome" if "outcome" in {*told, *added} else "action"


def mark(cell: Cell, pieces: Iterable[Evidence], added: Iterable[str] = ()) -> str:
    """What stands behind the machine's mark: «→◆» as reviewed, «≠» where reviewers disagree, nothing where none ruled."""
    if cell.review == "conflict":
        return DISPUTED
    found = level(cell, pieces, added)
    return f"→{GLYPH[found]}" if found else ""


def beside(cell_status: Status, pieces: Iterable[Evidence]) -> int:
    """The number beside the mark: of a contrary cell how many findings make it so, of any other its pieces; allegations have their own.

    ``pieces``: all of the cell.
    """
    return sum(not piece.alleged and (cell_status != "contrary" or piece.grade == "adverse") for piece in pieces)


def counts(cells: Iterable[Cell]) -> tuple[Counter[Status], Counter[Status]]:
    """Addressed cells by status: by the machine, and as reviewed. A cell set to «not applicable» leaves the second."""
    listed = [cell for cell in cells if not cell.voluntary]
    return Counter(cell.status for cell in listed), Counter(status(cell) for cell in listed)


def addressed(counted: Counter[Status]) -> int:
    """How many of the counted cells are addressed."""
    return sum(number for status, number in counted.items() if status not in OUTSIDE)


def evidenced_share(alignment: Alignment) -> float:
    """Evidenced cells per hundred addressed ones, as reviewed (0–100)."""
    _, counted = counts(alignment.cells)
    whole = addressed(counted)
    return 100 * counted["evidenced"] / whole if whole else 0.0
