"""The matchers of a catalog: its signals, and the learned reader with the model that lies beside the policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from mapper.catalog.load import FEWEST, Catalog
from mapper.matchers import model as models
from mapper.matchers import nearby
from mapper.matchers.answers import SecondReader
from mapper.matchers.cited import CitationMatcher
from mapper.matchers.encoder import Encoder, EncoderMatcher, find
from mapper.matchers.interface import Matcher
from mapper.matchers.kept import Kept
from mapper.matchers.learned import LearnedMatcher
from mapper.matchers.likeness import Likeness
from mapper.matchers.model import GRADES, Model
from mapper.matchers.signals import SignalMatcher
from mapper.matchers.teaching import few_of, sides, teach
from mapper.model import InputFile
from mapper.problems import Problem
from mapper.shipped import folder


@dataclass(frozen=True)
class Shelf:
    """All matchers of a run, which are put to every stretch, and the files that they were taught by."""

    matchers: tuple[Matcher, ...]
    learned: LearnedMatcher
    likeness: Likeness
    problems: tuple[Problem, ...] = ()
    inputs: tuple[InputFile, ...] = field(default_factory=tuple)
    encoder: EncoderMatcher | None = None
    """Asked about what the others claim anything of."""
    second: SecondReader | None = None
    """The language model that reads along, by its recorded answers."""

    @property
    def model(self) -> Model:
        """The model of the learned reader."""
        return self.learned.model

    @property
    def weighing(self) -> Mapping[str, Any]:
        """The weights of score and grade, and the line, for those who read."""
        return self.model.weighing if self.encoder is None else self.encoder.encoder.weighing

    @property
    def readers(self) -> tuple[str, ...]:
        """The readers that take part, by name."""
        return ("signals", "learned", *(("encoder",) if self.encoder is not None else ()))


EMPTY = Model(GRADES, (-4.0,) * len(GRADES), (1.0,) * len(GRADES), {})
"""A model that knows nothing: with it only signals speak."""


def shelf(
    catalog: Catalog, model: Model | None = None, encoder: Encoder | None = None, kept: Kept | None = None
) -> Shelf:
    """The matchers of a catalog. Without a ``model`` the one beside its policies is read, else the one that ships.

    Requirements that the model was never taught are taught here and now by their own sentences. An ``encoder`` reads too;
    where neither is given, the one that is installed. ``kept``: where to look for what was taught before.
    """
    problems: list[Problem] = []
    inputs: list[InputFile] = []
    if model is None:
        model, inputs, problems = _found(catalog)
        if encoder is None:
            there = find()
            encoder = there if isinstance(there, Encoder) else None
            problems += [there] if isinstance(there, Problem) else []
    few = few_of(catalog, model, kept) if model is not EMPTY else None
    learned = LearnedMatcher(model, [one.id for one in catalog.requirements], few, inputs)
    third = _third(catalog, encoder)
    inputs += third.inputs if third is not None else ()
    return Shelf(_matchers(catalog, learned), learned, Likeness(catalog.lessons), tuple(problems), tuple(inputs), third)


def _matchers(catalog: Catalog, learned: LearnedMatcher) -> tuple[Matcher, ...]:
    return SignalMatcher(catalog), CitationMatcher(catalog), learned


def _third(catalog: Catalog, encoder: Encoder | None) -> EncoderMatcher | None:
    """The encoder for a catalog; requirements that it was never taught are taught here and now."""
    if encoder is None:
        return None
    ids = [one.id for one in catalog.requirements]
    taught = Counter(one for lesson in catalog.lessons for one in lesson.evidences)
    lacking = [one for one in ids if one not in encoder.requirements and taught[one] >= FEWEST]
    asked = {one.id: one for one in catalog.requirements}
    told = {one: sides(one, catalog.lessons, (), asked)[:2] for one in lacking}
    return EncoderMatcher(encoder, ids, nearby.teach(encoder, told))


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


def retaught(old: Shelf, catalog: Catalog, requirement: str) -> Shelf:
    """The shelf after the sentences of one requirement changed, all others as they were: what an author sees at once."""
    count = sum(requirement in lesson.evidences for lesson in catalog.lessons)
    few = old.learned.few
    if requirement not in old.model.requirements:
        if count >= FEWEST:
            few = teach(catalog, old.model, [requirement], few)
        elif few is not None and requirement in few.models:
            few = replace(few, models={k: v for k, v in few.models.items() if k != requirement})
    learned = LearnedMatcher(old.model, [one.id for one in catalog.requirements], few, old.inputs)
    third = _third(catalog, old.encoder.encoder) if old.encoder is not None else None
    return replace(old, matchers=_matchers(catalog, learned), learned=learned, likeness=Likeness(catalog.lessons), encoder=third)
