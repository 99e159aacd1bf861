"""Python looks for circles of dead values seldom while a run goes on, and as often as before afterwards."""

from __future__ import annotations

import gc

import pytest

from mapper.memory import seldom_searched


def test_searches_are_few_within_and_as_before_after_even_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), seldom_searched():
        assert gc.get_threshold()[0] > 10 * before[0]
        raise ZeroDivisionError
    assert gc.get_threshold() == before
