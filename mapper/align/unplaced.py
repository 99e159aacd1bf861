"""What stands in no cell and is named, never passed over: sanctions that are no evidence, and evidence that is nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mapper.corpus.noticerow import ITEM
from mapper.corpus.reading import CELLS
from mapper.firms.attribution import Attribution
from mapper.firms.registry import Registry
from mapper.matchers.grams import masked
from mapper.matchers.learned import LearnedMatcher
from mapper.model import NOBODYS, UNPLACED, DocumentText, Evidence, LeftOut, Passage
from mapper.rules import rules

_SHOWN = 40
"""Characters of the facts that are shown."""
_LEAST = 4
"""Characters without which a cell says nothing (无, 略, 同上)."""
_NOBODY = "—"
_ABOUT = -1.5
"""Log odds below which a requirement is not what one of several facts is about."""
_LIKELY = 1.0
"""Log odds from which a sentence reads like evidence of a requirement."""
_FACT = re.compile(f"[；;]|(?={ITEM.pattern})")
"""Between two facts of a cell: a stop, or before the number of the next."""


def unplaced(
    document: DocumentText, readings: Sequence[Attribution], shown: Iterable[Evidence], registry: Registry, reader: LearnedMatcher
) -> tuple[LeftOut, ...]:
    """One entry for a document with facts that are no evidence: how many, and the first with its firm.

    ``shown``: its evidence, and what is undecided. Of a row with evidence, of its several facts those that none of the
    requirements it evidences is about, as the ``reader`` knows these.
    """
    known: dict[int, set[str]] = {}
    for one in shown:
        known.setdefault(one.start, set()).add(one.requirement)
    found = [
        (reading, fact)
        for passage, reading in zip(document.passages, readings, strict=True)
        for fact in (*_untold(passage, known.get(passage.start), reader), *_told(passage, reading, known))
    ]
    if not found:
        return ()
    reading, fact = found[0]
    firm = registry.firms[reading.attributed[0].firm].name if reading.attributed else _NOBODY
    params = {"count": str(len(found)), "firm": firm, "facts": fact if len(fact) <= _SHOWN else f"{fact[:_SHOWN]}…"}
    return (LeftOut(path=document.document.path, code=UNPLACED, params=params),)


def nobodys(document: DocumentText, readings: Sequence[Attribution], reader: LearnedMatcher) -> tuple[LeftOut, ...]:
    """One entry for a document in which no firm acts though sentences of it read like evidence: how many, and the first."""
    if any(reading.attributed for reading in readings):
        return ()
    told = [
        passage.text
        for passage, reading in zip(document.passages, readings, strict=True)
        if passage.role == "body" and max(reader.odds(masked(passage.text, reading.names)).values(), default=_ABOUT) > _LIKELY
    ]
    if not told:
        return ()
    first = told[0] if len(told[0]) <= _SHOWN else f"{told[0][:_SHOWN]}…"
    return (LeftOut(path=document.document.path, code=NOBODYS, params={"count": str(len(told)), "first": first}),)


def _told(passage: Passage, reading: Attribution, known: Mapping[int, set[str]]) -> Iterator[str]:
    """A sentence, no row, that tells of a sanction of the firm that it is about, and is evidence of nothing."""
    plain = passage.role == "body" and passage.facts is None and CELLS not in passage.text
    if not plain or not reading.attributed or passage.start in known:
        return
    rule = rules("adverse")
    if rule["sanction-told"].pattern.search(passage.text) and not rule["sanction-denied"].pattern.search(passage.text):
        yield passage.text


def _untold(passage: Passage, told: set[str] | None, reader: LearnedMatcher) -> Iterator[str]:
    """The facts of a row that its evidence, of the requirements ``told``, does not tell: all where there is no evidence.

    None where it evidences a requirement that the reader was not taught: any of them might be what that is about.
    """
    facts = passage.text[slice(*passage.facts)] if passage.facts is not None else ""
    several = [fact for piece in _FACT.split(facts) if len(fact := piece.strip()) >= _LEAST]
    if told is None or (len(several) > 1 and told <= reader.requirements):
        yield from (fact for fact in several if told is None or not _about(fact, told, reader))


def _about(fact: str, requirements: set[str], reader: LearnedMatcher) -> bool:
    """Whether a fact may be about one of the requirements."""
    odds = reader.odds(fact)
    return any(odds[one] >= _ABOUT for one in requirements)
