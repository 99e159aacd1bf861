"""Paragraphs → passages: one sentence each, numbered in reading order, with its section, speaker and place."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.corpus.limits import ROW_LIMIT, SENTENCE_LIMIT
from mapper.corpus.paragraphs import Paragraph, is_topic
from mapper.corpus.repair import LOST
from mapper.corpus.sections import Sections
from mapper.corpus.sentences import bearable, spans
from mapper.model import Passage


def passages(document: str, found: Sequence[Paragraph]) -> tuple[tuple[Passage, ...], int]:
    """The passages of a document, ``number`` and ``paragraph`` counting from 0; and how many sentences were divided.

    ``start``/``end`` are those of the sentence in the decoded original; a heading, a caption or a row is one passage.
    The first sentence of a paragraph that only names its matter is a heading.
    A sentence beyond its limit is divided, so that what comes after takes a time that grows with the text alone.
    """
    result: list[Passage] = []
    divided = 0
    section: str | None = None
    parts = Sections()
    for number, paragraph in enumerate(found):
        part = parts.below(paragraph.text, paragraph.role)
        whole = paragraph.single or paragraph.role in ("heading", "caption")
        ends = [(0, len(paragraph.text))] if whole else spans(paragraph.text)
        shares = bearable(paragraph.text, ends, ROW_LIMIT if whole else SENTENCE_LIMIT)
        divided += len(shares) - len(ends)
        for start, end in shares:
            words = paragraph.words[start:end]
            topic = paragraph.role == "body" and not whole and start == 0 < len(shares) - 1 and is_topic(words.text)
            result.append(
                Passage(
                    document=document,
                    number=len(result),
                    start=words.start,
                    end=words.end,
                    text=words.text,
                    paragraph=number,
                    role="heading" if topic else paragraph.role,
                    section=section,
                    part=part,
                    speaker=paragraph.speaker,
                    page=paragraph.page,
                    place=paragraph.place,
                    damaged=LOST in words.text,
                    facts=_inside(paragraph.facts, start, end),
                )
            )
            section = words.text if topic else section
        if paragraph.role == "heading":
            section = paragraph.text
    return tuple(result), divided


def _inside(span: tuple[int, int] | None, start: int, end: int) -> tuple[int, int] | None:
    """The part of a span of a paragraph that one of its passages holds, as places in that."""
    if span is None or span[1] <= start or span[0] >= end:
        return None
    return max(span[0], start) - start, min(span[1], end) - start
