"""The matchers of a catalog: its signals, and the learned reader with the model that lies beside the policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from mapper.catalog.lessons import read_lessons
from mapper.catalog.load import FEWEST, Catalog
from mapper.matchers import model as models
from mapper.matchers import nearby
from mapper.matchers.answers import SecondReader
from mapper.matchers.cited import CitationMatcher
from mapper.matchers.encoder import Encoder, EncoderMatcher, find
from mapper.matchers.few import Few, Placed, Small, direction, taught
from mapper.matchers.grams import MOST, runs
from mapper.matchers.interface import Matcher
from mapper.matchers.kept import Kept, Taught
from mapper.matchers.learned import LearnedMatcher
from mapper.matchers.likeness import Likeness
from mapper.matchers.model import GRADES, Model
from mapper.matchers.signals import SignalMatcher
from mapper.model import InputFile, Lesson, Requirement
from mapper.problems import Problem
from mapper.shipped import folder

BACKGROUND, LEAST_BACKGROUND = 1500, 450
"""Sentences about other things that a requirement is told apart from, where it is taught here and now; those of the other
requirements of its policy are among them, down to the lesser number of all others.
"""


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
    few = _few(catalog, model, kept)
    learned = LearnedMatcher(model, [one.id for one in catalog.requirements], few, inputs)
    matchers: tuple[Matcher, ...] = (SignalMatcher(catalog), CitationMatcher(catalog), learned)
    third = _third(catalog, encoder)
    inputs += third.inputs if third is not None else ()
    return Shelf(matchers, learned, Likeness(catalog.lessons), tuple(problems), tuple(inputs), third)


def _third(catalog: Catalog, encoder: Encoder | None) -> EncoderMatcher | None:
    """The encoder for a catalog; requirements that it was never taught are taught here and now."""
    if encoder is None:
        return None
    ids = [one.id for one in catalog.requirements]
    taught = Counter(one for lesson in catalog.lessons for one in lesson.evidences)
    lacking = [one for one in ids if one not in encoder.requirements and taught[one] >= FEWEST]
    asked = {one.id: one for one in catalog.requirements}
    sides = {one: _sides(one, catalog.lessons, (), asked)[:2] for one in lacking}
    return EncoderMatcher(encoder, ids, nearby.teach(encoder, sides))


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


def _few(catalog: Catalog, model: Model, kept: Kept | None) -> Few | None:
    """Models of the requirements that the large one lacks, taught by the catalog's sentences and the shipped ones."""
    known = set(model.requirements)
    counts = Counter(one for lesson in catalog.lessons for one in lesson.evidences)
    lacking = [one.id for one in catalog.requirements if one.id not in known and counts[one.id] >= FEWEST]
    return _teach(catalog, model, lacking, kept=kept) if lacking and model is not EMPTY else None


def _teach(
    catalog: Catalog, model: Model, requirements: Sequence[str], few: Few | None = None, kept: Kept | None = None
) -> Few:
    """Small models of these requirements, beside those of ``few``; the large ``model`` says what stands near them."""
    shipped, _, _ = read_lessons(folder("policies"), frozenset())
    sentences = {lesson.text for lesson in catalog.lessons}
    texts = list(dict.fromkeys(lesson.text for lesson in (*catalog.lessons, *shipped)))
    asked = {one.id: one for one in catalog.requirements}
    among = Counter(one.policy for one in asked.values())
    made: dict[str, Taught] = {}
    keys: dict[str, None] = {}

    @cache
    def known(text: str) -> Placed:
        own = runs(text[:MOST])
        return Placed(model.scores(own)[: len(model.requirements)], model.meaning(own))

    for one in requirements:
        sides = (*_sides(one, catalog.lessons, texts, asked), among[asked[one].policy])
        key = kept.key(model.digest, *sides) if kept is not None else ""
        found = kept.find(key) if kept is not None else None
        made[one] = found or taught(*sides, known)
        keys[key] = None
        if kept is not None and found is None:
            kept.keep(key, made[one])
    if kept is not None:
        kept.only(keys)
    old = few or Few({})
    models = {**old.models, **{one: small for one, (small, _) in made.items()}}
    odd = {one: tuple(filter(sentences.__contains__, dim)) for one, (_, dim) in made.items()}
    turns = {**old.turns}
    for policy in dict.fromkeys(asked[one].policy for one in requirements):
        ids = [id for id, one in asked.items() if one.policy == policy and id in models]
        turn = _turn(catalog.lessons, frozenset(ids))
        turns = {id: one for id, one in turns.items() if id not in ids} | (dict.fromkeys(ids, turn) if turn else {})
    return Few(models, {**old.odd, **odd}, turns)


def _turn(lessons: Sequence[Lesson], requirements: frozenset[str]) -> Small | None:
    """What tells the sentences that teach these requirements by faults from the others; None where either are too few."""
    own = [one for one in lessons if not requirements.isdisjoint(one.evidences)]
    faults = [one.text for one in own if one.grade == "adverse"]
    deeds = [one.text for one in own if one.grade != "adverse"]
    return direction(faults, deeds) if min(len(faults), len(deeds)) >= FEWEST else None


def retaught(old: Shelf, catalog: Catalog, requirement: str) -> Shelf:
    """The shelf after the sentences of one requirement changed, all others as they were: what an author sees at once."""
    count = sum(requirement in lesson.evidences for lesson in catalog.lessons)
    few = old.learned.few
    if requirement not in old.model.requirements:
        if count >= FEWEST:
            few = _teach(catalog, old.model, [requirement], few)
        elif few is not None and requirement in few.models:
            few = replace(few, models={k: v for k, v in few.models.items() if k != requirement})
    learned = LearnedMatcher(old.model, [one.id for one in catalog.requirements], few, old.inputs)
    third = _third(catalog, old.encoder.encoder) if old.encoder is not None else None
    matchers = (SignalMatcher(catalog), learned)
    return replace(old, matchers=matchers, learned=learned, likeness=Likeness(catalog.lessons), encoder=third)


def _sides(
    requirement: str, lessons: Sequence[Lesson], texts: Sequence[str], asked: Mapping[str, Requirement]
) -> tuple[list[str], list[str], list[str]]:
    """What the requirement is taught by: its sentences and its own wording; what it is told apart from: its near
    misses, sentences and wording of the other requirements of its policy; and a share of all others. ``asked``: all
    requirements by id. A sentence that is evidence of one and a near miss of another is evidence here.
    """
    own = asked[requirement].policy
    family = {id for id, one in asked.items() if one.policy == own}
    positive = [lesson.text for lesson in lessons if requirement in lesson.evidences]
    positive += [text for text in (asked[requirement].text,) if text and text not in positive]
    near = [lesson.text for lesson in lessons if lesson.written_for == requirement and requirement not in lesson.evidences]
    sisters = [
        lesson.text
        for lesson in lessons
        if requirement not in lesson.evidences and not family.isdisjoint((*lesson.evidences, lesson.written_for or ""))
    ]
    sisters += [asked[one].text for one in sorted(family) if asked[one].text]
    evidence = set(positive)
    near = [text for text in dict.fromkeys([*near, *sisters]) if text not in evidence]
    taken = {*positive, *near}
    others = [text for text in texts if text not in taken]
    room = max(LEAST_BACKGROUND, BACKGROUND - len(sisters))
    return positive, near, others[:: max(1, len(others) // room)][:room]
