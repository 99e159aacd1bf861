"""Candidates of one document → the best for each passage, requirement and firm, with its score, its grade and whether that is torn."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from mapper.align.candidates import Candidate
from mapper.align.ways import Way, Ways
from mapper.align.weighing import Weighing
from mapper.firms.complainant import complains
from mapper.matchers.answers import SOURCE as MODEL
from mapper.matchers.cited import SOURCE as CITED
from mapper.matchers.learned import SOURCE
from mapper.matchers.shifters import hollow
from mapper.model import DocumentText, Grade
from mapper.rules import pattern
from mapper.rules.replies import admits_publicly

_BORNE = 0.3
"""Share of the line that a claim must reach on the words that tell what the firm did, where others only frame them."""
_CITED = 0.95
"""Score, at least, of the fault of a requirement whose clause the words say was broken."""
_Key = tuple[int, str, str]
"""Passage, requirement and firm."""


class Best(NamedTuple):
    """The best claim on a passage for a requirement and a firm."""

    score: float
    grade: Grade
    torn: bool
    candidate: Candidate


class Either(NamedTuple):
    """What may be a deed or a fault, as the likelier of the two; ``against``: the probability (0–1) that it is a fault."""

    score: float
    grade: Grade
    against: float
    candidate: Candidate


@dataclass
class Ranked:
    """Takes the candidates of a document one by one. ``leads``: passages below a lead-in that announces faults."""

    document: DocumentText
    leads: Collection[int]
    weighing: Weighing
    min_score: float
    best: dict[_Key, Best] = field(default_factory=dict)
    either: dict[_Key, Either] = field(default_factory=dict)
    _faulty: tuple[int, str] | None = None
    """Passage and firm of which the words taken last, all of them, tell a fault or may do so."""

    @cached_property
    def _ways(self) -> Ways:
        return Ways(self.document, self.leads, self.weighing)

    def take(self, one: Candidate) -> None:
        """Weigh a candidate, and keep it where it is the best so far."""
        weighing, way, by_model = self.weighing, self._ways.of(one), _by_model(one)
        if (way.idle or not self._counts(one, way)) and not by_model:
            return
        core = weighing.scored(one.core, way.grade) if one.core is not None else None
        if core is not None and core < _BORNE * weighing.least(weighing.line, way.grade) and not by_model:
            return
        score = weighing.scored(one.own, way.grade, way.begun)
        if way.told:
            score = max(self._worded(one, score), core or 0.0)
        if way.grade == "adverse" and CITED in one.own:
            score = max(score, _CITED)
        key = (one.passage, one.requirement.id, one.attributed.firm)
        reading = self._either(one, way.grade, score) if way.torn else None
        if reading is not None and (key not in self.either or reading.score > self.either[key].score):
            self.either[key] = reading
        if way.grade == "adverse" and _praises(one):
            if not by_model:
                return
            score = 0.0
        if key not in self.best or score > self.best[key].score:
            self.best[key] = Best(score, way.grade, way.torn, one)

    def _counts(self, one: Candidate, way: Way) -> bool:
        """Whether what a part of the words tells by itself counts: a fault in a list or set against a deed; that deed, where all of
        them together tell a fault, or may do so. What a customer sets against something is no deed of the firm."""
        place, fault = (one.passage, one.attributed.firm), way.grade == "adverse"
        if one.part == "all":
            self._faulty = place if fault or way.torn else None
            return True
        if one.part == "item":
            return fault
        words = one.stretch.anonymous
        if way.torn or self._complains or (one.part == "deed" and (admits_publicly(words) or hollow(words))):
            return False
        return fault if one.part == "fault" else not fault and self._faulty == place

    @cached_property
    def _complains(self) -> bool:
        return complains(self.document)

    def _worded(self, one: Candidate, score: float) -> float:
        """The score of what is told to be a fault before it is: its own words may be those by which one tells of a deed."""
        deed = self.weighing.scored(one.features, "action")
        return max(score, deed) if deed >= self.weighing.line else score

    def fault(self, one: Candidate) -> float | None:
        """The score of a candidate that is torn, read as a fault; None where that does not reach its line, or where its sentence
        also tells what was done about it."""
        mended = any(pattern("adverse", each).search(one.stretch.text) for each in ("corrected", "since-then"))
        score = 0.0 if mended or _praises(one) else self.weighing.scored(one.features, "adverse")
        return score if score >= self.weighing.least(self.min_score, "adverse") else None

    def _either(self, one: Candidate, deed: Grade, score: float) -> Either | None:
        """A candidate that is torn; None where neither reading reaches its line. ``score``: that of the deed."""
        against = self.weighing.against(one.going)
        readings: list[tuple[float, float, Grade]] = [(1 - against, score, deed)]
        if not _praises(one):
            readings.append((against, self.weighing.scored(one.features, "adverse"), "adverse"))
        reached = any(reading >= self.weighing.least(self.min_score, grade) for _, reading, grade in readings)
        _, likelier, grade = max(readings)
        return Either(likelier, grade, against, one) if reached else None


def _by_model(one: Candidate) -> bool:
    """Whether a language model claims it, which was shown the whole passage."""
    return any(claim.source == MODEL for claim in one.claims)


def _praises(one: Candidate) -> bool:
    """Whether nothing but signals of the duty done speak for a claim: in a sentence of faults they say nothing."""
    return all(claim.source != SOURCE and not claim.breach for claim in one.claims if claim.source != MODEL)
