"""Companies whose name tells no trade: named in full, given a short name, and said to do what only a lender or an insurer does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

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
_BEHIND = 80
"""Characters behind a short name in which its deed stands."""
_ACTS: tuple[tuple[str, FirmKind], ...] = (("acts-as-lender", "fintech"), ("acts-as-insurer", "insurance-intermediary"))


def defined(document: DocumentText, registry: Registry) -> Iterator[Firm]:
    """The firms of a document that are so defined and that ``registry`` does not know."""
    wholes: dict[str, str] = {}
    texts = [passage.text for passage in document.passages if "公司" in passage.text]
    for text in texts:
        for match in name_rule("short-told").finditer(text):
            short = match["short"].strip()
            company = _COMPANY.search(text[max(0, match.start() - _FULL) : match.start()])
            if company is None or short in wholes or name_rule("no-short").match(short) or lowered(short) in registry.surfaces:
                continue
            if not any(end == len(company.group()) for _, end, _ in registry.matches(lowered(company.group()))):
                wholes[short] = _whole(company)
    kinds = _kinds(list(wholes), document) if wholes else {}
    for short, whole in wholes.items():
        if short in kinds:
            yield Firm(id=short, name=short, kind=kinds[short], aliases=(whole,), origin="discovered")


def _whole(company: re.Match[str]) -> str:
    """The full name, without the words before it."""
    stem = company["stem"]
    ends = [match.end() for match in name_rule("stop").finditer(stem) if len(stem) - match.end() >= _LEAST]
    return without_lead(stem, stem[max(ends, default=0) :]) + company["legal"]


def _kinds(shorts: list[str], document: DocumentText) -> dict[str, FirmKind]:
    """What these firms are by what a document first says right behind their short names; without those of another trade."""
    found: dict[str, FirmKind] = {}
    automaton = AhoCorasick(shorts)
    for passage in document.passages:
        text = passage.text
        for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            if shorts[number] in found or text[max(0, start - 1) : start] in tuple("向给为对"):
                continue
            behind = text[end : end + _BEHIND].lstrip("”\"）)")
            kind = next((kind for id, kind in _ACTS if name_rule(id).match(behind)), None)
            if kind is not None:
                found[shorts[number]] = kind
    return found
