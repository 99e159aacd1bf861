"""Footnotes that stand between the two halves of a sentence, where its page ended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.rules import pattern

MOST_LINES = 3
_LENGTH = 240
_STOP = re.compile(r"[。！？][”’」』）)]*\s*$")
_CIRCLED = re.compile("[①-⑳]")


def note(texts: Sequence[str], before: str) -> int:
    """How many lines a note takes that begins with these, below a line that ends within a sentence; 0 where none does.

    A note is one or more whole sentences behind a mark. Marks that count items within a sentence begin no notes: the
    items before and after stand beside them.
    """
    mark = pattern("furniture", "note-mark")
    held = ""
    for count, text in enumerate(texts[:MOST_LINES], 1):
        if len(text) > _LENGTH or bool(mark.match(text)) != (count == 1):
            return 0
        held += text
        if _STOP.search(text):
            counted = set(_CIRCLED.findall(held)) | set(_CIRCLED.findall(before))
            return 0 if len(counted) > 1 else count
    return 0
