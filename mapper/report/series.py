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

_UNIT = r"人次|人|户|家|个|笔|元|名|座"
_NUMBER = rf"(\d+(?:\.\d+)?)\s*([万亿]?)(?:多|余)?({_UNIT})"
_OPEN = r"(?<![\u4e00-\u9fff])(?:截至目前|其中|累计|已经|已|共|服务|覆盖|惠及|拥有)*"
_REACH = r"(?:已|累计)?(?:达到|达|为|超过|超|逾|约|近|突破)?"
_SINGLE = re.compile(rf"{_OPEN}([\u4e00-\u9fff]{{3,10}}?){_REACH}\s*{_NUMBER}")
_PAIR = re.compile(
    rf"{_OPEN}([\u4e00-\u9fff]{{3,10}}?)[和与及]([\u4e00-\u9fff]{{3,10}}?)分别{_REACH}\s*{_NUMBER}[、，,和]{_NUMBER}"
)
_CHANGE = re.compile("[增升降减较比占余]|超过|平均|笔均|户均|分别|以上|目标|计划|力争|预计|每")
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
    pairs = list(_PAIR.finditer(quote))
    for match in pairs:
        first, second, *rest = match.groups()
        for thing, (number, scale, unit) in ((first, rest[:3]), (second, rest[3:])):
            yield from _figure(thing, number, scale, unit)
    for match in _SINGLE.finditer(quote):
        if not any(pair.start() < match.end() and match.start() < pair.end() for pair in pairs):
            yield from _figure(*match.groups())


def _figure(thing: str, number: str, scale: str, unit: str) -> Iterator[_Figure]:
    if not _CHANGE.search(thing):
        yield _Figure(thing, unit, float(number) * _SCALE[scale], f"{number}{scale}{unit}")


def _line(values: list[float]) -> str:
    """Points of a polyline, from the lowest value at the foot to the highest at the top."""
    low, high = min(values), max(values)
    return " ".join(
        f"{4 + round((_WIDTH - 8) * at / (len(values) - 1))},"
        f"{round(_HEIGHT - 4 - (_HEIGHT - 8) * ((value - low) / (high - low) if high > low else 0.5))}"
        for at, value in enumerate(values)
    )
