"""Sums of sparse weights, all outputs at once: a run's weights are one long number with a lane for each output.

One addition of two such numbers adds every lane. Whole numbers come to the same sum whatever their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, islice
from math import log
from struct import Struct

from mapper.matchers.grams import Runs

_BITS = 16
"""Width of a lane."""
_AT_ONCE = (1 << _BITS - 1) // 128 - 1
"""Runs of which the weights (one signed byte each) are added before a lane could be full."""

WeightParser = Callable[[str, int], Iterable[tuple[int, int]]]
"""Reads (number of the output, weight in steps) from a line, for so many outputs."""
PartialSum = tuple[float, tuple[int, ...]]
"""Sums of weights, one for each output, and what they count."""


class Lanes:
    """Weights of runs by line, as the file holds them."""

    def __init__(self, lines: Mapping[str, str], outputs: int, read: WeightParser) -> None:
        places = [1 << at * _BITS for at in range(outputs)]
        self._known = lines.__contains__
        self._numbers = _Numbers(lambda gram: sum([steps * places[at] for at, steps in read(lines[gram], outputs)]))
        self._size = outputs * _BITS // 8
        self._signs = sum(places) << _BITS - 1
        self._parted = Struct(f"<{outputs}h").unpack

    def sums(self, runs: Runs) -> list[PartialSum]:
        """The parts of which ``Σ value · weight`` of every output is made."""
        norm = runs.norm
        parts = [(norm, lanes) for lanes in self._added(chain(runs.counts, runs.denied))]
        for count, several in runs.often:
            parts += [(norm * log(count), lanes) for lanes in self._added(several)]
        return parts

    def table(self, grams: Iterable[str]) -> bytes:
        """The weights of these runs, all of them known: to be read by :meth:`column`."""
        numbers, signs, size = self._numbers, self._signs, self._size
        return b"".join([(numbers[gram] + signs ^ signs).to_bytes(size, "little") for gram in grams])

    def column(self, table: bytes, output: int) -> Sequence[int]:
        """The weight for one output of each run of a table, in the order of these."""
        # A weight is one signed byte, which is the lower one of its lane.
        return memoryview(table[output * _BITS // 8 :: self._size]).cast("b")

    def _added(self, grams: Iterable[str]) -> Iterable[tuple[int, ...]]:
        """The sum of the weights of these runs, in parts where there are many."""
        known, numbers, signs, left = self._known, self._numbers, self._signs, iter(grams)
        while several := list(islice(left, _AT_ONCE)):
            number = sum(map(numbers.__getitem__, filter(known, several)))
            if number:
                # A lane below 0 borrows from the next; this makes each the two's complement of its own.
                yield self._parted((number + signs ^ signs).to_bytes(self._size, "little"))


class _Numbers(dict[str, int]):
    """The long number of each run, made when it is first met."""

    def __init__(self, made: Callable[[str], int]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, gram: str) -> int:
        number = self[gram] = self._made(gram)
        return number
