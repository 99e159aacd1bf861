"""Passages of one document × matchers → candidates: what is claimed of whom, with the numbers that weigh it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from operator import itemgetter
from typing import NamedTuple

from mapper.align.parts import silent
from mapper.catalog.load import Catalog
from mapper.firms.attribution import Attributed, Reading
from mapper.firms.registry import Registry
from mapper.matchers.answers import NOBODY, AnswersMatcher
from mapper.matchers.few import TURNED
from mapper.matchers.grams import folded, masked
from mapper.matchers.interface import Claim, Found, Matcher, Stretch
from mapper.matchers.learned import SOURCE
from mapper.matchers.shelf import Shelf
from mapper.model import DocumentText, Passage, Requirement
from mapper.rules import rules

DOUBTFUL = -1.0
"""Log odds of the learned reader from which near misses are looked at."""
_UNLIKE = -5.0
"""Log odds that stand for «nowhere near»."""
_SHORT = 20
_GRADED = ("commitment", "action", "outcome", "adverse")


class Candidate(NamedTuple):
    """A claim that one stretch evidences one requirement for one firm.

    ``passage``: its place in the document's passages; ``claims``: what the matchers say; ``facts`` about the stretch
    whatever the requirement and what is its ``own`` weigh the score, ``going`` the grade, all by name. Candidates of one
    stretch share their facts and, breaches apart, how they go.
    """

    passage: int
    attributed: Attributed
    requirement: Requirement
    stretch: Stretch
    claims: tuple[Claim, ...]
    facts: Mapping[str, float]
    own: Mapping[str, float]
    going: Mapping[str, float]

    @property
    def features(self) -> dict[str, float]:
        """All that weighs the score."""
        return {**self.facts, **self.own}


def candidates(
    document: DocumentText,
    readings: Sequence[Reading],
    catalog: Catalog,
    registry: Registry,
    shelf: Shelf,
    opinions: AnswersMatcher = NOBODY,
    wanted: Collection[str] | None = None,
) -> Iterator[Candidate]:
    """All candidates of a document, in the order of its passages and of the catalog's requirements.

    ``opinions``: what a language model said of the document; ``wanted``: the requirements that are asked for, if not all.
    """
    if not any(reading.attributed for reading in readings):
        return
    passages = document.passages
    texts = [masked(passage.text, reading.names) for passage, reading in zip(passages, readings, strict=True)]
    wholes = [
        Stretch(passage.text, 0, len(passage.text), reading.names, before)
        for passage, reading, before in zip(passages, readings, ("", *texts), strict=False)
    ]
    looks = [
        _look(shelf, whole) if passage.role == "body" and not silent(passage, "named") else _NOTHING
        for passage, whole in zip(passages, wholes, strict=True)
    ]
    body = [look.adverse for look in looks if look is not _NOTHING]
    around = sum(body) / len(body) if body else 0.0
    elsewhere = _elsewhere(looks)
    order, known = catalog.order, shelf.learned.order
    if shelf.encoder is not None:
        shelf.encoder.prepare(_worth(shelf, passages, readings, texts))
    for number, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
        actors = {one.firm for one in reading.attributed}
        before = looks[number - 1] if number else _NOTHING
        after = looks[number + 1] if number + 1 < len(looks) else _NOTHING
        neighbour = {
            "around-adverse": around,
            "before-adverse": before.adverse,
            "before-outcome": before.outcome,
            "before-commitment": before.commitment,
        }
        whole = folded(texts[number]) if reading.attributed else ""
        read: dict[tuple[int, int, str], tuple[Stretch, Found, dict[str, list[Claim]], dict[str, float]]] = {}
        for attributed in reading.attributed:
            if silent(passage, attributed.sign):
                continue
            window = _window(passage, attributed, len(actors))
            place = (number, attributed.firm) if opinions.was_asked(number, attributed.firm) else None
            key = (*window, attributed.firm if place else "")
            if key not in read:
                stretch = wholes[number]
                if place is not None or window != (0, len(passage.text)):
                    stretch = replace(stretch, start=window[0], end=window[1], place=place)
                asked = _asked(shelf, stretch, wanted, *((opinions,) if place else ()))
                read[key] = (stretch, *asked, _says(passage.text[slice(*window)]))
            stretch, found, claims, says = read[key]
            kind = registry.firms[attributed.firm].kind
            facts = dict(found.facts) | neighbour | _facts(attributed, window, len(actors))
            margin = facts["grade-adverse"] - max(facts[f"grade-{one}"] for one in _GRADED[:-1])
            facts["polar"] = abs(margin)
            facts |= says
            usual = _graded(facts)
            for requirement_id in sorted(claims, key=order.__getitem__):
                requirement = catalog.requirements[order[requirement_id]]
                made = tuple(claims[requirement_id])
                own: dict[str, float] = {}
                for claim in made:
                    own |= claim.features
                if all(claim.source != SOURCE for claim in made):
                    own |= shelf.learned.opinion(stretch, requirement_id)
                if shelf.encoder is not None:
                    own |= shelf.encoder.opinion(stretch, requirement_id)
                at = known.get(requirement_id)
                own["before-learned"] = before.of(at)
                own["after-learned"] = after.of(at)
                own["around-learned"] = elsewhere(at, number)
                own["foreign"] = float(not requirement.addresses(kind))
                if own.get("signal"):
                    own["signal-learned"] = own["learned"]
                    own["signal-fault"] = float(margin > 0)
                if own["learned"] > DOUBTFUL:
                    own["doubt"] = shelf.likeness.doubt(whole, requirement_id)
                goes = _graded({**facts, **own}) if "breach" in own or TURNED in own else usual
                yield Candidate(number, attributed, requirement, stretch, made, facts, own, goes)


def _window(passage: Passage, attributed: Attributed, actors: int) -> tuple[int, int]:
    """The words that speak about a firm: all where it is the only one."""
    return (attributed.start, attributed.end) if actors > 1 else (0, len(passage.text))


def _worth(
    shelf: Shelf, passages: Sequence[Passage], readings: Sequence[Reading], texts: Sequence[str]
) -> Iterator[Stretch]:
    """The stretches that the cheaper matchers claim anything of: only those are worth encoding."""
    for number, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
        actors = len({one.firm for one in reading.attributed})
        telling = [one for one in reading.attributed if not silent(passage, one.sign)]
        for window in sorted({_window(passage, one, actors) for one in telling}):
            stretch = Stretch(passage.text, *window, reading.names, texts[number - 1] if number else "")
            if any(matcher.read(stretch).claims for matcher in shelf.matchers):
                yield stretch


def _asked(
    shelf: Shelf, stretch: Stretch, wanted: Collection[str] | None, *more: Matcher
) -> tuple[Found, dict[str, list[Claim]]]:
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
    return Found((), facts), claims


@dataclass(frozen=True)
class _Look:
    """What the learned reader makes of a whole passage, whoever acts: log odds of the requirements and margins of grades."""

    odds: Sequence[float] = ()
    """In the reader's own order; none where it did not look."""
    adverse: float = 0.0
    outcome: float = 0.0
    commitment: float = 0.0

    def of(self, place: int | None) -> float:
        """The log odds of the requirement at a place of the order; None for one that the reader does not know."""
        return self.odds[place] if self.odds and place is not None else _UNLIKE


_NOTHING = _Look()


def _look(shelf: Shelf, whole: Stretch) -> _Look:
    odds, grades = shelf.learned.look(whole)
    commitment, action, outcome, adverse = grades[: len(_GRADED)]
    return _Look(odds, adverse - max(commitment, action, outcome), outcome - action, max(0.0, commitment - max(action, outcome)))


def _elsewhere(looks: Sequence[_Look]) -> Callable[[int | None, int], float]:
    """The highest log odds of a requirement in the document's other passages: of its two best places, the other one."""
    numbers = [number for number, look in enumerate(looks) if look.odds]
    odds = [looks[number].odds for number in numbers]
    best: dict[int, tuple[int, float, float]] = {}

    def found(place: int | None, number: int) -> float:
        if place is None or not odds:
            return _UNLIKE
        if place not in best:
            values = list(map(itemgetter(place), odds))
            first = max(values)
            at = values.index(first)
            values[at] = _UNLIKE
            best[place] = numbers[at], first, max(values)
        at, first, second = best[place]
        return max(_UNLIKE, second if at == number else first)

    return found


_SAYS = ("clear", "against", "worse")
"""Rules about direction: what they are worth, the weights of score and grade say."""


def _says(text: str) -> dict[str, float]:
    """What the words themselves say, whoever acts: their direction, and how many figures they bear."""
    said = {f"says-{name}": float(rules("adverse")[name].pattern.search(text) is not None) for name in _SAYS}
    return said | {"figures": float(min(3, folded(text).count("0")))}


def _facts(attributed: Attributed, window: tuple[int, int], actors: int) -> dict[str, float]:
    length = window[1] - window[0]
    return {
        "log-length": log(max(1, length)),
        "short": float(length < _SHORT),
        "actors": float(min(3, actors - 1)),
        f"sign-{attributed.sign}": 1.0,
    }


_GOING = (
    "around-adverse", "before-adverse", "before-outcome", "before-commitment", "breach", TURNED, "figures",
    *(f"says-{one}" for one in _SAYS),
    *(f"{who}-{one}" for who in ("grade", "encoder") for one in (*_GRADED, "none")),
)
"""What weighs the grade."""


def alone(shelf: Shelf, text: str) -> dict[str, float]:
    """What weighs the grade of a sentence by itself, whatever it bears on."""
    facts = shelf.learned.read(Stretch(text, 0, len(text))).facts
    return _graded({**facts, **_says(text)})


def _graded(features: Mapping[str, float]) -> dict[str, float]:
    return {name: features[name] for name in _GOING if name in features}
