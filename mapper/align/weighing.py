"""From what the matchers say to a score and a grade: two small linear models, learned with the large one.

The score is a logistic model over the claims' numbers and a few facts about the stretch and the sign of attribution;
the grade a multinomial one. Both are fitted on documents that taught none of the numbers they look at (mapper/learn).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp
from typing import Any

from mapper.model import Grade

BIAS = "bias"
USUAL_LINE = 0.5
SURE = 0.75
"""Probability (0–1) from which a fault is called one: a false charge costs a firm more than a missed one."""
CALM = 0.6
"""Probability of a fault below which words may speak for a firm."""
_POSITIVE: tuple[Grade, ...] = ("commitment", "action", "outcome")


@dataclass(frozen=True)
class Weighing:
    """Weights by the name of what they weigh; ``line``: the score from which evidence is shown (0–1)."""

    score: Mapping[str, float]
    grade: Mapping[Grade, Mapping[str, float]] = field(default_factory=dict)
    line: float = USUAL_LINE

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Weighing:
        """The weighing that a model file holds."""
        return cls(said.get("score", {}), said.get("grade", {}), said.get("line", USUAL_LINE))

    def scored(self, features: Mapping[str, float]) -> float:
        """The probability that a careful reviewer accepts the evidence, rounded to four places."""
        return round(_logistic(_sum(self.score, features)), 4)

    def graded(self, features: Mapping[str, float]) -> Grade:
        """The likeliest grade, of equals the weaker; ``adverse`` only where that is :data:`SURE` enough."""
        totals = self._totals(features)
        return "adverse" if _fault(totals) >= SURE else max(_POSITIVE, key=lambda one: totals[one])

    def torn(self, features: Mapping[str, float]) -> bool:
        """Whether it cannot be told if the words speak for the firm or against it: nothing is shown then."""
        return bool(self.grade) and CALM <= _fault(self._totals(features)) < SURE

    def _totals(self, features: Mapping[str, float]) -> dict[Grade, float]:
        return {one: _sum(self.grade.get(one, {}), features) for one in (*_POSITIVE, "adverse")}


def _fault(totals: Mapping[Grade, float]) -> float:
    """The probability of ``adverse``."""
    return 1 / (1 + sum(exp(min(50.0, totals[one] - totals["adverse"])) for one in _POSITIVE))


def _sum(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return weights.get(BIAS, 0.0) + sum(value * weights.get(name, 0.0) for name, value in features.items())


def _logistic(total: float) -> float:
    return 1 / (1 + exp(-total)) if total > -500 else 0.0
