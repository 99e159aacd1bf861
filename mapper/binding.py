"""Which duty binds which firm on which day.

The day is the one that a run is told, else that of the latest document read, never the clock's: the same input gives
the same cells. A document that states no more than a year or a month proves only that it had begun.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mapper.model import Alignment, Firm, Policy, Requirement, Run

AS_OF = "as_of"
"""The option of a run that holds the day it was told."""


@dataclass(frozen=True)
class Term:
    """The time of a requirement: ``start`` is the day from which it binds, ``until`` the last day of its transition."""

    start: str | None
    until: str | None

    def binds(self, day: str | None) -> bool:
        """Whether what is not done by this day is a gap; on an unknown day every duty is taken to bind."""
        if day is None:
            return True
        return (self.start is None or day >= self.start) and (self.until is None or day > self.until)


@dataclass(frozen=True)
class Binding:
    """The day of an alignment, and the terms of its requirements by id."""

    day: str | None
    terms: dict[str, Term]

    @classmethod
    def of(cls, policies: Iterable[Policy], dates: Iterable[str | None], run: Run) -> Binding:
        """The binding that policies have on the day of a run; ``dates`` are those of its documents."""
        told = run.options.get(AS_OF)
        day = told or max((_day(one) for one in dates if one), default=None)
        terms = {
            one.id: Term(one.effective or policy.effective or (policy.published if told else "") or None, one.until)
            for policy in policies
            for one in policy.requirements
        }
        return cls(day, terms)

    @classmethod
    def within(cls, alignment: Alignment) -> Binding:
        """The binding in an alignment."""
        return cls.of(alignment.policies, (one.date for one in alignment.documents), alignment.run)

    def in_force(self, requirement: str) -> bool:
        """Whether the requirement binds on that day, whomever it is addressed to."""
        return self.terms[requirement].binds(self.day)

    def binds(self, requirement: Requirement, firm: Firm) -> bool:
        """Whether the requirement binds this firm on that day."""
        return requirement.means(firm) and self.in_force(requirement.id)


def is_day(said: str) -> bool:
    """Whether this is a day that exists, as YYYY-MM-DD."""
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


def _day(stated: str) -> str:
    return stated + "-01-01"[len(stated) - 4 :]
