"""How alike two texts are among many: the cosine of their runs of few characters, rare runs weighing more.

Method: Salton and Buckley, «Term-weighting approaches in automatic text retrieval», Information Processing & Management
24 (1988), on runs of characters in place of words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import log, sqrt

SparseVector = Mapping[str, float]
"""The weights of the runs of a text."""
_APART = re.compile(r"[\W\d_]+")
LONG = (2, 3)
"""Sizes of the runs by which many sentences are compared."""
SHORT = (1, 2)
"""Sizes of the runs by which single short sentences are compared, which share few longer ones when they are reworded."""


@lru_cache(maxsize=20_000)
def letter_runs(text: str, sizes: tuple[int, ...] = LONG) -> frozenset[str]:
    """The runs of so many letters of a text; figures and punctuation part them."""
    return frozenset(
        part[at : at + size]
        for part in _APART.split(text.lower())
        for size in sizes
        for at in range(len(part) - size + 1)
    )


_FEW = 3
"""Texts that are taken together whole; of more, what only one of them says is left out."""


class RarityWeights:
    """Weighs runs by how rare they are, that is by how many of the texts bear it."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        self._in: Counter[str] = Counter()
        self._texts = 0
        for text in texts:
            self._in.update(text)
            self._texts += 1

    def vector(self, *texts: frozenset[str]) -> SparseVector:
        """The texts together as a vector of length one; of many texts, the runs that at least two of them bear."""
        counts = Counter(run for text in texts for run in text)
        least = 2 if len(texts) > _FEW else 1
        weighed = {
            run: count / len(texts) * log((self._texts + 1) / self._in[run])
            for run, count in sorted(counts.items())
            if count >= least and run in self._in
        }
        length = sqrt(sum(value * value for value in weighed.values()))
        return {run: value / length for run, value in weighed.items()} if length else {}


def cosine(one: SparseVector, other: SparseVector) -> float:
    """The cosine of two vectors of length one (0–1)."""
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[run] for run, value in one.items() if run in other)


def cosine_table(ones: Sequence[SparseVector], others: Sequence[SparseVector]) -> list[list[float]]:
    """The cosine of each with each, by an index of the runs: most pairs have few in common."""
    bearing: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, other in enumerate(others):
        for run, value in other.items():
            bearing[run].append((number, value))
    rows = []
    for one in ones:
        row = [0.0] * len(others)
        for run, value in one.items():
            for number, weight in bearing.get(run, ()):
                row[number] += value * weight
        rows.append(row)
    return rows
