"""Listed firms that a document calls by their stem alone and never in full: 网商, 泰隆, 泰康."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from mapper.firms.ordinary import ordinary
from mapper.firms.patterns import name_rule
from mapper.firms.registry import Registry
from mapper.letters import lowered

_SAID = 2
"""Times that such a stem must stand in a text."""


@cache
def _automaton(stems: tuple[str, ...]) -> AhoCorasick:
    return AhoCorasick(stems)


def lone_stems(text: str, registry: Registry) -> Iterator[tuple[str, str]]:
    """Pairs of a stem that acts in a text and the listed firm that it can only mean.

    The text says at least twice what the stem does where its two characters are a word of every day too, once where they
    are not; it speaks of banking or insurance, and names no firm of that stem. Firms of a folder's own list go by that list.
    """
    stems = registry.alone
    for stem in sorted(set(_automaton(tuple(stems)).find_matches_as_strings(text))):
        if text.count(stem) < _SAID or lowered(stem) in registry.surfaces or stems[stem] in registry.own:
            continue
        acts = name_rule("lone-acts")
        acting = sum(acts.match(text, match.end()) is not None for match in re.finditer(rf"\b{stem}", text))
        if acting < (_SAID if stem in ordinary() else 1) or name_rule("lone-told").search(text) is None:
            continue
        firm = registry.firms[stems[stem]]
        family = [one for one in registry.firms.values() if one.name.startswith(stem) and one is not firm]
        held = {one.name for one in (firm, *family)}
        if all(one.parent in held for one in family) and not any(one.name in text for one in (firm, *family)):
            yield stem, firm.id
