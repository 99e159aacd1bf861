"""Firms that a document calls by several names are one: a platform and its company, a name in another form, a short name."""

from __future__ import annotations

from mapper.firms import names
from mapper.firms.registry import Registry
from mapper.firms.shorts import operated, short_names
from mapper.letters import lowered
from mapper.model import DocumentText, Firm

_PLACED = (2, 4)
"""Characters of a place that a document leaves away once it has named a firm in full."""


def with_platforms(
    document: DocumentText, firms: dict[str, Firm], registry: Registry
) -> tuple[dict[str, Firm], dict[str, str]]:
    """The firms, a platform and whoever runs it as one; and the further words of those that the registry knows."""
    words: dict[str, str] = {}
    for word, id in dict(operated(document, registry.with_firms(tuple(firms.values())))).items():
        if word == id:
            continue
        known = registry.surfaces.get(lowered(word))
        if known is not None:
            if known[1] == "name" and id in firms:
                runs = firms.pop(id)
                words |= dict.fromkeys((runs.name, *runs.aliases), known[0])
            continue
        own = firms.pop(word) if word in firms else None
        called = {word, *(own.aliases if own else ())}
        if id in firms:
            firms[id] = firms[id].model_copy(update={"aliases": tuple(sorted({*firms[id].aliases, *called}))})
        else:
            words |= dict.fromkeys(sorted(called), id)
    return firms, words


def known_by_form(
    document: DocumentText, firms: dict[str, Firm], registry: Registry
) -> tuple[dict[str, Firm], dict[str, str]]:
    """The firms that are new, and the further words of those that the registry knows by another form of their name."""
    new: dict[str, Firm] = {}
    words: dict[str, str] = {}
    here = _plainly_named(document, registry) if firms else {}
    for firm in firms.values():
        called = (firm.name, *firm.aliases)
        known = {registry.surfaces[lowered(word)][0] for word in called if lowered(word) in registry.surfaces}
        known = known or {registry.shortened[word] for word in called if word in registry.shortened}
        known = known or {registry.plain[word] for word in map(names.plain, called) if word and word in registry.plain}
        known = known or {id for word, id in here.items() if _placed(word, firm.name)}
        if len(known) == 1:
            id = known.pop()
            words |= {word: id for word in called if lowered(word) not in registry.surfaces}
        else:
            new[firm.id] = firm
    return new, words


def _plainly_named(document: DocumentText, registry: Registry) -> dict[str, str]:
    """The known firms that a document names, by the usual word for the form of their name, where that tells one from another."""
    found = {word for one in document.passages for _, _, word in registry.matches(lowered(one.text))}
    said: dict[str, set[str]] = {}
    for word in found:
        plain, (firm, kind) = names.plain(word), registry.surfaces[word]
        if plain and kind == "name":
            said.setdefault(plain, set()).add(firm)
    return {plain: firms.pop() for plain, firms in said.items() if len(firms) == 1}


def _placed(word: str, name: str) -> bool:
    """Whether a name is another with its place in front of it: 江城汇丰小贷 of 汇丰小贷."""
    return word.endswith(name) and _PLACED[0] <= len(word) - len(name) <= _PLACED[1]


def known_by_short_name(
    document: DocumentText, firms: dict[str, Firm], registry: Registry
) -> tuple[dict[str, Firm], dict[str, str]]:
    """The same where a document says that a known firm's name, or another new one's, is short for the new one, or a new one's for a
    known firm's."""
    words: dict[str, str] = {}
    if firms:
        extended = registry.with_firms(tuple(firms.values()))
        for short, id in short_names(document, extended, known=True):
            known = registry.surfaces.get(lowered(short))
            if known is not None and id in firms and known[1] == "name":
                words |= dict.fromkeys((firms[id].name, *firms[id].aliases), known[0])
                firms = {key: firm for key, firm in firms.items() if key != id}
            other = extended.surfaces[lowered(short)][0]
            if known is None and id in registry.firms and other in firms:
                words |= dict.fromkeys((firms[other].name, *firms[other].aliases), id)
                firms = {key: firm for key, firm in firms.items() if key != other}
            elif known is None and id in firms and other in firms and other != id:
                called = {firms[other].name, *firms[other].aliases, *firms[id].aliases} - {firms[id].name}
                merged = firms[id].model_copy(update={"aliases": tuple(sorted(called))})
                firms = {key: merged if key == id else firm for key, firm in firms.items() if key != other}
    return firms, words
