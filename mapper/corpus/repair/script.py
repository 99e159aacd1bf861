"""Traditional characters → simplified, where a text is written in them.

OpenCC's ``tw2s`` is used: it changes characters and no vocabulary, and keeps 著 apart from 着. On a simplified text it
would do harm (显著 → 显着), hence the gate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from difflib import SequenceMatcher
from functools import cache
from typing import Protocol

from mapper.corpus.textmap import Edit, TextMap
from mapper.rules import pattern

_DOCUMENT = 0.02
"""Share of traditional characters among Han characters from which a whole document is converted …"""
_BLOCK = 0.10
"""… and that from which a single block of a document in simplified characters is."""
_LEAST = 4


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def repair(blocks: Sequence[TextMap], codes: set[str]) -> list[TextMap]:
    """Convert every block of a document in traditional characters, or the single blocks that are."""
    text = "".join(block.text for block in blocks)
    strange = set(filter(_traditional, set(text)))
    if not strange:
        return list(blocks)
    characters = Counter(text)
    traditional = sum(characters[char] for char in strange)
    whole = traditional >= _LEAST and traditional >= _DOCUMENT * _han(characters)
    repaired = []
    for block in blocks:
        if whole or (not strange.isdisjoint(block.text) and _is_traditional(Counter(block.text), strange)):
            block = _convert(block)
            codes.add("traditional")
        repaired.append(block)
    return repaired


def _is_traditional(characters: Counter[str], strange: Set[str]) -> bool:
    own = sum(number for char, number in characters.items() if char in strange)
    return own >= _LEAST and own >= _BLOCK * _han(characters)


def _han(characters: Counter[str]) -> int:
    """How many characters are Han at all."""
    return sum(number for char, number in characters.items() if _is_han(char))


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


@cache
def _traditional(char: str) -> bool:
    """A Han character that a simplified text does not use: in Big5, but not in GB2312."""
    if not _is_han(char):
        return False
    try:
        char.encode("gb2312")
        return False
    except UnicodeEncodeError:
        pass
    try:
        char.encode("big5")
        return True
    except UnicodeEncodeError:
        return False


@cache
def _converter() -> _Converter:
    # Loading its tables takes a tenth of a second that most corpora need not spend.
    from opencc import OpenCC

    converter: _Converter = OpenCC("tw2s")
    return converter


def simplified(text: str) -> str:
    """A few words in simplified characters, whatever they are written in."""
    return _convert(TextMap.of(text)).text if any(map(_traditional, text)) else text


def _convert(block: TextMap) -> TextMap:
    text = block.text
    converted = _converter().convert(text)
    if len(converted) == len(text):
        restored = list(converted)
        for match in pattern("repair", "writing").finditer(text):
            restored[match.start()] = "著"
        return TextMap("".join(restored), block.starts, block.ends)
    edits: list[Edit] = []
    for tag, a, b, c, d in SequenceMatcher(None, text, converted, autojunk=False).get_opcodes():
        if tag != "equal" and a < b:
            edits.append((a, b, converted[c:d]))
    return block.edit(edits)
