"""Changes told: as text for a terminal, as JSON for programs, as a page for a reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from rapidfuzz import fuzz

from mapper.messages import say, text
from mapper.model import Evidence, Review
from mapper.report.changes import CellChange, Changes
from mapper.report.levels import GLYPH
from mapper.report.phrases import Both, both
from mapper.report.tables import spoken_in_both
from mapper.report.templates import template

SCHEMA = "mapper/diff/1"
_SHOWN = 40
"""Characters of a quote in a line."""
_REWORDED = 60
"""How alike (0–100) two sentences are of which one is the other reworded."""
Section = tuple[Both, list[str]]
"""A heading with its lines."""


def as_text(changes: Changes) -> list[str]:
    """The lines of a report for a terminal, Chinese with English heads beside."""
    if not changes:
        return [both("handover.diff-none").said]
    lines = []
    for head, listed in sections(changes):
        lines += [f"{head.said} ({len(listed)})", *(f"  {line}" for line in listed), ""]
    return lines[:-1]


def as_json(changes: Changes) -> str:
    """Everything by id, for programs."""
    made: dict[str, Any] = {
        "schema": SCHEMA,
        "options": [dict(zip(("name", "old", "new"), one, strict=True)) for one in changes.options],
        "documents": {
            "new": [one.id for one in changes.documents_new],
            "lost": [one.id for one in changes.documents_lost],
            "changed": [old.id for old, _ in changes.documents_changed],
            "renamed": [{"old": old.id, "new": new.id} for old, new in changes.documents_renamed],
        },
        "requirements": {
            "new": [one.id for one in changes.requirements_new],
            "lost": [one.id for one in changes.requirements_lost],
            "changed": [old.id for old, _ in changes.requirements_changed],
        },
        "firms": {"new": list(changes.firms_new), "lost": list(changes.firms_lost)},
        "decisions": {
            "new": [one.model_dump(mode="json") for one in changes.decisions_new],
            "lost": [one.model_dump(mode="json") for one in changes.decisions_lost],
            "changed": [
                {"id": old.id, "old": old.state, "new": new.state, "changes": list(new.changes)}
                for old, new in changes.decisions_changed
            ],
        },
        "cells": [_cell(one) for one in changes.cells],
        "worse": len(changes.worse),
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def as_html(changes: Changes) -> str:
    """A page that opens without a network."""
    return template("diff.html.j2").render(changes=changes, sections=sections(changes))


def sections(changes: Changes) -> list[Section]:
    """What there is to tell, worst first."""
    worse = [_told(one) for one in changes.worse]
    other = [_told(one) for one in changes.cells if not one.worse]
    listed: list[tuple[str, list[str]]] = [
        ("worse", worse),
        ("cells", other),
        ("decisions-changed", [
            f"{_decided(new)}  {say(f'handover.state-{old.state}')} → {say(f'handover.state-{new.state}')}"
            for old, new in changes.decisions_changed
        ]),
        ("decisions-new", [_decided(one) for one in changes.decisions_new]),
        ("decisions-lost", [f"{one.by} {one.at} {one.firm} × {one.requirement} {one.words or ''}" for one in changes.decisions_lost]),
        ("requirements-changed", [f"{new.id} {new.title}" for _, new in changes.requirements_changed]),
        ("requirements-new", [f"{one.id} {one.title}" for one in changes.requirements_new]),
        ("requirements-lost", [f"{one.id} {one.title}" for one in changes.requirements_lost]),
        ("documents-changed", [new.id for _, new in changes.documents_changed]),
        ("documents-renamed", [f"{old.id} → {new.id}" for old, new in changes.documents_renamed]),
        ("documents-new", [one.id for one in changes.documents_new]),
        ("documents-lost", [one.id for one in changes.documents_lost]),
        ("firms-new", list(changes.firms_new)),
        ("firms-lost", list(changes.firms_lost)),
        ("options", [f"{key}: {old} → {new}" for key, old, new in changes.options]),
    ]  # fmt: skip
    return [(both(f"handover.diff-{key}"), lines) for key, lines in listed if lines]


def _decided(review: Review) -> str:
    return f"{review.decision.firm} × {review.decision.requirement}  {spoken_in_both(review).said}"


def _told(one: CellChange) -> str:
    parts = [f"{one.firm} × {one.requirement}"]
    if one.before != one.after:
        parts.append(f"{GLYPH[one.before]} → {GLYPH[one.after]}")
    reworded = list(_reworded(one))
    parts += [_reworded_told(lost, found) for lost, found in reworded]
    known = {piece.id for pair in reworded for piece in pair}
    parts += [f"+ {_piece(piece)}" for piece in one.found if piece.id not in known]
    parts += [f"- {_piece(piece)}" for piece in one.lost if piece.id not in known]
    for pair in one.regraded:
        old, new = (text(f"page.grade-{piece.grade}", "zh") + _review(piece) for piece in (pair.old, pair.new))
        parts.append(f"{old} → {new} {_clip(pair.new.quote)}")
    if one.old.review != one.new.review:
        said = (say(f"handover.status-{cell.review}") if cell.review else "—" for cell in (one.old, one.new))
        parts.append(f"{say('handover.col-review')}: {' → '.join(said)}")
    return "  ".join(parts)


def _reworded(one: CellChange) -> Iterator[tuple[Evidence, Evidence]]:
    """The sentences of one document that are there with other words: the old piece and the new."""
    left = list(one.found)
    for lost in one.lost:
        near = [(fuzz.ratio(lost.quote, found.quote), -at) for at, found in enumerate(left) if found.document == lost.document]
        likeness, at = max(near, default=(0.0, 0))
        if likeness >= _REWORDED:
            yield lost, left.pop(-at)


def _reworded_told(lost: Evidence, found: Evidence) -> str:
    """Both wordings from where they part."""
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(lost.quote, found.quote, strict=False)))
    grades = dict.fromkeys(text(f"page.grade-{piece.grade}", "zh") for piece in (lost, found))
    return f"± {' → '.join(grades)} {_clip(lost.quote, at)} → {_clip(found.quote, at)}（{found.document}）"


def _piece(piece: Evidence) -> str:
    return f"{text(f'page.grade-{piece.grade}', 'zh')} {_clip(piece.quote)}（{piece.document}）"


def _review(piece: Evidence) -> str:
    if piece.review is None:
        return ""
    sheet = "handover" if piece.review in ("rejected", "conflict") else "page"
    return f"（{text(f'{sheet}.grade-{piece.review}', 'zh')}）"


def _clip(words: str, at: int = 0) -> str:
    """At most ``_SHOWN`` characters of a quote, with the one at ``at`` among them."""
    start = max(0, min(at - _SHOWN // 2, len(words) - _SHOWN))
    shown = words[start : start + _SHOWN]
    return "…" * (start > 0) + shown + "…" * (start + _SHOWN < len(words))


def _cell(one: CellChange) -> dict[str, Any]:
    return {
        "firm": one.firm,
        "requirement": one.requirement,
        "status": [one.old.status, one.new.status],
        "review": [one.old.review, one.new.review],
        "level": [one.before, one.after],
        "worse": one.worse,
        "found": [piece.id for piece in one.found],
        "lost": [piece.id for piece in one.lost],
        "regraded": [
            {
                "id": pair.new.id,
                "grade": [pair.old.grade, pair.new.grade],
                "review": [pair.old.review, pair.new.review],
            }
            for pair in one.regraded
        ],
    }
