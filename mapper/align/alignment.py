"""Evidence → cells → :class:`Alignment`, and the law that alignments merge.

``align(A + B) == merge(align(A), align(B))`` for any sets A and B of whole documents: evidence is united by its id
(firm, requirement and the words), copies become sources of one piece, and cells are made anew from what there is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar, get_args

from mapper.align.match import read_document
from mapper.align.patience import FIRMS_LIMIT, SECONDS_LIMIT, Patience, TooSlowError
from mapper.binding import Binding
from mapper.catalog.load import Catalog
from mapper.firms.registry import Registry
from mapper.matchers.shelf import Shelf
from mapper.matchers.shelf import shelf as shelved
from mapper.model import (
    Alignment,
    Cell,
    Document,
    DocumentText,
    Evidence,
    Faint,
    Firm,
    FirmKind,
    Grade,
    LeftOut,
    PassageText,
    Policy,
    Requirement,
    Run,
    Source,
    Status,
    Undecided,
    cell_status,
)
from mapper.report.orders import HEAVIEST
from mapper.review.apply import carried

KINDS: tuple[FirmKind, ...] = get_args(FirmKind)
NO_DATE = "9999"
"""Where the date of a document is unknown, it comes after all others."""
E = TypeVar("E", bound=Evidence)
GRADE_ORDER: Mapping[Grade, int] = {grade: rank for rank, grade in enumerate(HEAVIEST)}


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
        found = read_document(document, catalog, registry, shelf, min_score, Patience(seconds))
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


def merge(first: Alignment, second: Alignment) -> Alignment:
    """Unite two alignments of the same catalog. Associative and commutative; a document in both counts once.

    This states the law, on alignments in memory, and serves those who hold several. A run unites what its files came to on
    disk (work/heap.py), which tests/work/test_gather.py holds to the same bytes as the whole.

    The decisions of both are kept, and what they come to is made anew.

    Raises ValueError if the two were made with different policies, options or versions, or hold two contents of one
    document.
    """
    if first.policies != second.policies or _maker(first) != _maker(second):
        raise ValueError("alignments of different catalogs, options or versions cannot be merged")
    digests = {document.id: document.sha256 for document in first.documents}
    if any(digests.get(document.id, document.sha256) != document.sha256 for document in second.documents):
        raise ValueError("the two alignments read different contents of one document")
    inputs = {(i.role, i.path, i.sha256): i for i in (*first.run.inputs, *second.run.inputs)}
    run = first.run.model_copy(update={"inputs": tuple(inputs[key] for key in sorted(inputs))})
    united = assemble(
        run,
        first.policies,
        [*first.firms, *second.firms],
        [*first.documents, *second.documents],
        [*first.evidence, *second.evidence],
        [*first.left_out, *second.left_out],
        [*first.faint, *second.faint],
        [*first.undecided, *second.undecided],
    )
    return carried(united, first, second) if first.review or second.review else united


def _maker(alignment: Alignment) -> tuple[str, dict[str, str]]:
    return alignment.run.version, alignment.run.options


def assemble(
    run: Run,
    policies: tuple[Policy, ...],
    firms: Iterable[Firm],
    documents: Iterable[Document],
    evidence: Iterable[Evidence],
    left_out: Iterable[LeftOut],
    faint: Iterable[Faint],
    undecided: Iterable[Undecided],
) -> Alignment:
    """Put the parts in order and make the cells: the one place where an alignment held in memory comes into being."""
    by_document = {document.id: document for document in documents}
    ordered_documents = tuple(by_document[key] for key in sorted(by_document))
    known: dict[str, Firm] = {}
    for firm in firms:
        known[firm.id] = firm_united(firm, known.get(firm.id))
    ordered_firms = firms_ordered(known.values())
    requirements = (requirement.id for policy in policies for requirement in policy.requirements)
    rank = {requirement: number for number, requirement in enumerate(requirements)}
    firm_rank = {firm.id: number for number, firm in enumerate(ordered_firms)}

    def order(one: Evidence) -> tuple[int, int, tuple[int, float, tuple[str, str, int]]]:
        return firm_rank[one.firm], rank[one.requirement], _evidence_order(one, by_document)

    united = sorted(_unite(evidence, by_document), key=order)
    shown = {one.id for one in united}
    unclear = _unite((one for one in undecided if one.id not in shown), by_document)  # elsewhere they may have been clear
    hidden = _hidden(one for one in faint if one.id not in shown)
    return Alignment(
        run=run,
        policies=policies,
        firms=ordered_firms,
        documents=ordered_documents,
        evidence=tuple(united),
        cells=tuple(_cells(run, policies, ordered_firms, ordered_documents, united, hidden)),
        faint=hidden,
        undecided=tuple(sorted(unclear, key=order)),
        left_out=left_out_ordered(left_out),
    )


def _hidden(faint: Iterable[Faint]) -> tuple[Faint, ...]:
    """What is below the line, each once: as a fault where the same words read as one anywhere."""
    hidden: dict[str, Faint] = {}
    for one in faint:
        hidden[one.id] = one if one.adverse or one.id not in hidden else hidden[one.id]
    return tuple(hidden[key] for key in sorted(hidden))


def _cells(
    run: Run,
    policies: tuple[Policy, ...],
    firms: Iterable[Firm],
    documents: Collection[Document],
    evidence: Iterable[Evidence],
    hidden: Iterable[Faint],
) -> Iterator[Cell]:
    """A cell for each firm and requirement, in the order of both; ``evidence`` is in order."""
    by_cell: dict[tuple[str, str], list[Evidence]] = {}
    for piece in evidence:
        by_cell.setdefault((piece.firm, piece.requirement), []).append(piece)
    below = Counter((one.firm, one.requirement) for one in hidden)
    searched = {firm for document in documents for firm in document.firms}
    binding = Binding.of(policies, (document.date for document in documents), run)
    requirements = [requirement for policy in policies for requirement in policy.requirements]
    for firm in firms:
        for requirement in requirements:
            yield cell_of(
                firm,
                requirement,
                by_cell.get((firm.id, requirement.id), ()),
                searched=firm.id in searched,
                below=below[firm.id, requirement.id],
                in_force=binding.in_force(requirement.id),
            )


def left_out_ordered(left_out: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """What was left out, each once, by path."""
    return tuple(sorted({repr(one): one for one in left_out}.values(), key=lambda one: (one.path, one.code, repr(one))))


def firm_united(firm: Firm, other: Firm | None) -> Firm:
    """One firm of two that have the same id; a discovered firm bears every name by which some document called it."""
    if other is not None and "discovered" == firm.origin == other.origin:
        aliases = tuple(sorted({*firm.aliases, *other.aliases}))
        if aliases != other.aliases or firm.kind != other.kind:
            return firm.model_copy(update={"aliases": aliases, "kind": min(firm.kind, other.kind)})
        return other
    return other if other is not None and firm.origin == "discovered" else firm


def firms_ordered(firms: Iterable[Firm]) -> tuple[Firm, ...]:
    """Firms by kind and id."""
    return tuple(sorted(firms, key=lambda firm: (KINDS.index(firm.kind), firm.id)))


def _unite(evidence: Iterable[E], documents: Mapping[str, Document]) -> Iterator[E]:
    """Evidence by id; the earliest source speaks for all, the others are listed behind it."""
    same: dict[str, list[E]] = {}
    for one in evidence:
        same.setdefault(one.id, []).append(one)
    for pieces in same.values():
        if len(pieces) == 1:
            yield pieces[0]
            continue
        sources = {(s.document, s.start, s.end): s for one in pieces for s in one.sources}
        ordered = sorted(sources.values(), key=lambda s: _source_order(s, documents))
        leading = min(pieces, key=lambda e: (_evidence_place(e, documents), -e.score, e.grade))
        yield leading.model_copy(update={"sources": tuple(ordered)})


def _source_order(source: Source, documents: Mapping[str, Document]) -> tuple[str, str, int]:
    return documents[source.document].date or NO_DATE, source.document, source.start


def _evidence_place(one: Evidence, documents: Mapping[str, Document]) -> tuple[str, str, int]:
    return documents[one.document].date or NO_DATE, one.document, one.start


def _evidence_order(one: Evidence, documents: Mapping[str, Document]) -> tuple[int, float, tuple[str, str, int]]:
    return GRADE_ORDER[one.grade], -one.score, _evidence_place(one, documents)


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
