"""What a sentence can be evidence of by the part of a report that it stands in: nothing, a plan at most, or anything."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from mapper.model import Grade, Passage, SectionKind, Sign
from mapper.rules import pattern, rules
from mapper.rules.plans import goes_on, looks_ahead

_NAMED: frozenset[Sign] = frozenset({"named", "product", "person", "speaker"})
_ENDS = tuple("。！？；”）)")


def silent(passage: Passage, sign: Sign) -> bool:
    """Whether a passage is evidence for nothing: its part tells of nothing that a firm does, it is a row of bare figures, or a
    bare term."""
    stubs = rules("stubs")
    if passage.role == "caption" or _of_office(passage.text) or any(stubs[one].pattern.search(passage.text) for one in ("term", "scope")):
        return True
    if sign == "carried" and stubs["asked"].pattern.search(passage.text):
        return True
    allowed = _allowed(passage.part) if passage.part is not None else ""
    if allowed == "named":
        return sign not in _NAMED
    return allowed == "none" or (allowed == "told" and not passage.text.endswith(_ENDS))


def placed(grade: Grade, passage: Passage, text: str, before: Iterable[str] = ()) -> tuple[Grade, str | None]:
    """A grade as the part of the report, and the tense of the ``text``, leave it; and by which of them it was changed.

    ``before``: the sentences that it may go on from, the nearest first. Faults and plans stay what they are. The second value
    is the code of a reason (messages/reasons.yaml).
    """
    if grade in ("adverse", "commitment"):
        return grade, None
    allowed = _allowed(passage.part) if passage.part is not None else ""
    if allowed == "planned":
        return "commitment", "grade-placed-plan"
    if looks_ahead(text):
        return "commitment", "grade-looks-ahead"
    if grade == "action" and goes_on(text, before):
        return "commitment", "grade-plan-goes-on"
    if allowed == "told":
        return ("action", "grade-placed-praise") if grade == "outcome" else (grade, None)
    if grade == "action" and pattern("tables", "figures-row").search(text):
        return "outcome", "grade-figures-row"
    return grade, None


@lru_cache(maxsize=256)
def _of_office(text: str) -> bool:
    return any(one.pattern.search(text) for one in rules("offices").values())


@cache
def _allowed(part: SectionKind) -> str:
    """What the sheet says that a sentence in such a part can be."""
    return next(rule.gives.get("evidence", "") for rule in rules("sections").values() if rule.gives["kind"] == part)
