"""The report as a Word file: what was read, policy by policy, contrary evidence, gaps, firms; needs the extra ``word``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from mapper.messages import say, text
from mapper.model import Alignment
from mapper.report.formats.interface import Format, needed, undated
from mapper.report.orders import STATUSES
from mapper.report.paper import Added, Against, Count, Paper, Piece, Sheet, ShortList
from mapper.report.phrases import Both
from mapper.report.reviewed import counts

EXTRA = "word"
_CREATED = datetime(2000, 1, 1)
_FONT = "等线"
_TOLD = 500
"""So many sentences the chapter of contrary evidence holds; the rest is counted, and in the page and the workbook."""
_TOLD_HERE = 20
"""The same of one requirement or one firm, findings first; the chapter has the rest."""


def render(alignment: Alignment) -> bytes:
    """The report. Firms on which nothing was read are counted, not listed; the evidence itself is on the sheets."""
    paper = Paper(alignment)
    made = _Report()
    made.title(say("handover.report-title"))
    made.warning()
    made.section("report-read")
    made.table(
        [say("handover.col-document"), say("handover.col-publisher"), say("handover.col-date"), say("handover.col-passages")],
        [
            [one.name, one.publisher or "", one.date or "", str(one.passages)]
            for one in alignment.documents
        ],
    )
    requirements = _policies(made, paper)
    firms = [sheet for sheet in paper.firm_sheets() if sheet.groups or not sheet.unread]
    made.section("paper-contrary")
    made.paragraph(say("handover.report-contrary-note"))
    contrary = sorted((one for sheet in firms for one in sheet.against), key=lambda one: one.piece.it.alleged)
    made.against(contrary, _TOLD, "report-more-contrary")
    made.added([one for sheet in firms for one in sheet.added if one.contrary])
    if not contrary:
        made.paragraph(say("page.contrary-none"))
    made.section("report-gaps")
    empty = [one.name for one in requirements if one.counts and all(count.machine.startswith("0 ") for count in one.counts)]
    made.bullets([name.said for name in empty])
    made.section("report-firms")
    for sheet in firms:
        made.subsection(sheet.name)
        made.bullets([words.said for words in sheet.figures])
        made.counts(sheet.counts)
        made.evidence(sheet, 3)
        made.bullets([words.said for words in sheet.decisions.shown if isinstance(words, Both)])
        made.more(sheet.decisions.more, "paper-more")
    return made.bytes()


def _policies(made: _Report, paper: Paper) -> list[Sheet]:
    """A table of requirements for each policy, and what is best and worst of each. Returns the sheets of all requirements."""
    requirements = list(paper.requirement_sheets())
    made.section("report-policies")
    for policy in paper.it.policies:
        mine = [(key, sheet) for (key, (of, _)), sheet in zip(paper.asked.items(), requirements, strict=True) if of == policy]
        made.subsection(Both.of(policy.short_title, policy.title_en))
        made.paragraph(policy.note)
        made.table(
            [say("handover.col-title"), *(text(f"handover.status-{status}", "zh") for status in STATUSES)],
            [[sheet.name.zh, *_row(paper, key)] for key, sheet in mine],
        )
        for _, sheet in mine:
            if sheet.best.shown or sheet.against or sheet.added:
                made.paragraph(sheet.name.zh, bold=True)
                made.evidence(sheet, 2)
    return requirements


def _row(paper: Paper, requirement: str) -> list[str]:
    """How many firms stand how: by the machine, and as reviewed where that differs."""
    machine, human = counts(paper.cells["requirement"][requirement])
    return [
        str(machine[status]) if machine[status] == human[status] else f"{machine[status]} → {human[status]}"
        for status in STATUSES
    ]


class _Report:
    """A Word file in the making."""

    def __init__(self) -> None:
        docx = needed("docx", EXTRA)
        self._made: Any = docx.Document()
        self._shared: Any = needed("docx.shared", EXTRA)
        qualified = needed("docx.oxml.ns", EXTRA).qn
        for name in ("Normal", "Title", "Heading 1", "Heading 2"):
            style = self._made.styles[name]
            style.font.name = _FONT
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qualified("w:eastAsia"), _FONT)
        self._made.styles["Normal"].font.size = self._shared.Pt(10)
        about = self._made.core_properties
        about.title, about.author = text("handover.report-title", "zh"), ""
        about.created = about.modified = _CREATED
        section = self._made.sections[0]
        section.page_width, section.page_height = self._shared.Mm(210), self._shared.Mm(297)
        section.footer.paragraphs[0].text = say("handover.print-footer")

    def title(self, words: str) -> None:
        self._made.add_heading(_clean(words), 0)

    def warning(self) -> None:
        self.paragraph(say("page.no-finding"), bold=True)

    def section(self, key: str) -> None:
        self._made.add_heading(_clean(say(f"handover.{key}")), 1)

    def subsection(self, words: Both) -> None:
        self._made.add_heading(_clean(words.said), 2)

    def paragraph(self, words: str, *, bold: bool = False) -> None:
        self._made.add_paragraph().add_run(_clean(words)).bold = bold

    def bullets(self, lines: list[str]) -> None:
        for line in lines:
            self._made.add_paragraph(_clean(line), style="List Bullet")

    def pieces(self, listed: ShortList) -> None:
        for piece in listed.shown:
            if isinstance(piece, Piece):
                review = f" → {piece.review.zh}" if piece.review else ""
                self.bullets([f"【{piece.grade.zh}{review}】{piece.it.quote}（{piece.name}；{piece.source}）"])

    def evidence(self, sheet: Sheet, best: int) -> None:
        """What speaks against and what reviewers added, and so many of the best pieces."""
        self.against(sheet.against, _TOLD_HERE, "report-more-here")
        self.added(sheet.added)
        self.pieces(ShortList(sheet.best.shown[:best], 0))

    def against(self, told: Sequence[Against], most: int, more: str) -> None:
        """Sentences that speak against somebody, each with the requirements it was found for; behind so many their number."""
        for one in told[:most]:
            piece = one.piece
            review = f" → {piece.review.zh}" if piece.review else ""
            where = f"{piece.it.firm} × {'、'.join(one.requirements)}"
            self.bullets([f"【{one.sign} {piece.grade.zh}{review}】{piece.it.quote}（{where}；{piece.source}）"])
        self.more(len(told) - most, more)

    def added(self, added: Sequence[Added]) -> None:
        for one in added:
            where = "；".join(word for word in (one.name, one.document) if word)
            self.bullets([f"【{say('page.ruling-add')}】{one.words}（{where}）{one.said.said}"])

    def more(self, number: int, key: str) -> None:
        """How many more there are, where there are more."""
        if number > 0:
            self.paragraph(say(f"handover.{key}", number=number))

    def counts(self, counts: tuple[Count, ...]) -> None:
        head = [say(f"handover.col-{key}") for key in ("policy", "machine", "reviewed")]
        self.table(head, [[one.name.zh, f"{one.machine}（{one.share}）", one.reviewed or ""] for one in counts])

    def table(self, head: list[str], rows: list[list[str]]) -> None:
        """A table; cells are filled through their XML, since the library looks each of them up anew."""
        table = self._made.add_table(rows=len(rows) + 1, cols=len(head), style="Light Grid Accent 1")
        cells = table._cells
        for number, words in enumerate(word for row in (head, *rows) for word in row):
            cells[number].paragraphs[0].add_run(_clean(words))

    def bytes(self) -> bytes:
        """The file."""
        out = BytesIO()
        self._made.save(out)
        return undated(out.getvalue())


def _clean(words: str) -> str:
    """Words without what XML cannot hold."""
    return "".join(char for char in words if char in "\n\t" or (char >= " " and char not in "\ufffe\uffff"))


FORMAT = Format("docx", "report.docx", render, extra=EXTRA)
