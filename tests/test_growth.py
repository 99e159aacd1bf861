"""Text that grows without end takes no longer than it is long: what benchmarks/growth.py measures, at one size."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from time import process_time

import pytest

from benchmarks.growth import ARTICLE, KINDS, measured

SIZE, TIMES, COUNTED = 16_000, 42, 2_000_000
"""Characters, and how many times as long as so much counting they may take here and now: half as much again as the slowest takes, and a
sixth of what they took once."""


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    measured(ARTICLE)


@pytest.fixture(scope="module")
def _nothing_left() -> Iterator[None]:
    """What other tests of the process left in memory is not walked through again and again meanwhile."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def counting() -> float:
    """The seconds of the processor that counting takes: a machine at work on other things is slow at both."""
    begun = process_time()
    sum(number * number for number in range(COUNTED))
    return process_time() - begun


@pytest.mark.usefixtures("_nothing_left")
@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_text_takes_long(kind: str) -> None:
    before, taken, after = counting(), measured(KINDS[kind](SIZE)), counting()
    assert taken["read"] + taken["align"] < TIMES * max(before, after)
    assert taken["MB"] < 40
