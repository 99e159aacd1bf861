"""The learned reader: a linear model over runs of characters, taught by sentences.

It proposes every requirement whose score is not hopeless; what that is worth, the score of the evidence says
(align/weighing.py). Its words are the runs that weighed most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, log, log1p

from mapper.matchers.few import Few
from mapper.matchers.grams import FIGURE, folded, grams, masked
from mapper.matchers.interface import Claim, Found, Span, Stretch
from mapper.matchers.model import GRADES, Model
from mapper.model import InputFile

SOURCE = "learned"
HOPELESS = -3.4
"""Log odds below which nothing is claimed."""
LEAST = -8.0
"""Log odds below which more or less means nothing."""
UNTAUGHT = 0.5
"""Log odds that stand for a requirement which only signals know."""
_MOST_WORDS = 5
_SHARE = 0.75
"""The words shown make up this part of all that spoke for the requirement."""


class LearnedMatcher:
    """Reads by a model, and by what the few requirements that the model lacks were taught here and now."""

    def __init__(
        self, model: Model, requirements: Sequence[str], few: Few | None = None, inputs: Sequence[InputFile] = ()
    ) -> None:
        wanted = set(requirements)
        self.model = model
        self.inputs = tuple(inputs)
        self._few = few
        fresh = set(few.requirements) if few is not None else set()
        self._numbers = [(n, one) for n, one in enumerate(model.requirements) if one in wanted and one not in fresh]
        self._grades = len(model.requirements)
        self._scores = lru_cache(maxsize=4096)(self._score)
        self._shown = lru_cache(maxsize=8)(self._show)
        """One sentence is asked for its words once for each requirement that it evidences."""

    @property
    def requirements(self) -> frozenset[str]:
        """The requirements that it can propose."""
        known = {one for _, one in self._numbers}
        return frozenset(known | set(self._few.requirements) if self._few is not None else known)

    def read(self, stretch: Stretch) -> Found:
        """Claims in the order of the model, with the log odds and how they stand beside those of the others."""
        scores, grades, best, total = self._scores(*_read(stretch))
        facts = {f"grade-{name}": value for name, value in zip(GRADES, grades, strict=True)}
        if not scores:
            return Found((), facts)
        rows = sorted(((value, one) for one, value in scores.items() if value > HOPELESS), reverse=True)
        claims = (
            Claim(one, SOURCE, (), self._features(one, value, best, total, rank)) for rank, (value, one) in enumerate(rows)
        )
        return Found(tuple(claims), facts)

    def opinion(self, stretch: Stretch, requirement: str) -> Mapping[str, float]:
        """What it thinks of a requirement that somebody else claims, hopeless or not; neutral where it was never taught."""
        scores, _, best, total = self._scores(*_read(stretch))
        value = scores.get(requirement, UNTAUGHT)
        rank = sum(other > value for other in scores.values())
        return self._features(requirement, value, max(best, value), total, rank)

    def look(self, stretch: Stretch) -> tuple[Mapping[str, float], tuple[float, ...]]:
        """Log odds of every requirement it knows, and of the grades in the order of :data:`GRADES`."""
        return self._scores(*_read(stretch))[:2]

    def _features(self, requirement: str, value: float, best: float, total: float, rank: int) -> Mapping[str, float]:
        prior: float = self.model.weighing.get("prior", {}).get(requirement, self.model.weighing.get("usual", -4.0))
        return {
            "learned": max(value, LEAST),
            "learned-above-2": max(0.0, value + 2),
            "learned-above-0": max(0.0, value),
            "behind": max(value - best, LEAST),
            "best": best,
            "rank": log1p(rank),
            "rivals": log(total + 0.05),
            "prior": prior,
        }

    def _score(self, text: str, before: str) -> tuple[dict[str, float], tuple[float, ...], float, float]:
        """Log odds of requirements and of grades; the best of the former, and the sum of their probabilities."""
        values = grams(text, before)
        totals = self.model.scores(values)
        scores = {one: totals[number] for number, one in self._numbers}
        if self._few is not None:
            scores |= self._few.scores(values)
        total = sum(1 / (1 + exp(-other)) for other in scores.values())
        return scores, tuple(totals[self._grades :]), max(scores.values(), default=UNTAUGHT), total

    def words(self, stretch: Stretch, requirement: str) -> tuple[Span, ...]:
        """Places in the passage's text of the runs that spoke most for the requirement, in order, none overlapping."""
        shown, places, rows = self._shown(stretch.text[stretch.start : stretch.end], tuple(_inside(stretch)))
        few = self._few.weights(requirement) if self._few is not None and requirement in self._few.requirements else None
        wanted = self.model.outputs.index(requirement) if few is None else -1
        credit = [0.0] * len(shown)
        for gram, weight, weights in rows:
            value = weight * (few(gram) if few is not None else weights.get(wanted, 0.0))
            if value <= 0:
                continue
            place = shown.find(gram)
            while place >= 0:
                for at in range(place, place + len(gram)):
                    credit[at] += value / len(gram) if shown[at].isalnum() else 0.0
                place = shown.find(gram, place + 1)
        spans = _runs(credit)
        return tuple(
            (stretch.start + places[start][0], stretch.start + places[end - 1][1]) for start, end in sorted(spans)
        )

    def _show(self, text: str, names: tuple[Span, ...]) -> tuple[str, list[Span], list[tuple[str, float, dict[int, float]]]]:
        """A text as it is read, the places of its characters, and its runs, each with what it weighs for every output."""
        shown, places = _mapped(text, names)
        return shown, places, [(gram, value, dict(self.model.weights(gram))) for gram, value in grams(shown).items()]


def _read(stretch: Stretch) -> tuple[str, str]:
    text = stretch.text[stretch.start : stretch.end]
    return folded(masked(text, _inside(stretch))), folded(stretch.before)


def _inside(stretch: Stretch) -> list[Span]:
    return [
        (max(0, start - stretch.start), min(stretch.end, end) - stretch.start)
        for start, end in stretch.names
        if start < stretch.end and end > stretch.start
    ]


def _mapped(text: str, names: Sequence[Span]) -> tuple[str, list[Span]]:
    """The text as it is read, and for each of its characters the place that it stands for."""
    shown: list[str] = []
    places: list[Span] = []
    hidden = [False] * len(text)
    for start, end in names:
        hidden[start:end] = [True] * (end - start)
    at = 0
    while at < len(text):
        end = at + 1
        if hidden[at]:
            while end < len(text) and hidden[end]:
                end += 1
            piece = "△"
        else:
            figure = FIGURE.match(text, at)
            piece = "0" if figure else text[at] if text[at] >= "\u3400" else folded(text[at])
            while figure and end < figure.end() and not hidden[end]:
                end += 1
        for char in piece:
            shown.append(char)
            places.append((at, end))
        at = end
    return "".join(shown), places


def _runs(credit: Sequence[float]) -> list[Span]:
    """Stretches of credit above half of the highest, the best first until they make up most of it."""
    top = max(credit, default=0.0)
    if top <= 0:
        return []
    spans: list[tuple[float, Span]] = []
    start = None
    for place, value in enumerate([*credit, 0.0]):
        if value >= 0.35 * top:
            start = place if start is None else start
        elif start is not None:
            if place - start >= 2:
                spans.append((sum(credit[start:place]), (start, place)))
            start = None
    spans.sort(key=lambda one: (-one[0], one[1]))
    wanted, got, kept = _SHARE * sum(value for value, _ in spans), 0.0, []
    for value, span in spans[:_MOST_WORDS]:
        kept.append(span)
        got += value
        if got >= wanted:
            break
    return kept
