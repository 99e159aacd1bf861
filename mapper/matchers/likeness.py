"""Which taught sentences a sentence resembles: to explain a mark, and to doubt one that is more like a near miss.

Likeness is the cosine of the sets of runs of two and three characters (0–1). All runs of a sentence are looked for at once
in the lessons of a requirement, written one behind the other with a byte for each character, the lowest of its number. What
is found there is at least what is shared, so that few lessons need be compared exactly: the likeliest, until none can be
nearer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import heapify, heappop
from itertools import chain, repeat
from math import sqrt
from operator import add, mul
from sys import intern

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from mapper.matchers.grams import MOST, folded
from mapper.model import Lesson

_MOST = 2
"""Sentences that are shown."""
_OFTEN = 100
"""Sentences that can be looked for in lessons as they are written in the time that a table of all their runs saves."""
_LESSONS = 32_768
"""Lessons of which it is kept how they are read."""
_NEARLY = 1 - 1e-9
"""What is less near by no more than this is looked at exactly."""


@dataclass(frozen=True)
class Like:
    """A taught sentence and how much it resembles (0–1)."""

    text: str
    likeness: float


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
        self._shelves: dict[str, tuple[_Shelf, _Shelf]] = {}
        """Examples and near misses by requirement, of those that were asked for."""
        self._asked = lru_cache(maxsize=8)(_Asked)
        """A sentence is asked about once for each requirement that it may bear on."""
        self._nearest = lru_cache(maxsize=8192)(self._compared)
        """A sentence is asked about when it is weighed and when its mark is explained, and reports repeat themselves."""

    def examples(self, text: str, requirement: str, most: int = 2) -> list[Like]:
        """The most similar examples of the requirement, the nearest first. ``text`` is folded and masked."""
        return list(self._nearest(text, requirement)[0][:most])

    def misses(self, text: str, requirement: str, most: int = 1) -> list[Like]:
        """The most similar near misses of the requirement."""
        return list(self._shelved(requirement)[1].nearest(self._asked(text[:MOST]), most))

    def nearer_miss(self, text: str, requirement: str) -> Like | None:
        """The near miss that the text resembles most, where it resembles that more than any example."""
        return self._nearest(text, requirement)[1]

    def doubt(self, text: str, requirement: str) -> float:
        """How much more the text resembles a near miss than an example (0–1)."""
        if requirement not in self._misses:
            return 0.0
        examples, miss = self._nearest(text, requirement)
        return miss.likeness - (examples[0].likeness if examples else 0.0) if miss is not None else 0.0

    def _compared(self, text: str, requirement: str) -> tuple[tuple[Like, ...], Like | None]:
        """The most similar examples, and the near miss that is nearer than these."""
        asked = self._asked(text[:MOST])
        taught, missed = self._shelved(requirement)
        examples = taught.nearest(asked)
        least = examples[0].likeness if examples else 0.0
        misses = missed.nearest(asked, 1, least)
        return examples, misses[0] if misses and misses[0].likeness > least else None

    def _shelved(self, requirement: str) -> tuple[_Shelf, _Shelf]:
        shelves = self._shelves.get(requirement)
        if shelves is None:
            examples, misses = (_Shelf(taught.get(requirement, ())) for taught in (self._positive, self._misses))
            shelves = self._shelves[requirement] = examples, misses
        return shelves


class _Asked:
    """A sentence that is compared, by its runs."""

    def __init__(self, text: str) -> None:
        self.runs = frozenset(_runs(text))
        self._text = text

    @cached_property
    def seeker(self) -> BytesAhoCorasick:
        """What finds its runs in other texts, both with a byte for each character."""
        read = _lowest(self._text)
        runs = {read[at : at + size] for size in (2, 3) for at in range(len(read) - size + 1)}
        return BytesAhoCorasick(runs, matchkind=MatchKind.Standard)


class _Shelf:
    """Some lessons of a requirement, those that have runs, in the order of their letters. Each goes by its number, as a character."""

    def __init__(self, lessons: Iterable[str]) -> None:
        self._lessons = [one for one in sorted(lessons) if len(_read(one)) > 1]
        self._texts = list(map(_read, self._lessons))
        self._letters = _lowest("".join(self._texts))
        self._numbers = "".join([chr(at) * len(text) for at, text in enumerate(self._texts)])
        """For every letter the number of its lesson."""
        self._weights = _Weights(self._texts)
        self._questions = 0
        self._bearing: dict[str, str] = {}
        """For each run the numbers of the lessons that bear it, once there is such a table."""

    def nearest(self, asked: _Asked, most: int = _MOST, least: float = 0.0) -> tuple[Like, ...]:
        """The most similar, the nearest first; of equals the one that is first by its letters.

        What is not as near as the ``least`` need not be among them.
        """
        if not self._letters or not asked.runs:
            return ()
        weights, texts, length = self._weights, self._texts, len(asked.runs)
        met = self._met(asked)
        likeliest = list(zip(map(mul, met.values(), map(weights.__getitem__, met)), met, strict=True))
        heapify(likeliest)
        found: list[tuple[float, int]] = []
        root = sqrt(length) * _NEARLY
        limit = -least * root
        while likeliest and likeliest[0][0] <= limit:
            number = heappop(likeliest)[1]
            at = ord(number)
            size = _size(texts[at])
            weights[number] = -1 / sqrt(size)
            shared = len(asked.runs.intersection(_runs(texts[at])))
            if shared:
                found = sorted([*found, (-shared / sqrt(length * size), at)])[:most]
                if len(found) == most:
                    limit = min(limit, found[-1][0] * root)
        return tuple(Like(self._lessons[at], round(-value, 4)) for value, at in found)

    def _met(self, asked: _Asked) -> Counter[str]:
        """How many of its runs each lesson has, or a few more, by the numbers of the lessons."""
        self._questions += 1
        if self._questions <= _OFTEN:
            places = asked.seeker.find_matches_as_indexes(self._letters, overlapping=True)
            return Counter([self._numbers[start] for _, start, _ in places])
        bearing = self._bearing
        if not bearing:
            for at, text in enumerate(self._texts):
                runs = list(map(intern, {*_runs(text)}))
                bearing.update(zip(runs, map(add, map(bearing.get, runs, repeat("")), repeat(chr(at))), strict=True))
        return Counter("".join(filter(None, map(bearing.get, asked.runs))))


class _Weights(dict[str, float]):
    """What a run that is met in a lesson counts at most, by its number, below 0: less, the more runs it has.

    Before they were counted they are at least as many as its characters allow, each of which begins a run of its own.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, number: str) -> float:
        letters = len({*self._texts[ord(number)]})
        weight = self[number] = -1 / sqrt(max(1, 2 * letters - 3))
        return weight


@lru_cache(maxsize=_LESSONS)
def _read(lesson: str) -> str:
    """A lesson as it is compared; many teach several requirements."""
    return folded(lesson)[:MOST]


@lru_cache(maxsize=_LESSONS)
def _size(text: str) -> int:
    """How many runs a text has, each counted once."""
    return len({*_runs(text)})


def _runs(text: str) -> Iterator[str]:
    """The runs of two and of three characters."""
    pairs = list(map(add, text, text[1:]))
    return chain(pairs, map(add, pairs, text[2:]))


def _lowest(text: str) -> bytes:
    """The lowest byte of the number of each character."""
    return text.encode("utf-32-le", "surrogatepass")[::4]
