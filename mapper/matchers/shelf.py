"""The matchers of a catalog: its signals, and the learned reader with the model that lies beside the policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from mapper.catalog.lessons import read_lessons
from mapper.catalog.load import FEWEST, Catalog
from mapper.matchers import model as models
from mapper.matchers.few import Few, teach
from mapper.matchers.interface import Matcher
from mapper.matchers.learned import LearnedMatcher
from mapper.matchers.likeness import Likeness
from mapper.matchers.model import GRADES, Model
from mapper.matchers.signals import SignalMatcher
from mapper.model import InputFile, Lesson
from mapper.problems import Problem
from mapper.shipped import folder

BACKGROUND = 900
"""Sentences about other things that a requirement is told apart from, where it is taught here and now."""


@dataclass(frozen=True)
class Shelf:
    """What reads a stretch, and what it was taught by."""

    matchers: tuple[Matcher, ...]
    learned: LearnedMatcher
    likeness: Likeness
    problems: tuple[Problem, ...] = ()
    inputs: tuple[InputFile, ...] = field(default_factory=tuple)

    @property
    def model(self) -> Model:
        """The model of the learned reader."""
        return self.learned.model


EMPTY = Model(GRADES, (-4.0,) * len(GRADES), (1.0,) * len(GRADES), {})
"""A model that knows nothing: with it only signals speak."""


def shelf(catalog: Catalog, model: Model | None = None) -> Shelf:
    """The matchers of a catalog. Without a ``model`` the one beside its policies is read, else the one that ships.

    Requirements that the model was never taught are taught here and now by their own sentences.
    """
    problems: list[Problem] = []
    inputs: list[InputFile] = []
    if model is None:
        model, inputs, problems = _found(catalog)
    few = _few(catalog, model)
    learned = LearnedMatcher(model, [one.id for one in catalog.requirements], few, inputs)
    matchers: tuple[Matcher, ...] = (SignalMatcher(catalog), learned)
    return Shelf(matchers, learned, Likeness(catalog.lessons), tuple(problems), tuple(inputs))


def _found(catalog: Catalog) -> tuple[Model, list[InputFile], list[Problem]]:
    problems: list[Problem] = []
    for place in (catalog.folder, folder("policies")):
        path = place / models.NAME if place is not None else None
        if path is None or not path.is_file():
            continue
        found = _loaded(path, path.stat().st_mtime_ns)
        if isinstance(found, Model):
            return found, [InputFile(role="model", path=path.name, sha256=found.digest)], problems
        problems.append(found)
    return EMPTY, [], [*problems, Problem("model-missing", severity="warning")]


@lru_cache(maxsize=4)
def _loaded(path: Path, changed: int) -> Model | Problem:
    """The model of a file as it was at that time."""
    return models.load(path)


def shipped_weighing() -> Mapping[str, Any]:
    """The weights of score and grade of the model that ships; nothing where there is none."""
    path = folder("policies") / models.NAME
    found = _loaded(path, path.stat().st_mtime_ns) if path.is_file() else None
    return found.weighing if isinstance(found, Model) else {}


def _few(catalog: Catalog, model: Model) -> Few | None:
    """Models of the requirements that the large one lacks, taught by the catalog's sentences and the shipped ones."""
    known = set(model.requirements)
    taught = Counter(one for lesson in catalog.lessons for one in lesson.evidences)
    lacking = [one.id for one in catalog.requirements if one.id not in known and taught[one.id] >= FEWEST]
    if not lacking or model is EMPTY:
        return None
    shipped, _, _ = read_lessons(folder("policies"), frozenset())
    texts = list(dict.fromkeys(lesson.text for lesson in (*catalog.lessons, *shipped)))
    return Few({one: teach(*_sides(one, catalog.lessons, texts)) for one in lacking})


def _sides(requirement: str, lessons: Sequence[Lesson], texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """What the requirement is taught by, and what it is told apart from: its near misses, and a share of all others."""
    positive = [lesson.text for lesson in lessons if requirement in lesson.evidences]
    near = [lesson.text for lesson in lessons if lesson.written_for == requirement and requirement not in lesson.evidences]
    taken = {*positive, *near}
    others = [text for text in texts if text not in taken]
    return positive, [*near, *others[:: max(1, len(others) // BACKGROUND)][:BACKGROUND]]
