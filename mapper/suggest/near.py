"""How far an unmatched passage is from a match: the signal that comes nearest, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

from mapper.catalog.language import Group, parse_group
from mapper.catalog.load import Catalog
from mapper.catalog.matcher import Matcher, Scan
from mapper.model import Requirement, Signal
from mapper.suggest.passages import Seen, Span, only

_COMMON = 0.02
"""A group that a larger part of other requirements' examples holds (上线, 服务) says nothing by itself."""


@dataclass(frozen=True)
class Near:
    """What keeps a passage from a match.

    group: one group of the signal is not found, ``what`` is that group as written; apart: all are found, but not in
    one clause or not in what is said of one firm; void: all are found, and a word of «unless», ``what``.
    ``words`` are the places of what was found.
    """

    kind: Literal["group", "apart", "void"]
    what: str
    breach: bool
    words: tuple[Span, ...]


@dataclass(frozen=True)
class _Asked:
    """A signal of the requirement, parsed."""

    signal: Signal
    groups: tuple[Group, ...]
    unless: Group


def near_misses(catalog: Catalog, requirement: Requirement, passages: Sequence[Seen]) -> list[Near | None]:
    """For each unmatched passage what it lacks, or None where no signal comes within one group of it.

    Of several signals the one speaks whose found words say most (手语 says more than 上线).
    """
    matcher = only(catalog, requirement).matcher
    asked = {
        breach: [_asked(signal, requirement) for signal in signals]
        for breach, signals in ((False, requirement.signals), (True, requirement.breaches))
    }
    telling = _telling(catalog, requirement, matcher, {group for one in sum(asked.values(), []) for group in one.groups})
    found: list[Near | None] = []
    for seen in passages:
        scan = matcher.scan(seen.passage.text, seen.names)
        choices = [(sum(telling[g] for g in one.groups if scan.group(g)), one) for one in asked[seen.adverse]]
        nears = ((worth, near) for worth, one in choices if worth and (near := _near(seen, scan, one)) is not None)
        best = max(nears, key=lambda choice: (choice[1].kind != "void", choice[0]), default=None)
        found.append(best[1] if best else None)
    return found


def _telling(catalog: Catalog, requirement: Requirement, matcher: Matcher, groups: Iterable[Group]) -> dict[Group, float]:
    """How much a group says: 0 where the examples of other requirements often hold it, more the rarer it is there."""
    scans = [
        matcher.scan(example) for other in catalog.requirements if other.id != requirement.id for example in other.examples
    ]
    shares = {group: sum(bool(scan.group(group)) for scan in scans) / max(1, len(scans)) for group in groups}
    return {group: log(_COMMON / max(share, _COMMON / 100)) if share < _COMMON else 0.0 for group, share in shares.items()}


def _asked(signal: Signal, requirement: Requirement) -> _Asked:
    unless = tuple(term for word in (*signal.unless, *requirement.unless) for term in parse_group(word))
    return _Asked(signal, tuple(parse_group(group) for group in signal.need), unless)


def _near(seen: Seen, scan: Scan, asked: _Asked) -> Near | None:
    found = [scan.group(group) for group in asked.groups]
    missing = [written for written, spans in zip(asked.signal.need, found, strict=True) if not spans]
    if len(missing) > 1 or len(missing) == len(found):
        return None
    words = tuple(sorted({span for spans in found for span in spans}))
    voiding = scan.group(asked.unless)
    if voiding:
        start, end = voiding[0]
        return None if missing else Near("void", seen.passage.text[start:end], seen.adverse, words)
    return Near("group" if missing else "apart", missing[0] if missing else "", seen.adverse, words)
