"""The passages of a corpus as an author looks at them: matched for one requirement, or not and a firm acts in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mapper.align.match import match_document
from mapper.align.weighing import Weighing
from mapper.catalog.load import Catalog
from mapper.fingerprint import fingerprint
from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.letters import Span, lowered
from mapper.matchers.shelf import shelf
from mapper.model import Document, DocumentText, Passage, Requirement
from mapper.rules import pattern
from mapper.suggest.letters import blanked


@dataclass(frozen=True)
class BodySentence:
    """One sentence of body text.

    ``firms``: names of the firms that act in it; ``names``: where firms are named; ``plain``: the words in lower case,
    names of firms blanked; ``adverse``: fault is found in it, so that breaches are looked for and not signals.
    """

    document: Document
    passage: Passage
    firms: tuple[str, ...]
    names: tuple[Span, ...]
    plain: str
    adverse: bool


@dataclass(frozen=True)
class Sorted:
    """The body of a corpus, each sentence once: matched; unmatched, and a firm acts in it; nobody's."""

    matched: tuple[BodySentence, ...]
    unmatched: tuple[BodySentence, ...]
    nobodys: tuple[BodySentence, ...]


def sort(documents: Iterable[DocumentText], catalog: Catalog, registry: Registry, requirement: Requirement) -> Sorted:
    """Sort the passages of whole documents. A copy counts where it stands first, a matched one before all.

    They are read by all that the catalog asks, as for a report: what the requirement is told apart from decides too.
    """
    reader = shelf(catalog)
    line = Weighing.of(reader.weighing).line
    found = pattern("adverse", "finding")
    matched: dict[str, BodySentence] = {}
    rest: dict[str, BodySentence] = {}
    for document in documents:
        evidence = match_document(document, catalog, registry, reader, line).evidence
        places = {(piece.start, piece.end) for piece in evidence if piece.requirement == requirement.id}
        local = local_registry(document, registry)
        for passage, reading in zip(document.passages, attribute(document, local), strict=True):
            if passage.role != "body" or passage.damaged:
                continue
            seen = BodySentence(
                document=document.document,
                passage=passage,
                firms=tuple(dict.fromkeys(local.firms[one.firm].name for one in reading.attributed)),
                names=reading.names,
                plain=blanked(lowered(passage.text), reading.names),
                adverse=bool(found.search(passage.text)),
            )
            key = fingerprint(passage.text)
            if (passage.start, passage.end) in places:
                matched.setdefault(key, seen)
            elif key not in rest or (seen.firms and not rest[key].firms):
                rest[key] = seen
    others = [seen for key, seen in rest.items() if key not in matched]
    return Sorted(
        tuple(matched.values()),
        tuple(seen for seen in others if seen.firms),
        tuple(seen for seen in others if not seen.firms),
    )
