"""The firm in whose name a document is written: by its head, by what it calls itself, by its signature or its site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mapper.firms import cues
from mapper.firms.framing import signature
from mapper.firms.mentions import Mention, find_mentions
from mapper.firms.names import LEGAL
from mapper.firms.registry import Registry
from mapper.model import DocumentText

_EARLY = 6000
"""Characters in which a firm says by what it calls itself."""
_BEFORE, _AFTER = 60, 40
"""Characters before and after that in which its name stands."""
_CLOSE = 2
"""Characters between the two, at most: a bracket, a quotation mark."""
_OFTEN = 2
"""Words for one's own side from which a document that bears nobody's name is whoever's is named most."""
_MOST = 0.5
"""The share of all names that are that one's, at least."""
_PORTALS = ("fintech", "fund-manager", "payment", "securities")
"""Kinds of firm on whose sites texts of others stand too."""


def speaking(
    document: DocumentText, registry: Registry, heads: Sequence[str], counts: Counter[str]
) -> str | None:
    """The firm in whose name a document is written, by its ``heads``; ``counts``: how often each firm is named in it."""
    text = "".join(passage.text for passage in document.passages)
    said = _headed(document, registry, heads) or _calls_itself(text, registry)
    if said is not None or any(cues.OTHERS_PAPER.search(head) for head in heads[:-1]):
        return said
    own = len(cues.OUR_SIDE.findall(re.sub(r"“[^”]{0,400}”", "", text)))
    if own and not outside(registry, heads) and (signs := _signs(document, registry)):
        return signs
    site = _site(document, registry)
    most = counts.most_common(1)[0][0] if counts else site
    if site is not None and (set(counts) <= {site} or (own >= _OFTEN and most == site)):
        return site if registry.firms[site].kind == "bank" or not cues.BANK_SELF.search(text) else None
    if most is None or own < _OFTEN or not counts or is_only_the_scheme(most, document, registry, heads):
        return None
    return most if counts[most] >= _MOST * sum(counts.values()) and not _founded(document, registry, most) else None


def outside(registry: Registry, heads: Sequence[str]) -> bool:
    """Whether the head is that of a report or an announcement of a company that no registry knows."""
    for head in heads:
        match = cues.OUTSIDE_PAPER.search(head)
        if match and not find_mentions(head, registry):
            return bool(cues.OWN_PAPER.search(head[match.end() :]) or head[match.start()] in "（(")
    return False


def _headed(document: DocumentText, registry: Registry, heads: Sequence[str]) -> str | None:
    """The firm by whose name a head opens that calls the document its own paper, or that its officer signs."""
    speakers = {passage.speaker for passage in document.passages if passage.speaker}
    for head in heads:
        found = [one for one in find_mentions(head, registry) if one.kind == "name" and one.firm]
        if found and not cues.OTHERS_PAPER.search(head) and _opens(head, found, heads, len(speakers) < 2):
            return found[0].firm
    return None


def _opens(head: str, found: Sequence[Mention], heads: Sequence[str], alone: bool) -> bool:
    """Whether the first name in a head is that of whoever speaks; ``alone``: no two people speak in the document."""
    first = found[0]
    lead, rest = head[: first.start].strip(" \u3000《“【「（(>#*"), head[first.end :]
    others = {one.firm for one in found} - {first.firm}
    plain = re.sub(r"[（(][^）)]{0,400}[）)]", "", rest).strip()
    if (not lead or cues.OWN_LEAD.search(lead)) and cues.OWN_PAPER.search(plain) and not others:
        return True
    if cues.OWN_LEAD.search(lead):
        return not others
    if lead:
        return False
    others_own = (other for other in heads if other != head and not cues.OTHERS_PAPER.search(other))
    signed = not plain and len(found) == 1 and any(map(cues.OWN_PAPER.search, others_own))
    return signed or (alone and cues.OFFICER_LINE.search(rest) is not None)


def _calls_itself(text: str, registry: Registry) -> str | None:
    """The firm that a text says is «we»: …（以下简称“本行”）, “本行”指…."""
    for match in cues.CALLED_SELF.finditer(text[:_EARLY]):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        ended = [one for one in find_mentions(before, registry) if one.firm and one.kind == "name" and len(before) - one.end <= _CLOSE]
        if ended:
            return ended[-1].firm
    defined = cues.SELF_MEANS.search(text)
    if defined is None:
        return None
    after = [one for one in find_mentions(text[defined.end() : defined.end() + _AFTER], registry) if one.firm]
    return after[0].firm if after and after[0].start <= _CLOSE else None


def _signs(document: DocumentText, registry: Registry) -> str | None:
    """The firm whose name, and no more, stands below a document."""
    line = signature(document)
    whole = (one.firm for one in find_mentions(line, registry) if (one.start, one.end) == (0, len(line)))
    return next(whole, None)


def is_only_the_scheme(firm: str, document: DocumentText, registry: Registry, heads: Sequence[str]) -> bool:
    """Whether a firm is only a card scheme that a bank names, which speaks of itself and nowhere by its name."""
    if registry.firms[firm].kind != "payment" or any(one.firm == firm for head in heads for one in find_mentions(head, registry)):
        return False
    return any(cues.BANK_SELF.search(passage.text) for passage in document.passages)


def _site(document: DocumentText, registry: Registry) -> str | None:
    """The firm that is the publisher of a page, by its whole name; none that may keep a portal on which others publish."""
    publisher = document.document.publisher or ""
    whole = (one.firm for one in find_mentions(publisher, registry) if publisher[one.end :] in LEGAL and not one.start)
    firm = next(whole, None)
    return firm if firm is not None and registry.firms[firm].kind not in _PORTALS else None


def _founded(document: DocumentText, registry: Registry, firm: str) -> bool:
    """Whether a document says that whoever speaks founded or owns the firm: then it is not the speaker."""
    for passage in document.passages:
        if cues.OUR_SIDE.search(passage.text):
            for one in find_mentions(passage.text, registry):
                if one.firm == firm and cues.FOUNDING.search(passage.text[: one.start]):
                    return True
    return False
