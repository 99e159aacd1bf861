"""Products that a document says a firm made: 由禾川银行打造的“惠农通”; said again alone, they call the firm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mapper.firms.ordinary import ordinary
from mapper.firms.patterns import name_rule
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.model import DocumentText


def made_here(document: DocumentText, text: str, registry: Registry) -> Iterator[tuple[str, str]]:
    """Pairs of a product in quotation marks that one firm alone is said to have made, and that firm.

    The product is said elsewhere too, as the first word of a clause, and is no word of every day.
    """
    if "“" not in text:
        return
    makers: defaultdict[str, set[str]] = defaultdict(set)
    for passage in document.passages:
        for made in name_rule("made-product").finditer(passage.text) if "“" in passage.text else ():
            ended = [word for _, end, word in registry.matches(lowered(passage.text)) if end == made.start()]
            if ended and registry.surfaces[ended[0]][1] == "name":
                makers[made["product"]].add(registry.surfaces[ended[0]][0])
    for product, firms in sorted(makers.items()):
        if len(firms) == 1 and lowered(product) not in registry.surfaces and _own(product, text):
            yield product, next(iter(firms))


def _own(product: str, text: str) -> bool:
    """Whether a product's name is said again at the head of a clause, and could be no other word."""
    plain = all(product[at : at + 2] in ordinary() for at in range(len(product) - 1))
    again = any(text.count(mark + product) for mark in ("，", "。", "\n", "，“", "。“", "\n“"))
    return again and not plain and text.count(product) >= 2
