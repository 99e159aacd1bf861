"""The rules by which names are told (``rules/names.yaml``), as patterns."""

from __future__ import annotations

from functools import cache, partial

from mapper.rules import pattern, rules

name_rule = partial(pattern, "names")
"""The pattern of one rule by its id. Raises KeyError for an unknown one."""


@cache
def name_words(id: str) -> frozenset[str]:
    """The words of such a rule, to look one up in. Raises KeyError for an unknown id."""
    return frozenset(rules("names")[id].words)
