"""Rows → hidden units: one net for all requirements, so that what one of them teaches about a word serves the others.

Plain back-propagation with dropout, by Adam (Kingma and Ba, 2015), which is lazy about runs that a batch does not bear.
Documents have a weight for each unit of their own, and those of the world one more, as in :mod:`mapper.learn.fit`; the
reader takes the sum. One thread and one seed: the same rows give the same net on one machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from mapper.learn.material import Row, Told
from mapper.learn.table import table
from mapper.matchers.few import POSITIVE
from mapper.matchers.grams import grams
from mapper.matchers.hidden import OUT_STEPS, STEPS, Hidden, pack_out, pack_row

UNITS = 96
MOST_RUNS = 9_500
"""Runs that units know: those that stand in most sentences."""
FEWEST_ROWS = 5_000
"""Sentences without which no net is taught: it has to find out by itself what words have in common."""
EPOCHS = 12
SIZE = 64
RATE = 2e-3
RUN_RATE = 4e-3
WARM = 0.05
COLDEST = 0.02
DROPPED = 0.2
SPREAD = 0.1
"""Of the weights of runs before they are taught."""
SELDOM = -4.0
"""Log odds of a requirement before anything is taught."""
REMEMBERED = (0.9, 0.999)
_BEYOND = 0.002
"""Share of a unit's weights that are larger than its largest step, and cut to that."""


def fit_hidden(rows: Sequence[Row], requirements: Sequence[str]) -> Hidden | None:
    """Teach the units; None where the rows are too few. Needs numpy and scipy."""
    import numpy as np
    from threadpoolctl import threadpool_limits

    if len(rows) < FEWEST_ROWS:
        return None
    values = [grams(row.text) for row in rows]
    counts = Counter(gram for one in values for gram in one)
    kept = sorted(sorted(counts, key=lambda gram: (-counts[gram], gram))[:MOST_RUNS])
    truth = np.array([[one in row.targets for one in requirements] for row in rows], dtype=np.float32)
    heed = np.array(
        [[row.targets.get(one, float(row.only is None)) for one in requirements] for row in rows], dtype=np.float32
    )
    told = np.array([[1.0, *(where in row.told for where in get_args(Told))] for row in rows], dtype=np.float32)
    with threadpool_limits(1):
        net = _taught(table(values, kept).astype(np.float32), told, truth, heed * (1 + (POSITIVE - 1) * truth))
    return _packed(net, kept)


@dataclass
class _Net:
    """``runs``: runs × units; ``told``: (all, documents, the world) × units; ``out``: units × requirements; ``bias``."""

    runs: Any
    told: Any
    out: Any
    bias: Any


class _Adam:
    """Moments of one table of weights; of a table whose rows are taught now and then, by row."""

    def __init__(self, weights: Any) -> None:
        import numpy as np

        self.weights, self.first, self.second = weights, np.zeros_like(weights), np.zeros_like(weights)

    def step(self, slope: Any, rate: float, number: int, rows: Any = slice(None)) -> None:
        """Go down a slope. ``number``: of the step, from 1."""
        import numpy as np

        short, long = REMEMBERED
        first = short * self.first[rows] + (1 - short) * slope
        second = long * self.second[rows] + (1 - long) * slope * slope
        self.first[rows], self.second[rows] = first, second
        self.weights[rows] -= rate * (first / (1 - short**number)) / (np.sqrt(second / (1 - long**number)) + 1e-8)


def _taught(sentences: Any, told: Any, truth: Any, heed: Any) -> _Net:
    import numpy as np
    from scipy.sparse import csr_matrix

    chance = np.random.RandomState(0)
    many, known = sentences.shape
    net = _Net(
        chance.normal(0, SPREAD, (known, UNITS)).astype(np.float32),
        np.zeros((told.shape[1], UNITS), np.float32),
        chance.uniform(-(UNITS**-0.5), UNITS**-0.5, (UNITS, truth.shape[1])).astype(np.float32),
        np.full(truth.shape[1], SELDOM, np.float32),
    )
    runs, others = _Adam(net.runs), [_Adam(one) for one in (net.told, net.out, net.bias)]
    steps, number = EPOCHS * -(-many // SIZE), 0
    for _ in range(EPOCHS):
        order = chance.permutation(many)
        for at in range(0, many, SIZE):
            chosen = order[at : at + SIZE]
            seen, where = sentences[chosen], told[chosen]
            said = seen @ net.runs + where @ net.told
            speaks = (said > 0) * (chance.random_sample(said.shape) >= DROPPED) / np.float32(1 - DROPPED)
            heard = said * speaks
            odds = heard @ net.out + net.bias
            wrong = (1 / (1 + np.exp(-odds)) - truth[chosen]) * heed[chosen] / np.float32(len(chosen))
            back = (wrong @ net.out.T) * speaks
            number += 1
            pace = min(1.0, number / (WARM * steps)) * max(COLDEST, 1 - (number - 1) / steps)
            for one, slope in zip(others, (where.T @ back, heard.T @ wrong, wrong.sum(0)), strict=True):
                one.step(slope, RATE * pace, number)
            met, place = np.unique(seen.indices, return_inverse=True)
            slope = csr_matrix((seen.data, place, seen.indptr), (len(chosen), len(met))).T @ back
            runs.step(slope, RUN_RATE * pace, number, met)
    return net


def _packed(net: _Net, kept: Sequence[str]) -> Hidden:
    """The net in steps."""
    import numpy as np

    steps = np.maximum(np.quantile(abs(net.runs), 1 - _BEYOND, axis=0) / STEPS, 1e-6)
    rows = np.clip(np.rint(net.runs / steps), -STEPS, STEPS).astype(int).tolist()
    out_steps = np.maximum(abs(net.out).max(0) / OUT_STEPS, 1e-6)
    out = np.rint(net.out / out_steps).astype(int).tolist()
    return Hidden(
        tuple(net.told.sum(0).tolist()),
        tuple(steps.tolist()),
        {gram: pack_row(row) for gram, row in zip(kept, rows, strict=True)},
        tuple(map(pack_out, out)),
        tuple(out_steps.tolist()),
        tuple(net.bias.tolist()),
    )
