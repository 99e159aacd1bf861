"""What notices say that firms were sanctioned for, and stands in no cell: named, never passed over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mapper.firms.attribution import Reading
from mapper.firms.registry import Registry
from mapper.model import UNPLACED, DocumentText, Evidence, LeftOut

_SHOWN = 40
"""Characters of the facts that are shown."""
_LEAST = 4
"""Characters without which a cell says nothing (无, 略, 同上)."""
_NOBODY = "—"


def unplaced(
    document: DocumentText, readings: Sequence[Reading], shown: Iterable[Evidence], registry: Registry
) -> tuple[LeftOut, ...]:
    """One entry for a document with rows of facts that are no evidence: how many rows, and the first with its firm."""
    known = {one.start for one in shown}
    found = [
        (reading, facts)
        for passage, reading in zip(document.passages, readings, strict=True)
        if passage.facts is not None and passage.start not in known
        if len(facts := passage.text[slice(*passage.facts)].strip()) >= _LEAST
    ]
    if not found:
        return ()
    reading, facts = found[0]
    firm = registry.firms[reading.attributed[0].firm].name if reading.attributed else _NOBODY
    told = facts if len(facts) <= _SHOWN else f"{facts[:_SHOWN]}…"
    params = {"count": str(len(found)), "firm": firm, "facts": told}
    return (LeftOut(path=document.document.path, code=UNPLACED, params=params),)
