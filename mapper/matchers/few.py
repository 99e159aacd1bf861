"""Teaching a few requirements without any extra package: logistic regression by dual coordinate descent.

Method: Yu, Huang and Lin, «Dual coordinate descent methods for logistic regression and maximum entropy models», Machine
Learning 85 (2011), algorithm 1 with one inner step of Newton; the same objective as the large model's
(L2, C, weights of the two classes), over the examples of the requirement and a fixed share of everybody's sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from mapper.matchers.grams import folded, grams

COST = 5.0
POSITIVE = 3.0
ROUNDS = 6
TURNS = 3
STRETCH = 1.5
CAUTION = -0.5
"""A sentence is more often about something else than the sentences that teach are."""
_CLIP = 1e-6


_Row = tuple[dict[str, float], float]
"""A sentence as weighted runs, and 1 where it is of the kind, else −1."""


@dataclass(frozen=True)
class Few:
    """Small models of requirements that the large one does not know: weights of runs of characters, and a bias."""

    models: Mapping[str, tuple[Mapping[str, float], float]]

    @property
    def requirements(self) -> tuple[str, ...]:
        """Ids of the requirements taught."""
        return tuple(self.models)

    def scores(self, values: Mapping[str, float]) -> dict[str, float]:
        """Log odds of each for a sentence given as weighted runs."""
        return {
            one: bias + sum(value * weights[gram] for gram, value in values.items() if gram in weights)
            for one, (weights, bias) in self.models.items()
        }

    def weights(self, requirement: str) -> Callable[[str], float]:
        """The weight of a run for one of them."""
        weights = self.models[requirement][0]
        return lambda gram: weights.get(gram, 0.0)


def teach(positive: Sequence[str], negative: Sequence[str]) -> tuple[dict[str, float], float]:
    """Weights and bias that tell sentences of the one kind from the other, as log odds.

    So few sentences make a model timid: what it says of those that were kept from it, in turns, tells how to shift
    it (after Platt, «Probabilistic outputs for support vector machines», 1999; both kinds weigh the same).
    """
    rows: list[_Row] = [(grams(folded(text)), 1.0) for text in positive]
    rows += [(grams(folded(text)), -1.0) for text in negative]
    kept: list[tuple[float, float]] = []
    for turn in range(TURNS):
        weights, bias = _fit([row for number, row in enumerate(rows) if number % TURNS != turn])
        for values, sign in rows[turn::TURNS]:
            kept.append((bias + sum(value * weights.get(gram, 0.0) for gram, value in values.items()), sign))
    weights, bias = _fit(rows)
    return {gram: STRETCH * weight for gram, weight in weights.items()}, STRETCH * bias + _shift(kept) + CAUTION


def _shift(said: Sequence[tuple[float, float]]) -> float:
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


def _fit(rows: Sequence[_Row]) -> tuple[dict[str, float], float]:
    costs = [COST * (POSITIVE if sign > 0 else 1.0) for _, sign in rows]
    alphas = [_CLIP * cost for cost in costs]
    weights: dict[str, float] = {}
    bias = 0.0
    norms = [1.0 + sum(value * value for value in values.values()) for values, _ in rows]
    for (values, sign), alpha in zip(rows, alphas, strict=True):
        for gram, value in values.items():
            weights[gram] = weights.get(gram, 0.0) + sign * alpha * value
        bias += sign * alpha
    for _ in range(ROUNDS):
        for number, (values, sign) in enumerate(rows):
            cost, alpha = costs[number], alphas[number]
            margin = sign * (bias + sum(value * weights[gram] for gram, value in values.items()))
            new = _step(alpha, margin, norms[number], cost)
            change = sign * (new - alpha)
            if abs(change) < 1e-9:
                continue
            alphas[number] = new
            for gram, value in values.items():
                weights[gram] += change * value
            bias += change
    return weights, bias


def _step(alpha: float, margin: float, norm: float, cost: float) -> float:
    """The dual variable that makes the objective least along its own axis, by bisection on the slope."""
    low, high = cost * _CLIP, cost * (1 - _CLIP)
    for _ in range(30):
        middle = (low + high) / 2
        if norm * (middle - alpha) + margin + log(middle / (cost - middle)) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def probability(score: float) -> float:
    """Log odds as a probability (0–1)."""
    return 1 / (1 + exp(-score)) if score > -500 else 0.0
