"""Pinyin glosses such as 監(jiān)管, and the bytes that were shifted where one was put into the middle of a character.

Some converter replaced, in the GBK bytes of a text, each of some sixty characters X by ``X(pinyin)``. The two bytes of
X can also straddle two other characters: 向實 is CFF2 8C8D, F28C is 驅, and so the bytes became ``CF F28C(qū) 8D…``,
which reads ``向?qū)…`` with every pair of bytes after it shifted by one, until a second accident shifts them back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from mapper.corpus.textmap import Edit, TextMap
from mapper.letters import TONED

_SYLLABLE = rf"(?=[a-zü]{{0,5}}[{TONED}])[a-zü{TONED}]{{1,6}}"
_GLOSS = re.compile(rf"(?<=[A-Za-z\u3400-\u9fff])\(({_SYLLABLE})\)")
_SHIFT = re.compile(rf"\?({_SYLLABLE})\)")
_ENOUGH = 3
"""Different glossed characters a document must show: one or two may be a dictionary's, or an author's, own."""

GlossTable = dict[str, list[bytes]]
"""For each syllable, the GBK bytes of the characters that the document glosses with it."""


def repair(blocks: Sequence[TextMap], codes: set[str]) -> list[TextMap]:
    """Put shifted bytes back and strip glosses, if the document is damaged in this way at all."""
    table = _glossed(blocks)
    if len({char for chars in table.values() for char in chars}) < _ENOUGH:
        return list(blocks)
    return [_strip(_unshift(block, table, codes), codes) for block in blocks]


def _glossed(blocks: Sequence[TextMap]) -> GlossTable:
    table: defaultdict[str, list[bytes]] = defaultdict(list)
    for block in blocks:
        for match in _GLOSS.finditer(block.text):
            char = _gbk(block.text[match.start() - 1])
            if char not in table[match.group(1)]:
                table[match.group(1)].append(char)
    return table


def _gbk(text: str) -> bytes:
    return text.encode("gbk", errors="replace")


def _strip(block: TextMap, codes: set[str]) -> TextMap:
    edits: list[Edit] = [(*match.span(), "") for match in _GLOSS.finditer(block.text)]
    if edits:
        codes.add("gloss")
    return block.edit(edits)


def _unshift(block: TextMap, table: GlossTable, codes: set[str]) -> TextMap:
    sites = list(_SHIFT.finditer(block.text))
    edits: list[Edit] = []
    i = 0
    while i < len(sites):
        first = sites[i]
        found = _between(block.text, first, sites[i + 1], table) if i + 1 < len(sites) else None
        i += 2 if found else 1
        if found:
            edits += found
            codes.add("shifted-bytes")
        else:
            follows = i < len(sites) and sites[i].start() == first.end()
            stray = not follows and block.text[first.end() : first.end() + 1] == "?"
            edits.append((first.start(), first.end() + stray, "\ufffd" * (1 + stray)))
    return block.edit(edits)


def _between(text: str, first: re.Match[str], second: re.Match[str], table: GlossTable) -> list[Edit] | None:
    """The edits that put right what lies between two sites, or None where bytes are missing."""
    if first.start() == 0:
        return None
    opening = _trail(text[first.start() - 1], first.group(1), table)
    # A stray half of the last character has been swallowed, with the bracket of the gloss, by the second "?".
    for closing in table.get(second.group(1), []):
        stream = (opening or b"") + _gbk(text[first.end() : second.start()]) + closing[1:]
        if opening is None or b"?" in stream or len(stream) % 2:
            continue
        try:
            repaired = stream.decode("gbk")
        except UnicodeDecodeError:
            continue
        if _gbk(repaired[-1]) == closing:
            return [(first.start(), second.end(), repaired)]
    return None


def _trail(before: str, syllable: str, table: GlossTable) -> bytes | None:
    """The second byte of the glossed character whose first byte is the second byte of ``before``."""
    last = _gbk(before)[-1:]
    trails = {char[1:] for char in table.get(syllable, []) if char[:1] == last and len(char) == 2}
    return trails.pop() if len(trails) == 1 else None
