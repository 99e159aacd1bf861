"""Does every quote still stand where the alignment says? Sources are opened anew and each quote is proved or refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from mapper.fingerprint import fingerprint, normalised
from mapper.model import Alignment, Document, DocumentText, Evidence, Source

QuoteStatus = Literal["held", "moved", "gone", "no-document"]
"""What became of the words of a quote in the documents as read now."""


@dataclass(frozen=True)
class Quote:
    """One place of one quote and how it was found; ``at`` is where it stands now, if anywhere."""

    evidence: str
    firm: str
    requirement: str
    words: str
    place: Source
    found: QuoteStatus
    at: Source | None = None


@dataclass(frozen=True)
class Verified:
    """Every quote in the order of the alignment, and the documents whose bytes have changed."""

    quotes: tuple[Quote, ...]
    changed: tuple[Document, ...]

    @property
    def broken(self) -> tuple[Quote, ...]:
        """The quotes that no longer hold."""
        return tuple(one for one in self.quotes if one.found in ("gone", "no-document"))

    @property
    def moved(self) -> tuple[Quote, ...]:
        """The quotes whose words stand elsewhere than they did."""
        return tuple(one for one in self.quotes if one.found == "moved")


def verify(alignment: Alignment, corpus: Iterable[DocumentText]) -> Verified:
    """Prove each quote, its copies, and the words that reviewers added.

    A quote is held where its very words stand at its place; moved where they stand elsewhere in the document (told by
    what goes before and after them) or in a document of the same bytes under another name; else it is gone.
    """
    opened = {text.document.id: _Opened(text) for text in corpus}
    by_digest: dict[str, _Opened] = {}
    for one in opened.values():
        by_digest.setdefault(one.text.document.sha256, one)
    known = {document.id: document for document in alignment.documents}
    changed = tuple(
        document
        for document in alignment.documents
        if document.id in opened and opened[document.id].text.document.sha256 != document.sha256
    )

    def proved(words: _QuotedWords, place: Source) -> Quote:
        document = known.get(place.document)
        now = opened.get(place.document) or (by_digest.get(document.sha256) if document is not None else None)
        if now is None:
            return words.quote(place, "no-document")
        at = now.find(words, place)
        if at is None:
            return words.quote(place, "gone")
        return words.quote(place, "held" if at == place else "moved", at)

    return Verified(tuple(proved(words, place) for words, place in _claims(alignment)), changed)


@dataclass(frozen=True)
class _QuotedWords:
    """Words that must stand in a document, and what goes before and after them there."""

    evidence: str
    firm: str
    requirement: str
    repaired: str
    original: str
    prefix: str = ""
    suffix: str = ""
    part: bool = False
    """Whether the words may be a part of their sentence, or more than one."""

    def quote(self, place: Source, found: QuoteStatus, at: Source | None = None) -> Quote:
        return Quote(self.evidence, self.firm, self.requirement, self.repaired, place, found, at)


def _claims(alignment: Alignment) -> Iterator[tuple[_QuotedWords, Source]]:
    for piece in (*alignment.evidence, *alignment.undecided):
        words = _of(piece)
        for place in piece.sources or (Source(document=piece.document, start=piece.start, end=piece.end),):
            yield words, place
    for review in alignment.review:
        one = review.decision
        if one.ruling == "add" and one.words is not None and review.place is not None:
            yield _QuotedWords(review.id, one.firm, one.requirement, one.words, one.words, part=True), review.place


def _of(piece: Evidence) -> _QuotedWords:
    original = piece.original or piece.quote
    return _QuotedWords(piece.id, piece.firm, piece.requirement, piece.quote, original, piece.prefix, piece.suffix)


class _Opened:
    """A document as it reads today."""

    def __init__(self, text: DocumentText) -> None:
        self.text = text
        self.at = {(passage.start, passage.end): passage.text for passage in text.passages}
        self._sentences: dict[str, tuple[int, int]] | None = None

    def find(self, words: _QuotedWords, place: Source) -> Source | None:
        start, end = place.start, place.end
        if words.part:
            inside = "".join(one for (s, e), one in self.at.items() if start <= s and e <= end)
            if normalised(words.repaired) in normalised(inside):
                return place.model_copy(update={"document": self.text.document.id})
            return None
        sentence = self.at.get((start, end))
        if sentence is not None and fingerprint(sentence) == fingerprint(words.repaired):
            return place.model_copy(update={"document": self.text.document.id})
        moved = self._by_context(words) or self._by_words(words)
        return Source(document=self.text.document.id, start=moved[0], end=moved[1]) if moved else None

    def _by_context(self, words: _QuotedWords) -> tuple[int, int] | None:
        """The very words of the original, best where what goes before and after is the same too."""
        if not words.original:
            return None
        whole, found = self.text.text, []
        at = whole.find(words.original)
        while at >= 0:
            end = at + len(words.original)
            same = whole.endswith(words.prefix, 0, at) + whole.startswith(words.suffix, end)
            found.append((-same, at, end))
            at = whole.find(words.original, at + 1)
        return min(found)[1:] if found else None

    def _by_words(self, words: _QuotedWords) -> tuple[int, int] | None:
        """A sentence that says the same, whatever its spaces and punctuation."""
        if self._sentences is None:
            self._sentences = {}
            for place, text in self.at.items():
                self._sentences.setdefault(fingerprint(text), place)
        return self._sentences.get(fingerprint(words.repaired))
