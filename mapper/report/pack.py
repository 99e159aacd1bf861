"""All evidence of a view as one string, for a page that draws only what is in view.

The string is base64 of gzip of JSON. Every text and every reason stands once; evidence refers to them by number, in
columns of equal length that follow the cells from left to right and from top to bottom; behind it, in the same columns,
stands what is undecided.
"""

from __future__ import annotations

import gzip
import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from mapper.fingerprint import asked
from mapper.model import Evidence, PassageText
from mapper.report.orders import HEAVIEST, REASONS
from mapper.report.shapes import AmongPeers, CellView, DocumentView, EvidenceView, Place, RowView, View

ARTICLES = 3_000_000
"""Up to so many characters the texts of the documents are packed too; above, only their marked sentences are."""

NAMED = 20
"""Firms that are named for a requirement, best first; the others are in the matrix."""

_SYSTEM = 9
"""The byte of a gzip head that names the system it was made on (RFC 1952)."""
_LEVEL = 6  # of gzip: the last per cent of size is not worth twice the time


class _Once:
    """Values in the order of their first use, each with its number."""

    def __init__(self, *first: Any) -> None:
        self.numbers: dict[Any, int] = {value: number for number, value in enumerate(first)}

    def __call__(self, value: Any) -> int:
        return self.numbers.setdefault(value, len(self.numbers))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.numbers)


def pack(view: View) -> str:
    """Pack the evidence of a view. The same view always gives the same string."""
    text = json.dumps(columns(view), ensure_ascii=False, separators=(",", ":"))
    packed = bytearray(gzip.compress(text.encode(), _LEVEL, mtime=0))
    packed[_SYSTEM] = 255  # unknown: some versions of Python name the system here
    return b64encode(packed).decode("ascii")


def columns(view: View) -> dict[str, Any]:
    """What is packed: the columns of the evidence and the tables they refer to."""
    across = len(view.firms)
    pieces = [(cell.row * across + cell.firm, one) for row in view.rows for cell in row.cells for one in cell.evidence]
    undecided = [(cell.row * across + cell.firm, one) for row in view.rows for cell in row.cells for one in cell.undecided]
    steps = [key - before for (key, _), before in zip(pieces, [0, *(key for key, _ in pieces)], strict=False)]
    alleged = [at for at, (_, one) in enumerate(pieces) if one.it.alleged]
    pieces += undecided
    pieces_of = {one.index: number for number, (_, one) in enumerate(pieces)}
    texts, reasons = _Once(""), _Once()
    quotes = [texts(one.it.quote) for _, one in pieces]
    quoted = len(texts.numbers)
    characters = sum(len(one.text) for document in view.documents for one in document.it.text)
    whole = 0 < characters <= ARTICLES
    return {
        "steps": steps,
        "undecided": [key for key, _ in undecided],
        "cells": [cell.percent for row in view.rows for cell in row.cells if cell.evidence],
        "quote": quotes,
        "quoted": quoted,
        "before": [texts(one.it.before) for _, one in pieces],
        "after": [texts(one.it.after) for _, one in pieces],
        "section": [texts(one.it.section or "") for _, one in pieces],
        "unit": [texts(one.it.acting_as or "") for _, one in pieces],
        "document": [one.place.document.index for _, one in pieces],
        "start": [one.place.start for _, one in pieces],
        "length": [one.place.end - one.place.start for _, one in pieces],
        "page": [one.it.page or 0 for _, one in pieces],
        "spot": [texts(one.spot.zh if one.spot else "") for _, one in pieces],
        "spot_en": [texts(one.spot.en if one.spot else "") for _, one in pieces],
        "grade": [HEAVIEST.index(one.it.grade) for _, one in pieces],
        "percent": [one.percent for _, one in pieces],
        "when": [4 if one.it.predates is None else 2 if one.it.predates else 1 for _, one in pieces],
        "voluntary": [int(one.it.voluntary) for _, one in pieces],
        "alleged": alleged,
        "asof": [texts(one.as_of or "") for _, one in pieces],
        "runs": [len(one.segments) for _, one in pieces],
        "run": [number for _, one in pieces for number in _runs(one)],
        "why": [len(one.reasons) for _, one in pieces],
        "reason": [
            reasons(reason) for _, one in pieces for reason in one.reasons
        ],
        "copies": {
            number: [_place(place) for place in one.copies] for number, (_, one) in enumerate(pieces) if one.copies
        },
        "texts": list(texts),
        "reasons": [(reason.kind, *reason.said, *reason.words) for reason in reasons],
        "documents": [
            _document(document) for document in view.documents
        ],
        "firms": [[firm.documents, *firm.about] for firm in view.firms],
        "rows": [_row(row) for row in view.rows],
        "digests": [asked(row.it.obligation, row.it.text) for row in view.rows],
        "best": [[cell.firm for cell in row.best[:NAMED]] for row in view.rows],
        "outcomes": {
            firm.index: [pieces_of[one.index] for one in firm.outcomes] for firm in view.firms if firm.outcomes
        },
        "series": {
            firm.index: [
                [line.thing, line.line, [[point.date, point.said, point.document] for point in line.points]]
                for line in firm.series
            ]
            for firm in view.firms
            if firm.series
        },
        "ahead": {firm.index: [_standing(one) for one in firm.ahead] for firm in view.firms if firm.ahead},
        "behind": {firm.index: [_standing(one) for one in firm.behind] for firm in view.firms if firm.behind},
        "contrary": {
            firm.index: [[pieces_of[one.evidence.index], [cell.row for cell in one.cells]] for one in firm.contrary]
            for firm in view.firms
            if firm.contrary
        },
        "below": _scattered(view, lambda cell: cell.below),
        "more": _scattered(view, lambda cell: cell.more),
        "articles": [[_sentence(one) for one in document.it.text] for document in view.documents] if whole else [],
        **(_opinions(view, [one for _, one in pieces]) if view.second else {}),
    }  # fmt: skip


def _scattered(view: View, count: Callable[[CellView], int]) -> list[int]:
    """Where a count is not nothing: the number of the cell, then the count, one pair after the other."""
    across = len(view.firms)
    return [
        number
        for row in view.rows
        for cell in row.cells
        if count(cell)
        for number in (cell.row * across + cell.firm, count(cell))
    ]


def _opinions(view: View, pieces: Sequence[EvidenceView]) -> dict[str, Any]:
    """Who finds each piece, as templates/js/opinions.js names it, and the cells that a model alone supports."""
    across = len(view.firms)
    return {
        "found": [_found(one.it) for one in pieces],
        "onlymodel": [cell.row * across + cell.firm for row in view.rows for cell in row.cells if cell.only_model],
    }


def _found(it: Evidence) -> int:
    """1: the program, unasked the model; 2: the program alone; 3: the model alone; 4: both; 5: both, but one calls it adverse."""
    if it.found_by == "both":
        return 5 if it.differs else 4
    return 3 if it.found_by == "model" else 2 if it.opinion is not None else 1


def _runs(one: EvidenceView) -> Iterator[int]:
    """Length and kinds of each run of the quote, the kinds as bits in the order of ``REASONS``."""
    for run in one.segments:
        # JavaScript counts UTF-16 units
        units = len(run.text.encode("utf-16-le")) // 2
        yield (units << len(REASONS)) + _bits(run.kinds)


@cache
def _bits(kinds: tuple[str, ...]) -> int:
    return sum(1 << REASONS.index(kind) for kind in kinds)


def _row(row: RowView) -> list[Any]:
    """What is asked, of whom, what the program looks for, and sentences that count and that do not."""
    it = row.it
    return [
        *row.text,
        list(row.applies_to),
        [[list(signal.need), int(signal.within == "clause"), list(signal.unless)] for signal in it.signals],
        list(it.unless),
        list(it.examples),
        list(it.counterexamples),
        [list(term) for term in row.terms],
    ]


def _document(document: DocumentView) -> dict[str, Any]:
    """What a sheet says of a document; what is not known or empty is left out."""
    it = document.it
    told = {
        "publisher": it.publisher,
        "inferred": it.publisher_basis == "inferred",
        "date": it.date,
        "basis": it.date_basis if it.date else None,
        "path": it.path if it.path != it.id else None,
        "characters": it.characters,
        "passages": it.passages,
        "dropped": it.dropped,
        "speaker": it.speaker,
        "mentions": list(it.mentions),
        "repairs": [list(repair) for repair in document.repairs],
        "link": document.link,
    }
    return {name: value for name, value in told.items() if value}


def _standing(one: AmongPeers) -> list[int]:
    return [one.row, one.others, one.of, int(one.same)]


def _sentence(one: PassageText) -> list[Any]:
    return [one.text, one.start, one.end - one.start, one.paragraph, one.role, one.speaker or ""]


def _place(place: Place) -> list[int]:
    return [place.document.index, place.start, place.end]
