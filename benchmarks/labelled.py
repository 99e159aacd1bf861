"""The labelled sets as the benchmarks read them: inputs, labels and the alignment, nothing left out for its score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mapper import run
from mapper.catalog.load import Catalog
from mapper.evaluate import Label, evaluate, read_labels
from mapper.model import Alignment
from mapper.shipped import folder
from tests.quality import SETS


@dataclass(frozen=True)
class LabelledSet:
    """One corpus with its labels."""

    name: str
    inputs: run.Inputs
    labels: tuple[Label, ...]

    def align(self, catalog: Catalog | None = None, min_score: float = 0.0) -> Alignment:
        """The alignment, by default of everything found, or with another catalog."""
        inputs = replace(self.inputs, catalog=catalog) if catalog is not None else self.inputs
        return run.build(inputs, min_score=min_score)

    def wrong(self, alignment: Alignment) -> set[tuple[str, str]]:
        """(id, document) of every mark of an alignment that no label supports."""
        return {(mark.evidence.id, mark.place.document) for mark in evaluate(alignment, self.labels).false_marks}


def labelled_sets() -> Iterator[LabelledSet]:
    """Every labelled set that is here: the shipped articles, and others that lie beside the checkout."""
    for name, place in SETS.items():
        if place.there:
            inputs = run.read_inputs(folder("policies"), place.corpus)
            yield LabelledSet(name, inputs, read_labels(place.gold))
        else:
            print(f"{name}: not here, left out")
