"""Which taught sentences a sentence resembles: to explain a mark, and to doubt one that is more like a near miss.

Likeness is the cosine of the sets of runs of two and three characters (0–1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from mapper.matchers.grams import folded
from mapper.model import Lesson


@dataclass(frozen=True)
class Like:
    """A taught sentence and how much it resembles (0–1)."""

    text: str
    likeness: float


class Likeness:
    """The lessons of a catalog by requirement, ready to be compared with."""

    def __init__(self, lessons: Iterable[Lesson]) -> None:
        self._positive: dict[str, list[str]] = {}
        self._misses: dict[str, list[str]] = {}
        self._runs: dict[str, frozenset[str]] = {}
        for lesson in lessons:
            for requirement in dict.fromkeys(lesson.evidences):
                self._positive.setdefault(requirement, []).append(lesson.text)
            if lesson.near_miss and lesson.written_for and lesson.written_for not in lesson.evidences:
                self._misses.setdefault(lesson.written_for, []).append(lesson.text)

    def examples(self, text: str, requirement: str, most: int = 2) -> list[Like]:
        """The most similar examples of the requirement, the nearest first. ``text`` is folded and masked."""
        return self._nearest(text, self._positive.get(requirement, ()), most)

    def misses(self, text: str, requirement: str, most: int = 1) -> list[Like]:
        """The most similar near misses of the requirement."""
        return self._nearest(text, self._misses.get(requirement, ()), most)

    def doubt(self, text: str, requirement: str) -> float:
        """How much more the text resembles a near miss than an example (0–1)."""
        miss = self.misses(text, requirement)
        if not miss:
            return 0.0
        like = self.examples(text, requirement, 1)
        return max(0.0, miss[0].likeness - (like[0].likeness if like else 0.0))

    def _nearest(self, text: str, lessons: Iterable[str], most: int) -> list[Like]:
        runs = _runs(text)
        if not runs:
            return []
        found = []
        for lesson in lessons:
            own = self._runs.get(lesson)
            if own is None:
                own = self._runs[lesson] = _runs(folded(lesson))
            shared = len(runs & own)
            if shared:
                found.append((shared / sqrt(len(runs) * len(own)), lesson))
        found.sort(key=lambda one: (-one[0], one[1]))
        return [Like(lesson, round(value, 4)) for value, lesson in found[:most]]


def _runs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + size] for size in (2, 3) for at in range(len(text) - size + 1))
