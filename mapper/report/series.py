"""Figures that a firm states for the same thing at different dates, joined into series.

The rule is narrow on purpose: the thing is the whole clause in front of the number, less a few verbs that open it; unit
and words must be the same, and nothing that tells a change (新增, 下降, 同比 …) counts. Where in doubt there is no series.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapper.report.shapes import EvidenceView, Point, Series
from mapper.rules import pattern

_OPENING, _REACH, _UNIT = (pattern("series", name).pattern for name in ("opening", "reach", "unit"))
_THING = r"([\u4e00-\u9fff]{3,10}?)"
_OPEN = rf"(?<![\u4e00-\u9fff]){_OPENING}*"
_NUMBER = rf"(\d+(?:\.\d+)?)\s*([万亿]?)(?:多|余)?({_UNIT})"
_SINGLE = re.compile(rf"{_OPEN}{_THING}(?:{_REACH})?\s*{_NUMBER}")
_TWO_THINGS = re.compile(rf"{_OPEN}{_THING}[和与及]{_THING}分别(?:{_REACH})?\s*(?=\d)")
_TWO_NUMBERS = re.compile(rf"{_NUMBER}[、，,和]{_NUMBER}")
_SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}
_WIDTH, _HEIGHT = 120, 24


@dataclass(frozen=True, slots=True)
class _Figure:
    thing: str
    unit: str
    value: float
    said: str


def series(pieces: Iterable[EvidenceView]) -> tuple[Series, ...]:
    """The series in a firm's evidence, by thing; a thing that is stated twice for one date with two values is left out."""
    found: defaultdict[tuple[str, str], dict[str, set[tuple[float, str, int]]]] = defaultdict(lambda: defaultdict(set))
    for one in pieces:
        date = one.as_of or (one.place.document.it.date or "")[:7]
        if date and one.it.grade in ("outcome", "action"):
            for figure in _figures(one.it.quote):
                found[figure.thing, figure.unit][date].add((figure.value, figure.said, one.place.document.index))
    made = []
    for (thing, _), dates in sorted(found.items()):
        if len(dates) < 2 or any(len({value for value, _, _ in points}) > 1 for points in dates.values()):
            continue
        points = tuple(
            Point(date, said, document, value) for date in sorted(dates) for value, said, document in [min(dates[date])]
        )
        made.append(Series(thing, points, _line([point.value for point in points])))
    return tuple(made)


def _figures(quote: str) -> Iterator[_Figure]:
    pairs = []
    for things in _TWO_THINGS.finditer(quote):
        if numbers := _TWO_NUMBERS.match(quote, things.end()):
            pairs.append((things.start(), numbers.end()))
            yield from _figure(things.group(1), *numbers.groups()[:3])
            yield from _figure(things.group(2), *numbers.groups()[3:])
    for match in _SINGLE.finditer(quote):
        if not any(start < match.end() and match.start() < end for start, end in pairs):
            yield from _figure(*match.groups())


def _figure(thing: str, number: str, scale: str, unit: str) -> Iterator[_Figure]:
    if not pattern("series", "change").search(thing):
        yield _Figure(thing, unit, float(number) * _SCALE[scale], f"{number}{scale}{unit}")


def _line(values: list[float]) -> str:
    """Points of a polyline, from the lowest value at the foot to the highest at the top."""
    low, high = min(values), max(values)
    return " ".join(
        f"{4 + round((_WIDTH - 8) * at / (len(values) - 1))},"
        f"{round(_HEIGHT - 4 - (_HEIGHT - 8) * ((value - low) / (high - low) if high > low else 0.5))}"
        for at, value in enumerate(values)
    )
