"""Sentences as letters: runs, single letters and pairs of them, and places blanked out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mapper.letters import Span
from mapper.rules import rules

RUN = re.compile(r"[^\W\d_]+")
"""Letters that stand side by side; figures, punctuation and spaces divide."""
LOOSE = frozenset(rules("words")["loose"].words)
"""Letters with which a word seldom begins or ends."""


def grams(text: str) -> Iterator[str]:
    """Every letter of every run, and every pair that stands side by side."""
    for run in RUN.findall(text):
        yield from run
        for at in range(len(run) - 1):
            yield run[at : at + 2]


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with a space for every character of the spans."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def merged_spans(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap made one."""
    runs: list[Span] = []
    for start, end in sorted(spans):
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    return runs
