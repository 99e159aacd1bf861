"""Sentences of a catalog → small models of the requirements that the large one was never taught."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from mapper.catalog.lessons import read_lessons
from mapper.catalog.load import FEWEST, Catalog
from mapper.matchers.few import Few, Placed, Small, direction, taught
from mapper.matchers.grams import MOST, runs
from mapper.matchers.kept import Kept, Taught
from mapper.matchers.model import Model
from mapper.model import Lesson, Requirement
from mapper.shipped import folder

BACKGROUND, LEAST_BACKGROUND = 1500, 450
"""Sentences about other things that a requirement is told apart from, where it is taught here and now; those of the other
requirements of its policy are among them, down to the lesser number of all others.
"""


def few_of(catalog: Catalog, model: Model, kept: Kept | None) -> Few | None:
    """Models of the requirements that the large one lacks, taught by the catalog's sentences and the shipped ones; None where none is
    taught by enough. ``kept``: where to look for what was taught before."""
    known = set(model.requirements)
    counts = Counter(one for lesson in catalog.lessons for one in lesson.evidences)
    lacking = [one.id for one in catalog.requirements if one.id not in known and counts[one.id] >= FEWEST]
    return teach(catalog, model, lacking, kept=kept) if lacking else None


def teach(
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
        told = (*sides(one, catalog.lessons, texts, asked), among[asked[one].policy])
        key = kept.key(model.digest, *told) if kept is not None else ""
        found = kept.find(key) if kept is not None else None
        made[one] = found or taught(*told, known)
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


def sides(
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
