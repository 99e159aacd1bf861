"""What documents came to, put together, and the law that alignments merge.

``align(A + B) == merge(align(A), align(B))`` for any sets A and B of whole documents: evidence is united by its id
(firm, requirement and the words), copies become sources of one piece, and cells are made anew from what there is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar, get_args

from mapper.align.cells import cell_of
from mapper.binding import Binding
from mapper.model import (
    Alignment,
    Cell,
    Document,
    Evidence,
    Faint,
    Firm,
    FirmKind,
    Grade,
    LeftOut,
    Policy,
    Run,
    Source,
    Undecided,
)
from mapper.report.orders import HEAVIEST
from mapper.review.apply import carried

KINDS: tuple[FirmKind, ...] = get_args(FirmKind)
NO_DATE = "9999"
"""Where the date of a document is unknown, it comes after all others."""
E = TypeVar("E", bound=Evidence)
GRADE_ORDER: Mapping[Grade, int] = {grade: rank for rank, grade in enumerate(HEAVIEST)}


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
