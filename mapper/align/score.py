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
    "bias": -1.84,
    "strength": 0.33,
    "words": 0.40,
    "share": 1.20,
    "support": 0.15,
    "carried": -0.69,
    "outcome": 0.83,
    "commitment": 0.64,
    "adverse": 1.24,
    "concrete": 0.94,
    "vague": -1.06,
    "foreign": -1.55,
}


def vector(seen: Features) -> dict[str, float]:
    """The features as numbers, by the names of :data:`WEIGHTS`."""
    return {
        "bias": 1.0,
        "strength": {"weak": -1.0, "plain": 0.0, "strong": 1.0}[seen.strength],
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
