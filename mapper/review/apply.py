"""Decisions × alignment → the alignment with what humans said beside what the machine said.

``Evidence.grade`` and ``Cell.status`` stay the machine's. Only current decisions make ``Evidence.review`` and
``Cell.review``; every other is listed with its state, and nothing is dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar, cast

from rapidfuzz.fuzz import ratio

from mapper.binding import Binding
from mapper.fingerprint import normalised
from mapper.model import (
    Alignment,
    Cell,
    Change,
    Decision,
    DocumentText,
    Evidence,
    Grade,
    Requirement,
    Review,
    Reviewed,
    Source,
    State,
    Status,
    Undecided,
    cell_status,
)
from mapper.problems import Problem, near_names
from mapper.review.decisions import Decisions, decision_id, in_order, outcome, requirement_digest, subject
from mapper.review.find import as_pairs, chosen, find_words

_ALIKE = 70.0
"""rapidfuzz ratio (0–100) from which other words of the same cell are taken for the changed form of those decided on."""
_GONE: frozenset[Change] = frozenset({"words-gone", "firm-gone", "requirement-gone"})
E = TypeVar("E", Evidence, Undecided, Cell)
_Outcomes = dict[tuple[str, str, str], frozenset[str]]
"""What rulings come to: by firm, requirement and piece, which is empty where they are about the cell."""


def apply(
    alignment: Alignment, decisions: Decisions, corpus: Iterable[DocumentText] = ()
) -> tuple[Alignment, list[Problem]]:
    """Put decisions on an alignment in place of those it carries, if any.

    ``corpus`` is what the alignment was made from: words that the machine does not mark are looked for in it (and in
    the sentences that the alignment itself keeps). What does not simply hold comes back as a warning with its place.
    """
    entries = in_order(decisions.entries)
    unmarked = _unmarked(alignment, entries)
    places: dict[str, Source] = {}
    if unmarked:
        words = {decision.words for decision in unmarked if decision.words}
        kept = [(document.id, document.text) for document in alignment.documents if document.text]
        found = find_words(words, [*as_pairs(corpus), *kept])
        for decision in unmarked:
            place = chosen(found[decision.words or ""], decision.document) if decision.words else None
            if place is not None:
                places[decision_id(decision)] = place
    reviewed = _applied(alignment, entries, places)
    return reviewed, list(warnings(reviewed, decisions))


def carried(alignment: Alignment, *others: Alignment) -> Alignment:
    """The alignment with the decisions of itself and of the others: what a merge keeps."""
    reviews = [review for one in (alignment, *others) for review in one.review]
    known: defaultdict[str, list[Source]] = defaultdict(list)
    for review in reviews:
        if review.place is not None:
            known[review.id].append(review.place)
    decisions = in_order(review.decision for review in reviews)
    places = {decision_id(one): chosen(known[decision_id(one)], one.document) for one in decisions}
    return _applied(alignment, decisions, {key: place for key, place in places.items() if place is not None})


def _unmarked(alignment: Alignment, decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions about words that the machine does not mark, for the firm and requirement they name."""
    marked = {piece.id for piece in (*alignment.evidence, *alignment.undecided)}
    return [one for one in decisions if one.words is not None and subject(one)[2] not in marked]


def _applied(alignment: Alignment, decisions: Sequence[Decision], places: Mapping[str, Source]) -> Alignment:
    """Decisions in order → states → what each piece and each cell comes to."""
    standing = _AlignmentIndex(alignment, places)
    reviews = [standing.review(decision) for decision in decisions]
    reviews = _superseded(reviews)
    reviews, settled = _settled(reviews, standing.pieces)

    def of_piece(piece: Evidence) -> Reviewed | None:
        return _of_piece(settled.get((piece.firm, piece.requirement, piece.id)))

    evidence = tuple(_reviewed(piece, of_piece(piece)) for piece in alignment.evidence)
    undecided = tuple(_reviewed(piece, of_piece(piece)) for piece in alignment.undecided)
    added = _added(settled, standing.pieces)
    searched = {firm for document in alignment.documents for firm in document.firms}
    firms = {firm.id: firm for firm in alignment.firms}
    binding = Binding.within(alignment)
    by_cell: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in evidence:
        by_cell[one.firm, one.requirement].append(one)

    def of_cell(cell: Cell) -> Status | Literal["conflict"] | None:
        key = cell.firm, cell.requirement
        if outcomes := settled.get((*key, "")):
            return cast("Status", next(iter(outcomes))) if len(outcomes) == 1 else "conflict"
        grades = _grades(by_cell[key], added[key])
        if grades is None or grades == "conflict":
            return grades
        return cell_status(
            grades,
            addressed=standing.requirements[cell.requirement].means(firms[cell.firm]),
            searched=cell.firm in searched,
            binding=binding.in_force(cell.requirement),
        )

    cells = tuple(_reviewed(cell, of_cell(cell)) for cell in alignment.cells)
    return alignment.model_copy(update={"evidence": evidence, "undecided": undecided, "cells": cells, "review": tuple(reviews)})


def _added(settled: _Outcomes, known: Container[str]) -> defaultdict[tuple[str, str], list[Reviewed | None]]:
    """By cell, what was ruled of words that are no evidence by the machine; rejected ones are none to anybody."""
    added: defaultdict[tuple[str, str], list[Reviewed | None]] = defaultdict(list)
    for (firm, requirement, piece), outcomes in settled.items():
        if piece and piece not in known and outcomes != {"rejected"}:
            added[firm, requirement].append(_of_piece(outcomes))
    return added


def _grades(pieces: Iterable[Evidence], added: Iterable[Reviewed | None]) -> set[Grade] | Literal["conflict"] | None:
    """The grades that stand in a cell after review; None where nobody ruled on a piece of it."""
    pieces, added = list(pieces), list(added)
    said = [*(piece.review for piece in pieces), *added]
    if "conflict" in said:
        return "conflict"
    if not any(said):
        return None
    graded = {piece.review or piece.grade for piece in pieces if not (piece.alleged and piece.review in (None, "adverse"))}
    return cast("set[Grade]", (graded | {one for one in added if one}) - {"rejected"})


def _reviewed(one: E, review: str | None) -> E:
    """The piece or cell with this review; a copy only where that is another, since most are never reviewed."""
    return one if one.review == review else one.model_copy(update={"review": review})


class _AlignmentIndex:
    """What an alignment holds, by id, to tell what becomes of single decisions in it."""

    def __init__(self, alignment: Alignment, places: Mapping[str, Source]) -> None:
        self.places = places
        self.pieces = {piece.id: piece for piece in alignment.evidence}
        self.undecided = {piece.id: piece for piece in alignment.undecided}
        self.firms = {firm.id for firm in alignment.firms}
        self.requirements: dict[str, Requirement] = {
            one.id: one for policy in alignment.policies for one in policy.requirements
        }
        self.statuses = {(cell.firm, cell.requirement): cell.status for cell in alignment.cells}
        self.by_cell: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
        for piece in alignment.evidence:
            self.by_cell[piece.firm, piece.requirement].append(piece)

    def review(self, decision: Decision) -> Review:
        """The decision with its state, but for what other decisions make of it."""
        key = decision_id(decision)
        subject_id = subject(decision)[2]
        unclear = self.undecided.get(subject_id)
        piece = self.pieces.get(subject_id) or unclear
        place = self.places.get(key) if decision.words is not None and piece is None else None
        near = self._nearest(decision) if piece is None and decision.words is not None and place is None else None
        changes = tuple(self._changes(decision, piece, place, near))
        state: State = "orphaned" if _GONE & set(changes) else "suspect" if changes else "current"
        about = piece or near
        if unclear is not None:
            place = Source(document=unclear.document, start=unclear.start, end=unclear.end)
        return Review(
            id=key, decision=decision, state=state, changes=changes, evidence=about.id if about else None, place=place
        )

    def _changes(
        self, decision: Decision, piece: Evidence | None, place: Source | None, near: Evidence | None
    ) -> Iterator[Change]:
        requirement = self.requirements.get(decision.requirement)
        if decision.firm not in self.firms:
            yield "firm-gone"
        if requirement is None:
            yield "requirement-gone"
        seen = decision.seen
        if seen and requirement is not None and seen.requirement != requirement_digest(requirement):
            yield "requirement-changed"
        if decision.words is None:
            status = self.statuses.get((decision.firm, decision.requirement))
            if seen and seen.status and status and seen.status != status:
                yield "status-changed"
        elif piece is not None:
            grade = piece.grade if not isinstance(piece, Undecided) else None
            if (seen and seen.grade and seen.grade != grade) or (grade is None and decision.ruling == "accept"):
                yield "grade-changed"
        elif place is not None:
            if decision.ruling != "add":
                yield "no-longer-marked"
        elif near is not None:
            yield "words-changed"
        else:
            yield "words-gone"

    def _nearest(self, decision: Decision) -> Evidence | None:
        words = normalised(decision.words or "")
        likeness = [
            (ratio(words, normalised(piece.quote)), piece)
            for piece in self.by_cell[decision.firm, decision.requirement]
        ]
        best = max(likeness, key=lambda one: (one[0], one[1].id), default=None)
        return best[1] if best is not None and best[0] >= _ALIKE else None


def _superseded(reviews: Sequence[Review]) -> list[Review]:
    """The last word of each reviewer about each thing; what the same reviewer said before is superseded."""
    last: dict[tuple[object, str], str] = {}
    for review in reviews:
        if review.decision.ruling != "comment":
            key = subject(review.decision), review.decision.by
            last[key] = max(last.get(key, ""), review.decision.at)
    return [
        review.model_copy(update={"state": "superseded"})
        if review.decision.ruling != "comment"
        and review.decision.at < last[subject(review.decision), review.decision.by]
        else review
        for review in reviews
    ]


def _settled(
    reviews: Sequence[Review], pieces: Mapping[str, Evidence]
) -> tuple[list[Review], _Outcomes]:
    """What current rulings come to for each thing; where they differ, all of them are in conflict."""
    outcomes: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for review in reviews:
        about = subject(review.decision)
        if review.state == "current":
            said = outcome(review.decision, pieces[about[2]].grade if about[2] in pieces else None)
            if said is not None:
                outcomes[about].add(said)
    disputed = {about for about, said in outcomes.items() if len(said) > 1}
    told = [
        review.model_copy(update={"state": "conflict"})
        if review.state == "current" and review.decision.ruling != "comment" and subject(review.decision) in disputed
        else review
        for review in reviews
    ]
    return told, {about: frozenset(said) for about, said in outcomes.items()}


def _of_piece(outcomes: frozenset[str] | None) -> Reviewed | None:
    if not outcomes:
        return None
    return cast("Reviewed", next(iter(outcomes))) if len(outcomes) == 1 else "conflict"


def warnings(alignment: Alignment, decisions: Decisions) -> Iterator[Problem]:
    """A warning for each decision that does not simply hold, at its place in the file: of a name that is none, what comes nearest."""
    for review in alignment.review:
        if review.state in ("current", "superseded"):
            continue
        path, line = decisions.places.get(review.id, ("", None))
        decision = review.decision
        params = {
            "firm": decision.firm,
            "requirement": decision.requirement,
            "by": decision.by,
            "ruling": f"@why-ruling-{decision.ruling}",
        }
        names = [change for change in review.changes if change in ("firm-gone", "requirement-gone")]
        for change in names or review.changes[:1] or ("disputed",):
            near = _near(change, decision, alignment)
            why = {"changes": f"@why-{change}-near", "near": near} if near else {"changes": f"@why-{change}"}
            yield Problem(f"decision-{review.state}", path, line, "warning", params | why)


def _near(change: str, decision: Decision, alignment: Alignment) -> str:
    """What a decision may mean by a firm or a requirement that there is none; empty where nothing is near."""
    if change == "firm-gone":
        firms = {one.name: map(str.lower, (one.id, one.name, *one.aliases)) for one in alignment.firms}
        return "; ".join(near_names(decision.firm.lower(), firms))
    if change == "requirement-gone":
        asked = (one for policy in alignment.policies for one in policy.requirements)
        named = {f"{one.id} {one.title}": map(str.lower, (one.id, one.title)) for one in asked}
        return "; ".join(near_names(decision.requirement.lower(), named))
    return ""

