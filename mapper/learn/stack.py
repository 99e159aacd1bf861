"""Candidates of documents that taught none of their numbers → the weights of score and grade, and the line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from mapper.align.candidates import Candidate, candidates
from mapper.align.weighing import BIAS, Weighing
from mapper.learn.material import Known, Material
from mapper.matchers.model import Model
from mapper.matchers.shelf import shelf

GRADES = ("commitment", "action", "outcome", "adverse")
SCORE_COST = 0.3
GRADE_COST = 0.3
_SURE = 4.0
"""Log odds of what is always so, or never."""
PRECISE = 0.70
"""Share of shown evidence that must be right where the line is chosen."""
_LINES = [n / 100 for n in range(30, 71)]


@dataclass(frozen=True)
class Weighed:
    """A candidate with the verdict of the labels: right or not, and the grades that a label of it allows."""

    corpus: str
    fold: int
    document: str
    firm: str
    requirement: str
    features: Mapping[str, float]
    going: Mapping[str, float]
    right: bool
    grade: str | None
    needed: tuple[tuple[str, str, str, str], ...]
    """The required labels that it hits, as (document, firm, requirement, quote)."""


def weighed(material: Material, known: Iterable[Known], model: Model) -> Iterator[Weighed]:
    """The candidates of documents as a model reads them, judged by their labels."""
    shelved = shelf(material.catalog, model)
    for one in known:
        found = candidates(one.document, one.readings, material.catalog, one.registry, shelved)
        for candidate in found:
            yield _judged(one, candidate)


def _judged(known: Known, one: Candidate) -> Weighed:
    names = known.names(one.attributed.firm)
    labels = [
        label
        for label in known.labels.get(one.passage, ())
        if label.requirement == one.requirement.id and label.firm in names
    ]
    return Weighed(
        known.corpus, known.fold, f"{known.corpus}/{known.document.document.id}", one.attributed.firm, one.requirement.id,
        one.features, one.going, bool(labels), labels[0].grade if labels else None,
        tuple((one.document, one.firm, one.requirement, one.quote) for one in labels if one.level == "required"),
    )


def priors(material: Material, folds: Sequence[int]) -> tuple[dict[str, float], float]:
    """Log odds of each requirement among the labelled sentences of some folds, and those of a usual one."""
    rows = [row for row in material.rows if row.fold in folds]
    counts = Counter(one for row in rows for one in row.targets)
    total = len(rows) + 100
    found = {
        one.id: round(log((counts[one.id] + 1) / (total - counts[one.id])), 3) for one in material.catalog.requirements
    }
    ordered = sorted(found.values())
    return found, ordered[len(ordered) // 2] if ordered else -4.0


def fit_weighing(data: Sequence[Weighed]) -> dict[str, Any]:
    """Weights of score and grade by name, as a model file holds them; the bias under :data:`BIAS`."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    graded = [one for one in data if one.right and one.grade]
    going = sorted({name for one in graded for name in one.going})
    table = np.array([[one.going.get(name, 0.0) for name in going] for one in graded])
    grade = _linear(LogisticRegression(C=GRADE_COST, max_iter=1000), table, [one.grade for one in graded], going)
    weighing = Weighing({}, grade)
    # A fault read as a deed, or a deed as a fault, is no mark that a reviewer accepts.
    accepted = [one.right and (weighing.graded(one.going) == "adverse") == (one.grade == "adverse") for one in data]
    names = sorted({name for one in data for name in one.features})
    table = np.array([[one.features.get(name, 0.0) for name in names] for one in data])
    score = _linear(LogisticRegression(C=SCORE_COST, max_iter=1000), table, accepted, names)
    return {"score": score.get(True, {BIAS: -_SURE}), "grade": grade}


def _linear(model: Any, table: Any, truth: Sequence[Any], names: Sequence[str]) -> dict[Any, dict[str, float]]:
    """Fit on standardised columns; the weights as they apply to the columns as they are."""
    import numpy as np

    if len(set(truth)) < 2:
        return {one: {BIAS: _SURE} for one in truth}
    mean, spread = table.mean(0), table.std(0)
    spread[spread < 1e-9] = 1.0
    model.fit((table - mean) / spread, np.array(truth))
    found: dict[Any, dict[str, float]] = {}
    kinds = [True] if len(model.classes_) == 2 else list(model.classes_)
    for kind, row, bias in zip(kinds, model.coef_, model.intercept_, strict=True):
        raw = row / spread
        weights = {name: float(f"{value:.5g}") for name, value in zip(names, raw, strict=True)}
        key = bool(kind) if len(model.classes_) == 2 else str(kind)
        found[key] = {BIAS: float(f"{bias - (raw * mean).sum():.5g}"), **weights}
    return found


def line(data: Sequence[Weighed], scores: Sequence[float], needed: int) -> float:
    """The score from which evidence is shown: the best F1 among those with a precision of :data:`PRECISE`.

    ``needed``: how many required labels there are.
    """
    best = (False, 0.0, 0.5)
    for at in _LINES:
        shown = [one for one, score in zip(data, scores, strict=True) if score >= at]
        if not shown:
            continue
        precision = sum(one.right for one in shown) / len(shown)
        recall = len({label for one in shown for label in one.needed}) / max(1, needed)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        best = max(best, (precision >= PRECISE, round(f1, 4) if precision >= PRECISE else round(precision, 4), at))
    return best[2]
