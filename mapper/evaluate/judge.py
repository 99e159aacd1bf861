"""Judging an alignment by labels: which marks are right, which labels are missed, and what the scores are worth."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapper.evaluate.ceiling import lost
from mapper.evaluate.figures import Balance, Bin, Evaluation, FalseMark, Figures, GroupFigures, Miss, Outside, Share
from mapper.evaluate.labels import Label
from mapper.evaluate.text import Index, normalise
from mapper.model import Alignment, Evidence, Firm, Grade, Source

BINS = 10


@dataclass(frozen=True, slots=True)
class _Truth:
    """A label, its number in the file and the ids of the firms its name stands for."""

    number: int
    label: Label
    firms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _JudgedMark:
    """One piece of evidence in one document, with the labels on its passage.

    ``passage``: labels whose words overlap it, of any firm and requirement; ``near``: those of its requirement;
    ``hits``: those of its requirement and firm, which make the mark right.
    """

    evidence: Evidence
    place: Source
    passage: tuple[_Truth, ...]
    near: tuple[_Truth, ...]
    hits: tuple[_Truth, ...]


def evaluate(alignment: Alignment, labels: Iterable[Label]) -> Evaluation:
    """Compare an alignment with labels.

    Evidence counts once in each document where its words stand; every document of the alignment takes part, so
    that one without labels must give nothing. Deterministic; the order of the labels changes only that of the misses.
    """
    ids = _firm_ids(alignment.firms)
    truths = [
        _Truth(number, label, ids.get(label.firm, frozenset({label.firm}))) for number, label in enumerate(labels)
    ]
    marks = _marks(alignment.evidence, truths)
    policies = {requirement.id: policy.id for policy in alignment.policies for requirement in policy.requirements}
    required = sum(truth.label.level == "required" for truth in truths)
    names = {firm.id: firm.name for firm in alignment.firms}
    unreached = tuple(lost(alignment.documents, names, ((truth.label, truth.firms) for truth in truths)))
    return Evaluation(
        marks=len(marks),
        labels=len(truths),
        outside=Outside(
            documents=_lacking((truth.label.document for truth in truths), {doc.id for doc in alignment.documents}),
            requirements=_lacking((truth.label.requirement for truth in truths), policies),
            firms=_lacking((truth.label.firm for truth in truths), ids),
        ),
        overall=_figures(marks, truths),
        policies=_groups(
            {policy.id: policy.short_title for policy in alignment.policies},
            ((policies.get(mark.evidence.requirement, ""), mark) for mark in marks),
            ((policies.get(truth.label.requirement, ""), truth) for truth in truths),
        ),
        firms=_groups(
            names,
            ((mark.evidence.firm, mark) for mark in marks),
            ((firm, truth) for truth in truths for firm in truth.firms),
        ),
        graded=tuple(_graded(marks)),
        reliability=_reliability(marks),
        ceiling=Share(required - len(unreached), required),
        lost=unreached,
        misses=_misses(marks, truths),
        false_marks=tuple(_false_marks(marks, truths)),
    )


def _graded(marks: Iterable[_JudgedMark]) -> Iterator[tuple[Grade, bool]]:
    """For every right mark the grade of its first label, and whether any of its labels allows the mark's own."""
    for mark in marks:
        if mark.hits:
            yield mark.hits[0].label.grade, any(mark.evidence.grade in (t.label.grade, *t.label.also) for t in mark.hits)


def _firm_ids(firms: Iterable[Firm]) -> dict[str, frozenset[str]]:
    """What a label may call a firm, and which ids it stands for: a name is one firm's, an alias may be several's.

    What is nobody's name may be a platform or a product by which customers call its firm.
    """
    firms = tuple(firms)
    named = {firm.name: frozenset({firm.id}) for firm in firms}
    products = {word: frozenset({firm.id}) for firm in firms for word in firm.products}
    called: dict[str, set[str]] = defaultdict(set)
    for firm in firms:
        for name in (firm.id, firm.full_name, *firm.aliases, *firm.former):
            if name:
                called[name].add(firm.id)
    return products | {name: frozenset(ids) for name, ids in called.items()} | named


def _lacking(values: Iterable[str], known: Mapping[str, object] | set[str]) -> int:
    return sum(value not in known for value in values)


def _marks(evidence: Iterable[Evidence], truths: Sequence[_Truth]) -> list[_JudgedMark]:
    """Every piece of evidence in every document where it stands, with the labels on its passage."""
    by_document: dict[str, list[_Truth]] = defaultdict(list)
    for truth in truths:
        by_document[truth.label.document].append(truth)
    indexes = {doc: Index(normalise(truth.label.quote) for truth in held) for doc, held in by_document.items()}
    seen: dict[tuple[str, str], tuple[_Truth, ...]] = {}

    def on_passage(document: str, quote: str) -> tuple[_Truth, ...]:
        if document not in indexes:
            return ()
        if (document, quote) not in seen:
            numbers = indexes[document].overlapping(normalise(quote))
            seen[document, quote] = tuple(by_document[document][number] for number in numbers)
        return seen[document, quote]

    marks = []
    for piece in evidence:
        for place in _places(piece):
            passage = on_passage(place.document, piece.quote)
            near = tuple(truth for truth in passage if truth.label.requirement == piece.requirement)
            hits = tuple(truth for truth in near if piece.firm in truth.firms)
            marks.append(_JudgedMark(piece, place, passage, near, hits))
    return marks


def _places(piece: Evidence) -> Iterable[Source]:
    """Where the evidence stands, its own place first; of several in one document only the first."""
    places = {piece.document: Source(document=piece.document, start=piece.start, end=piece.end)}
    for source in piece.sources:
        places.setdefault(source.document, source)
    return places.values()


def _figures(marks: Sequence[_JudgedMark], truths: Sequence[_Truth]) -> Figures:
    predicted = {(mark.evidence.firm, mark.evidence.requirement) for mark in marks}
    labelled = {(firm, truth.label.requirement) for truth in truths for firm in truth.firms}
    needed = {(truth.firms, truth.label.requirement) for truth in truths if truth.label.cell == "required"}
    met = [any((firm, requirement) in predicted for firm in firms) for firms, requirement in needed]

    right = [(mark.evidence, mark.hits) for mark in marks if mark.hits]
    hit = {truth.number for _, hits in right for truth in hits}
    required = [truth for truth in truths if truth.label.level == "required"]
    graded = [any(piece.grade in (t.label.grade, *t.label.also) for t in hits) for piece, hits in right]

    adverse_marks = sum(mark.evidence.grade == "adverse" for mark in marks)
    adverse = [hits for piece, hits in right if piece.grade == "adverse"]
    adverse_right = sum(any(truth.label.grade == "adverse" for truth in hits) for hits in adverse)
    adverse_hit = {truth.number for hits in adverse for truth in hits}
    adverse_required = [truth for truth in required if truth.label.grade == "adverse"]
    return Figures(
        cells=Balance(Share(len(predicted & labelled), len(predicted)), Share(sum(met), len(met))),
        evidence=Balance(Share(len(right), len(marks)), _found(required, hit)),
        grade=Share(sum(graded), len(right)),
        attribution=Share(len(right), sum(bool(mark.near) for mark in marks)),
        adverse=Balance(Share(adverse_right, adverse_marks), _found(adverse_required, adverse_hit)),
    )


def _found(truths: Sequence[_Truth], hit: set[int]) -> Share:
    return Share(sum(truth.number in hit for truth in truths), len(truths))


def _groups(
    names: Mapping[str, str], marks: Iterable[tuple[str, _JudgedMark]], truths: Iterable[tuple[str, _Truth]]
) -> tuple[GroupFigures, ...]:
    """Figures per key, for keys that have a mark or a label: first those with a name, then the others, sorted."""
    marks_of: dict[str, list[_JudgedMark]] = defaultdict(list)
    truths_of: dict[str, list[_Truth]] = defaultdict(list)
    for key, mark in marks:
        marks_of[key].append(mark)
    for key, truth in truths:
        truths_of[key].append(truth)
    keys = marks_of.keys() | truths_of.keys()
    order = [key for key in names if key in keys] + sorted(keys - names.keys())
    return tuple(
        GroupFigures(key, names.get(key, key), key in names, _figures(marks_of[key], truths_of[key])) for key in order
    )


def _reliability(marks: Iterable[_JudgedMark]) -> tuple[Bin, ...]:
    binned: list[list[_JudgedMark]] = [[] for _ in range(BINS)]
    for mark in marks:
        binned[min(int(mark.evidence.score * BINS), BINS - 1)].append(mark)
    return tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            mean=math.fsum(mark.evidence.score for mark in held) / len(held) if held else None,
            right=Share(sum(bool(mark.hits) for mark in held), len(held)),
        )
        for number, held in enumerate(binned)
    )


def _misses(marks: Iterable[_JudgedMark], truths: Iterable[_Truth]) -> tuple[Miss, ...]:
    """The required labels not hit, in their order; nearest is first a mark of the requirement, then of the firm."""
    hit: set[int] = set()
    nearest: dict[int, tuple[tuple[bool, bool], Evidence]] = {}
    for mark in marks:
        for truth in mark.passage:
            same = (mark.evidence.requirement == truth.label.requirement, mark.evidence.firm in truth.firms)
            if all(same):
                hit.add(truth.number)
            elif truth.number not in nearest or same > nearest[truth.number][0]:
                nearest[truth.number] = (same, mark.evidence)
    return tuple(
        Miss(truth.label, nearest[truth.number][1] if truth.number in nearest else None)
        for truth in truths
        if truth.label.level == "required" and truth.number not in hit
    )


def _false_marks(marks: Iterable[_JudgedMark], truths: Iterable[_Truth]) -> Iterator[FalseMark]:
    firms: dict[tuple[str, str], set[str]] = defaultdict(set)
    for truth in truths:
        firms[truth.label.document, truth.label.requirement].add(truth.label.firm)
    for mark in marks:
        if not mark.hits:
            here = mark.evidence.requirement
            yield FalseMark(
                evidence=mark.evidence,
                place=mark.place,
                passage_firms=tuple(sorted({truth.label.firm for truth in mark.near})),
                passage_requirements=tuple(sorted({truth.label.requirement for truth in mark.passage} - {here})),
                document_firms=tuple(sorted(firms.get((mark.place.document, here), ()))),
            )
