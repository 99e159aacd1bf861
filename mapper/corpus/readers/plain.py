"""Plain text: a line is a paragraph, unless the lines were wrapped at a width of their own or of their page."""

from __future__ import annotations

from mapper.corpus.lines import glue, page, stanzas
from mapper.corpus.reading import Block, Reading
from mapper.corpus.stacked import unbarred
from mapper.corpus.wrapped import WrappedLine, grouped


class PlainReader:
    """Claims every text."""

    def claims(self, text: str) -> bool:
        """True: whatever could be decoded can be read as lines."""
        return True

    def read(self, text: str, encoding: str) -> Reading:
        """One block a paragraph, its place in the text as it stands; running heads and page numbers are left out."""
        words = unbarred([line for group in stanzas(text) for line in group])
        ends = [0, *(line.end for line in words)]
        gaps = [text[end : line.start].replace("\r\n", "\n") for end, line in zip(ends, words, strict=False)]
        rows = [
            WrappedLine(line.text, gap=len(gap) > 1 or "\f" in gap, page="\f" in gap) for line, gap in zip(words, gaps, strict=True)
        ]
        paragraphs, heads = grouped(rows, lambda: page(words))
        blocks = tuple(Block(glue([words[i] for i in group]).strip()) for group in paragraphs)
        return Reading(text, blocks, "text", encoding, dropped=sum(len(words[i].text.strip()) for i in heads))
