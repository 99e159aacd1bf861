"""Teaching a few requirements without any extra package: logistic regression by dual coordinate descent.

Method: Yu, Huang and Lin, «Dual coordinate descent methods for logistic regression and maximum entropy models», Machine
Learning 85 (2011), algorithm 1 with one inner step of Newton; the same kind of objective as the large model's
(L2, a C of its own, weights of the two classes), over the examples of the requirement and a fixed share of everybody's sentences.

A dozen sentences do not name all that others would say. So a run counts by how rare it is (Spärck Jones, «A statistical
interpretation of term specificity», 1972). And what is known of a sentence beside its runs are numbers of it too: what the
large model makes of it, requirement by requirement, since a duty of one's own stands near some of those that are known and
far from the others; and what its words mean (:mod:`mapper.matchers.vectors`), which others say in other words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from math import exp, hypot, log, sqrt
from operator import mul
from typing import NamedTuple

from mapper.matchers.grams import folded, tagged

COST = 12.0
"""C, the inverse of how much large weights are held back: the few sentences that there are can be believed."""
POSITIVE = 3.0
ROUNDS = 6
TURNS = 3
APART = 2.0
"""What a sentence counts of which the author of the policy says that it is none: a near miss, or another requirement's."""
STRETCH = 1.4
CAUTION = (2.1, 3.0)
"""A sentence is more often about something else than the sentences that teach are: log odds taken from each score, at least
and at most; the more, the more requirements of the policy it may be about, and the fewer sentences teach.
"""
RIVALRY = 0.65
"""Share of the other requirements of a policy that a sentence may be about as well."""
POORER = 1.0
"""How much more careful a model of fewer sentences is, for each time e that it has too few."""
ENOUGH = 12
"""Sentences that teach from which their number makes no one more careful."""
TURNED = "turned"
"""The name of what :meth:`Few.turned` says, among the numbers that weigh a grade."""
TURNING = 0.6
"""Share of what a policy's own sentences say of direction that is added to what is known of direction everywhere."""
RARITY = 0.7
"""What a run weighs for each root of its rarity, the log of the share of sentences that lack it."""
KIN = 0.06
"""What each of the log odds counts that the large model gives a known requirement above :data:`FAR`."""
FAR = -4.0
MEANING = 0.5
"""What a sentence's meaning counts, as the length of its numbers; less where they are shorter than :data:`FAINT`."""
FAINT = 0.2
_CLIP = 1e-6
_ENDS = log(1 / _CLIP - 1)
"""Log odds of a dual variable, at most."""
_NEAR = 1e-7
"""A step of these at which the best is reached."""


class Placed(NamedTuple):
    """Where a sentence stands: log odds of the requirements that the large model knows, in its order, and its ``meaning``."""

    odds: Sequence[float] = ()
    meaning: Sequence[float] = ()


NOTHING = Placed()
_Feature = str | int
"""What a weight is for: a run of characters, or the number of a known requirement or, after these, of a dimension of meaning."""


class Small(NamedTuple):
    """A small model: weights of runs of characters, of what is :func:`near` by its number, and a bias."""

    runs: Mapping[str, float]
    kin: Mapping[int, float]
    bias: float

    def score(self, values: Mapping[str, float], near: Mapping[int, float]) -> float:
        """Log odds for a sentence given as weighted runs and by what is :func:`near` it."""
        runs, kin = self.runs, self.kin
        return (
            self.bias
            + sum(value * runs[gram] for gram, value in values.items() if gram in runs)
            + sum(value * kin[number] for number, value in near.items() if number in kin)
        )


def near(known: Placed) -> dict[int, float]:
    """By number, the known requirements that a sentence is not far from; numbered after all of them, what it means."""
    found = {number: round(KIN * (odds - FAR), 6) for number, odds in enumerate(known.odds) if odds > FAR}
    size = MEANING / max(FAINT, hypot(*known.meaning))
    found.update((number, round(size * value, 6)) for number, value in enumerate(known.meaning, len(known.odds)) if value)
    return found


class _Sample(NamedTuple):
    """A sentence as numbered features with their weights; ``sign`` is 1 where it is of the kind, else −1; ``cost``: what it counts."""

    things: list[int]
    values: list[float]
    sign: float
    cost: float
    norm: float


@dataclass(frozen=True)
class Few:
    """Small models of requirements that the large one does not know."""

    models: Mapping[str, Small]
    odd: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By requirement, those of its sentences that all its others together would not have been enough to tell."""
    turns: Mapping[str, Small] = field(default_factory=dict)
    """By requirement, a small model of its policy that tells sentences taught as faults from those taught as deeds."""

    @property
    def requirements(self) -> tuple[str, ...]:
        """Ids of the requirements taught."""
        return tuple(self.models)

    def scores(self, values: Mapping[str, float], known: Placed = NOTHING) -> dict[str, float]:
        """Log odds of each for a sentence given as weighted runs, and by what is known of it."""
        there = near(known)
        return {one: small.score(values, there) for one, small in self.models.items()}

    def turned(self, values: Mapping[str, float]) -> dict[str, float]:
        """By requirement, what its policy's sentences say of the direction: a share of the log odds of a fault."""
        said: dict[int, float] = {}
        for small in self.turns.values():
            if id(small) not in said:
                said[id(small)] = TURNING * small.score(values, {})
        return {one: said[id(small)] for one, small in self.turns.items()}

    def weights(self, requirement: str) -> Callable[[str], float]:
        """The weight of a run for one of them."""
        weights = self.models[requirement].runs
        return lambda gram: weights.get(gram, 0.0)


def taught(
    positive: Sequence[str], apart: Sequence[str], others: Sequence[str], among: int = 1,
    known: Callable[[str], Placed] | None = None,
) -> tuple[Small, tuple[str, ...]]:
    """What tells sentences of the one kind from those that stand ``apart`` and from all ``others``, as log odds.

    So few sentences make a model timid: what it says of those that were kept from it, in turns, tells how to shift
    it (after Platt, «Probabilistic outputs for support vector machines», 1999; both kinds weigh the same). Second: the
    positive sentences that were not told while they were kept from it. ``among``: how many requirements a sentence may be
    about; ``known``: what is known of a folded sentence, where that shall count.
    """
    texts, rarity = _things([folded(text) for text in (*positive, *apart, *others)], known)
    groups = _together(texts)
    first = {members[0]: (number, sqrt(len(members))) for number, members in enumerate(groups)}
    heeds = chain(repeat((1.0, POSITIVE), len(positive)), repeat((-1.0, APART), len(apart)), repeat((-1.0, 1.0), len(others)))
    rows = [_row(values, sign, COST * heed, first) for values, (sign, heed) in zip(texts, heeds, strict=True)]
    kept: list[tuple[float, float]] = []
    places: list[int] = []
    for turn in range(TURNS):
        weights, bias = _fit([row for number, row in enumerate(rows) if number % TURNS != turn], len(groups))
        kept += [(bias + _dot(row, weights), row.sign) for row in rows[turn::TURNS]]
        places += range(turn, len(rows), TURNS)
    weights, bias = _fit(rows, len(groups))
    moved = shift(kept)
    dim = sorted(n for n, (score, sign) in zip(places, kept, strict=True) if sign > 0 and STRETCH * score + moved < 0)
    stretched = {
        thing: STRETCH * weight / sqrt(len(members))
        for members, weight in zip(groups, weights, strict=True) for thing in members
    }
    small = Small(
        {gram: weight * rarity[gram] for gram, weight in stretched.items() if isinstance(gram, str)},
        {number: weight for number, weight in stretched.items() if isinstance(number, int)},
        STRETCH * bias + moved - care(len(positive), among),
    )
    return small, tuple(positive[number] for number in dim)


def _things(texts: Sequence[str], known: Callable[[str], Placed] | None) -> tuple[list[dict[_Feature, float]], dict[str, float]]:
    """Each folded text by its runs, weighed by rarity, and what is near it; and what each run is weighed by."""
    runs = [tagged(text) for text in texts]
    held = Counter(chain.from_iterable(runs))
    rarity = {gram: RARITY * sqrt(log((len(texts) + 1) / count)) for gram, count in held.items()}
    found: list[dict[_Feature, float]] = [{gram: value * rarity[gram] for gram, value in one.items()} for one in runs]
    if known is not None:
        for text, one in zip(texts, found, strict=True):
            one.update((number, value) for number, value in near(known(text)).items())
    return found, rarity


def direction(faults: Sequence[str], deeds: Sequence[str]) -> Small:
    """What tells faults from deeds, as log odds where both weigh the same."""
    small, _ = taught(faults, (), deeds)
    return small._replace(bias=small.bias + care(len(faults)))


def care(sentences: int, among: int = 1) -> float:
    """Log odds that are taken from the score of a requirement taught by so many sentences."""
    rare = min(CAUTION[1], max(CAUTION[0], log(RIVALRY * among)))
    return rare + POORER * log(max(1.0, ENOUGH / max(1, sentences)))


def _together(texts: Sequence[Mapping[_Feature, float]]) -> list[list[_Feature]]:
    """Runs that the same texts hold with the same values: they can only move together, so they are taught as one.

    Found by refining: runs stay together that each text holds, or lacks, alike.
    """
    group: dict[_Feature, int] = {}
    made = 1
    for values in texts:
        parts: dict[tuple[int, float], int] = {}
        for gram, value in values.items():
            key = (group.get(gram, 0), value)
            number = parts.get(key)
            if number is None:
                number = parts[key] = made
                made += 1
            group[gram] = number
    found: dict[int, list[_Feature]] = {}
    for gram, number in group.items():
        found.setdefault(number, []).append(gram)
    return list(found.values())


def _row(values: Mapping[_Feature, float], sign: float, cost: float, first: Mapping[_Feature, tuple[int, float]]) -> _Sample:
    """A text as a row. ``first``: number and weight of the groups, by the first of each."""
    held = [(*first[thing], value) for thing, value in values.items() if thing in first]
    norm = 1.0 + sum(value * value for value in values.values())
    return _Sample([number for number, _, _ in held], [size * value for _, size, value in held], sign, cost, norm)


def _dot(row: _Sample, weights: list[float]) -> float:
    total: float = sum(map(mul, row.values, map(weights.__getitem__, row.things)))
    return total


def shift(said: Sequence[tuple[float, float]]) -> float:
    """What is to be added to stretched scores so that they are log odds where both kinds weigh the same, by Newton."""
    sides = {sign: max(1, sum(own == sign for _, own in said)) for sign in (1.0, -1.0)}
    shift = 0.0
    for _ in range(60):
        level, bend = 0.0, 1e-9
        for score, sign in said:
            p = probability(STRETCH * score + shift)
            level += (p - (sign > 0)) / sides[sign]
            bend += p * (1 - p) / sides[sign]
        move = max(-2.0, min(2.0, level / bend))
        shift -= move
        if abs(move) < 1e-9:
            break
    return shift


def _fit(rows: Sequence[_Sample], things: int) -> tuple[list[float], float]:
    """Weights of so many numbered things, and the bias."""
    alphas = [_CLIP * row.cost for row in rows]
    weights = [0.0] * things
    bias = 0.0
    for row, alpha in zip(rows, alphas, strict=True):
        _move(weights, row, row.sign * alpha)
        bias += row.sign * alpha
    for _ in range(ROUNDS):
        for number, row in enumerate(rows):
            margin = row.sign * (bias + _dot(row, weights))
            new = _step(alphas[number], margin, row.norm, row.cost)
            change = row.sign * (new - alphas[number])
            if abs(change) < 1e-9:
                continue
            alphas[number] = new
            _move(weights, row, change)
            bias += change
    return weights, bias


def _move(weights: list[float], row: _Sample, change: float) -> None:
    for thing, value in zip(row.things, row.values, strict=True):
        weights[thing] += change * value


def _step(alpha: float, margin: float, norm: float, cost: float) -> float:
    """The dual variable that makes the objective least along its own axis: Newton on its log odds, held in a bracket.

    A step that is not half as long as the one before gives way to the middle of the bracket.
    """
    low, high = -_ENDS, _ENDS
    before = high - low
    odds = log(alpha / (cost - alpha))
    for _ in range(60):
        share = 1 / (1 + exp(-odds))
        slope = norm * (cost * share - alpha) + margin + odds
        if slope > 0:
            high = odds
        else:
            low = odds
        step = slope / (1 + norm * cost * share * (1 - share))
        if -_NEAR < step < _NEAR:
            break
        if low < odds - step < high and 2 * abs(step) <= before:
            odds -= step
            before = abs(step)
        else:
            before = (high - low) / 2
            odds = low + before
    return cost / (1 + exp(-odds))


def probability(score: float) -> float:
    """Log odds as a probability (0–1)."""
    return 1 / (1 + exp(-score)) if score > -500 else 0.0
