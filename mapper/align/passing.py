"""Whom a document only names in passing: it says next to nothing of them beside the firm that it is mostly about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from mapper.model import Act

SHARE = 0.02
"""Share of what a document says of the firm that it says most of, below which another one is only named in passing."""


def in_passing(acts: Iterable[Act], known: Collection[str], telling: Iterable[Act] | None = None) -> frozenset[str]:
    """The ids of those firms; none of the ``known``, of which the document shows something or is said to be about.

    ``telling``: those of the acts that stand where words can be evidence, if not all do: who holds the shares of a firm, or is
    only named by its auditor, is named in passing. Where a document says as little of everybody, as a list or a notice does,
    nobody is.
    """
    acts = list(acts)
    said: Counter[str] = Counter()
    for act in acts if telling is None else telling:
        said[act.firm] += act.end - act.start
    most = max(said.values(), default=0)
    about_somebody = bool(most or known)
    named = {act.firm for act in acts}.difference(known)
    return frozenset(one for one in named if said[one] < SHARE * most or (about_somebody and not said[one]))
