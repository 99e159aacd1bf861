"""When two quotes are the same words: normalised texts, their overlap, and an index of the texts of one document."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from mapper.fingerprint import normalised
from mapper.letters import TONED

RUN = 10
"""Characters of a shared run that is always enough."""

_GLOSS = re.compile(rf"(?<=[^\W\d_])\([a-zü]{{0,4}}[{TONED}][a-zü]{{0,4}}\)")


def normalise(text: str) -> str:
    """The text without what a copy may change: width (NFKC), glosses ``字(zì)``, spaces, punctuation and case."""
    return normalised(_GLOSS.sub("", unicodedata.normalize("NFKC", text)))


def enough(length: int) -> int:
    """Length of the shared run that makes an overlap, where the shorter text has ``length`` characters.

    10 characters, or 60 % of a text too short for that (rounded up).
    """
    return min(RUN, -(-3 * length // 5))


def overlaps(first: str, second: str) -> bool:
    """Whether two normalised texts share a run that is long enough. An empty text overlaps nothing."""
    short, long = sorted((first, second), key=len)
    run = enough(len(short))
    return run > 0 and any(short[at : at + run] in long for at in range(len(short) - run + 1))


class Index:
    """Normalised texts, numbered from 0 in the order given, to be asked which of them overlap another text.

    Texts for which a run of ``RUN`` is asked are found by their grams of that length; the few shorter ones one by one.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._short = [number for number, text in enumerate(self._texts) if enough(len(text)) < RUN]
        self._grams: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(self._texts):
            if enough(len(text)) == RUN:
                for gram in _grams(text):
                    self._grams[gram].append(number)

    def overlapping(self, text: str) -> list[int]:
        """Numbers of the texts that overlap this one (normalised), ascending."""
        if enough(len(text)) < RUN:
            return [number for number, other in enumerate(self._texts) if overlaps(text, other)]
        found = {number for number in self._short if overlaps(text, self._texts[number])}
        for gram in self._grams.keys() & _grams(text):
            found.update(self._grams[gram])
        return sorted(found)


def _grams(text: str) -> set[str]:
    return {text[at : at + RUN] for at in range(len(text) - RUN + 1)}
