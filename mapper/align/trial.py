"""A sentence on trial: what the readers would make of it if a firm that it names did what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mapper.align.candidates import candidates
from mapper.align.weighing import Weighing
from mapper.catalog.load import Catalog
from mapper.firms.attribution import Attributed, Reading
from mapper.firms.registry import Registry
from mapper.matchers.shelf import Shelf
from mapper.model import Document, DocumentText, Firm, Grade, Passage
from mapper.problems import Problem

_FIRM = Firm(id="—", name="—", kind="bank")
_DIM = 0.3
"""Share of a requirement's own sentences below the line from which its author is told."""


@dataclass(frozen=True)
class Verdict:
    """A requirement, the score (0–1) and the grade that a sentence came to."""

    requirement: str
    score: float
    grade: Grade


def trial(text: str, catalog: Catalog, shelf: Shelf, *, taught: bool = False) -> list[Verdict]:
    """What one sentence by itself comes to, the highest score first. The firm is taken to be of a kind addressed.

    ``taught``: the sentence is one of those that teach, so that its likeness to a near miss, itself perhaps, says nothing.
    """
    whole = Attributed(_FIRM.id, 0, len(text), "named", _FIRM.name)
    passage = Passage(document="", number=0, start=0, end=len(text), text=text, paragraph=0)
    document = DocumentText(document=Document(id="", path="", sha256=""), text=text, passages=(passage,))
    weighing = Weighing.of(shelf.model.weighing)
    registry = Registry({_FIRM.id: _FIRM})
    aside = {"foreign": 0.0, "doubt": 0.0} if taught else {"foreign": 0.0}
    found = [
        Verdict(
            one.requirement.id,
            weighing.scored(dict(one.features) | aside) * (0.5 if weighing.torn(one.going) else 1.0),
            weighing.graded(one.going),
        )
        for one in candidates(document, [Reading((whole,), ())], catalog, registry, shelf)
    ]
    return sorted(found, key=lambda one: (-one.score, one.requirement))


def check_taught(catalog: Catalog, shelf: Shelf, line: float) -> Iterator[Problem]:
    """Sentences of the policies that would not be shown, or would be and must not; requirements that are dim as a whole.

    All are warnings: what stands in a policy is its author's to judge.
    """
    dim: Counter[str] = Counter()
    taught: Counter[str] = Counter()
    own: defaultdict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    for requirement in catalog.requirements:
        for part in ("examples", "counterexamples"):
            for number, text in enumerate(getattr(requirement, part)):
                own[text][f"{part}/{requirement.id}"] = catalog.place(requirement.id, part, number)
    verdicts: dict[str, dict[str, float]] = {}
    for lesson in catalog.lessons:
        if lesson.text not in verdicts:
            verdicts[lesson.text] = {one.requirement: one.score for one in trial(lesson.text, catalog, shelf, taught=True)}
        scores = verdicts[lesson.text]
        for one in lesson.evidences:
            taught[one] += 1
            dim[one] += scores.get(one, 0.0) < line
    for text, places in own.items():
        for name, (path, number) in places.items():
            part, _, requirement_id = name.partition("/")
            score = verdicts[text].get(requirement_id, 0.0)
            params = {"id": requirement_id, "sentence": text, "score": f"{score:.2f}", "line": f"{line:.2f}"}
            if part == "examples" and score < line:
                yield Problem("example-dim", path, number, "warning", params)
            elif part == "counterexamples" and score >= line:
                yield Problem("counterexample-bright", path, number, "warning", params)
    for requirement in catalog.requirements:
        below, whole = dim[requirement.id], taught[requirement.id]
        if whole and below > _DIM * whole:
            path, number = catalog.places[requirement.id]
            params = {"id": requirement.id, "below": str(below), "whole": str(whole), "line": f"{line:.2f}"}
            yield Problem("requirement-dim", path, number, "warning", params)
