"""Fit the weights of mapper/align/score.py on the labelled sets: python -m benchmarks.calibrate [--write].

A logistic model, L2 with C = 1 (the bias is free), found by Newton's method; every set weighs the same, whatever the
number of its marks. Prints the weights as score.py holds them, then how far the scores can be trusted on documents
that took no part in the fit: each document is scored by weights fitted on all the others.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path

from benchmarks.labelled import LabelledSet, labelled_sets
from mapper.align import score
from mapper.align.match import weigh_document

STRENGTH = 1.0
"""C: how much the marks weigh against the wish for small weights."""
STEPS = 50
BINS = 10
NAMES = tuple(score.WEIGHTS)
"""The features, the bias first."""
Vector = list[float]


@dataclass(frozen=True)
class Row:
    """One mark: its features, whether a label supports it, and how much it weighs in the fit."""

    set: str
    document: str
    features: tuple[float, ...]
    right: bool
    weight: float


def rows(labelled: Sequence[LabelledSet]) -> list[Row]:
    """The marks of all sets, each set with the same sum of weights; the sum of all weights is the number of marks."""
    marks = {one.name: _marks(one) for one in labelled}
    total = sum(map(len, marks.values()))
    return [
        Row(name, document, features, right, total / len(marks) / len(found))
        for name, found in marks.items()
        for document, features, right in found
    ]


def _marks(one: LabelledSet) -> list[tuple[str, tuple[float, ...], bool]]:
    """Document, features and verdict of every mark; words that stand twice in a document count once."""
    wrong = one.wrong(one.align())
    marks: dict[tuple[str, str], tuple[str, tuple[float, ...], bool]] = {}
    for document in one.inputs.corpus.documents:
        for evidence, seen in weigh_document(document, one.inputs.catalog, one.inputs.registry):
            key = evidence.id, evidence.document
            vector = score.vector(seen)
            marks.setdefault(key, (evidence.document, tuple(vector[name] for name in NAMES), key not in wrong))
    return list(marks.values())


def fit(data: Sequence[Row], start: Sequence[float] | None = None) -> Vector:
    """The weights that make ``|w|²/2 + C · weighted log loss`` least, in the order of :data:`NAMES`."""
    size = len(NAMES)
    weights = list(start or [0.0] * size)
    for _ in range(STEPS):
        gradient = [0.0] + [value / STRENGTH for value in weights[1:]]
        curvature = [[float(i == j > 0) / STRENGTH for j in range(size)] for i in range(size)]
        for row in data:
            p = predict(weights, row.features)
            slope, bend = row.weight * (p - row.right), row.weight * p * (1 - p)
            seen = [(i, value) for i, value in enumerate(row.features) if value]
            for i, value in seen:
                gradient[i] += slope * value
                line, scaled = curvature[i], bend * value
                for j, other in seen:
                    line[j] += scaled * other
        step = solve(curvature, gradient)
        weights = [value - change for value, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-8:
            break
    return weights


def predict(weights: Sequence[float], features: Sequence[float]) -> float:
    """The probability that the mark is right."""
    total = sum(weight * value for weight, value in zip(weights, features, strict=True))
    return 1 / (1 + exp(-total)) if total > -500 else 0.0


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> Vector:
    """The solution of a symmetric, positive definite system, by Cholesky."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = sqrt(rest) if i == j else rest / lower[j][j]
    half: Vector = []
    for i in range(size):
        half.append((right[i] - sum(lower[i][k] * half[k] for k in range(i))) / lower[i][i])
    whole = [0.0] * size
    for i in reversed(range(size)):
        whole[i] = (half[i] - sum(lower[k][i] * whole[k] for k in range(i + 1, size))) / lower[i][i]
    return whole


def left_out(data: Sequence[Row], weights: Sequence[float]) -> Vector:
    """For each mark its score by weights fitted on all other documents. ``weights`` is where the fits begin."""
    by_document = {
        document: fit([row for row in data if row.document != document], weights)
        for document in sorted({row.document for row in data})
    }
    return [predict(by_document[row.document], row.features) for row in data]


def auc(scores: Sequence[float], right: Sequence[bool]) -> float | None:
    """How often a right mark is scored above a wrong one; ties count half. None where there is only one kind."""
    good = [value for value, is_right in zip(scores, right, strict=True) if is_right]
    bad = [value for value, is_right in zip(scores, right, strict=True) if not is_right]
    if not good or not bad:
        return None
    return sum((g > b) + (g == b) / 2 for g in good for b in bad) / len(good) / len(bad)


def block(weights: Sequence[float]) -> str:
    """The weights as score.py holds them."""
    lines = (f'    "{name}": {value:.2f},' for name, value in zip(NAMES, weights, strict=True))
    return "\n".join(("WEIGHTS: dict[str, float] = {", *lines, "}"))


def write(weights: Sequence[float], path: Path) -> None:
    """Put the weights in the place of those that score.py has."""
    text, found = re.subn(r"^WEIGHTS: .*?^\}", block(weights), path.read_text(encoding="utf-8"), flags=re.M | re.S)
    if found != 1:
        raise ValueError(f"{path.name} holds no block of weights")
    path.write_text(text, encoding="utf-8", newline="\n")


def reliability(data: Sequence[Row], scores: Sequence[float]) -> None:
    """Print, for all marks and for each set, the bins of the scores and the AUC."""
    sets = list(dict.fromkeys(row.set for row in data))
    print(f"{'score':9}" + "".join(f"{name:>8} {'mean':>5} {'right':>5}" for name in ("all", *sets)))
    views = [[i for i, row in enumerate(data) if name in ("all", row.set)] for name in ("all", *sets)]
    for number in range(BINS):
        cells = []
        for view in views:
            held = [i for i in view if min(int(scores[i] * BINS), BINS - 1) == number]
            mean = sum(scores[i] for i in held) / len(held) if held else None
            right = sum(data[i].right for i in held) / len(held) if held else None
            cells.append(f"{len(held):>8} {_two(mean)} {_two(right)}")
        print(f"{number / BINS:.1f}–{(number + 1) / BINS:.1f}  " + "".join(cells))
    values = (auc([scores[i] for i in view], [data[i].right for i in view]) for view in views)
    print(f"{'AUC':9}" + "".join(f"{'':8} {'':5} {_two(value)}" for value in values))


def _two(value: float | None) -> str:
    return f"{'–' if value is None else f'{value:.2f}':>5}"


def main(arguments: list[str]) -> int:
    """Fit, print, and with ``--write`` put the weights into score.py."""
    if arguments not in ([], ["--write"]):
        print(__doc__)
        return 2
    data = rows(list(labelled_sets()))
    weights = fit(data)
    for name in dict.fromkeys(row.set for row in data):
        own = [row for row in data if row.set == name]
        print(
            f"{name}: {len({row.document for row in own})} documents with marks, {len(own)} marks, "
            f"{sum(row.right for row in own)} right"
        )
    print(f"\n{block(weights)}\n\neach document scored by the others:")
    reliability(data, left_out(data, weights))
    if arguments:
        write(weights, Path(score.__file__))
        print(f"\nwritten to {Path(score.__file__).name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
