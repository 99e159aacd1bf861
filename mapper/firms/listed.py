"""Lists: of firms that a regulator names, of what one of them did, in lines below its name, and of what a wrong is like at all."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.firms import cues
from mapper.firms.clauses import Attributed, clauses_of_each, opens_with_firm, respectively
from mapper.firms.mentions import Mention
from mapper.model import Passage

_LEAST = 3
"""So many firms make a list …"""
_NEAR = 3
"""… of which a sentence so many paragraphs on may still speak."""


class ListTracker:
    """Goes through a document and remembers the firms of its last list, for the sentences that refer back to it."""

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
            if _one_by_one(text, mentions, len(firms)):
                return None
            return [Attributed(firm, 0, end, "named", first[firm].word, first[firm]) for firm in firms]
        if not firms and self._firms and cues.REFERS.match(text) and passage.paragraph - self._paragraph <= _NEAR:
            return [Attributed(firm, 0, end, "listed", word) for firm, word in self._firms.items()]
        return None


def _one_by_one(text: str, mentions: Sequence[Mention], firms: int) -> bool:
    """Whether a sentence that names several firms says of each in a clause of its own what it did."""
    spans = clauses_of_each(text, mentions)
    opening = [opens_with_firm(text, span, mentions) for span in spans]
    if any(respectively(text, *span, firms) for span in spans):
        return True
    first = next((span[0] for span, firm in zip(spans, opening, strict=True) if firm), 0)
    return len({*opening} - {None}) > 1 and cues.SHARED_CAUSE.match(text[:first]) is None


class Itemised:
    """The numbered lines below a line that announces what one firm did wrong: they are that firm's."""

    def __init__(self) -> None:
        self._firm: str | None = None
        self._word = ""

    def told(self, passage: Passage, mentions: Sequence[Mention]) -> list[Attributed] | None:
        """What such a line says of its firm; None for any other passage."""
        text = passage.text.strip()
        firms = {one.firm: one.word for one in reversed(mentions) if one.firm}
        if self._firm is not None and not set(firms) - {self._firm} and cues.NUMBERED.match(text):
            return [Attributed(self._firm, 0, len(passage.text), "listed", self._word)]
        self._firm = None
        if text.endswith(("：", ":")) and len(firms) == 1 and cues.FAULTS_OF.search(text):
            self._firm, self._word = firms.popitem()
        return None


class Kinds:
    """The lines below one that says what a wrong looks like, whoever does it: «销售误导的主要表现包括：». They are nobody's."""

    def __init__(self) -> None:
        self._below = False

    def holds(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Whether a passage is such a line, or the one above them."""
        text = text.strip()
        if any(one.firm for one in mentions):
            self._below = False
        elif cues.KINDS_OF_WRONG.match(text):
            self._below = True
        elif self._below:
            self._below = cues.MARKED.match(text) is not None or text.endswith(("；", ";"))
        return self._below
