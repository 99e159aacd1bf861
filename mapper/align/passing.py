"""Whom a document only names in passing: it says next to nothing of them beside the firm that it is mostly about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from mapper.model import Act

SHARE = 0.02
"""Share of what a document says of the firm that it says most of, below which another one is only named in passing."""


def in_passing(acts: Iterable[Act], known: Collection[str]) -> frozenset[str]:
    """The ids of those firms; none of the ``known``, of which the document shows something or is said to be about.

    Where a document says as little of everybody, as a list or a notice does, nobody is named in passing.
    """
    said: Counter[str] = Counter()
    for act in acts:
        said[act.firm] += act.end - act.start
    most = max(said.values(), default=0)
    return frozenset(firm for firm, characters in said.items() if characters < SHARE * most and firm not in known)
