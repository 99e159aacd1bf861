"""What a matcher is shown, and what it says: the seam between reading a stretch and weighing what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from mapper.model import InputFile

Span = tuple[int, int]


@dataclass(frozen=True)
class Stretch:
    """Words of one passage that speak about one firm: ``text[start:end]``.

    ``names``: places of names of firms in the text, which say who acts and not what is done; ``before``: the passage
    before it in the document, its names replaced by :data:`mapper.matchers.grams.NAME`.
    """

    text: str
    start: int
    end: int
    names: tuple[Span, ...] = ()
    before: str = ""


@dataclass(frozen=True)
class Claim:
    """A matcher's word that a stretch bears on a requirement.

    ``words``: what speaks for it, as spans of the passage's text; ``source``: the rule, or the reader, that says so;
    ``breach``: the rule is one of the duty broken; ``features``: numbers for the score, by names that no other matcher
    uses.
    """

    requirement: str
    source: str
    words: tuple[Span, ...]
    features: Mapping[str, float]
    breach: bool = False


@dataclass(frozen=True)
class Found:
    """All that one matcher says of a stretch: its claims, and ``facts`` about the stretch whatever the requirement."""

    claims: tuple[Claim, ...] = ()
    facts: Mapping[str, float] = field(default_factory=dict)


class Matcher(Protocol):
    """Proposes requirements. Pure: the same stretch gives the same claims."""

    @property
    def inputs(self) -> Iterable[InputFile]:
        """The files that it works by, with digests."""

    def read(self, stretch: Stretch) -> Found:
        """What the stretch bears on."""
