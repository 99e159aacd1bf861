"""Paragraphs → passages: one sentence each, numbered in reading order, with its section, speaker and place."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.corpus.paragraphs import Paragraph
from mapper.corpus.repair import LOST
from mapper.corpus.sentences import spans
from mapper.model import Passage


def passages(document: str, found: Sequence[Paragraph]) -> tuple[Passage, ...]:
    """The passages of a document, ``number`` and ``paragraph`` counting from 0.

    ``start``/``end`` are those of the sentence in the decoded original; a heading or a caption is one passage.
    """
    result: list[Passage] = []
    section: str | None = None
    for number, paragraph in enumerate(found):
        whole = paragraph.role in ("heading", "caption")
        for start, end in [(0, len(paragraph.text))] if whole else spans(paragraph.text):
            words = paragraph.words[start:end]
            result.append(
                Passage(
                    document=document,
                    number=len(result),
                    start=words.start,
                    end=words.end,
                    text=words.text,
                    paragraph=number,
                    role=paragraph.role,
                    section=section,
                    speaker=paragraph.speaker,
                    page=paragraph.page,
                    place=paragraph.place,
                    damaged=LOST in words.text,
                )
            )
        if paragraph.role == "heading":
            section = paragraph.text
    return tuple(result)
