"""Passages of one document × catalog → evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from mapper.align.candidates import Candidate, candidates
from mapper.align.listed import listed
from mapper.align.opinions import Program, Ruled, judged
from mapper.align.parts import silent
from mapper.align.passing import in_passing
from mapper.align.patience import FIRMS_LIMIT, Patience
from mapper.align.ranked import Ranked
from mapper.align.unplaced import nobodys, unplaced
from mapper.align.weighing import Weighing
from mapper.align.writer import Writer
from mapper.catalog.load import Catalog
from mapper.fingerprint import identity
from mapper.firms.attribution import Attribution, attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.matchers.answers import NOBODY, AnswersMatcher
from mapper.matchers.shelf import Shelf
from mapper.model import Act, DocumentText, Evidence, Faint, Firm, FoundBy, LeftOut, Undecided

_LEANS = 0.5
"""Probability of a fault above which what is torn goes with the fault that its sentence tells of."""
_SURELY = 0.8
"""Probability of a fault from which a sentence is shown that would otherwise come to nothing; …"""
_NEARLY = 2 / 3
"""… where its likeliest requirement reaches this share of the line: of 41 on labelled documents, half are labelled as a fault."""


@dataclass(frozen=True)
class MatchedDocument:
    """What a document came to: evidence, and what may be a deed or a fault, in the order of its passages, its actors by id,
    and who acts where."""

    evidence: tuple[Evidence, ...]
    faint: tuple[Faint, ...]
    undecided: tuple[Undecided, ...]
    firms: tuple[Firm, ...]
    acts: tuple[Act, ...]
    mentions: tuple[str, ...] = ()
    """Firms that are only named in passing, by id: they are not among its actors."""
    crowded: bool = False
    """Whether some sentence names more firms than can be told apart, and evidences nothing for that."""
    left_out: tuple[LeftOut, ...] = ()
    """What it says that is no evidence, though a person should know of it."""


def match_document(
    document: DocumentText,
    catalog: Catalog,
    registry: Registry,
    shelf: Shelf,
    min_score: float,
    patience: Patience | None = None,
) -> MatchedDocument:
    """All evidence in one document, that below ``min_score`` apart, and the firms that act in it.

    Raises TooSlowError where the ``patience`` with it is over; without one it may take as long as it takes.
    """
    local = local_registry(document, registry)
    check = patience.check if patience is not None else None
    readings = attribute(document, local, check)
    acts = tuple(sorted(_acts(document, readings), key=lambda act: (act.start, act.end, act.firm)))
    spoken = [reading if _firms(reading) <= FIRMS_LIMIT else Attribution((), reading.names) for reading in readings]
    opinions = shelf.second.of(document, readings) if shelf.second is not None else NOBODY
    leads = listed(document.passages)
    ranked = Ranked(document, leads, Weighing.of(shelf.weighing), min_score)
    for one in candidates(document, spoken, catalog, local, shelf, opinions):
        if check is not None:
            check()
        ranked.take(one)
    writer = Writer(document, readings, leads, catalog, local, shelf)
    shown, faint, undecided = _written(ranked, writer, shelf, opinions)
    known = {one.firm for found in (shown, faint, undecided) for one in found}
    mentions = in_passing(acts, {*_own(document, local), *known}, _acts(document, readings, telling=True))
    acts = tuple(act for act in acts if act.firm not in mentions)
    firms = tuple(local.firms[firm] for firm in sorted({act.firm for act in acts}))
    left_out = (
        *unplaced(document, readings, (*shown, *undecided), local, shelf.learned), *nobodys(document, readings, shelf.learned)
    )
    crowded = spoken != readings
    return MatchedDocument(
        tuple(shown), tuple(faint), tuple(undecided), firms, acts, tuple(sorted(mentions)), crowded, left_out
    )


def _written(
    ranked: Ranked, writer: Writer, shelf: Shelf, opinions: AnswersMatcher
) -> tuple[list[Evidence], list[Faint], list[Undecided]]:
    """The evidence that reaches its line, what came near it, and what is undecided."""
    weighing, either = ranked.weighing, dict(ranked.either)
    shown: list[Evidence] = []
    faint: list[Faint] = []
    near: list[tuple[Ruled, Candidate]] = []
    for key, (score, grade, torn, one) in ranked.best.items():
        least = weighing.least(ranked.min_score, grade)
        if shelf.second is None and score < least / 2:  # most of what is claimed
            continue
        own = Program(score, grade, torn, weighing.least(weighing.line, grade))
        ruled = judged(one, own, least, opinions, shelf.second)
        if ruled.shown:
            shown.append(writer.evidence(one, ruled))
            either.pop(key, None)
        elif ruled.score >= least / 2:
            near.append((ruled, one))
            firm = one.attributed.firm
            id = identity(firm, one.requirement.id, ranked.document.passages[one.passage].text)
            faint.append(Faint(id=id, firm=firm, requirement=one.requirement.id, adverse=ruled.grade == "adverse"))
    undecided: list[Undecided] = []
    by: FoundBy | None = "program" if shelf.second is not None else None
    faulty = {(piece.firm, piece.start) for piece in shown if piece.grade == "adverse"}
    for (passage, _, firm), (score, grade, against, one) in either.items():
        fault = ranked.fault(one) if (firm, ranked.document.passages[passage].start) in faulty else None
        if fault is not None and against > _LEANS:  # its sentence is a fault for another requirement
            shown.append(writer.evidence(one, Ruled(True, fault, "adverse", by)))
        else:
            undecided.append(writer.undecided(one, Ruled(True, score, grade, by), against))
    told = {piece.firm for piece in (*shown, *undecided) if piece.grade == "adverse"}
    undecided += (writer.undecided(one, ruled, against, homeless=True) for ruled, one, against in _homeless(ranked, near, told))
    return shown, faint, undecided


def _homeless(
    ranked: Ranked, near: Iterable[tuple[Ruled, Candidate]], told: Set[str]
) -> Iterator[tuple[Ruled, Candidate, float]]:
    """Of firms of which no fault is ``told``, the sentences that surely tell of one, each with its likeliest requirement of those
    that came ``near`` the line and the probability that it is a fault: which duty it breaks is a person's to say.

    Who asks for more than the line asked for less than this.
    """
    weighing = ranked.weighing
    best: dict[tuple[str, int], tuple[Ruled, Candidate]] = {}
    for ruled, one in near if ranked.min_score <= weighing.line else ():
        place = one.attributed.firm, one.passage
        fault = ruled.grade == "adverse" and ruled.opinion is None and one.attributed.firm not in told
        if fault and (place not in best or ruled.score > best[place][0].score):
            best[place] = ruled, one
    for ruled, one in best.values():
        against = weighing.against(one.going)
        if against >= _SURELY and ruled.score >= _NEARLY * weighing.least(weighing.line, "adverse"):
            yield ruled, one, against


def _own(document: DocumentText, registry: Registry) -> Iterator[str]:
    """The firms whose document somebody said it is, by id."""
    for name in (document.document.speaker, document.document.owner):
        if name and (firm := registry.find(name)) is not None:
            yield firm.id


def _firms(reading: Attribution) -> int:
    return len({attributed.firm for attributed in reading.attributed})


def _acts(document: DocumentText, readings: list[Attribution], telling: bool = False) -> Iterator[Act]:
    """The sentences given to each firm, or those that can be evidence; those of one firm that follow each other are one stretch."""
    going: dict[str, tuple[int, int]] = {}
    for passage, reading in zip(document.passages, readings, strict=True):
        told = (one for one in reading.attributed if not (telling and silent(passage, one.sign)))
        acting = dict.fromkeys(attributed.firm for attributed in told)
        for firm in [firm for firm in going if firm not in acting]:
            start, end = going.pop(firm)
            yield Act(firm=firm, start=start, end=end)
        for firm in acting:
            start, end = going.get(firm, (passage.start, 0))
            going[firm] = start, max(end, passage.end)  # a footnote stands within the sentence that its page cut
    for firm, (start, end) in going.items():
        yield Act(firm=firm, start=start, end=end)
