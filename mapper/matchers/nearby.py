"""Requirements that the encoder's heads do not know, read by the vectors of their own sentences.

A logistic model over unit vectors tells the examples of a requirement from its near misses and from sentences about other
things, whose vectors come with the encoder; shifted to log odds as in :mod:`mapper.matchers.few`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mapper.matchers.encoder import BACKGROUND, Encoder
from mapper.matchers.few import POSITIVE, STRETCH, TURNS, shift
from mapper.model import Lesson

OUTWARD = 8.0
"""Length to which vectors are stretched, as the heads read them."""
RIDGE = 0.2
ROUNDS = 12
CAUTION = -0.5
"""A sentence is more often about something else than the sentences that teach are."""


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


def teach(encoder: Encoder, requirements: Sequence[str], lessons: Sequence[Lesson]) -> Nearby | None:
    """Teach each requirement by its lessons; None where there is none to teach."""
    if not requirements:
        return None
    import numpy as np

    width = encoder.settings["width"]
    raw = (encoder.folder / BACKGROUND).read_bytes()
    others = np.frombuffer(raw, np.int8).reshape(-1, width).astype(np.float64) / 127
    models: dict[str, tuple[Any, float]] = {}
    for one in requirements:
        positive = [lesson.text for lesson in lessons if one in lesson.evidences]
        near = [lesson.text for lesson in lessons if lesson.written_for == one and one not in lesson.evidences]
        _, vectors = encoder.encode([*positive, *near])
        rows = np.vstack([vectors.astype(np.float64), others]) * OUTWARD
        truth = np.array([1.0] * len(positive) + [0.0] * (len(near) + len(others)))
        kept: list[tuple[float, float]] = []
        turns = np.arange(len(rows)) % TURNS
        for turn in range(TURNS):
            weights, bias = _fit(rows[turns != turn], truth[turns != turn])
            said = rows[turns == turn] @ weights + bias
            kept += [(float(score), 1.0 if right else -1.0) for score, right in zip(said, truth[turns == turn], strict=True)]
        weights, bias = _fit(rows, truth)
        models[one] = (STRETCH * weights, STRETCH * bias + shift(kept) + CAUTION)
    return Nearby(models)


def _fit(rows: Any, truth: Any) -> tuple[Any, float]:
    """Ridge logistic regression by Newton's method; positives count :data:`POSITIVE` times."""
    import numpy as np

    table = np.hstack([rows, np.ones((len(rows), 1))])
    heed = np.where(truth > 0, POSITIVE, 1.0)
    ridge = np.full(table.shape[1], RIDGE)
    ridge[-1] = 1e-6
    weights = np.zeros(table.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (heed * (p - truth)) + ridge * weights
        bend = (table * (heed * p * (1 - p))[:, None]).T @ table + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return weights[:-1], float(weights[-1])
