"""Honest figures: python -m benchmarks.quality [--models FOLDER] [--curve] [--peers].

Every document of the labelled sets is read by a model that was taught without it (five folds by document; score, grade
and line too are fitted without its labels), attributed by the program, and judged by the rules of ``mapper evaluate``.
Sets that were looked at while rules were written stand apart. ``--models`` keeps the fold models for the next time;
``--curve`` teaches with a part of the documents; ``--peers`` puts ready-made matchers beside.

The labels were made by language models after a written guide, not by supervisors; a label that one annotator alone
gave counts neither for nor against.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.labelled import kinds, labelled_sets, sets
from mapper.align.alignment import align
from mapper.align.weighing import Weighing
from mapper.catalog.load import load_catalog
from mapper.evaluate import Balance, Evaluation, Figures, Share, evaluate, read_labels
from mapper.evaluate.folds import FOLDS
from mapper.learn.course import examine
from mapper.learn.material import Known, Material, gather
from mapper.matchers.encoder import Encoder
from mapper.matchers.model import Model, dump, load
from mapper.matchers.shelf import shelf
from mapper.model import Alignment, Run
from mapper.shipped import folder

SHARES = (0.25, 0.5)
"""Parts of the documents that the learning curve teaches with, beside all of them."""
Judged = tuple[str, Evaluation]
NOBODY: Mapping[int, Encoder] = {}


def main(arguments: list[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--peers", action="store_true")
    asked = parser.parse_args(arguments)
    catalog, _ = load_catalog(folder("policies"))
    assert catalog is not None
    material = gather(catalog, sets())
    models = _models(material, asked.models)
    judged = list(judge(material, models))
    new = [one for one in judged if one[0] in _new(material)]
    print(table("set", [*_by_set(new), ("all of these", total(e.overall for _, e in new)), *_by_set(judged, new)]))
    print("\n" + table("policy", _by_policy(new)))
    print("\n" + table("kind of document", by_kind(material, models)))
    print("\n" + grades(new) + "\n\n" + _reliability(new))
    print(f"\nattribution reaches {_percent(_reached(new))} of the required labels")
    if asked.curve:
        for share in SHARES:
            fewer = [one for one in judge(material, _models(_part(material, share), None)) if one[0] in _new(material)]
            print("\n" + table(f"taught with {share:.0%}", [("all of these", total(e.overall for _, e in fewer))]))
    if asked.peers:
        methods = peers.matchers()
        print("\n" + peers.table([line for one in labelled_sets() for line in peers.lines(one, methods)]))
    return 0


def _new(material: Material) -> set[str]:
    return {known.corpus for known in material.documents if known.fold >= 0}


def _models(material: Material, kept: Path | None) -> tuple[Model, ...]:
    """The models of the folds; read from a folder where they are kept there, by what taught them."""
    if kept is None:
        return examine(material, _tell).folds
    said = repr([(row.text, sorted(row.targets.items()), sorted(row.grades), row.fold) for row in material.rows])
    key = hashlib.sha256(said.encode()).hexdigest()[:12]
    places = [kept / f"{key}-{fold}.model" for fold in range(FOLDS)]
    if not all(place.is_file() for place in places):
        kept.mkdir(parents=True, exist_ok=True)
        for place, model in zip(places, examine(material, _tell).folds, strict=True):
            place.write_bytes(dump(model))
    return tuple(model for place in places if isinstance(model := load(place), Model))


def _tell(done: int, whole: int, what: str) -> None:
    print(f"fold {what}", file=sys.stderr, flush=True)


def _part(material: Material, share: float) -> Material:
    """The same with labels of a part of the documents only; all are read and judged."""

    def stays(known: Known) -> bool:
        digest = hashlib.sha256(f"part/{known.corpus}/{known.document.document.id}".encode()).hexdigest()
        return known.fold < 0 or int(digest[:8], 16) / 16**8 < share

    return replace(material, documents=tuple(known for known in material.documents if stays(known)))


def judge(
    material: Material,
    models: Sequence[Model],
    keep: Callable[[Known], bool] = lambda _: True,
    encoders: Mapping[int, Encoder] = NOBODY,
) -> Iterable[Judged]:
    """Each set, every document read by the model that did not see it; those looked at by the first.

    ``encoders``: by fold, what reads along.
    """
    labels = {one.name: read_labels(one.gold) for one in sets() if one.judged}
    for name, own in labels.items():
        parts: list[Alignment] = []
        for fold, model in enumerate(models):
            known = [k for k in material.documents if k.corpus == name and max(k.fold, 0) == fold and keep(k)]
            if known:
                parts.append(_aligned(material, known, model, encoders.get(fold)))
        if parts:
            documents = {document.id for part in parts for document in part.documents}
            yield name, evaluate(_together(parts), [label for label in own if label.document in documents])


def _aligned(material: Material, known: Sequence[Known], model: Model, encoder: Encoder | None) -> Alignment:
    reader = shelf(material.catalog, model, encoder)
    line = Weighing.of(reader.weighing).line
    run = Run(version="0")
    return _together(
        [align([one.document], material.catalog, one.registry, run, min_score=line, shelf=reader) for one in known]
    )


def _together(parts: Sequence[Alignment]) -> Alignment:
    """What the evaluation looks at of several alignments of one set."""
    firms = {firm.id: firm for part in parts for firm in part.firms}
    return parts[0].model_copy(
        update={
            "firms": tuple(firms.values()),
            "documents": tuple(one for part in parts for one in part.documents),
            "evidence": tuple(one for part in parts for one in part.evidence),
            "cells": (),
        }
    )


def total(figures: Iterable[Figures]) -> Figures:
    """Figures over several sets together: counts add up."""
    every = list(figures)

    def share(pick: Callable[[Figures], Share]) -> Share:
        return Share(sum(pick(one).part for one in every), sum(pick(one).whole for one in every))

    def balance(pick: Callable[[Figures], Balance]) -> Balance:
        return Balance(share(lambda one: pick(one).precision), share(lambda one: pick(one).recall))

    return Figures(
        cells=balance(lambda one: one.cells), evidence=balance(lambda one: one.evidence), grade=share(lambda one: one.grade),
        attribution=share(lambda one: one.attribution), adverse=balance(lambda one: one.adverse),
    )


def _by_set(judged: Sequence[Judged], without: Sequence[Judged] = ()) -> list[tuple[str, Figures]]:
    left = {name for name, _ in without}
    mark = " (looked at while rules were written)" if without else ""
    return [(name + mark, one.overall) for name, one in judged if name not in left]


def _by_policy(judged: Sequence[Judged]) -> list[tuple[str, Figures]]:
    found: defaultdict[str, list[Figures]] = defaultdict(list)
    for _, one in judged:
        for group in one.policies:
            if group.known:
                found[group.name].append(group.figures)
    return [(name, total(figures)) for name, figures in found.items()]


def by_kind(
    material: Material, models: Sequence[Model], encoders: Mapping[int, Encoder] = NOBODY
) -> list[tuple[str, Figures]]:
    named = kinds()

    def kind(known: Known) -> str | None:
        return next((k for k, p in named.get(known.corpus, {}).items() if p.search(known.document.document.id)), None)

    every = sorted({k for known in material.documents if known.fold >= 0 and (k := kind(known))})
    return [
        (one, total(e.overall for _, e in judge(material, models, lambda k, one=one: k.fold >= 0 and kind(k) == one, encoders)))  # type: ignore[misc]
        for one in every
    ]


def grades(judged: Sequence[Judged]) -> str:
    rows = ["| grade | right evidence | grade right |", "|---|---:|---:|"]
    counts: defaultdict[str, list[bool]] = defaultdict(list)
    for _, one in judged:
        for truth, right in one.graded:
            counts[truth].append(right)
    for grade in ("commitment", "action", "outcome", "adverse"):
        held = counts[grade]
        rows.append(f"| {grade} | {len(held)} | {sum(held) / len(held) if held else math.nan:.2f} |")
    return "\n".join(rows)


def _reliability(judged: Sequence[Judged]) -> str:
    rows = ["| score | marks | mean | right |", "|---|---:|---:|---:|"]
    for bins in zip(*(one.reliability for _, one in judged), strict=True):
        whole = sum(one.right.whole for one in bins)
        if whole:
            mean = sum((one.mean or 0.0) * one.right.whole for one in bins) / whole
            right = sum(one.right.part for one in bins) / whole
            rows.append(f"| {bins[0].low:.1f}–{bins[0].high:.1f} | {whole} | {mean:.2f} | {right:.2f} |")
    return "\n".join(rows)


def _reached(judged: Sequence[Judged]) -> Share:
    return Share(sum(one.ceiling.part for _, one in judged), sum(one.ceiling.whole for _, one in judged))


def _percent(share: Share) -> str:
    return f"{100 * (share.value or 0):.1f} %"


def table(head: str, rows: Sequence[tuple[str, Figures]]) -> str:
    """Figures in Markdown, one line for each name."""
    lines = [
        f"| {head} | cells F1 | P | R | evidence F1 | P | R | grade | adverse F1 | attribution |",
        "|---|" + "---:|" * 9,
    ]
    for name, one in rows:
        values: list[Any] = []
        for balance in (one.cells, one.evidence):
            values += (balance.f1, balance.precision.value, balance.recall.value)
        values += (one.grade.value, one.adverse.f1, one.attribution.value)
        lines.append(f"| {name} | " + " | ".join("–" if v is None else f"{v:.2f}" for v in values) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
