"""Which taught sentences a sentence resembles: to explain a mark, and to doubt one that is more like a near miss.

Likeness is the cosine of the sets of runs of two and three characters (0–1). The first sentences are looked for in the
lessons as they are written; once enough were, a table of all their runs is worth making, and all further ones ask that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, repeat
from math import sqrt
from operator import add

from ahocorasick_rs import AhoCorasick, MatchKind

from mapper.matchers.grams import MOST, folded
from mapper.model import Lesson

_MOST = 2
"""Sentences that are shown."""
_OFTEN = 20
"""Sentences that can be looked for in the lessons of a requirement in the time in which a table of their runs is made."""


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
        self._lessons = _Lessons()
        self._asked = lru_cache(maxsize=8)(_Asked)
        """A sentence is asked about once for each requirement that it may bear on."""
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
            kept = self._kept[requirement] = _Shelf(
                self._positive.get(requirement, ()), self._misses.get(requirement, ()), self._lessons
            )
        asked = self._asked(text[:MOST])
        if kept.seldom():
            with suppress(UnicodeEncodeError):  # half of a character cannot be looked for
                return kept.nearest(kept.sought(asked), len(asked.runs))
        kept.tabulate()
        return kept.nearest(kept.told(self._met(asked, len(self._lessons.words))), len(asked.runs))

    def _known(self, asked: _Asked, _: int) -> tuple[str, ...]:
        """The runs of a sentence that some lesson bears, of those lessons that are in a table."""
        return tuple(filter(self._lessons.words.__contains__, asked.runs))


class _Lessons:
    """Lessons as they are read, each once: many teach several requirements."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        """Runs by themselves: each is kept once, though many lessons bear it."""
        self.text = cache(self._text)
        self.size = cache(self._size)
        self.runs = cache(self._runs)

    def _text(self, lesson: str) -> str:
        return folded(lesson)[:MOST]

    def _size(self, lesson: str) -> int:
        return len(_runs(self.text(lesson)))

    def _runs(self, lesson: str) -> tuple[str, ...]:
        runs = _runs(self.text(lesson))
        return tuple(map(self.words.setdefault, runs, runs))


class _Asked:
    """A sentence that is compared, by its runs."""

    def __init__(self, text: str) -> None:
        self.runs = _runs(text)

    @cached_property
    def seeker(self) -> AhoCorasick:
        """What finds its runs in other texts."""
        return AhoCorasick(self.runs, matchkind=MatchKind.Standard)


class _Shelf:
    """The lessons of a requirement, examples first. Each goes by its number, as a character."""

    def __init__(self, examples: Iterable[str], misses: Iterable[str], read: _Lessons) -> None:
        first = sorted(examples)
        self._lessons = first + sorted(misses)
        self._read = read
        self._border = chr(len(first))
        self._roots = _Roots(self._lessons, read)
        self._questions = 0
        self._bearing: dict[str, str] | None = None
        """For each run the numbers of the lessons that bear it."""

    def seldom(self) -> bool:
        """Whether it was asked so seldom, this time among them, that a table is not worth making; never once there is one."""
        self._questions += 1
        return self._bearing is None and self._questions <= _OFTEN

    def tabulate(self) -> None:
        """Make the table, if it is not made."""
        if self._bearing is None:
            self.__dict__.pop("_written", None)
            bearing = self._bearing = {}
            for at, lesson in enumerate(self._lessons):
                runs = self._read.runs(lesson)
                bearing.update(zip(runs, map(add, map(bearing.get, runs, repeat("")), repeat(chr(at))), strict=True))

    def told(self, runs: Iterable[str]) -> Counter[str]:
        """How many of these runs each lesson bears, by the table."""
        assert self._bearing is not None
        return Counter("".join(filter(None, map(self._bearing.get, runs))))

    def sought(self, asked: _Asked) -> Counter[str]:
        """The same for the runs of a sentence, by looking for them in the lessons themselves."""
        if not asked.runs:
            return Counter()
        text, numbers = self._written
        places = asked.seeker.find_matches_as_indexes(text, overlapping=True)
        return Counter([number for _, number in {(run, numbers[start]) for run, start, _ in places}])

    @cached_property
    def _written(self) -> tuple[str, str]:
        """All lessons as one text, a line for each; and for every character of it the number of its lesson."""
        lines = [f"{self._read.text(lesson)}\n" for lesson in self._lessons]
        return "".join(lines), "".join([chr(at) * len(line) for at, line in enumerate(lines)])

    def nearest(self, shared: Mapping[str, int], length: int) -> _Nearest:
        """The most similar of either group, the nearest first; of equals the one that is first by its letters.

        ``shared``: how many runs of the text each lesson bears; ``length``: how many it has.
        """
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
        size, lessons = self._read.size, self._lessons
        found = sorted((-shared[one] / sqrt(length * size(lessons[ord(one)])), ord(one)) for one in near)
        return tuple(Like(lessons[at], round(-value, 4)) for value, at in found[:_MOST])


class _Roots(dict[str, float]):
    """The square root of the number of runs of each lesson, by its number."""

    def __init__(self, lessons: Sequence[str], read: _Lessons) -> None:
        super().__init__()
        self._lessons = lessons
        self._read = read

    def __missing__(self, number: str) -> float:
        root = self[number] = sqrt(self._read.size(self._lessons[ord(number)]))
        return root


def _runs(text: str) -> list[str]:
    """The runs of two and of three characters, each once."""
    pairs = list(map(add, text, text[1:]))
    return list(dict.fromkeys(chain(pairs, map(add, pairs, text[2:]))))
