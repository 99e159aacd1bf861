"""Passages ranked by the words they share with a requirement: BM25 over characters and pairs of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from mapper.catalog.language import Fuzzy, OrderedPhrases, Phrase, Term, parse_group
from mapper.catalog.load import Catalog
from mapper.letters import Span
from mapper.model import Requirement
from mapper.suggest.letters import LOOSE, grams, merged_spans

_SATURATION, _LENGTH = 1.2, 0.75
"""k1 and b of BM25, as usually set."""
_COMMON = 0.15
"""A pair of letters that a larger part of the requirements uses is not worth marking by itself."""


class Ranking:
    """What one requirement asks, as weighted characters and pairs.

    A weight is how rare the pair is among the requirements of the catalog: nothing is fitted, and nothing but the
    mean length of a passage is taken from the corpus.
    """

    def __init__(self, catalog: Catalog, requirement: Requirement) -> None:
        asked = {one.id: Counter(grams(_about(one))) for one in catalog.requirements}
        holding = Counter(gram for counts in asked.values() for gram in counts)
        total = len(asked)
        self._weights = {
            gram: log(1 + (total - holding[gram] + 0.5) / (holding[gram] + 0.5)) * (1 + log(times))
            for gram, times in asked[requirement.id].items()
        }
        self._pairs = {gram for gram in self._weights if len(gram) == 2 and not LOOSE.intersection(gram)}
        self._rare = {gram for gram in self._pairs if holding[gram] <= max(1.0, _COMMON * total)}

    def scores(self, texts: Sequence[str]) -> list[float]:
        """One score for each text (in lower case): 0 where it shares nothing with the requirement."""
        mean = sum(map(len, texts)) / max(1, len(texts))
        return [self._score(text, mean) for text in texts]

    def _score(self, text: str, mean: float) -> float:
        weights = self._weights
        shared = Counter(gram for gram in grams(text) if gram in weights)
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * len(text) / mean)
        return sum(weights[gram] * n * (_SATURATION + 1) / (n + norm) for gram, n in shared.items())

    def shared(self, text: str) -> tuple[Span, ...]:
        """Where the text (in lower case) has words of the requirement: runs of shared pairs, one of them at least rare."""
        pairs = [(at, at + 2) for at in range(len(text) - 1) if text[at : at + 2] in self._pairs]
        return tuple(
            (start, end)
            for start, end in merged_spans(pairs)
            if any(text[at : at + 2] in self._rare for at in range(start, end - 1))
        )


def signal_words(catalog: Catalog, requirement: Requirement) -> set[str]:
    """Every word that a signal of the requirement can be made of, concepts resolved."""
    return set(_written(requirement, catalog))


def _written(requirement: Requirement, catalog: Catalog | None = None) -> Iterator[str]:
    """The words of the signals; those of concepts only where a catalog resolves them."""
    signals = (*requirement.signals, *requirement.breaches)
    for group in (parse_group(source) for signal in signals for source in signal.need):
        for term in group:
            yield from _words(term, catalog)


def _words(term: Term, catalog: Catalog | None) -> Iterator[str]:
    if isinstance(term, Phrase | Fuzzy):
        yield term.text
    elif isinstance(term, OrderedPhrases):
        for part in term.parts:
            yield from _words(part, catalog)
    elif catalog is not None:
        for entry in catalog.lexicon.concepts.get(term.name, ()):
            for inner in parse_group(entry):
                yield from _words(inner, catalog)


def _about(requirement: Requirement) -> str:
    """What the catalog says of a requirement in words of its own: concepts, which many requirements share, left out."""
    parts = (requirement.title, requirement.text, *requirement.examples, *sorted(set(_written(requirement))))
    return " ".join(parts).lower()
