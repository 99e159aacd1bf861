"""Whether a sentence speaks of what is still to be done: by the words of the sheet «plans»."""

from __future__ import annotations

from mapper.rules import rules


def looks_ahead(text: str) -> bool:
    """Whether a sentence announces a plan or a wish, and tells of nothing that is done beside it."""
    return rules("plans")["ahead"].pattern.search(text) is not None and rules("plans")["done"].pattern.search(text) is None
