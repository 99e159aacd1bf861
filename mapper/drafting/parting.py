"""A requirement that a new version splits → the part that each of its sentences fits, or that this is unclear.

Two likenesses count together: that of letters, and that of what the learned reader makes of part and sentence among the
requirements that it knows. What fits a part for sure then speaks for that part too.

Method: Rocchio, «Relevance feedback in information retrieval», in Salton (ed.), The SMART Retrieval System (1971).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from mapper.catalog.lessons import read_lessons
from mapper.drafting.likeness import SHORT, RarityWeights, SparseVector, cosine, letter_runs
from mapper.matchers.learned import LearnedMatcher
from mapper.matchers.model import NAME, Model, load
from mapper.shipped import folder

RequirementScorer = Callable[[str], Mapping[str, float]]
"""What a reader makes of a sentence: log odds of the requirements that it knows."""
READER = 0.25
"""How much the likeness by the reader counts beside that of letters."""
SURE = 0.02
"""How much likelier to one part than to any other is what speaks for that part."""
CLEAR = 0.02
"""How much likelier it must be to be carried there unasked."""
ROUNDS = 2
_EVERY = 4
"""One of so many sentences that ship tells what is rare."""
_SAMPLE = 100
"""Sentences by which is told what the reader says of any sentence."""


@dataclass(frozen=True)
class Fit:
    """The part that a sentence is likest to, by its place among the parts; whether it is so by far."""

    part: int
    clear: bool


@dataclass(frozen=True)
class Parting:
    """How sentences are told apart: by what is rare in ``background``, and by a reader, if there is one."""

    background: Sequence[str] = ()
    read: RequirementScorer | None = None

    def fits(self, parts: Sequence[str], sentences: Sequence[str]) -> list[Fit]:
        """Where each of the sentences of a requirement belongs that became these parts, given by what they ask."""
        if not sentences:
            return []
        texts = [letter_runs(one, SHORT) for one in (*parts, *sentences)]
        weights = RarityWeights([*texts, *self._letters])
        kinds = [(1.0, [weights.vector(one) for one in texts])]
        if self.read is not None:
            kinds.append((READER, [self._meant(one) for one in (*parts, *sentences)]))
        number = len(parts)
        likes: list[list[float]] = []
        for _ in range(ROUNDS + 1):
            sure = [[at for at, row in enumerate(likes) if _ahead(row, part) > SURE] for part in range(number)]
            drawn = [(weight, [_PartCentroid(said[part], said[number:], sure[part]) for part in range(number)]) for weight, said in kinds]
            likes = [
                [sum(weight * ones[part].like(at) for weight, ones in drawn) for part in range(number)]
                for at in range(len(sentences))
            ]
        best = [max(range(number), key=lambda part: (row[part], -part)) for row in likes]
        return [Fit(part, _ahead(row, part) >= CLEAR) for part, row in zip(best, likes, strict=True)]

    @cached_property
    def _letters(self) -> list[frozenset[str]]:
        return [letter_runs(one, SHORT) for one in self.background]

    @cached_property
    def _usual(self) -> Mapping[str, float]:
        """The mean of what the reader makes of any sentence."""
        total: defaultdict[str, float] = defaultdict(float)
        chosen = self.background[:: max(1, len(self.background) // _SAMPLE)]
        for text in chosen:
            for one, odds in (self.read or _nothing)(text).items():
                total[one] += odds / len(chosen)
        return total

    def _meant(self, text: str) -> SparseVector:
        """What the reader makes of a text more, or less, than of others; as a vector of length one."""
        usual = self._usual
        return _unit({one: odds - usual.get(one, 0.0) for one, odds in (self.read or _nothing)(text).items()})


def shipped_parting() -> Parting:
    """By the sentences and the reader that ship."""
    place = folder("policies")
    lessons, _, _ = read_lessons(place, frozenset())
    found = load(place / NAME)
    read = LearnedMatcher(found, found.requirements, None, ()).odds if isinstance(found, Model) else None
    return Parting(tuple(lesson.text for lesson in lessons[::_EVERY]), read)


def _nothing(text: str) -> Mapping[str, float]:
    return {}


def _ahead(row: Sequence[float], part: int) -> float:
    """How much likelier it is to this part than to any other."""
    return row[part] - max((like for at, like in enumerate(row) if at != part), default=0.0)


class _PartCentroid:
    """A part drawn toward the mean of the sentences that are its own for sure; of none of these by its own weight."""

    def __init__(self, part: SparseVector, sentences: Sequence[SparseVector], sure: Sequence[int]) -> None:
        self._part, self._sentences, self._sure = part, sentences, frozenset(sure)
        total: defaultdict[str, float] = defaultdict(float)
        for at in sure:
            for run, value in sentences[at].items():
                total[run] += value
        self._total = dict(total)
        self._across = cosine(part, self._total)
        self._square = sum(value * value for value in total.values())

    def like(self, at: int) -> float:
        """The cosine with a sentence, by all others that are sure."""
        said = self._sentences[at]
        to_part, to_total = cosine(said, self._part), cosine(said, self._total)
        number, across, square = len(self._sure), self._across, self._square
        if at in self._sure:
            own = sum(value * value for value in said.values())
            number, across, square, to_total = number - 1, across - to_part, square - 2 * to_total + own, to_total - own
        if not number:
            return to_part
        length = 1 + 2 * across / number + square / number**2
        return (to_part + to_total / number) / sqrt(length) if length > 0 else 0.0


def _unit(values: Mapping[str, float]) -> SparseVector:
    length = sqrt(sum(value * value for value in values.values()))
    return {key: value / length for key, value in values.items()} if length else {}
