"""The score of a piece of evidence: the probability that a careful reviewer accepts it.

A logistic model over what a reader can see: the strength of the signal, how many words of the sentence bear on the
requirement and how much of it they make up, how many of its signals agree, the sign of attribution and the grade.
The weights were fitted on the labelled sets by benchmarks/calibrate.py, which prints them anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from mapper.model import Grade, Sign, Strength


@dataclass(frozen=True)
class Features:
    """What the score looks at. ``words``: distinct runs of words found; ``share``: their part of the stretch (0–1)."""

    strength: Strength
    words: int
    share: float
    support: int
    sign: Sign
    grade: Grade
    concrete: bool
    vague: bool
    foreign: bool
    """The duty is one kind of firm's alone, and this firm is of another."""


WEIGHTS: dict[str, float] = {
    "bias": -1.60,
    "strong": -0.08,
    "weak": -0.88,
    "words": 0.37,
    "share": 1.30,
    "support": 0.20,
    "carried": -0.64,
    "outcome": 0.79,
    "commitment": 0.72,
    "adverse": 1.34,
    "concrete": 1.04,
    "vague": -1.09,
    "foreign": -1.37,
}


def vector(seen: Features) -> dict[str, float]:
    """The features as numbers, by the names of :data:`WEIGHTS`."""
    return {
        "bias": 1.0,
        "strong": float(seen.strength == "strong"),
        "weak": float(seen.strength == "weak"),
        "words": float(min(seen.words, 6)),
        "share": min(seen.share, 0.5),
        "support": float(min(seen.support, 3)),
        "carried": float(seen.sign == "carried"),
        "outcome": float(seen.grade == "outcome"),
        "commitment": float(seen.grade == "commitment"),
        "adverse": float(seen.grade == "adverse"),
        "concrete": float(seen.concrete),
        "vague": float(seen.vague),
        "foreign": float(seen.foreign),
    }


def score(seen: Features) -> float:
    """A probability between 0 and 1, rounded to four places."""
    total = sum(WEIGHTS[name] * value for name, value in vector(seen).items())
    return round(1 / (1 + exp(-total)), 4)
