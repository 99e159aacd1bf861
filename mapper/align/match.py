"""Passages of one document × catalog → evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from mapper.align.grade import Graded, corrections, grade, is_adverse, is_concrete, is_vague
from mapper.align.score import Features, score
from mapper.catalog.load import Catalog
from mapper.catalog.matcher import Match
from mapper.corpus.copies import fingerprint
from mapper.firms.attribution import Attributed, Reading, attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.model import (
    DocumentText,
    Evidence,
    Firm,
    Passage,
    Policy,
    Reason,
    Requirement,
    Source,
    Words,
)

CONTEXT = 30
"""Characters of the original kept on either side of a quote."""
Span = tuple[int, int]


def read_document(
    document: DocumentText, catalog: Catalog, registry: Registry
) -> tuple[list[Evidence], tuple[Firm, ...]]:
    """All evidence in one document, in the order of its passages, and the firms that act in it, by id."""
    local = local_registry(document, registry)
    readings = attribute(document, local)
    acting = {attributed.firm for reading in readings for attributed in reading.attributed}
    found = [one for one, _ in _evidence_of(document, readings, catalog, local)]
    return found, tuple(local.firms[firm] for firm in sorted(acting))


def weigh_document(
    document: DocumentText, catalog: Catalog, registry: Registry
) -> Iterator[tuple[Evidence, Features]]:
    """All evidence in one document, each with what its score was made from: for fitting the weights anew."""
    local = local_registry(document, registry)
    yield from _evidence_of(document, attribute(document, local), catalog, local)


def _evidence_of(
    document: DocumentText, readings: list[Reading], catalog: Catalog, registry: Registry
) -> Iterator[tuple[Evidence, Features]]:
    policies = {policy.id: policy for policy in catalog.policies}
    passages = document.passages
    for number, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
        if not reading.attributed:
            continue
        scan = catalog.matcher.scan(passage.text, reading.names)
        adverse = is_adverse(passage.text)
        for requirement in catalog.requirements:
            best: dict[str, tuple[Evidence, Features]] = {}
            for attributed in reading.attributed:
                window = (attributed.start, attributed.end)
                if adverse and len(reading.attributed) == 1:
                    window = (0, len(passage.text))
                match = scan.match(requirement.id, breach=True, window=window) if adverse else None
                if match is not None:
                    graded = Graded("adverse", adverse)
                elif not adverse:
                    match = scan.match(requirement.id, window=window)
                    if match is None:
                        continue
                    graded = grade(passage.text, window, match.words)
                else:
                    continue
                neighbours = (
                    passages[number - 1].text if number else "",
                    passages[number + 1].text if number + 1 < len(passages) else "",
                )
                found = _evidence(
                    document, passage, neighbours, requirement, policies[requirement.policy],
                    registry.firms[attributed.firm], attributed, match, graded,
                )
                if attributed.firm not in best or found[0].score > best[attributed.firm][0].score:
                    best[attributed.firm] = found
            yield from best.values()


def _evidence(
    document: DocumentText,
    passage: Passage,
    neighbours: tuple[str, str],
    requirement: Requirement,
    policy: Policy,
    firm: Firm,
    attributed: Attributed,
    match: Match,
    graded: Graded,
) -> tuple[Evidence, Features]:
    text = passage.text
    code = "breach-matched" if graded.grade == "adverse" else "signal-matched"
    seen = Features(
        strength=match.signal.strength,
        words=len(match.words),
        share=sum(e - s for s, e in match.words) / (attributed.end - attributed.start),
        support=match.support,
        sign=attributed.sign,
        grade=graded.grade,
        concrete=is_concrete(text, (attributed.start, attributed.end)),
        vague=is_vague(text, (attributed.start, attributed.end)),
        foreign=len(requirement.applies_to) == 1 and not requirement.addresses(firm.kind),
    )
    reasons = [_reason("signal", code, text, match.words)]
    mention = attributed.mention
    place = ((mention.start, mention.end),) if mention is not None else ()
    reasons.append(
        Reason(
            kind="attribution",
            code=f"sign-{attributed.sign}",
            params={"name": attributed.word},
            words=tuple(Words(start=s, end=e, text=text[s:e]) for s, e in place),
        )
    )
    reasons.append(_reason("grade", f"grade-{graded.grade}", text, graded.words))
    if graded.grade == "adverse":
        if corrections(text):
            reasons.append(_reason("grade", "grade-corrected", text, corrections(text)))
        elif corrections(neighbours[1]):
            said = "、".join(neighbours[1][s:e] for s, e in corrections(neighbours[1]))
            reasons.append(Reason(kind="grade", code="grade-corrected", params={"words": said}))
    unit = mention.unit if mention is not None else None
    evidence = Evidence(
        id=identity(firm.id, requirement.id, text),
        firm=firm.id,
        requirement=requirement.id,
        document=document.document.id,
        start=passage.start,
        end=passage.end,
        quote=text,
        grade=graded.grade,
        score=score(seen),
        reasons=tuple(reasons),
        prefix=document.text[max(0, passage.start - CONTEXT) : passage.start],
        suffix=document.text[passage.end : passage.end + CONTEXT],
        before=neighbours[0],
        after=neighbours[1],
        section=passage.section,
        page=passage.page,
        place=passage.place,
        sign=attributed.sign,
        acting_as=unit,
        predates=predates(document.document.date, policy.published),
        voluntary=not requirement.addresses(firm.kind),
        sources=(Source(document=document.document.id, start=passage.start, end=passage.end),),
    )
    return evidence, seen


def _reason(kind: str, code: str, text: str, spans: tuple[Span, ...]) -> Reason:
    words = tuple(Words(start=s, end=e, text=text[s:e]) for s, e in spans)
    joined = "、".join(dict.fromkeys(word.text for word in words))
    return Reason(kind=kind, code=code, params={"words": joined} if joined else {}, words=words)  # type: ignore[arg-type]


def identity(firm: str, requirement: str, quote: str) -> str:
    """The id of a piece of evidence: its content, not its place, so that it outlives a moved file."""
    return hashlib.sha256(f"{firm}\n{requirement}\n{fingerprint(quote)}".encode()).hexdigest()[:16]


def predates(date: str | None, published: str) -> bool | None:
    """Whether a document is older than a directive; None where its date is unknown or too coarse to tell."""
    if not date:
        return None
    length = min(len(date), len(published))
    return None if date[:length] == published[:length] and len(date) < len(published) else date < published
