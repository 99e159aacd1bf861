"""Evidence, cells and decisions as flat records: what CSV, JSON Lines, Parquet and data frames are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from mapper.messages import text
from mapper.model import Alignment, Document, Evidence, Policy, Requirement, Review
from mapper.report.phrases import Both
from mapper.report.quotes import reasons


class Records(NamedTuple):
    """Fields with their types (any value may be None), and rows in that order."""

    fields: dict[str, type]
    rows: list[tuple[Any, ...]]


EVIDENCE: dict[str, type] = {
    "id": str, "origin": str, "firm": str, "kind": str, "policy": str, "clause": str, "requirement": str,
    "requirement_title": str, "grade": str, "basis": str, "score": float, "review": str, "quote": str, "reasons": str,
    "document": str, "document_title": str, "publisher": str, "date": str, "date_basis": str, "start": int,
    "end": int, "page": int, "place": str, "section": str, "sign": str, "acting_as": str, "predates": bool,
    "voluntary": bool, "copies": int, "prefix": str, "suffix": str, "decisions": str,
}  # fmt: skip
"""The fields of a piece of evidence, with their types."""


def evidence_row(
    piece: Evidence, kind: str | None, policy: Policy, requirement: Requirement, document: Document | None,
    said: list[Review] | tuple[()] = (),
) -> tuple[Any, ...]:  # fmt: skip
    """A piece of evidence that the machine found, with the fields of :data:`EVIDENCE`; ``said``: decisions about it."""
    return (
        piece.id, "machine", piece.firm, kind, policy.id, requirement.clause, requirement.id,
        requirement.title, piece.grade, piece.basis, piece.score, piece.review, piece.quote, why(piece),
        *_of_document(document, piece.document), piece.start, piece.end, piece.page,
        piece.place, piece.section, piece.sign, piece.acting_as, piece.predates, piece.voluntary,
        max(len(piece.sources) - 1, 0), piece.prefix, piece.suffix, spoken(said),
    )  # fmt: skip


def evidence(alignment: Alignment) -> Records:
    """A row for every piece of evidence the machine found, and for the words that reviewers added."""
    kinds, asked, documents = _kinds(alignment), requirements(alignment), _documents(alignment)
    said = decided(alignment)
    rows = [
        evidence_row(
            piece, kinds.get(piece.firm), *asked[piece.requirement], documents.get(piece.document), said.get(piece.id, ())
        )
        for piece in alignment.evidence
    ]
    for review in added(alignment):
        decision, place = review.decision, review.place
        if place is None or decision.requirement not in asked:
            continue
        policy, requirement = asked[decision.requirement]
        rows.append(
            (
                review.id, "reviewer", decision.firm, kinds.get(decision.firm), policy.id, requirement.clause,
                requirement.id, requirement.title, None, None, None, decision.to, decision.words, None,
                *_of_document(documents.get(place.document), place.document), place.start, place.end, None, None, None,
                None, None, None, None, 0, None, None, spoken([review]),
            )
        )
    found = Records(EVIDENCE, rows)
    return _with_opinions(found, alignment) if any(piece.found_by for piece in alignment.evidence) else found


def _with_opinions(found: Records, alignment: Alignment) -> Records:
    """The rows of evidence with who found each, and what the model said: columns of a run with a second reader only."""
    fields = found.fields | {"found_by": str, "model": str, "model_verdict": str, "model_grade": str, "program_score": float}
    said: dict[str, tuple[Any, ...]] = {
        piece.id: (piece.found_by, one.by, one.verdict, one.grade, one.program) if (one := piece.opinion) else (piece.found_by,)
        for piece in alignment.evidence
    }
    rows = [(*row, *(*said.get(row[0], ()), None, None, None, None, None)[:5]) for row in found.rows]
    return Records(fields, rows)


def cells(alignment: Alignment) -> Records:
    """A row for every firm and requirement."""
    fields: dict[str, type] = {
        "firm": str, "kind": str, "policy": str, "clause": str, "requirement": str, "requirement_title": str,
        "obligation": str, "status": str, "score": float, "evidence": int, "outcome": int, "action": int,
        "commitment": int, "adverse": int, "allegations": int, "below": int, "voluntary": bool, "review": str, "decisions": str,
    }  # fmt: skip
    kinds, asked, said = _kinds(alignment), requirements(alignment), decided(alignment)
    grades = {piece.id: "alleged" if piece.alleged else piece.grade for piece in alignment.evidence}
    rows: list[tuple[Any, ...]] = []
    for cell in alignment.cells:
        policy, requirement = asked[cell.requirement]
        counts = Counter(grades[identifier] for identifier in cell.evidence)
        rows.append(
            (
                cell.firm, kinds.get(cell.firm), policy.id, requirement.clause, requirement.id, requirement.title,
                requirement.obligation, cell.status, cell.score, len(cell.evidence), counts["outcome"],
                counts["action"], counts["commitment"], counts["adverse"], cell.allegations, cell.below, cell.voluntary, cell.review,
                spoken(said.get((cell.firm, cell.requirement), ())),
            )
        )
    return Records(fields, rows)


def decisions(alignment: Alignment) -> Records:
    """A row for every decision of a reviewer, whatever its state."""
    fields: dict[str, type] = {
        "id": str, "state": str, "changes": str, "firm": str, "requirement": str, "ruling": str, "to": str,
        "words": str, "why": str, "by": str, "at": str, "evidence": str, "document": str,
    }  # fmt: skip
    rows = [
        (
            review.id, review.state, " ".join(review.changes), one.firm, one.requirement, one.ruling, one.to,
            one.words, one.why, one.by, one.at, review.evidence,
            review.place.document if review.place else one.document,
        )
        for review in alignment.review
        for one in [review.decision]
    ]
    return Records(fields, rows)


TABLES: dict[str, Callable[[Alignment], Records]] = {"evidence": evidence, "cells": cells, "decisions": decisions}


# ---- what the records are made of ------------------------------------------------------------------------------


def requirements(alignment: Alignment) -> dict[str, tuple[Policy, Requirement]]:
    """Every requirement with its policy, by id."""
    return {one.id: (policy, one) for policy in alignment.policies for one in policy.requirements}


def why(piece: Evidence) -> str:
    """The reasons of a mark in Chinese, on one line."""
    return "；".join(
        one.said.zh + "".join(f"「{word}」" for word in one.words) for one in reasons(piece)
    )


def decided(alignment: Alignment) -> dict[str | tuple[str, str], list[Review]]:
    """The decisions about each piece (by its id) and about each cell (by firm and requirement)."""
    found: dict[str | tuple[str, str], list[Review]] = {}
    for review in alignment.review:
        one = review.decision
        key = (one.firm, one.requirement) if one.words is None else review.evidence
        if key is not None:
            found.setdefault(key, []).append(review)
    return found


def added(alignment: Alignment) -> list[Review]:
    """Words that reviewers stand by and the machine does not mark: those they added, and what was undecided that they graded."""
    return [
        one
        for one in alignment.review
        if (one.decision.ruling == "add" and (one.evidence is None or one.place is not None))
        or (one.decision.ruling == "regrade" and one.state == "current" and one.place is not None)
    ]


def spoken(reviews: list[Review] | tuple[()]) -> str | None:
    """Decisions in words, «王芳 2026-03-01 驳回：理由»; those that do not simply hold say so."""
    return "；".join(_one(review, "zh") for review in reviews) or None


def spoken_in_both(review: Review) -> Both:
    """A decision in words, in both languages."""
    return Both(_one(review, "zh"), _one(review, "en"))


def _one(review: Review, language: Any) -> str:
    one = review.decision
    ruling = text(f"problem.why-ruling-{one.ruling}", language)
    to = f" → {text(f'page.grade-{one.to}' if one.words is not None else f'handover.status-{one.to}', language)}" if one.to else ""
    brackets, colon = ("（{}）", "：") if language == "zh" else (" ({})", ": ")
    state = "" if review.state == "current" else brackets.format(text(f"handover.state-{review.state}", language))
    why = f"{colon}{one.why}" if one.why else ""
    return f"{one.by} {one.at} {ruling}{to}{state}{why}"


def _kinds(alignment: Alignment) -> dict[str, str]:
    return {firm.id: firm.kind for firm in alignment.firms}


def _documents(alignment: Alignment) -> dict[str, Document]:
    return {document.id: document for document in alignment.documents}


def _of_document(document: Document | None, identifier: str) -> tuple[str | None, ...]:
    if document is None:
        return identifier, None, None, None, None
    return document.id, document.title, document.publisher, document.date, document.date_basis
