"""Who found a fault: an authority, a court or the firm itself, or whether somebody only alleges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from mapper.align.candidates import Candidate
from mapper.align.faults import complained_of_most
from mapper.firms.attribution import Attribution
from mapper.firms.complainant import complains
from mapper.firms.framing import names, signed_by_authority
from mapper.model import DocumentText, FaultBasis
from mapper.rules import pattern, rules
from mapper.rules.replies import admits_publicly

_ADMITS = frozenset({"speaker", "owner"})
"""Signs by which a firm speaks of itself: what it admits in plain words needs no authority to find it."""
_OWNED = ("admitted", "worse")
"""Rules whose words are such plain words; those of the second may also be a customer's."""
_WRITER_WITHIN = 8
"""Passages at the top in which an authority says that it writes."""
_RANKED = 12
"""Sentences over which a ranking goes on at most."""
_SURE = ("sanctioned", "proved", "told-by-authority")
"""Rules whose words make found what somebody tells in the same sentence."""


@dataclass(frozen=True)
class BasisFinder:
    """Tells for each fault of one document who found it.

    ``readings``: who acts in each passage; ``leads``: by passage the words before it that make it a fault.
    """

    document: DocumentText
    readings: Sequence[Attribution]
    leads: Mapping[int, str]

    def of(self, one: Candidate) -> FaultBasis:
        """Whether somebody with authority, or the firm itself, found the fault: its sentence says so, or those around it.

        What a customer tells is alleged, whatever laws, authorities and punishments he calls for. Of a firm that does not
        speak itself, a sentence that does not say who found its fault goes on from those before it that tell of faults.
        """
        if self._teller == "customer":
            return "allegation"
        text, lead = self.document.passages[one.passage].text, self.leads.get(one.passage, "")
        if _pleaded(text):
            return "allegation"
        if admits_publicly(one.stretch.anonymous):
            return "finding"
        own, said = one.attributed.sign in _ADMITS, _said(text)
        if said != "allegation" and any(claim.breach for claim in one.claims):
            return "finding"
        plainly = _OWNED[:1] if said == "allegation" else _OWNED
        if self._teller == "authority":
            return "allegation" if _alleged(text) else "finding"
        if own and any(_admits(each, plainly) for each in (text, lead)):
            return "finding"
        if said is not None:
            return said
        around = self._around(one.passage)
        if any(_said(each) == "finding" for each in (*around, lead)):
            return "finding"
        if complained_of_most(text):
            published = pattern("adverse", "complaints-published")
            return "finding" if any(published.search(each) for each in (*names(self.document), *around)) else "allegation"
        return "allegation" if own else self._going_on.get((one.attributed.firm, one.passage), "allegation")

    def _around(self, number: int) -> list[str]:
        """The sentences beside one, or beside the ranking that it goes on with; a row of a notice tells of another firm."""
        passages, before = self.document.passages, number - 1
        if complained_of_most(passages[number].text):
            earlier = range(before, max(-1, before - _RANKED), -1)
            before = next((at for at in earlier if not complained_of_most(passages[at].text)), before)
        near = (passages[at] for at in (before, number + 1) if 0 <= at < len(passages))
        return [one.text for one in near if one.role not in ("heading", "caption") and one.facts is None]

    @cached_property
    def _going_on(self) -> Mapping[tuple[str, int], FaultBasis]:
        """By firm and passage, who found what was told of the firm before, in sentences that say so: up to the first
        that has no word for what goes wrong, which may still be a fault itself."""
        found: dict[tuple[str, int], FaultBasis] = {}
        last: dict[str, FaultBasis] = {}
        for number, (passage, reading) in enumerate(zip(self.document.passages, self.readings, strict=True)):
            said = _said(passage.text) if passage.role == "body" else None
            for firm in {one.firm for one in reading.attributed}:
                if firm in last:
                    found[firm, number] = last[firm]
                if firm in last and said is None and not pattern("adverse", "goes-wrong").search(passage.text):
                    del last[firm]
                if said is not None:
                    last[firm] = said
        return found

    @cached_property
    def _teller(self) -> Literal["customer", "authority"] | None:
        """Who tells the document, where that decides; None where its sentences must say it themselves."""
        if complains(self.document):
            return "customer"
        top = (*names(self.document), *(one.text for one in self.document.passages[:_WRITER_WITHIN]))
        writes = any(pattern("adverse", "authority-writes").search(one.strip()) for one in top)
        return "authority" if writes or signed_by_authority(self.document) else None


def _pleaded(text: str) -> bool:
    """Whether a party to a suit tells it, and nobody in the same sentence that it is so."""
    rule = rules("adverse")
    return rule["pleaded"].pattern.search(text) is not None and not any(rule[one].pattern.search(text) for one in _SURE)


def _said(text: str) -> FaultBasis | None:
    """Who found a fault by the words of its own sentence; None where they do not say."""
    rule = rules("adverse")
    called_for = 0
    if rule["authority-speaks"].pattern.search(text) is None:
        text, called_for = rule["called-for"].pattern.subn("", text)
    unfound = rule["not-found"].pattern.search(text) is not None and rule["sanctioned"].pattern.search(text) is None
    if unfound or _alleged(text):
        return "allegation"
    if any(rule[one].pattern.search(text) for one in ("finding", "told-by-authority")):
        return "finding"
    return "allegation" if called_for else None


def _alleged(text: str) -> bool:
    """Whether somebody without authority tells it, and nobody in the same sentence that it is so."""
    rule = rules("adverse")
    return rule["alleged"].pattern.search(text) is not None and not any(rule[one].pattern.search(text) for one in _SURE)


def _admits(text: str, plainly: Sequence[str]) -> bool:
    """Whether a firm says what went wrong, by the words of these rules, and not that it did not."""
    said = rules("adverse")
    return any(said[one].pattern.search(text) for one in plainly) and not said["denied"].pattern.search(text)
