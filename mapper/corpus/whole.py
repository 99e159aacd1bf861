"""One file as its paragraphs, nothing left out: for texts that are read for themselves and are no document on a firm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mapper.corpus import folder as files
from mapper.corpus.paragraphs import paragraphs
from mapper.corpus.readers import read
from mapper.corpus.repair import repair
from mapper.problems import Problem, UnreadableError


def whole_paragraphs(path: Path) -> tuple[str, ...] | Problem:
    """The repaired paragraphs of one file in reading order, headings among them; or why it cannot be read."""
    try:
        reading = read(files.load(path.parent, path.name))
    except UnreadableError as why:
        return Problem(why.code, str(path), params=why.params)
    words, _ = repair([block.words for block in reading.blocks])
    blocks = [replace(block, words=repaired) for block, repaired in zip(reading.blocks, words, strict=True)]
    found = tuple(text for one in paragraphs(blocks) if (text := one.text.strip()))
    return found or Problem("document-no-text", str(path))
