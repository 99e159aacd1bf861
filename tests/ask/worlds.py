"""What the tests of the second reader share: the shipped policies with a tiny registry, and answers of made-up models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from mapper.align.alignment import align
from mapper.ask.record import Answer, Recorded
from mapper.ask.requests import Request, requests
from mapper.ask.second import RecordedReader, SecondReaderSetup
from mapper.catalog.load import Catalog
from mapper.matchers.calibration import Calibration
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Alignment, DocumentText, Run
from tests.builders import registry, shipped_catalog

Model = Callable[[str], str]
WHEN = "2026-01-01T00:00:00+00:00"


@cache
def shipped() -> tuple[Catalog, Shelf]:
    """The catalog that ships, and what reads by it."""
    catalog = shipped_catalog()
    return catalog, shelf(catalog)


def ids() -> frozenset[str]:
    """The ids of all its requirements."""
    return frozenset(one.id for one in shipped()[0].requirements)


def asked(*documents: DocumentText, redact: bool = False) -> list[Request]:
    """The requests about documents of the tiny registry's firms."""
    catalog, reading = shipped()
    return requests(documents, catalog, registry(), reading, redact=redact)[0]


def answers(model: Model, made: Iterable[Request], name: str = "某模型", run: int = 1) -> list[Answer]:
    """What a model answers to requests, as it would be recorded."""
    return [
        Answer(request=one.id, document=one.document, model=name, run=run, asked=WHEN, answer=model(one.user))
        for one in made
    ]


def aligned(
    documents: Sequence[DocumentText], given: Sequence[Answer] = (), calibration: Calibration | None = None,
    min_score: float = 0.37,
) -> tuple[Alignment, RecordedReader | None]:
    """An alignment of documents with recorded answers, and the reader that used them."""
    catalog, reading = shipped()
    if not given:
        return align(documents, catalog, registry(), Run(version="0"), min_score=min_score, shelf=reading), None
    second = SecondReaderSetup(Recorded(tuple(given)), None, calibration).to(catalog, registry(), reading)
    made = align(
        documents, catalog, registry(), Run(version="0"), min_score=min_score, shelf=replace(reading, second=second)
    )
    return made, second


def lines(path: Path) -> list[bytes]:
    """The lines of a file without their ends."""
    return path.read_bytes().split(b"\n")
