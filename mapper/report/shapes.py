"""The shapes of the view: what a report shows, counted and in order, without markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from mapper.binding import Phase
from mapper.model import Document, Evidence, Firm, FirmKind, InputFile, Part, Policy, Requirement, Status
from mapper.report.kinship import Kin
from mapper.report.phrases import Both

Level = Literal["outcome", "action", "stated", "contrary", "none", "unsearched", "not-applicable", "not-yet"]
"""What a cell looks like: its status, with ``evidenced`` told apart by the best grade."""

LETTER: dict[Level, str] = {
    "outcome": "o",
    "action": "a",
    "stated": "s",
    "contrary": "c",
    "none": "n",
    "unsearched": "u",
    "not-applicable": "x",
    "not-yet": "y",
}
GLYPH: dict[Level, str] = {
    "outcome": "◆",
    "action": "●",
    "stated": "○",
    "contrary": "✕",
    "none": "·",
    "unsearched": "?",
    "not-applicable": "–",
    "not-yet": "…",
}


def share(part: int, whole: int) -> str:
    """A percentage in words: «0%» only for none, «100%» only for all."""
    if not 0 < part < whole:
        return "100%" if part and whole else "0%"
    exact = 100 * part / whole
    return "<1%" if exact < 0.5 else ">99%" if exact >= 99.5 else f"{round(exact)}%"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch of a stacked bar: ``x`` and ``width`` in thousandths of the whole."""

    status: Status
    number: int
    share: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Cells counted by status. ``addressed`` is the denominator; voluntary cells stand outside it."""

    evidenced: int
    stated: int
    contrary: int
    none: int
    unsearched: int
    not_applicable: int
    not_yet: int
    voluntary: int
    predating: int
    """Evidenced cells whose evidence is all older than the policy."""
    parts: tuple[Stretch, ...]

    @property
    def addressed(self) -> int:
        """Cells of a requirement that binds the firm: it is addressed, and the duty is in force."""
        return self.evidenced + self.stated + self.contrary + self.none + self.unsearched

    @property
    def percent(self) -> int:
        """Evidenced cells per hundred addressed ones."""
        return round(100 * self.evidenced / self.addressed) if self.addressed else 0

    @property
    def share(self) -> str:
        """The percentage as it is shown: what is more than none is never «0%», and less than all never «100%»."""
        return share(self.evidenced, self.addressed)

    @property
    def tenths(self) -> int:
        """The same in tenths, for shades."""
        return self.percent // 10


class Segment(NamedTuple):
    """A run of a quote; ``kinds`` names what it stands for (signal, attribution, grade), empty for plain text."""

    text: str
    kinds: tuple[str, ...]


class ReasonView(NamedTuple):
    """A reason in words, with the words of the quote behind it."""

    kind: str
    said: Both
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with the number of marks it carries."""

    index: int
    it: Document
    title: str
    link: str | None
    repairs: tuple[Both, ...]
    evidence: int
    firms: int


class Place(NamedTuple):
    """Where words stand: a document and the characters of its original file."""

    document: DocumentView
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One piece of evidence as a reader checks it."""

    index: int
    it: Evidence
    percent: int
    segments: tuple[Segment, ...]
    reasons: tuple[ReasonView, ...]
    place: Place
    copies: tuple[Place, ...]
    spot: Both | None
    """The place in words where the format has places of its own (第 12 行)."""
    as_of: str | None
    """The time the words themselves state for their figures (截至2021年10月末), as YYYY or YYYY-MM."""


class CellView(NamedTuple):
    """One cell. ``firm`` and ``row`` are positions in the view's lists. A large run has half a million: the lightest of shapes."""

    firm: int
    row: int
    status: Status
    level: Level
    letter: str
    percent: int
    evidence: tuple[EvidenceView, ...] = ()
    voluntary: bool = False
    predates: bool = False
    best: str = ""
    below: int = 0
    """Matches that scored too little to be listed."""
    more: int = 0
    """Pieces of evidence that a very large page does not hold."""
    allegations: int = 0
    """Pieces that are allegations only."""
    review: Level | Literal["conflict"] | None = None
    """The same by what reviewers decided, beside what the machine said."""
    only_model: bool = False
    """A language model alone supports it."""

    @property
    def glyph(self) -> str:
        """The mark of its level."""
        return GLYPH[self.level]

    @property
    def labels(self) -> str:
        """The legend entries that name it."""
        notes = {"v": self.voluntary, "p": self.predates, "w": self.allegations > 0}
        return " ".join([f"L-{self.letter}", *(f"L-{letter}" for letter, holds in notes.items() if holds)])

    @property
    def anchor(self) -> str:
        """The id of its evidence on the page."""
        return f"x{self.firm}-{self.row}"


@dataclass(frozen=True, slots=True)
class RowView:
    """A requirement with its cells in the order of the columns."""

    index: int
    it: Requirement
    policy: int
    title: Both
    clause: Both
    text: Both
    part: int
    """Position in the view's parts; -1 where the catalog names none."""
    starts_part: bool
    applies_to: tuple[str, ...]
    terms: tuple[Both, ...]
    """Which size of firm is meant, and from when on: what else there is to say of whom it binds."""
    phase: Phase
    """Where its duty stands on the day of the run."""
    cells: tuple[CellView, ...]
    best: tuple[CellView, ...]
    tally: Tally
    kin: Kin = field(default_factory=Kin)


@dataclass(frozen=True, slots=True)
class FirmGroup:
    """What one firm shows for one policy: cells with evidence, and the rows in which nothing was found."""

    policy: int
    tally: Tally
    cells: tuple[CellView, ...]
    gaps: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A figure as stated for a date (YYYY or YYYY-MM)."""

    date: str
    said: str
    document: int
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """The same measured thing at different dates; ``line`` draws it."""

    thing: str
    points: tuple[Point, ...]
    line: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a firm compares in one row: ``others`` of the ``of`` other firms evidence it; ``same`` where they are of its kind."""

    row: int
    others: int
    of: int
    same: bool = False

    @property
    def part(self) -> float:
        """The others' share, 0 to 1."""
        return self.others / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class FirmView:
    """A column: a firm, how much was found about it and where."""

    index: int
    it: Firm
    name: Both
    about: Both
    """Kind, other names, parent, products and where the firm is known from."""
    starts_kind: bool
    evidence: int
    documents: int
    tally: Tally
    groups: tuple[FirmGroup, ...]
    outcomes: tuple[EvidenceView, ...]
    contrary: tuple[Contrary, ...]
    series: tuple[Series, ...]
    ahead: tuple[Standing, ...]
    behind: tuple[Standing, ...]
    mentioned: bool = False
    """No more than a sentence or two is read on it, and nothing was found there: hardly searched."""

    @property
    def searched(self) -> bool:
        """Whether any document speaks of this firm."""
        return self.tally.unsearched == 0


@dataclass(frozen=True, slots=True)
class Contrary:
    """One sentence that speaks against a firm, with every cell it makes contrary."""

    firm: int
    evidence: EvidenceView
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class KindView:
    """Neighbouring columns of one kind."""

    kind: FirmKind
    firms: tuple[FirmView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A part of a policy with the figures of its rows."""

    index: int
    policy: int
    it: Part
    label: Both
    name: Both
    tally: Tally


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy with its rows, its figures, and the rows without evidence from any firm."""

    index: int
    it: Policy
    name: Both
    link: str | None
    rows: tuple[RowView, ...]
    tally: Tally
    uncovered: tuple[RowView, ...]
    unaddressed: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A policy, or one part of it, with its figures for all firms and then for each kind of firm."""

    policy: int
    part: int
    """Position in the view's parts; -1 for the whole policy."""
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """A document that was not read, and why."""

    path: str
    why: Both


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of the overview."""

    documents: int
    publishers: int
    first_date: str | None
    last_date: str | None
    stated: int
    inferred: int
    undated: int
    characters: int
    passages: int
    firms: int
    searched: int
    """Firms of which more is read than a mention."""
    mentioned: int
    requirements: int
    addressed: int
    """Requirements that are addressed to some firm of the run, and in force."""
    uncovered: int
    evidence: int
    grades: tuple[tuple[str, int], ...]
    """Without those that are only alleged."""
    alleged: int
    predating: int
    cells: int
    ruled: int
    """Pieces of evidence on which reviewers have ruled."""
    rulings: tuple[tuple[str, int], ...]
    """What they ruled: accepted, regraded, rejected, conflict."""
    reviewed: int
    """Cells evidenced as reviewed: by the word of humans where there is one, and by the machine's elsewhere."""
    reviewed_of: int
    doubtful: int
    """Decisions that are to be looked at again: suspect, orphaned or in conflict."""


@dataclass(frozen=True, slots=True)
class View:
    """Everything a report shows. ``second``: a language model read along."""

    version: str
    options: tuple[tuple[str, str], ...]
    inputs: tuple[InputFile, ...]
    figures: Figures
    tally: Tally
    policies: tuple[PolicyView, ...]
    parts: tuple[PartView, ...]
    coverage: tuple[Coverage, ...]
    rows: tuple[RowView, ...]
    kinds: tuple[KindView, ...]
    firms: tuple[FirmView, ...]
    thin: tuple[FirmView, ...]
    documents: tuple[DocumentView, ...]
    left_out: tuple[LeftOutView, ...]
    contrary: tuple[Contrary, ...]
    gaps: tuple[Coverage, ...]
    """The parts with the lowest coverage, lowest first."""
    themes: tuple[str, ...]
    second: bool = False
    themed: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Rows by theme across policies, those that ask the same together; the last theme may be empty."""
