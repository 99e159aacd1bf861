"""Sentences × runs, as the learners take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def table(values: Sequence[Mapping[str, float]], kept: Sequence[str]) -> Any:
    """What each of the runs that are kept is worth in each sentence (sentences × runs, sparse, of floats)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {gram: number for number, gram in enumerate(kept)}
    starts, columns, data = [0], [], []
    for one in values:
        pairs = sorted((place[gram], value) for gram, value in one.items() if gram in place)
        columns += [column for column, _ in pairs]
        data += [value for _, value in pairs]
        starts.append(len(columns))
    cells = np.array(data), np.array(columns, dtype=np.int32), np.array(starts, dtype=np.int32)
    return csr_matrix(cells, (len(values), len(kept)))
