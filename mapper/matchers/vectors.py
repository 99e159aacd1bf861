"""What runs of characters mean: a few numbers for each, such that their sum places a sentence near others that say the same.

The table is a file of its own, made once from a small encoder (encoder/distil.py); a learned reader adds to it what each
requirement looks for (:class:`Heads`). Method: static embeddings distilled from an encoder, after van Dongen and Tulkens,
«Model2Vec» (2024), with subword runs as in Bojanowski et al., «Enriching Word Vectors with Subword Information» (2017).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat
from operator import add, mul
from pathlib import Path
from struct import Struct

from mapper.matchers.grams import Runs
from mapper.matchers.lanes import Lanes
from mapper.problems import Problem

NAME = "ngrams.vectors"
FORMAT = "mapper/vectors/1"
STEPS = 46
"""The largest number of a dimension is so many steps."""
_MIDDLE = 33 + STEPS
"""The character that stands for 0."""
_NUMBERS = bytes((byte - _MIDDLE) & 255 for byte in range(256))
FINE = 256
"""A number of a sentence is looked at in so many parts of 1."""
_WIDEST = 2047
"""As far as a number of a sentence goes, in those parts."""
_BITS = 32


@dataclass(frozen=True)
class Vectors:
    """The table. ``lines``: run → one printable character for each dimension; ``steps``: the size of a step of each."""

    lines: Mapping[str, str]
    steps: tuple[float, ...]
    digest: str = ""

    @property
    def width(self) -> int:
        """How many numbers there are to a run."""
        return len(self.steps)

    def __reduce__(self) -> tuple[type[Vectors], tuple[object, ...]]:
        return Vectors, (self.lines, self.steps, self.digest)  # what is made ready for reading need not travel

    @cached_property
    def _lanes(self) -> Lanes:
        return Lanes(self.lines, self.width, _numbers)

    def of(self, runs: Runs) -> list[float]:
        """The numbers of a text: ``Σ value · number`` over its runs; all 0 where none is known."""
        totals: Iterable[float] = repeat(0.0, self.width)
        for value, lanes in self._lanes.sums(runs):
            totals = map(add, totals, map(mul, lanes, repeat(value)))
        return list(map(mul, self.steps, totals))


@dataclass(frozen=True)
class Heads:
    """What each output looks for: ``weights`` by output, in its ``steps``, one for each dimension; ``vectors``: the table's digest."""

    weights: tuple[tuple[int, ...], ...]
    steps: tuple[float, ...]
    bias: tuple[float, ...]
    vectors: str

    def __reduce__(self) -> tuple[type[Heads], tuple[object, ...]]:
        return Heads, (self.weights, self.steps, self.bias, self.vectors)

    @cached_property
    def _columns(self) -> list[int]:
        """For each dimension the weights of all outputs as one long number."""
        columns = zip(*self.weights, strict=True)
        return [sum(weight << at * _BITS for at, weight in enumerate(column)) for column in columns]

    @cached_property
    def _signs(self) -> int:
        return sum(1 << at * _BITS + _BITS - 1 for at in range(len(self.steps)))

    @cached_property
    def _parts(self) -> Struct:
        return Struct(f"<{len(self.steps)}i")

    @cached_property
    def _sizes(self) -> list[float]:
        return [step / FINE for step in self.steps]

    def scores(self, vector: Sequence[float]) -> list[float]:
        """Log odds of each output for a text given by its numbers."""
        fine = [max(-_WIDEST, min(_WIDEST, round(value * FINE))) for value in vector]
        number = sum(map(mul, fine, self._columns))
        # As in mapper/matchers/lanes.py: a lane below 0 borrows from the next.
        lanes = self._parts.unpack((number + self._signs ^ self._signs).to_bytes(self._parts.size, "little"))
        return list(map(add, self.bias, map(mul, self._sizes, lanes)))


def _numbers(line: str, width: int) -> Iterable[tuple[int, int]]:
    """(dimension, steps) as a line of the file holds them. Raises ValueError for a damaged line."""
    data = line.encode("ascii").translate(_NUMBERS)
    if len(data) != width:
        raise ValueError("damaged vectors")
    return enumerate(memoryview(data).cast("b"))


def line(numbers: Iterable[int]) -> str:
    """Numbers in steps (−STEPS to STEPS) as a line of the file holds them."""
    return bytes(_MIDDLE + one for one in numbers).decode("ascii")


def dump(vectors: Vectors) -> bytes:
    """The table as bytes; the same table gives the same bytes."""
    body = "".join(f"{run}\t{said}\n" for run, said in sorted(vectors.lines.items())).encode()
    head = {
        "format": FORMAT, "body": hashlib.sha256(body).hexdigest(), "steps": [float(f"{step:.6g}") for step in vectors.steps],
    }
    return (json.dumps(head, sort_keys=True) + "\n").encode() + body


def load(path: Path) -> Vectors | Problem:
    """Read a table, or say why it cannot be used."""
    try:
        return _loaded(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return Problem("vectors-damaged", str(path), params={"why": type(error).__name__})


@lru_cache(maxsize=4)
def _loaded(path: Path, changed: int) -> Vectors:
    """The table of a file as it was at that time."""
    raw = path.read_bytes()
    first, _, body = raw.partition(b"\n")
    head = json.loads(first)
    if head["format"] != FORMAT or hashlib.sha256(body).hexdigest() != head["body"]:
        raise ValueError("damaged vectors")
    lines = dict(said.split("\t", 1) for said in body.decode().split("\n")[:-1])
    return Vectors(lines, tuple(map(float, head["steps"])), hashlib.sha256(raw).hexdigest())
