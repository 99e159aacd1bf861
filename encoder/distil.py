"""Make the table of what runs of characters mean: python encoder/distil.py [--labelled FILE] [--states DIR].

An encoder is taught by our own sentences alone, no labelled document among them, so that figures of documents stay figures of
what taught nothing. Where it places every sentence (of ours and of the documents, without their labels), reduced to the
WIDTH directions in which sentences differ most, a sum of numbers over runs of characters is fitted to, by ridge regression: the
table is those numbers, for the runs that stand in most sentences. Writes policies/ngrams.vectors; ``mapper learn`` is due after.
Needs what encoder/train.py needs; some forty minutes on two cores. ``--states`` keeps the encoder, so that a run can be taken up again.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import train
from source import read

from mapper.catalog.lessons import DIRECTION, read_lessons
from mapper.catalog.load import Catalog, load_catalog
from mapper.files import write_whole
from mapper.learn.material import Material, gather, read_sets
from mapper.learn.table import feature_matrix
from mapper.matchers import encoder as reader
from mapper.matchers.grams import MOST, NAME, folded, masked, runs
from mapper.matchers.vectors import NAME as TABLE
from mapper.matchers.vectors import STEPS, Vectors, dump, line
from mapper.shipped import folder

EPOCHS = 3
WIDTH = 32
MOST_RUNS = 30_000
FEWEST = 3
"""Sentences in which a run must stand."""
RIDGE = 0.3
ROUNDS = 60
USUAL = 0.999
"""Of the numbers of a dimension, the share that the steps reach; what is larger is cut."""


def own(catalog: Catalog) -> Iterator[train.EncoderSample]:
    """Every sentence of ours, worded as those of documents are read; those that teach direction say nothing of requirements."""
    for row in train.sentences(Material(catalog, ())):
        yield replace(row, prefix=train.PREFIX)
    assert catalog.folder is not None
    for lesson in read_lessons(catalog.folder, frozenset(), DIRECTION)[0]:
        yield train.EncoderSample(lesson.text, {}, frozenset({lesson.grade or "none"}), -1, DIRECTION, train.PREFIX)


def told(material: Material) -> Iterator[str]:
    """Every sentence of the documents, its names masked."""
    for known in material.documents:
        for passage, reading in zip(known.document.passages, known.readings, strict=True):
            yield masked(passage.text, reading.names).replace(NAME, reader.SOMEBODY)


def encoder(rows: Sequence[train.EncoderSample], texts: Sequence[str], catalog: Catalog, states: Path) -> reader.Encoder:
    """The encoder that these rows teach, kept in a folder."""
    place = states / "own"
    if not (place / reader.SETTINGS).is_file():
        train.EPOCHS = EPOCHS
        source, ids = read(), [one.id for one in catalog.requirements]
        words = train.vocabulary(source, texts)
        train.package(train.fine_tune(rows, ids, source, words), source, words, ids, texts, {}, {}, place)
    found = reader.load(place)
    assert isinstance(found, reader.Encoder), found
    return found


def distilled(texts: Sequence[str], vectors: Any) -> Vectors:
    """The table that comes nearest to where each text stands (texts × width of the encoder)."""
    values = [runs(folded(text.replace(reader.SOMEBODY, NAME))[:MOST]).values for text in texts]
    counts = Counter(run for one in values for run in one)
    often = [run for run, count in counts.items() if count >= FEWEST]
    kept = sorted(sorted(often, key=lambda run: (-counts[run], run))[:MOST_RUNS])
    apart = vectors - vectors.mean(0)
    _, _, directions = np.linalg.svd(apart[::4], full_matrices=False)
    numbers = _ridge(feature_matrix(values, kept), apart @ directions[:WIDTH].T)
    steps = np.quantile(abs(numbers), USUAL, axis=0) / STEPS
    whole = np.clip(np.rint(numbers / steps), -STEPS, STEPS).astype(int).tolist()
    return Vectors({run: line(one) for run, one in zip(kept, whole, strict=True)}, tuple(steps.tolist()))


def _ridge(shown: Any, wanted: Any) -> Any:
    """Weights (columns of ``shown`` × columns of ``wanted``) by conjugate gradients on the normal equations, all columns at once."""
    left = shown.T @ wanted
    weights, way = np.zeros_like(left), left.copy()
    size = (left * left).sum(0)
    for _ in range(ROUNDS):
        moved = shown.T @ (shown @ way) + RIDGE * way
        pace = size / ((way * moved).sum(0) + 1e-12)
        weights += pace * way
        left -= pace * moved
        size, before = (left * left).sum(0), size
        way = left + size / (before + 1e-12) * way
    return weights


def main() -> int:
    """Teach, distil, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, default=Path("benchmarks/labelled.yaml"))
    parser.add_argument("--states", type=Path, default=Path("out/encoder"))
    asked = parser.parse_args()
    catalog, _ = load_catalog(folder("policies"))
    assert catalog is not None
    rows = list(own(catalog))
    texts = sorted({*(row.text for row in rows), *told(gather(catalog, read_sets(asked.labelled)))})
    asked.states.mkdir(parents=True, exist_ok=True)
    _, vectors = encoder(rows, texts, catalog, asked.states).encode(texts)
    write_whole({folder("policies") / TABLE: dump(distilled(texts, vectors.astype(np.float64)))})
    return 0


if __name__ == "__main__":
    sys.exit(main())
