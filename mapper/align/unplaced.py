"""What notices say that firms were sanctioned for, and stands in no cell: named, never passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mapper.firms.attribution import Reading
from mapper.firms.registry import Registry
from mapper.matchers.learned import LearnedMatcher
from mapper.model import UNPLACED, DocumentText, Evidence, LeftOut, Passage

_SHOWN = 40
"""Characters of the facts that are shown."""
_LEAST = 4
"""Characters without which a cell says nothing (无, 略, 同上)."""
_NOBODY = "—"
_ABOUT = -1.5
"""Log odds below which a requirement is not what one of several facts is about."""
_FACT = re.compile(r"[；;。]|(?=[（(]?[一二三四五六七八九十]{1,2}[)）、是])|(?=(?<![\d.])\d{1,2}[.、．)）](?!\d))")
"""Between two facts of a cell: a stop, or before the number of the next."""


def unplaced(
    document: DocumentText, readings: Sequence[Reading], shown: Iterable[Evidence], registry: Registry, reader: LearnedMatcher
) -> tuple[LeftOut, ...]:
    """One entry for a document with facts that are no evidence: how many, and the first with its firm.

    Of a row with evidence and several facts, those that none of its requirements can be about, as the ``reader`` knows them.
    """
    known: dict[int, set[str]] = {}
    for one in shown:
        known.setdefault(one.start, set()).add(one.requirement)
    found = [
        (reading, fact)
        for passage, reading in zip(document.passages, readings, strict=True)
        for fact in _untold(passage, known.get(passage.start), reader)
    ]
    if not found:
        return ()
    reading, facts = found[0]
    firm = registry.firms[reading.attributed[0].firm].name if reading.attributed else _NOBODY
    told = facts if len(facts) <= _SHOWN else f"{facts[:_SHOWN]}…"
    params = {"count": str(len(found)), "firm": firm, "facts": told}
    return (LeftOut(path=document.document.path, code=UNPLACED, params=params),)


def _untold(passage: Passage, shown: set[str] | None, reader: LearnedMatcher) -> Iterator[str]:
    """The facts of a row that its evidence does not tell: all in one where there is no evidence."""
    facts = passage.text[slice(*passage.facts)].strip() if passage.facts is not None else ""
    if shown is None:
        yield from [facts] if len(facts) >= _LEAST else []
        return
    several = [fact for piece in _FACT.split(facts) if len(fact := piece.strip()) >= _LEAST]
    for fact in several if len(several) > 1 else ():
        odds = reader.odds(fact)
        if all(odds.get(requirement, _ABOUT) < _ABOUT for requirement in shown):
            yield fact
