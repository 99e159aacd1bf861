"""How the requirements of a catalog fire on a corpus: never, nearly everywhere, always together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from mapper.catalog.load import Catalog
from mapper.model import Alignment
from mapper.problems import Problem

EVERYWHERE = 0.25
"""Share of all sentences in which a firm acts from which a requirement fires everywhere."""
LEAST = 8
"""Sentences of a corpus below which nothing can be said to fire everywhere."""
TOGETHER = 0.8
"""Share of the sentences of two requirements that are of both, from which they always fire together."""
FEWEST = 4
"""Sentences of both below which that may be chance."""


def check_firing(alignment: Alignment, catalog: Catalog) -> Iterator[Problem]:
    """What an author should look at; all are warnings, since a corpus may just be so."""
    quotes: defaultdict[str, set[str]] = defaultdict(set)
    for piece in alignment.evidence:
        quotes[piece.requirement].add(piece.quote)
    acted = {
        sentence.text
        for document in alignment.documents
        for sentence in document.text
        if sentence.role == "body" and any(a.start <= sentence.start and sentence.end <= a.end for a in document.acts)
    }
    for policy in catalog.policies:
        silent = [one.id for one in policy.requirements if not quotes[one.id]]
        if silent:
            path, line = catalog.places[policy.id]
            params = {"count": str(len(silent)), "whole": str(len(policy.requirements)), "ids": "、".join(silent)}
            yield Problem("requirements-silent", path, line, "warning", params)
        for one in policy.requirements:
            count = len(quotes[one.id])
            if len(acted) >= LEAST and count > EVERYWHERE * len(acted):
                path, line = catalog.places[one.id]
                params = {"id": one.id, "count": str(count), "whole": str(len(acted))}
                yield Problem("requirement-everywhere", path, line, "warning", params)
        for first, second in combinations((one.id for one in policy.requirements), 2):
            both, either = quotes[first] & quotes[second], quotes[first] | quotes[second]
            if len(both) >= FEWEST and len(both) >= TOGETHER * len(either):
                path, line = catalog.places[second]
                params = {"id": first, "other": second, "count": str(len(both)), "whole": str(len(either))}
                yield Problem("requirements-together", path, line, "warning", params)
