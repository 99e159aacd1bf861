"""Passages of one document × catalog → evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mapper.align.candidates import Candidate, candidates
from mapper.align.listed import listed
from mapper.align.opinions import Program, Ruled, judged
from mapper.align.parts import only_cleared, tells_fault, went_worse
from mapper.align.passing import in_passing
from mapper.align.patience import FIRMS_LIMIT, Patience
from mapper.align.unplaced import unplaced
from mapper.align.weighing import Weighing
from mapper.align.writer import Writer
from mapper.catalog.load import Catalog
from mapper.fingerprint import identity
from mapper.firms.attribution import Reading, attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.matchers.answers import NOBODY
from mapper.matchers.answers import SOURCE as MODEL
from mapper.matchers.learned import SOURCE
from mapper.matchers.shelf import Shelf
from mapper.model import Act, DocumentText, Evidence, Faint, Firm, Grade, LeftOut, Undecided
from mapper.rules.plans import only_asked

_BORNE = 0.25
"""Share of the line that a claim must reach on the words that tell what the firm did, where others only frame them."""
_Key = tuple[int, str, str]
"""Passage, requirement and firm."""


@dataclass(frozen=True)
class ReadDocument:
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


def read_document(
    document: DocumentText,
    catalog: Catalog,
    registry: Registry,
    shelf: Shelf,
    min_score: float,
    patience: Patience | None = None,
) -> ReadDocument:
    """All evidence in one document, that below ``min_score`` apart, and the firms that act in it.

    Raises TooSlowError where the ``patience`` with it is over; without one it may take as long as it takes.
    """
    local = local_registry(document, registry)
    check = patience.check if patience is not None else None
    readings = attribute(document, local, check)
    acts = tuple(sorted(_acts(document, readings), key=lambda act: (act.start, act.end, act.firm)))
    weighing = Weighing.of(shelf.weighing)
    best: dict[_Key, tuple[float, Grade, bool, Candidate]] = {}
    either: dict[_Key, tuple[float, Grade, float, Candidate]] = {}
    spoken = [reading if _firms(reading) <= FIRMS_LIMIT else Reading((), reading.names) for reading in readings]
    going: Mapping[str, float] | None = None
    facts: Mapping[str, float] | None = None
    grade: Grade = "action"
    torn = told = undone = False
    begun = 0.0
    leads = listed(document.passages)
    writer = Writer(document, readings, leads, catalog, local, shelf)
    opinions = shelf.second.of(document, readings) if shelf.second is not None else NOBODY
    for one in candidates(document, spoken, catalog, local, shelf, opinions):
        if check is not None:
            check()
        if one.going is not going or one.facts is not facts:  # most that is claimed of a stretch goes the same way
            facts, going = one.facts, one.going
            told = one.passage in leads or document.passages[one.passage].facts is not None
            grade, torn = ("adverse", False) if told else weighing.judged(going, tells_fault(document.passages[one.passage]))
            begun = weighing.begun(facts, grade)
            torn = torn or (grade == "adverse" and not told and only_cleared(one.stretch.text))
            undone = not torn and grade != "adverse" and (only_asked(one.stretch.read) or went_worse(one.stretch.text))
        if undone and not _by_model(one):
            continue
        core = weighing.scored(one.core, grade) if one.core is not None else None
        if core is not None and core < _BORNE * weighing.least(weighing.line, grade) and not _by_model(one):
            continue
        score = weighing.scored(one.own, grade, begun)
        if told:
            score = max(_worded(one, score, weighing), core or 0.0)
        key = (one.passage, one.requirement.id, one.attributed.firm)
        reading = _reading(one, grade, score, weighing, min_score) if torn else None
        if reading is not None and (key not in either or reading[0] > either[key][0]):
            either[key] = (*reading, one)
        if grade == "adverse" and _praises(one):
            if not _by_model(one):
                continue
            score = 0.0
        if key not in best or score > best[key][0]:
            best[key] = (score, grade, torn, one)
    shown: list[Evidence] = []
    faint: list[Faint] = []
    for key, (score, grade, torn, one) in best.items():
        least = weighing.least(min_score, grade)
        if shelf.second is None and score < least / 2:  # most of what is claimed
            continue
        own = Program(score, grade, torn, weighing.least(weighing.line, grade))
        ruled = judged(one, own, least, opinions, shelf.second)
        if ruled.shown:
            shown.append(writer.evidence(one, ruled))
            either.pop(key, None)
        elif ruled.score >= least / 2:
            firm = one.attributed.firm
            id = identity(firm, one.requirement.id, document.passages[one.passage].text)
            faint.append(Faint(id=id, firm=firm, requirement=one.requirement.id, adverse=ruled.grade == "adverse"))
    undecided: list[Undecided] = []
    for score, grade, against, one in either.values():
        ruled = Ruled(True, score, grade, "program" if shelf.second is not None else None)
        undecided.append(writer.undecided(one, ruled, against))
    known = {one.firm for found in (shown, faint, undecided) for one in found}
    mentions = in_passing(acts, {*_own(document, local), *known})
    acts = tuple(act for act in acts if act.firm not in mentions)
    firms = tuple(local.firms[firm] for firm in sorted({act.firm for act in acts}))
    left_out = unplaced(document, readings, (*shown, *undecided), local, shelf.learned)
    crowded = spoken != readings
    return ReadDocument(
        tuple(shown), tuple(faint), tuple(undecided), firms, acts, tuple(sorted(mentions)), crowded, left_out
    )


def _own(document: DocumentText, registry: Registry) -> Iterator[str]:
    """The firms whose document somebody said it is, by id."""
    for name in (document.document.speaker, document.document.owner):
        if name and (firm := registry.find(name)) is not None:
            yield firm.id


def _firms(reading: Reading) -> int:
    return len({attributed.firm for attributed in reading.attributed})


def _by_model(one: Candidate) -> bool:
    """Whether a language model claims it, which was shown the whole passage."""
    return any(claim.source == MODEL for claim in one.claims)


def _praises(one: Candidate) -> bool:
    """Whether nothing but signals of the duty done speak for a claim: in a sentence of faults they say nothing."""
    return all(claim.source != SOURCE and not claim.breach for claim in one.claims if claim.source != MODEL)


def _worded(one: Candidate, score: float, weighing: Weighing) -> float:
    """The score of what is told to be a fault before it is: its own words may be those by which one tells of a deed."""
    deed = weighing.scored(one.features, "action")
    return max(score, deed) if deed >= weighing.line else score


def _reading(
    one: Candidate, deed: Grade, score: float, weighing: Weighing, min_score: float
) -> tuple[float, Grade, float] | None:
    """What cannot be told to be a deed or a fault, as the likelier of the two: score, grade, and the probability of a fault;
    None where neither reaches its line. ``score``: that of the deed."""
    against = weighing.against(one.going)
    readings: list[tuple[float, float, Grade]] = [(1 - against, score, deed)]
    if not _praises(one):
        readings.append((against, weighing.scored(one.features, "adverse"), "adverse"))
    reached = any(reading >= weighing.least(min_score, grade) for _, reading, grade in readings)
    return (*max(readings)[1:], against) if reached else None


def _acts(document: DocumentText, readings: list[Reading]) -> Iterator[Act]:
    """The sentences given to each firm; those of one firm that follow each other are one stretch."""
    going: dict[str, tuple[int, int]] = {}
    for passage, reading in zip(document.passages, readings, strict=True):
        acting = dict.fromkeys(attributed.firm for attributed in reading.attributed)
        for firm in [firm for firm in going if firm not in acting]:
            start, end = going.pop(firm)
            yield Act(firm=firm, start=start, end=end)
        for firm in acting:
            start, end = going.get(firm, (passage.start, 0))
            going[firm] = start, max(end, passage.end)  # a footnote stands within the sentence that its page cut
    for firm, (start, end) in going.items():
        yield Act(firm=firm, start=start, end=end)
