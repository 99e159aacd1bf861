"""What is counted: cells by status, and the figures of the overview."""

from __future__ import annotations

from dataclasses import dataclass

from mapper.model import Status


def percentage(part: int, whole: int) -> str:
    """A percentage in words: «0%» only for none, «100%» only for all."""
    if not 0 < part < whole:
        return "100%" if part and whole else "0%"
    exact = 100 * part / whole
    return "<1%" if exact < 0.5 else ">99%" if exact >= 99.5 else f"{round(exact)}%"


@dataclass(frozen=True, slots=True)
class Slice:
    """One stretch of a stacked bar: ``x`` and ``width`` in thousandths of the whole."""

    status: Status
    number: int
    share: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Cells counted by status. ``addressed`` is the denominator; voluntary cells stand outside it."""

    evidenced: int
    stated: int
    contrary: int
    none: int
    unsearched: int
    not_yet: int
    voluntary: int
    predating: int
    """Evidenced cells whose evidence is all older than the policy."""
    parts: tuple[Slice, ...]

    @property
    def addressed(self) -> int:
        """Cells of a requirement that binds the firm: it is addressed, and the duty is in force."""
        return self.evidenced + self.stated + self.contrary + self.none + self.unsearched

    @property
    def percent(self) -> int:
        """Evidenced cells per hundred addressed ones."""
        return round(100 * self.evidenced / self.addressed) if self.addressed else 0

    @property
    def share(self) -> str:
        """The percentage as it is shown: what is more than none is never «0%», and less than all never «100%»."""
        return percentage(self.evidenced, self.addressed)

    @property
    def tenths(self) -> int:
        """The same in tenths, for shades."""
        return self.percent // 10


@dataclass(frozen=True, slots=True)
class Coverage:
    """A policy, or one part of it, with its figures for all firms and then for each kind of firm."""

    policy: int
    part: int
    """Position in the view's parts; -1 for the whole policy."""
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The counts of the overview."""

    documents: int
    publishers: int
    first_date: str | None
    last_date: str | None
    stated: int
    inferred: int
    undated: int
    characters: int
    passages: int
    firms: int
    searched: int
    """Firms of which more is read than a mention."""
    mentioned: int
    requirements: int
    addressed: int
    """Requirements that are addressed to some firm of the run, and in force."""
    uncovered: int
    evidence: int
    grades: tuple[tuple[str, int], ...]
    """Without those that are only alleged."""
    alleged: int
    predating: int
    cells: int
    ruled: int
    """Pieces of evidence on which reviewers have ruled."""
    rulings: tuple[tuple[str, int], ...]
    """What they ruled: accepted, regraded, rejected, conflict."""
    reviewed: int
    """Cells evidenced as reviewed: by the word of humans where there is one, and by the machine's elsewhere."""
    reviewed_of: int
    undecided: int
    """Pieces that read as a deed and as a fault, and on which no reviewer has ruled."""
    doubtful: int
    """Decisions that are to be looked at again: suspect, orphaned or in conflict."""
