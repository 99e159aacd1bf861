"""Decisions as a set: what identifies one, what it is about, what it comes to, and what a ruling needs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import get_args

from mapper.fingerprint import asked, identity, normalised
from mapper.model import Decision, Evidence, Grade, InputFile, Requirement, Ruling, Seen, Status, Undecided

GRADES: tuple[str, ...] = get_args(Grade)
STATUSES: tuple[str, ...] = get_args(Status)
ON_CELLS: frozenset[Ruling] = frozenset({"set", "not-applicable"})
"""Rulings about a whole cell; every other is about words."""
_TO: dict[Ruling, tuple[str, ...]] = {"regrade": GRADES, "add": GRADES, "set": STATUSES}
_REASONED: frozenset[Ruling] = frozenset({"comment", "set", "not-applicable"})
"""Rulings that say nothing, or too much, without a reason."""
Subject = tuple[str, str, str]
"""Firm, requirement, and the id of the piece of evidence (empty for the cell)."""


@dataclass(frozen=True)
class Decisions:
    """Decisions of one or several files, each once; ``places`` gives file and line of each by its id."""

    entries: tuple[Decision, ...] = ()
    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    inputs: tuple[InputFile, ...] = ()


NOTHING_DECIDED = Decisions()


def decision_id(decision: Decision) -> str:
    """The id of a decision: made of all it says, so that the same decision read twice is one."""
    said = json.dumps(decision.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


def requirement_digest(requirement: Requirement) -> str:
    """What a requirement asks, as 16 hex digits: its text (without regard to punctuation) and how binding it is."""
    return asked(requirement.obligation, requirement.text)


def seen_evidence(piece: Evidence, requirement: Requirement) -> Seen:
    """What a reviewer of this piece has before them; what is undecided has no grade yet."""
    grade = piece.grade if not isinstance(piece, Undecided) else None
    return Seen(requirement=requirement_digest(requirement), grade=grade)


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Each decision once, by firm, requirement, words and time."""
    by_id = {decision_id(one): one for one in decisions}
    return [by_id[key] for key in sorted(by_id, key=lambda key: (_rank(by_id[key]), key))]


def _rank(one: Decision) -> tuple[str, ...]:
    return one.firm, one.requirement, one.words or "", one.at, one.by


def subject(decision: Decision) -> Subject:
    """What the decision is about."""
    piece = "" if decision.words is None else identity(decision.firm, decision.requirement, decision.words)
    return decision.firm, decision.requirement, piece


def outcome(decision: Decision, machine: Grade | None) -> str | None:
    """What the ruling comes to: a grade, ``rejected`` or a status; None for a comment. ``machine`` is the grade it accepts."""
    match decision.ruling:
        case "accept":
            return machine
        case "reject":
            return "rejected"
        case "not-applicable":
            return "not-applicable"
        case "comment":
            return None
    return decision.to


def wrong(decision: Decision) -> Iterator[tuple[str, str, dict[str, str]]]:
    """What a well-formed decision lacks or has too much: (field, problem code, params)."""
    ruling = decision.ruling
    if ruling in ON_CELLS and decision.words is not None:
        yield "words", "decision-extra", {"ruling": ruling, "field": "words"}
    if ruling not in ON_CELLS and not normalised(decision.words or ""):
        yield "words", "decision-lacks", {"ruling": ruling, "field": "words"}
    choices = _TO.get(ruling, ())
    if choices and decision.to not in choices:
        yield "to", "decision-to", {"ruling": ruling, "choices": ", ".join(choices)}
    if not choices and decision.to is not None:
        yield "to", "decision-extra", {"ruling": ruling, "field": "to"}
    if ruling in _REASONED and not decision.why.strip():
        yield "why", "decision-lacks", {"ruling": ruling, "field": "why"}
