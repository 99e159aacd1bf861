"""Rows that are evidence → a small net that tells those that speak against a firm: units of runs, and what each weighs.

One hidden layer of rectified units over runs of characters (Bishop, «Neural Networks for Pattern Recognition», 1995,
chapter 4), taught by Adam (Kingma and Ba, 2015) as scikit-learn has it, for some rounds only: more of them learn the rows by heart.
What it weighs is the mean over its rounds but the first ones, which depends less on where it began (Polyak and Juditsky, 1992;
Izmailov et al., «Averaging Weights Leads to Wider Optima», 2018).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from mapper.learn.material import TrainingSentence
from mapper.learn.table import feature_matrix
from mapper.matchers.grams import tagged

UNITS = 4
MOST_RUNS = 34_000
"""Runs that are kept: those that nets of all make most of. Taught anew by these, one knows nearly as much."""
JUDGES = 3
"""Nets that say what the runs are worth: where one begins is chance."""
OFTEN = 50
"""Rows beyond which a run counts no more for standing in more of them."""
FEWEST_ROWS = 4
"""Rows in which a run must stand."""
SENTENCE, FAULT = 0.2, 0.15
"""What a sentence by itself counts beside one of a document, and one that tells of a fault: of these we write far more."""
DECAY = 1e-4
PACE = 0.002
BATCH = 128
UPDATES = 1_300
"""Updates that are made, at least; and rounds, at least and at most."""
ROUNDS = 5, 60
FIRST = 0.2
"""Share of the rounds before the mean begins."""
WARMTH = 3.0
"""What the values of runs are multiplied by: the first steps get further."""
FEWEST = 20
"""Rows of either direction without which nothing is learned."""


@dataclass(frozen=True)
class Turns:
    """``weights``: run → its weight for each unit; ``unit_bias``; ``turns``: the weight of each unit; ``bias``."""

    weights: dict[str, Any]
    unit_bias: tuple[float, ...]
    turns: tuple[float, ...]
    bias: float


def turns(rows: Sequence[TrainingSentence]) -> Turns | None:
    """The net that rows teach; the same rows, the same net. None where too few speak for or against a firm."""
    from sklearn.neural_network import MLPClassifier

    told = [row for row in rows if row.grades and "none" not in row.grades]
    against = [row.grades == {"adverse"} for row in told]
    if min(sum(against), len(told) - sum(against)) < FEWEST:
        return None
    values = [tagged(row.text) for row in told]
    heed = [1.0 if row.told else FAULT if fault else SENTENCE for row, fault in zip(told, against, strict=True)]
    usual = sum(heed) / len(heed)
    rounds = min(ROUNDS[1], max(ROUNDS[0], UPDATES * BATCH // len(told)))

    def taught(runs: Sequence[str], begin: int = 0) -> tuple[list[Any], list[Any]]:
        """Weights and biases, by layer, of a net that looks at these runs."""
        net = MLPClassifier(
            (UNITS,), alpha=DECAY, learning_rate_init=PACE, batch_size=min(BATCH, len(told)), random_state=begin,
        )
        shown = feature_matrix(values, runs) * WARMTH
        states = []
        for number in range(rounds):
            net.partial_fit(shown, against, classes=[False, True], sample_weight=[one / usual for one in heed])
            if number >= FIRST * rounds:
                states.append([layer.copy() for layer in (*net.coefs_, *net.intercepts_)])
        mean = [sum(layers) / len(states) for layers in zip(*states, strict=True)]
        return mean[:2], mean[2:]

    counts = Counter(gram for one in values for gram in one)
    kept = sorted(gram for gram, count in counts.items() if count >= FEWEST_ROWS)
    if len(kept) > MOST_RUNS:
        nets = [layers for layers, _ in (taught(kept, begin) for begin in range(JUDGES))]
        moves = sum(abs(into) @ abs(out[:, 0]) for into, out in nets)
        apart = [1 - counts[gram] / len(told) for gram in kept]  # what all rows hold tells none of them apart
        worth = {
            gram: move * sqrt(min(OFTEN, counts[gram]) * share) for gram, move, share in zip(kept, moves, apart, strict=True)
        }
        kept = sorted(sorted(kept, key=lambda gram: (-worth[gram], gram))[:MOST_RUNS])
    (into, out), (unit_bias, bias) = taught(kept)
    weights = into * WARMTH
    return Turns(
        {gram: weights[place] for place, gram in enumerate(kept)},
        tuple(unit_bias.tolist()), tuple(out[:, 0].tolist()), float(bias[0]),
    )
