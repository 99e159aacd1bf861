"""The labelled sets as the benchmarks read them: those of labelled.yaml that are here, with the kinds of their documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from mapper import run
from mapper.evaluate import Label, read_labels
from mapper.learn.material import Labelled, read_sets
from mapper.model import Alignment
from mapper.shipped import folder

SETS = Path(__file__).with_name("labelled.yaml")


@dataclass(frozen=True)
class LabelledSet:
    """One corpus with its labels."""

    name: str
    inputs: run.Inputs
    labels: tuple[Label, ...]

    def align(self, min_score: float) -> Alignment:
        """The alignment of everything that scores so much."""
        return run.build(self.inputs, min_score=min_score)


def sets() -> list[Labelled]:
    """Every labelled set that is here: those that ship, and others that lie beside the checkout."""
    return read_sets(SETS)


def labelled_sets() -> Iterator[LabelledSet]:
    """Those by which figures are made, read."""
    for one in (each for each in sets() if each.judged):
        yield LabelledSet(one.name, run.read_inputs(folder("policies"), one.corpus), read_labels(one.gold))


def kinds() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """For each set, its kinds of document and the names that they have."""
    listed = yaml.safe_load(SETS.read_text(encoding="utf-8"))["sets"]
    return {one["name"]: {kind: re.compile(names) for kind, names in (one.get("kinds") or {}).items()} for one in listed}
