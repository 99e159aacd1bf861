"""How the words of a stretch go, whatever is claimed of them: for the firm, against it, either, or nowhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from mapper.align.candidates import Candidate
from mapper.align.customers import only_comes, only_confides, only_deals, only_pleads
from mapper.align.faults import (
    complained_of_most,
    each_punished,
    falls_short,
    found_out,
    instances,
    only_cleared,
    only_looked_into,
    robs,
    tells_fault,
    thwarts,
    went_worse,
)
from mapper.align.weighing import Weighing
from mapper.model import DocumentText, Grade
from mapper.rules.plans import foresees, only_asked
from mapper.rules.replies import admits_after_deed, apologises, only_answers


class Way(NamedTuple):
    """How the words of a stretch go, whatever is claimed of them.

    ``torn``: whether they may be a deed or a fault; ``told``: whether a fault by where they stand; ``idle``: whether they tell
    of no deed and no fault; ``begun``: what their facts are worth to any score.
    """

    grade: Grade
    torn: bool
    told: bool
    idle: bool
    begun: float


@dataclass
class Ways:
    """Says of the candidates of a document how their words go. ``leads``: passages below a lead-in that announces faults."""

    document: DocumentText
    leads: Collection[int]
    weighing: Weighing
    _last: tuple[Candidate, Way] | None = None

    def of(self, one: Candidate) -> Way:
        """How its words go: made once for all that is claimed of a stretch, most of which goes the same way."""
        if self._last is not None and self._last[0].going is one.going and self._last[0].facts is one.facts:
            return self._last[1]
        passage = self.document.passages[one.passage]
        text = one.stretch.text
        told = one.passage in self.leads or passage.facts is not None or complained_of_most(text) or each_punished(text)
        grade, torn = self._judged(one, told)
        idle = self._idle(one, grade, torn, told)
        way = Way(grade, torn, told, idle, self.weighing.begun(one.facts, grade))
        self._last = one, way
        return way

    def _judged(self, one: Candidate, told: bool) -> tuple[Grade, bool]:
        """The grade, and whether it is torn."""
        passage, text, words = self.document.passages[one.passage], one.stretch.text, one.stretch.anonymous
        grade, torn = self.weighing.judged(one.going, tells_fault(passage))
        admits = grade != "adverse" and one.part == "all" and (admits_after_deed(words) or apologises(words))
        if told or admits or (robs(text[one.stretch.start : one.stretch.end]) and not only_cleared(text)):
            return "adverse", False
        if grade == "adverse":
            return grade, torn or only_cleared(text) or only_answers(words)
        return grade, torn or falls_short(passage) or self._instance(one.passage)

    def _idle(self, one: Candidate, grade: Grade, torn: bool, told: bool) -> bool:
        """Whether the words tell of no deed of the firm and of no fault of its own."""
        text, fault = one.stretch.text, grade == "adverse"
        if only_comes(one.stretch.read) or only_deals(one.stretch.read) or only_confides(one.stretch.anonymous):
            return True
        if ((torn or fault) and only_pleads(text)) or (not told and only_looked_into(one.stretch.anonymous)):
            return True
        if fault:
            carried = one.attributed.mention is None
            return carried and self._thwarts and not found_out(self.document.passages[one.passage])
        return not torn and (only_asked(one.stretch.read) or foresees(text) or went_worse(text))

    def _instance(self, number: int) -> bool:
        passages = self.document.passages
        return instances(passages[number], passages[number - 1] if number else None)

    @cached_property
    def _thwarts(self) -> bool:
        return thwarts(self.document)
