"""What one file came to, as it travels between processes and lies in a store: records that are lines already.

The first line of the bytes holds all that is needed to put parts together, as the rows of tables; the lines that follow are
records of documents, of evidence and of what is undecided as alignment.json holds them, and need not be looked into.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from mapper.model import Document, Evidence, Firm, Grade, LeftOut
from mapper.problems import Problem

RecordFields = Sequence[Any]
"""The fields of a record as a table of the run holds them: text, numbers and truth."""


class DocumentLine(NamedTuple):
    """A document by what it is ordered and counted by; ``line``: the number of its record among those of its part."""

    id: str
    sha256: str
    date: str | None
    passages: int
    characters: int
    firms: Sequence[str]
    line: int


class EvidenceLine(NamedTuple):
    """A piece of evidence by what it is united and ordered by; ``line`` as of a document."""

    id: str
    firm: str
    requirement: str
    grade: Grade
    score: float
    alleged: bool
    predates: bool
    alone: bool
    document: str
    start: int
    end: int
    line: int


class FaintLine(NamedTuple):
    """A match that scored too little, by all that is told of it."""

    id: str
    firm: str
    requirement: str
    adverse: bool


@dataclass(frozen=True)
class FilePart:
    """What one file of a corpus adds to the run: read, attributed and matched.

    ``faint``, ``evidence`` and ``undecided`` hold one row for each, in the order of :class:`FaintLine` and
    :class:`EvidenceLine`. ``lines``: the records of its documents, those of its evidence and those of what is undecided, each
    with an end of line; ``sizes``: the bytes of each.
    ``rows``: firms that rows of it name and no list knows. For a store (see touch.py): ``consulted``, the requirements
    with whose sentences it was compared, and ``words``, by which it could call a firm. ``heard``: what became of a second
    reader's answers, counted.
    """

    path: str
    problems: tuple[Problem, ...] = ()
    rows: tuple[str, ...] = ()
    firms: tuple[Firm, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    faint: Sequence[RecordFields] = ()
    documents: tuple[DocumentLine, ...] = ()
    evidence: Sequence[RecordFields] = ()
    undecided: Sequence[RecordFields] = ()
    consulted: tuple[str, ...] = ()
    words: str = ""
    heard: Mapping[str, int] = field(default_factory=dict)
    sizes: Sequence[int] = ()
    lines: bytes | memoryview = b""

    def dump(self) -> bytes:
        """The part as bytes."""
        head = {
            "path": self.path,
            "problems": [[one.code, one.path, one.line, one.severity, one.params] for one in self.problems],
            "rows": self.rows,
            "firms": [one.model_dump_json() for one in self.firms],
            "left_out": [one.model_dump(mode="json") for one in self.left_out],
            "faint": self.faint,
            "documents": self.documents,
            "evidence": self.evidence,
            "undecided": self.undecided,
            "consulted": self.consulted,
            "words": self.words,
            "heard": self.heard,
            "sizes": self.sizes,
        }
        return f"{json.dumps(head, ensure_ascii=False)}\n".encode("utf-8", "surrogatepass") + self.lines

    @classmethod
    def load(cls, data: bytes) -> FilePart:
        """Read what :meth:`dump` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        end = data.index(b"\n")
        head: dict[str, Any] = json.loads(data[:end].decode("utf-8", "surrogatepass"))
        lines = memoryview(data)[end + 1 :]
        if len(lines) != sum(head["sizes"]):
            raise ValueError("lines are missing")
        return cls(
            head["path"],
            tuple(Problem(*one) for one in head["problems"]),
            tuple(head["rows"]),
            tuple(map(_firm, head["firms"])),
            tuple(LeftOut.model_validate(one) for one in head["left_out"]),
            head["faint"],
            tuple(map(DocumentLine._make, head["documents"])),
            head["evidence"],
            head["undecided"],
            tuple(head["consulted"]),
            head["words"],
            head["heard"],
            head["sizes"],
            lines,
        )


def document_line(one: Document, line: int) -> DocumentLine:
    """A document as a row."""
    return DocumentLine(one.id, one.sha256, one.date, one.passages, sum(len(it.text) for it in one.text), one.firms, line)


def evidence_line(one: Evidence, line: int) -> EvidenceLine:
    """A piece of evidence as a row."""
    return EvidenceLine(
        one.id,
        one.firm,
        one.requirement,
        one.grade,
        one.score,
        one.alleged,
        bool(one.predates),
        one.alone,
        one.document,
        one.start,
        one.end,
        line,
    )


@lru_cache(maxsize=4096)
def _firm(said: str) -> Firm:
    """A firm; most files name such as others name too."""
    return Firm.model_validate_json(said)
