"""The whole course: fit on the other folds, weigh what those models say of this one, then fit on everything."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from multiprocessing import cpu_count, get_all_start_methods, get_context
from pathlib import Path
from typing import Any

from mapper.align.weighing import Weighing
from mapper.catalog.lessons import digests
from mapper.catalog.load import load_catalog
from mapper.evaluate.folds import FOLDS
from mapper.files import write_whole
from mapper.learn.fit import fit
from mapper.learn.material import Known, Material, gather, read_sets
from mapper.learn.stack import Needed, Weighed, fit_weighing, priors, score_lines, weighed
from mapper.matchers.encoder import Encoder
from mapper.matchers.model import NAME, Model, dump
from mapper.problems import InputError, Problem
from mapper.progress import Progress

__all__ = ["NAME", "Examined", "Learned", "examine", "learn", "teach", "write"]
FEWEST_LABELS, FEWEST_DOCUMENTS = 30, 8
"""Labels of documents that are judged, and documents that hold them, below which scores are guesses: each fold needs some."""


@dataclass(frozen=True)
class Learned:
    """A model, how much taught it, and what was wrong and stopped nothing."""

    model: Model
    counts: dict[str, int]
    problems: tuple[Problem, ...]


def learn(policies: Path, labelled: Path | None, progress: Progress | None = None) -> Learned:
    """Teach a reader for the policies of a folder by their sentences and by labelled sets.

    Without labelled documents there is nothing to weigh scores by, and what a build teaches itself from the sentences is
    better than a model of them alone: that is refused. Raises InputError for policies or sets that are wrong, and
    ExtraMissingError.
    """
    catalog, problems = load_catalog(policies)
    if catalog is None:
        raise InputError(problems)
    material = gather(catalog, read_sets(labelled) if labelled is not None else [])
    judged = [known for known in material.documents if known.fold >= 0]
    if not judged:
        raise InputError([*problems, Problem("learn-unlabelled", str(labelled or policies))])
    documents, labels = sum(bool(known.labels) for known in judged), _labels(judged)
    if documents < FEWEST_DOCUMENTS or labels < FEWEST_LABELS:
        params = {"documents": documents, "labels": labels, "least": FEWEST_LABELS, "least_documents": FEWEST_DOCUMENTS}
        raise InputError([*problems, Problem("learn-too-few", str(labelled), params={k: str(v) for k, v in params.items()})])
    model = teach(material, examine(material, progress))
    counts = {
        "sentences": len(catalog.lessons) + len(material.turned),
        "documents": len(material.documents),
        "labels": _labels(material.documents),
    }
    return Learned(model, counts, (*problems, *material.problems))


def _labels(documents: Iterable[Known]) -> int:
    """How many labels stand in documents."""
    return len({id(one) for known in documents for held in known.labels.values() for one in held})


def write(model: Model, path: Path) -> None:
    """Write a model, whole or not at all."""
    write_whole({path: dump(model)})


@dataclass(frozen=True)
class Examined:
    """What cross-validation by document gave: for each fold a model that saw none of its documents, ready to read."""

    folds: tuple[Model, ...]
    data: tuple[Weighed, ...]


def examine(material: Material, progress: Progress | None = None) -> Examined:
    """Teach a model for each fold on all others, and fit its weighing on the candidates of those others.

    A fold's candidates are weighed with weights that its own labels had no part in. Folds are taught side by side where
    processes can be forked; the result is the same.
    """
    models: list[Model] = []
    data: list[Weighed] = []
    for fold, (model, found) in enumerate(_side_by_side(material)):
        if progress:
            progress(fold + 1, FOLDS + 1, f"{fold + 1}/{FOLDS}")
        models.append(model)
        data += found
    ready = []
    for fold, model in enumerate(models):
        others = [one for one in data if one.fold != fold]
        weighing = fit_weighing(others)
        own = Weighing.of(weighing)
        at = _lines(material, others, {one: own for one in range(FOLDS) if one != fold})
        ready.append(replace(model, weighing={**model.weighing, **weighing, **at}))
    return Examined(tuple(ready), tuple(data))


_taught: list[Material] = []
"""What the processes that teach the folds find when they are forked."""


def _side_by_side(material: Material) -> Iterator[tuple[Model, list[Weighed]]]:
    if "fork" not in get_all_start_methods():
        yield from (fold_alone(material, fold) for fold in range(FOLDS))
        return
    _taught.append(material)
    try:
        with get_context("fork").Pool(min(FOLDS, cpu_count()), _plain) as pool:
            yield from pool.imap(_forked, range(FOLDS), chunksize=1)
    finally:
        _taught.pop()


def _forked(fold: int) -> tuple[Model, list[Weighed]]:
    return fold_alone(_taught[-1], fold)


def fold_alone(material: Material, fold: int, encoder: Encoder | None = None) -> tuple[Model, list[Weighed]]:
    """A model taught without a fold, and that fold's candidates as it (and an encoder taught without it) reads them."""
    ids = [one.id for one in material.catalog.requirements]
    prior = priors(material, [n for n in range(FOLDS) if n != fold])
    model = fit([row for row in material.rows if row.fold != fold], ids, material.turned, material.vectors)
    model = replace(model, weighing=prior)
    held = (known for known in material.documents if known.fold == fold)
    found = list(weighed(material, held, model, encoder))
    return replace(model), found  # without what it unpacked while reading, which need not travel between processes


def weigh(material: Material, data: Mapping[int, Sequence[Weighed]]) -> dict[str, Any]:
    """Weights of score and grade, and the lines, from the candidates of some folds.

    The lines are chosen by scores of weights that the fold of a document had no part in, where there are several.
    """
    every = [one for fold in data for one in data[fold]]
    weighings = {}
    for fold in data:
        others = [one for other in data if other != fold for one in data[other]]
        weighings[fold] = Weighing.of(fit_weighing(others or every))
    return {**fit_weighing(every), **_lines(material, every, weighings)}


def teach(material: Material, examined: Examined) -> Model:
    """The model that ships: taught by everything, weighed by what the folds said of documents new to them."""
    ids = [one.id for one in material.catalog.requirements]
    model = fit(material.rows, ids, material.turned, material.vectors)
    weighing = fit_weighing(examined.data)
    at = _lines(material, examined.data, {n: Weighing.of(one.weighing) for n, one in enumerate(examined.folds)})
    return replace(
        model,
        weighing={**priors(material, range(FOLDS)), **weighing, **at},
        taught=digests(material.catalog.lessons, ids),
        sources=material.sources,
    )


def _lines(material: Material, data: Sequence[Weighed], weighings: Mapping[int, Weighing]) -> dict[str, float]:
    """The lines by what the weighing of each fold makes of its candidates."""
    read = []
    for one in data:
        grade = weighings[one.fold].graded(one.going)
        read.append((weighings[one.fold].scored(one.features, grade), grade))
    return score_lines(data, read, _needed(material, weighings))


def _needed(material: Material, folds: Iterable[int]) -> dict[Needed, str]:
    """The required labels of the documents of some folds, with their grades."""
    wanted = set(folds)
    return {
        (known.corpus, label.document, label.firm, label.requirement, label.quote): label.grade
        for known in material.documents
        if known.fold in wanted
        for labels in known.labels.values()
        for label in labels
        if label.level == "required"
    }


def _plain() -> None:
    """In a worker: be ended without a word; what the command does when it is ended is not for its workers."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
