"""Who else acts in a firm's own document: a body, a law, a person, a figure of a place, a company nobody knows, an examiner."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

from mapper.firms.mentions import Mention
from mapper.rules import pattern

NEAR = 2
"""Passages over which 该公司 still means the company named last."""


_rule = partial(pattern, "others")


_LEAD = _rule("lead")
_NOT_SUBJECT = _rule("not-subject")
_OTHERS = tuple(
    map(_rule, (
        "institution", "several-bodies", "place-acts", "commentator", "norm", "platform", "trade-many", "fact", "place-figure",
        "person", "plight", "struck", "several",
    ))
)
_FOR_ALL = tuple(map(_rule, ("law", "general", "lacked")))
_SCHEME = _rule("scheme")
_OUTLAW = _rule("outlaw")
_REMAINING = _rule("remaining")
_MASKED = _rule("masked")
_SOME = _rule("some")
_SOME_FIRMS = _rule("some-firms")
_AGENT_BEFORE = _rule("agent-before")
_NOT_ALONE = _rule("not-alone")
_AREA_COVER = _rule("area-cover")
_COMPANY = _rule("company")
_FACT = _rule("fact")
_PLACE_FIGURE = _rule("place-figure")
_TAKES_UP = _rule("takes-up")
_ACTS_AGAIN = _rule("acts-again")
_HOLDS = _rule("holds")
_THAT_FIRM = _rule("that-firm")
_HOLDING = _rule("holding")
_LEGAL_NAME = _rule("legal-name")
_EXAMINES = _rule("examines")


@lru_cache(maxsize=256)
def subject_at(clause: str) -> int:
    """Where the subject of a clause may begin: behind time and turns."""
    at = 0
    while (lead := _LEAD.match(clause[at:])) and lead.end():
        at += lead.end()
    return at


@lru_cache(maxsize=256)
def _rest(clause: str) -> str:
    """A clause from its subject on."""
    return clause[subject_at(clause) :].lstrip("“\" ")


def others(clause: str) -> bool:
    """Whether the subject of a clause is a body that is no firm, a law, somebody or the trade. Names of firms are not asked for."""
    rest = _rest(clause)
    if _SCHEME.match(rest) or _SCHEME.match(clause) or any(
        rule.match(each) for rule in (_OUTLAW, _REMAINING) for each in (rest, clause[subject_at(clause) :])
    ):
        return True
    return _NOT_SUBJECT.match(rest) is None and any(rule.match(rest) for rule in _OTHERS)


def holds_for_all(clause: str) -> bool:
    """Whether a clause tells what a law says, what holds of everybody, or what a place had to do without."""
    return any(rule.match(each) for rule in _FOR_ALL for each in (_rest(clause), clause))


def unnamed_actor(clause: str, start: int, mentions: Sequence[Mention], masked: bool) -> bool:
    """Whether a swindler is the subject of a clause, or a firm whose name is kept back (if ``masked``), whatever firm it does something to.

    ``mentions``: those of a text in which the clause begins at ``start``; none of them may be who acts, or one of a list that
    begins so.
    """
    rest = _rest(clause)
    found = _OUTLAW.match(rest) or (_MASKED.match(rest) if masked else None)
    if found is None or _NOT_ALONE.search(clause):
        return False
    end = start + len(clause) - len(rest) + found.end()
    return not any(one.start < end or _AGENT_BEFORE.search(clause[: one.start - start]) for one in mentions if one.start >= start)


def some(clause: str) -> bool:
    """Whether the subject of a clause is some, who are not named, or a trick by itself."""
    return _SOME.match(_rest(clause)) is not None


def some_firms(clause: str) -> bool:
    """Whether the subject of a clause is some firms or touts, who are not named, and no branches or people of whoever speaks."""
    return _SOME_FIRMS.match(_rest(clause)) is not None


def nameless(clause: str) -> bool:
    """Whether a financial firm whose name is kept back is the subject of a clause."""
    return _MASKED.match(_rest(clause)) is not None


def company(clause: str, start: int, mentions: Sequence[Mention]) -> int | None:
    """Where in a clause from ``start`` the name of a company ends that is its subject and no firm known; None where none is."""
    at = subject_at(clause)
    match = _COMPANY.match(clause[at:]) if "公司" in clause or "事务所" in clause else None
    if match is None or (match["owned"] is None and _NOT_SUBJECT.match(clause[at:])):
        return None
    end = start + at + match.end()
    return None if any(one.firm and one.start < end for one in mentions) else end


def lives_from(clause: str, name: Mention, start: int) -> bool:
    """Whether a clause from ``start`` tells what a place or a market offers a firm that is named in it: no deed of the firm."""
    rest = _rest(clause)
    found = _FACT.match(rest)
    return found is not None and start < name.start < start + len(clause) - len(rest) + found.end()


def covers_area(clause: str) -> bool:
    """Whether a clause tells what insurers paid and covered in a whole place."""
    return _AREA_COVER.match(_rest(clause)) is not None


def place_acts(clause: str) -> bool:
    """Whether a city, a county or its offices are the subject of a clause and act."""
    rest = _rest(clause)
    return any(_rule(one).match(rest) for one in ("place-acts", "several-bodies"))


def acts_again(clause: str, behind: str) -> bool:
    """Whether behind a clause with another subject the firm acts again, without a name."""
    if _PLACE_FIGURE.match(behind[subject_at(behind) :]) and _TAKES_UP.match(clause):
        return True
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
        self._at = self._held = -NEAR - 1

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
        return self._last if at - self._at <= NEAR else None

    def held(self, at: int) -> bool:
        """Whether the sentence before told only that whoever speaks owns it."""
        return at - self._held == 1


def examines(text: str) -> bool:
    """Whether an examiner of the firm's report begins to say in a sentence what he has done."""
    return "我们" in text and _EXAMINES.search(text) is not None
