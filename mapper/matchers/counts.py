"""Counts many things at once: bit i of a mask says that thing number i is counted once more.

What each thing comes to stands in binary across the slices: bit i of the first is the ones of thing i, of the second its
twos, of the third its fours. Method: bit-sliced counters; see Knuth, TAOCP 4A, 7.1.3, and O'Neil & Quass, «Improved Query
Performance with Variant Indexes» (1997).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def counted(masks: Iterable[int]) -> list[int]:
    """The slices that these masks add up to."""
    slices: list[int] = []
    carried = list(masks)
    while carried:
        # Slice by slice, two masks at once: these and the slice so far carry one mask at most to the next slice.
        slice_ = carried.pop() if len(carried) % 2 else 0
        left = iter(carried)
        carried = []
        for one, other in zip(left, left, strict=True):
            odd = one ^ other
            if both := one & other | odd & slice_:
                carried.append(both)
            slice_ ^= odd
        slices.append(slice_)
    return slices


def most_first(slices: Sequence[int], among: int) -> Iterator[tuple[int, int]]:
    """Each count that any of the things in the mask ``among`` comes to, the highest first, and the mask of those."""
    left = [(0, len(slices), among)] if among else []
    while left:
        count, level, those = left.pop()
        if not level:
            yield count, those
            continue
        level -= 1
        more = those & slices[level]
        if more != those:
            left.append((count, level, those ^ more))
        if more:
            left.append((count + (1 << level), level, more))


def numbers(mask: int) -> Iterator[int]:
    """The numbers of the things in a mask, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
