"""The firms that a regulator lists, and the sentences that speak of all of them again."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.firms import cues
from mapper.firms.clauses import Attributed
from mapper.firms.mentions import Mention
from mapper.model import Passage

_LEAST = 3
"""So many firms make a list …"""
_NEAR = 3
"""… of which a sentence so many paragraphs on may still speak."""


class Listed:
    """Remembers the last list of a document."""

    def __init__(self) -> None:
        self._firms: dict[str, str] = {}
        self._paragraph = -10

    def told(self, passage: Passage, mentions: Sequence[Mention]) -> list[Attributed] | None:
        """What a list, or a sentence that refers back to one, says of each firm; None for any other sentence."""
        text = passage.text
        firms = tuple(dict.fromkeys(one.firm for one in mentions if one.firm))
        end = len(text)
        if len(firms) >= _LEAST and cues.LISTING.search(text):
            first = {one.firm: one for one in reversed(mentions) if one.firm}
            self._firms = {firm: first[firm].word for firm in firms}
            self._paragraph = passage.paragraph
            return [Attributed(firm, 0, end, "named", first[firm].word, first[firm]) for firm in firms]
        if not firms and self._firms and cues.REFERS.match(text) and passage.paragraph - self._paragraph <= _NEAR:
            return [Attributed(firm, 0, end, "listed", word) for firm, word in self._firms.items()]
        return None
