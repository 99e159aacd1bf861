"""Platforms that go by a brand: a word that a document says again and again beside «platform», «app» or «official site»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mapper.firms import cues
from mapper.firms.ordinary import ordinary
from mapper.firms.patterns import name_rule

_CHAR = "[\u4e00-\u9fffA-Za-z0-9]"
_LONGEST = 6
_LEAST = 3
"""Times that a document must say a brand."""
_MOST = 500
"""Words beside «platform» that are looked at."""
_KEPT = 0.6
"""A longer word is the brand where it stands in this share of the places of the shorter."""


def brands(text: str, digest: bool, customer: bool = False) -> Iterator[str]:
    """The brands of platforms that a document speaks of, each once. ``digest``: entries may begin with the brand they tell of.

    ``customer``: whoever writes borrowed, and may say so of a platform once only.
    """
    seen: Counter[str] = Counter()
    tried: dict[tuple[str, bool], str | None] = {}
    for id, forward in (("brand-before", True), ("brand-after", False)):
        for match in name_rule(id).finditer(text):
            run = _run(text, match.end() if forward else match.start(), forward)
            if (run, forward) not in tried and len(tried) < _MOST:
                tried[run, forward] = _grown(text, run, forward)
            brand = tried.get((run, forward))
            if brand:
                seen[brand] += 2 if forward or match.group()[0] in "”\"" else 1
    apposed = [match.group() for match in name_rule("brand-apposed").finditer(text)]
    entries = [] if not digest else [next(word for word in match.groups() if word) for match in name_rule("brand-entry").finditer(text)]
    for brand in [*apposed, *(entry for entry in entries if not name_rule("no-brand").search(entry))]:
        seen[brand] += 2
    for match in name_rule("brand-borrowed").finditer(text) if customer else ():
        brand = match["brand"] or match["plain"]
        if _acts(brand, text) and not name_rule("no-brand").search(brand) and (match["app"] is not None or _strange(brand)):
            seen[brand] += 2
    yield from sorted(brand for brand, times in seen.items() if times >= 2)


def _acts(brand: str, text: str) -> bool:
    """Whether a customer tells what a platform does, by its brand or as «the platform»: else it is where he met a lender."""
    return re.search(rf"\b{re.escape(brand)}", text) is not None or any(one["platform"] for one in cues.KIND_SPEAKS.finditer(text))


def _run(text: str, at: int, forward: bool) -> str:
    """The letters next to a place, at most as many as a brand has."""
    near = text[at : at + _LONGEST] if forward else text[max(0, at - _LONGEST) : at]
    match = re.match(f"{_CHAR}*", near) if forward else re.search(f"(?<!{_CHAR}){_CHAR}*$", near)
    return match.group() if match else ""


def _grown(text: str, run: str, forward: bool) -> str | None:
    """The longest beginning (or end) of a run that the document repeats, if it can be a brand."""
    def part(length: int) -> str:
        return run[:length] if forward else run[-length:]

    if len(run) < 2:
        return None
    least = _LEAST - 1 if not forward and name_rule("brand-ending").search(run) else _LEAST
    best, times = part(2), text.count(part(2))
    for length in range(3, len(run) + 1):
        more = text.count(part(length))
        if more < _KEPT * times or more < least:
            break
        best, times = part(length), more
    if len(best) < 3 or times < least or name_rule("no-brand").search(best):
        return None
    return best if _strange(best) else None


def is_brand(word: str) -> bool:
    """Whether a word can be a platform's brand: none of its characters or pairs of them belongs to ordinary speech."""
    return not name_rule("no-brand").search(word) and _strange(word)


def _strange(word: str) -> bool:
    return not any(word[at : at + 2] in ordinary() for at in range(len(word) - 1))
