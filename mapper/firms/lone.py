"""Listed firms that a document calls by their stem alone and never in full: 网商, 泰隆, 泰康."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapper.firms.ordinary import ordinary
from mapper.firms.patterns import name_rule
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.rules import rules

_SAID = 2
"""Times that such a stem must stand in a text."""


def lone_stems(text: str, registry: Registry) -> Iterator[tuple[str, str]]:
    """Pairs of a stem that acts in a text and the listed firm that it means.

    The text says at least twice what the stem does where its two characters are a word of every day too, once where they
    are not; it speaks of banking or insurance, and names no firm of that stem, nor a village or a mall. Firms of a folder's
    own list go by that list.
    """
    for stem, name in rules("names")["lone-stem"].gives.items():
        firm = registry.find(name) if text.count(stem) >= _SAID else None
        if firm is None or lowered(stem) in registry.surfaces or firm.id in registry.own:
            continue
        acts, other = name_rule("lone-acts"), name_rule("lone-other")
        acting = sum(acts.match(text, match.end()) is not None for match in re.finditer(rf"\b{stem}", text))
        if acting < (_SAID if stem in ordinary() else 1) or name_rule("lone-told").search(text) is None:
            continue
        if any(other.match(text, match.end()) for match in re.finditer(stem, text)):
            continue
        family = [one for one in registry.firms.values() if one.name.startswith(stem) and one is not firm]
        held = {one.name for one in (firm, *family)}
        if all(one.parent in held for one in family) and not any(one.name in text for one in (firm, *family)):
            yield stem, firm.id
