"""How far an unmatched passage is from a match: the signal that comes nearest, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

from mapper.catalog.language import Group, parse_group
from mapper.catalog.load import Catalog
from mapper.catalog.matcher import Scan
from mapper.model import Requirement, Signal
from mapper.suggest.passages import Seen, Span, only


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

    Of several signals the one speaks whose found words are the rarest among the passages: 上线 says less than 手语.
    """
    matcher = only(catalog, requirement).matcher
    asked = {
        breach: [_asked(signal, requirement) for signal in signals]
        for breach, signals in ((False, requirement.signals), (True, requirement.breaches))
    }
    times: Counter[Group] = Counter()
    choices: list[list[tuple[Near, frozenset[Group]]]] = []
    for seen in passages:
        scan = matcher.scan(seen.passage.text, seen.names)
        found = frozenset(group for one in asked[seen.adverse] for group in one.groups if scan.group(group))
        times.update(found)
        nears = ((_near(seen, scan, one), found.intersection(one.groups)) for one in asked[seen.adverse])
        choices.append([(near, groups) for near, groups in nears if near is not None])

    def telling(choice: tuple[Near, frozenset[Group]]) -> tuple[bool, float]:
        near, groups = choice
        return near.kind != "void", sum(log((1 + len(passages)) / (1 + times[group])) for group in groups)

    return [max(choice, key=telling)[0] if choice else None for choice in choices]


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
