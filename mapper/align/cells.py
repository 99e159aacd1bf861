"""The cell that pieces of evidence make: its status, its score, and which of them made it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from mapper.model import Cell, Firm, Grade, Requirement, Status, cell_status


class Mark(Protocol):
    """What a cell looks at of a piece of evidence."""

    @property
    def id(self) -> str: ...

    @property
    def grade(self) -> Grade: ...

    @property
    def score(self) -> float: ...

    @property
    def alleged(self) -> bool: ...

    @property
    def alone(self) -> bool: ...


M = TypeVar("M", bound=Mark)


def cell_of(
    firm: Firm, requirement: Requirement, found: Sequence[Mark], *, searched: bool, below: int, in_force: bool
) -> Cell:
    """The cell that these pieces of evidence make, in their order. ``below``: matches that scored too little.

    ``in_force``: whether the duty binds on the day of the run.
    """
    addressed = requirement.means(firm)
    if not found:  # most cells of a large run
        status = cell_status(set(), addressed=addressed, searched=searched, binding=in_force)
        return Cell(firm=firm.id, requirement=requirement.id, status=status, below=below)
    grades = {one.grade for one in found if not one.alleged}
    status = cell_status(grades, addressed=addressed, searched=searched, binding=in_force)
    made = carrying(found, status)
    return Cell(
        firm=firm.id,
        requirement=requirement.id,
        status=status,
        score=max([one.score for one in made], default=0.0),
        evidence=tuple([one.id for one in found]),
        voluntary=not (addressed and in_force),
        allegations=sum([one.alleged for one in found]),
        below=below,
        only_model=bool(made) and all(one.alone for one in made),
    )


def carrying(found: Iterable[M], status: Status) -> list[M]:
    """The pieces of a cell that made its status."""
    if status == "contrary":
        return [one for one in found if one.grade == "adverse" and not one.alleged]
    return [one for one in found if status == "stated" or one.grade in ("action", "outcome")]
