"""Words looked for in documents, wherever they stand now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

from mapper.fingerprint import normalised
from mapper.model import DocumentText, Passage, PassageText, Source


def find_words(
    wanted: Collection[str], documents: Iterable[tuple[str, Sequence[Passage | PassageText]]]
) -> dict[str, tuple[Source, ...]]:
    """For each of the wanted words, the first place in every document (id and passages) that holds them.

    Spaces, punctuation and width do not matter, and words may run over several sentences: the place is that of the
    sentences that hold them.
    """
    keys = {words: normalised(words) for words in wanted}
    found: dict[str, list[Source]] = {words: [] for words in wanted}
    for document, passages in documents:
        texts = [normalised(passage.text) for passage in passages]
        whole = "".join(texts)
        ends = list(accumulate(map(len, texts)))
        for words, key in keys.items():
            at = whole.find(key) if key else -1
            if at >= 0:
                first, last = bisect_right(ends, at), bisect_right(ends, at + len(key) - 1)
                found[words].append(Source(document=document, start=passages[first].start, end=passages[last].end))
    return {words: tuple(sorted(places, key=place_order)) for words, places in found.items()}


def place_order(source: Source) -> tuple[str, int, int]:
    """The order of places: by document, then by where they stand in it."""
    return source.document, source.start, source.end


def as_pairs(corpus: Iterable[DocumentText]) -> Iterable[tuple[str, Sequence[Passage]]]:
    """Documents as read, in the form :func:`find_words` takes."""
    return ((text.document.id, text.passages) for text in corpus)


def chosen(places: Iterable[Source], document: str | None) -> Source | None:
    """The place in the document that is meant, else the first of all."""
    return min(places, key=lambda place: (place.document != document, place_order(place)), default=None)
