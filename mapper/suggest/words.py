"""Words that set matched passages apart from all others, and that the signals do not hold yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

from ahocorasick_rs import AhoCorasick, MatchKind

from mapper.suggest.passages import blanked

_RUN = re.compile(r"[^\W\d_]+")
_LENGTHS = range(2, 7)
_PRIOR = 10.0
"""Passages' worth of what is usual in the corpus that each side is given beforehand."""
_LEAST = 2
"""Matched passages that a word must stand in."""
_SURE = 1.64
"""Standard deviations above nothing from which a word is told."""
_LOOSE = frozenset("的了在和与及为等是将把被对从以并而也都就又或其该这那于至到个中上下后前内")
"""A run of characters that begins or ends with one of these is seldom a word."""


@dataclass(frozen=True)
class Word:
    """A word with the passages it stands in: of the matched, of all others; ``score`` in standard deviations."""

    text: str
    matched: int
    others: int
    score: float


def telling_words(matched: Sequence[str], others: Sequence[str], known: Iterable[str], limit: int) -> tuple[Word, ...]:
    """The words most over-represented in ``matched`` against ``others`` (texts in lower case), best first.

    Log-odds of standing in a passage, with a prior of what is usual in both together (Monroe, Colaresi & Quinn 2008).
    What stands inside a ``known`` word is not looked at; of runs that overlap, only the best is told.
    """
    known = sorted({word for word in known if word})
    hidden = AhoCorasick(known, matchkind=MatchKind.Standard) if known else None
    matched, others = ([_without(hidden, text) for text in texts] for texts in (matched, others))
    inside = Counter(word for text in matched for word in set(_runs(text)))
    inside = Counter({word: times for word, times in inside.items() if times >= _LEAST})
    if not inside:
        return ()
    outside = _count(list(inside), others)
    parts = {part for word, n in inside.items() for part in (word[1:], word[:-1]) if inside.get(part) == n}
    scored = [
        Word(word, n, outside[word], _log_odds(n, len(matched), outside[word], len(others)))
        for word, n in inside.items()
        if word not in parts
    ]
    kept: list[Word] = []
    for word in sorted(scored, key=lambda one: (-one.score, -len(one.text), one.text)):
        if word.score < _SURE or len(kept) == limit:
            break
        if not any(_overlap(word.text, other.text) for other in kept):
            kept.append(word)
    return tuple(kept)


def _without(hidden: AhoCorasick | None, text: str) -> str:
    if hidden is None:
        return text
    return blanked(text, ((start, end) for _, start, end in hidden.find_matches_as_indexes(text, overlapping=True)))


def _runs(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        for length in _LENGTHS:
            for at in range(len(run) - length + 1):
                if run[at] not in _LOOSE and run[at + length - 1] not in _LOOSE:
                    yield run[at : at + length]


def _count(words: Sequence[str], texts: Iterable[str]) -> Counter[str]:
    """In how many texts each word stands."""
    automaton = AhoCorasick(words, matchkind=MatchKind.Standard)
    found = ({number for number, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)} for text in texts)
    return Counter(words[number] for numbers in found for number in numbers)


def _log_odds(inside: int, matched: int, outside: int, others: int) -> float:
    usual = _PRIOR * (inside + outside) / (matched + others)
    rest = _PRIOR - usual
    odds = log((inside + usual) / (matched - inside + rest)) - log((outside + usual) / (others - outside + rest))
    return odds / sqrt(1 / (inside + usual) + 1 / (outside + usual))


def _overlap(one: str, other: str) -> bool:
    """Whether one holds the other, or the end of one is the beginning of the other for most of the shorter."""
    short, long = sorted((one, other), key=len)
    if short in long:
        return True
    least = len(short) // 2 + 1
    return any(one.endswith(other[:n]) or other.endswith(one[:n]) for n in range(least, len(short)))
