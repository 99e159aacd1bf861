"""Documents × catalog → :class:`Alignment`, each document by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mapper.align.match import match_document
from mapper.align.patience import FIRMS_LIMIT, SECONDS_LIMIT, Patience, TooSlowError
from mapper.align.union import assemble
from mapper.catalog.load import Catalog
from mapper.firms.registry import Registry
from mapper.matchers.shelf import Shelf
from mapper.matchers.shelf import shelf as shelved
from mapper.model import Alignment, Document, DocumentText, Evidence, Faint, Firm, LeftOut, PassageText, Run, Undecided


def align(
    documents: Iterable[DocumentText],
    catalog: Catalog,
    registry: Registry,
    run: Run,
    *,
    left_out: Sequence[LeftOut] = (),
    min_score: float = 0.0,
    shelf: Shelf | None = None,
    seconds: float = SECONDS_LIMIT,
    columns: Collection[str] = (),
) -> Alignment:
    """Align whole documents with a catalog. ``min_score`` drops evidence whose score is below it (0–1).

    A document that takes more than ``seconds`` is left out and named among those that ``left_out`` names already.
    ``shelf``: the matchers that read; by default those of the catalog, with the model beside it or the one that ships.
    ``columns``: ids of firms that have cells whatever is found of them, besides those of the corpus's own list.
    """
    reading = shelf if shelf is not None else shelved(catalog)
    parts = [align_one(one, catalog, registry, reading, min_score=min_score, seconds=seconds) for one in documents]
    return assemble(
        run,
        catalog.policies,
        [*(registry.firms[firm] for firm in sorted(registry.own | {*columns})), *(firm for part in parts for firm in part.firms)],
        [part.document for part in parts if part.document is not None],
        [one for part in parts for one in part.evidence],
        [*left_out, *(one for part in parts for one in part.left_out)],
        [one for part in parts for one in part.faint],
        [one for part in parts for one in part.undecided],
    )


@dataclass(frozen=True)
class Aligned:
    """What one document came to; ``document`` is None where it took too long."""

    document: Document | None
    firms: tuple[Firm, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    faint: tuple[Faint, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def align_one(
    document: DocumentText,
    catalog: Catalog,
    registry: Registry,
    shelf: Shelf,
    *,
    min_score: float = 0.0,
    seconds: float = SECONDS_LIMIT,
) -> Aligned:
    """One document × catalog, in whatever process: it knows of no other document."""
    path = document.document.path
    try:
        found = match_document(document, catalog, registry, shelf, min_score, Patience(seconds))
    except TooSlowError:
        return Aligned(
            None, left_out=(LeftOut(path=path, code="document-slow-matching", params={"limit": f"{seconds:g}"}),)
        )
    crowded = LeftOut(path=path, code="sentence-crowded", params={"limit": str(FIRMS_LIMIT)})
    ids = tuple(firm.id for firm in found.firms)
    text = _text(document) if found.acts else ()
    return Aligned(
        document.document.model_copy(
            update={"firms": ids, "mentions": found.mentions, "acts": found.acts, "text": text}
        ),
        found.firms,
        found.evidence,
        found.faint,
        found.undecided,
        (*((crowded,) if found.crowded else ()), *found.left_out),
    )


def _text(document: DocumentText) -> tuple[PassageText, ...]:
    return tuple(
        PassageText(
            number=one.number,
            start=one.start,
            end=one.end,
            text=one.text,
            paragraph=one.paragraph,
            role=one.role,
            speaker=one.speaker,
        )
        for one in document.passages
    )
