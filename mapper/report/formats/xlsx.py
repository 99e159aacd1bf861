"""The workbook: overview, matrix, evidence with columns to decide in, gaps, decisions, sources, about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from mapper.messages import say, text
from mapper.model import Alignment, Cell, Evidence
from mapper.report import reviewed, tables
from mapper.report.formats.interface import Format
from mapper.report.formats.matrix_sheet import ONLY_MODEL, both_titles, coverage, write_matrix
from mapper.report.formats.workbook import EXTRA, Column, Workbook
from mapper.report.orders import STATUSES
from mapper.report.phrases import known
from mapper.report.tallies import percentage
from mapper.review import choices
from mapper.review.decisions import requirement_digest

_FILL = (
    Column("remark", 18, "fill"),
    Column("by", 9, "fill"),
    Column("at", 10, "fill"),
    Column("seen", 10, hidden=True),
)
_BEHIND = (Column("kind", 14), Column("policy", 16), Column("clause", 12))
_PIECES = (
    Column("id", 9, "text"),
    Column("firm", 12),
    Column("requirement", 10),
    Column("title", 16),
    Column("quote", 50),
    Column("grade", 9),
    Column("score", 6, "score"),
    Column("review", 9),
    Column("decided", 18),
    Column("decision", 12, "fill", choices.rulings),
    Column("to", 13, "fill", choices.grades),
    *_FILL,
    Column("why", 36),
    Column("document", 26),
    Column("publisher", 14),
    Column("date", 11),
    Column("when", 9),
    Column("place", 16),
    Column("path", 22),
    *_BEHIND,
)
_UNDECIDED = tuple(
    Column("decision", 12, "fill", choices.on_undecided) if one.key == "decision" else one
    for one in _PIECES
    if one.key not in ("grade", "score")
)
_GAPS = (
    Column("firm", 14),
    Column("requirement", 11),
    Column("title", 24),
    Column("status", 16),
    Column("read", 14, "number"),
    Column("review", 12),
    Column("decided", 22),
    Column("decision", 18, "fill", choices.gaps),
    *_FILL,
    *_BEHIND,
)
_WIDE = 6  # columns of the overview


def render(alignment: Alignment) -> bytes:
    """The workbook of an alignment. Sheets that take decisions hold what ``mapper review import`` reads back."""
    book = Workbook(text("page.title", "zh"))
    made = _Sheets(book, alignment)
    made.overview()
    write_matrix(book, alignment)
    made.evidence()
    if alignment.undecided:
        made.undecided()
    made.gaps()
    made.decisions()
    made.sources()
    made.about()
    return book.bytes()


class _Sheets:
    """One method a sheet, in the order in which they lie."""

    def __init__(self, book: Workbook, alignment: Alignment) -> None:
        self.book = book
        self.it = alignment
        self.asked = tables.requirements(alignment)
        self.said = tables.decided(alignment)
        self.kinds = {firm.id: say(f"page.kind-{firm.kind}") for firm in alignment.firms}
        self.documents = {document.id: document for document in alignment.documents}
        self.by_requirement: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in alignment.cells:
            self.by_requirement[cell.requirement].append(cell)

    # ---- overview ----------------------------------------------------------------------------------------------

    def overview(self) -> None:
        book, it = self.book, self.it
        sheet = book.sheet("overview", (46, 20, 10, 22, 10, 10), landscape=False)
        sheet.set_row(0, 24)
        book.write(sheet, 0, 0, say("handover.overview-head"), "title")
        book.across(sheet, 1, _WIDE, say("page.no-finding"), "warning", 5)
        row = book.pairs(
            sheet,
            3,
            {
                say("page.view-documents"): len(it.documents),
                say("page.col-passages"): sum(document.passages for document in it.documents),
                say("page.view-firms"): len(it.firms),
                say("page.view-requirements"): len(self.asked),
                say("page.col-evidence"): len(it.evidence),
            },
        )
        row = self._statuses(sheet, row + 1)
        row = self._headed(
            sheet, row + 2, "overview-policies", ("policy", "coverage", "share", "coverage-reviewed", "share")
        )
        for policy in it.policies:
            mine = [cell for one in policy.requirements for cell in self.by_requirement[one.id]]
            row = self._line(sheet, row, [both_titles(policy.short_title, policy.title_en), *coverage(mine)])
        done = sum(piece.review is not None for piece in it.evidence)
        row = self._headed(sheet, row + 1, "overview-review", ())
        book.write(sheet, row, 0, say("handover.overview-pieces", number=len(it.evidence), done=done))
        row += 1
        row = self._headed(
            sheet, row + 1, "overview-firms", ("firm", "coverage", "share", "coverage-reviewed", "share", "evidence")
        )
        by_firm: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in it.cells:
            by_firm[cell.firm].append(cell)
        for firm in it.firms:
            mine = by_firm[firm.id]
            number = sum(len(cell.evidence) for cell in mine)
            row = self._line(sheet, row, [both_titles(firm.name, firm.name_en), *coverage(mine), number])

    def _statuses(self, sheet: Any, row: int) -> int:
        """How many cells stand how, by the machine and as reviewed, with a note below. Returns the row of the note."""
        machine, human = reviewed.counts(self.it.cells)
        row = self._headed(sheet, row, "overview-counts", ("what", "machine", "share", "reviewed", "share"))
        wholes = reviewed.addressed(machine), reviewed.addressed(human)
        for status in STATUSES:
            cells: list[Any] = [say(f"handover.status-{status}")]
            for counted, whole in zip((machine, human), wholes, strict=True):
                cells += [counted[status], percentage(counted[status], whole)]
            row = self._line(sheet, row, cells)
        if machine["not-yet"] or human["not-yet"]:
            row = self._line(sheet, row, [say("handover.status-not-yet"), machine["not-yet"], "—", human["not-yet"], "—"])
        self.book.across(sheet, row, _WIDE, say("handover.counts-note"), "note-wrap", 3)
        return row

    def _headed(self, sheet: Any, row: int, key: str, columns: tuple[str, ...]) -> int:
        sheet.set_row(row, 18)
        self.book.write(sheet, row, 0, say(f"handover.{key}"), "section")
        if columns:
            sheet.set_row(row + 1, 44)
        for number, column in enumerate(columns):
            self.book.write(sheet, row + 1, number, say(f"handover.col-{column}"), "head")
        return row + (2 if columns else 1)

    def _line(self, sheet: Any, row: int, values: list[Any]) -> int:
        for number, value in enumerate(values):
            self.book.write(sheet, row, number, value, "number" if isinstance(value, int) else "wrap")
        return row + 1

    # ---- evidence, gaps and decisions --------------------------------------------------------------------------

    def evidence(self) -> None:
        sheet = self.book.sheet("evidence", ())
        self.book.write(sheet, 0, 0, say("handover.evidence-note"), "note")
        printed = len(_PIECES) - len(_BEHIND) - 8
        self.book.table(sheet, _PIECES, self._evidence_rows(self.it.evidence), top=1, frozen=2, printed=printed)

    def undecided(self) -> None:
        sheet = self.book.sheet("undecided", ())
        self.book.write(sheet, 0, 0, say("handover.undecided-note"), "note")
        rows = ([*row[:5], *row[7:]] for row in self._evidence_rows(self.it.undecided))  # without grade and score
        self.book.table(sheet, _UNDECIDED, rows, top=1, frozen=2, printed=len(_UNDECIDED) - len(_BEHIND) - 8)

    def _evidence_rows(self, pieces: Iterable[Evidence]) -> Iterator[list[Any]]:
        for piece in pieces:
            document = self.documents.get(piece.document)
            place = " · ".join(
                said
                for said in (
                    text("page.page-number", "zh", page=piece.page) if piece.page is not None else "",
                    piece.place or "",
                    text("page.where", "zh", start=piece.start, end=piece.end),
                )
                if said
            )
            yield [
                piece.id,
                *self._named(piece.firm, piece.requirement),
                piece.quote,
                text("page.grade-alleged" if piece.alleged else f"page.grade-{piece.grade}", "zh"),
                piece.score,
                _graded(piece.review),
                tables.spoken(self.said.get(piece.id, [])),
                None, None, None, None, None,
                requirement_digest(self.asked[piece.requirement][1]),
                tables.why(piece),
                document.name if document else piece.document,
                document.publisher if document else None,
                document.date if document else None,
                piece.predates is True,
                place,
                piece.document,
                *self._behind(piece.firm, piece.requirement),
            ]

    def _named(self, firm: str, requirement: str) -> list[str]:
        return [firm, requirement, self.asked[requirement][1].title]

    def _behind(self, firm: str, requirement: str) -> list[str]:
        policy, asked = self.asked[requirement]
        return [self.kinds[firm], policy.short_title, asked.clause]

    def gaps(self) -> None:
        sheet = self.book.sheet("gaps", ())
        self.book.write(sheet, 0, 0, say("handover.gaps-note"), "note")
        read: defaultdict[str, int] = defaultdict(int)
        for document in self.it.documents:
            for firm in document.firms:
                read[firm] += 1
        rows = (
            [
                *self._named(cell.firm, cell.requirement),
                say(f"handover.status-{cell.status}"),
                read[cell.firm],
                say(f"handover.status-{cell.review}") if cell.review else None,
                tables.spoken(self.said.get((cell.firm, cell.requirement), [])),
                None, None, None, None,
                requirement_digest(self.asked[cell.requirement][1]),
                *self._behind(cell.firm, cell.requirement),
            ]
            for cell in self.it.cells
            if cell.status in ("none", "unsearched", "stated") and not cell.voluntary
        )
        self.book.table(sheet, _GAPS, rows, top=1, frozen=1, printed=len(_GAPS) - len(_BEHIND) - 1)

    def decisions(self) -> None:
        columns = (
            Column("id", 18, "text"),
            Column("state", 14),
            Column("changes", 24),
            Column("firm", 16),
            Column("requirement", 12),
            Column("words", 60),
            Column("decided", 40),
            Column("path", 22),
        )
        rows = (
            [
                review.id,
                say(f"handover.state-{review.state}"),
                "；".join(text(f"problem.why-{change}", "zh") for change in review.changes),
                review.decision.firm,
                review.decision.requirement,
                review.decision.words,
                tables.spoken([review]),
                review.place.document if review.place else review.decision.document,
            ]
            for review in self.it.review
        )
        self.book.table(self.book.sheet("decisions", ()), columns, rows)

    # ---- sources and about -------------------------------------------------------------------------------------

    def sources(self) -> None:
        columns = (
            Column("document", 40),
            Column("publisher", 18),
            Column("date", 14),
            Column("passages", 9, "number"),
            Column("evidence", 9, "number"),
            Column("path", 34),
            Column("link", 40),
            Column("sha", 66),
        )
        found: defaultdict[str, int] = defaultdict(int)
        for piece in self.it.evidence:
            found[piece.document] += 1
        rows = (
            [
                document.name,
                document.publisher,
                f"{document.date}（{text(f'page.date-{document.date_basis}', 'zh')}）" if document.date else None,
                document.passages,
                found[document.id],
                document.path,
                document.url,
                document.sha256,
            ]
            for document in self.it.documents
        )
        self.book.table(self.book.sheet("sources", ()), columns, rows)

    def about(self) -> None:
        book, run = self.book, self.it.run
        sheet = book.sheet("about", (40, 90))
        book.write(sheet, 0, 0, say("page.no-finding-head"), "title")
        book.write(sheet, 1, 1, say("page.no-finding"), "warning")
        row = book.pairs(sheet, 3, {say("handover.about-version"): run.version})
        row = book.pairs(sheet, row, {f"{say('handover.about-options')} {key}": run.options[key] for key in sorted(run.options)})
        row = book.pairs(sheet, row, {policy.short_title: policy.note for policy in self.it.policies})
        for one in self.it.left_out:
            why = known(f"problem.{one.code}", one.code, **one.params).zh
            row = book.pairs(sheet, row, {f"{say('handover.about-left-out')}: {one.path}": why})
        if any(cell.only_model for cell in self.it.cells):
            row = book.pairs(sheet, row, {ONLY_MODEL: say("page.only-model")})
        book.write(sheet, row + 1, 0, say("handover.about-inputs"), "section")
        for number, read in enumerate(run.inputs, start=row + 2):
            book.write(sheet, number, 0, f"{text(f'page.role-{read.role}', 'zh')} {read.path}", "wrap")
            book.write(sheet, number, 1, read.sha256)


def _graded(review: str | None) -> str | None:
    if review is None:
        return None
    sheet = "handover" if review in ("rejected", "conflict") else "page"
    return text(f"{sheet}.grade-{review}", "zh")


FORMAT = Format("xlsx", "matrix.xlsx", render, extra=EXTRA)
