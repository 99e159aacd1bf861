"""Rows → the weights of runs of characters: one logistic model for each requirement, and one for each grade.

L2-regularised logistic regression by dual coordinate descent (liblinear), which gives the same weights each time. What we
write ourselves is worded, and labelled, in a way of its own: each run has one weight for all sentences, one more for those
of documents and one more for those of the world, and the reader, which meets documents of the world, takes the sum
(feature augmentation: Daumé III, «Frustratingly Easy Domain Adaptation», 2007). Good news and bad news are worded alike by all.
Weights too small to matter are left out, what a requirement keeps is learned anew without the others, and all are kept in steps
of their output's largest. Which way a sentence goes a small net says (mapper/learn/turns.py), where enough rows teach one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_args

from mapper.learn.heads import FEWEST, SILENT, fit_heads
from mapper.learn.material import Told, TrainingSentence
from mapper.learn.table import feature_matrix
from mapper.learn.turns import Turns, turns
from mapper.matchers.few import POSITIVE
from mapper.matchers.grams import BEFORE, grams
from mapper.matchers.model import GRADED, GRADES, STEPS, Model, pack
from mapper.matchers.vectors import Vectors
from mapper.problems import ExtraMissingError

COST = 5.0
"""C of a requirement: the inverse of how much large weights are held back; and that of ``none``, and of the other grades."""
NONE_COST = 3.0
GRADE_COST = 10.0
"""How evidence goes is learned from sentences that are evidence; whether a sentence is any, ``none`` says."""
SENTENCE, FAULT = 0.3, 0.18
"""How much a sentence of the catalog counts beside one of a document where grades are learned, and one that tells of a fault.

Of short sentences we write far more faults than deeds, and a short deed was taken for a fault.
"""
BESIDE = 0.3
"""Share of what single runs say of a fault that is added to what the net says, which knows the world's documents less well."""
FEWEST_ROWS = 4
"""Sentences in which a run must stand; one of the sentence before in some more."""
FEWEST_BEFORE = 8
MOST_WEIGHTS = 174_000
"""Weights that are kept, those that move scores most: the size times the root of how often the run stands."""
MOST_GOING = 8_000
"""The same for each grade, to which many runs say a little."""
RARITY = 0.7
"""Power of the rarity of a run, which is the log of how few of the rows hold it."""
ALWAYS = 2.0
"""Bias of the one grade that all sentences have."""


def fit(
    rows: Sequence[TrainingSentence], requirements: Sequence[str], turned: Sequence[TrainingSentence] = (), vectors: Vectors | None = None
) -> Model:
    """Learn the weights. ``turned``: rows that teach the net alone; ``vectors``: what runs mean, where that shall be learned from.

    Raises :class:`ExtraMissingError` without scikit-learn.
    """
    try:
        import numpy as np
        from scipy.sparse import diags

        net = turns([*rows, *turned])
    except ImportError as error:
        raise ExtraMissingError("learn") from error
    kept, seen = _table(rows)
    alone = np.array([column for column, gram in enumerate(kept) if gram[0] != BEFORE], dtype=np.int32)
    told = [diags(np.array([where in row.told for row in rows], dtype=float)) for where in get_args(Told)]
    rarity = _rarity(seen)
    rare = (seen @ diags(rarity)).tocsc()
    going, none, asked = seen[:, alone], _apart(seen, told), _apart(rare, told)
    outputs = (*requirements, *GRADES)
    weights = np.zeros((len(outputs), len(kept)))
    bias = []
    for number, output in enumerate(outputs):
        if output in GRADED:
            weights[number, alone], at = _one(rows, output, going)
        else:
            weights[number], at = _whole(rows, output, none if output in GRADES else asked, len(kept))
        bias.append(at)
    weights[: len(requirements)] *= rarity
    if net is not None:
        fault = outputs.index("adverse")
        weights[fault] *= BESIDE
        bias[fault] = BESIDE * bias[fault] + net.bias
    _prune(weights, outputs, np.sqrt(np.minimum(50, np.asarray((seen > 0).sum(0)).ravel())))
    for number, output in enumerate(requirements):
        if (columns := weights[number].nonzero()[0]).size:
            found, bias[number] = _whole(rows, output, _apart(rare[:, columns], told), columns.size)
            weights[number, columns] = found * rarity[columns]
    steps, packed = _packed(kept, weights)
    meant = fit_heads(rows, outputs, vectors, _targets) if vectors is not None else None
    model = Model(outputs, tuple(bias), steps, {}, heads=meant, vectors=vectors)
    return _with(net, model, packed) if net is not None else replace(model, packed=_lines(packed))


def _apart(shown: Any, told: Sequence[Any]) -> Any:
    """The columns as all rows have them, then as those of documents do, then as those of the world."""
    from scipy.sparse import hstack

    return hstack([shown, *(one @ shown for one in told)], format="csr")


def _one(rows: Sequence[TrainingSentence], output: str, shown: Any) -> tuple[Any, float]:
    """The weight of each column for an output, and its bias."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    graded = output in GRADES
    true, heed = _targets(rows, output)
    chosen = np.flatnonzero(heed)
    if sum(true[n] for n in chosen) < FEWEST or all(true[n] for n in chosen):
        always = graded and len(chosen) and all(true[n] for n in chosen)
        return np.zeros(shown.shape[1]), ALWAYS if always else SILENT
    model = LogisticRegression(
        C=_cost(output), solver="liblinear", dual=True, tol=1e-2, random_state=0,
        class_weight={False: 1.0, True: 1.0 if graded else POSITIVE},
    ).fit(shown[chosen], np.array(true, dtype=bool)[chosen], sample_weight=np.array(heed)[chosen])
    return model.coef_[0], float(model.intercept_[0])


def _whole(rows: Sequence[TrainingSentence], output: str, shown: Any, runs: int) -> tuple[Any, float]:
    """The same for columns that stand :func:`_apart`: what each of so many runs weighs in documents of the world."""
    found, at = _one(rows, output, shown)
    return found.reshape(-1, runs).sum(0), at


def _table(rows: Sequence[TrainingSentence]) -> tuple[list[str], Any]:
    """The runs of characters that are met often enough, and what each is worth in each row (rows × runs, sparse)."""
    values = [grams(row.text, row.before) for row in rows]
    counts = Counter(gram for one in values for gram in one)
    kept = sorted(
        gram for gram, count in counts.items() if count >= (FEWEST_BEFORE if gram[0] == BEFORE else FEWEST_ROWS)
    )
    return kept, feature_matrix(values, kept)


def _rarity(seen: Any) -> Any:
    """What each run is multiplied by where weights are learned: a power of the log of how few of the rows hold it.

    A rare run may then weigh more before the penalty holds it back (Spärck Jones, 1972; as in few.py). Squares average to 1
    over all places where runs stand.
    """
    import numpy as np

    held = np.asarray((seen > 0).sum(0)).ravel()
    rarity = np.log((seen.shape[0] + 1) / held) ** RARITY
    return rarity / np.sqrt((rarity**2 * held).sum() / max(1, held.sum()))


def _cost(output: str) -> float:
    return GRADE_COST if output in GRADED else NONE_COST if output in GRADES else COST


def _targets(rows: Sequence[TrainingSentence], output: str) -> tuple[list[bool], list[float]]:
    """Whether each row is of the output, and how much it counts."""
    if output in GRADES:
        beside = any(row.told for row in rows)
        return [output in row.grades for row in rows], [_heed(row, output in GRADED, beside) for row in rows]
    return (
        [output in row.targets for row in rows],
        [row.targets.get(output, float(row.only is None)) for row in rows],
    )


def _heed(row: TrainingSentence, going: bool, beside: bool) -> float:
    """How much a row counts where grades are learned; ``going``: of evidence alone; ``beside``: whether documents teach too."""
    if not row.grades or (going and "none" in row.grades):
        return 0.0
    if row.told or not going or not beside:
        return 1.0
    return FAULT if "adverse" in row.grades else SENTENCE


_Steps = dict[str, dict[int, int]]
"""By run, its weights in steps by number of output."""


def _prune(weights: Any, outputs: Sequence[str], often: Any) -> None:
    """Set to 0 the weights that matter least: all but :data:`MOST_WEIGHTS`, and of each grade :data:`MOST_GOING`."""
    moves = abs(weights) * often
    going = [output in GRADED for output in outputs]
    for number, grade in enumerate(going):
        if grade:
            _thin(moves[number], MOST_GOING)
    others = moves[[not grade for grade in going]]
    _thin(others, MOST_WEIGHTS)
    moves[[not grade for grade in going]] = others
    weights[moves == 0] = 0.0


def _packed(kept: Sequence[str], weights: Any) -> tuple[tuple[float, ...], _Steps]:
    """The size of a step of each output, and its weights in steps."""
    steps = _step(weights.T)
    found: _Steps = {}
    for column, gram in enumerate(kept):
        numbers = weights[:, column].nonzero()[0].tolist()
        found[gram] = {number: round(float(weights[number, column]) / steps[number]) for number in numbers}
    return steps, found


def _step(weights: Any) -> tuple[float, ...]:
    """The size of a step of each column."""
    return tuple(max(float(value) / STEPS, 1e-6) for value in abs(weights).max(0))


def _with(net: Turns, model: Model, packed: _Steps) -> Model:
    """The model with the units of the net as further outputs."""
    import numpy as np

    steps = _step(np.array(list(net.weights.values())))
    for gram, weights in net.weights.items():
        found = packed.setdefault(gram, {})
        for number, (weight, step) in enumerate(zip(weights, steps, strict=True), start=len(model.outputs)):
            found[number] = round(float(weight) / step)
    units = tuple(f"unit-{number}" for number in range(len(net.turns)))
    return replace(
        model, outputs=(*model.outputs, *units), bias=(*model.bias, *net.unit_bias), steps=(*model.steps, *steps),
        packed=_lines(packed, range(len(model.outputs), len(model.outputs) + len(units))), turns=net.turns,
    )


def _lines(packed: _Steps, units: range = range(0)) -> dict[str, str]:
    """The weights as the file holds them, those of no step left out; ``units``: the numbers of the outputs that are units."""
    told = ((gram, {number: value for number, value in found.items() if value}) for gram, found in packed.items())
    lines = (
        (gram, pack({number: found[number] for number in found if number not in units}, [found.get(one, 0) for one in units]))
        for gram, found in told
    )
    return {gram: line for gram, line in lines if line}


def _thin(moves: Any, most: int) -> None:
    """Leave the largest numbers of a table, and 0 for the others."""
    flat = moves[moves > 0]
    if flat.size > most:
        flat.sort()
        moves[moves <= flat[-most - 1]] = 0.0
