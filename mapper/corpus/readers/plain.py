"""Plain text: a line is a paragraph, unless the lines were wrapped at a fixed width."""

from __future__ import annotations

from mapper.corpus.lines import stanzas, unwrap
from mapper.corpus.reading import Block, Reading


class PlainReader:
    """Claims every text."""

    def claims(self, text: str) -> bool:
        """True: whatever could be decoded can be read as lines."""
        return True

    def read(self, text: str, encoding: str) -> Reading:
        """One block a paragraph, its place in the text as it stands."""
        paragraphs = unwrap(list(stanzas(text)))
        return Reading(text, tuple(Block(words.strip()) for words in paragraphs), "text", encoding)
