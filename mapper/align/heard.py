"""What the matchers say of the words of one passage, each stretch of them read once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from mapper.letters import Span
from mapper.matchers.answers import AnswersMatcher
from mapper.matchers.grams import folded
from mapper.matchers.interface import Claim, Matcher, MatcherOutput, Stretch
from mapper.matchers.model import FOR
from mapper.matchers.shelf import Shelf
from mapper.rules import pattern

SAYS = ("clear", "against", "worse")
"""Rules about direction: what they are worth, the weights of score and grade say."""


def says(text: str) -> dict[str, float]:
    """What the words themselves say, whoever acts: their direction, and how many figures they bear."""
    said = {f"says-{name}": float(pattern("adverse", name).search(text) is not None) for name in SAYS}
    return said | {"figures": float(min(3, folded(text).count("0")))}


def _asked(
    shelf: Shelf, stretch: Stretch, wanted: Collection[str] | None, *more: Matcher
) -> tuple[MatcherOutput, dict[str, list[Claim]]]:
    """What all matchers say: the facts of all together, and the claims by requirement."""
    facts: dict[str, float] = {}
    claims: dict[str, list[Claim]] = {}
    for matcher in (*shelf.matchers, *more):
        found = matcher.read(stretch, wanted)
        facts |= found.facts
        for claim in found.claims:
            claims.setdefault(claim.requirement, []).append(claim)
    if claims and shelf.encoder is not None:
        found = shelf.encoder.read(stretch, wanted)
        facts |= found.facts
        for claim in found.claims:
            claims.setdefault(claim.requirement, []).append(claim)
    return MatcherOutput((), facts), claims


@dataclass(frozen=True)
class StretchReading:
    """What the matchers said of one stretch of a passage, and what its words alone say of the grade."""

    stretch: Stretch
    found: MatcherOutput
    claims: Mapping[str, Sequence[Claim]]
    says: Mapping[str, float]

    @property
    def margin(self) -> float:
        """By how much the words are likelier a fault than anything that speaks for a firm."""
        return self.found.facts["grade-adverse"] - max(self.found.facts[f"grade-{one}"] for one in FOR)

    @property
    def facts(self) -> dict[str, float]:
        """What weighs every claim on it."""
        return {**self.found.facts, "polar": abs(self.margin), **self.says}


class StretchReadings:
    """What is read of the stretches of one passage, each once."""

    def __init__(
        self, shelf: Shelf, number: int, whole: Stretch, opinions: AnswersMatcher, wanted: Collection[str] | None
    ) -> None:
        self._shelf, self._number, self._whole, self._opinions, self._wanted = shelf, number, whole, opinions, wanted
        self._read: dict[tuple[int, int, str], StretchReading] = {}

    def of(self, window: Span, firm: str) -> StretchReading:
        """What the matchers say of these words, and where a model was asked about the firm, what it said."""
        place = (self._number, firm) if self._opinions.was_asked(self._number, firm) else None
        key = (*window, firm if place else "")
        if key not in self._read:
            stretch = self._whole
            if place is not None or window != (0, len(stretch.text)):
                stretch = replace(stretch, start=window[0], end=window[1], place=place)
            asked = _asked(self._shelf, stretch, self._wanted, *((self._opinions,) if place else ()))
            self._read[key] = StretchReading(stretch, *asked, says(stretch.text[slice(*window)]))
        return self._read[key]
