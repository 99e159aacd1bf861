"""Plain text: a line is a paragraph, unless the lines were wrapped at a fixed width."""

from __future__ import annotations

import re

from mapper.corpus.lines import lines, unwrap
from mapper.corpus.reading import Block, Reading

_BLANK = re.compile(r"(?:[^\S\r\n]*(?:\r\n|\r|\n)){2,}|\f")


class PlainReader:
    """Claims every text."""

    def claims(self, text: str) -> bool:
        """True: whatever could be decoded can be read as lines."""
        return True

    def read(self, text: str, encoding: str) -> Reading:
        """One block a paragraph, its place in the text as it stands."""
        groups = []
        start = 0
        for blank in [*_BLANK.finditer(text), None]:
            end = blank.start() if blank else len(text)
            groups.append(list(lines(text[start:end], start)))
            start = blank.end() if blank else end
        paragraphs = unwrap([group for group in groups if group])
        return Reading(text, tuple(Block(words.strip()) for words in paragraphs), "text", encoding)
