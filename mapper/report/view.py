"""Alignment → view: what a report shows, grouped, counted and in order, without markup; columns in their own file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import get_args
from urllib.parse import urlsplit

from mapper.binding import Binding
from mapper.model import Alignment, Cell, Document, Evidence, Firm, FirmKind, LeftOut, Requirement, Source, cell_status
from mapper.report import quotes, reviewed
from mapper.report.beyond import NOTHING, Beyond
from mapper.report.clauses import clause
from mapper.report.columns import contrary, firm_views, undecided
from mapper.report.counting import cells_told, coverage, figures, tally
from mapper.report.kinship import Kin, by_theme, kinship
from mapper.report.levels import LETTER, Level
from mapper.report.orders import BEST, OUTSIDE, rank
from mapper.report.phrases import Both, known, spot
from mapper.report.shapes import (
    CellView,
    DocumentView,
    EvidenceView,
    KindView,
    LeftOutView,
    PartView,
    Place,
    PolicyView,
    RowView,
    View,
)
from mapper.report.tallies import Coverage
from mapper.report.terms import terms

THIN = 5
"""Below so many pieces of evidence a firm's material is called thin."""


def build_view(alignment: Alignment, beyond: Beyond = NOTHING) -> View:
    """Group, count and order an alignment for a reader. The same alignment always gives the same view.

    ``beyond``: what there is besides, where the alignment holds the best pieces only.
    """
    documents = _documents(alignment, beyond)
    evidence = _evidence(alignment, documents)
    kinds = tuple(kind for kind in get_args(FirmKind) if any(firm.kind == kind for firm in alignment.firms))
    columns = [firm for kind in kinds for firm in alignment.firms if firm.kind == kind]
    kin = kinship(alignment.policies)
    rows = _rows(alignment, columns, kinds, evidence, kin, beyond)
    policies = tuple(
        _policy(number, alignment, [row for row in rows if row.policy == number])
        for number in range(len(alignment.policies))
    )
    firms = firm_views(columns, policies, rows, documents.values())
    by_kind = tuple(KindView(kind, tuple(firm for firm in firms if firm.it.kind == kind)) for kind in kinds)
    by_part = tuple(coverage(policies, by_kind))
    everything = [cell for row in rows for cell in row.cells]
    return View(
        version=alignment.run.version,
        options=tuple(sorted(alignment.run.options.items())),
        inputs=alignment.run.inputs,
        figures=figures(alignment, policies, firms, [evidence[one.id] for one in alignment.evidence], len(everything), beyond),
        tally=tally(everything),
        policies=policies,
        parts=_parts(alignment, rows),
        coverage=by_part,
        rows=rows,
        kinds=by_kind,
        firms=firms,
        mentions=alignment.mentions,
        thin=tuple(
            sorted((firm for firm in firms if firm.evidence < THIN), key=lambda firm: (firm.evidence, firm.index))
        ),
        documents=tuple(documents.values()),
        left_out=tuple(_left_out(left) for left in alignment.left_out),
        contrary=contrary(everything),
        gaps=_gaps(by_part),
        themes=tuple(sorted({theme for row in rows for theme in row.it.themes})),
        second=any(piece.found_by is not None for piece in alignment.evidence),
        undecided=undecided(everything),
        tentative_cells=sum(cell.tentative for cell in everything),
        themed=tuple((theme, tuple(found)) for theme, found in by_theme([row.it for row in rows], kin)),
    )


def web_link(url: str | None) -> str | None:
    """The address if a page may link to it (http or https with a host), else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _documents(alignment: Alignment, beyond: Beyond) -> dict[str, DocumentView]:
    marks = Counter(evidence.document for evidence in alignment.evidence)
    firms: defaultdict[str, set[str]] = defaultdict(set)
    for evidence in alignment.evidence:
        firms[evidence.document].add(evidence.firm)
    told = {source.document for evidence in alignment.evidence for source in evidence.sources} | set(firms)
    return {
        document.id: DocumentView(
            index=index,
            it=document if document.id in told else document.model_copy(update={"text": ()}),
            title=document.name,
            link=web_link(document.url),
            repairs=tuple(known(f"page.repair-{code}", code) for code in document.repairs),
            evidence=marks[document.id] + beyond.marks.get(document.id, 0),
            firms=max(len(document.firms), len(firms[document.id])),
        )
        for index, document in enumerate(alignment.documents)
    }


def _evidence(alignment: Alignment, documents: dict[str, DocumentView]) -> dict[str, EvidenceView]:
    def place(source: Source | Evidence) -> Place:
        document = documents.get(source.document)
        if document is None:
            unknown = Document(id=source.document, path=source.document, sha256="")
            document = DocumentView(-1, unknown, source.document, None, (), 0, 0)
        return Place(document, source.start, source.end)

    return {
        evidence.id: EvidenceView(
            index=index,
            it=evidence,
            percent=round(100 * evidence.score),
            segments=quotes.segments(evidence.quote, evidence.reasons),
            reasons=quotes.reasons(evidence),
            place=place(evidence),
            copies=tuple(place(source) for source in evidence.sources[1:]),
            spot=spot(evidence.place) if evidence.place else None,
            as_of=quotes.as_of(evidence),
        )
        for index, evidence in enumerate((*alignment.evidence, *alignment.undecided))
    }


def _rows(
    alignment: Alignment,
    columns: list[Firm],
    kinds: tuple[FirmKind, ...],
    evidence: dict[str, EvidenceView],
    kin: dict[str, Kin],
    beyond: Beyond,
) -> tuple[RowView, ...]:
    cells = cells_told(alignment)
    searched = {cell.firm for cell in alignment.cells if cell.status not in ("unsearched", *OUTSIDE)}
    binding = Binding.within(alignment)
    added = reviewed.graded(alignment)
    unclear: defaultdict[tuple[str, str], list[EvidenceView]] = defaultdict(list)
    for piece in alignment.undecided:
        unclear[piece.firm, piece.requirement].append(evidence[piece.id])

    def cell_of(firm: Firm, requirement: Requirement) -> Cell:
        bound = binding.in_force(requirement.id)
        status = cell_status((), addressed=requirement.means(firm), searched=firm.id in searched, binding=bound)
        return Cell(firm=firm.id, requirement=requirement.id, status=status)

    parts = {key: number for number, key in enumerate((one.id, part.id) for one in alignment.policies for part in one.parts)}
    rows: list[RowView] = []
    for number, policy in enumerate(alignment.policies):
        for requirement in policy.requirements:
            at = parts.get((policy.id, requirement.part or ""), -1)
            keys = [(firm.id, requirement.id) for firm in columns]
            found = [
                _cell(
                    cells.get(key) or cell_of(columns[column], requirement), column, len(rows), evidence, added, beyond,
                    tuple(unclear[key]) if key in unclear else (),
                )
                for column, key in enumerate(keys)
            ]
            rows.append(
                RowView(
                    index=len(rows),
                    it=requirement,
                    policy=number,
                    title=Both.of(requirement.title, requirement.title_en),
                    clause=clause(requirement.clause),
                    text=Both.of(requirement.text, requirement.text_en),
                    part=at,
                    applies_to=tuple(
                        kind for kind in kinds if "all" in requirement.applies_to or requirement.addresses(kind)
                    ),
                    terms=tuple(terms(requirement, binding)),
                    phase=binding.phase(requirement.id),
                    cells=tuple(found),
                    best=tuple(sorted((cell for cell in found if cell.evidence), key=_best_first)),
                    tally=tally(found),
                    kin=kin[requirement.id],
                )
            )
    return tuple(rows)


def _cell(
    cell: Cell,
    column: int,
    row: int,
    evidence: dict[str, EvidenceView],
    added: dict[tuple[str, str], list[str]],
    beyond: Beyond,
    unclear: tuple[EvidenceView, ...],
) -> CellView:
    key = cell.firm, cell.requirement
    more = beyond.pieces.get(key, 0)
    if not cell.evidence and not more and cell.review is None:  # most cells of a large run
        bare: Level = cell.status if cell.status != "evidenced" else "action"
        percent = round(100 * cell.score)
        mark = column, row, cell.status, bare, LETTER[bare], percent
        return CellView(*mark, voluntary=cell.voluntary, below=cell.below, undecided=unclear)
    listed = sorted(
        (evidence[identifier] for identifier in cell.evidence if identifier in evidence),
        key=lambda one: (rank(one.it), -one.it.score, one.index),
    )
    level, percent = reviewed.shown(cell, (one.it for one in listed))
    if level == "action":  # what makes the mark comes first, before a tentative outcome
        listed.sort(key=lambda one: one.it.grade != "action")
    return CellView(
        firm=column,
        row=row,
        status=cell.status,
        level=level,
        letter=LETTER[level],
        percent=percent,
        evidence=tuple(listed),
        voluntary=cell.voluntary,
        predates=bool(listed) and key not in beyond.recent and all(one.it.predates for one in listed),
        best=("allegation" if listed[0].it.alleged else listed[0].it.grade) if listed else "",
        below=cell.below,
        more=more,
        allegations=cell.allegations if more else sum(one.it.alleged for one in listed),
        review="conflict"
        if cell.review == "conflict"
        else reviewed.level(cell, (one.it for one in listed), added.get(key, ())),
        only_model=cell.only_model,
        undecided=unclear,
    )


def _best_first(cell: CellView) -> tuple[int, int, int, int]:
    place = BEST.index(cell.level) if cell.level in BEST else len(BEST)
    return (place, -cell.percent, -len(cell.evidence) - cell.more, cell.firm)


def _policy(number: int, alignment: Alignment, rows: list[RowView]) -> PolicyView:
    policy = alignment.policies[number]
    without = [row for row in rows if not any(cell.status == "evidenced" for cell in row.cells)]
    nobody = [row for row in rows if not row.tally.addressed]
    return PolicyView(
        index=number,
        it=policy,
        name=Both.of(policy.short_title, policy.title_en),
        link=web_link(policy.url),
        rows=tuple(rows),
        tally=tally(cell for row in rows for cell in row.cells),
        uncovered=tuple(row for row in without if row not in nobody and row.kin.standing == "in-force"),
        unaddressed=tuple(nobody),
    )


def _parts(alignment: Alignment, rows: Sequence[RowView]) -> tuple[PartView, ...]:
    named = [(number, part) for number, policy in enumerate(alignment.policies) for part in policy.parts]
    return tuple(
        PartView(
            index=index,
            policy=number,
            it=part,
            label=clause(part.id),
            name=Both.of(part.title, part.title_en),
            tally=tally(cell for row in rows if row.part == index for cell in row.cells),
        )
        for index, (number, part) in enumerate(named)
    )


def _gaps(lines: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """The three parts with the lowest coverage among those that are addressed to anybody."""
    addressed = [line for line in lines if line.part >= 0 and line.tallies[0].addressed]
    ordered = sorted(addressed, key=lambda line: (line.tallies[0].evidenced / line.tallies[0].addressed, line.part))
    return tuple(ordered[:3])


def _left_out(left: LeftOut) -> LeftOutView:
    fallback = " ".join([left.code, *(f"{name}={value}" for name, value in sorted(left.params.items()))])
    return LeftOutView(left.path, known(f"problem.{left.code}", fallback, **left.params))
