"""The score of a piece of evidence: the probability that a careful reviewer accepts it.

A logistic model over four things a reader can see: the strength of the signal, how much of the sentence it covers,
the sign of attribution and the grade. The weights were fitted on the labelled sets (benchmarks/calibrate.py).
"""

from __future__ import annotations

from math import exp

from mapper.model import Grade, Sign, Strength

BIAS = 0.2
STRENGTH: dict[Strength, float] = {"strong": 1.4, "plain": 0.7, "weak": -0.4}
SIGN: dict[Sign, float] = {
    "named": 0.5,
    "speaker": 0.5,
    "pronoun": 0.3,
    "person": -0.2,
    "product": 0.3,
    "carried": -0.2,
    "owner": -0.3,
    "listed": 0.0,
}
GRADE: dict[Grade, float] = {"outcome": 0.3, "action": 0.0, "commitment": -0.3, "adverse": 0.3}


def score(strength: Strength, sign: Sign, grade: Grade) -> float:
    """A probability between 0 and 1, rounded to four places."""
    return round(1 / (1 + exp(-(BIAS + STRENGTH[strength] + SIGN[sign] + GRADE[grade]))), 4)
