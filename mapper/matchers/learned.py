"""The learned reader: a linear model over runs of characters, taught by sentences.

It proposes every requirement whose score is not hopeless; what that is worth, the score of the evidence says
(align/weighing.py). Its words are the runs that weighed most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from itertools import compress
from math import exp, log, log1p
from operator import neg
from typing import NamedTuple

from mapper.letters import Span
from mapper.matchers.few import TURNED, Few, Placed, probability
from mapper.matchers.grams import MOST, folded, runs, tagged
from mapper.matchers.interface import Claim, MatcherOutput, Stretch
from mapper.matchers.model import BIAS, GRADES, TOGETHER, Model
from mapper.matchers.shifters import direction
from mapper.matchers.shownwords import heaviest, letters_of, mapped
from mapper.memory import remembered
from mapper.model import InputFile

SOURCE = "learned"
HOPELESS = -3.4
"""Log odds below which nothing is claimed."""
LEAST = -8.0
"""Log odds below which more or less means nothing."""
UNTAUGHT = 0.5
"""Log odds that stand for a requirement which only signals know."""
_FACTS = tuple(f"grade-{name}" for name in GRADES)
_MEANT = tuple(f"meaning-{name}" for name in GRADES)
_FAULT = GRADES.index("adverse")
_ALONE = 0.01
"""Keeps the logarithm finite where no other requirement speaks for one."""
NUMBERS = ("learned", "learned-above-2", "learned-above-0", "behind", "best", "rank", "rivals", "prior")
"""What it says of every requirement; company aside, which is known only where labels tell of it."""


class LearnedMatcher:
    """Reads by a model, and by what the few requirements that the model lacks were taught here and now."""

    def __init__(
        self, model: Model, requirements: Sequence[str], few: Few | None = None, inputs: Sequence[InputFile] = ()
    ) -> None:
        wanted = set(requirements)
        self.model = model
        self.inputs = tuple(inputs)
        self.few = few
        fresh = set(few.requirements) if few is not None else set()
        self._asked = [one in wanted and one not in fresh for one in model.requirements]
        known = (*compress(model.requirements, self._asked), *(few.requirements if few is not None else ()))
        self.order: Mapping[str, int] = {requirement: number for number, requirement in enumerate(known)}
        """Every requirement that it can propose, and its place among them."""
        self._places = {output: number for number, output in enumerate(model.outputs)}
        self._grades = len(model.requirements)
        self._prior: Mapping[str, float] = model.weighing.get("prior", {})
        self._prior_fault: Mapping[str, float] = model.weighing.get("prior-fault", {})
        self._usual: float = model.weighing.get("usual", -4.0)
        self._together: Mapping[str, Mapping[str, float]] = model.weighing.get(TOGETHER, {})
        self._usual_company: Mapping[str, float] = model.weighing.get("usual-company", {})
        """What company one keeps of whose company nothing is known, by its other numbers."""
        self._sociable = {other for found in self._together.values() for other in found}
        self._scores = remembered(self._score, 4096)
        self._found = remembered(self._claimed, 4096)
        self._mapped = lru_cache(maxsize=8)(mapped)
        self._rows = remembered(self._read, 8)
        """One sentence is asked for its words once for each requirement that it evidences."""
        self._words = remembered(self._weighed, 8192)
        """What reports repeat year after year, with other figures and names, is weighed once."""

    @property
    def requirements(self) -> frozenset[str]:
        """The requirements that it can propose."""
        return frozenset(self.order)

    def read(self, stretch: Stretch, wanted: Collection[str] | None = None) -> MatcherOutput:
        """Claims in the order of the model, with the log odds and how they stand beside those of the others."""
        found = self._found(stretch.read, stretch.read_before)
        if wanted is None:
            return found
        return MatcherOutput(tuple(one for one in found.claims if one.requirement in wanted), found.facts)

    def _claimed(self, text: str, before: str) -> MatcherOutput:
        seen = self._scores(text, before)
        facts = dict(zip(_FACTS, seen.grades, strict=True)) | dict(zip(_MEANT, seen.meant.odds[self._grades :], strict=False))
        rows = sorted([(value, one) for one, value in zip(self.order, seen.odds, strict=True) if value > HOPELESS], reverse=True)
        claims = (
            Claim(one, SOURCE, (), self._features(one, value, seen.best, seen, rank)) for rank, (value, one) in enumerate(rows)
        )
        return MatcherOutput(tuple(claims), facts)

    def opinion(self, stretch: Stretch, requirement: str) -> Mapping[str, float]:
        """What it thinks of a requirement that somebody else claims, hopeless or not; neutral where it was never taught."""
        seen = self._scores(stretch.read, stretch.read_before)
        value = seen.odds[self.order[requirement]] if requirement in self.order else UNTAUGHT
        rank = sum(other > value for other in seen.odds)
        return self._features(requirement, value, max(seen.best, value), seen, rank)

    def odds(self, text: str) -> Mapping[str, float]:
        """Log odds of every requirement for a sentence by itself."""
        return dict(zip(self.order, self._scores(folded(text), "").odds, strict=True))

    def look(self, stretch: Stretch) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Log odds of every requirement in its :attr:`order`, and of the grades in that of :data:`GRADES`."""
        seen = self._scores(stretch.read, stretch.read_before)
        return seen.odds, seen.grades

    def _features(self, requirement: str, value: float, best: float, seen: _SentenceOdds, rank: int) -> Mapping[str, float]:
        prior = self._prior.get(requirement, self._usual)
        features = {
            **({TURNED: seen.turned[requirement]} if requirement in seen.turned else {}),
            "learned": max(value, LEAST),
            "learned-above-2": max(0.0, value + 2),
            "learned-above-0": max(0.0, value),
            "behind": max(value - best, LEAST),
            "best": best,
            "rank": log1p(rank),
            "rivals": seen.rivals,
            "prior": prior,
            "prior-fault": self._prior_fault.get(requirement, prior),
        }
        if requirement in self._sociable:
            company = log(seen.company.get(requirement, 0.0) + _ALONE)
        else:
            usual = self._usual_company
            company = usual.get(BIAS, 0.0) + sum(usual.get(name, 0.0) * features[name] for name in NUMBERS)
        features["company"] = company
        features["company-learned"] = company * max(value, LEAST)
        features.update(self._meaning(requirement, value, seen))
        return features

    def _meaning(self, requirement: str, value: float, seen: _SentenceOdds) -> dict[str, float]:
        """What the sentence's meaning is worth to a requirement; for one that was taught here and now, its own log odds."""
        if not seen.meant.odds:
            return {}
        place = self._places.get(requirement, len(self._asked))
        meant = seen.meant.odds[place] if place < len(self._asked) and self._asked[place] else value
        best = max(seen.meant.best, meant)
        return {
            "meaning": max(meant, LEAST),
            "meaning-above-2": max(0.0, meant + 2),
            "meaning-above-0": max(0.0, meant),
            "meaning-behind": max(meant - best, LEAST),
            "meaning-best": best,
        }

    def _score(self, text: str, before: str) -> _SentenceOdds:
        totals = self.model.scores(runs(text[:MOST]), runs(before[-MOST:]) if before else None)
        odds, grades = tuple(compress(totals, self._asked)), self._graded(text, totals[self._grades :])
        if self.few is None:
            return _SentenceOdds(self.order, odds, grades, self._together, partial(self._meant, text))
        values, meaning = tagged(text), self.model.meaning(runs(text[:MOST]))
        odds += tuple(self.few.scores(values, Placed(totals[: self._grades], meaning)).values())
        return _SentenceOdds(self.order, odds, grades, self._together, partial(self._meant, text, meaning), self.few.turned(values))

    def _graded(self, text: str, grades: Sequence[float]) -> tuple[float, ...]:
        """Log odds of the grades, that of a fault turned by words that deny a deed or say how it was done (matchers.shifters)."""
        fault = grades[_FAULT]
        turned = direction(text, fault, lambda other: self.model.scores(runs(other[:MOST]))[self._grades + _FAULT])
        return (*grades[:_FAULT], turned, *grades[_FAULT + 1 :])

    def _meant(self, text: str, meaning: Sequence[float] | None = None) -> _Meant:
        odds = self.model.meant(self.model.meaning(runs(text[:MOST])) if meaning is None else meaning)
        return _Meant(odds, max(compress(odds, self._asked), default=UNTAUGHT))

    def words(self, stretch: Stretch, requirement: str) -> tuple[Span, ...]:
        """Places in the passage's text of the runs that spoke most for the requirement, in order, none overlapping."""
        shown, places = self._mapped(stretch.text[stretch.start : stretch.end], stretch.inside)
        begin = stretch.start
        return tuple((begin + places[start][0], begin + places[end - 1][1]) for start, end in self._words(shown, requirement))

    def _weighed(self, shown: str, requirement: str) -> tuple[Span, ...]:
        """The same of a text as it is read, as places in that."""
        rows = self._rows(shown)
        if self.few is not None and requirement in self.few.requirements:
            weight = self.few.weights(requirement)
            spoke = [(gram, heavy) for gram in rows.counts if (heavy := weight(gram)) > 0]
        else:
            wanted = self._places[requirement]
            step = self.model.steps[wanted]
            weights = self.model.own.column(rows.table, wanted)
            spoke = [(gram, heavy * step) for gram, heavy in zip(rows.known, weights, strict=True) if heavy > 0]
        credit = [0.0] * len(shown)
        places = rows.places
        for gram, heavy in spoke:
            count = rows.counts[gram]
            share = rows.values[count] * heavy / len(gram)
            if gram not in places:
                places[gram] = letters_of(shown, gram, count)
            for at in places[gram]:
                credit[at] += share
        return heaviest(shown, credit)

    def _read(self, shown: str) -> _WeighedRuns:
        found = runs(shown)
        values = {count: found.norm * (1 + log(count)) for count, _ in found.often} | {1: found.norm}
        known = list(filter(self.model.packed.__contains__, found.counts))
        return _WeighedRuns(found.counts, values, known, self.model.own.table(known), {})


class _WeighedRuns(NamedTuple):
    """The runs of a text: ``counts``, how often each stands there; ``values``: what a run weighs that stands there so often.

    ``known``: those that the model knows, with the ``table`` of their weights; ``places``: where the letters stand of those that
    were asked for.
    """

    counts: Mapping[str, int]
    values: Mapping[int, float]
    known: list[str]
    table: bytes
    places: dict[str, Sequence[int]]


class _Meant(NamedTuple):
    """What the meaning of a sentence says: log odds of all that the model knows, requirements and grades (none where nobody
    taught that), and the highest of the requirements asked for."""

    odds: Sequence[float]
    best: float


@dataclass(frozen=True)
class _SentenceOdds:
    """What the model says of one sentence: log odds of the ``requirements`` in their order, and of grades."""

    requirements: Collection[str]
    odds: tuple[float, ...]
    grades: tuple[float, ...]
    together: Mapping[str, Mapping[str, float]]
    look: Callable[[], _Meant]
    turned: Mapping[str, float] = field(default_factory=dict)
    """By requirement taught here and now, what its policy says of the direction."""

    @cached_property
    def company(self) -> Mapping[str, float]:
        """How far the other requirements that the sentence may be about speak for each: sum of the shares, by their probability."""
        found: defaultdict[str, float] = defaultdict(float)
        for one, value in zip(self.requirements, self.odds, strict=True):
            if value > HOPELESS:
                likely = probability(value)
                for other, share in self.together.get(one, {}).items():
                    found[other] += likely * share
        return found

    @cached_property
    def meant(self) -> _Meant:
        """The same by what the sentence means; made when it is asked for."""
        return self.look()

    @cached_property
    def best(self) -> float:
        """The highest of the requirements."""
        return max(self.odds, default=UNTAUGHT)

    @cached_property
    def rivals(self) -> float:
        """How many requirements it may be about: the log of the sum of their probabilities."""
        return log(sum([1 / (1 + odds) for odds in map(exp, map(neg, self.odds))]) + 0.05)
