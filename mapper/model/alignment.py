"""All cells of a run, and what made it."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from typing import Literal

from pydantic import Field

from mapper.model.documents import Document
from mapper.model.evidence import Evidence, Faint, Undecided
from mapper.model.firms import Firm
from mapper.model.policies import Policy
from mapper.model.review import Review
from mapper.model.value import Value, Whole
from mapper.model.words import Grade, Status

InputRole = Literal["policy", "lexicon", "model", "encoder", "registry", "corpus", "document", "decisions", "answers"]


UNPLACED = "sanctions-unplaced"
"""What a firm was sanctioned for stands in no cell."""
NOBODYS = "nobody-named"
"""What reads like evidence belongs to nobody: no firm was recognised in the document."""


class Cell(Value):
    """All evidence of one firm for one requirement; ``score`` is the best score among what made the status.

    ``voluntary``: there is evidence though the duty does not bind the firm, by its kind or size, or not yet;
    ``below`` counts the matches that were left out because they scored less than the run's ``min_score``.
    """

    firm: str
    requirement: str
    status: Status
    score: float = Field(default=0.0, ge=0, le=1)
    evidence: tuple[str, ...] = ()
    voluntary: bool = False
    below: Whole = 0
    allegations: Whole = 0
    """Pieces of its evidence that are allegations only: they stand beside the status and do not make it."""
    only_model: bool = False
    """Nothing that made the status was found by the program: a language model alone supports it."""
    review: Status | Literal["conflict"] | None = None
    """The status by what reviewers decided, where any current decision bears on the cell. ``status`` stays the machine's."""


class LeftOut(Value):
    """A document that was not read, or not wholly, or that holds what a person should look at: why (a message code with its
    parameters)."""

    path: str
    code: str
    params: dict[str, str] = Field(default={})

    @property
    def severity(self) -> Literal["left-out", "warning"]:
        """``warning`` where everything was read all the same."""
        return "warning" if self.code in (UNPLACED, NOBODYS) else "left-out"


class InputFile(Value):
    """An input of the run. ``path`` is relative to the folder it was read from."""

    role: InputRole
    path: str
    sha256: str

    @classmethod
    def of(cls, role: InputRole, path: str, raw: bytes) -> InputFile:
        """A file by what it holds."""
        return cls(role=role, path=path, sha256=sha256(raw).hexdigest())


class Run(Value):
    """What made this alignment: version, inputs and options. No clock and no machine path."""

    version: str
    inputs: tuple[InputFile, ...] = ()
    options: dict[str, str] = Field(default={})


class Alignment(Value):
    """All cells of a run. Written to alignment.json, the one file every report is made from."""

    run: Run
    policies: tuple[Policy, ...]
    firms: tuple[Firm, ...]
    documents: tuple[Document, ...]
    evidence: tuple[Evidence, ...]
    cells: tuple[Cell, ...]
    left_out: tuple[LeftOut, ...] = ()
    faint: tuple[Faint, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    """What reads as a deed and as a fault: beside the evidence, in no cell, until a reviewer grades it."""
    review: tuple[Review, ...] = ()
    """Every decision of human reviewers, by firm, requirement, words and time."""

    @property
    def mentions(self) -> tuple[str, ...]:
        """Ids of firms that documents only name in passing, and that have no cells for that."""
        named = {firm for document in self.documents for firm in document.mentions}
        return tuple(sorted(named - {firm.id for firm in self.firms}))


def cell_status(grades: Collection[Grade], *, addressed: bool, searched: bool, binding: bool = True) -> Status:
    """The status of a cell whose evidence, allegations apart, has these grades."""
    if "adverse" in grades:
        return "contrary"
    if "action" in grades or "outcome" in grades:
        return "evidenced"
    if grades:
        return "stated"
    if not addressed:
        return "not-applicable"
    if not binding:
        return "not-yet"
    return "none" if searched else "unsearched"
