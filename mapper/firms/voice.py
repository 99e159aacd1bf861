"""Whose document it is: the firm that speaks in it, the one it is about, or the one that a customer complains of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from mapper.firms import cues
from mapper.firms.complainant import accused, complains
from mapper.firms.framing import HEAD_PASSAGES, head_lines
from mapper.firms.mentions import Mention, find_mentions
from mapper.firms.registry import Registry
from mapper.firms.speaking import is_only_the_scheme, outside, speaking
from mapper.model import DocumentText

VoiceKind = Literal["own", "about", "complaint", "several", "outside"]
"""Who speaks in a document, and of whom; see :class:`Voice`."""
_SHARE = 0.8
"""A document is about a firm that bears this share of all names in it."""
_HALF = 0.5
"""Less is enough where the title begins with it."""
_TOP_LINES = 4
"""Passages at the top in which a text names whom it is about."""
_OFTEN, _OFTEN_SHARE = 5, 0.25
"""Sentences that say «the company», and their share, from which it means the firm named first: an analyst's note."""
_LONE = 2
"""Mentions of the only firm of a text from which the text is about it, if they stand in :data:`_LONE_SHARE` of it."""
_LONE_SHARE = 0.1
_BESIDE = 12
"""Characters before a name that make it a partner."""
_DENSITY = 0.25
"""Or it names it in this share of its passages."""
_PARTY_WITHIN = 12
"""Passages at the top in which an authority says to whom it writes."""


@dataclass(frozen=True)
class Voice:
    """Whose document it is.

    own: the firm speaks (a report, a notice, an interview), so that what has no subject is its own; about: others
    speak of the one firm; complaint: a customer speaks of the firm; several: nobody is above the others; outside: a
    company of another trade speaks, so that «公司» and «我们» are nobody.
    """

    kind: VoiceKind = "several"
    firm: str | None = None
    joint: tuple[str, ...] = ()
    """The firms that offer together what a product's paper is about."""
    whole: bool = False
    """All that has no subject of its own is the firm's: it speaks, or an authority writes to it or of it alone."""


def voice_of(document: DocumentText, registry: Registry, mentions: Sequence[tuple[Mention, ...]]) -> Voice:
    """The voice of one document, from what is said of it, its head, and whom its sentences name."""
    named = document.document.owner or document.document.speaker
    given = registry.find(named) if named else None
    if given is not None:
        return Voice("own", given.id, whole=True)
    counts = _counts(document, mentions)
    heads = list(head_lines(document))
    if complains(document):
        return Voice("complaint", accused(document, registry, heads, counts, mentions))
    own = speaking(document, registry, heads, counts)
    if own is not None:
        return Voice("own", own, whole=True)
    party = _party(document, registry)
    if party is not None:
        return Voice("about", party, whole=True)
    if outside(registry, heads):
        return Voice("outside")
    about = _about(document, registry, heads, counts)
    if about is None or is_only_the_scheme(about, document, registry, heads) or not _dense(about, document, registry, mentions):
        return Voice(joint=_offering(document, mentions))
    share = counts[about] / max(1, _beside_parent(about, counts, registry))
    titled = any(
        one.firm == about and not one.start for one in find_mentions(document.document.title or "", registry)
    )
    return Voice("about", about, whole=counts[about] >= 3 and share >= (_HALF if titled else _SHARE))


def _dense(firm: str, document: DocumentText, registry: Registry, mentions: Sequence[tuple[Mention, ...]]) -> bool:
    """Whether a firm is named in the head, at the top, or often enough that what names nobody is about it."""
    heads = (document.document.title or "", PurePosixPath(document.document.path).stem)
    if any(one.firm == firm for head in heads for one in find_mentions(head, registry)):
        return True
    named = any(one.firm == firm and one.kind == "name" for found in mentions for one in found)
    lone = all(one.firm in (None, firm) for found in mentions for one in found) and sum(
        _means_bank(one)
        or (one.firm == firm and not cues.PARTNER.search(passage.text[max(0, one.start - _BESIDE) : one.start]))
        for passage, found in zip(document.passages, mentions, strict=True)
        for one in found
    ) >= _LONE
    holding = [
        number for number, found in enumerate(mentions) if any(one.firm == firm or (lone and _means_bank(one)) for one in found)
    ]
    share = _LONE_SHARE if lone else _DENSITY
    if holding and ((named and holding[0] < _TOP_LINES) or len(holding) >= share * len(mentions)):
        return True
    return _goes_on(document) and _belongs(document, registry) == firm


def _means_bank(one: Mention) -> bool:
    """Whether a word means a bank named before, as no company is called: 该行."""
    return one.kind == "back" and one.word.endswith("行")


def _counts(document: DocumentText, mentions: Sequence[tuple[Mention, ...]]) -> Counter[str]:
    """How often each firm is named, employers of analysts left out."""
    return Counter(
        one.firm
        for passage, found in zip(document.passages, mentions, strict=True)
        for one in found
        if one.firm and not cues.EMPLOYER.match(passage.text[one.end : one.end + 30])
    )


def _party(document: DocumentText, registry: Registry) -> str | None:
    """The one firm to which an authority writes, or that it names as the party: «某某银行：», «当事人：某某公司»."""
    parties: set[str] = set()
    for passage in document.passages[:_PARTY_WITHIN]:
        found = [one for one in find_mentions(passage.text[:80], registry) if one.firm]
        match = cues.PARTY.match(passage.text)
        alone = found and not found[0].start and cues.ADDRESSED.fullmatch(passage.text[found[0].end :])
        if found and found[0].firm and (alone or (match and found[0].start == match.end())):
            parties |= {one.firm for one in found if one.firm}
    return parties.pop() if len(parties) == 1 else None


def _offering(document: DocumentText, mentions: Sequence[tuple[Mention, ...]]) -> tuple[str, ...]:
    """The firms that a line at the top names as those that offer a product together: «承保单位：…、…»."""
    for passage, found in zip(document.passages[:HEAD_PASSAGES], mentions, strict=False):
        if cues.UNDERTAKES.match(passage.text):
            return tuple(dict.fromkeys(one.firm for one in found if one.firm))
    return ()


def _first_named(document: DocumentText, registry: Registry) -> str | None:
    """The one firm that the first sentence with a name in it names, as its subject, at the top of a document."""
    for passage in document.passages[:_TOP_LINES]:
        found = [one for one in find_mentions(passage.text, registry) if one.firm]
        if found:
            return found[0].firm if not found[0].start and len({one.firm for one in found}) == 1 else None
    return None


def _beside_parent(firm: str, counts: Counter[str], registry: Registry) -> int:
    """How often firms are named, a firm's own parent left out: who tells of an arm tells of its group too."""
    name = registry.firms[firm].parent
    parent = registry.find(name) if name else None
    return sum(counts.values()) - (counts[parent.id] if parent is not None else 0)


def _belongs(document: DocumentText, registry: Registry) -> str | None:
    """The firm of what an analyst's note calls the company's own: 公司旗下…, where it names the company nowhere else."""
    for passage in document.passages:
        lead = cues.OWN_THING.search(passage.text)
        if lead is not None:
            found = [one for one in find_mentions(passage.text[lead.end() :], registry) if one.firm and not one.start]
            if found:
                return found[0].firm
    return None


def _goes_on(document: DocumentText) -> bool:
    """Whether a document says «the company» so often that it means whom it named first."""
    saying = sum(passage.text.count("公司") > passage.text.count("有限公司") for passage in document.passages)
    return saying >= max(_OFTEN, _OFTEN_SHARE * len(document.passages))


def _about(
    document: DocumentText, registry: Registry, heads: Sequence[str], counts: Counter[str]
) -> str | None:
    """The one firm that a document is about: four fifths of its mentions, or the only one in its head or file name."""
    firm, most = counts.most_common(1)[0] if counts else (None, 0)
    if firm is not None and most >= 3 and most >= _SHARE * _beside_parent(firm, counts, registry):
        return firm
    title = [document.document.title] if document.document.title else []
    lines = [passage.text for passage in document.passages[:3] if cues.SUBTITLE.match(passage.text)]
    first = _first_named(document, registry)
    if first is None and len(counts) > 1:
        first = _belongs(document, registry)
    if first is not None and counts[first] and len(counts) > 1 and _goes_on(document):
        return first
    for words in (*title, *lines, heads[-1]):
        named = {one.firm for one in find_mentions(words, registry) if one.firm}
        if len(named) == 1:
            return named.pop()
    return firm if len(counts) == 1 else None
