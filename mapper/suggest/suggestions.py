"""All suggestions for one requirement: the rooms of this folder, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mapper.catalog.find import find_requirement
from mapper.catalog.load import Catalog
from mapper.firms.registry import Registry
from mapper.letters import Span
from mapper.model import DocumentText, Requirement
from mapper.progress import Progress
from mapper.suggest.near import Near, near_misses
from mapper.suggest.passages import BodySentence, sort
from mapper.suggest.ranking import Ranking, signal_words
from mapper.suggest.semantic import SentenceEncoder, closeness
from mapper.suggest.words import Word, telling_words

LIMIT = 10
MOST_MEANT = 2000
"""Passages that are ranked by meaning, the best by words: a model takes some hundredths of a second for each."""


@dataclass(frozen=True)
class Suggestion:
    """A passage that may be evidence: its score in its list, what keeps it from a match, and the words it shares."""

    seen: BodySentence
    score: float
    near: Near | None
    words: tuple[Span, ...]

    @property
    def close(self) -> bool:
        """Whether one step is missing to a match; what a word of «unless» voids was refused on purpose."""
        return self.near is not None and self.near.kind != "void"


@dataclass(frozen=True)
class Suggestions:
    """What there is to suggest for a requirement, each list best first.

    ``close``: passages one step from a match; ``others``: the rest, by shared words; ``meant``: by meaning, what
    those two do not show (None where that was not asked for). ``matched`` and ``unmatched`` count what there is.
    """

    requirement: Requirement
    matched: int
    unmatched: int
    close: tuple[Suggestion, ...]
    others: tuple[Suggestion, ...]
    meant: tuple[Suggestion, ...] | None
    words: tuple[Word, ...]


def suggest(
    documents: Iterable[DocumentText],
    catalog: Catalog,
    registry: Registry,
    requirement: str,
    *,
    limit: int = LIMIT,
    encoder: SentenceEncoder | None = None,
    progress: Progress | None = None,
) -> Suggestions:
    """Suggest at most ``limit`` passages for each list, and as many words. With an encoder, also rank by meaning.

    Raises InputError, with what may have been meant, where :func:`find_requirement` finds none, or more than one.
    """
    _, wanted = find_requirement(catalog.policies, requirement)
    passages = sort(documents, catalog, registry, wanted)
    ranked = _ranked(catalog, wanted, passages.unmatched)
    close = tuple(found for found in ranked if found.close)[:limit]
    others = _without(close, (found for found in ranked if found.score > 0))[:limit]
    meant = None
    if encoder is not None:
        by_meaning = _by_meaning(catalog, wanted, ranked[:MOST_MEANT], encoder, progress)
        meant = _without((*close, *others), by_meaning)[:limit]
    return Suggestions(
        requirement=wanted,
        matched=len(passages.matched),
        unmatched=len(passages.unmatched),
        close=close,
        others=others,
        meant=meant,
        words=telling_words(
            [seen.plain for seen in passages.matched],
            [seen.plain for seen in (*passages.unmatched, *passages.nobodys)],
            known=signal_words(catalog, wanted),
            limit=limit,
        ),
    )


def _without(shown: Iterable[Suggestion], found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """What of ``found`` is not shown yet."""
    places = {(one.seen.document.id, one.seen.passage.start) for one in shown}
    return tuple(one for one in found if (one.seen.document.id, one.seen.passage.start) not in places)


def _ranked(catalog: Catalog, requirement: Requirement, passages: Sequence[BodySentence]) -> list[Suggestion]:
    ranking = Ranking(catalog, requirement)
    scores = ranking.scores([seen.plain for seen in passages])
    nears = near_misses(catalog, requirement, passages)
    found = [
        Suggestion(seen, score, near, ranking.shared(seen.plain))
        for seen, score, near in zip(passages, scores, nears, strict=True)
    ]
    return sorted(found, key=lambda one: -one.score)


def _by_meaning(
    catalog: Catalog, requirement: Requirement, found: Sequence[Suggestion], encoder: SentenceEncoder, progress: Progress | None
) -> list[Suggestion]:
    asked = {one.id: f"{one.title}。{one.text}" for one in catalog.requirements}
    texts = [one.seen.passage.text for one in found]
    scores = closeness(encoder, asked[requirement.id], list(asked.values()), texts, progress)
    meant = [replace(one, score=score) for one, score in zip(found, scores, strict=True)]
    return sorted(meant, key=lambda one: -one.score)
