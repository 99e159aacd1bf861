"""Why a stretch is marked: what matched, which taught sentences it resembles, who acts, and what gave the grade."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mapper.align.candidates import Candidate
from mapper.letters import Span
from mapper.matchers.answers import SOURCE as MODEL
from mapper.matchers.cited import SOURCE as CITED
from mapper.matchers.interface import Stretch
from mapper.matchers.shelf import Shelf
from mapper.model import Grade, Reason, Sign, Words
from mapper.rules import pattern

_LIKE = 0.12
"""Likeness from which a taught sentence is worth showing."""


def matched(one: Candidate, shelf: Shelf) -> Iterator[Reason]:
    """The signals that fired; the words that weighed most, and the taught sentences that they resemble."""
    claims = [claim for claim in one.claims if claim.source != MODEL]
    for claim in claims:
        if claim.words:
            code = "clause-cited" if claim.source == CITED else "breach-matched" if claim.breach else "signal-matched"
            yield _reason("signal", code, one.stretch.text, claim.words, source=claim.source)
    if any(not claim.words for claim in claims):
        weighed = shelf.learned.words(one.stretch, one.requirement.id)
        yield _reason("signal", "words-weighed" if weighed else "words-before", one.stretch.text, weighed)
        yield from _likenesses(one.stretch, one.requirement.id, shelf)


def acting(one: Candidate, of_row: bool = False) -> Reason:
    """Who acts, and how that is known. ``of_row``: a row of a table names the firm of its words."""
    mention = one.attributed.mention
    place = ((mention.start, mention.end),) if mention is not None else ()
    if one.attributed.sign == "owner" and of_row:
        return Reason(kind="attribution", code="sign-row", params={"name": one.attributed.word})
    return _acting(one.attributed.sign, one.attributed.word, one.stretch.text, place)


def graded(one: Candidate, grade: Grade, after: str, shelf: Shelf) -> Iterator[Reason]:
    """The words that gave the grade; of a fault also those that say, in its sentence or ``after`` it, that it was put right."""
    text = one.stretch.text
    words = shelf.learned.words(one.stretch, grade) if grade != "action" else ()
    yield _reason("grade", f"grade-{grade}" if words or grade == "action" else f"grade-{grade}-whole", text, words)
    if grade == "adverse":
        corrected = pattern("adverse", "corrected")
        here = tuple((m.start(), m.end()) for m in corrected.finditer(text))
        if here:
            yield _reason("grade", "grade-corrected", text, here)
        elif said := "、".join(m.group() for m in corrected.finditer(after)):
            yield Reason(kind="grade", code="grade-corrected", params={"words": said})


def by_place(why: str, section: str | None) -> Reason:
    """What gave the grade where that was not the words: ``why`` is its code, ``section`` the heading or lead-in above them."""
    return Reason(kind="grade", code=why, params={"section": section or ""})


def undecided(one: Candidate, against: float, shelf: Shelf, homeless: bool = False) -> Reason:
    """That it may be a deed or a fault, or, ``homeless``, is a fault of this requirement or another; ``against``: how likely it is a
    fault (0–1)."""
    fault = round(100 * against)
    words = shelf.learned.words(one.stretch, "adverse")
    if homeless:
        return _reason("grade", "grade-homeless", one.stretch.text, words, fault=str(fault))
    return _reason("grade", "grade-undecided", one.stretch.text, words, deed=str(100 - fault), fault=str(fault))


def _likenesses(stretch: Stretch, requirement: str, shelf: Shelf) -> Iterator[Reason]:
    """Taught sentences that the stretch resembles, and a near miss that it resembles more."""
    text = stretch.read
    for one in shelf.likeness.examples(text, requirement):
        if one.likeness >= _LIKE:
            yield _like("like-fault" if shelf.likeness.is_fault(one) else "like-example", one.text)
    miss = shelf.likeness.nearer_miss(text, requirement)
    if miss is not None and miss.likeness >= _LIKE:
        yield _like("like-near-miss", miss.text)


@lru_cache(maxsize=4096)
def _like(code: str, sentence: str) -> Reason:
    return Reason(kind="example", code=code, params={"sentence": sentence})


@lru_cache(maxsize=64)
def _acting(sign: Sign, name: str, text: str, place: tuple[Span, ...]) -> Reason:
    """Kept, since a sentence that evidences one requirement often evidences several."""
    words = tuple(Words(start=s, end=e, text=text[s:e]) for s, e in place)
    return Reason(kind="attribution", code=f"sign-{sign}", params={"name": name}, words=words)


@lru_cache(maxsize=64)
def _reason(kind: str, code: str, text: str, spans: tuple[Span, ...], **more: str) -> Reason:
    words = tuple(Words(start=s, end=e, text=text[s:e]) for s, e in spans)
    joined = "、".join(dict.fromkeys(word.text for word in words))
    params = ({"words": joined} if joined else {}) | more
    return Reason(kind=kind, code=code, params=params, words=words)  # type: ignore[arg-type]
