"""Sentences that tell how things stand with somebody else, without a deed of anybody: what customers lack, what a county is like."""

from __future__ import annotations

from mapper.firms import cues
from mapper.firms.clauses import clauses
from mapper.firms.others import subject_at


def tells_state(text: str) -> bool:
    """Whether the subject of a sentence that names no firm is a kind of customer or a place, and all of it only says what these
    are, have or lack."""
    if cues.BRINGS_ABOUT.search(text):
        return False
    told = [clause for start, end in clauses(text) if subject_at(clause := text[start:end]) < len(clause)]
    subject = cues.KIND_OF_CUSTOMER.match(told[0][subject_at(told[0]) :]) if told else None
    if subject is None:
        return False
    alone = not told[0][subject_at(told[0]) + subject.end() :].strip("，, ")
    return len(told) > alone and all(cues.STATE.search(one) for one in told[alone:])
