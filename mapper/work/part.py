"""What one file came to, as it travels between processes and lies in a store: records that are lines already.

The first line of the bytes holds all that is needed to put parts together; the lines that follow are records of
documents, of evidence and of what is undecided as alignment.json holds them, and need not be looked into.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mapper.model import Document, Evidence, Faint, Firm, Grade, LeftOut
from mapper.problems import Problem
from mapper.report.json import record


class DocumentLine(NamedTuple):
    """A document by what it is ordered and counted by, with its record."""

    id: str
    sha256: str
    date: str | None
    passages: int
    characters: int
    firms: tuple[str, ...]
    line: str


class EvidenceLine(NamedTuple):
    """A piece of evidence by what it is united and ordered by, with its record."""

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
    line: str


@dataclass(frozen=True)
class Part:
    """One file of a corpus, read, attributed and matched.

    ``rows``: firms that rows of it name and no list knows. For a store (see touch.py): ``consulted``, the requirements
    with whose sentences it was compared, and ``words``, by which it could call a firm. ``heard``: what became of a second
    reader's answers, counted.
    """

    path: str
    problems: tuple[Problem, ...] = ()
    rows: tuple[str, ...] = ()
    firms: tuple[Firm, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    faint: tuple[Faint, ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    undecided: tuple[EvidenceLine, ...] = ()
    consulted: tuple[str, ...] = ()
    words: str = ""
    heard: Mapping[str, int] = field(default_factory=dict)

    def dump(self) -> bytes:
        """The part as bytes."""
        head = {
            "path": self.path,
            "problems": [[one.code, one.path, one.line, one.severity, one.params] for one in self.problems],
            "rows": self.rows,
            "firms": [one.model_dump(mode="json") for one in self.firms],
            "left_out": [one.model_dump(mode="json") for one in self.left_out],
            "faint": [one.model_dump(mode="json") for one in self.faint],
            "documents": [one[:-1] for one in self.documents],
            "evidence": [one[:-1] for one in self.evidence],
            "undecided": [one[:-1] for one in self.undecided],
            "consulted": self.consulted,
            "words": self.words,
            "heard": self.heard,
        }
        lines = [json.dumps(head, ensure_ascii=False), *(one.line for one in self.documents)]
        lines += [one.line for one in (*self.evidence, *self.undecided)]
        return "\n".join(lines).encode("utf-8", "surrogatepass")

    @classmethod
    def load(cls, data: bytes) -> Part:
        """Read what :meth:`dump` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        first, *lines = data.decode("utf-8", "surrogatepass").split("\n")
        head: dict[str, Any] = json.loads(first)
        documents, evidence, undecided = head["documents"], head["evidence"], head["undecided"]
        if len(lines) != len(documents) + len(evidence) + len(undecided):
            raise ValueError("lines are missing")
        rest = iter(lines)
        return cls(
            head["path"],
            tuple(Problem(*one) for one in head["problems"]),
            tuple(head["rows"]),
            tuple(Firm.model_validate(one) for one in head["firms"]),
            tuple(LeftOut.model_validate(one) for one in head["left_out"]),
            tuple(Faint.model_validate(one) for one in head["faint"]),
            tuple(DocumentLine._make([*said[:-1], tuple(said[-1]), next(rest)]) for said in documents),
            tuple(EvidenceLine._make([*said, next(rest)]) for said in evidence),
            tuple(EvidenceLine._make([*said, next(rest)]) for said in undecided),
            tuple(head["consulted"]),
            head["words"],
            head["heard"],
        )


def document_line(one: Document) -> DocumentLine:
    """A document as a line."""
    return DocumentLine(one.id, one.sha256, one.date, one.passages, sum(len(it.text) for it in one.text), one.firms, record(one))


def evidence_line(one: Evidence) -> EvidenceLine:
    """A piece of evidence as a line."""
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
        record(one),
    )
