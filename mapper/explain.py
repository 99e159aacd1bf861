"""One cell of an alignment as text: what is asked, what was found, in which words, and why it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from mapper.binding import Binding
from mapper.catalog.find import find_requirement
from mapper.firms.lists import load_registry
from mapper.firms.registry import Registry
from mapper.letters import Highlighter
from mapper.letters import one_line as _one_line
from mapper.messages import say, text
from mapper.model import (
    Alignment,
    Cell,
    Document,
    Evidence,
    Firm,
    Policy,
    Requirement,
    Review,
    Source,
    Undecided,
    cell_status,
)
from mapper.problems import InputError, Problem, near_names, nearest
from mapper.report import reviewed
from mapper.report.columns import only_mentioned, read_on
from mapper.report.counting import cells_told
from mapper.report.kinship import kinship
from mapper.report.orders import ALLEGED, OUTSIDE, UNDECIDED
from mapper.report.phrases import Both, both, counted, spot
from mapper.report.quotes import reasons, segments
from mapper.report.tables import spoken_in_both
from mapper.report.terms import score_line, terms


def explain(alignment: Alignment, firm: str, requirement: str, mark: Highlighter) -> list[str]:
    """The lines that explain a cell; ``mark`` marks words.

    ``firm`` is any name of a firm, ``requirement`` an id, or a clause or title that only one requirement has. Raises
    InputError, with what may have been meant, for a firm or a requirement that there is none, or not just one of.
    """
    policy, asked = find_requirement(alignment.policies, requirement)
    found = find_firm(alignment, firm)
    cell = cells_told(alignment).get((found.id, asked.id))
    if cell is None:
        in_force = Binding.within(alignment).in_force(asked.id)
        status = cell_status((), addressed=asked.means(found), searched=False, binding=in_force)
        cell = Cell(firm=found.id, requirement=asked.id, status=status)
    by_id = {piece.id: piece for piece in alignment.evidence}
    evidence = [by_id[identifier] for identifier in cell.evidence if identifier in by_id]
    undecided = [one for one in alignment.undecided if (one.firm, one.requirement) == (found.id, asked.id)]
    documents = {document.id: document for document in alignment.documents}
    lines = [*_head(found, policy, asked), *_kin(alignment, asked), *_time(alignment, asked)]
    known = any(piece.firm == found.id for piece in alignment.evidence)
    hardly = only_mentioned(read_on(alignment.documents)[found.id], known)
    lines += _status(cell, evidence, score_line(alignment.run.options), hardly)
    reviews = [one for one in alignment.review if (one.decision.firm, one.decision.requirement) == (found.id, asked.id)]
    about = {one.id: [review for review in reviews if review.evidence == one.id] for one in (*evidence, *undecided)}
    lines += _decided([review for review in reviews if review.evidence not in about])
    for number, piece in enumerate(evidence, start=1):
        lines += ["", *_piece(number, piece, documents, mark), *(f"   {line}" for line in _decided(about[piece.id]))]
    if undecided:
        lines += ["", say("page.undecided-head"), say("page.undecided-note")]
    for number, piece in enumerate(undecided, start=len(evidence) + 1):
        lines += ["", *_piece(number, piece, documents, mark), *(f"   {line}" for line in _decided(about[piece.id]))]
    if not evidence:
        lines += [*_read(found, documents.values()), *_looks_for(asked)]
    return lines


def find_firm(alignment: Alignment, wanted: str) -> Firm:
    """A firm of the alignment, else one that the program knows and the documents do not speak of."""
    word = wanted.strip()
    registry = Registry({firm.id: firm for firm in alignment.firms})
    shipped, _ = load_registry()
    registries = [registry, shipped] if shipped is not None else [registry]
    for known in registries:
        if (firm := known.find(word) or _in_english(known, word)) is not None:
            return firm
    near = "; ".join(near_firms(word, registries))
    raise InputError([Problem("firm-unknown", params={"name": wanted, **nearest(near)})])


def _in_english(registry: Registry, word: str) -> Firm | None:
    return next((firm for firm in registry.firms.values() if (firm.name_en or "").lower() == word.lower() != ""), None)


def near_firms(word: str, registries: Sequence[Registry]) -> list[str]:
    """The firms whose names come nearest, best first; among equals those of the first registry."""
    called: dict[str, list[str]] = {}
    for registry in registries:
        for surface, (firm, kind) in registry.surfaces.items():
            if kind == "name":
                called.setdefault(registry.firms[firm].name, []).append(surface)
    return near_names(word.lower(), called)


# ---- lines -----------------------------------------------------------------------------------------------------


def _head(firm: Firm, policy: Policy, requirement: Requirement) -> Iterator[str]:
    english = f" / {requirement.title_en}" if requirement.title_en != requirement.title else ""
    yield f"{firm.name} × {requirement.id} {requirement.title}{english}"
    obligation = text(f"page.obligation-{requirement.obligation}", "zh")
    duty = text(f"page.obligation-{requirement.obligation}", "en")
    yield text("cli.cell-of", "zh", policy=policy.short_title, clause=requirement.clause, obligation=obligation)
    yield text("cli.cell-of", "en", policy=policy.title_en, clause=requirement.clause, obligation=duty)
    if policy.basis == "partial":
        yield say("cli.cell-partial")
    yield f"{say('cli.cell-asks')}: {requirement.text}"


def _kin(alignment: Alignment, requirement: Requirement) -> Iterator[str]:
    """What the clause was and became, and what corresponds to it in other policies."""
    own = kinship(alignment.policies)[requirement.id]
    every = {one.id: one for policy in alignment.policies for one in policy.requirements}
    if own.standing != "in-force":
        yield say(f"page.standing-note-{own.standing}")
    for key, others in (("version-old", own.older), ("version-new", own.newer)):
        for id, change in others:
            yield f"{say(f'page.{key}')} ({say(f'page.change-{change}')}): {id} {every[id].clause} {every[id].title}: {every[id].text}"
    for link in own.links:
        yield f"{say(f'page.relation-{link.relation}')}: {link.other} {every[link.other].title}" + (f" ({link.why})" if link.why else "")


def _time(alignment: Alignment, requirement: Requirement) -> Iterator[str]:
    """From when to when it binds, and whom: as the page says it beside what is asked."""
    for one in terms(requirement, Binding.within(alignment)):
        yield one.said


def _status(cell: Cell, evidence: list[Evidence], least: Both, hardly: bool) -> Iterator[str]:
    shown, percent = reviewed.shown(cell, evidence)
    level: str = shown
    if cell.allegations and level in ("none", *OUTSIDE):
        level = "only-alleged" if level == "none" else "outside-alleged"
    elif level == "none" and hardly:
        level = "mentioned"
    yield ""
    yield text("cli.cell-status", "zh", status=text(f"page.long-{level}", "zh"))
    yield text("cli.cell-status", "en", status=text(f"page.long-{level}", "en"))
    if cell.review:
        yield say("cli.cell-reviewed", status=say(f"handover.status-{cell.review}"))
    if cell.only_model:
        yield say("page.only-model")
    if cell.voluntary:
        yield say("page.voluntary-long" if any(piece.voluntary for piece in evidence) else "page.voluntary-by-day")
    if evidence:
        number = counted("page.pieces", number=len(evidence)).said
        yield f"{number} · {say('cli.cell-score', score=_score(percent / 100))}" if cell.score else number
    if cell.below:
        yield counted("page.below", number=cell.below, line=least).said


def _decided(reviews: Iterable[Review]) -> Iterator[str]:
    """What reviewers said, with the words that the machine does not mark."""
    for review in reviews:
        words = f" “{_one_line(review.decision.words)}”" if review.evidence is None and review.decision.words else ""
        yield f"{say('cli.cell-decided')}: {spoken_in_both(review).said}{words}"


def _piece(number: int, piece: Evidence, documents: dict[str, Document], mark: Highlighter) -> Iterator[str]:
    grade = f"{ALLEGED} {say('page.grade-alleged')}" if piece.alleged else say(f"page.grade-{piece.grade}")
    marks = [grade, f"{say('page.score')} {_score(piece.score)}"]
    if isinstance(piece, Undecided):
        either = both("page.undecided-score", grade=both(f"page.grade-{piece.grade}"), percent=round(100 * piece.score))
        marks = [f"{UNDECIDED} {say('page.level-undecided')}", either.said]
    when = {True: "predates", False: "after", None: "undated"}[piece.predates]
    marks.append(say(f"page.evidence-{when}"))
    if piece.voluntary:
        marks.append(say("page.voluntary"))
    if piece.found_by is not None:
        marks.append(say("page.found-differs" if piece.found_by == "both" and piece.differs else f"page.found-{piece.found_by}"))
    if piece.acting_as:
        marks.append(say("page.acting-as", unit=piece.acting_as))
    yield f"{number}. {' · '.join(marks)}"
    yield f"   “{_marked(piece, mark)}”"
    yield f"   {say('cli.piece-source')}: {_described(documents.get(piece.document), piece.document)}"
    place = [say("page.where", start=piece.start, end=piece.end)]
    if piece.page is not None:
        place.append(say("page.page-number", page=piece.page))
    if piece.place:
        where = spot(piece.place)
        place.append(where.said)
    if piece.section:
        place.append(say("page.section", section=_one_line(piece.section)))
    yield f"   {say('cli.piece-place')}: {piece.document} · {' · '.join(place)}"
    for reason in reasons(piece):
        said = reason.said.said
        words = "".join(f" 「{word}」" for word in reason.words)
        yield f"   {say(f'page.why-{reason.kind}')}: {_one_line(said + words)}"
    for source in piece.sources[1:]:
        yield f"   {say('cli.piece-copy')}: {_copy(source)}"


def _marked(piece: Evidence, mark: Highlighter) -> str:
    """The quote on one line, every run of words that any reason points at marked once."""
    runs = groupby(segments(piece.quote, piece.reasons), key=lambda run: bool(run.kinds))
    parts = ((pointed, "".join(run.text for run in group)) for pointed, group in runs)
    return _one_line("".join(mark(words) if pointed else words for pointed, words in parts))


def _described(document: Document | None, path: str) -> str:
    """Title, publisher and date, each with «inferred» where it was not stated."""
    if document is None:
        return path
    title = document.name
    publisher = document.publisher or say("page.publisher-unknown")
    date = f"{document.date}（{say(f'page.date-{document.date_basis}')}）" if document.date else say("page.date-unknown")
    return " · ".join(
        (
            f"《{title}》{_inferred(document.title_basis)}",
            f"{publisher}{_inferred(document.publisher_basis)}",
            date,
        )
    )


def _inferred(basis: str) -> str:
    return f"（{say('page.date-inferred')}）" if basis == "inferred" else ""


def _copy(source: Source) -> str:
    return f"{source.document} · {say('page.where', start=source.start, end=source.end)}"


def _read(firm: Firm, documents: Iterable[Document]) -> Iterator[str]:
    every = list(documents)
    spoken = [document for document in every if firm.id in document.firms]
    named = [document for document in every if firm.id in document.mentions]
    for head, found in (("cli.cell-read", spoken), ("cli.cell-mentions", named)):
        if found:
            yield from ("", f"{say(head)}:")
            yield from (f"  {document.path} · {_described(document, document.path)}" for document in found)


def _looks_for(requirement: Requirement) -> Iterator[str]:
    yield from ("", f"{say('cli.cell-looks-for')}:")
    for signal in requirement.signals:
        shown = " + ".join(f"[{group}]" for group in signal.need)
        if signal.unless:
            shown += f" · {say('page.signal-unless', words=' | '.join(signal.unless))}"
        yield f"  {shown}"
    yield say("cli.cell-signals-only")


def _score(score: float) -> str:
    return f"{score:.2f}"
