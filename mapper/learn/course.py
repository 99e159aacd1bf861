"""The whole course: fit on the other folds, weigh what those models say of this one, then fit on everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing import cpu_count, get_all_start_methods, get_context
from pathlib import Path

from mapper.align.weighing import Weighing
from mapper.catalog.lessons import digests
from mapper.catalog.load import load_catalog
from mapper.files import write_whole
from mapper.learn.fit import MissingExtraError, fit
from mapper.learn.material import FOLDS, Material, gather, read_sets
from mapper.learn.stack import Weighed, fit_weighing, line, priors, weighed
from mapper.matchers.model import NAME, Model, dump
from mapper.matchers.shelf import shipped_weighing
from mapper.problems import InputError, Problem

__all__ = ["NAME", "Examined", "Learned", "MissingExtraError", "examine", "learn", "teach", "write"]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Learned:
    """A model, how much taught it, and what was wrong and stopped nothing."""

    model: Model
    counts: dict[str, int]
    problems: tuple[Problem, ...]


def learn(policies: Path, labelled: Path | None, progress: Progress | None = None) -> Learned:
    """Teach a reader for the policies of a folder by their sentences and by labelled sets.

    Without labelled sets there is nothing to weigh scores and grades by: the weights that ship are taken over. Raises
    InputError for policies or sets that are wrong, and MissingExtraError.
    """
    catalog, problems = load_catalog(policies)
    if catalog is None:
        raise InputError(problems)
    material = gather(catalog, read_sets(labelled) if labelled is not None else [])
    if any(known.fold >= 0 for known in material.documents):
        model = teach(material, examine(material, progress))
    else:
        ids = [one.id for one in catalog.requirements]
        model = replace(
            fit(material.rows, ids), weighing=shipped_weighing(), taught=digests(catalog.lessons, ids),
            sources=material.sources,
        )
    counts = {
        "sentences": len(catalog.lessons),
        "documents": len(material.documents),
        "labels": len({id(one) for known in material.documents for held in known.labels.values() for one in held}),
    }
    return Learned(model, counts, tuple(problems))


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
        ready.append(replace(model, weighing={**model.weighing, **weighing, "line": _line(material, others, fold)}))
    return Examined(tuple(ready), tuple(data))


_taught: list[Material] = []
"""What the processes that teach the folds find when they are forked."""


def _side_by_side(material: Material) -> Iterator[tuple[Model, list[Weighed]]]:
    if "fork" not in get_all_start_methods():
        yield from (_fold(material, fold) for fold in range(FOLDS))
        return
    _taught.append(material)
    try:
        with get_context("fork").Pool(min(FOLDS, cpu_count())) as pool:
            yield from pool.imap(_forked, range(FOLDS), chunksize=1)
    finally:
        _taught.pop()


def _forked(fold: int) -> tuple[Model, list[Weighed]]:
    return _fold(_taught[-1], fold)


def _fold(material: Material, fold: int) -> tuple[Model, list[Weighed]]:
    ids = [one.id for one in material.catalog.requirements]
    prior, usual = priors(material, [n for n in range(FOLDS) if n != fold])
    model = fit([row for row in material.rows if row.fold != fold], ids)
    model = replace(model, weighing={"prior": prior, "usual": usual})
    return model, list(weighed(material, (known for known in material.documents if known.fold == fold), model))


def teach(material: Material, examined: Examined) -> Model:
    """The model that ships: taught by everything, weighed by what the folds said of documents new to them."""
    ids = [one.id for one in material.catalog.requirements]
    model = fit(material.rows, ids)
    prior, usual = priors(material, range(FOLDS))
    weighing = fit_weighing(examined.data)
    at = _line(material, examined.data, None, examined)
    return replace(
        model,
        weighing={"prior": prior, "usual": usual, **weighing, "line": at},
        taught=digests(material.catalog.lessons, ids),
        sources=material.sources,
    )


def _line(material: Material, data: list[Weighed] | tuple[Weighed, ...], fold: int | None, examined: Examined | None = None) -> float:
    """The line by scores of documents that the weights were not fitted on (where several folds are there)."""
    scores: list[float] = []
    for one in data:
        weighing = examined.folds[one.fold].weighing if examined is not None else None
        scores.append(Weighing.of(weighing).scored(one.features) if weighing is not None else 0.0)
    if examined is None:
        own = Weighing.of(fit_weighing(list(data)))
        scores = [own.scored(one.features) for one in data]
    needed = {
        (label.document, label.firm, label.requirement, label.quote)
        for known in material.documents
        if known.fold >= 0 and known.fold != fold
        for labels in known.labels.values()
        for label in labels
        if label.level == "required"
    }
    return line(data, scores, len(needed))
