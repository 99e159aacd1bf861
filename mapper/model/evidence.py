"""One passage of one firm for one requirement: where it stands, how strong it is, and why it counts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mapper.model.value import Value, Whole
from mapper.model.words import FaultBasis, FoundBy, Grade, Reviewed, Sign, Verdict


class Words(Value):
    """A run of words in the repaired quote, ``text == quote[start:end]``."""

    start: Whole
    end: Whole
    text: str


class Reason(Value):
    """Why a mark is made. ``code`` and ``params`` name a message; ``words`` are the words of the quote behind it.

    kinds: ``signal`` (what matched, or which words weighed most), ``example`` (taught sentences that it resembles),
    ``attribution`` (by which sign the firm acts), ``grade`` (what made the grade), ``model`` (what a language model says).
    """

    kind: Literal["signal", "example", "attribution", "grade", "model"]
    code: str
    params: dict[str, str] = Field(default={})
    words: tuple[Words, ...] = ()


class Source(Value):
    """A place where the same words stand: the first is the evidence's own, others are copies."""

    document: str
    start: Whole
    end: Whole


class Opinion(Value):
    """What a language model says of a piece of evidence: an opinion beside the program's, never in its place.

    ``verdict`` and ``grade`` are None where it was asked about the passage and did not name the requirement;
    ``program``: the score that the program gives without it (0–1).
    """

    by: str
    verdict: Verdict | None = None
    grade: Grade | None = None
    words: tuple[Words, ...] = ()
    why: str = ""
    program: float = Field(ge=0, le=1)


class Evidence(Value):
    """One passage of one firm for one requirement.

    ``score`` is the probability (0–1) that a careful reviewer accepts it; ``prefix``/``suffix`` are some 30
    characters of the original on either side; ``before``/``after`` the repaired neighbour sentences;
    ``predates`` says that the document is older than the directive (None where the date is unknown).
    """

    id: str
    firm: str
    requirement: str
    document: str
    start: Whole
    end: Whole
    quote: str
    original: str | None = None
    """The words as they stand in the decoded original, where repair has changed them in ``quote``."""
    grade: Grade
    score: float = Field(ge=0, le=1)
    basis: FaultBasis | None = None
    """Of adverse evidence: whether an authority, a court or the firm itself found the fault, or somebody alleges it."""
    reasons: tuple[Reason, ...]
    prefix: str = ""
    suffix: str = ""
    before: str = ""
    after: str = ""
    section: str | None = None
    page: Whole | None = None
    place: str | None = None
    """As of its passage."""
    sign: Sign = "named"
    acting_as: str | None = None
    """The unit named in the text, where a branch or a sub-unit acted for the firm."""
    predates: bool | None = None
    voluntary: bool = False
    """The requirement is not addressed to this firm; the evidence is shown all the same."""
    sources: tuple[Source, ...] = ()
    found_by: FoundBy | None = None
    """Who finds it: the program, a language model, or both; None where no model reads along."""
    opinion: Opinion | None = None
    """What the model says, where it was asked about the passage."""
    review: Reviewed | None = None
    """What current decisions make of it; None where nobody has ruled. ``grade`` stays the machine's."""

    @property
    def alleged(self) -> bool:
        """Whether it only alleges a fault: it is shown, and no cell is contrary for it."""
        return self.grade == "adverse" and self.basis == "allegation"

    @property
    def alone(self) -> bool:
        """Whether a language model alone finds it."""
        return self.found_by == "model"

    @property
    def differs(self) -> bool:
        """Whether program and model differ: only one of them finds it, or one takes it for a fault and the other not."""
        if self.opinion is None:
            return False
        return self.found_by != "both" or (self.opinion.grade == "adverse") != (self.grade == "adverse")


class Undecided(Evidence):
    """A passage of which it cannot be told whether it speaks for the firm or against it, and that would be shown as a deed
    or as a fault; or one that surely tells of a fault of a firm of which its document shows none, and hardly of which duty.

    ``grade`` and ``score`` are those of the likelier reading and the likeliest requirement. It counts for nothing until a reviewer
    gives it a grade, which then stands in ``review``.
    """

    fault: float = Field(ge=0, le=1)
    """The probability that it tells of a fault; that it tells of a deed is the rest."""

    @property
    def open(self) -> bool:
        """Whether its direction is still to be told: no reviewer has, or reviewers disagree."""
        return self.review in (None, "conflict")


class Faint(Value):
    """A match whose score was below the run's ``min_score``: counted in its cell, not shown as evidence."""

    id: str
    firm: str
    requirement: str
    adverse: bool = False
