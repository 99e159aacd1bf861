"""Text that grows without end takes no longer than it is long: what benchmarks/growth.py measures, at one size."""

from __future__ import annotations

import pytest

from benchmarks.growth import ARTICLE, KINDS, measured

SIZE, SECONDS = 16_000, 10.0
"""Characters, and the seconds of the processor that are many times what they take; they were up to 30."""


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    measured(ARTICLE)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_text_takes_long(kind: str) -> None:
    text = KINDS[kind](SIZE)
    taken = measured(text)
    if taken["read"] + taken["align"] >= SECONDS:  # the machine may have been busy
        taken = measured(text)
    assert taken["read"] + taken["align"] < SECONDS
    assert taken["MB"] < 40
