"""What teaches: labelled corpora as passages with what they evidence, and the catalog's sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from pydantic import Field

from mapper.catalog.lessons import DIRECTION, read_lessons
from mapper.catalog.load import Catalog
from mapper.corpus import read_corpus
from mapper.evaluate import Label, read_labels
from mapper.evaluate.folds import fold_of
from mapper.evaluate.text import Index, normalise
from mapper.firms.attribution import Attribution, attribute
from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.firms.registry import Registry
from mapper.matchers.grams import folded, masked
from mapper.matchers.vectors import NAME, Vectors
from mapper.matchers.vectors import load as load_vectors
from mapper.model import DocumentText, Firm, Lesson, Value
from mapper.problems import InputError, Problem, no_folder
from mapper.shipped import folder
from mapper.yamlmarks import load as load_yaml
from mapper.yamlmarks import validate

Told = Literal["documents", "world"]
_OURS = frozenset[Told]({"documents"})
_WORLD = frozenset[Told]({"documents", "world"})
NEARLY = 0.6
"""Share of the longest run of a quote that a passage must hold to be taught by its label."""
ACCEPTABLE = 0.5
"""How much a label counts that one annotator alone would have given."""


@dataclass(frozen=True)
class Labelled:
    """A corpus folder with its labels (a file, or a folder of them).

    ``looked_at``: rules were written with it; ``ours``: written by us and not found in the world; ``judged``: whether figures
    are made with it. What was looked at, or is not judged, teaches always.
    """

    name: str
    corpus: Path
    gold: Path
    looked_at: bool = False
    ours: bool = False
    judged: bool = True


@dataclass(frozen=True)
class TrainingSentence:
    """One sentence that teaches: its text and the one before it, folded and masked, and what it evidences.

    ``targets``: requirement → weight of the label (0–1); ``grades``: how it goes; ``only``: the one requirement that
    it says anything about, where it was written for one and never held against the others. ``fold``: −1 teaches always.
    ``told``: whether it stands in ``documents``, as a sentence of the catalog does not, and in those of the ``world``.
    """

    text: str
    before: str
    targets: Mapping[str, float]
    grades: frozenset[str]
    fold: int = -1
    only: str | None = None
    told: frozenset[Told] = frozenset()


@dataclass(frozen=True)
class Known:
    """A labelled document, read and attributed; ``labels`` by the passage that they overlap."""

    corpus: str
    document: DocumentText
    readings: tuple[Attribution, ...]
    registry: Registry
    labels: Mapping[int, tuple[Label, ...]]
    fold: int
    real: bool = False

    def names(self, firm: str) -> set[str]:
        """What a label may call a firm, by a platform or product where that is how customers call it."""
        found: Firm = self.registry.firms[firm]
        called = (found.id, found.name, found.full_name, *found.aliases, *found.former, *found.products)
        return {name for name in called if name}


@dataclass(frozen=True)
class Material:
    """All that teaches: the catalog with its sentences, and the labelled documents."""

    catalog: Catalog
    documents: tuple[Known, ...]
    sources: Mapping[str, str] = field(default_factory=dict)
    """Digests of the labels, by the name of their set, and of the sentences that teach direction."""
    turned: tuple[TrainingSentence, ...] = ()
    """Sentences that teach only which way words go."""
    problems: tuple[Problem, ...] = ()
    vectors: Vectors | None = None
    """What runs of characters mean; None where that table is not there, as when it is made."""

    @property
    def rows(self) -> list[TrainingSentence]:
        """Every sentence that teaches, those of documents first."""
        found = [row for known in self.documents for row in _rows(known)]
        return [*found, *(_taught(lesson) for lesson in self.catalog.lessons)]


class _SetEntry(Value):
    """A set as a file lists it. ``optional``: it may be missing; ``kinds`` of its documents are for benchmarks."""

    name: str = Field(min_length=1)
    corpus: str
    gold: str
    looked_at: bool = False
    ours: bool = False
    judged: bool = True
    optional: bool = False
    kinds: dict[str, str] = Field(default_factory=dict)


class _SetList(Value):
    sets: tuple[_SetEntry, ...] = Field(min_length=1)


def read_sets(path: Path) -> list[Labelled]:
    """The labelled sets that a YAML file lists: ``sets: [{name, corpus, gold, looked_at?, ours?, judged?, optional?}]``, paths
    beside the file.

    A set whose corpus or gold is not there is passed over where it is ``optional``. Raises InputError with every problem.
    """
    marked, problems = load_yaml(path, str(path))
    if marked is None:
        raise InputError(problems)
    listed, found = validate(_SetList, marked.data, marked)
    problems += found
    base = path.resolve().parent
    sets: list[Labelled] = []
    for number, one in enumerate(listed.sets if listed is not None else ()):
        corpus, gold = base / one.corpus, base / one.gold
        lost = [(key, place) for key, place, there in (("corpus", corpus, corpus.is_dir()), ("gold", gold, gold.exists())) if not there]
        if not lost:
            sets.append(Labelled(one.name, corpus, gold, looked_at=one.looked_at, ours=one.ours, judged=one.judged))
        elif not one.optional:
            for key, place in lost:
                problems.append(replace(no_folder(place), path=marked.path, line=marked.line("sets", number, key)))
    if problems:
        raise InputError(problems)
    return sets


def gather(catalog: Catalog, sets: Sequence[Labelled]) -> Material:
    """Read and attribute every document of the sets. Raises InputError for labels or registries that are wrong."""
    documents: list[Known] = []
    sources: dict[str, str] = {}
    for one in sets:
        labels = read_labels(one.gold)
        sources[one.name] = _digest(labels)
        documents += _known(one, labels)
    turned, _, problems = read_lessons(catalog.folder, frozenset(), DIRECTION) if catalog.folder else ((), (), [])
    if turned:
        sources[DIRECTION] = _digest(turned)
    place = folder("policies") / NAME
    vectors = load_vectors(place) if place.is_file() else None
    if isinstance(vectors, Problem):
        raise InputError([vectors])
    if vectors is not None:
        sources[NAME] = vectors.digest[:16]
    return Material(catalog, tuple(documents), sources, tuple(map(_taught, turned)), tuple(problems), vectors)


def _known(one: Labelled, labels: Sequence[Label]) -> Iterator[Known]:
    corpus = read_corpus(one.corpus)
    registry, problems = load_registry(corpus.firms_file)
    if registry is None:
        raise InputError(problems)
    by_document: dict[str, list[Label]] = {}
    for label in labels:
        by_document.setdefault(label.document, []).append(label)
    for document in corpus.documents:
        local = local_registry(document, registry)
        held = by_document.get(document.document.id, [])
        index = Index(normalise(label.quote) for label in held)
        on: dict[int, tuple[Label, ...]] = {}
        for number, passage in enumerate(document.passages if held else ()):
            if numbers := index.overlapping(normalise(passage.text)):
                on[number] = tuple(held[n] for n in numbers)
        fold = -1 if one.looked_at or not one.judged else fold_of(f"{one.name}/{document.document.id}")
        yield Known(one.name, document, tuple(attribute(document, local)), local, on, fold, real=not one.ours)


def _carried(known: Known) -> Mapping[int, Sequence[Label]]:
    """The labels that each passage teaches: of those that overlap it, the ones whose words it holds, or nearly.

    Where passages resemble each other, as the rows of a list do, a label overlaps more of them than it was given to. Those that
    share a run nearly as long as any does are meant; and those into which a quote was cut, where none holds it whole.
    """
    plain = {number: normalise(known.document.passages[number].text) for number in known.labels}
    places: dict[int, list[tuple[int, Label]]] = {}
    for number, labels in known.labels.items():
        for label in labels:
            places.setdefault(id(label), []).append((number, label))
    carried: dict[int, list[Label]] = {}
    for found in places.values():
        quote = normalise(found[0][1].quote)
        shared = {number: _shared(quote, plain[number]) if len(found) > 1 else len(quote) for number, _ in found}
        most = max(shared.values())
        for number, label in found:
            if shared[number] >= NEARLY * most or (most < len(quote) and plain[number] in quote):
                carried.setdefault(number, []).append(label)
    return carried


def _shared(quote: str, text: str) -> int:
    """Length of the longest run that they share."""
    return len(quote) if quote in text else SequenceMatcher(None, quote, text, autojunk=False).find_longest_match().size


def _rows(known: Known) -> Iterator[TrainingSentence]:
    before = ""
    carried = _carried(known)
    for number, (passage, reading) in enumerate(zip(known.document.passages, known.readings, strict=True)):
        text = folded(masked(passage.text, reading.names))
        labels = carried.get(number, ())
        if passage.role == "body" or labels:
            targets: dict[str, float] = {}
            for label in labels:
                weight = 1.0 if label.level == "required" else ACCEPTABLE
                targets[label.requirement] = max(weight, targets.get(label.requirement, 0.0))
            grades = frozenset[str](label.grade for label in labels) or frozenset({"none"})
            yield TrainingSentence(text, before, targets, grades, known.fold, told=_WORLD if known.real else _OURS)
        before = text


def _taught(lesson: Lesson) -> TrainingSentence:
    alone = lesson.grade is None and not lesson.near_miss and len(lesson.evidences) == 1
    none = frozenset() if lesson.evidences else frozenset({"none"})
    grades: frozenset[str] = frozenset({lesson.grade}) if lesson.grade else none
    return TrainingSentence(
        folded(lesson.text), "", dict.fromkeys(lesson.evidences, 1.0), grades,
        only=lesson.evidences[0] if alone else None,
    )


def _digest(told: Sequence[Label] | Sequence[Lesson]) -> str:
    lines = "\n".join(sorted(one.model_dump_json() for one in told))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]
