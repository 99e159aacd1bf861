"""Which taught sentences a sentence resembles: to explain a mark, and to doubt one that is more like a near miss.

Likeness is the cosine of the sets of runs of two and three characters (0–1). For each run of a sentence a mask says which
lessons of a requirement bear it; these are counted all at once, and looked at from the highest count down, until no other
lesson can be nearer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from math import sqrt
from operator import add

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from mapper.matchers.counts import counted, most_first, numbers
from mapper.matchers.grams import MOST, folded
from mapper.memory import remembered
from mapper.model import Lesson

_MOST = 2
"""Sentences that are shown."""
_MANY = 6
"""Questions about a requirement after which a table of all runs of its lessons is made; a few sentences are sooner looked for in the
lessons. A table takes as long as sixteen of them, yet what was asked about six times is mostly asked about often."""
_BETWEEN = "\n"
"""Stands between two lessons, and in no text that is folded."""
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
        self._examples: defaultdict[str, set[str]] = defaultdict(set)
        self._misses: defaultdict[str, set[str]] = defaultdict(set)
        self._faults: set[str] = set()
        for lesson in lessons:
            if lesson.grade == "adverse":
                self._faults.add(lesson.text)
            for requirement in lesson.evidences:
                self._examples[requirement].add(lesson.text)
            if lesson.near_miss and lesson.written_for and lesson.written_for not in lesson.evidences:
                self._misses[lesson.written_for].add(lesson.text)
        self._shelf = remembered(self._shelved, None)
        """The lessons of a requirement."""
        self._asked = lru_cache(maxsize=8)(_ComparedSentence)
        """A sentence is asked about once for each requirement that it may bear on."""
        self._nearest = remembered(self._compared, 8192)
        """A sentence is asked about when it is weighed and when its mark is explained, and reports repeat themselves."""

    def examples(self, text: str, requirement: str, most: int = _MOST) -> list[Like]:
        """The most similar examples of the requirement, the nearest first. ``text`` is folded and masked."""
        return list(self._nearest(text, requirement)[0][:most])

    def is_fault(self, one: Like) -> bool:
        """Whether a taught sentence tells of a fault."""
        return one.text in self._faults

    def misses(self, text: str, requirement: str, most: int = 1) -> list[Like]:
        """The most similar near misses of the requirement."""
        shelf, asked = self._shelf(requirement), self._asked(text[:MOST])
        return shelf.nearest(self._shared(shelf, asked), len(asked.runs), shelf.misses, most)

    def nearer_miss(self, text: str, requirement: str) -> Like | None:
        """The near miss that the text resembles most, where it resembles that more than any example."""
        return self._nearest(text, requirement)[1]

    def doubt(self, text: str, requirement: str) -> float:
        """How much more the text resembles a near miss than an example (0–1)."""
        if requirement not in self._misses:
            return 0.0
        examples, miss = self._nearest(text, requirement)
        return miss.likeness - (examples[0].likeness if examples else 0.0) if miss is not None else 0.0

    def _compared(self, text: str, requirement: str) -> tuple[list[Like], Like | None]:
        """The most similar examples, and the near miss that is nearer than these."""
        shelf, asked = self._shelf(requirement), self._asked(text[:MOST])
        shared, length = self._shared(shelf, asked), len(asked.runs)
        examples = shelf.nearest(shared, length, shelf.examples, _MOST)
        least = examples[0].likeness if examples else 0.0
        misses = shelf.nearest(shared, length, shelf.misses, 1, least)
        return examples, misses[0] if misses and misses[0].likeness > least else None

    def _shared(self, shelf: _LessonIndex, asked: _ComparedSentence) -> list[int]:
        """How many runs each lesson of a requirement shares with a sentence (see :mod:`mapper.matchers.counts`)."""
        return counted(filter(None, shelf.asked(asked)))

    def _shelved(self, requirement: str) -> _LessonIndex:
        return _LessonIndex(self._examples.get(requirement, ()), self._misses.get(requirement, ()))


class _ComparedSentence:
    """A sentence that is compared with the lessons, by its runs."""

    def __init__(self, text: str) -> None:
        self.runs = list({*_runs(text)})

    @cached_property
    def seeker(self) -> BytesAhoCorasick:
        """What finds its runs in other texts, by their places in the list."""
        return BytesAhoCorasick(map(_lowest, self.runs), matchkind=MatchKind.Standard)


class _LessonIndex:
    """The lessons of a requirement that have runs: its examples and then its near misses, each in the order of their letters."""

    def __init__(self, examples: Iterable[str], misses: Iterable[str]) -> None:
        taught, missed = ([one for one in sorted(several) if len(_read(one)) > 1] for several in (examples, misses))
        self._lessons = taught + missed
        self.examples = (1 << len(taught)) - 1
        """The mask of the examples."""
        self.misses = (1 << len(self._lessons)) - 1 - self.examples
        self._fewest = 2 * min(map(len, map(set, map(_read, self._lessons))), default=2) - 3
        """No lesson has fewer runs: two begin with each of its characters, but for the last two."""
        self._questions = 0

    def nearest(self, shared: list[int], length: int, among: int, most: int, least: float = 0.0) -> list[Like]:
        """The most similar of the lessons in a mask, the nearest first; of equals the one that is first by its letters.

        ``length``: how many runs the sentence has. What is not as near as the ``least`` need not be found.
        """
        found: list[tuple[float, int]] = []
        for count, lessons in most_first(shared, among):
            if not count or count / sqrt(length * max(count, self._fewest)) < least * _NEARLY:
                break
            found += [(-count / sqrt(length * _size(self._lessons[at])), at) for at in numbers(lessons)]
            found = sorted(found)[:most]
            if len(found) == most:
                least = max(least, -found[-1][0])
        return [Like(self._lessons[at], round(-value, 4)) for value, at in found]

    def asked(self, asked: _ComparedSentence) -> Iterable[int | None]:
        """For each run of a sentence the mask of the lessons that bear it, in the way that is the shorter by now."""
        self._questions += 1
        return self.looked_up(asked) if self._questions > _MANY else self.sought(asked)

    def sought(self, asked: _ComparedSentence) -> Iterable[int]:
        """For each run of a sentence the mask of the lessons that bear it, as it is found in them."""
        masks = [0] * len(asked.runs)
        if masks:
            text, letters, bits = self._written
            for run, start, end in asked.seeker.find_matches_as_indexes(letters, overlapping=True):
                if text[start:end] == asked.runs[run]:
                    masks[run] |= bits[start]
        return masks

    def looked_up(self, asked: _ComparedSentence) -> Iterable[int | None]:
        """The same from the table."""
        return map(self._bearing.get, asked.runs)

    @cached_property
    def _bearing(self) -> dict[str, int]:
        """For each run the mask of the lessons that bear it."""
        bearing: dict[str, int] = {}
        for at, lesson in enumerate(self._lessons):
            mask = 1 << at
            for run in {*_runs(_read(lesson))}:
                bearing[run] = bearing[run] | mask if run in bearing else mask
        return bearing

    @cached_property
    def _written(self) -> tuple[str, bytes, list[int]]:
        """The lessons one behind the other, the same by a byte for each character, and by the mask of its lesson."""
        texts = [_read(one) + _BETWEEN for one in self._lessons]
        text = "".join(texts)
        return text, _lowest(text), list(chain.from_iterable([1 << at] * len(one) for at, one in enumerate(texts)))


@lru_cache(maxsize=_LESSONS)
def _read(lesson: str) -> str:
    """A lesson as it is compared; many teach several requirements."""
    return folded(lesson)[:MOST]


@lru_cache(maxsize=_LESSONS)
def _size(lesson: str) -> int:
    """How many runs a lesson has, each counted once."""
    return len({*_runs(_read(lesson))})


def _runs(text: str) -> Iterator[str]:
    """The runs of two and of three characters."""
    pairs = list(map(add, text, text[1:]))
    return chain(pairs, map(add, pairs, text[2:]))


def _lowest(text: str) -> bytes:
    """The lowest byte of the number of each character."""
    return text.encode("utf-32-le", "surrogatepass")[::4]
