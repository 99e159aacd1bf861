"""A sentence as its runs of one to three characters, with names masked and figures folded.

Method: character n-grams under a linear model; see Joulin et al., «Bag of Tricks for Efficient Text Classification»
(2017) for the family, and findings of this project for 1–3 characters being enough in Chinese.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log, sqrt
from operator import add

from mapper.rules import pattern

NAME = "△"
"""Stands for the name of a firm: who acts is not what is done."""
LONGEST = 3
CONTEXT = 0.4
"""How much a run of the sentence before counts beside one of the sentence itself."""
BEFORE = "<"
"""Opens a run that stands in the sentence before."""
DENIED = "¬"
"""Opens a run that stands in the reach of a word that denies."""
MOST = 600
"""Characters of a sentence that are read; what comes after says little more."""
FIGURE = re.compile(r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*")
_SPACE = re.compile(r"\s+")
_ITEM_NUMBER = pattern("reading", "item-number")
_DISPOSED = pattern("reading", "disposed")
_DENIES = pattern("reading", "denies")
_OPENS = frozenset(" 0一二三四五六七八九十(（﹙①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""What a number in a list begins with; most sentences do not."""


def masked(text: str, names: Iterable[tuple[int, int]] = ()) -> str:
    """The text with every name as :data:`NAME`; places that overlap an earlier one are passed over."""
    parts: list[str] = []
    last = 0
    for start, end in sorted(names):
        if start >= last:
            parts += (text[last:start], NAME)
            last = end
    return "".join((*parts, text[last:]))


@lru_cache(maxsize=512)
def folded(text: str) -> str:
    """What the text tells (:func:`told`), made :func:`flat`.

    A sentence is asked for by every reader, by each of its firms, and again as the one before.
    """
    return told(flat(text))


def flat(text: str) -> str:
    """The text with figures as one 0, white space as one space, and letters in lower case."""
    return _SPACE.sub(" ", FIGURE.sub("0", text)).replace("％", "%").lower()


def told(text: str) -> str:
    """The end of a flat text, behind the number of an item in a list, with 把 where 将 says no more: it is no time to come."""
    number = _ITEM_NUMBER.match(text) if text[:1] in _OPENS else None
    words = text[number.end() :] if number is not None else text
    return _DISPOSED.sub("把", words) if "将" in words else words


@dataclass(frozen=True)
class Runs:
    """The runs of one to three characters of a folded text: how often each stands there, in order of size and place.

    ``norm``: what a run that stands there once weighs; ``often``: those that stand there more often, by their number.
    ``denied``: runs of one and two characters in the reach of a word that denies, each once and opened by :data:`DENIED`
    (negation tagging: Das and Chen, «Yahoo! for Amazon», 2001; Pang, Lee and Vaithyanathan, «Thumbs up?», 2002).
    """

    counts: Mapping[str, int]
    norm: float
    often: tuple[tuple[int, tuple[str, ...]], ...] = ()
    denied: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, float]:
        """Each run with its weight: ``(1 + ln count) / sqrt(3 · length)``."""
        norm = self.norm
        return {gram: norm if count == 1 else norm * (1 + log(count)) for gram, count in self.counts.items()}


@lru_cache(maxsize=256)
def runs(text: str) -> Runs:
    """The runs of a folded text, all of it.

    A sentence is read, it is the one before, it is compared with lessons, and then its words are shown.
    """
    several: list[Sequence[str]] = [text]
    for size in range(1, LONGEST):
        several.append(list(map(add, several[-1], text[size:])))
    counts = Counter(chain.from_iterable(several))
    often: dict[int, list[str]] = {}
    for gram, count in [one for one in counts.items() if one[1] > 1]:
        often.setdefault(count, []).append(gram)
    groups = tuple((count, tuple(often[count])) for count in sorted(often))
    return Runs(counts, 1 / sqrt(max(8, 3 * len(text))), groups, tuple(_denied(text)))


def _denied(text: str) -> Iterable[str]:
    """The runs in the reach of words that deny, in order of their places."""
    reaches = [match["reach"] for match in _DENIES.finditer(text)]
    several = [several for one in reaches for several in (one, map(add, one, one[1:]))]
    return dict.fromkeys([DENIED + run for run in chain.from_iterable(several)])


def tagged(text: str) -> dict[str, float]:
    """Each run of a folded text with its weight, those in the reach of a word that denies as runs of their own beside."""
    found = runs(text[:MOST])
    return found.values | dict.fromkeys(found.denied, found.norm)


def grams(text: str, before: str = "") -> dict[str, float]:
    """Each run of a folded text with its weight (see :class:`Runs`), and those of the text before it."""
    found = runs(text[:MOST]).values
    if before:
        found |= {BEFORE + gram: CONTEXT * weight for gram, weight in runs(before[-MOST:]).values.items()}
    return found
