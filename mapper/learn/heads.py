"""Rows as what they mean → what each requirement and grade looks for: a logistic model over the numbers of the vectors.

Words that the rows never say have a meaning too, which is what the heads are for; what single words tell, the weights of
runs say (mapper/learn/fit.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mapper.learn.material import TrainingSentence
from mapper.matchers.few import POSITIVE
from mapper.matchers.grams import MOST, runs
from mapper.matchers.model import GRADES
from mapper.matchers.vectors import Heads, Vectors

COST = 2.0
OUTWARD = 8.0
"""What the numbers are multiplied by: else the penalty on weights would hold them too short."""
SENTENCE = 0.3
"""How much a sentence of the catalog or of a document of ours counts beside one of the world."""
FINEST = 127
"""The largest weight of an output is so many steps."""
FEWEST = 4
SILENT = -9.0
"""Bias of a requirement or a grade that fewer sentences than :data:`FEWEST` teach."""
Targets = Callable[[Sequence[TrainingSentence], str], tuple[list[bool], list[float]]]
"""Whether each row is of an output, and how much it counts."""


def fit_heads(rows: Sequence[TrainingSentence], outputs: Sequence[str], vectors: Vectors, targets: Targets) -> Heads:
    """The heads that rows teach, for requirements and grades."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    table = np.array([vectors.of(runs(row.text[:MOST])) for row in rows]) * OUTWARD
    usual = np.array([1.0 if "world" in row.told else SENTENCE for row in rows])
    weights = np.zeros((len(outputs), vectors.width))
    bias: list[float] = []
    for number, output in enumerate(outputs):
        true, heed = targets(rows, output)
        counts = np.array(heed) * usual
        chosen = np.flatnonzero(counts)
        told = np.array(true, dtype=bool)[chosen]
        if told.sum() < FEWEST or told.all():
            bias.append(SILENT)
            continue
        model = LogisticRegression(
            C=COST, solver="newton-cholesky", max_iter=50, class_weight={False: 1.0, True: 1.0 if output in GRADES else POSITIVE}
        ).fit(table[chosen], told, sample_weight=counts[chosen])
        weights[number] = model.coef_[0] * OUTWARD
        bias.append(float(model.intercept_[0]))
    steps = np.maximum(abs(weights).max(1) / FINEST, 1e-6)
    whole = np.rint(weights / steps[:, None]).astype(int)
    return Heads(tuple(map(tuple, whole.tolist())), tuple(steps.tolist()), tuple(bias), vectors.digest)
