"""Text that is none: characters that no document holds, or Han characters as no language strings them together.

Fonts without a character map give control characters and private ones; UTF-8 once read as Latin-1 gives accented
letters (é“¶è¡Œ); UTF-8 once read as GBK gives Han characters that hardly any text uses (閾惰). What was packed for
machines (%E5%BE%AE, \\u5fae, =E5=BE=AE, base64) gives letters that are no words.
"""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import category

from mapper.corpus.decode import HAN, familiar, usual

_SAMPLE = 60_000
_LEAST = 40
"""Characters below which nothing is said of a text."""
_IMPOSSIBLE = frozenset({"Cc", "Co", "Cn", "Cs"})
_MOST_IMPOSSIBLE = 0.15
_MOST_ACCENTED = 0.3
_PACKED = re.compile(
    r"(?:%[0-9A-Fa-f]{2}){6,}+|(?:=[0-9A-Fa-f]{2}){6,}+|(?:\\u[0-9A-Fa-f]{4}){4,}+|(?<![A-Za-z0-9+/])(?P<letters>[A-Za-z0-9+/]{60,399}+)(?![A-Za-z0-9+/])"
)
"""Longer runs of base64 are pictures within a text (see repair/characters.py)."""
_MOST_PACKED = 0.5
_LEAST_FIGURES = 0.08
"""Share of figures and of + and / among the letters of base64; by chance it is twice as high."""
_LEAST_HAN = 40
_LEAST_FAMILIAR = 0.1
"""Share of the commonest characters among Han characters; in real prose it is three times as high."""
_LEAST_USUAL = 0.85
"""Share of the three thousand characters that nearly all writing makes do with, lists of names too …"""
_FEWEST_USUAL = 0.7
"""… and below which a text is none, however many of its characters are common ones: a font may have half a map."""


_STRETCH = re.compile(
    r"^[A-Za-z0-9+/]{60,80}\r?\n(?:[A-Za-z0-9+/]{60,80}\r?\n)+[A-Za-z0-9+/]{0,80}={0,2}|(?:^[^\n]{0,80}(?:=[0-9A-F]{2}){6,26}=\r?\n)+",
    re.MULTILINE,
)
"""Lines of base64, or of letters written as figures, as mail carries them."""


def packed_stretches(text: str) -> int:
    """How many stretches of a text are packed for transport, so that nobody can read them."""
    found = (match.group() for match in _STRETCH.finditer(text))
    return sum(sum(map(one.count, "0123456789+/=")) >= _LEAST_FIGURES * len(one) for one in found)


def _is_packed(text: str) -> bool:
    """Whether most of a text is Chinese as machines pass it on to each other; base64 bears more figures than any words."""
    packed = 0
    for found in _PACKED.finditer(text):
        letters = found["letters"]
        packed += len(found.group()) if not letters or sum(map(letters.count, "0123456789+/")) >= _LEAST_FIGURES * len(letters) else 0
    return packed > _MOST_PACKED * len(text)


def is_garbled(text: str) -> bool:
    """Whether what was decoded cannot be what was written."""
    sample = "".join(text[:_SAMPLE].split())
    if len(sample) < _LEAST:
        return False
    impossible = accented = 0
    others = HAN.sub("", sample)
    han = len(sample) - len(others)
    for char in others:
        if "\u00a1" <= char <= "\u00ff" and char not in "·×°":
            accented += 1
        elif char > "\u007e" or char < " ":
            impossible += char == "\ufffd" or category(char) in _IMPOSSIBLE
    if impossible > _MOST_IMPOSSIBLE * len(sample) or accented > _MOST_ACCENTED * len(sample):
        return True
    if _is_packed(text[:_SAMPLE]):
        return True
    if han < _LEAST_HAN:
        return False
    counts = Counter(sample).items()
    known = sum(count for char, count in counts if "\u3400" <= char <= "\u9fff" and usual(char, "gb18030"))
    return known < (_LEAST_USUAL if familiar(sample) < _LEAST_FAMILIAR else _FEWEST_USUAL) * han
