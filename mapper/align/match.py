"""Passages of one document × catalog → evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from mapper.align.candidates import Candidate, candidates
from mapper.align.listed import listed
from mapper.align.opinions import Program, Ruled, judged, spoken_of
from mapper.align.parts import placed, tells_fault
from mapper.align.patience import FIRMS_LIMIT, Patience
from mapper.align.unplaced import unplaced
from mapper.align.weighing import Weighing
from mapper.catalog.load import Catalog
from mapper.fingerprint import identity
from mapper.firms.attribution import Reading, attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.firms.voice import complains, signed_by_authority
from mapper.matchers.answers import NOBODY
from mapper.matchers.answers import SOURCE as MODEL
from mapper.matchers.interface import Stretch
from mapper.matchers.learned import SOURCE
from mapper.matchers.shelf import Shelf
from mapper.model import (
    Act,
    DocumentText,
    Evidence,
    Faint,
    FaultBasis,
    Firm,
    Grade,
    LeftOut,
    Passage,
    Policy,
    Reason,
    Sign,
    Source,
    Undecided,
    Words,
)
from mapper.rules import rules

CONTEXT = 30
"""Characters of the original kept on either side of a quote."""
_ADMITS = frozenset({"speaker", "owner"})
"""Signs by which a firm speaks of itself: what it admits in plain words needs no authority to find it."""
_OWNED = ("worse", "admitted")
"""Rules whose words are such plain words."""
_BORNE = 0.25
"""Share of the line that a claim must reach on the words that tell what the firm did, where others only frame them."""
_LIKE = 0.12
"""Likeness from which a taught sentence is worth showing."""
Span = tuple[int, int]
Teller = Literal["customer", "authority"] | None
"""Who tells a whole document, where that decides what a fault told in it is."""
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
    policies = {policy.id: policy for policy in catalog.policies}
    best: dict[_Key, tuple[float, Grade, bool, Candidate]] = {}
    either: dict[_Key, tuple[float, Grade, float, Candidate]] = {}
    spoken = [reading if _firms(reading) <= FIRMS_LIMIT else Reading((), reading.names) for reading in readings]
    going: Mapping[str, float] | None = None
    facts: Mapping[str, float] | None = None
    grade: Grade = "action"
    torn = told = False
    begun = 0.0
    teller, leads = _teller(document), listed(document.passages)
    opinions = shelf.second.of(document, readings) if shelf.second is not None else NOBODY
    for one in candidates(document, spoken, catalog, local, shelf, opinions):
        if check is not None:
            check()
        if one.going is not going or one.facts is not facts:  # most that is claimed of a stretch goes the same way
            facts, going = one.facts, one.going
            told = one.passage in leads or document.passages[one.passage].facts is not None
            grade, torn = ("adverse", False) if told else weighing.judged(going, tells_fault(document.passages[one.passage]))
            begun = weighing.begun(facts, grade)
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
        firm = local.firms[one.attributed.firm]
        least = weighing.least(min_score, grade)
        if shelf.second is None and score < least / 2:  # most of what is claimed
            continue
        own = Program(score, grade, torn, weighing.least(weighing.line, grade))
        ruled = judged(one, own, least, opinions, shelf.second)
        if ruled.shown:
            policy, lead = policies[one.requirement.policy], leads.get(one.passage)
            shown.append(_evidence(document, readings, one, policy, firm, ruled, shelf, teller, lead))
            either.pop(key, None)
        elif ruled.score >= least / 2:
            id = identity(firm.id, one.requirement.id, document.passages[one.passage].text)
            faint.append(Faint(id=id, firm=firm.id, requirement=one.requirement.id, adverse=ruled.grade == "adverse"))
    undecided: list[Undecided] = []
    for score, grade, against, one in either.values():
        firm, policy = local.firms[one.attributed.firm], policies[one.requirement.policy]
        ruled = Ruled(True, score, grade, "program" if shelf.second is not None else None)
        piece = _evidence(document, readings, one, policy, firm, ruled, shelf, teller, None, against)
        undecided.append(Undecided(**vars(piece), fault=round(against, 4)))
    firms = tuple(local.firms[firm] for firm in sorted({act.firm for act in acts}))
    left_out = unplaced(document, readings, shown, local, shelf.learned)
    return ReadDocument(tuple(shown), tuple(faint), tuple(undecided), firms, acts, spoken != readings, left_out)


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


def _beside(passages: Sequence[Passage], number: int) -> str:
    """The sentence beside another; a heading is none, and would read as its beginning or its end."""
    if not 0 <= number < len(passages) or passages[number].role in ("heading", "caption"):
        return ""
    return passages[number].text


def _leading(passages: Sequence[Passage], readings: Sequence[Reading], one: Candidate) -> Iterator[str]:
    """The sentences from which one may go on, the nearest first: those of its firm before it, below the same heading."""
    for number in range(one.passage - 1, -1, -1):
        passage, acting = passages[number], {each.firm for each in readings[number].attributed}
        if passage.role != "body" or passage.section != passages[one.passage].section or one.attributed.firm not in acting:
            return
        yield passage.text


def _evidence(
    document: DocumentText, readings: Sequence[Reading], one: Candidate, policy: Policy, firm: Firm, ruled: Ruled, shelf: Shelf,
    teller: Teller, lead: str | None, against: float | None = None,
) -> Evidence:
    """``teller``: who tells the whole document; ``lead``: words before it that make it a fault; ``against``: how likely a
    fault is, where that cannot be told.
    """
    passages = document.passages
    passage = passages[one.passage]
    before, after = _beside(passages, one.passage - 1), _beside(passages, one.passage + 1)
    mention = one.attributed.mention
    grade, why = ruled.grade, None
    if ruled.found_by != "model":
        leading = () if mention is not None else _leading(passages, readings, one)
        grade, why = placed(grade, passage, one.stretch.text[one.stretch.start : one.stretch.end], leading)
        if grade == "adverse" and (lead or passage.facts):
            why = "grade-listed" if lead else "grade-facts"
    reasons = _reasons(one, replace(ruled, grade=grade), after, shelf, why, lead or passage.section, against)
    original = document.text[passage.start : passage.end]
    return Evidence(
        id=identity(firm.id, one.requirement.id, passage.text),
        firm=firm.id,
        requirement=one.requirement.id,
        document=document.document.id,
        start=passage.start,
        end=passage.end,
        quote=passage.text,
        original=original if original != passage.text else None,
        grade=grade,
        score=ruled.score,
        basis=_basis(one, (passage.text, before, after, lead or ""), teller) if grade == "adverse" else None,
        reasons=reasons,
        prefix=document.text[max(0, passage.start - CONTEXT) : passage.start],
        suffix=document.text[passage.end : passage.end + CONTEXT],
        before=before,
        after=after,
        section=passage.section,
        page=passage.page,
        place=passage.place,
        sign=one.attributed.sign,
        acting_as=mention.unit if mention is not None else None,
        predates=predates(document.document.date, policy.published),
        voluntary=not one.requirement.means(firm),
        sources=(Source(document=document.document.id, start=passage.start, end=passage.end),),
        found_by=ruled.found_by,
        opinion=ruled.opinion,
    )


def _teller(document: DocumentText) -> Teller:
    """Who tells the document, where that decides; None where its sentences must say it themselves."""
    if complains(document):
        return "customer"
    return "authority" if signed_by_authority(document) else None


def _admits(text: str) -> bool:
    """Whether a firm says plainly what went wrong, and not that it did not."""
    said = rules("adverse")
    return any(said[one].pattern.search(text) for one in _OWNED) and not said["denied"].pattern.search(text)


def _basis(one: Candidate, texts: Sequence[str], teller: Teller) -> FaultBasis:
    """Whether somebody with authority, or the firm itself, found the fault: its sentence says so, or those around it.

    ``texts``: the sentence first, those beside it, and what leads in to it last. What a customer tells is
    alleged, whatever laws, authorities and punishments he calls for.
    """
    if teller == "customer":
        return "allegation"
    found = rules("adverse")["finding"].pattern
    if teller == "authority" or any(claim.breach for claim in one.claims):
        return "finding"
    if one.attributed.sign in _ADMITS and any(_admits(text) for text in (texts[0], texts[-1])):
        return "finding"
    return "finding" if any(found.search(text) for text in texts) else "allegation"


def _reasons(
    one: Candidate, ruled: Ruled, after: str, shelf: Shelf, why: str | None, section: str | None, against: float | None
) -> tuple[Reason, ...]:
    """``why``: the code of what gave the grade, where that was not the words; ``section``: the heading or the lead-in above them."""
    text, grade = one.stretch.text, ruled.grade
    reasons: list[Reason] = []
    claims = [claim for claim in one.claims if claim.source != MODEL]
    for claim in claims:
        if claim.words:
            code = "breach-matched" if claim.breach else "signal-matched"
            reasons.append(_reason("signal", code, text, claim.words, source=claim.source))
    if any(not claim.words for claim in claims):
        weighed = shelf.learned.words(one.stretch, one.requirement.id)
        reasons.append(_reason("signal", "words-weighed" if weighed else "words-before", text, weighed))
        reasons += _likenesses(one.stretch, one.requirement.id, shelf)
    mention = one.attributed.mention
    place = ((mention.start, mention.end),) if mention is not None else ()
    reasons.append(_acting(one.attributed.sign, one.attributed.word, text, place))
    if ruled.opinion is not None:
        reasons.append(spoken_of(ruled.opinion))
    if against is not None:
        fault = round(100 * against)
        words = shelf.learned.words(one.stretch, "adverse")
        return (*reasons, _reason("grade", "grade-undecided", text, words, deed=str(100 - fault), fault=str(fault)))
    if why is not None:
        return (*reasons, Reason(kind="grade", code=why, params={"section": section or ""}))
    graded = shelf.learned.words(one.stretch, grade) if grade != "action" else ()
    reasons.append(_reason("grade", f"grade-{grade}" if graded or grade == "action" else f"grade-{grade}-whole", text, graded))
    if grade == "adverse":
        corrected = rules("adverse")["corrected"].pattern
        here = tuple((m.start(), m.end()) for m in corrected.finditer(text))
        if here:
            reasons.append(_reason("grade", "grade-corrected", text, here))
        elif said := "、".join(m.group() for m in corrected.finditer(after)):
            reasons.append(Reason(kind="grade", code="grade-corrected", params={"words": said}))
    return tuple(reasons)


def _likenesses(stretch: Stretch, requirement: str, shelf: Shelf) -> list[Reason]:
    """Taught sentences that the stretch resembles, and a near miss that it resembles more."""
    text = stretch.read
    like = [one for one in shelf.likeness.examples(text, requirement) if one.likeness >= _LIKE]
    miss = shelf.likeness.nearer_miss(text, requirement)
    reasons = [_like("like-example", one.text) for one in like]
    if miss is not None and miss.likeness >= _LIKE:
        reasons.append(_like("like-near-miss", miss.text))
    return reasons


@lru_cache(maxsize=4096)
def _like(code: str, sentence: str) -> Reason:
    return Reason(kind="example", code=code, params={"sentence": sentence})


@lru_cache(maxsize=64)
def _acting(sign: Sign, name: str, text: str, place: tuple[Span, ...]) -> Reason:
    """Who acts; a sentence that evidences one requirement often evidences several."""
    words = tuple(Words(start=s, end=e, text=text[s:e]) for s, e in place)
    return Reason(kind="attribution", code=f"sign-{sign}", params={"name": name}, words=words)


@lru_cache(maxsize=64)
def _reason(kind: str, code: str, text: str, spans: tuple[Span, ...], **more: str) -> Reason:
    words = tuple(Words(start=s, end=e, text=text[s:e]) for s, e in spans)
    joined = "、".join(dict.fromkeys(word.text for word in words))
    params = ({"words": joined} if joined else {}) | more
    return Reason(kind=kind, code=code, params=params, words=words)  # type: ignore[arg-type]


def predates(date: str | None, published: str) -> bool | None:
    """Whether a document is older than a directive; None where its date is unknown or too coarse to tell."""
    if not date or not published:
        return None
    length = min(len(date), len(published))
    return None if date[:length] == published[:length] and len(date) < len(published) else date < published
