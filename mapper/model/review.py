"""What a human reviewer ruled, and how that stands to what the machine says."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field, field_validator

from mapper.model.evidence import Source
from mapper.model.value import Value
from mapper.model.words import Change, Grade, Ruling, State, Status


class Seen(Value):
    """What the machine said when a reviewer decided: the digest of the requirement, and the grade or the status."""

    requirement: str
    grade: Grade | None = None
    status: Status | None = None


class Decision(Value):
    """What a human reviewer ruled, tied to content: firm, requirement, words.

    About a piece of evidence (``words`` is its quote): ``accept``, ``reject``, ``regrade`` (``to`` a grade),
    ``comment``; ``add`` names words that the program missed (``document`` says where they were read, ``to`` is their
    grade). About a cell (no ``words``): ``set`` (``to`` a status), ``not-applicable``.
    """

    firm: str
    requirement: str
    words: str | None = None
    document: str | None = None
    ruling: Ruling
    to: Grade | Status | None = None
    why: str = ""
    by: str = Field(min_length=1)
    at: str
    """YYYY-MM-DD, with THH:MM or THH:MM:SS where two decisions of one day must be told apart."""
    seen: Seen | None = None

    @field_validator("at")
    @classmethod
    def _is_a_time(cls, value: str) -> str:
        """A time that exists; times are compared as text."""
        if len(value) not in (10, 16, 19) or datetime.fromisoformat(value).isoformat()[: len(value)] != value:
            raise ValueError("YYYY-MM-DD")
        return value


class Review(Value):
    """A decision as it stands to the alignment that carries it. ``id`` is made of all the decision says."""

    id: str
    decision: Decision
    state: State
    changes: tuple[Change, ...] = ()
    evidence: str | None = None
    """Id of the piece of evidence that it is about, where the machine found one (for changed words: the nearest)."""
    place: Source | None = None
    """Where the words stand though the machine does not mark them, or does not know which way they go."""
