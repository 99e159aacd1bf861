"""A layer of hidden units over the runs of a sentence: what words mean together, which no sum of their own weights can say.

Method: a feed-forward net over the bag of runs (Iyyer et al., «Deep Unordered Composition Rivals Syntactic Methods for Text
Classification», 2015), with its weights in few steps, so that whole numbers add up to the same score everywhere.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import repeat
from math import log
from operator import add, itemgetter, mul
from typing import Any

from mapper.matchers.grams import Runs
from mapper.matchers.lanes import WIDE, Lanes

STEPS = 3
"""Weights of a run are −3 to 3 steps of their unit's own size: two of them make one letter of its line."""
OUT_STEPS = 127
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE = 2 * (STEPS + 1)
_PAIRS = {
    letter: bytes((number // _BASE, 0, 0, 0, number % _BASE, 0, 0, 0)) for number, letter in enumerate(_LETTERS)
}
"""A letter as two lanes, each above 0."""
_PART = 64
"""What a run that stands in a sentence more than once is worth is rounded to 1 / 64 of one that stands there once."""
_FINE = 1024
"""What a unit says is rounded down to 1 / 1024."""
_MOST = 65_535
"""So that 256 units with the largest weights do not fill a lane."""
_LOUDEST = 6
"""Units that are asked which runs spoke for a requirement."""


@dataclass(frozen=True)
class Hidden:
    """The layer. A unit says ``max(0, start + Σ value · weight)``; log odds are ``bias + Σ unit · weight``.

    ``rows``: run of characters → its weights for the units, as :func:`pack_row` writes them; ``steps``: the size of one step,
    by unit; ``out``: by unit, its weights for the requirements, as :func:`pack_out` writes them; ``out_steps`` and ``bias``
    by requirement. The number of units is even and 256 at most.
    """

    start: tuple[float, ...]
    steps: tuple[float, ...]
    rows: Mapping[str, str]
    out: tuple[str, ...]
    out_steps: tuple[float, ...]
    bias: tuple[float, ...]

    def __post_init__(self) -> None:
        if not len(self.start) == len(self.steps) == len(self.out) <= 256 or len(self.start) % 2:
            raise ValueError("units")
        if len(self.out_steps) != len(self.bias) or {len(unpack_out(one)) for one in self.out} != {len(self.bias)}:
            raise ValueError("outputs")

    @cached_property
    def _units(self) -> Lanes:
        return Lanes(len(self.start), WIDE)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        zero = self._units.joined(zip(range(len(self.start)), repeat(STEPS + 1)))
        pair = _PAIRS.__getitem__
        return {gram: int.from_bytes(b"".join(map(pair, line)), "little") - zero for gram, line in self.rows.items()}

    @cached_property
    def _outputs(self) -> tuple[Lanes, list[int]]:
        lanes = Lanes(len(self.bias), WIDE)
        return lanes, [lanes.joined(enumerate(unpack_out(one))) for one in self.out]

    @cached_property
    def _fine(self) -> list[float]:
        return [step / _FINE for step in self.out_steps]

    @cached_property
    def _columns(self) -> list[tuple[int, ...]]:
        return list(zip(*map(unpack_out, self.out), strict=True))

    @cached_property
    def _known(self) -> dict[str, tuple[int, ...]]:
        return {}

    def heard(self, own: Runs) -> list[int]:
        """What every unit says of a sentence, in steps of 1 / 1024."""
        get = self._numbers.get
        number = _PART * sum(filter(None, map(get, own.counts)))
        for count, several in own.often:
            number += round(_PART * log(count)) * sum(filter(None, map(get, several)))
        value = own.norm / _PART
        said = zip(self.start, self.steps, self._units.parted(number), strict=True)
        return [min(_MOST, int(_FINE * one)) if (one := start + value * step * met) > 0 else 0 for start, step, met in said]

    def scores(self, own: Runs) -> list[float]:
        """Log odds of every requirement for a sentence."""
        lanes, out = self._outputs
        number = sum(map(mul, self.heard(own), out))
        return list(map(add, self.bias, map(mul, self._fine, lanes.parted(number))))

    def weights(self, heard: Sequence[int], requirement: int) -> Callable[[str], float]:
        """What a run weighs for a requirement, by its number, where the units say this: by the few that say most for it."""
        out = self._columns[requirement]
        loudest = nlargest(_LOUDEST, range(len(out)), key=lambda unit: heard[unit] * out[unit])
        shares = [self.steps[unit] * max(0, out[unit]) * self.out_steps[requirement] for unit in loudest]
        some: Callable[[Sequence[int]], tuple[int, ...]] = itemgetter(*loudest)

        def weight(gram: str) -> float:
            if gram not in self._numbers:
                return 0.0
            units = self._known.get(gram)
            if units is None:
                units = self._known[gram] = self._units.parted(self._numbers[gram])
            return sum(one * share for one, share in zip(some(units), shares, strict=True))

        return weight

    def head(self) -> dict[str, Any]:
        """All but the rows, as JSON."""
        return {
            "start": [round(one, 5) for one in self.start],
            "steps": [float(f"{one:.6g}") for one in self.steps],
            "out": list(self.out),
            "out_steps": [float(f"{one:.6g}") for one in self.out_steps],
            "bias": [round(one, 4) for one in self.bias],
        }

    @classmethod
    def of(cls, head: Mapping[str, Any], rows: Mapping[str, str]) -> Hidden:
        """The reverse of :meth:`head`. Raises ValueError, KeyError or TypeError for a damaged one."""
        hidden = cls(
            tuple(head["start"]), tuple(head["steps"]), rows, tuple(head["out"]), tuple(head["out_steps"]), tuple(head["bias"])
        )
        if any(len(line) * 2 != len(hidden.start) for line in rows.values()):
            raise ValueError("rows")
        return hidden


def pack_row(weights: Sequence[int]) -> str:
    """Weights of an even number of units (−3 to 3 each), two in a letter."""
    above = [weight + STEPS + 1 for weight in weights]
    return "".join(_LETTERS[_BASE * one + other] for one, other in zip(above[::2], above[1::2], strict=True))


def pack_out(weights: Sequence[int]) -> str:
    """Weights of a unit for the requirements (−127 to 127 each), in base 64."""
    return base64.b64encode(bytes(weight & 255 for weight in weights)).decode("ascii")


def unpack_out(line: str) -> Sequence[int]:
    """The reverse of :func:`pack_out`. Raises ValueError for a damaged line."""
    return memoryview(base64.b64decode(line, validate=True)).cast("b")
