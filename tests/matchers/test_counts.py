"""Counting many things at once, in bit slices."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mapper.matchers.counts import counted, most_first, numbers

THINGS = st.sets(st.integers(0, 80))


def mask(things: set[int]) -> int:
    return sum(1 << one for one in things)


@given(st.lists(THINGS, max_size=20), THINGS)
def test_each_is_counted_as_often_as_a_mask_says_and_the_most_come_first(several: list[set[int]], among: set[int]) -> None:
    told = Counter(one for things in several for one in things)
    found = [(count, set(numbers(those))) for count, those in most_first(counted(map(mask, several)), mask(among))]
    assert found == [
        (count, {one for one in among if told[one] == count}) for count in sorted({told[one] for one in among}, reverse=True)
    ]


@given(THINGS)
def test_the_numbers_of_a_mask_are_in_order(things: set[int]) -> None:
    assert list(numbers(mask(things))) == sorted(things)
