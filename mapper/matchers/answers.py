"""Opinions of a language model as a matcher: what it said of the passages of one document, behind the same seam as rules.

Its claims carry numbers under names of their own; what those are worth, the calibration says, and without one nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mapper.firms.attribution import Attribution
from mapper.letters import Span
from mapper.matchers.calibration import Calibration
from mapper.matchers.interface import Claim, MatcherOutput, Stretch
from mapper.model import DocumentText, Grade, InputFile, Verdict

SOURCE = "model"
ASKED = "model-asked"


@dataclass(frozen=True)
class UpheldVerdict:
    """One verdict that stood the checks: ``words`` as spans of the passage's text, ``why`` in the model's words."""

    requirement: str
    firm: str
    verdict: Verdict
    grade: Grade
    words: tuple[Span, ...]
    why: str = ""


@dataclass(frozen=True)
class AnswersMatcher:
    """The opinions on one document. ``asked``: passages by number, with the firms that an answer was given for."""

    reader: str
    asked: Mapping[int, frozenset[str]] = field(default_factory=dict)
    said: Mapping[tuple[int, str], tuple[UpheldVerdict, ...]] = field(default_factory=dict)
    inputs: Iterable[InputFile] = ()

    def read(self, stretch: Stretch, wanted: Collection[str] | None = None) -> MatcherOutput:
        """A claim for each requirement that the model named for the firm at this place."""
        if stretch.place is None or not self.was_asked(*stretch.place):
            return MatcherOutput()
        claims = tuple(
            Claim(one.requirement, SOURCE, one.words, {f"model-{one.verdict}": 1.0})
            for one in self.said.get(stretch.place, ())
            if wanted is None or one.requirement in wanted
        )
        return MatcherOutput(claims, {ASKED: 1.0})

    def was_asked(self, passage: int, firm: str) -> bool:
        """Whether the model answered for this passage and firm."""
        return firm in self.asked.get(passage, ())

    def opinion(self, passage: int, firm: str, requirement: str) -> UpheldVerdict | None:
        """What it said of a requirement; None where it named it not, or was not asked."""
        return next((one for one in self.said.get((passage, firm), ()) if one.requirement == requirement), None)


class SecondReader(Protocol):
    """A language model that read along: its opinions on a document, and what they are worth."""

    @property
    def inputs(self) -> Sequence[InputFile]:
        """The files that hold its answers, with digests."""

    @property
    def calibration(self) -> Calibration | None:
        """What its verdicts are worth; None where nobody has measured that."""

    def of(self, document: DocumentText, readings: Sequence[Attribution]) -> AnswersMatcher:
        """Its opinions on a document, attributed already."""


NOBODY = AnswersMatcher("")
"""No model answered."""
