"""What one file came to, as it travels between processes and lies in a store: records that are lines already.

The first line of the bytes holds all that is needed to put parts together; the lines that follow are records of
documents, of evidence and of what is undecided as alignment.json holds them, and need not be looked into.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from mapper.model import Document, Evidence, Firm, Grade, LeftOut
from mapper.problems import Problem
from mapper.report.json import record


class DocumentLine(NamedTuple):
    """A document by what it is ordered and counted by; ``size``: bytes of its record, with the end of its line."""

    id: str
    sha256: str
    date: str | None
    passages: int
    characters: int
    firms: tuple[str, ...]
    size: int


class EvidenceLine(NamedTuple):
    """A piece of evidence by what it is united and ordered by; ``size`` as of a document."""

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
    size: int


class FaintLine(NamedTuple):
    """A match that scored too little, by all that is told of it."""

    id: str
    firm: str
    requirement: str
    adverse: bool


@dataclass(frozen=True)
class Part:
    """One file of a corpus, read, attributed and matched.

    ``lines``: the records of its documents, those of its evidence and those of what is undecided, each with an end of line.
    ``rows``: firms that rows of it name and no list knows. For a store (see touch.py): ``consulted``, the requirements
    with whose sentences it was compared, and ``words``, by which it could call a firm. ``heard``: what became of a second
    reader's answers, counted.
    """

    path: str
    problems: tuple[Problem, ...] = ()
    rows: tuple[str, ...] = ()
    firms: tuple[Firm, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    faint: tuple[FaintLine, ...] = ()
    documents: tuple[DocumentLine, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    undecided: tuple[EvidenceLine, ...] = ()
    consulted: tuple[str, ...] = ()
    words: str = ""
    heard: Mapping[str, int] = field(default_factory=dict)
    lines: bytes = b""

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
        }
        return _bytes(json.dumps(head, ensure_ascii=False)) + self.lines

    @classmethod
    def load(cls, data: bytes) -> Part:
        """Read what :meth:`dump` wrote. Raises ValueError, KeyError or TypeError for anything else."""
        first, _, lines = data.partition(b"\n")
        head: dict[str, Any] = json.loads(first.decode("utf-8", "surrogatepass"))
        documents = tuple(DocumentLine._make([*said[:-2], tuple(said[-2]), said[-1]]) for said in head["documents"])
        evidence = tuple(map(EvidenceLine._make, head["evidence"]))
        undecided = tuple(map(EvidenceLine._make, head["undecided"]))
        if len(lines) != sum([one.size for one in documents]) + sum([one.size for one in (*evidence, *undecided)]):
            raise ValueError("lines are missing")
        return cls(
            head["path"],
            tuple(Problem(*one) for one in head["problems"]),
            tuple(head["rows"]),
            tuple(map(_firm, head["firms"])),
            tuple(LeftOut.model_validate(one) for one in head["left_out"]),
            tuple(map(FaintLine._make, head["faint"])),
            documents,
            evidence,
            undecided,
            tuple(head["consulted"]),
            head["words"],
            head["heard"],
            lines,
        )


def document_line(one: Document) -> tuple[DocumentLine, bytes]:
    """A document as a line, and its record."""
    line = _bytes(record(one))
    characters = sum(len(it.text) for it in one.text)
    return DocumentLine(one.id, one.sha256, one.date, one.passages, characters, one.firms, len(line)), line


def evidence_line(one: Evidence) -> tuple[EvidenceLine, bytes]:
    """A piece of evidence as a line, and its record."""
    line = _bytes(record(one))
    return (
        EvidenceLine(
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
            len(line),
        ),
        line,
    )


@lru_cache(maxsize=4096)
def _firm(said: str) -> Firm:
    """A firm; most files name such as others name too."""
    return Firm.model_validate_json(said)


def _bytes(line: str) -> bytes:
    return f"{line}\n".encode("utf-8", "surrogatepass")
