"""What notices say that firms were sanctioned for, and no requirement was recognised in: named, never passed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mapper.firms.attribution import Reading
from mapper.firms.registry import Registry
from mapper.model import DocumentText, Evidence, LeftOut, Undecided

_SHOWN = 40
"""Characters of the facts that are shown."""


def unplaced(
    document: DocumentText, readings: Sequence[Reading], placed: Iterable[Evidence | Undecided], registry: Registry
) -> tuple[LeftOut, ...]:
    """One entry for a document with facts of which nothing was ``placed``: how many, and the first firm with its own."""
    known = {(one.start, one.firm) for one in placed}
    found = [
        (registry.firms[firm].name, passage.text[slice(*passage.facts)].strip())
        for passage, reading in zip(document.passages, readings, strict=True)
        if passage.facts is not None
        for firm in dict.fromkeys(one.firm for one in reading.attributed)
        if (passage.start, firm) not in known
    ]
    if not found:
        return ()
    firm, facts = found[0]
    shown = facts if len(facts) <= _SHOWN else f"{facts[:_SHOWN]}…"
    params = {"count": str(len(found)), "firm": firm, "facts": shown}
    return (LeftOut(path=document.document.path, code="sanctions-unplaced", params=params),)
