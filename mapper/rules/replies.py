"""What a firm answers to a reproach, by the words of the sheet «replies»: a denial, a promise to look into it, or an admission.

Names of firms are masked in all texts.
"""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache

from mapper.rules import pattern, rules

_CLAUSE = re.compile("[^，,；;。]+")


@lru_cache(maxsize=4096)
def only_answers(text: str) -> bool:
    """Whether a sentence tells no more than that the firm, asked about something, denies it, will look into it, or describes it."""
    said = rules("replies")
    answer = _last(text)
    if answer is None or _accuses(text[: answer.start()]):
        return False
    told, denials = said["never"].pattern.subn("", text[answer.end() :])
    told, promises = said["looks-into"].pattern.subn("", told)
    told, accounts = said["describes"].pattern.subn("", told)
    return bool(denials or promises or accounts) and said["unhelpful"].pattern.search(told) is None


@lru_cache(maxsize=4096)
def admits_publicly(text: str) -> bool:
    """Whether the firm itself says in public what went wrong with it."""
    said = rules("replies")
    states = said["states"].pattern.search(text)
    if states is None:
        return False
    told = said["never"].pattern.sub("", text[states.end() :])
    owned = said["owns-up"].pattern.search(text, states.start()) is not None
    return owned and said["amiss"].pattern.search(told) is not None


def admits_after_deed(text: str) -> bool:
    """Whether it does so behind a word that sets it against what it did."""
    against = pattern("reading", "set-against").search(text)
    return against is not None and admits_publicly(text) and pattern("replies", "amiss").search(text, against.end()) is not None


def apologises(text: str) -> bool:
    """Whether it does so and says that it is sorry."""
    return pattern("replies", "regrets").search(text) is not None and admits_publicly(text)


def _last(text: str) -> re.Match[str] | None:
    """The words that lead to the last answer."""
    return next(iter(deque(pattern("replies", "answers").finditer(text), maxlen=1)), None)


def _accuses(lead: str) -> bool:
    """Whether what stands before an answer tells a fault, and does not only ask about one."""
    said = rules("replies")
    clauses = (clause.group() for clause in _CLAUSE.finditer(lead))
    return any(
        said["accuses"].pattern.search(clause) and not said["inquires"].pattern.search(clause) for clause in clauses
    )
