"""An insurer's branch by its place and line of business alone (云溪财险支公司): it is the insurer's that the document names."""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick

from mapper.firms import names
from mapper.firms.patterns import name_rule
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.model import DocumentText, Firm


def branches_by_place(
    document: DocumentText, firms: dict[str, Firm], registry: Registry
) -> tuple[dict[str, Firm], dict[str, str]]:
    """The firms without those that are but a place and a line of business, and these words where one insurer can be meant."""
    text = "\n".join(passage.text for passage in document.passages)
    placed = _only_branches({id: firm for id, firm in firms.items() if firm.kind == "insurer"}, text)
    if not placed:
        return firms, {}
    left = {id: firm for id, firm in firms.items() if id not in placed}
    named = _insurers(document, registry.with_firms(tuple(left.values())))
    words: dict[str, str] = {}
    for id in placed:
        form = names.ending(id)
        alike = {word: firm for word, firm in named.items() if form and names.ending(word) == form}
        here = {firm for word, firm in alike.items() if word + id.removesuffix(form or "") in text}
        owners = here or set(alike.values())
        if len(owners) == 1:
            words |= dict.fromkeys((id, *firms[id].aliases), owners.pop())
    return left, words


def _only_branches(insurers: dict[str, Firm], text: str) -> set[str]:
    """The ids of those whose name a document never says but with the word for a branch right behind it."""
    if not insurers:
        return set()
    words = [(word, id) for id, firm in insurers.items() for word in (firm.name, *firm.aliases)]
    rule, only = name_rule("branch-of-place"), dict[str, bool]()
    for number, _, end in AhoCorasick([word for word, _ in words]).find_matches_as_indexes(text, overlapping=True):
        id = words[number][1]
        only[id] = only.get(id, True) and rule.match(text, end) is not None
    return {id for id, always in only.items() if always}


def _insurers(document: DocumentText, registry: Registry) -> dict[str, str]:
    """The words by which a document names insurers, by the usual word for their form, too, with the firm that each calls."""
    found: dict[str, str] = {}
    for passage in document.passages:
        for _, _, word in registry.matches(lowered(passage.text)):
            id, kind = registry.surfaces[word]
            if kind == "name" and registry.firms[id].kind == "insurer":
                found |= dict.fromkeys((word, names.plain(word) or word, registry.firms[id].name), id)
    return found
