"""A sentence on trial: what the readers would make of it if a firm that it names did what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mapper.align.candidates import alone, candidates
from mapper.align.weighing import Weighing
from mapper.catalog.load import Catalog
from mapper.firms.attribution import Attributed, Attribution
from mapper.firms.registry import Registry
from mapper.matchers.likeness import Likeness
from mapper.matchers.shelf import Shelf
from mapper.model import Document, DocumentText, Firm, Grade, Passage, Requirement
from mapper.problems import Problem

_FIRM = Firm(id="—", name="—", kind="bank")
_REGISTRY = Registry({_FIRM.id: _FIRM})
_DOCUMENT = Document(id="", path="", sha256="")
_UNLIKE = Likeness(())
"""A shelf of no sentences: no near miss is known."""
_DIM = 0.3
"""Share of a requirement's own sentences below the line from which its author is told."""
_ODD = 0.5
"""Share of examples unlike the others from which that is so."""


@dataclass(frozen=True)
class ScoredRequirement:
    """A requirement, the score (0–1) and the grade that a sentence came to."""

    requirement: str
    score: float
    grade: Grade


def trial(
    text: str, catalog: Catalog, shelf: Shelf, *, taught: bool = False, wanted: Collection[str] | None = None
) -> list[ScoredRequirement]:
    """What one sentence by itself comes to, the highest score first. The firm is taken to be of a kind addressed.

    ``taught``: the sentence is one of those that teach, so that its likeness to a near miss, itself perhaps, says nothing;
    ``wanted``: the requirements that are asked for, if not all.
    """
    whole = Attributed(_FIRM.id, 0, len(text), "named", _FIRM.name)
    passage = Passage(document="", number=0, start=0, end=len(text), text=text, paragraph=0)
    document = DocumentText(document=_DOCUMENT, text=text, passages=(passage,))
    weighing = Weighing.of(shelf.weighing)
    if taught:
        shelf = replace(shelf, likeness=_UNLIKE)
    found = []
    going: Mapping[str, float] | None = None
    for one in candidates(document, [Attribution((whole,), ())], catalog, _REGISTRY, shelf, wanted=wanted):
        if one.going is not going:  # breaches apart, all that is claimed of the sentence goes the same way
            going = one.going
            grade, torn = weighing.judged(going)
            begun = weighing.begun(one.facts, grade)
        score = weighing.scored({**one.own, "foreign": 0.0}, grade, begun) * (0.5 if torn else 1.0)
        found.append(ScoredRequirement(one.requirement.id, score, grade))
    return sorted(found, key=lambda one: (-one.score, one.requirement))


def direction(text: str, shelf: Shelf) -> Grade:
    """The grade of a sentence by its words alone, whether or not anything is found in it yet."""
    return Weighing.of(shelf.model.weighing).graded(alone(shelf, text))


@dataclass(frozen=True)
class TrialSummary:
    """How the sentences of a requirement stand to the line (0–1): how many there are, and how many are shown.

    ``lowest``: the example that scores least, with its score; ``odd``: examples that the others would not have told.
    """

    requirement: str
    examples: int
    shown: int
    misses: int
    misses_shown: int
    lowest: tuple[float, str]
    odd: tuple[str, ...]


class Trials:
    """All sentences of a catalog on trial, each once."""

    def __init__(self, catalog: Catalog, shelf: Shelf, line: float) -> None:
        self._catalog = catalog
        self._shelf = shelf
        self._line = line
        self._weighing = Weighing.of(shelf.weighing)
        self._verdicts: dict[str, dict[str, ScoredRequirement]] = {}
        self._wanted: dict[str, set[str]] = defaultdict(set)
        """By sentence the requirements that it teaches, as an example or as a near miss."""
        for lesson in catalog.lessons:
            self._wanted[lesson.text].update(lesson.evidences, [lesson.written_for] if lesson.written_for else ())

    def verdict(self, text: str, requirement: str) -> tuple[ScoredRequirement | None, float]:
        """What a sentence that teaches comes to, and the score from which evidence of its grade is shown."""
        if text not in self._verdicts:
            found = trial(text, self._catalog, self._shelf, taught=True, wanted=self._wanted[text])
            self._verdicts[text] = {one.requirement: one for one in found}
        verdict = self._verdicts[text].get(requirement)
        return verdict, self._line if verdict is None else self._weighing.least(self._line, verdict.grade)

    def score(self, text: str, requirement: str) -> float:
        """The score (0–1) of a sentence that teaches."""
        verdict, _ = self.verdict(text, requirement)
        return verdict.score if verdict is not None else 0.0

    def shown(self, text: str, requirement: str) -> bool:
        """Whether a sentence that teaches would be shown."""
        verdict, least = self.verdict(text, requirement)
        return verdict is not None and verdict.score >= least

    def standings(self) -> Iterator[TrialSummary]:
        """Those of the requirements that were taught here and now, in the order of the catalog."""
        few = self._shelf.learned.few
        for requirement in self._catalog.requirements:
            id = requirement.id
            if few is None or id not in few.models:
                continue
            examples = sorted({(self.score(one.text, id), one.text) for one in self._catalog.lessons if id in one.evidences})
            misses = [
                self.shown(one.text, id)
                for one in self._catalog.lessons
                if one.near_miss and one.written_for == id and id not in one.evidences
            ]
            shown = sum(self.shown(text, id) for _, text in examples)
            yield TrialSummary(id, len(examples), shown, len(misses), sum(misses), examples[0], few.odd.get(id, ()))

    def problems(self, ids: Iterable[str] | None = None) -> Iterator[Problem]:
        """Sentences of the policies that would not be shown, or would be and must not; requirements dim as a whole.

        ``ids``: of these requirements, if not of all. All are warnings: what stands in a policy is its author's to judge.
        """
        wanted = set(ids) if ids is not None else {one.id for one in self._catalog.requirements}
        dim: Counter[str] = Counter()
        taught: Counter[str] = Counter()
        for lesson in self._catalog.lessons:
            for one in wanted.intersection(lesson.evidences):
                taught[one] += 1
                dim[one] += not self.shown(lesson.text, one)
        for requirement in (one for one in self._catalog.requirements if one.id in wanted):
            yield from self._own(requirement)
            below, whole = dim[requirement.id], taught[requirement.id]
            path, number = self._catalog.places[requirement.id]
            if whole and below > _DIM * whole:
                params = {"id": requirement.id, "below": str(below), "whole": str(whole), "line": f"{self._line:.2f}"}
                yield Problem("requirement-dim", path, number, "warning", params)
            few = self._shelf.learned.few
            odd = few.odd.get(requirement.id, ()) if few is not None else ()
            if whole and len(odd) > _ODD * whole:
                params = {"id": requirement.id, "count": str(len(odd)), "whole": str(whole), "sentence": odd[0]}
                yield Problem("example-odd", path, number, "warning", params)

    def _own(self, requirement: Requirement) -> Iterator[Problem]:
        """What the requirement's own examples and counterexamples come to."""
        for part, code in (("examples", "example-dim"), ("counterexamples", "counterexample-bright")):
            for number, text in enumerate(getattr(requirement, part)):
                verdict, least = self.verdict(text, requirement.id)
                score = verdict.score if verdict is not None else 0.0
                if (score < least) == (part == "examples"):
                    path, line = self._catalog.place(requirement.id, part, number)
                    said = {"sentence": text, "score": f"{score:.2f}", "line": f"{least:.2f}"}
                    yield Problem(code, path, line, "warning", {"id": requirement.id} | said)
