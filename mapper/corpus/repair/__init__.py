"""Undo what scraping and converting did to a text, keeping the way back to every original character.

The order matters: lost bytes first (their traces contain glosses), then glosses, single characters, marks, and the script.
"""

from __future__ import annotations

from collections.abc import Sequence

from mapper.corpus.repair import characters, gloss, punctuation, script
from mapper.corpus.textmap import TextMap

LOST = "\ufffd"
"""Stands for what could not be repaired."""


def repair(blocks: Sequence[TextMap]) -> tuple[list[TextMap], tuple[str, ...]]:
    """Repair the blocks of one document; the document as a whole decides which repairs are called for.

    Returns the blocks (same number, some perhaps empty) and the codes of the repairs that changed something:
    ``shifted-bytes``, ``gloss``, ``lost-characters``, ``entities``, ``invisible``, ``width``, ``traditional``.
    """
    codes: set[str] = set()
    blocks = gloss.repair(blocks, codes)
    blocks = [characters.repair(block, codes) for block in blocks]
    blocks = punctuation.repair(blocks, codes)
    blocks = script.repair(blocks, codes)
    if any(LOST in block.text for block in blocks):
        codes.add("lost-characters")
    return list(blocks), tuple(sorted(codes))
