"""How far an unmatched passage is from a match: the signal that comes nearest, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Literal

from mapper.catalog.language import Group, parse_group
from mapper.catalog.load import Catalog
from mapper.catalog.matcher import CompiledSignals
from mapper.catalog.scan import Scan
from mapper.letters import Span
from mapper.model import Requirement, Signal
from mapper.suggest.passages import BodySentence

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
class _ParsedSignal:
    """A signal of the requirement, parsed."""

    signal: Signal
    groups: tuple[Group, ...]
    unless: Group


def near_misses(catalog: Catalog, requirement: Requirement, passages: Sequence[BodySentence]) -> list[Near | None]:
    """For each unmatched passage what it lacks, or None where no signal comes within one group of it.

    Of several signals the one speaks whose found words say most (手语 says more than 上线).
    """
    matcher = _only(catalog, requirement).matcher
    asked = {
        breach: [_asked(signal, requirement) for signal in signals]
        for breach, signals in ((False, requirement.signals), (True, requirement.breaches))
    }
    telling = _telling(catalog, requirement, matcher, {g for signals in asked.values() for one in signals for g in one.groups})
    found: list[Near | None] = []
    for seen in passages:
        scan = matcher.scan(seen.passage.text, seen.names)
        choices: list[tuple[bool, float, Near]] = []
        for one in asked[seen.adverse]:
            near = _near(seen, scan, one)
            worth = sum(telling[group] for group in one.groups if scan.group(group))
            if near is not None and (worth or near.kind != "group"):
                choices.append((near.kind != "void", worth, near))
        found.append(max(choices, key=lambda choice: choice[:2])[2] if choices else None)
    return found


def _telling(catalog: Catalog, requirement: Requirement, matcher: CompiledSignals, groups: Iterable[Group]) -> dict[Group, float]:
    """How much a group says: the more, the rarer it is in the examples of other requirements; 0 where it is common."""
    scans = [
        matcher.scan(example) for other in catalog.requirements if other.id != requirement.id for example in other.examples
    ]
    times = {group: sum(bool(scan.group(group)) for scan in scans) for group in groups}
    most = max(1.0, _COMMON * len(scans))
    return {group: log((2 + len(scans)) / (1 + n)) if n <= most else 0.0 for group, n in times.items()}


def _asked(signal: Signal, requirement: Requirement) -> _ParsedSignal:
    unless = tuple(term for word in (*signal.unless, *requirement.unless) for term in parse_group(word))
    return _ParsedSignal(signal, tuple(parse_group(group) for group in signal.need), unless)


def _near(seen: BodySentence, scan: Scan, asked: _ParsedSignal) -> Near | None:
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


def _only(catalog: Catalog, requirement: Requirement) -> Catalog:
    """The catalog with this one requirement."""
    policy = next(policy for policy in catalog.policies if policy.id == requirement.policy)
    return replace(catalog, policies=(policy.model_copy(update={"requirements": (requirement,)}),))
