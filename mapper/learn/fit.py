"""Rows → the weights of runs of characters: one logistic model for each requirement, and one for each grade.

L2-regularised logistic regression by dual coordinate descent (liblinear), which gives the same weights each time. What we
write ourselves is worded, and labelled, in a way of its own: each run has one weight for all sentences, one more for those
of documents and one more for those of the world, and the reader, which meets documents of the world, takes the sum
(feature augmentation: Daumé III, «Frustratingly Easy Domain Adaptation», 2007). Good news and bad news are worded alike by all.
Weights too small to matter are left out, the others kept in 127 steps of their output's largest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, get_args

from mapper.learn.material import Row, Told
from mapper.matchers.few import COST, POSITIVE
from mapper.matchers.grams import BEFORE, grams
from mapper.matchers.model import GRADES, STEPS, Model, pack
from mapper.problems import ExtraMissingError

NONE_COST = 3.0
GRADE_COST = 10.0
"""How evidence goes is learned from sentences that are evidence; whether a sentence is any, ``none`` says."""
SENTENCE, FAULT = 0.3, 0.18
"""How much a sentence of the catalog counts beside one of a document where grades are learned, and one that tells of a fault.

Of short sentences we write far more faults than deeds, and a short deed was taken for a fault.
"""
FEWEST_ROWS = 4
"""Sentences in which a run must stand; one of the sentence before in some more."""
FEWEST_BEFORE = 8
FEWEST_POSITIVE = 4
MOST_WEIGHTS = 200_000
"""Weights that are kept, those that move scores most: the size times the root of how often the run stands."""
MOST_GOING = 8_000
"""The same for each grade, to which many runs say a little."""
SILENT = -9.0
"""Bias of a requirement or a grade that too few sentences teach."""
ALWAYS = 2.0
"""Bias of the one grade that all sentences have."""


_GOING = GRADES[:-1]
"""What evidence is graded by: the sentence itself, not the one before."""


def fit(rows: Sequence[Row], requirements: Sequence[str]) -> Model:
    """Learn the weights. Raises :class:`ExtraMissingError` without scikit-learn."""
    try:
        import numpy as np
        from scipy.sparse import diags, hstack
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise ExtraMissingError("learn") from error
    kept, seen = _table(rows)
    alone = np.array([column for column, gram in enumerate(kept) if gram[0] != BEFORE], dtype=np.int32)
    told = [diags(np.array([where in row.told for row in rows], dtype=float)) for where in get_args(Told)]
    shown = {False: hstack([seen, *(one @ seen for one in told)], format="csr"), True: seen[:, alone]}
    outputs = (*requirements, *GRADES)
    weights: list[Any] = []
    bias: list[float] = []
    for output in outputs:
        graded = output in GRADES
        true, heed = _targets(rows, output, graded)
        chosen = np.flatnonzero(heed)
        if sum(true[n] for n in chosen) < FEWEST_POSITIVE or all(true[n] for n in chosen):
            weights.append(np.zeros(len(kept)))
            bias.append(ALWAYS if graded and len(chosen) and all(true[n] for n in chosen) else SILENT)
            continue
        model = LogisticRegression(
            C=_cost(output), solver="liblinear", dual=True, tol=1e-2, random_state=0,
            class_weight={False: 1.0, True: 1.0 if graded else POSITIVE},
        ).fit(shown[output in _GOING][chosen], np.array(true, dtype=bool)[chosen], sample_weight=np.array(heed)[chosen])
        weights.append(np.zeros(len(kept)))
        going = output in _GOING
        weights[-1][alone if going else slice(None)] = model.coef_[0] if going else model.coef_[0].reshape(len(told) + 1, -1).sum(0)
        bias.append(float(model.intercept_[0]))
    often = np.sqrt(np.minimum(50, np.asarray((seen > 0).sum(0)).ravel()))
    return _packed(kept, np.array(weights), bias, outputs, often)


def _table(rows: Sequence[Row]) -> tuple[list[str], Any]:
    """The runs of characters that are met often enough, and what each is worth in each row (rows × runs, sparse)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    values = [grams(row.text, row.before) for row in rows]
    counts = Counter(gram for one in values for gram in one)
    kept = sorted(
        gram for gram, count in counts.items() if count >= (FEWEST_BEFORE if gram[0] == BEFORE else FEWEST_ROWS)
    )
    place = {gram: number for number, gram in enumerate(kept)}
    starts, columns, data = [0], [], []
    for one in values:
        pairs = sorted((place[gram], value) for gram, value in one.items() if gram in place)
        columns += [column for column, _ in pairs]
        data += [value for _, value in pairs]
        starts.append(len(columns))
    cells = np.array(data), np.array(columns, dtype=np.int32), np.array(starts, dtype=np.int32)
    return kept, csr_matrix(cells, (len(rows), len(kept)))


def _cost(output: str) -> float:
    return GRADE_COST if output in _GOING else NONE_COST if output in GRADES else COST


def _targets(rows: Sequence[Row], output: str, graded: bool) -> tuple[list[bool], list[float]]:
    """Whether each row is of the output, and how much it counts."""
    if graded:
        beside = any(row.told for row in rows)
        return [output in row.grades for row in rows], [_heed(row, output in _GOING, beside) for row in rows]
    return (
        [output in row.targets for row in rows],
        [row.targets.get(output, float(row.only is None)) for row in rows],
    )


def _heed(row: Row, going: bool, beside: bool) -> float:
    """How much a row counts where grades are learned; ``going``: of evidence alone; ``beside``: whether documents teach too."""
    if not row.grades or (going and "none" in row.grades):
        return 0.0
    if row.told or not going or not beside:
        return 1.0
    return FAULT if "adverse" in row.grades else SENTENCE


def _packed(
    kept: Sequence[str], weights: Any, bias: Sequence[float], outputs: tuple[str, ...], often: Any
) -> Model:
    """The weights that matter most, as the file holds them."""
    moves = abs(weights) * often
    going = [output in _GOING for output in outputs]
    for number, grade in enumerate(going):
        if grade:
            _thin(moves[number], MOST_GOING)
    others = moves[[not grade for grade in going]]
    _thin(others, MOST_WEIGHTS)
    moves[[not grade for grade in going]] = others
    steps = [max(float(abs(row).max()) / STEPS, 1e-6) for row in weights]
    packed: dict[str, str] = {}
    for column, gram in enumerate(kept):
        numbers = moves[:, column].nonzero()[0].tolist()
        found = {number: round(float(weights[number, column]) / steps[number]) for number in numbers}
        if found := {number: value for number, value in found.items() if value}:
            packed[gram] = pack(found)
    return Model(outputs, tuple(bias), tuple(steps), packed)


def _thin(moves: Any, most: int) -> None:
    """Leave the largest numbers of a table, and 0 for the others."""
    flat = moves[moves > 0]
    if flat.size > most:
        flat.sort()
        moves[moves <= flat[-most - 1]] = 0.0
