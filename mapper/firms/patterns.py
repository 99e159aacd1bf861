"""The rules by which names are told (``rules/names.yaml``), as patterns."""

from __future__ import annotations

import re
from functools import cache

from mapper.rules import pattern, rules


@cache
def name_rule(id: str) -> re.Pattern[str]:
    """The pattern of one rule. Raises KeyError for an unknown id."""
    return pattern("names", id)


@cache
def name_words(id: str) -> frozenset[str]:
    """The words of such a rule, to look one up in. Raises KeyError for an unknown id."""
    return frozenset(rules("names")[id].words)
