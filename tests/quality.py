"""Floors under the figures on the labelled sets that ship. Run ``python -m tests.quality --accept`` to raise them.

``seeds`` and ``written`` taught the reader, so their figures say nothing about new documents (benchmarks/quality.py does);
``seen`` taught it nothing. The floors only keep what stands from falling unnoticed. A floor is kept beside a digest of
its labels; it is lowered only where the labels have changed.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass
from pathlib import Path

from mapper import run
from mapper.evaluate import evaluate, path_digest, read_labels
from mapper.shipped import folder

ROOT = Path(__file__).resolve().parent.parent
FLOORS = Path(__file__).with_name("floors.json")
STEP = 1000
"""Floors are kept in thousandths, rounded down."""


@dataclass(frozen=True)
class Labelled:
    """A corpus with labels."""

    corpus: Path
    gold: Path

    @property
    def there(self) -> bool:
        return self.corpus.is_dir() and self.gold.exists()


SETS = {
    "seeds": Labelled(folder("seeds"), folder("seeds") / "gold.jsonl"),
    "written": Labelled(ROOT / "written" / "documents", ROOT / "written" / "labels"),
    "seen": Labelled(ROOT / "written" / "seen" / "documents", ROOT / "written" / "seen" / "labels"),
}


def measure(labelled: Labelled) -> dict[str, float]:
    """The figures of a set (0–1); one that is undefined counts as 0."""
    inputs = run.read_inputs(folder("policies"), labelled.corpus)
    figures = evaluate(run.build(inputs), read_labels(labelled.gold)).overall
    values = {
        "cells_f1": figures.cells.f1,
        "evidence_f1": figures.evidence.f1,
        "evidence_precision": figures.evidence.precision.value,
        "grade": figures.grade.value,
        "attribution": figures.attribution.value,
    }
    return {name: value or 0.0 for name, value in values.items()}


def floors() -> dict[str, dict[str, str | float]]:
    """What is pinned, by set: ``labels`` (sha256) and a floor for each figure."""
    pinned: dict[str, dict[str, str | float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return pinned


def raised(
    pinned: dict[str, str | float], labels: str, figures: dict[str, float]
) -> dict[str, str | float]:
    """The floors that these figures allow: never lower than before, unless the labels are others."""
    new = {name: math.floor(value * STEP) / STEP for name, value in figures.items()}
    if pinned.get("labels") == labels:
        new = {name: max(value, float(pinned.get(name, 0))) for name, value in new.items()}
    return {"labels": labels, **new}


def main(arguments: list[str]) -> int:
    """Print figures and floors; with ``--accept`` pin the floors that the figures allow."""
    if arguments not in ([], ["--accept"]):
        print(__doc__)
        return 2
    pinned = floors() if FLOORS.is_file() else {}
    for name, labelled in SETS.items():
        if not labelled.there:
            print(f"{name}: not here, kept as it is")
            continue
        figures = measure(labelled)
        old = pinned.get(name, {})
        pinned[name] = raised(old, path_digest(labelled.gold), figures)
        for figure, value in figures.items():
            print(f"{name} {figure}: {value:.4f}, floor {old.get(figure, '-')} -> {pinned[name][figure]}")
    if arguments:
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
