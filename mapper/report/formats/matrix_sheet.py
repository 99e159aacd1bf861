"""The matrix as a sheet of the workbook: requirements by policy and part, firms as columns, the glyphs of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from mapper.messages import say
from mapper.model import Alignment, Cell, Evidence, Policy
from mapper.report import reviewed
from mapper.report.clauses import clause
from mapper.report.formats.workbook import LINE, Workbook, lines_of
from mapper.report.levels import GLYPH, TENTATIVE_BELOW
from mapper.report.orders import ALLEGED, UNDECIDED
from mapper.report.tallies import percentage

_HEADS = (("requirement", 12), ("clause", 12), ("title", 34), ("obligation", 12), ("coverage", 12))
_HEADINGS_ROW = 2
"""Row of the headings, under the note and the legend."""


def write_matrix(book: Workbook, alignment: Alignment) -> None:
    """The whole matrix on a sheet of its own, heads frozen and repeated on paper."""
    sheet = book.sheet("matrix", [width for _, width in _HEADS])
    book.write(sheet, 0, 0, say("handover.matrix-note"), "note")
    legend = "   ".join(f"{glyph} {say(f'page.level-{level}')}" for level, glyph in GLYPH.items())
    legend += f"   {ALLEGED} {say('page.grade-alleged')}   "
    legend += say("handover.legend-elsewhere", undecided=UNDECIDED, percent=TENTATIVE_BELOW)
    book.write(sheet, 1, 0, f"{say('handover.legend')}: {legend}", "note")
    sheet.set_row(_HEADINGS_ROW, 130)
    for number, (key, _) in enumerate(_HEADS):
        book.write(sheet, _HEADINGS_ROW, number, say(f"handover.col-{key}").replace(" / ", "\n", 1), "head")
    first = len(_HEADS)
    for number, firm in enumerate(alignment.firms, start=first):
        book.write(sheet, _HEADINGS_ROW, number, firm.name, "head-up")
    if alignment.firms:
        sheet.set_column(first, first + len(alignment.firms) - 1, 6)
    rows = _Rows(book, sheet, alignment)
    for policy in alignment.policies:
        rows.policy(policy)
    sheet.freeze_panes(_HEADINGS_ROW + 1, 3)
    sheet.repeat_rows(_HEADINGS_ROW)
    sheet.repeat_columns(0, 2)


ONLY_MODEL = "ᴹ"
"""Stands behind the mark of a cell that a language model alone supports."""


def coverage(cells: Sequence[Cell]) -> list[str]:
    """Evidenced of addressed with its share: by the machine, and as reviewed."""
    said: list[str] = []
    for counted in reviewed.counts(cells):
        whole = reviewed.addressed(counted)
        said += [f"{counted['evidenced']} / {whole}", percentage(counted["evidenced"], whole)]
    return said


def both_titles(chinese: str, english: str | None, between: str = " / ") -> str:
    """A title in both languages, once where they are the same."""
    return f"{chinese}{between}{english}" if english and english != chinese else chinese


class _Rows:
    """The rows below the headings, one behind the other."""

    def __init__(self, book: Workbook, sheet: Any, alignment: Alignment) -> None:
        self.book, self.sheet, self.row = book, sheet, _HEADINGS_ROW + 1
        self.columns = {firm.id: number for number, firm in enumerate(alignment.firms, start=len(_HEADS))}
        self.cells: defaultdict[str, list[Cell]] = defaultdict(list)
        for cell in alignment.cells:
            self.cells[cell.requirement].append(cell)
        self.pieces: defaultdict[tuple[str, str], list[Evidence]] = defaultdict(list)
        for piece in alignment.evidence:
            self.pieces[piece.firm, piece.requirement].append(piece)
        self.added = reviewed.graded(alignment)

    def policy(self, policy: Policy) -> None:
        """A policy with its parts and requirements."""
        for number in range(len(_HEADS) + len(self.columns)):
            self.book.write(self.sheet, self.row, number, None, "group")
        self.book.write(self.sheet, self.row, 0, both_titles(policy.short_title, policy.title_en), "group")
        self.row += 1
        parts, last = {part.id: part for part in policy.parts}, None
        for requirement in policy.requirements:
            if requirement.part in parts and requirement.part != last:
                part = parts[requirement.part]
                self.book.write(self.sheet, self.row, 0, f"{part.id} {both_titles(part.title, part.title_en)}", "bold")
                self.row += 1
            last = requirement.part
            cells = self.cells[requirement.id]
            said = (
                requirement.id,
                clause(requirement.clause).zh,
                both_titles(requirement.title, requirement.title_en, "\n"),
                say(f"page.obligation-{requirement.obligation}"),
                coverage(cells)[0],
            )
            lines = max(lines_of(value, width) for value, (_, width) in zip(said, _HEADS, strict=True))
            self.sheet.set_row(self.row, LINE * lines)
            for number, value in enumerate(said):
                self.book.write(self.sheet, self.row, number, value, "wrap")
            for cell in cells:
                self._cell(cell)
            self.row += 1

    def _cell(self, cell: Cell) -> None:
        """The machine's mark with the number of pieces, and behind it what reviewers decided."""
        pieces = self.pieces[cell.firm, cell.requirement]
        level = reviewed.by_machine(cell, pieces)
        alleged = sum(piece.alleged for piece in pieces)
        said = GLYPH[level] + str(reviewed.beside(cell.status, pieces) or "")
        said += f"{ALLEGED}{alleged}" if alleged else ""
        said += ONLY_MODEL if cell.only_model else ""
        said += reviewed.mark(cell, pieces, self.added[cell.firm, cell.requirement])
        column = self.columns[cell.firm]
        self.book.write(self.sheet, self.row, column, said, f"mark-{level}{'-v' if cell.voluntary else ''}")
