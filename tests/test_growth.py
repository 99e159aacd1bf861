"""Text that grows without end takes no longer than it is long: what benchmarks/growth.py measures, at one size."""

from __future__ import annotations

import pytest

from benchmarks.growth import ARTICLE, KINDS, measured

SIZE, SECONDS = 16_000, 5.0
"""Characters, and the seconds of the processor that are several times what they take; they were up to 30."""
PROSE = 0.56
"""Seconds that so much plain prose takes where those count; a slower machine is given as much more as it needs for prose."""


def seconds(kind: str) -> float:
    taken = measured(KINDS[kind](SIZE))
    assert taken["MB"] < 40
    return taken["read"] + taken["align"]


@pytest.fixture(scope="module")
def slowness() -> float:
    measured(ARTICLE)
    return max(1.0, seconds("prose") / PROSE)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_text_takes_long(kind: str, slowness: float) -> None:
    assert seconds(kind) < SECONDS * slowness
