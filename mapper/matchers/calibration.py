"""What the verdicts of a language model are worth beside the program's score: a logistic model of a handful of weights.

Fitted on labelled documents that the model had answered about; its file says on which, and is as short as a note.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, log
from pathlib import Path

from mapper.matchers.few import probability
from mapper.model import InputFile
from mapper.problems import Problem

NAME = "calibration.json"
FORMAT = "mapper/calibration/1"
FEATURES = ("program", "model-asked", "model-met", "model-partly", "model-breached")
"""What is weighed: the log odds of the program's score, and what the model said."""
_STEPS = 50
_HOLD = 0.02
"""Pull of each weight to nothing (L2), so that a verdict seen a few times proves little."""
_EDGE = 1e-4


@dataclass(frozen=True)
class Calibration:
    """``weights`` by name, ``bias`` among them; ``line``: the score from which evidence is shown; ``fitted``: on what."""

    weights: Mapping[str, float]
    line: float
    fitted: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[InputFile, ...] = ()

    def scored(self, program: float, features: Mapping[str, float]) -> float:
        """The probability (0–1) that a careful reviewer accepts the evidence, given the program's and the model's word.

        Where the model was not asked it is the program's.
        """
        if not features.get(FEATURES[1]):
            return program
        total = self.weights.get("bias", 0.0)
        for name, value in numbers(program, features).items():
            total += self.weights.get(name, 0.0) * value
        return round(probability(total), 4)


def numbers(program: float, features: Mapping[str, float]) -> dict[str, float]:
    """What is weighed, by name."""
    held = min(1 - _EDGE, max(_EDGE, program))
    return {FEATURES[0]: log(held / (1 - held)), **{name: features.get(name, 0.0) for name in FEATURES[2:]}}


def fit(rows: Sequence[tuple[Mapping[str, float], bool]]) -> dict[str, float]:
    """Weights of a logistic regression by Newton's method; ``rows`` are :func:`numbers` and whether the mark was right."""
    names = ("bias", FEATURES[0], *FEATURES[2:])
    weights = [0.0] * len(names)
    table = [([1.0, *(row[name] for name in names[1:])], float(right)) for row, right in rows]
    for _ in range(_STEPS):
        slope = [-_HOLD * len(table) / 100 * weight for weight in weights]
        curve = [[(_HOLD * len(table) / 100 + 1e-6) * (i == j) for j in range(len(names))] for i in range(len(names))]
        for values, right in table:
            odds = probability(sum(w * v for w, v in zip(weights, values, strict=True)))
            for i, value in enumerate(values):
                slope[i] += (right - odds) * value
                for j in range(len(names)):
                    curve[i][j] += odds * (1 - odds) * value * values[j]
        step = _solved(curve, slope)
        weights = [weight + move for weight, move in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-9:
            break
    return {name: float(f"{weight:.5g}") for name, weight in zip(names, weights, strict=True)}


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a small system of equations (Gauss)."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(size):
        lead = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[lead] = rows[lead], rows[at]
        for below in range(at + 1, size):
            share = rows[below][at] / rows[at][at]
            rows[below] = [value - share * above for value, above in zip(rows[below], rows[at], strict=True)]
    found = [0.0] * size
    for at in range(size - 1, -1, -1):
        found[at] = (rows[at][size] - sum(rows[at][n] * found[n] for n in range(at + 1, size))) / rows[at][at]
    return found


def dump(calibration: Calibration) -> bytes:
    """The calibration as bytes; the same one gives the same bytes."""
    said = {"format": FORMAT, "fitted": calibration.fitted, "line": calibration.line, "weights": calibration.weights}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def load(path: Path) -> Calibration | Problem | None:
    """Read a calibration; None where there is none, a problem where it cannot be used."""
    if not path.exists():
        return None
    try:
        raw = path.read_bytes()
        data = json.loads(raw)
        if data["format"] != FORMAT:
            raise ValueError(FORMAT)
        weights = {str(name): float(value) for name, value in data["weights"].items()}
        line = float(data["line"])
        if not all(map(isfinite, (line, *weights.values()))):
            raise ValueError(FORMAT)
        fitted = {str(name): str(value) for name, value in data["fitted"].items()}
        inputs = (InputFile.of("answers", NAME, raw),)
        return Calibration(weights, min(1.0, max(0.0, line)), fitted, inputs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        return Problem("calibration-damaged", str(path), params={"why": type(error).__name__})
