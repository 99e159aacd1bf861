"""What stands around a passage: what the learned reader makes of those beside it, and of all others of its document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from mapper.matchers.interface import Stretch
from mapper.matchers.model import GRADED
from mapper.matchers.shelf import Shelf

UNLIKE = -5.0
"""Log odds that stand for «nowhere near»."""


@dataclass(frozen=True)
class PassageScores:
    """What the learned reader makes of a whole passage, whoever acts: log odds of the requirements and margins of grades."""

    odds: Sequence[float] = ()
    """In the reader's own order; none where it did not look."""
    adverse: float = 0.0
    outcome: float = 0.0
    commitment: float = 0.0

    def of(self, place: int | None) -> float:
        """The log odds of the requirement at a place of the order; None for one that the reader does not know."""
        return self.odds[place] if self.odds and place is not None else UNLIKE


NOTHING = PassageScores()
"""What it makes of a passage at which it did not look."""


def look(shelf: Shelf, whole: Stretch) -> PassageScores:
    """What the learned reader of a shelf makes of a whole passage."""
    odds, grades = shelf.learned.look(whole)
    commitment, action, outcome, adverse = grades[: len(GRADED)]
    return PassageScores(odds, adverse - max(commitment, action, outcome), outcome - action, max(0.0, commitment - max(action, outcome)))


def elsewhere(looks: Sequence[PassageScores]) -> Callable[[int | None, int], float]:
    """The highest log odds of a requirement in the document's other passages: of its two best places, the other one."""
    numbers = [number for number, look in enumerate(looks) if look.odds]
    odds = [looks[number].odds for number in numbers]
    best: dict[int, tuple[int, float, float]] = {}

    def found(place: int | None, number: int) -> float:
        if place is None or not odds:
            return UNLIKE
        if place not in best:
            values = list(map(itemgetter(place), odds))
            first = max(values)
            at = values.index(first)
            values[at] = UNLIKE
            best[place] = numbers[at], first, max(values)
        at, first, second = best[place]
        return max(UNLIKE, second if at == number else first)

    return found


@dataclass(frozen=True)
class Beside:
    """What stands around a passage, for the claims on it.

    ``whole``: its own words as they are read; ``around``: how far the passages of its document speak against firms; ``actors``:
    firms that act in it.
    """

    number: int
    before: PassageScores
    after: PassageScores
    elsewhere: Callable[[int | None, int], float]
    whole: str
    around: float
    actors: int

    @cached_property
    def facts(self) -> dict[str, float]:
        """What weighs every claim on the passage."""
        return {
            "around-adverse": self.around,
            "before-adverse": self.before.adverse,
            "before-outcome": self.before.outcome,
            "before-commitment": self.before.commitment,
        }
