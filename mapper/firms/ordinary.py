"""Pairs of characters that make words of every day; no firm that goes by a short name bears them in its stem."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def ordinary() -> frozenset[str]:
    """The pairs, counted once from the example sentences that ship (five times or more), words of names left out."""
    lines = files(__package__).joinpath("ordinary.txt").read_text(encoding="utf-8").split()
    return frozenset(line[0] + second for line in lines for second in line[1:])
