"""How far attribution alone lets matching come: which required labels lie on passages that were given to their firm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from mapper.evaluate.figures import Lost
from mapper.evaluate.labels import Label
from mapper.evaluate.text import Index, normalise
from mapper.model import Act, Document, PassageText


def lost(
    documents: Iterable[Document], names: Mapping[str, str], labels: Iterable[tuple[Label, frozenset[str]]]
) -> Iterator[Lost]:
    """The required labels none of whose passages was given to one of the firms that its name stands for.

    ``names``: firms' names by id; ``labels``: each with those firms' ids. A label's passages are those of its
    document that overlap its words.
    """
    by_document: dict[str, list[tuple[Label, frozenset[str]]]] = defaultdict(list)
    for label, firms in labels:
        if label.level == "required":
            by_document[label.document].append((label, firms))
    for document in documents:
        held = by_document.pop(document.id, [])
        given = _given(document.text, document.acts, [label.quote for label, _ in held]) if held else []
        for (label, firms), acting in zip(held, given, strict=True):
            if not firms & acting.keys():
                yield Lost(label, tuple(names.get(firm, firm) for firm in acting))
    for held in by_document.values():
        yield from (Lost(label, ()) for label, _ in held)


def _given(text: Iterable[PassageText], acts: Iterable[Act], quotes: list[str]) -> list[dict[str, None]]:
    """For each quote the firms to which some passage that overlaps it was given, in reading order."""
    index = Index(map(normalise, quotes))
    found: list[dict[str, None]] = [{} for _ in quotes]
    acts = tuple(acts)
    for passage in text:
        numbers = index.overlapping(normalise(passage.text))
        if numbers:
            here = dict.fromkeys(act.firm for act in acts if act.start < passage.end and passage.start < act.end)
            for number in numbers:
                found[number] |= here
    return found
