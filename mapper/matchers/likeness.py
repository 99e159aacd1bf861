"""Which taught sentences a sentence resembles: to explain a mark, and to doubt one that is more like a near miss.

Likeness is the cosine of the sets of runs of two and three characters (0–1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from math import sqrt
from operator import add

from mapper.matchers.grams import MOST, folded, runs
from mapper.model import Lesson

_MOST = 2
"""Sentences that are shown."""


@dataclass(frozen=True)
class Like:
    """A taught sentence and how much it resembles (0–1)."""

    text: str
    likeness: float


_Nearest = tuple[tuple[Like, ...], tuple[Like, ...]]
"""Examples and near misses."""


class Likeness:
    """The lessons of a catalog by requirement, ready to be compared with."""

    def __init__(self, lessons: Iterable[Lesson]) -> None:
        self._positive: dict[str, dict[str, None]] = {}
        self._misses: dict[str, dict[str, None]] = {}
        for lesson in lessons:
            for requirement in lesson.evidences:
                self._positive.setdefault(requirement, {})[lesson.text] = None
            if lesson.near_miss and lesson.written_for and lesson.written_for not in lesson.evidences:
                self._misses.setdefault(lesson.written_for, {})[lesson.text] = None
        self._kept: dict[str, _Shelf] = {}
        self._words: dict[str, str] = {}
        """Runs by themselves: each is kept once, though many lessons bear it."""
        self._lessons: dict[str, tuple[str, ...]] = {}
        """The runs of lessons met, of which many teach several requirements."""
        self._met = lru_cache(maxsize=8)(self._known)
        """What of a sentence no lesson bears need not be asked of each requirement."""
        self._near = lru_cache(maxsize=8192)(self._nearest)
        """A sentence is asked about when it is weighed and when its mark is explained, and reports repeat themselves."""

    def examples(self, text: str, requirement: str, most: int = 2) -> list[Like]:
        """The most similar examples of the requirement, the nearest first. ``text`` is folded and masked."""
        return list(self._near(text, requirement)[0][:most])

    def misses(self, text: str, requirement: str, most: int = 1) -> list[Like]:
        """The most similar near misses of the requirement."""
        return list(self._near(text, requirement)[1][:most])

    def doubt(self, text: str, requirement: str) -> float:
        """How much more the text resembles a near miss than an example (0–1)."""
        if requirement not in self._misses:
            return 0.0
        like, miss = (nearest[0].likeness if nearest else 0.0 for nearest in self._near(text, requirement))
        return max(0.0, miss - like)

    def _nearest(self, text: str, requirement: str) -> _Nearest:
        """The most similar examples and near misses."""
        kept = self._kept.get(requirement)
        if kept is None:
            groups = self._positive.get(requirement, ()), self._misses.get(requirement, ())
            kept = self._kept[requirement] = _Shelf(*groups, self._taught)
        return kept.nearest(*self._met(text[:MOST], len(self._words)))

    def _known(self, shown: str, _: int) -> tuple[tuple[str, ...], int]:
        """The runs of a text that some lesson bears, of those lessons that are on a shelf; and how many runs it has."""
        own = _runs(shown)
        return tuple(filter(self._words.__contains__, own)), len(own)

    def _taught(self, lesson: str) -> tuple[str, ...]:
        known = self._lessons.get(lesson)
        if known is None:
            runs = _runs(folded(lesson)[:MOST])
            known = self._lessons[lesson] = tuple(map(self._words.setdefault, runs, runs))
        return known


class _Shelf:
    """The lessons of a requirement, examples first, and for each run the numbers of those that bear it, as characters."""

    def __init__(self, examples: Iterable[str], misses: Iterable[str], read: Callable[[str], tuple[str, ...]]) -> None:
        first = sorted(examples)
        self._lessons = first + sorted(misses)
        self._border = chr(len(first))
        self._sizes: list[int] = []
        self._roots: dict[str, float] = {}
        self._bearing: dict[str, str] = {}
        bearing = self._bearing
        for at, lesson in enumerate(self._lessons):
            runs = read(lesson)
            self._sizes.append(len(runs))
            number = chr(at)
            self._roots[number] = sqrt(len(runs)) or 1.0
            bearing.update(zip(runs, map(add, map(bearing.get, runs, repeat("")), repeat(number)), strict=True))

    def nearest(self, runs: Iterable[str], length: int) -> _Nearest:
        """The most similar of either group, the nearest first; of equals the one that is first by its letters.

        ``length``: how many runs the text has, those that no lesson bears among them.
        """
        shared = Counter("".join(filter(None, map(self._bearing.get, runs))))
        roots, border = self._roots, self._border
        examples: dict[str, float] = {}
        misses: dict[str, float] = {}
        for number, count in shared.items():
            (examples if number < border else misses)[number] = count / roots[number]
        return self._best(examples, shared, length), self._best(misses, shared, length)

    def _best(self, about: dict[str, float], shared: Mapping[str, int], length: int) -> tuple[Like, ...]:
        """Those that share most for their size. What comes ``about`` as near as the last of them is looked at exactly."""
        if not about:
            return ()
        least = sorted(about.values())[-_MOST:][0] * (1 - 1e-9)
        near = [number for number, value in about.items() if value >= least]
        found = sorted((-shared[one] / sqrt(length * self._sizes[ord(one)]), ord(one)) for one in near)
        return tuple(Like(self._lessons[at], round(-value, 4)) for value, at in found[:_MOST])


def _runs(text: str) -> list[str]:
    return [run for run in runs(text).counts if len(run) > 1]
