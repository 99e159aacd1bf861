"""Names of persons and numbers of accounts taken out of a text, each character replaced by one: places stay what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mapper.rules import rules

PERSON, NUMBER = "〇", "×"
_KINDS = (("person", PERSON), ("account", NUMBER))


def redacted(text: str, people: Iterable[str] = ()) -> str:
    """The text without the names of ``people`` and of whoever is titled or introduced in it, and without long numbers.

    Its length is that of the text. Rules: ``mapper/rules/asking.yaml`` (persons, accounts).
    """
    signs = list(text)
    for name in sorted({one for one in people if len(one) > 1}, key=lambda one: (-len(one), one)):
        for found in re.finditer(re.escape(name), text):
            signs[found.start() : found.end()] = PERSON * len(name)
    for kind, sign in _KINDS:
        for found in rules("asking")[kind].pattern.finditer(text):
            signs[found.start() : found.end()] = sign * (found.end() - found.start())
    return "".join(signs)
