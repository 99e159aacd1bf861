"""Two policies → which of their requirements ask the same, proposed from texts, from the sentences that teach them, and from
evidence that they share. A human decides.

Each pair gets one score: how often both are evidenced by one sentence (of those that bear the rarer of the two), and how
alike are their sentences, their texts and their themes. What a requirement's sentences are alike in is measured on
those written for it alone, so that a sentence that bears both does not count twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mapper.drafting.likeness import RarityWeights, SparseVector, cosine, letter_runs
from mapper.model import Alignment, Lesson, Policy, Relation, Requirement

LINE = 0.3
"""Score from which a pair is proposed; measured by benchmarks/living.py."""
UNTAGGED = 0.11
"""The same between two policies of which no sentence bears requirements of both: then likeness alone speaks."""
_ALIKE = 0.3
"""How much likeness counts beside sentences that bear both."""
_THEMES = 0.3
"""How much common themes count beside likeness of texts."""
_DOUBT = 3
"""Sentences without the other requirement that everything is taken to have: three of four are less than thirty of forty."""
_WHOLE = 0.6
"""Share of a requirement's sentences that bear another from which it is taken for a part of that."""
_SAME = 0.75
"""Likeness of texts from which two requirements are taken to ask the same though no sentence bears both."""


@dataclass(frozen=True)
class SuggestedPair:
    """A pair that seems to correspond. ``shared``: sentences, and pieces of evidence, that bear both; likenesses 0–1."""

    source: str
    target: str
    relation: Relation
    score: float
    shared: int
    of: tuple[int, int]
    """Sentences and pieces that bear the source, and the target."""
    sentences: float
    texts: float


def suggest_crosswalk(
    source: Policy, target: Policy, lessons: Sequence[Lesson], alignment: Alignment | None = None
) -> tuple[SuggestedPair, ...]:
    """Pairs of requirements of two policies that seem to correspond, the surest first."""
    both = (*source.requirements, *target.requirements)
    bearing = _bearing(lessons, alignment, {one.id for one in both})
    count = Counter(id for ids in bearing for id in ids)
    own = {one.id for one in source.requirements}
    shared = Counter(
        (a, b) for ids in bearing for a in ids if a in own for b in ids if b not in own
    )
    taught, said = _sentences(both, lessons), _texts(both)
    line = LINE if shared else UNTAGGED
    found = []
    for one in source.requirements:
        for other in target.requirements:
            made = _suggestion(one, other, shared, count, taught, said)
            if made.score >= line:
                found.append(made)
    return tuple(sorted(found, key=lambda made: (-made.score, made.source, made.target)))


def _bearing(lessons: Iterable[Lesson], alignment: Alignment | None, wanted: set[str]) -> list[frozenset[str]]:
    """For each sentence, and each passage of a run, the requirements of the two policies that it bears."""
    sentences = [wanted.intersection(lesson.evidences) for lesson in lessons]
    passages: defaultdict[tuple[str, str, int], set[str]] = defaultdict(set)
    for piece in alignment.evidence if alignment is not None else ():
        if piece.requirement in wanted:
            passages[piece.firm, piece.document, piece.start].add(piece.requirement)
    return [frozenset(ids) for ids in (*sentences, *passages.values()) if ids]


def _sentences(requirements: Iterable[Requirement], lessons: Iterable[Lesson]) -> Mapping[str, SparseVector]:
    """The sentences written for each requirement as one vector."""
    ids = {one.id for one in requirements}
    written: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for lesson in lessons:
        if lesson.written_for in ids and lesson.evidences and not lesson.near_miss:
            written[lesson.written_for].append(letter_runs(lesson.text))
    weights = RarityWeights(text for texts in written.values() for text in texts)
    return {id: weights.vector(*texts) for id, texts in written.items()}


def _texts(requirements: Iterable[Requirement]) -> Mapping[str, SparseVector]:
    said = {one.id: letter_runs(f"{one.text}。{one.title}") for one in requirements}
    weights = RarityWeights(said.values())
    return {id: weights.vector(text) for id, text in said.items()}


def _suggestion(
    one: Requirement,
    other: Requirement,
    shared: Mapping[tuple[str, str], int],
    count: Mapping[str, int],
    taught: Mapping[str, SparseVector],
    said: Mapping[str, SparseVector],
) -> SuggestedPair:
    both = shared[one.id, other.id]
    of = count[one.id], count[other.id]
    common = both / (min(of) + _DOUBT)
    sentences = cosine(taught.get(one.id, {}), taught.get(other.id, {}))
    texts = cosine(said[one.id], said[other.id])
    themes = len({*one.themes} & {*other.themes}) / (len({*one.themes} | {*other.themes}) or 1)
    score = common + _ALIKE * (sentences + texts + _THEMES * themes)
    within = both >= _WHOLE * of[0] > 0, both >= _WHOLE * of[1] > 0
    relation: Relation = (
        "equal" if all(within) or (not both and texts >= _SAME)
        else "subset" if within[0] else "superset" if within[1] else "intersects"
    )
    return SuggestedPair(
        one.id, other.id, relation, round(score, 3), both, of, round(sentences, 2), round(texts, 2)
    )
