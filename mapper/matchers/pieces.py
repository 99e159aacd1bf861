"""A sentence as numbers of word pieces, as a unigram vocabulary cuts it.

Method: Kudo, «Subword Regularization» (2018): of all ways to cut a text into known pieces the one whose pieces are
likeliest together, found by Viterbi; what no piece covers is one unknown piece, however long it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

SPACE = "▁"
"""Stands for a space, and opens every word."""
_UNKNOWN = 10.0
"""How much less likely than the least likely piece an unknown character is (log probability)."""
_SPACES = re.compile(" {2,}")


@dataclass(frozen=True)
class Pieces:
    """A vocabulary: ``pieces`` in the order of their numbers, with log probabilities; ``unknown``: the number of none."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    unknown: int

    @cached_property
    def _known(self) -> dict[str, tuple[float, int]]:
        return {piece: (score, n) for n, (piece, score) in enumerate(zip(self.pieces, self.scores, strict=True))}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.pieces), default=1)

    @cached_property
    def _least(self) -> float:
        return min(self.scores, default=0.0) - _UNKNOWN

    def cut(self, text: str) -> list[int]:
        """Numbers of the pieces that make up a text, first normalised (NFKC, no double spaces)."""
        normal = _SPACES.sub(" ", unicodedata.normalize("NFKC", text))
        found: list[int] = []
        for word in _words(SPACE + normal.replace(" ", SPACE)):
            found += self._word(word)
        return found

    def _word(self, word: str) -> Sequence[int]:
        best: list[tuple[float, int, int]] = [(0.0, 0, -1)]
        for end in range(1, len(word) + 1):
            score, start = best[end - 1][0] + self._least, end - 1
            number = self.unknown
            for begin in range(max(0, end - self._longest), end):
                known = self._known.get(word[begin:end])
                if known is not None and best[begin][0] + known[0] > score:
                    score, start, number = best[begin][0] + known[0], begin, known[1]
            best.append((score, start, number))
        numbers: list[int] = []
        end = len(word)
        while end:
            _, start, number = best[end]
            if not (number == self.unknown and numbers and numbers[-1] == self.unknown):
                numbers.append(number)
            end = start
        return numbers[::-1]


def _words(text: str) -> list[str]:
    """The text cut before every :data:`SPACE`."""
    starts = [n for n, char in enumerate(text) if char == SPACE]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
