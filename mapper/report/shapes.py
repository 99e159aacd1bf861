"""The shapes of the view: what a report shows, counted and in order, without markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from mapper.binding import Phase
from mapper.model import Document, Evidence, Firm, FirmKind, InputFile, Part, Policy, Requirement, Status, Undecided
from mapper.report.kinship import Kin
from mapper.report.levels import GLYPH, TENTATIVE_BELOW, Level
from mapper.report.phrases import Both
from mapper.report.reviewed import beside
from mapper.report.tallies import Coverage, Overview, Tally


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
    undecided: tuple[EvidenceView, ...] = ()
    """What reads as a deed and as a fault."""

    @property
    def unsettled(self) -> tuple[EvidenceView, ...]:
        """Those of which nobody has decided."""
        return tuple(one for one in self.undecided if isinstance(one.it, Undecided) and one.it.open)

    @property
    def glyph(self) -> str:
        """The mark of its level."""
        return GLYPH[self.level]

    @property
    def number(self) -> int:
        """What stands beside the mark, of the pieces that the page holds."""
        return beside(self.status, (one.it for one in self.evidence))

    @property
    def tentative(self) -> bool:
        """Whether the evidence that makes its status scored low, and no reviewer has spoken."""
        return 0 < self.percent < TENTATIVE_BELOW and self.review is None

    @property
    def labels(self) -> str:
        """The legend entries that name it."""
        notes = {"v": self.voluntary, "p": self.predates, "t": self.tentative, "w": self.allegations > 0}
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
class AmongPeers:
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
    contrary: tuple[OneSentence, ...]
    series: tuple[Series, ...]
    ahead: tuple[AmongPeers, ...]
    behind: tuple[AmongPeers, ...]
    mentioned: bool = False
    """No more than a sentence or two is read on it, and nothing was found there: hardly searched."""

    @property
    def searched(self) -> bool:
        """Whether any document speaks of this firm."""
        return self.tally.unsearched == 0


@dataclass(frozen=True, slots=True)
class OneSentence:
    """One sentence that speaks against a firm, with every cell it makes contrary; or one that is undecided, with its cells."""

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
class LeftOutView:
    """A document that was not read, and why."""

    path: str
    why: Both


@dataclass(frozen=True, slots=True)
class View:
    """Everything a report shows. ``second``: a language model read along."""

    version: str
    options: tuple[tuple[str, str], ...]
    inputs: tuple[InputFile, ...]
    figures: Overview
    tally: Tally
    policies: tuple[PolicyView, ...]
    parts: tuple[PartView, ...]
    coverage: tuple[Coverage, ...]
    rows: tuple[RowView, ...]
    kinds: tuple[KindView, ...]
    firms: tuple[FirmView, ...]
    mentions: tuple[str, ...]
    """Firms that documents only name in passing, without a column."""
    thin: tuple[FirmView, ...]
    documents: tuple[DocumentView, ...]
    left_out: tuple[LeftOutView, ...]
    contrary: tuple[OneSentence, ...]
    gaps: tuple[Coverage, ...]
    """The parts with the lowest coverage, lowest first."""
    themes: tuple[str, ...]
    second: bool = False
    undecided: tuple[OneSentence, ...] = ()
    """What nobody has told to be a deed or a fault."""
    themed: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Rows by theme across policies, those that ask the same together; the last theme may be empty."""
    tentative_cells: int = 0
    """How many cells are tentative."""
