"""Ruled claims of one document → pieces of evidence: the quote, its place, its grade and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from mapper.align import reasons
from mapper.align.candidates import Candidate
from mapper.align.opinions import Ruled, spoken_of
from mapper.align.parts import placed
from mapper.catalog.load import Catalog
from mapper.fingerprint import identity
from mapper.firms.attribution import Reading
from mapper.firms.registry import Registry
from mapper.firms.voice import complains, signed_by_authority
from mapper.matchers.shelf import Shelf
from mapper.model import DocumentText, Evidence, FaultBasis, Grade, Policy, Reason, Source, Undecided
from mapper.rules import rules

CONTEXT = 30
"""Characters of the original kept on either side of a quote."""
_ADMITS = frozenset({"speaker", "owner"})
"""Signs by which a firm speaks of itself: what it admits in plain words needs no authority to find it."""
_OWNED = ("worse", "admitted")
"""Rules whose words are such plain words."""


@dataclass(frozen=True)
class Writer:
    """Writes the evidence of one document.

    ``readings``: who acts in each passage; ``leads``: by passage the words before it that make it a fault.
    """

    document: DocumentText
    readings: Sequence[Reading]
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

    def undecided(self, one: Candidate, ruled: Ruled, against: float) -> Undecided:
        """The same where it cannot be told to be a deed or a fault; ``against``: how likely it is a fault (0–1)."""
        grade, _ = self._graded(one, ruled)
        told = self._told(one, ruled, grade, [reasons.undecided(one, against, self.shelf)])
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
            "basis": self._basis(one) if grade == "adverse" else None,
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
    def _teller(self) -> Literal["customer", "authority"] | None:
        """Who tells the document, where that decides; None where its sentences must say it themselves."""
        if complains(self.document):
            return "customer"
        return "authority" if signed_by_authority(self.document) else None

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

    def _basis(self, one: Candidate) -> FaultBasis:
        """Whether somebody with authority, or the firm itself, found the fault: its sentence says so, or those around it.

        What a customer tells is alleged, whatever laws, authorities and punishments he calls for.
        """
        if self._teller == "customer":
            return "allegation"
        if self._teller == "authority" or any(claim.breach for claim in one.claims):
            return "finding"
        text, lead = self.document.passages[one.passage].text, self.leads.get(one.passage, "")
        if one.attributed.sign in _ADMITS and any(map(_admits, (text, lead))):
            return "finding"
        around = (text, self._beside(one.passage - 1), self._beside(one.passage + 1), lead)
        return "finding" if any(map(rules("adverse")["finding"].pattern.search, around)) else "allegation"


def _admits(text: str) -> bool:
    """Whether a firm says plainly what went wrong, and not that it did not."""
    said = rules("adverse")
    return any(said[one].pattern.search(text) for one in _OWNED) and not said["denied"].pattern.search(text)


def predates(date: str | None, published: str) -> bool | None:
    """Whether a document is older than a directive; None where its date is unknown or too coarse to tell."""
    if not date or not published:
        return None
    length = min(len(date), len(published))
    return None if date[:length] == published[:length] and len(date) < len(published) else date < published
