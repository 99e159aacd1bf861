"""What a matcher is shown, and what it says: the seam between reading a stretch and weighing what was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from mapper.letters import Span
from mapper.matchers.grams import folded, masked
from mapper.model import InputFile


@dataclass(frozen=True)
class Stretch:
    """Words of one passage that speak about one firm: ``text[start:end]``.

    ``names``: places of names of firms in the text, which say who acts and not what is done; ``before``: the passage
    before it in the document, its names replaced by :data:`mapper.matchers.grams.NAME`; ``place``: the passage's number
    and the firm, for what was said of this very place.
    """

    text: str
    start: int
    end: int
    names: tuple[Span, ...] = ()
    before: str = ""
    place: tuple[int, str] | None = None

    @cached_property
    def inside(self) -> tuple[Span, ...]:
        """The places of names in its own words, from their start."""
        return tuple(
            (max(0, start - self.start), min(end, self.end) - self.start)
            for start, end in self.names
            if start < self.end and end > self.start
        )

    @cached_property
    def read(self) -> str:
        """Its words as they are read: names masked, figures folded."""
        return folded(masked(self.text[self.start : self.end], self.inside))

    @cached_property
    def anonymous(self) -> str:
        """The whole passage as it is written, names masked."""
        return masked(self.text, self.names)

    @cached_property
    def read_before(self) -> str:
        """The same of the passage before."""
        return folded(self.before)


class Claim(NamedTuple):
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
class MatcherOutput:
    """All that one matcher says of a stretch: its claims, and ``facts`` about the stretch whatever the requirement."""

    claims: tuple[Claim, ...] = ()
    facts: Mapping[str, float] = field(default_factory=dict)


class Matcher(Protocol):
    """Proposes requirements. Pure: the same stretch gives the same claims."""

    @property
    def inputs(self) -> Iterable[InputFile]:
        """The files that it works by, with digests."""

    def read(self, stretch: Stretch, wanted: Collection[str] | None = None) -> MatcherOutput:
        """What the stretch bears on; ``wanted``: the requirements that are asked for, if not all."""
