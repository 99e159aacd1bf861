"""Requirements that the encoder's heads do not know, read by the vectors of their own sentences.

A logistic model over unit vectors tells the sentences of a requirement from its near misses and those of its sisters, and from
sentences about other things, whose vectors come with the encoder; shifted to log odds as in :mod:`mapper.matchers.few`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mapper.matchers.encoder import BACKGROUND, Encoder
from mapper.matchers.few import APART, POSITIVE, STRETCH, TURNS, shift

OUTWARD = 8.0
"""Length to which vectors are stretched, as the heads read them."""
RIDGE = 0.2
ROUNDS = 12
CAUTION, HALFWAY = 8.0, 6
"""Log odds that are taken from what vectors say, since all texts of a trade are alike; half of them for so few sentences, which
make no vector sure of anything.
"""


@dataclass(frozen=True)
class Nearby:
    """Weights over a vector, and a bias, by requirement."""

    models: Mapping[str, tuple[Any, float]]

    @property
    def requirements(self) -> tuple[str, ...]:
        """Ids of the requirements taught."""
        return tuple(self.models)

    def scores(self, vector: Any) -> dict[str, float]:
        """Log odds of each for the unit vector of a stretch, two digits."""
        return {one: round(float(vector @ weights) * OUTWARD + bias, 2) for one, (weights, bias) in self.models.items()}


def teach(encoder: Encoder, sides: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> Nearby | None:
    """Teach requirements; None where there is none to teach.

    ``sides``: by requirement the sentences that are evidence, and those of which its author says that they are none.
    """
    if not sides:
        return None
    import numpy as np

    raw = (encoder.folder / BACKGROUND).read_bytes()
    others = np.frombuffer(raw, np.int8).reshape(-1, encoder.settings["width"]).astype(np.float64) / 127
    texts = sorted({text for positive, apart in sides.values() for text in (*positive, *apart)})
    vectors = dict(zip(texts, encoder.encode(texts)[1].astype(np.float64), strict=True))
    models: dict[str, tuple[Any, float]] = {}
    for one, (positive, apart) in sides.items():
        rows = np.vstack([*(vectors[text] for text in (*positive, *apart)), others]) * OUTWARD
        truth = np.array([1.0] * len(positive) + [0.0] * (len(apart) + len(others)))
        heed = np.array([POSITIVE] * len(positive) + [APART] * len(apart) + [1.0] * len(others))
        kept: list[tuple[float, float]] = []
        turns = np.arange(len(rows)) % TURNS
        for turn in range(TURNS):
            weights, bias = _fit(rows[turns != turn], truth[turns != turn], heed[turns != turn])
            said = rows[turns == turn] @ weights + bias
            kept += [(float(score), 1.0 if right else -1.0) for score, right in zip(said, truth[turns == turn], strict=True)]
        weights, bias = _fit(rows, truth, heed)
        models[one] = (STRETCH * weights, STRETCH * bias + shift(kept) - CAUTION * len(positive) / (len(positive) + HALFWAY))
    return Nearby(models)


def _fit(rows: Any, truth: Any, heed: Any) -> tuple[Any, float]:
    """Ridge logistic regression by Newton's method; ``heed``: how much each row counts."""
    import numpy as np

    table = np.hstack([rows, np.ones((len(rows), 1))])
    ridge = np.full(table.shape[1], RIDGE)
    ridge[-1] = 1e-6
    weights = np.zeros(table.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (heed * (p - truth)) + ridge * weights
        bend = (table * (heed * p * (1 - p))[:, None]).T @ table + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return weights[:-1], float(weights[-1])
