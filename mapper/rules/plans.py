"""Whether a sentence speaks of what is still to be done, foreseen, or only asked for: by the words of the sheet «plans»."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from mapper.rules import pattern, rules

_REACH = 8
"""Sentences over which a plan goes on at most."""


@lru_cache(maxsize=4096)
def looks_ahead(text: str) -> bool:
    """Whether a sentence announces a plan or a wish, and tells of nothing that is done beside it."""
    if pattern("plans", "foreseen").search(text) is not None:
        return True
    to_come = pattern("reading", "disposed").sub("把", text)
    return pattern("plans", "ahead").search(to_come) is not None and pattern("plans", "done").search(text) is None


def goes_on(text: str, before: Iterable[str]) -> bool:
    """Whether a sentence goes on with a plan that one before it announced: it has neither a subject nor a time of its own, nor
    a figure, and is no row of a table.

    ``before``: the sentences before it, the nearest first. The first of them that begins anew must announce the plan.
    """
    if _anew(text):
        return False
    for one in islice(before, _REACH):
        if looks_ahead(one):
            return True
        if _anew(one):
            return False
    return False


@lru_cache(maxsize=4096)
def _anew(text: str) -> bool:
    return any(pattern("plans", one).search(text) for one in ("anew", "done", "told"))


@lru_cache(maxsize=4096)
def foresees(text: str) -> bool:
    """Whether a sentence says how a market or a trade will go, and tells of nothing that is done."""
    said = rules("plans")
    return said["forecast"].pattern.search(text) is not None and not any(said[one].pattern.search(text) for one in ("done", "acted"))


@lru_cache(maxsize=4096)
def only_asked(text: str) -> bool:
    """Whether somebody only asks of a firm what a sentence tells: before that the firm does nothing, and behind it nothing is
    told to be done. Names of firms are masked."""
    asked = pattern("plans", "asked").search(text)
    return asked is not None and pattern("plans", "done").search(text, asked.end()) is None
