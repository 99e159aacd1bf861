"""Which duty binds which firm on which day.

The day is the one that a run is told, else that of the latest document read, never the clock's: the same input gives
the same cells. A document that states no more than a year or a month proves only that it had begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mapper.model import Alignment, Firm, Policy, Requirement, Run

AS_OF = "as_of"
"""The option of a run that holds the day it was told."""


Phase = Literal["in-force", "not-yet", "in-transition", "expired"]
"""Where a duty stands on a day."""


@dataclass(frozen=True)
class BindingPeriod:
    """The time of a requirement: ``start`` is the day from which it binds, ``until`` the last day of its transition,
    ``expires`` the last day on which it binds.
    """

    start: str | None
    until: str | None
    expires: str | None = None

    def phase(self, day: str | None) -> Phase:
        """Where it stands on this day; on an unknown day every duty is taken to be in force."""
        if day is None:
            return "in-force"
        if self.expires is not None and day > self.expires:
            return "expired"
        if self.start is not None and day < self.start:
            return "not-yet"
        return "in-transition" if self.until is not None and day <= self.until else "in-force"

    def binds(self, day: str | None) -> bool:
        """Whether what is not done by this day is a gap."""
        return self.phase(day) == "in-force"


@dataclass(frozen=True)
class Binding:
    """The day of an alignment, and the terms of its requirements by id."""

    day: str | None
    terms: dict[str, BindingPeriod]

    @classmethod
    def of(cls, policies: Iterable[Policy], dates: Iterable[str | None], run: Run) -> Binding:
        """The binding that policies have on the day of a run; ``dates`` are those of its documents."""
        told = run.options.get(AS_OF)
        day = told or max((_day(one) for one in dates if one), default=None)
        policies = tuple(policies)
        ends = _ends(policies)
        terms = {
            one.id: BindingPeriod(
                one.effective or policy.effective or (policy.published if told else "") or None,
                one.until or policy.until,
                min((end for end in (one.expires or policy.expires, ends.get(one.id)) if end), default=None),
            )
            for policy in policies
            for one in policy.requirements
        }
        return cls(day, terms)

    @classmethod
    def within(cls, alignment: Alignment) -> Binding:
        """The binding in an alignment."""
        return cls.of(alignment.policies, (one.date for one in alignment.documents), alignment.run)

    def phase(self, requirement: str) -> Phase:
        """Where the requirement stands on that day."""
        return self.terms[requirement].phase(self.day)

    def in_force(self, requirement: str) -> bool:
        """Whether the requirement binds on that day, whomever it is addressed to."""
        return self.terms[requirement].binds(self.day)

    def binds(self, requirement: Requirement, firm: Firm) -> bool:
        """Whether the requirement binds this firm on that day."""
        return requirement.means(firm) and self.in_force(requirement.id)


def _ends(policies: Sequence[Policy]) -> dict[str, str]:
    """The last day of what a newer policy replaces, repeals or words anew, where that says from when it is in force.

    What a clause words anew ends when the last such clause is in force; of several newer policies the earliest counts.
    """
    ends: dict[str, str] = {}
    for newer in policies:
        anew: dict[str, str | None] = {}
        for one in newer.requirements:
            day = one.effective or newer.effective
            for old in one.was:
                anew[old] = max(anew.get(old) or "", day or "") or None
        whole = (one.id for policy in policies if policy.id in newer.replaces for one in policy.requirements)
        gone = dict.fromkeys((*newer.repeals, *whole), newer.effective) | anew
        for old, begins in gone.items():
            if begins:
                last = (date.fromisoformat(begins) - timedelta(days=1)).isoformat()
                ends[old] = min(last, ends.get(old, last))
    return ends


def is_day(said: str) -> bool:
    """Whether this is a day that exists, as YYYY-MM-DD."""
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


def _day(stated: str) -> str:
    return stated + "-01-01"[len(stated) - 4 :]
