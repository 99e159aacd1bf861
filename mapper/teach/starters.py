"""Sentences to start from: those that teach the shipped requirements nearest to what is asked.

Near is the cosine of the sets of letters and pairs of letters, each worth the more the fewer requirements use it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log, sqrt

from mapper.catalog.load import Catalog
from mapper.model import Lesson, Requirement
from mapper.suggest.letters import grams

_NEAREST = 3
_LONGEST = 120
"""Characters of a sentence to start from: longer ones say too many things."""
_LEAST = 0.08
"""Nearness (0–1) below which two requirements ask different things."""


@dataclass(frozen=True)
class Starter:
    """A sentence, and the shipped requirement that it teaches."""

    lesson: Lesson
    requirement: Requirement


def starters(asked: Requirement, shipped: Catalog, most: int) -> list[Starter]:
    """Sentences of the nearest shipped requirements, those likest to what is asked first; each once."""
    kin = {one.id: one for one in shipped.requirements if one.id != asked.id}
    near = _Nearness([_said(one) for one in kin.values()])
    ranked = sorted(((near.of(_said(asked), _said(one)), id) for id, one in kin.items()), reverse=True)[:_NEAREST]
    ids = [id for value, id in ranked if value >= _LEAST]
    found: dict[str, Starter] = {}
    for lesson in shipped.lessons:
        own = next((id for id in ids if id in lesson.evidences), None)
        if own is not None and lesson.grade in ("action", "outcome") and len(lesson.text) <= _LONGEST:
            found.setdefault(lesson.text, Starter(lesson, kin[own]))
    ordered = sorted(found, key=lambda text: (-near.of(_said(asked), text), text))
    return [found[text] for text in ordered[:most]]


class _Nearness:
    """How near two texts are (0–1), by what is rare among ``texts``."""

    def __init__(self, texts: list[str]) -> None:
        self._holding = Counter(gram for text in texts for gram in set(grams(text)))
        self._whole = len(texts)

    def of(self, first: str, second: str) -> float:
        """The cosine of two texts."""
        one, other = set(grams(first.lower())), set(grams(second.lower()))
        return self._sum(one & other) / sqrt((self._sum(one) or 1.0) * (self._sum(other) or 1.0))

    def _sum(self, runs: set[str]) -> float:
        return sum(log(1 + self._whole / (1 + self._holding[run])) ** 2 for run in sorted(runs))


def _said(requirement: Requirement) -> str:
    return f"{requirement.title}。{requirement.text}".lower()
