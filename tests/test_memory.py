"""Python looks for circles of dead values seldom while a run goes on, not at all while a page grows; caches make none."""

from __future__ import annotations

import gc
import weakref

import pytest

from mapper.memory import remembered, seldom_searched, unsearched


class Circle:
    """A value that holds itself."""

    def __init__(self) -> None:
        self.itself = self


def test_searches_are_few_within_and_as_before_after_even_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), seldom_searched():
        assert gc.get_threshold()[0] > 10 * before[0]
        raise ZeroDivisionError
    assert gc.get_threshold() == before


def test_there_are_none_within_a_page_or_one_within_another_and_again_after_even_an_error() -> None:
    with pytest.raises(ZeroDivisionError), unsearched():
        with unsearched():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()


def test_what_was_made_meanwhile_is_found_by_a_later_search() -> None:
    with unsearched():
        made = weakref.ref(Circle())
        assert made() is not None
    gc.collect()
    assert made() is None


class Doubling:
    """Keeps what it made."""

    def __init__(self) -> None:
        self.made = 0
        self.doubled = remembered(self._doubled, 8)

    def _doubled(self, number: int) -> int:
        self.made += 1
        return 2 * number


def test_what_a_method_gave_is_kept_and_keeps_no_object_alive() -> None:
    one = Doubling()
    assert (one.doubled(3), one.doubled(3), one.made) == (6, 6, 1)
    gone = weakref.ref(one)
    with unsearched():
        del one
        assert gone() is None
