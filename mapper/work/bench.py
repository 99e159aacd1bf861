"""The bench at which one file is worked on: the one function that every process calls, whoever started it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import cast

from mapper.align.alignment import align_one
from mapper.ask.second import RecordedReader, SecondReaderSetup
from mapper.catalog.load import Catalog
from mapper.corpus import IsolatedReader, read_bytes
from mapper.corpus.settings import Settings
from mapper.firms.registry import Registry
from mapper.inputs import Plan, nameless
from mapper.matchers.encoder import Encoder, find, load
from mapper.matchers.kept import Kept
from mapper.matchers.likeness import Likeness
from mapper.matchers.model import Model
from mapper.matchers.shelf import EMPTY, Shelf, shelf
from mapper.messages import say
from mapper.model import InputFile
from mapper.problems import Problem
from mapper.report.json import line
from mapper.work.part import FaintLine, FilePart, document_line, evidence_line
from mapper.work.touch import Noting, words_of


@dataclass(frozen=True)
class Task:
    """A file to work on: its path in the corpus, and its bytes."""

    path: str
    raw: bytes


@dataclass(frozen=True)
class Kit:
    """What a process needs to work on any file of a run. It can be pickled: what is compiled is made anew."""

    catalog: Catalog
    registry: Registry
    listed: Registry
    said: Settings
    model: Model
    encoder: Path | None
    """Where the encoder lies, if one reads; another machine may have it elsewhere, but it must be the same."""
    encoder_inputs: tuple[InputFile, ...]
    min_score: float
    keeping: bool = False
    """Whether a store wants to know what touched each file."""
    heard: SecondReaderSetup | None = None
    """The recorded answers of the language model that reads along."""
    kept: Kept | None = None
    """Where to look for what was taught before; another machine finds nothing there and is taught itself."""

    @classmethod
    def of(cls, plan: Plan, min_score: float, *, keeping: bool = False) -> Kit:
        """The kit for a plan."""
        model, third = plan.shelf.model, plan.shelf.encoder
        bare = _bare(plan.registry), _bare(plan.listed)
        folder, inputs = (third.encoder.folder, tuple(third.inputs)) if third is not None else (None, ())
        second = plan.shelf.second
        heard = second.heard if isinstance(second, RecordedReader) else None
        kept = replace(plan.kept, writes=False) if plan.kept is not None else None
        return cls(
            replace(plan.catalog), *bare, plan.listing.said, replace(model), folder, inputs, min_score, keeping, heard, kept
        )


def _encoder(kit: Kit) -> Encoder | None:
    """The encoder that reads, here. Raises RuntimeError where this machine has none or another."""
    if kit.encoder is None:
        return None
    there = load(kit.encoder) if kit.encoder.is_dir() else find()
    if not isinstance(there, Encoder) or there.inputs != kit.encoder_inputs:
        raise RuntimeError(say("work.encoder-differs"))
    return there


def _bare(registry: Registry) -> Registry:
    """A registry without what it has compiled."""
    return replace(registry, base=_bare(registry.base) if registry.base is not None else None)


class Bench:
    """Works on files one by one. A context: its end ends the process that reads heavy files."""

    def __init__(self, kit: Kit, shelved: Shelf | None = None) -> None:
        self._kit = kit
        model = kit.model if kit.model.packed else EMPTY
        encoder = _encoder(kit) if shelved is None else None
        self._shelf = shelved if shelved is not None else shelf(kit.catalog, model, encoder, kit.kept)
        self._noting: Noting | None = None
        if kit.keeping:
            self._noting = Noting(self._shelf.likeness, (one.id for one in kit.catalog.requirements))
            self._shelf = replace(self._shelf, likeness=cast("Likeness", self._noting))
        self._second = kit.heard.to(kit.catalog, kit.registry, self._shelf) if kit.heard is not None else None
        self._shelf = replace(self._shelf, second=self._second)
        self._reader = IsolatedReader()

    def __enter__(self) -> Bench:
        self._reader.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._reader.__exit__(kind, error, trace)

    def work(self, task: Task) -> FilePart:
        """Read, attribute and match one file. Whatever it makes the program do, the other files are worked on."""
        try:
            return self._worked(task)
        except Exception as error:
            problem = Problem("document-failed", task.path, severity="left-out", params={"why": type(error).__name__})
            return FilePart(task.path, (problem,))

    def _worked(self, task: Task) -> FilePart:
        kit, noting = self._kit, self._noting
        if noting is not None:
            noting.asked.clear()
        entry = kit.said.entries.get(task.path)
        found = read_bytes(task.path, task.raw, entry=entry, columns=kit.said.columns, reader=self._reader)
        made = [
            align_one(one, kit.catalog, kit.registry, self._shelf, min_score=kit.min_score) for one in found.documents
        ]
        heard = dict(self._second.tally) if self._second is not None else {}
        if self._second is not None:
            self._second.tally.clear()
        owners = (one.document.row_owner for one in found.documents)
        firms = {firm.id: firm for one in reversed(made) for firm in one.firms if firm.origin != "discovered"}
        documents = [one.document for one in made if one.document is not None]
        evidence = [piece for one in made for piece in one.evidence]
        undecided = [piece for one in made for piece in one.undecided]
        lines = [line(one) + b"\n" for one in (*documents, *evidence, *undecided)]
        number = count()
        return FilePart(
            task.path,
            found.problems,
            tuple(dict.fromkeys(owner for owner in owners if owner and nameless(owner, kit.listed))),
            (*firms.values(), *(firm for one in made for firm in one.firms if firm.origin == "discovered")),
            tuple(left for one in made for left in one.left_out),
            tuple(FaintLine(it.id, it.firm, it.requirement, it.adverse) for one in made for it in one.faint),
            tuple(map(document_line, documents, number)),
            tuple(map(evidence_line, evidence, number)),
            tuple(map(evidence_line, undecided, number)),
            tuple(sorted(noting.asked)) if noting is not None else (),
            words_of(found.documents) if noting is not None else "",
            heard,
            tuple(map(len, lines)),
            b"".join(lines),
        )
