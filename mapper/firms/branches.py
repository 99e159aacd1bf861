"""An insurer's branch by its place and line of business alone (云溪财险支公司): it is the insurer's that the document names."""

from __future__ import annotations

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
    placed = {id for id, firm in firms.items() if firm.kind == "insurer" and _only_branches(firm, text)}
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


def _only_branches(firm: Firm, text: str) -> bool:
    """Whether a document never says a name but with the word for a branch right behind it."""
    rule = name_rule("branch-of-place")
    ends = [at + len(word) for word in (firm.name, *firm.aliases) for at in _places(word, text)]
    return bool(ends) and all(rule.match(text, end) for end in ends)


def _places(word: str, text: str) -> list[int]:
    places, at = [], text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + 1)
    return places


def _insurers(document: DocumentText, registry: Registry) -> dict[str, str]:
    """The words by which a document names insurers, by the usual word for their form, too, with the firm that each calls."""
    found: dict[str, str] = {}
    for passage in document.passages:
        for _, _, word in registry.matches(lowered(passage.text)):
            id, kind = registry.surfaces[word]
            if kind == "name" and registry.firms[id].kind == "insurer":
                found |= dict.fromkeys((word, names.plain(word) or word, registry.firms[id].name), id)
    return found
