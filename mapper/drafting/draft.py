"""An official text → the draft of a policy: what it asks, clause by clause, and what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mapper.catalog.load import valid_id
from mapper.drafting.asks import Ask, Silent, Terms, Why, asks
from mapper.drafting.head import Head, bound_from, clause_days, head
from mapper.drafting.outline import Clause, Outline, outline
from mapper.model import Addressee, Obligation
from mapper.rules import pattern, rules

_TITLE = 24
"""Characters of a proposed title, at most."""
_SHORTEST = 3
"""Characters that are too few for one."""


@dataclass(frozen=True)
class Drafted:
    """A requirement as proposed. ``source`` is the official wording, for the author alone."""

    id: str
    clause: str
    part: str | None
    title: str
    obligation: Obligation
    applies_to: tuple[Addressee, ...]
    source: str
    effective: str = ""
    """The day from which it binds, where its clause has one of its own."""
    worded: bool = True
    """Whether a word of duty says how binding it is."""
    forbids: str = ""
    """What it forbids besides what it asks: a requirement is either, so this needs one of its own."""
    asks: str = ""
    """What it asks besides what it forbids, with the day from which it does."""


@dataclass(frozen=True)
class Dropped:
    """A stretch that asks nothing of institutions."""

    clause: str
    why: Why
    words: str


@dataclass(frozen=True)
class Draft:
    """The draft of a policy file."""

    id: str
    head: Head
    parts: tuple[tuple[str, str], ...]
    """Label and heading of each part in which something is asked."""
    clauses: tuple[str, ...]
    """The labels of all clauses that were found."""
    requirements: tuple[Drafted, ...]
    dropped: tuple[Dropped, ...]


class NoClausesError(ValueError):
    """A text without a numbered clause."""


def draft(paragraphs: Iterable[str], id: str | None = None) -> Draft:
    """Draft a policy from the paragraphs of its official text. ``id`` is its id; by default made of the year issued.

    Raises :class:`NoClausesError` where no numbered clause is found.
    """
    text = outline(paragraphs)
    if not text.clauses:
        raise NoClausesError
    said = head(text)
    name = id or f"p{(said.issued or said.effective or said.number[-9:])[2:4]}"
    name = name if valid_id(name) else "draft"
    terms = Terms(text.clauses, said.issuer, text.head)
    usual = tuple(terms.kinds(said.title)) or _addressed(text, terms) or ("all",)
    days = clause_days(text.clauses)
    requirements: list[Drafted] = []
    dropped: list[Dropped] = []
    for clause in text.clauses:
        found = list(asks(clause, terms, articles=text.articles))
        asked = [one for one in found if isinstance(one, Ask)]
        requirements += _drafted(name, clause, asked, usual, days.get(clause.label, ""))
        dropped += [Dropped(clause.label, one.why, one.words) for one in found if isinstance(one, Silent)]
    used = {one.part for one in requirements}
    parts = tuple((label, _plain(title)) for label, title in text.parts if label in used)
    return Draft(name, said, parts, _labels(text), tuple(requirements), tuple(dropped))


def _addressed(text: Outline, terms: Terms) -> tuple[Addressee, ...]:
    """The kinds of firm that the text says it applies to, if it names any but «all»."""
    scope = pattern("duties", "scope")
    said = [paragraph for clause in text.clauses for paragraph in clause.paragraphs if scope.search(paragraph)]
    kinds = tuple(terms.kinds(said[0])) if said else ()
    return () if "all" in kinds else kinds


def _drafted(name: str, clause: Clause, asked: list[Ask], usual: tuple[Addressee, ...], effective: str) -> list[Drafted]:
    letters = [""] if len(asked) == 1 else [f".{_letter(place)}" for place in range(len(asked))]
    return [
        Drafted(
            id=f"{name}-{clause.key}{letter}",
            clause=clause.label,
            part=clause.part,
            title=_plain(clause.heading) if clause.heading and len(asked) == 1 else _title(ask.words),
            obligation=ask.obligation,
            applies_to=ask.applies_to or usual,
            source=ask.words,
            effective=bound_from(ask.words) or effective,
            worded=ask.worded,
            forbids="" if ask.obligation == "must-not" else _forbidden(ask.words),
            asks=_asked(ask.words) if ask.obligation == "must-not" else "",
        )
        for letter, ask in zip(letters, asked, strict=True)
    ]


def _forbidden(words: str) -> str:
    """The part of a stretch that forbids something, if there is one; a least or a most that is set forbids nothing."""
    return next((part.strip() for part in re.split(r"[，。；\n]", words) if _forbids(part)), "")


def _forbids(part: str) -> bool:
    found = rules("duties")
    limits = {hit.start() for hit in found["limit"].pattern.finditer(part)}
    return any(hit.start() not in limits for hit in found["must-not"].pattern.finditer(part))


def _asked(words: str) -> str:
    """The part of a prohibition that asks something, if there is one, from the day on that is named before it; no item of its list."""
    binds, forbids = (pattern("duties", id) for id in ("must", "must-not"))
    before = ""
    for part in (part.strip() for part in re.split(r"[，。；]", words.split("\n")[0])):
        if binds.search(part) and not forbids.search(part):
            dated = f"{before}，{part}"
            return dated if bound_from(dated) else part
        before = part
    return ""


def _letter(place: int) -> str:
    return chr(ord("a") + place) if place < 26 else f"z{place}"


def _title(words: str) -> str:
    """The first words that say what is asked, as a title to be bettered."""
    leads, before = (pattern("duties", id) for id in ("leads", "before-asked"))
    for part in re.split(r"[，。；：,;]", words.split("\n")[0]):
        said = before.sub("", part)
        if len(said) > _SHORTEST and not leads.search(part) and not leads.search(said):
            return _plain(said)[:_TITLE]
    return _plain(words)[:_TITLE]


def _plain(title: str) -> str:
    return re.sub(r"\s+|[。；：]$", "", title)


def _labels(text: Outline) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clause.label for clause in text.clauses))
