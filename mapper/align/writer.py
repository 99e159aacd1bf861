"""Ruled claims of one document → pieces of evidence: the quote, its place, its grade and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mapper.align import reasons
from mapper.align.basis import BasisFinder
from mapper.align.candidates import Candidate
from mapper.align.faults import complained_of_most
from mapper.align.opinions import Ruled, spoken_of
from mapper.align.parts import placed
from mapper.catalog.load import Catalog
from mapper.fingerprint import identity
from mapper.firms.attribution import Attribution
from mapper.firms.registry import Registry
from mapper.matchers.shelf import Shelf
from mapper.model import DocumentText, Evidence, Grade, Policy, Reason, Source, Undecided

CONTEXT = 30
"""Characters of the original kept on either side of a quote."""


@dataclass(frozen=True)
class Writer:
    """Writes the evidence of one document.

    ``readings``: who acts in each passage; ``leads``: by passage the words before it that make it a fault.
    """

    document: DocumentText
    readings: Sequence[Attribution]
    leads: Mapping[int, str]
    catalog: Catalog
    registry: Registry
    shelf: Shelf

    def evidence(self, one: Candidate, ruled: Ruled) -> Evidence:
        """The piece of evidence that a claim comes to."""
        grade, why = self._graded(one, ruled)
        if why is not None:
            section = self.leads.get(one.passage) or self.document.passages[one.passage].section
            because = [reasons.by_place(why, section)]
        else:
            because = [*reasons.graded(one, grade, self._beside(one.passage + 1), self.shelf)]
        return Evidence(**self._told(one, ruled, grade, because))

    def undecided(self, one: Candidate, ruled: Ruled, against: float, homeless: bool = False) -> Undecided:
        """What is shown of a claim whose words cannot be told to be a deed or a fault, or that are a fault of some requirement or
        other (``homeless``); ``against``: how likely they are a fault (0–1)."""
        grade, _ = self._graded(one, ruled)
        told = self._told(one, ruled, grade, [reasons.undecided(one, against, self.shelf, homeless)])
        return Undecided(**told, fault=round(against, 4))

    def _graded(self, one: Candidate, ruled: Ruled) -> tuple[Grade, str | None]:
        """The grade, and the code of what gave it where that was not the words."""
        if ruled.found_by == "model":
            return ruled.grade, None
        passage, stretch = self.document.passages[one.passage], one.stretch
        leading = () if one.attributed.mention is not None else self._leading(one)
        grade, why = placed(ruled.grade, passage, stretch.text[stretch.start : stretch.end], leading)
        if grade == "adverse" and one.passage in self.leads:
            return grade, "grade-listed"
        if grade == "adverse" and complained_of_most(stretch.text):
            return grade, "grade-complaint-rank"
        return grade, "grade-facts" if grade == "adverse" and passage.facts else why

    def _told(self, one: Candidate, ruled: Ruled, grade: Grade, because: Sequence[Reason]) -> dict[str, Any]:
        """All that a piece says, by field."""
        document, passage = self.document, self.document.passages[one.passage]
        requirement, firm = one.requirement, self.registry.firms[one.attributed.firm]
        original = document.text[passage.start : passage.end]
        mention = one.attributed.mention
        acting = reasons.acting(one, document.document.row_owner is not None)
        opinion = [spoken_of(ruled.opinion)] if ruled.opinion is not None else []
        return {
            "id": identity(firm.id, requirement.id, passage.text),
            "firm": firm.id,
            "requirement": requirement.id,
            "document": document.document.id,
            "start": passage.start,
            "end": passage.end,
            "quote": passage.text,
            "original": original if original != passage.text else None,
            "grade": grade,
            "score": ruled.score,
            "basis": self._basis.of(one) if grade == "adverse" else None,
            "reasons": (*reasons.matched(one, self.shelf), acting, *opinion, *because),
            "prefix": document.text[max(0, passage.start - CONTEXT) : passage.start],
            "suffix": document.text[passage.end : passage.end + CONTEXT],
            "before": self._beside(one.passage - 1),
            "after": self._beside(one.passage + 1),
            "section": passage.section,
            "page": passage.page,
            "place": passage.place,
            "sign": one.attributed.sign,
            "acting_as": mention.unit if mention is not None else None,
            "predates": predates(document.document.date, self._policies[requirement.policy].published),
            "voluntary": not requirement.means(firm),
            "sources": (Source(document=document.document.id, start=passage.start, end=passage.end),),
            "found_by": ruled.found_by,
            "opinion": ruled.opinion,
        }

    @cached_property
    def _policies(self) -> Mapping[str, Policy]:
        return {policy.id: policy for policy in self.catalog.policies}

    @cached_property
    def _basis(self) -> BasisFinder:
        return BasisFinder(self.document, self.readings, self.leads)

    def _beside(self, number: int) -> str:
        """The sentence beside another; a heading is none, and would read as its beginning or its end."""
        passages = self.document.passages
        if not 0 <= number < len(passages) or passages[number].role in ("heading", "caption"):
            return ""
        if passages[number].facts is not None:  # a row of a notice tells of another firm
            return ""
        return passages[number].text

    def _leading(self, one: Candidate) -> Iterator[str]:
        """The sentences from which one may go on, the nearest first: those of its firm before it, below the same heading."""
        passages = self.document.passages
        for number in range(one.passage - 1, -1, -1):
            passage, acting = passages[number], {each.firm for each in self.readings[number].attributed}
            if passage.role != "body" or passage.section != passages[one.passage].section or one.attributed.firm not in acting:
                return
            yield passage.text


def predates(date: str | None, published: str) -> bool | None:
    """Whether a document is older than a directive; None where its date is unknown or too coarse to tell."""
    if not date or not published:
        return None
    length = min(len(date), len(published))
    return None if date[:length] == published[:length] and len(date) < len(published) else date < published
