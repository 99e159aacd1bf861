"""Candidates of documents that taught none of their numbers → the weights of score and grade, and the line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import log
from typing import Any

from mapper.align.candidates import Candidate, candidates
from mapper.align.weighing import Weighing
from mapper.learn.material import Known, Material, TrainingSentence
from mapper.matchers.encoder import Encoder
from mapper.matchers.learned import HOPELESS, NUMBERS
from mapper.matchers.model import BIAS, GRADED, TOGETHER, Model
from mapper.matchers.shelf import shelf

SCORE_COST = 0.3
GRADE_COST = 0.3
GOODWILL = 0.15
"""How much a candidate counts, where scores are learned, that no label asks for and some label accepts: it ranks after those
that two annotators called the plain substance. What the scores come to is a probability of being accepted all the same."""
OURS = 0.5
"""How much a candidate of a document of ours counts, where scores are learned, beside one of the world, which is what will be
read. Where scores are made probabilities, and lines chosen, both count alike."""
_SURE = 4.0
"""Log odds of what is always so, or never."""
_NEVER = 20.0
"""Log odds against a grade that no label has."""
SURE, CALM = 0.68, 0.38
"""Probability (0–1) from which a fault is called one, and that below which words may speak for a firm; what lies between is
undecided. Chosen on the folds and by the sentences of tests/align/polarity*.jsonl that are read the wrong way round."""
SURE_ENCODED, CALM_ENCODED = 0.55, 0.45
"""The same where an encoder reads along, which knows better: chosen on the folds that it never saw."""
_UNSURE, _SELDOM = 3, 0.05
"""Sentences without another requirement that are added to each, and the share below which two do not go together."""
PRECISE = 0.745
"""Share of shown evidence that must be right where the line is chosen."""
_ALIKE = 0.002
"""Values of F1 nearer than this are the same: the next documents would part them otherwise."""
_LINES = [n / 100 for n in range(30, 71)]
Needed = tuple[str, str, str, str, str]
"""A required label: its set, document, firm, requirement and quote."""


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
    also: tuple[str, ...] = ()
    """Other grades that count as well."""
    real: bool = True
    """Whether its document is one of the world, and not of ours."""


def weighed(
    material: Material, known: Iterable[Known], model: Model, encoder: Encoder | None = None
) -> Iterator[Weighed]:
    """The candidates of documents as a model (and an encoder) reads them, judged by their labels."""
    shelved = shelf(material.catalog, model, encoder)
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
        tuple(sorted({grade for one in labels for grade in (one.grade, *one.also)} - {labels[0].grade})) if labels else (),
        known.real,
    )


def priors(material: Material, folds: Sequence[int]) -> dict[str, Any]:
    """Log odds of each requirement among the labelled sentences of some folds, and those of a usual one.

    ``prior-fault``: the same among the sentences that speak against a firm; ``together``: see :func:`together`.
    """
    rows = [row for row in material.rows if row.fold in folds]
    found = _odds(material, rows, 100)
    ordered = sorted(found.values())
    faults = _odds(material, [row for row in rows if "adverse" in row.grades], 10)
    return {
        "prior": found,
        "usual": ordered[len(ordered) // 2] if ordered else -4.0,
        "prior-fault": faults,
        TOGETHER: together(rows),
    }


def together(rows: Sequence[TrainingSentence]) -> dict[str, dict[str, float]]:
    """For each requirement the share (0–1) of its sentences that evidence each other one, where that is no accident."""
    alone = Counter(one for row in rows for one in row.targets)
    both = Counter(pair for row in rows for pair in permutations(sorted(row.targets), 2))
    found: dict[str, dict[str, float]] = {}
    for (one, other), count in sorted(both.items()):
        share = round(count / (alone[one] + _UNSURE), 2)
        if share >= _SELDOM:
            found.setdefault(one, {})[other] = share
    return found


def _odds(material: Material, rows: Sequence[TrainingSentence], more: int) -> dict[str, float]:
    counts = Counter(one for row in rows for one in row.targets)
    total = len(rows) + more
    return {
        one.id: round(log((counts[one.id] + 1) / (total - counts[one.id])), 3) for one in material.catalog.requirements
    }


def fit_weighing(data: Sequence[Weighed]) -> dict[str, Any]:
    """Weights of score and grade by name, as a model file holds them; the bias under :data:`BIAS`."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    graded = [one for one in data if one.right and one.grade]
    going = sorted({name for one in graded for name in one.going})
    shares = [(one, called, 1 / (1 + len(one.also))) for one in graded for called in (one.grade, *one.also)]
    table = np.array([[one.going.get(name, 0.0) for name in going] for one, _, _ in shares])
    model = LogisticRegression(C=GRADE_COST, max_iter=1000)
    known = _linear(model, table, [called for _, called, _ in shares], going, [share for _, _, share in shares])
    grade: dict[Any, dict[str, float]] = {one: known.get(one, {BIAS: -_NEVER}) for one in GRADED}
    sure, calm = (SURE_ENCODED, CALM_ENCODED) if "encoder-none" in going else (SURE, CALM)
    weighing = Weighing({}, grade, sure=sure, calm=calm)
    faults = [weighing.graded(one.going) == "adverse" for one in data]
    return {
        "score": _score([one for one, fault in zip(data, faults, strict=True) if not fault], False),
        "fault": _score([one for one, fault in zip(data, faults, strict=True) if fault], True),
        "grade": grade,
        "usual-company": _usual_company(data),
        "sure": sure,
        "calm": calm,
    }


def _usual_company(data: Sequence[Weighed]) -> dict[str, float]:
    """What company a requirement keeps by its other numbers (least squares): for those of which no labels tell."""
    import numpy as np

    known = [one.features for one in data if "company" in one.features and one.features["learned"] > HOPELESS]
    if not known:
        return {}
    table = np.array([[*(one[name] for name in NUMBERS), 1.0] for one in known])
    weights = np.linalg.lstsq(table, np.array([one["company"] for one in known]), rcond=None)[0]
    return {name: float(f"{value:.5g}") for name, value in zip((*NUMBERS, BIAS), weights, strict=True)}


def _score(data: Sequence[Weighed], fault: bool) -> dict[str, float]:
    """Weights of the score of what speaks for firms, or of faults: the same words weigh otherwise in either.

    A fault read as a deed, or a deed as a fault, is no mark that a reviewer accepts.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    if not data:
        return {BIAS: -_SURE}
    accepted = [one.right and (one.grade == "adverse") == fault for one in data]
    names = sorted({name for one in data for name in one.features})
    table = np.array([[one.features.get(name, 0.0) for name in names] for one in data])
    heed = [
        (GOODWILL if good and not one.needed else 1.0) * (1.0 if one.real else OURS)
        for one, good in zip(data, accepted, strict=True)
    ]
    found = _linear(LogisticRegression(C=SCORE_COST, max_iter=1000), table, accepted, names, heed).get(True)
    if found is None or len(set(accepted)) < 2:
        return found or {BIAS: -_SURE}
    said = table @ np.array([found[name] for name in names]) + found[BIAS]
    stretch, shift = _platt(said, accepted)
    return {name: float(f"{stretch * weight + shift * (name == BIAS):.5g}") for name, weight in found.items()}


def _platt(said: Any, accepted: Sequence[bool]) -> tuple[float, float]:
    """What makes log odds of numbers: a stretch and a shift (Platt, «Probabilistic outputs for support vector machines», 1999)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6, max_iter=1000).fit(said.reshape(-1, 1), accepted)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _linear(
    model: Any, table: Any, truth: Sequence[Any], names: Sequence[str], heed: Sequence[float] | None = None
) -> dict[Any, dict[str, float]]:
    """Fit on standardised columns; the weights as they apply to the columns as they are."""
    import numpy as np

    if len(set(truth)) < 2:
        return {one: {BIAS: _SURE} for one in truth}
    mean, spread = table.mean(0), table.std(0)
    spread[spread < 1e-9] = 1.0
    model.fit((table - mean) / spread, np.array(truth), sample_weight=heed)
    found: dict[Any, dict[str, float]] = {}
    kinds = [kind.item() for kind in model.classes_]
    if len(kinds) == 2:
        found[kinds.pop(0)] = {BIAS: 0.0}
    for kind, row, bias in zip(kinds, model.coef_, model.intercept_, strict=True):
        raw = row / spread
        weights = {name: float(f"{value:.5g}") for name, value in zip(names, raw, strict=True)}
        found[kind] = {BIAS: float(f"{bias - (raw * mean).sum():.5g}"), **weights}
    return found


def score_lines(data: Sequence[Weighed], read: Sequence[tuple[float, str]], needed: Mapping[Needed, str]) -> dict[str, float]:
    """The scores from which evidence is shown, and from which faults are: the best mean of the two F1, or as good as that.

    Among those with a precision of :data:`PRECISE`, if any; of lines that are as good, the middle one. ``read``:
    score and grade of each candidate; ``needed``: the required labels with their grades.
    """
    import numpy as np

    steps = np.array(_LINES)
    shown = np.zeros((2, 3, len(steps)))
    reached = {label: [-1.0, -1.0, -1.0] for label in needed}
    for one, (score, grade) in zip(data, read, strict=True):
        fault = grade == "adverse"
        true = one.right and fault and one.grade == "adverse"
        shown[int(fault), :, :] += np.outer((1.0, one.right, true), score >= steps)
        for label in one.needed:
            best = reached.get((one.corpus, *label))
            if best is not None:
                best[fault] = max(best[fault], score)
                best[2] = max(best[2], score) if true else best[2]
    met = np.array(list(reached.values())).reshape(-1, 3, 1) >= steps
    charges = np.array([grade == "adverse" for grade in needed.values()], dtype=bool)
    adverse = _f1(shown[1, 2], shown[1, 0], met[charges, 2].sum(0), charges.sum())
    found: list[tuple[bool, float, float, float]] = []
    for place, at in enumerate(_LINES):
        marks, right = shown[0, :2, place, None] + shown[1, :2]
        hit = (met[:, 0, place, None] | met[:, 1]).sum(0)
        precision = right / np.maximum(1, marks)
        f1 = (_f1(right, marks, hit, len(needed)) + adverse) / 2
        for other, below in enumerate(_LINES):
            precise = bool(precision[other] >= PRECISE)
            found.append((precise, round(float(f1[other] if precise else precision[other]), 4), at, below))
    return _chosen(found)


def _chosen(found: Sequence[tuple[bool, float, float, float]]) -> dict[str, float]:
    """Of (precise, value, line, line of faults): the middle of the lines of which some value is as good as the best, and of
    the lines of faults that are so beside it the middle too."""
    precise, highest, _, _ = max(found)
    least = highest - (_ALIKE if precise else 0.0)
    alike = [one for one in found if one[0] is precise and one[1] >= least]
    line = _middle({one[2] for one in alike})
    return {"line": line, "fault-line": _middle({one[3] for one in alike if one[2] == line})}


def _middle(lines: Collection[float]) -> float:
    """Of an even number the lower of the two."""
    return sorted(lines)[(len(lines) - 1) // 2]


def _f1(right: Any, marks: Any, found: Any, needed: float) -> Any:
    """F1 at every line."""
    import numpy as np

    precision, recall = right / np.maximum(1, marks), found / max(1, needed)
    return 2 * precision * recall / np.maximum(1e-9, precision + recall)
