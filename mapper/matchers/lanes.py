"""Sums of weights, all outputs at once: the weights of one thing are one long number with a lane for each output.

One addition of two such numbers adds every lane, one multiplication by a small number multiplies every lane. Whole numbers
come to the same sum whatever their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from math import log
from struct import unpack

from mapper.matchers.grams import Runs

BITS = 16
"""Width of a lane of what is only added."""
WIDE = 32
"""Width of a lane of what is multiplied too."""
_AT_ONCE = (1 << BITS - 1) // 128 - 1
"""Runs of which the weights (one signed byte each) are added before a lane could be full."""
_CODES = {BITS: "h", WIDE: "i"}

Part = tuple[float, tuple[int, ...]]
"""Sums of weights, one for each output, and what they count."""


class Lanes:
    """Lanes for so many outputs."""

    def __init__(self, outputs: int, bits: int = BITS) -> None:
        self._places = [1 << at * bits for at in range(outputs)]
        self._size = outputs * bits // 8
        self._signs = sum(self._places) << bits - 1
        self._form = f"<{outputs}{_CODES[bits]}"

    def joined(self, steps: Iterable[tuple[int, int]]) -> int:
        """(number of the output, weight) as one number; an output that is not named has no weight."""
        return sum(weight * self._places[at] for at, weight in steps)

    def parted(self, number: int) -> tuple[int, ...]:
        """What each output came to."""
        # A lane below 0 borrows from the next; this makes each the two's complement of its own.
        return unpack(self._form, (number + self._signs ^ self._signs).to_bytes(self._size, "little"))

    def sums(self, numbers: Mapping[str, int], runs: Runs) -> list[Part]:
        """The parts of which ``Σ value · weight`` of every output is made, by the numbers of the runs."""
        norm = runs.norm
        parts = [(norm, lanes) for lanes in self._added(numbers, runs.counts)]
        for count, several in runs.often:
            parts += [(norm * log(count), lanes) for lanes in self._added(numbers, several)]
        return parts

    def _added(self, numbers: Mapping[str, int], grams: Iterable[str]) -> Iterable[tuple[int, ...]]:
        """The sum of the weights of these runs, in parts where there are many."""
        get, left = numbers.get, iter(grams)
        while several := list(islice(left, _AT_ONCE)):
            if number := sum(filter(None, map(get, several))):
                yield self.parted(number)
