"""Reviewed pieces → example sentences and near misses, for an author to edit before a catalog learns from them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from mapper.model import Alignment, Review
from mapper.review.decisions import outcome


def examples(alignment: Alignment) -> list[str]:
    """Lines of ``policies/examples/*.jsonl``: what reviewers stand by is evidence, what they rejected a near miss.

    Only current decisions count, and only of requirements that the catalog still has. A sentence accepted for several
    requirements is one line.
    """
    known = {one.id for policy in alignment.policies for one in policy.requirements}
    grades = {piece.id: piece.grade for piece in alignment.evidence}
    kept: dict[str, dict[str, str]] = {}
    missed: dict[tuple[str, str], None] = {}
    for review in _current(alignment.review):
        one = review.decision
        if one.words is None or one.requirement not in known:
            continue
        said = outcome(one, grades.get(review.evidence or ""))
        if said == "rejected":
            missed[one.words, one.requirement] = None
        elif said is not None:
            kept.setdefault(one.words, {})[one.requirement] = said
    lines: list[dict[str, Any]] = [
        {"text": words, "evidences": list(said), "grade": next(iter(said.values())), "written_for": next(iter(said))}
        for words, said in kept.items()
    ]
    lines += [
        {
            "text": words,
            "evidences": list(kept.get(words, {})),
            "grade": next(iter(kept.get(words, {}).values()), None),
            "written_for": requirement,
            "near_miss": True,
        }
        for words, requirement in missed
        if requirement not in kept.get(words, {})
    ]
    return [json.dumps(line, ensure_ascii=False) for line in lines]


def _current(reviews: Iterable[Review]) -> list[Review]:
    return [review for review in reviews if review.state == "current"]
