"""Evidence → cells → :class:`Alignment`, and the law that alignments merge.

``align(A + B) == merge(align(A), align(B))`` for any sets A and B of whole documents: evidence is united by its id
(firm, requirement and the words), copies become sources of one piece, and cells are made anew from what there is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from mapper.align.match import read_document
from mapper.align.patience import FIRMS_LIMIT, SECONDS_LIMIT, Patience, TooSlowError
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
    LeftOut,
    PassageText,
    Policy,
    Requirement,
    Run,
    Source,
    Status,
    cell_status,
)
from mapper.review.apply import carried

KINDS: tuple[FirmKind, ...] = get_args(FirmKind)
GRADE_ORDER = {"adverse": 0, "outcome": 1, "action": 2, "commitment": 3}


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
) -> Alignment:
    """Align whole documents with a catalog. ``min_score`` drops evidence whose score is below it (0–1).

    A document that takes more than ``seconds`` is left out and named among those that ``left_out`` names already.
    ``shelf``: the matchers that read; by default those of the catalog, with the model beside it or the one that ships.
    """
    reading = shelf if shelf is not None else shelved(catalog)
    read: list[Document] = []
    evidence: list[Evidence] = []
    faint: list[Faint] = []
    missing = list(left_out)
    firms = [registry.firms[firm] for firm in sorted(registry.own)]
    for document in documents:
        path = document.document.path
        try:
            found = read_document(document, catalog, registry, reading, min_score, Patience(seconds))
        except TooSlowError:
            missing.append(LeftOut(path=path, code="document-slow-matching", params={"limit": f"{seconds:g}"}))
            continue
        if found.crowded:
            missing.append(LeftOut(path=path, code="sentence-crowded", params={"limit": str(FIRMS_LIMIT)}))
        evidence += found.evidence
        faint += [
            Faint(id=one.id, firm=one.firm, requirement=one.requirement, adverse=one.grade == "adverse")
            for one in found.faint
        ]
        acting, acts = found.firms, found.acts
        ids = tuple(firm.id for firm in acting)
        text = _text(document) if acts else ()
        read.append(document.document.model_copy(update={"firms": ids, "acts": acts, "text": text}))
        firms += acting
    return _assemble(run, catalog.policies, firms, read, evidence, missing, faint)


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
    united = _assemble(
        run,
        first.policies,
        [*first.firms, *second.firms],
        [*first.documents, *second.documents],
        [*first.evidence, *second.evidence],
        [*first.left_out, *second.left_out],
        [*first.faint, *second.faint],
    )
    return carried(united, first, second) if first.review or second.review else united


def _maker(alignment: Alignment) -> tuple[str, dict[str, str]]:
    return alignment.run.version, alignment.run.options


def _assemble(
    run: Run,
    policies: tuple[Policy, ...],
    firms: Iterable[Firm],
    documents: Iterable[Document],
    evidence: Iterable[Evidence],
    left_out: Iterable[LeftOut],
    faint: Iterable[Faint],
) -> Alignment:
    """Put the parts in order and make the cells: the one place where an alignment comes into being."""
    by_document = {document.id: document for document in documents}
    ordered_documents = tuple(by_document[key] for key in sorted(by_document))
    ordered_firms = tuple(sorted(_unite_firms(firms), key=_firm_order))
    requirements = [requirement for policy in policies for requirement in policy.requirements]
    rank = {requirement.id: number for number, requirement in enumerate(requirements)}
    firm_rank = {firm.id: number for number, firm in enumerate(ordered_firms)}
    united = sorted(
        _unite(evidence, by_document).values(),
        key=lambda e: (firm_rank[e.firm], rank[e.requirement], _evidence_order(e, by_document)),
    )
    shown = {one.id for one in united}
    hidden = {one.id: one for one in faint if one.id not in shown}
    return Alignment(
        run=run,
        policies=policies,
        firms=ordered_firms,
        documents=ordered_documents,
        evidence=tuple(united),
        cells=tuple(_cells(ordered_firms, requirements, united, ordered_documents, hidden.values())),
        faint=tuple(hidden[key] for key in sorted(hidden)),
        left_out=tuple(sorted({repr(one): one for one in left_out}.values(), key=lambda one: (one.path, one.code, repr(one)))),
    )


def _unite_firms(firms: Iterable[Firm]) -> list[Firm]:
    """Firms by id; a discovered firm bears every name by which some document called it."""
    found: dict[str, Firm] = {}
    for firm in firms:
        other = found.get(firm.id)
        if other is not None and "discovered" == firm.origin == other.origin:
            aliases = tuple(sorted({*firm.aliases, *other.aliases}))
            firm = firm.model_copy(update={"aliases": aliases, "kind": min(firm.kind, other.kind)})
        elif other is not None and firm.origin == "discovered":
            firm = other
        found[firm.id] = firm
    return list(found.values())


def _unite(evidence: Iterable[Evidence], documents: Mapping[str, Document]) -> dict[str, Evidence]:
    """Evidence by id; the earliest source speaks for all, the others are listed behind it."""
    found: dict[str, Evidence] = {}
    for one in evidence:
        other = found.get(one.id)
        if other is None:
            found[one.id] = one
            continue
        sources = {(s.document, s.start, s.end): s for s in (*one.sources, *other.sources)}
        ordered = sorted(sources.values(), key=lambda s: _source_order(s, documents))
        leading = min((one, other), key=lambda e: (_evidence_place(e, documents), -e.score, e.grade))
        found[one.id] = leading.model_copy(update={"sources": tuple(ordered)})
    return found


def _source_order(source: Source, documents: Mapping[str, Document]) -> tuple[str, str, int]:
    return documents[source.document].date or "9999", source.document, source.start


def _evidence_place(one: Evidence, documents: Mapping[str, Document]) -> tuple[str, str, int]:
    return documents[one.document].date or "9999", one.document, one.start


def _evidence_order(one: Evidence, documents: Mapping[str, Document]) -> tuple[int, float, tuple[str, str, int]]:
    return GRADE_ORDER[one.grade], -one.score, _evidence_place(one, documents)


def _firm_order(firm: Firm) -> tuple[int, str]:
    return KINDS.index(firm.kind), firm.id


def _cells(
    firms: Sequence[Firm],
    requirements: Sequence[Requirement],
    evidence: Sequence[Evidence],
    documents: Sequence[Document],
    faint: Iterable[Faint],
) -> Iterator[Cell]:
    """One cell for every firm and requirement, evidence or not."""
    by_cell: dict[tuple[str, str], list[Evidence]] = {}
    for one in evidence:
        by_cell.setdefault((one.firm, one.requirement), []).append(one)
    below = Counter((one.firm, one.requirement) for one in faint)
    searched = {firm for document in documents for firm in document.firms}
    for firm in firms:
        for requirement in requirements:
            found = by_cell.get((firm.id, requirement.id), [])
            addressed = requirement.addresses(firm.kind)
            status = cell_status(
                {e.grade for e in found if not e.alleged}, addressed=addressed, searched=firm.id in searched
            )
            carrying = [e for e in found if _carries(e, status)]
            yield Cell(
                firm=firm.id,
                requirement=requirement.id,
                status=status,
                score=max((e.score for e in carrying), default=0.0),
                evidence=tuple(e.id for e in found),
                voluntary=bool(found) and not addressed,
                allegations=sum(e.alleged for e in found),
                below=below[firm.id, requirement.id],
            )


def _carries(one: Evidence, status: Status) -> bool:
    if status == "contrary":
        return one.grade == "adverse" and not one.alleged
    return status == "stated" or one.grade in ("action", "outcome")
