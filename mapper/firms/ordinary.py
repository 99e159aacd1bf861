"""Characters, and pairs of them, of words of every day; no firm that goes by a short name bears them in its stem."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def ordinary() -> frozenset[str]:
    """The pairs, counted once from the example sentences that ship (five times or more), words of names left out."""
    return pairs("ordinary.txt")


@cache
def usual() -> frozenset[str]:
    """Those and many more, by which a name that a document says once only is judged.

    Counted in the same way from the written documents too. Names bear some of them: what is said again needs no such doubt.
    """
    return ordinary() | pairs("usual.txt")


@cache
def unnamed() -> frozenset[str]:
    """Characters of every day that no listed firm's name bears, nor a city's, beside those of the rule «stop».

    They were picked by hand from those that documents hold most often; those that counties bear (涉县, 屯留) were left out.
    """
    return frozenset("".join(files(__package__).joinpath("unnamed.txt").read_text(encoding="utf-8").split()))


def pairs(name: str) -> frozenset[str]:
    """The pairs of characters that a list holds: on each line the first, then every second."""
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").split()
    return frozenset(line[0] + second for line in lines for second in line[1:])
