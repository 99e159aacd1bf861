"""The heads of a document's parts: whose head a passage stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.firms import cues
from mapper.firms.mentions import Mention

_LONGEST = 50
"""A line that is nothing but a firm's name is no longer."""
_OPENS = frozenset("（([【■●▪◆★一二三四五六七八九十0123456789")
"""With what the number of a line begins."""
_DIGITS = re.compile("[一二三四五六七八九十]+|[0-9]+")


class HeadingTracker:
    """Goes through a document and remembers which firm the heading above names."""

    firm: str | None = None
    """The one firm that the head above names."""
    alone: str | None = None
    """The same, where that head is nothing but its name, as those of a report's parts on subsidiaries are."""

    def __init__(self) -> None:
        self._number: str | None = None

    def names(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Whether a line of the text is the head of what follows, by its number and a firm's name alone: 一、禾丰银行.

        A line numbered like such a head ends what stood below that, whomever it names.
        """
        number = _numbering(text) if text[:1] in _OPENS else None
        if number is not None and number == self._number:
            self.firm = self.alone = self._number = None
        if number is None or not _names_only(text, mentions):
            return False
        self._number = number
        return True

    def note(self, text: str, mentions: Sequence[Mention]) -> str | None:
        """Notes a head; the one firm that it names."""
        named = {one.firm for one in mentions if one.firm}
        self.firm = named.pop() if len(named) == 1 else None
        self.alone = self.firm if self.firm and _names_only(text, mentions) else None
        return self.firm


def _numbering(text: str) -> str | None:
    """In what way a line is numbered, as 1、 or （一）; None where it bears no number."""
    number = cues.NUMBERED.match(text)
    return _DIGITS.sub(lambda one: "1" if one.group().isascii() else "一", number.group().strip()) if number else None


def _names_only(text: str, mentions: Sequence[Mention]) -> bool:
    first = mentions[0] if mentions and mentions[0].kind == "name" else None
    if first is None or len(text) > _LONGEST or any(one.firm not in (None, first.firm) for one in mentions):
        return False
    before = not first.start or cues.NUMBERED.fullmatch(text, 0, first.start)
    return bool(before) and cues.HEAD_ENDS.match(text[first.end :]) is not None
