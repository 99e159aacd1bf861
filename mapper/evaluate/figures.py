"""The figures of an evaluation, as values: every share with its counts, every error with its passage."""

from __future__ import annotations

from dataclasses import dataclass

from mapper.evaluate.labels import Label
from mapper.model import Evidence, Grade, Source


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole``."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share (0–1); None where there is nothing to take a share of."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Balance:
    """Precision and recall, each with its counts; they count different things, so their parts may differ."""

    precision: Share
    recall: Share

    @property
    def f1(self) -> float | None:
        """Harmonic mean (0–1): 0 where either is 0, else None where either is undefined."""
        precision, recall = self.precision.value, self.recall.value
        if precision == 0 or recall == 0:
            return 0.0
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall)


@dataclass(frozen=True)
class Figures:
    """What is counted over some marks and labels.

    cells: precision over predicted pairs (firm, requirement), recall over pairs whose ``cell`` is required.
    evidence: precision over marks, recall over required labels.
    grade: of the right marks, those that bear the grade (or an ``also``) of a label they hit.
    attribution: of the marks on a passage labelled for their requirement, those that bear the labelled firm.
    adverse: evidence, counting only marks and labels graded adverse.
    """

    cells: Balance
    evidence: Balance
    grade: Share
    attribution: Share
    adverse: Balance


@dataclass(frozen=True)
class GroupFigures:
    """Figures of one policy or one firm. ``known``: the alignment lists it; otherwise only labels or marks name it."""

    id: str
    name: str
    known: bool
    figures: Figures


@dataclass(frozen=True)
class Bin:
    """Marks with a score from ``low`` to below ``high`` (the last bin holds 1.0): mean score and share right."""

    low: float
    high: float
    mean: float | None
    right: Share


@dataclass(frozen=True)
class Miss:
    """A required label that no mark hits; ``nearest``: a mark on the same passage, for another firm or requirement."""

    label: Label
    nearest: Evidence | None


@dataclass(frozen=True)
class Lost:
    """A required label that no matching can hit: its passage was not given to its firm, but to ``given`` (or nobody)."""

    label: Label
    given: tuple[str, ...]


@dataclass(frozen=True)
class FalseMark:
    """A mark that no label supports, where it stands, and what the labels say instead (firms by their label's name).

    ``passage_firms``: whom this passage is labelled for under the same requirement (the attribution is wrong);
    ``passage_requirements``: for what else this passage is labelled; ``document_firms``: whom the document is
    labelled for under the same requirement, at any passage.
    """

    evidence: Evidence
    place: Source
    passage_firms: tuple[str, ...]
    passage_requirements: tuple[str, ...]
    document_firms: tuple[str, ...]


@dataclass(frozen=True)
class Outside:
    """Labels that cannot be hit, since the alignment has no such document, requirement or firm; they count as missed."""

    documents: int
    requirements: int
    firms: int


@dataclass(frozen=True)
class Evaluation:
    """An alignment against labels. ``marks`` and ``labels`` are counts; groups stand in the alignment's order."""

    marks: int
    labels: int
    outside: Outside
    overall: Figures
    policies: tuple[GroupFigures, ...]
    firms: tuple[GroupFigures, ...]
    graded: tuple[tuple[Grade, bool], ...]
    """For each right mark the grade of the label it hits, and whether it bears it (or another that the label allows)."""
    reliability: tuple[Bin, ...]
    ceiling: Share
    """Of the required labels, those whose passage was given to their firm, whatever the requirement."""
    lost: tuple[Lost, ...]
    misses: tuple[Miss, ...]
    false_marks: tuple[FalseMark, ...]
