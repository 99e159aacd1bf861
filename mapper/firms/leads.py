"""Words of every day that stand right before a name and are no part of it: 得知禾川银行, 致电禾川财险."""

from __future__ import annotations

from functools import cache

from mapper.firms.names import begins_with_place
from mapper.firms.ordinary import pairs

LEAST = 2
"""Characters that a stem has at least."""


@cache
def leading() -> frozenset[str]:
    """Verbs, function words, words of time and place, and nouns for people, of two characters, with which no listed name begins."""
    return pairs("leading.txt")


@cache
def _alone() -> frozenset[str]:
    """Those among them that are verbs and function words of the commonest, or places without a name (场内)."""
    return pairs("alone.txt")


def is_word(stem: str) -> bool:
    """Whether a stem is such a word and nothing else: 得知 in 得知银行."""
    return stem in _alone()


def without_lead(before: str, stem: str) -> str:
    """A stem without such words in front of it, nor the end of one that a stop cut in two (听|闻禾川); ``before`` ends with the stem."""
    if begins_with_place(stem):
        return stem
    at = len(before) - len(stem)
    if at and len(stem) > LEAST and before[at - 1 : at + 1] in leading():
        stem = stem[1:]
    while len(stem) >= 2 + LEAST and stem[:2] in leading() and not begins_with_place(stem):
        stem = stem[2:]
    return stem
