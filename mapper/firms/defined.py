"""Companies whose name tells no trade: named in full, given a short name, and said to do what only a lender or an insurer does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapper.firms.leads import without_lead
from mapper.firms.patterns import name_rule
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.model import DocumentText, Firm, FirmKind

_FULL = 30
"""No full name is longer."""
_LEAST = 6
"""Characters that a full name has at least before its legal form."""
_COMPANY = re.compile("(?P<stem>[\u4e00-\u9fff（）()]{4,26})(?P<legal>有限(?:责任)?公司)$")
_ACTS: tuple[tuple[str, FirmKind], ...] = (("acts-as-lender", "fintech"), ("acts-as-insurer", "insurance-intermediary"))


def defined(document: DocumentText, registry: Registry) -> Iterator[Firm]:
    """The firms of a document that are so defined and that ``registry`` does not know."""
    texts = [passage.text for passage in document.passages if "公司" in passage.text]
    for text in texts:
        for match in name_rule("short-told").finditer(text):
            short = match["short"].strip()
            company = _COMPANY.search(text[max(0, match.start() - _FULL) : match.start()])
            if company is None or name_rule("no-short").match(short) or lowered(short) in registry.surfaces:
                continue
            if any(end == len(company.group()) for _, end, _ in registry.matches(lowered(company.group()))):
                continue
            kind = _kind(short, document)
            if kind is not None:
                yield Firm(id=short, name=short, kind=kind, aliases=(_whole(company),), origin="discovered")


def _whole(company: re.Match[str]) -> str:
    """The full name, without the words before it."""
    stem = company["stem"]
    ends = [match.end() for match in name_rule("stop").finditer(stem) if len(stem) - match.end() >= _LEAST]
    return without_lead(stem, stem[max(ends, default=0) :]) + company["legal"]


def _kind(short: str, document: DocumentText) -> FirmKind | None:
    """What a firm is by what a document says right behind its short name; None where that is nothing of the trade."""
    for passage in document.passages:
        text = passage.text
        at = text.find(short)
        while at >= 0:
            for id, kind in _ACTS:
                if text[max(0, at - 1) : at] not in tuple("向给为对") and name_rule(id).match(text[at + len(short) :].lstrip("”\"）)")):
                    return kind
            at = text.find(short, at + 1)
    return None
