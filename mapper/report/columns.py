"""A column of the view: what the documents show of one firm, and how much of them speaks of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from mapper.model import Document, Firm
from mapper.report.counting import tally
from mapper.report.phrases import Both, both
from mapper.report.series import series
from mapper.report.shapes import (
    CellView,
    DocumentView,
    EvidenceView,
    FirmGroup,
    FirmView,
    OneSentence,
    PolicyView,
    RowView,
)
from mapper.report.standing import standings

MENTION = 120
"""Below so many characters of all documents, and without evidence, a firm is only mentioned."""


def firm_views(
    columns: list[Firm], policies: tuple[PolicyView, ...], rows: Sequence[RowView], documents: Iterable[DocumentView]
) -> tuple[FirmView, ...]:
    """What is shown of each firm, in the order of the columns."""
    views = []
    ahead, behind = standings(rows, [firm.kind for firm in columns])
    listed = [document.it for document in documents]
    spoken = Counter(firm for document in listed for firm in document.firms)
    read = read_on(listed)
    for index, firm in enumerate(columns):
        mine = [row.cells[index] for row in rows]
        pieces = [one for cell in mine for one in cell.evidence]
        groups = []
        for policy in policies:
            cells = [row.cells[index] for row in policy.rows]
            groups.append(
                FirmGroup(
                    policy=policy.index,
                    tally=tally(cells),
                    cells=tuple(cell for cell in cells if cell.evidence),
                    gaps=tuple(
                        rows[cell.row]
                        for cell in cells
                        if cell.status == "none" and rows[cell.row].kin.standing == "in-force"
                    ),
                )
            )
        outcomes = {(one.it.document, one.it.quote): one for one in reversed(pieces) if one.it.grade == "outcome"}
        views.append(
            FirmView(
                index=index,
                it=firm,
                name=Both.of(firm.name, firm.name_en),
                about=_about(firm),
                starts_kind=index == 0 or columns[index - 1].kind != firm.kind,
                evidence=len(pieces) + sum(cell.more for cell in mine),
                documents=max(spoken[firm.id], len({one.it.document for one in pieces})),
                tally=tally(mine),
                groups=tuple(groups),
                outcomes=tuple(
                    sorted(
                        outcomes.values(), key=lambda one: (one.as_of or one.place.document.it.date or "", one.index)
                    )
                ),
                contrary=contrary(mine),
                series=series(pieces),
                ahead=ahead[index],
                behind=behind[index],
                mentioned=only_mentioned(read[firm.id], bool(pieces)),
            )
        )
    return tuple(views)


def read_on(documents: Iterable[Document]) -> Counter[str]:
    """How many characters were given to each firm; none where the documents do not say."""
    read: Counter[str] = Counter()
    for document in documents:
        for act in document.acts:
            read[act.firm] += act.end - act.start
    return read


def only_mentioned(characters: int, evidence: bool) -> bool:
    """Whether a firm of which so much is read was hardly searched."""
    return 0 < characters < MENTION and not evidence


def contrary(cells: Iterable[CellView]) -> tuple[OneSentence, ...]:
    """Contrary cells by firm and sentence: the sentence that bears on most of them first."""
    return _by_sentence((cell, cell.evidence[0]) for cell in cells if cell.status == "contrary" and cell.evidence)


def undecided(cells: Iterable[CellView]) -> tuple[OneSentence, ...]:
    """The same of what is undecided still."""
    return _by_sentence((cell, one) for cell in cells if cell.undecided for one in cell.unsettled)


def _by_sentence(told: Iterable[tuple[CellView, EvidenceView]]) -> tuple[OneSentence, ...]:
    groups: defaultdict[tuple[int, str, str], list[tuple[CellView, EvidenceView]]] = defaultdict(list)
    for cell, one in told:
        groups[cell.firm, one.it.document, one.it.quote].append((cell, one))
    made = [OneSentence(found[0][0].firm, found[0][1], tuple(cell for cell, _ in found)) for found in groups.values()]
    return tuple(sorted(made, key=lambda one: (-len(one.cells), one.firm, one.evidence.index)))


def _about(firm: Firm) -> Both:
    told = [both(f"page.kind-{firm.kind}")]
    if firm.full_name:
        told.append(Both.same(firm.full_name))
    if firm.former:
        told.append(both("page.firm-former", names="、".join(firm.former)))
    if firm.parent:
        told.append(both("page.firm-parent", name=firm.parent))
    if firm.products:
        told.append(both("page.firm-products", names="、".join(firm.products)))
    told.append(both(f"page.origin-{firm.origin}"))
    return Both(" · ".join(one.zh for one in told), " · ".join(one.en for one in told))
