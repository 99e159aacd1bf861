"""The thread of a document: the firm its last paragraph told of, the two that it named last, and whose turn it is to speak."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from mapper.firms import cues
from mapper.firms.clauses import Actor, is_generic
from mapper.firms.mentions import Mention
from mapper.firms.names import begins_with_name
from mapper.firms.patterns import name_rule
from mapper.letters import numeral
from mapper.model import DocumentText, Passage

_NEAR = 2
"""Passages over which «both» still means the two firms named last."""
_SEVERAL = 2
"""News that has named so many firms goes from one to the next."""
_BEFORE = -10
"""The number of a passage or paragraph that is near none."""


class Thread:
    """Follows one document, passage by passage."""

    turn: str | None = None
    """The firm for which whoever has the floor speaks; "" where he speaks for none, None where nobody was given it."""

    def __init__(self, document: DocumentText) -> None:
        self._document = document
        self._pair: tuple[str, ...] = ()
        self._pair_at = _BEFORE
        self._named: dict[str, int] = {}
        self._list: tuple[str, ...] = ()
        self._list_at = _BEFORE
        self._told: str | None = None
        self._paragraph = _BEFORE

    @cached_property
    def _goes_on(self) -> bool:
        """Of lending platforms nobody knows all by name: there, whoever a sentence tells of next may be another one."""
        return not any(name_rule("platform").search(one.text) for one in self._document.passages)

    def turns(self, mentions: Sequence[Mention]) -> bool:
        """Notes whose turn a line says it is: of the firm that it begins with, or of somebody who speaks for none.

        False where nobody has had the floor yet and none is known now.
        """
        first = next((one.firm for one in mentions if one.firm and not one.start), None)
        if first is None and self.turn is None:
            return False
        self.turn, self._told, self._paragraph = first or "", None, _BEFORE
        return True

    def keep(self, passage: Passage, at: int, actors: Sequence[Actor | None], mentions: Sequence[Mention]) -> None:
        """Keeps the one firm that a paragraph tells of, none where it names several; and the two that a sentence named."""
        named = tuple(dict.fromkeys(one.firm for one in mentions if one.firm))
        for firm in named:
            self._named[firm] = at
        if named:
            self._pair, self._pair_at = (named if len(named) == 2 else ()), at
        self.note(at, mentions)
        firms = {firm for actor in actors if actor is not None for firm in actor.firms} | set(named)
        if firms:
            one = firms | ({self._told} if self._paragraph == passage.paragraph else set())
            self._told, self._paragraph = one.pop() if len(one) == 1 else None, passage.paragraph
        elif self._told is not None and cues.NEW_ITEM.match(passage.text):
            self._told = None

    def note(self, at: int, mentions: Sequence[Mention]) -> None:
        """Keeps the firms that a sentence named together."""
        named = tuple(dict.fromkeys(one.firm for one in mentions if one.firm))
        if len(named) > 1:
            self._list, self._list_at = named, at

    def holds(self, passage: Passage, firms: Sequence[str]) -> bool:
        """Whether a paragraph has so far told of nobody but this one firm."""
        return self._paragraph == passage.paragraph and tuple(firms) == (self._told,)

    def told(self, passage: Passage) -> Actor | None:
        """The one firm of this paragraph, or of the one before, about which a sentence without a name goes on."""
        if self._told is None or passage.paragraph - self._paragraph > 1:
            return None
        text = passage.text
        subject = cues.NO_SUBJECT.match(text) is None
        if subject and not self._goes_on:
            return None
        if cues.NEW_ITEM.match(text) or (len(self._named) >= _SEVERAL and cues.ELSEWHERE.match(text)):
            return None
        if is_generic(text):
            found = cues.FINDS.match(text)
            if found is None or is_generic(text := text[found.end() :]):
                return None
        if subject and begins_with_name(text):
            return None
        return Actor((self._told,), "carried", self._told)

    def all_named(self, clause: str, at: int, mentions: Sequence[Mention], start: int) -> Actor | None:
        """All the firms named together before, where a clause begins with a word for them: 三家银行均, 上述机构均.

        ``mentions``: those of the sentence, of which the clause begins at ``start``. Where the word counts them, so many.
        """
        word = cues.ALL_OF_THEM.match(clause) if "均" in clause or "都" in clause or "皆" in clause or "全部" in clause else None
        if word is None:
            return None
        count = (2 if word["count"] == "两" else numeral(word["count"])) if word["count"] else None
        here = tuple(dict.fromkeys(one.firm for one in mentions if one.firm and one.end <= start))
        last = self._list if at - self._list_at <= _NEAR else ()
        near = tuple(firm for firm, named_at in self._named.items() if at - named_at <= _NEAR)
        found = next((each for each in (here, last, near) if len(each) > 1 and len(each) == (count or len(each))), None)
        return Actor(found, "pronoun", word.group().strip()) if found else None

    def both(self, clause: str, at: int, mentions: Sequence[Mention], start: int) -> Actor | None:
        """The two firms named last, where a clause begins with a word for both; one of them for 前者 and 后者.

        ``mentions``: those of the sentence, of which the clause begins at ``start``.
        """
        here = tuple(dict.fromkeys(m.firm for m in mentions if m.firm and m.end <= start))
        last = self._pair if at - self._pair_at <= _NEAR else ()
        one = cues.ONE_OF_TWO.match(clause.lstrip()) if "者" in clause else None
        if one is not None:
            pair = here if len(here) >= 2 else last
            return Actor((pair[-2 if one["former"] else -1],), "pronoun", one.group()) if len(pair) >= 2 else None
        spoken = "两" in clause or "双" in clause or "二" in clause
        word = cues.BOTH.match(clause.lstrip()) if (self._named or here) and spoken else None
        if word is None:
            return None
        near = last or tuple(firm for firm, named_at in self._named.items() if at - named_at <= _NEAR)
        both = here if len(here) == 2 else near
        return Actor(both, "pronoun", word.group()) if len(both) == 2 else None
