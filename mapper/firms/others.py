"""Who else acts in a firm's own document: a body that is no firm, a law, a person, a company nobody knows, an examiner."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.firms.mentions import Mention
from mapper.rules import rules

_NEAR = 2
"""Passages over which 该公司 still means the company named last."""
_REPORT = 60
"""Passages that the part of an examiner has at most."""
_FIRM_SPEAKS = frozenset({"本行", "我行", "本社", "我社", "本集团"})
"""Words by which a firm speaks of itself, and no examiner."""


def _rule(id: str) -> re.Pattern[str]:
    return rules("others")[id].pattern


_LEAD = _rule("lead")
_NOT_SUBJECT = _rule("not-subject")
_OTHERS = tuple(_rule(id) for id in ("body", "platform", "law", "trade-many", "fact", "person"))
_SCHEME = _rule("scheme")
_COMPANY = _rule("company")
_ACTS_AGAIN = _rule("acts-again")
_HOLDS = _rule("holds")
_THAT_FIRM = _rule("that-firm")
_HOLDING = _rule("holding")
_LEGAL_NAME = _rule("legal-name")
_EXAMINES = _rule("examines")
_EXAMINES_HEAD = _rule("examines-head")
_EXAMINES_ON = _rule("examines-on")
_EXAMINER_SELF = _rule("examiner-self")


def subject_at(clause: str) -> int:
    """Where the subject of a clause may begin: behind time and turns."""
    at = 0
    while (lead := _LEAD.match(clause[at:])) and lead.end():
        at += lead.end()
    return at


def others(clause: str) -> bool:
    """Whether the subject of a clause is a body that is no firm, a law, a person or the trade. Names of firms are not asked for."""
    rest = clause[subject_at(clause) :].lstrip("“\" ")
    if _SCHEME.match(rest) or _SCHEME.match(clause):
        return True
    return _NOT_SUBJECT.match(rest) is None and any(rule.match(rest) for rule in _OTHERS)


def company(clause: str, start: int, mentions: Sequence[Mention]) -> int | None:
    """Where in a clause from ``start`` the name of a company ends that is its subject and no firm known; None where none is."""
    at = subject_at(clause)
    match = _COMPANY.match(clause[at:]) if "公司" in clause or "事务所" in clause else None
    if match is None or (match["owned"] is None and _NOT_SUBJECT.match(clause[at:])):
        return None
    end = start + at + match.end()
    return None if any(one.firm and one.start < end for one in mentions) else end


def acts_again(clause: str) -> bool:
    """Whether behind somebody else the firm acts again, without a name."""
    return _ACTS_AGAIN.match(clause) is not None


def _only_holds(mention: Mention, text: str) -> bool:
    """Whether whoever speaks is named only as the owner of the firm that a sentence is about: 本行持股51%."""
    return mention.kind == "self" and _HOLDS.match(text[mention.end : mention.end + 24]) is not None


def means_another(mention: Mention) -> bool:
    """Whether a word for a firm can only mean another than whoever speaks: 该行."""
    return mention.kind == "back" and _THAT_FIRM.match(mention.word) is not None


class Named:
    """The firm other than whoever speaks that a document named last, by its id; "" for a company that nobody knows."""

    def __init__(self, own: str | None) -> None:
        self._own = own
        self._last: str | None = None
        self._at = self._held = -_NEAR - 1

    def keep(self, text: str, at: int, mentions: Sequence[Mention]) -> None:
        """Keeps whom the sentence at this place names last, and whether whoever speaks owns it."""
        if self._own is None:
            return
        places = [(one.end, one.firm or "") for one in mentions if one.kind == "name" and one.firm not in (None, self._own)]
        known = [(one.start, one.end) for one in mentions if one.firm]
        places += [
            (match.end(), "")
            for match in (_LEGAL_NAME.finditer(text) if "公司" in text else ())
            if not any(start < match.end() and match.start() < end for start, end in known)
        ]
        if places:
            ends, self._last = max(places)
            self._at = at
            owners = [one.end for one in mentions if one.kind == "self" or one.firm == self._own]
            if any(_HOLDING.match(text[end:ends]) for end in owners) or any(_only_holds(one, text) for one in mentions):
                self._held = at

    def last(self, at: int, before: str = "", inside: Sequence[Mention] = ()) -> str | None:
        """The one that «that firm» means in the sentence at this place; None where none was named near.

        ``before``: what stands before the word, with the mentions ``inside`` that sentence.
        """
        if any(not any(m.firm and m.start < one.end() for m in inside) for one in _LEGAL_NAME.finditer(before)):
            return ""
        return self._last if at - self._at <= _NEAR else None

    def held(self, at: int) -> bool:
        """Whether the sentence before told only that whoever speaks owns it."""
        return at - self._held == 1


class Examiner:
    """Follows whether whoever examines a firm's report speaks in it: from how he begins, or below the heading of his part."""

    def __init__(self) -> None:
        self._passages = 0

    def heading(self, text: str) -> None:
        """Notes a heading, below which he may begin or end to speak."""
        if _EXAMINES_HEAD.search(text):
            self._passages = _REPORT
        elif not _EXAMINES_ON.search(text):
            self._passages = 0

    def speaks(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Whether he says a sentence of himself, or of nobody; not what he says of the firm. Where the firm says 本行, he has ended."""
        if "我们" in text and _EXAMINES.search(text):
            self._passages = _REPORT
            return True
        first = mentions[0] if mentions else None
        if self._passages and first is not None and first.kind == "self" and first.word in _FIRM_SPEAKS:
            self._passages = 0
        if not self._passages:
            return False
        self._passages -= 1
        return first is None or _EXAMINER_SELF.match(first.word) is not None
