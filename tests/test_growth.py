"""Text that grows without end takes no longer than it is long: what benchmarks/growth.py measures, at one size."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from benchmarks.growth import ARTICLE, KINDS, measured

SIZE, SECONDS = 16_000, 5.0
"""Characters, and the seconds of the processor that are several times what they take; they were up to 30."""


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


@pytest.mark.usefixtures("_nothing_left")
@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_text_takes_long(kind: str) -> None:
    taken = measured(KINDS[kind](SIZE))
    assert taken["read"] + taken["align"] < SECONDS
    assert taken["MB"] < 40
