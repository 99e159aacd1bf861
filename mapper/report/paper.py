"""What a sheet of paper says of one firm or one requirement: a summary of two pages at most, and the evidence behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mapper.messages import text
from mapper.model import Alignment, Cell, Document, Evidence, Firm, Policy, Requirement, Review, Undecided
from mapper.report import reviewed, tables
from mapper.report.levels import GLYPH
from mapper.report.orders import ALLEGED, HEAVIEST, OUTSIDE
from mapper.report.phrases import Both, both
from mapper.report.tallies import percentage

BEST, CONTRARY, GAPS, DECISIONS = 5, 4, 24, 6
"""How many of each a summary lists, so that it keeps to two pages; the rest is counted."""
CLIP = 110


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as it is printed."""

    it: Evidence
    name: str
    grade: Both
    review: Both | None
    source: str
    why: str
    decided: str | None

    @property
    def clipped(self) -> str:
        """The quote, cut where a summary has no room for all of it."""
        return self.it.quote if len(self.it.quote) <= CLIP else self.it.quote[: CLIP - 1] + "…"


@dataclass(frozen=True)
class Evidenced:
    """The evidence of one cell under its heading."""

    head: Both
    mark: str
    pieces: tuple[Piece, ...]
    added: tuple[tuple[str, str], ...]
    """Words that reviewers added, each with what they said of it."""


@dataclass(frozen=True)
class Against:
    """A sentence that speaks against a firm, once for all requirements for which it is listed and reviewed alike."""

    piece: Piece
    requirements: tuple[str, ...]

    @property
    def sign(self) -> str:
        """✕ where it makes a cell contrary, by the machine or by a reviewer; △ where it only alleges."""
        return ALLEGED if self.piece.it.alleged else GLYPH["contrary"]


@dataclass(frozen=True)
class Added:
    """Words that a reviewer added to a cell, and what was said of them."""

    name: str
    words: str
    document: str | None
    contrary: bool
    """Whether the reviewer takes them for a fault."""
    said: Both


@dataclass(frozen=True)
class Count:
    """One line of figures: by the machine, and as reviewed."""

    name: Both
    machine: str
    share: str
    reviewed: str | None


@dataclass(frozen=True)
class ShortList:
    """Some things in full, and how many more there are."""

    shown: tuple[Piece, ...] | tuple[Both, ...]
    more: int


@dataclass(frozen=True)
class Sheet:
    """One firm, or one requirement, on paper."""

    kind: str
    name: Both
    about: tuple[Both, ...]
    figures: tuple[Both, ...]
    unread: bool
    counts: tuple[Count, ...]
    contrary: ShortList
    best: ShortList
    gaps: ShortList
    decisions: ShortList
    groups: tuple[Evidenced, ...]
    against: tuple[Against, ...]
    """Everything that speaks against somebody, also what reviewers rejected; findings before allegations."""
    added: tuple[Added, ...]


class Paper:
    """An alignment, ready to be put on paper sheet by sheet."""

    def __init__(self, alignment: Alignment) -> None:
        self.it = alignment
        self.asked = tables.requirements(alignment)
        self.firms = {firm.id: firm for firm in alignment.firms}
        self.documents = {document.id: document for document in alignment.documents}
        self.said = tables.decided(alignment)
        self.pieces = {piece.id: piece for piece in alignment.evidence}
        self.added: defaultdict[tuple[str, str], list[Review]] = defaultdict(list)
        for review in tables.added(alignment):
            self.added[review.decision.firm, review.decision.requirement].append(review)
        self.grades = reviewed.graded(alignment)
        self.graded: defaultdict[tuple[str, str], list[Undecided]] = defaultdict(list)
        """What was undecided until a reviewer gave it a grade."""
        for one in alignment.undecided:
            if one.review in HEAVIEST:
                self.graded[one.firm, one.requirement].append(one)
        self.cells: dict[str, defaultdict[str, list[Cell]]] = {"firm": defaultdict(list), "requirement": defaultdict(list)}
        for cell in alignment.cells:
            self.cells["firm"][cell.firm].append(cell)
            self.cells["requirement"][cell.requirement].append(cell)
        self.read: defaultdict[str, int] = defaultdict(int)
        for document in alignment.documents:
            for firm in document.firms:
                self.read[firm] += 1

    def firm_sheets(self) -> Iterator[Sheet]:
        """A sheet for every firm, in the order of the alignment."""
        yield from (self.of_firm(firm) for firm in self.it.firms)

    def requirement_sheets(self) -> Iterator[Sheet]:
        """A sheet for every requirement, in the order of the catalog."""
        yield from (self.of_requirement(policy, one) for policy, one in self.asked.values())

    def of_firm(self, firm: Firm) -> Sheet:
        """What one firm shows."""
        cells = self.cells["firm"][firm.id]
        about = [both(f"page.kind-{firm.kind}"), *([Both.same(firm.full_name)] if firm.full_name else [])]
        counts = []
        for policy in self.it.policies:
            mine = {one.id for one in policy.requirements}
            name = Both.of(policy.short_title, policy.title_en)
            counts.append(_count(name, [cell for cell in cells if cell.requirement in mine]))
        read = self.read[firm.id]
        figures = [both("handover.paper-read", number=read), self._pieces(cells), *_covered("coverage", cells)]
        return Sheet(
            kind="firm",
            name=Both.of(firm.name, firm.name_en),
            about=tuple(about),
            figures=tuple(figures),
            unread=read == 0,
            counts=tuple(counts),
            gaps=_listed([self._asked(cell) for cell in cells if _is_gap(cell)], GAPS),
            groups=tuple(self._groups(cells, self._asked)),
            against=self._against(cells),
            added=tuple(self._added(cells)),
            **self._lists(cells),
        )

    def of_requirement(self, policy: Policy, requirement: Requirement) -> Sheet:
        """What is found on one requirement."""
        cells = self.cells["requirement"][requirement.id]
        by_kind: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            by_kind[self.firms[cell.firm].kind].append(cell)
        return Sheet(
            kind="requirement",
            name=Both(
                f"{requirement.id} {requirement.title}", f"{requirement.id} {requirement.title_en or requirement.title}"
            ),
            about=(
                Both.of(f"{policy.short_title} {requirement.clause}", policy.title_en),
                Both.of(requirement.text, requirement.text_en),
            ),
            figures=(self._pieces(cells), *_covered("firms", cells)),
            unread=False,
            counts=tuple(
                _count(both(f"page.kind-{kind}"), listed)
                for kind, listed in by_kind.items()
                if any(cell.status not in OUTSIDE for cell in listed)
            ),
            gaps=_listed([self._called(cell) for cell in cells if _is_gap(cell)], GAPS),
            groups=tuple(self._groups(cells, self._called)),
            against=self._against(cells),
            added=tuple(self._added(cells)),
            **self._lists(cells),
        )

    def _lists(self, cells: Sequence[Cell]) -> dict[str, ShortList]:
        """The best and the worst of what was found, each sentence once, and what reviewers said."""
        found: dict[tuple[str, str], Piece] = {}
        pieces = [self.pieces[identifier] for cell in cells for identifier in cell.evidence]
        graded = [one for cell in cells for one in self.graded[cell.firm, cell.requirement]]
        kept = [piece for piece in (*pieces, *graded) if piece.review != "rejected"]
        for piece in sorted(kept, key=lambda one: (HEAVIEST.index(_settled(one)), -one.score, one.id)):
            found.setdefault((piece.firm, piece.quote), self._piece(piece))
        contrary = [piece for piece in found.values() if _settled(piece.it) == "adverse"]
        best = [piece for piece in found.values() if _settled(piece.it) in ("outcome", "action")]
        reviews = [
            *(one for cell in cells for one in self.said.get((cell.firm, cell.requirement), [])),
            *(one for piece in (*pieces, *graded) for one in self.said.get(piece.id, [])),
        ]
        said = [_ruled(one) for one in _open_first(reviews)]
        return {
            "contrary": _listed(contrary, CONTRARY),
            "best": _listed(best, BEST),
            "decisions": _listed(said, DECISIONS),
        }

    def _against(self, cells: Sequence[Cell]) -> tuple[Against, ...]:
        found: defaultdict[tuple[str, str, Both, Both | None], list[Piece]] = defaultdict(list)
        for cell in cells:
            for one in (*(self.pieces[identifier] for identifier in cell.evidence), *self.graded[cell.firm, cell.requirement]):
                if one.review == "adverse" or (one.grade == "adverse" and not isinstance(one, Undecided)):
                    piece = self._piece(one)
                    found[one.firm, one.quote, piece.grade, piece.review].append(piece)
        told = [Against(same[0], tuple(piece.it.requirement for piece in same)) for same in found.values()]
        return tuple(sorted(told, key=lambda one: (one.piece.it.alleged, -one.piece.it.score, one.piece.it.id)))

    def _added(self, cells: Sequence[Cell]) -> Iterator[Added]:
        for cell in cells:
            for one in self.added[cell.firm, cell.requirement]:
                if one.decision.ruling == "add":
                    document = self.documents.get(one.decision.document or "")
                    yield Added(
                        f"{cell.firm} × {cell.requirement}",
                        one.decision.words or "",
                        document.name if document else one.decision.document,
                        one.decision.to == "adverse",
                        tables.spoken_in_both(one),
                    )

    def _pieces(self, cells: Sequence[Cell]) -> Both:
        return both("handover.paper-pieces", number=sum(len(cell.evidence) for cell in cells))

    def _asked(self, cell: Cell) -> Both:
        _, one = self.asked[cell.requirement]
        return Both(f"{one.id} {one.title}", f"{one.id} {one.title_en or one.title}")

    def _called(self, cell: Cell) -> Both:
        firm = self.firms[cell.firm]
        return Both.of(firm.name, firm.name_en)

    def _groups(self, cells: Sequence[Cell], head: Callable[[Cell], Both]) -> Iterator[Evidenced]:
        for cell in cells:
            pieces = [self.pieces[identifier] for identifier in cell.evidence]
            more = self.added[cell.firm, cell.requirement]
            if pieces or more:
                said = reviewed.mark(cell, pieces, self.grades[cell.firm, cell.requirement])
                mark = GLYPH[reviewed.by_machine(cell, pieces)] + said
                added = tuple((one.decision.words or "", tables.spoken([one]) or "") for one in more)
                yield Evidenced(head(cell), mark, tuple(self._piece(piece) for piece in pieces), added)

    def _piece(self, piece: Evidence) -> Piece:
        document = self.documents.get(piece.document)
        grade, said = both("page.grade-alleged" if piece.alleged else f"page.grade-{piece.grade}"), None
        if isinstance(piece, Undecided):
            grade, said = both("page.level-undecided"), both(f"page.grade-{piece.review}")
        elif piece.review == piece.grade:
            said = both("handover.grade-accepted")
        elif piece.review:
            sheet = "handover" if piece.review in ("rejected", "conflict") else "page"
            said = both(f"{sheet}.grade-{piece.review}")
        return Piece(
            it=piece,
            name=f"{piece.firm} × {piece.requirement}",
            grade=grade,
            review=said,
            source=_source(document, piece),
            why=tables.why(piece),
            decided=tables.spoken(self.said.get(piece.id, [])),
        )


def _settled(piece: Evidence) -> str:
    return piece.grade if piece.review in (None, "conflict", "rejected") else piece.review


def _ruled(review: Review) -> Both:
    """A decision with the cell it is about, in both languages."""
    said, where = tables.spoken_in_both(review), f"{review.decision.firm} × {review.decision.requirement}"
    return Both(f"{where}：{said.zh}", f"{where}: {said.en}")


def _is_gap(cell: Cell) -> bool:
    return reviewed.status(cell) == "none" and not cell.voluntary


def _open_first(reviews: Sequence[Review]) -> list[Review]:
    """Those that somebody must still look at first."""
    order = ("conflict", "suspect", "orphaned", "current", "superseded")
    return sorted(reviews, key=lambda one: order.index(one.state))


def _covered(key: str, cells: Sequence[Cell]) -> Iterator[Both]:
    machine, human = reviewed.counts(cells)
    yield both(f"handover.paper-{key}", whole=reviewed.addressed(machine), part=machine["evidenced"])
    if any(cell.review for cell in cells):
        yield both("handover.paper-coverage-reviewed", part=f"{human['evidenced']} / {reviewed.addressed(human)}")


def _count(name: Both, cells: Sequence[Cell]) -> Count:
    machine, human = reviewed.counts(cells)
    whole = reviewed.addressed(machine)
    return Count(
        name,
        f"{machine['evidenced']} / {whole}",
        percentage(machine["evidenced"], whole),
        f"{human['evidenced']} / {reviewed.addressed(human)}" if any(cell.review for cell in cells) else None,
    )


def _listed(things: Sequence[object], most: int) -> ShortList:
    return ShortList(tuple(things[:most]), max(len(things) - most, 0))  # type: ignore[arg-type]


def _source(document: Document | None, piece: Evidence) -> str:
    if document is None:
        return piece.document
    parts = [document.name, document.publisher, document.date]
    if piece.page is not None:
        parts.append(text("page.page-number", "zh", page=piece.page))
    return " · ".join(part for part in parts if part)
