"""From what the matchers say to a score and a grade: three small linear models, learned with the large one.

The score is a logistic model over the claims' numbers and a few facts about the stretch and the sign of attribution,
one for what speaks for the firm and one for faults; the grade a multinomial one. All are fitted on documents that taught
none of the numbers they look at (mapper/learn).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import repeat
from math import exp
from operator import mul
from typing import Any

from mapper.matchers.few import TURNED, probability
from mapper.matchers.model import BIAS, FOR, GRADED
from mapper.model import Grade

USUAL_LINE = 0.5


@dataclass(frozen=True)
class Weighing:
    """Weights by the name of what they weigh; ``fault``: those of the score where the words speak against the firm.

    ``line``: the score from which evidence is shown (0–1); ``fault_line``: the same for faults. ``sure``: the probability
    from which a fault is called one; ``calm``: that below which words may speak for a firm.
    """

    score: Mapping[str, float]
    grade: Mapping[Grade, Mapping[str, float]] = field(default_factory=dict)
    line: float = USUAL_LINE
    fault: Mapping[str, float] = field(default_factory=dict)
    fault_line: float = USUAL_LINE
    sure: float = 0.75
    calm: float = 0.6

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Weighing:
        """The weighing that a model file holds. One that knows one kind of score weighs faults by it too."""
        score, line = said.get("score", {}), said.get("line", USUAL_LINE)
        return cls(
            score, said.get("grade", {}), line, said.get("fault", score), said.get("fault-line", line),
            said.get("sure", cls.sure), said.get("calm", cls.calm),
        )

    def scored(self, features: Mapping[str, float], grade: Grade, begun: float = 0.0) -> float:
        """The probability that a careful reviewer accepts evidence of this grade, rounded to four places.

        ``begun``: what :meth:`begun` made of other features, which many candidates share.
        """
        weights = self._weights(grade)
        return round(probability(weights.get(BIAS, 0.0) + _sum(weights, features, begun)), 4)

    def begun(self, features: Mapping[str, float], grade: Grade) -> float:
        """The part of the score's log odds that these features make."""
        return _sum(self._weights(grade), features)

    def _weights(self, grade: Grade) -> Mapping[str, float]:
        return self.fault if grade == "adverse" else self.score

    def least(self, asked: float, grade: Grade) -> float:
        """The score from which evidence of a grade is shown where ``asked`` is the score asked for (0–1).

        Who asks for no more than the line sees faults from their own line; who asks for more gets that.
        """
        return min(asked, self.fault_line) if grade == "adverse" and asked <= self.line else asked

    def judged(self, features: Mapping[str, float], telling: bool = True) -> tuple[Grade, bool]:
        """What :meth:`graded` and :meth:`torn` say, at once. ``telling``: whether the words can tell of a fault at all."""
        totals = self._totals(features)
        fault = _fault(totals) if telling else 0.0
        grade: Grade = "adverse" if fault >= self.sure else max(FOR, key=lambda one: totals[one])
        return grade, bool(self.grade) and self.calm <= fault < self.sure

    def graded(self, features: Mapping[str, float]) -> Grade:
        """The likeliest grade, of equals the weaker; ``adverse`` only where that is ``sure`` enough."""
        return self.judged(features)[0]

    def torn(self, features: Mapping[str, float]) -> bool:
        """Whether it cannot be told if the words speak for the firm or against it: they are no evidence then."""
        return self.judged(features)[1]

    def against(self, features: Mapping[str, float]) -> float:
        """The probability that the words speak against the firm."""
        return _fault(self._totals(features))

    def _totals(self, features: Mapping[str, float]) -> dict[Grade, float]:
        known = ((one, self.grade.get(one, {})) for one in GRADED)
        totals = {one: weights.get(BIAS, 0.0) + _sum(weights, features) for one, weights in known}
        totals["adverse"] += features.get(TURNED, 0.0)
        return totals


def _fault(totals: Mapping[Grade, float]) -> float:
    """The probability of ``adverse``."""
    return 1 / (1 + sum(exp(min(50.0, totals[one] - totals["adverse"])) for one in FOR))


def _sum(weights: Mapping[str, float], features: Mapping[str, float], begun: float = 0.0) -> float:
    return sum(map(mul, features.values(), map(weights.get, features, repeat(0.0))), begun)
