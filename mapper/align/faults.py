"""What the words of a sentence tell of a fault: that one can be, was found, goes on or is made good, or that there is none."""

from __future__ import annotations

import re

from mapper.corpus.reading import CELLS
from mapper.model import DocumentText, Passage
from mapper.rules import pattern, rules

_CLAUSE = re.compile("[^，,；;。]+")


def tells_fault(passage: Passage) -> bool:
    """Whether a passage can tell of a fault: a row of cells, or a figure of size beside other firms', does so only where a word
    of it finds one."""
    return not (CELLS in passage.text or _compares(passage.text)) or found_out(passage)


def found_out(passage: Passage) -> bool:
    """Whether a passage says that somebody with authority found a fault."""
    return pattern("adverse", "finding").search(passage.text) is not None


def robs(text: str) -> bool:
    """Whether somebody of a firm takes, in these words, what is a customer's."""
    return pattern("adverse", "staff-robs").search(text) is not None


def each_punished(text: str) -> bool:
    """Whether a sentence tells that each of several firms was punished for a fault of its own."""
    return "分别" in text and pattern("adverse", "each-punished").search(text) is not None


def thwarts(document: DocumentText) -> bool:
    """Whether a document is the story of a fraud that a firm stopped, by its title."""
    about = document.document
    return about.id == about.path and pattern("adverse", "thwarted").search(about.title or "") is not None


def went_worse(text: str) -> bool:
    """Whether a row of figures shows that something went the wrong way: no deed and no result."""
    return text.endswith("）") and pattern("tables", "figures-worse").search(text) is not None


def falls_short(passage: Passage) -> bool:
    """Whether a sentence says what is lacking, below a heading that announces that."""
    rule = rules("adverse")
    head = passage.section is not None and rule["shortfall-head"].pattern.search(passage.section) is not None
    return head and rule["shortfall"].pattern.search(passage.text) is not None


def instances(passage: Passage, before: Passage | None) -> bool:
    """Whether a sentence gives an instance of the fault that the one before it tells of."""
    rule = rules("adverse")
    if before is None or rule["instance"].pattern.match(passage.text) is None:
        return False
    return any(rule[one].pattern.search(before.text) for one in ("finding", "admitted"))


def only_cleared(text: str) -> bool:
    """Whether words that read as a fault say that it was not found, or is denied, and tell of no sanction and nothing to the
    contrary besides, or that all of it was a rumour or taken back: whatever else they are like, they may speak for the firm."""
    rule = rules("adverse")
    if rule["undone"].pattern.search(text):
        return True
    if any(rule[one].pattern.search(text) for one in ("sanctioned", "contradicted")):
        return False
    if any(rule[one].pattern.search(text) for one in ("absent", "dismissed")):
        return True
    denied = [match.span() for one in ("denies", "defends") for match in rule[one].pattern.finditer(text)]
    others = (clause.span() for clause in _CLAUSE.finditer(text) if rule["another-fault"].pattern.search(clause.group()))
    return bool(denied) and not any(all(end <= first or last <= start for first, last in denied) for start, end in others)


def complained_of_most(text: str) -> bool:
    """Whether a sentence tells that a firm stands high in a ranking of complaints, and of nothing that it did."""
    rule = rules("adverse")
    return rule["complaint-rank"].pattern.search(text) is not None and pattern("plans", "acted").search(text) is None


def only_looked_into(text: str) -> bool:
    """Whether a sentence tells no more than that an authority examines the firm; names of firms are masked."""
    rule = rules("adverse")
    examined = rule["examined"].pattern.search(text)
    return examined is not None and rule["examined-and-found"].pattern.search(text, examined.end()) is None


def _compares(text: str) -> bool:
    rule = rules("adverse")
    return rule["compared"].pattern.search(text) is not None and rule["missed"].pattern.search(text) is None
