"""Words that set matched passages apart from all others, and that the signals do not hold yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

from ahocorasick_rs import AhoCorasick, MatchKind

from mapper.suggest.letters import LOOSE, RUN, blanked

_LENGTHS = range(2, 7)
_PRIOR = 10.0
"""Passages' worth of what is usual in the corpus that each side is given beforehand."""
_LEAST = 2
"""Matched passages that a word must stand in."""
_SURE = 1.64
"""Standard deviations above nothing from which a word is told."""


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
    for run in RUN.findall(text):
        for length in _LENGTHS:
            for at in range(len(run) - length + 1):
                if run[at] not in LOOSE and run[at + length - 1] not in LOOSE:
                    yield run[at : at + length]


def _count(words: Sequence[str], texts: Iterable[str]) -> Counter[str]:
    """In how many texts each word stands."""
    automaton = AhoCorasick(words, matchkind=MatchKind.Standard)
    found = ({number for number, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)} for text in texts)
    return Counter(words[number] for numbers in found for number in numbers)


def _log_odds(inside: int, matched: int, outside: int, others: int) -> float:
    share = (inside + outside) / (matched + others)
    holds, lacks = _PRIOR * share + 0.5, _PRIOR * (1 - share) + 0.5
    odds = log((inside + holds) / (matched - inside + lacks)) - log((outside + holds) / (others - outside + lacks))
    return odds / sqrt(1 / (inside + holds) + 1 / (outside + holds))


def _overlap(one: str, other: str) -> bool:
    """Whether one holds the other, or the end of one is the beginning of the other for most of the shorter."""
    short, long = sorted((one, other), key=len)
    if short in long:
        return True
    least = len(short) // 2 + 1
    return any(one.endswith(other[:n]) or other.endswith(one[:n]) for n in range(least, len(short)))
