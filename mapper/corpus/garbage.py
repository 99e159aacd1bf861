"""Text that is none: characters that no document holds, or Han characters as no language strings them together.

Fonts without a character map give control characters and private ones; UTF-8 once read as Latin-1 gives accented
letters (é“¶è¡Œ); UTF-8 once read as GBK gives Han characters that hardly any text uses (閾惰).
"""

from __future__ import annotations

from unicodedata import category

from mapper.corpus.decode import HAN, familiar, usual

_SAMPLE = 60_000
_LEAST = 40
"""Characters below which nothing is said of a text."""
_IMPOSSIBLE = frozenset({"Cc", "Co", "Cn", "Cs"})
_MOST_IMPOSSIBLE = 0.15
_MOST_ACCENTED = 0.3
_LEAST_HAN = 40
_LEAST_FAMILIAR = 0.1
"""Share of the commonest characters among Han characters; in real prose it is three times as high."""
_LEAST_USUAL = 0.85
"""Share of the three thousand characters that nearly all writing makes do with, lists of names too."""


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
    if han < _LEAST_HAN or familiar(sample) >= _LEAST_FAMILIAR:
        return False
    return sum(usual(char, "gb18030") for char in sample if "\u3400" <= char <= "\u9fff") < _LEAST_USUAL * han
