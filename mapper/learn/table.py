"""Sentences as their runs of characters → a sparse table, one row a sentence, one column a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def feature_matrix(values: Sequence[Mapping[str, float]], kept: Sequence[str]) -> Any:
    """What each of the ``kept`` runs is worth in each sentence (sentences × runs, a SciPy CSR matrix)."""
    from scipy.sparse import csr_matrix

    place = {gram: number for number, gram in enumerate(kept)}
    starts, columns, data = [0], [], []
    for one in values:
        pairs = sorted((place[gram], value) for gram, value in one.items() if gram in place)
        columns += [column for column, _ in pairs]
        data += [value for _, value in pairs]
        starts.append(len(columns))
    return csr_matrix((data, columns, starts), (len(values), len(kept)))
