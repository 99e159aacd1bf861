"""Rural banks named by their place alone, beside one that bears the word for the kind of all: 临湖、白塔农商行."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mapper.firms.names import is_place
from mapper.firms.ordinary import usual
from mapper.firms.patterns import name_rule
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.model import Firm

_STEM = 2
"""A place that no list knows has so many characters."""


def before(text: str, start: int, word: str) -> Iterator[tuple[int, int, str]]:
    """The places that stand in a list before the name of a rural bank, each with its name in full, the nearest first.

    ``start``: where the name, which is ``word``, begins. What stands right behind another character may begin before its place.
    """
    form = name_rule("rural-ending").search(word)
    while form is not None and (place := name_rule("place-beside").search(text, max(0, start - 8), start)) is not None:
        start = place.start("place")
        yield start, place.end("place"), place["place"] + form.group()


def beside(texts: Iterable[str], registry: Registry) -> dict[str, Firm]:
    """By id, the banks that documents name so and no registry knows, where their place can be nothing else."""
    found: dict[str, Firm] = {}
    for text in texts:
        if name_rule("places-beside").search(text) is None:
            continue
        for start, _, word in registry.matches(lowered(text)):
            firm = registry.firms[registry.surfaces[word][0]]
            stem = name_rule("rural-ending").sub("", word)
            if stem == word or not firm.name.startswith(stem):
                continue
            for _, _, name in before(text, start, word):
                place = name_rule("rural-ending").sub("", name)
                if lowered(name) in registry.surfaces or not _is_stem(place):
                    break
                words = sorted({place + one.removeprefix(stem) for one in (firm.name, *firm.aliases, word) if one.startswith(stem)})
                id = place + firm.name.removeprefix(stem)
                found[id] = Firm(id=id, name=id, kind=firm.kind, aliases=tuple(one for one in words if one != id), origin="discovered")
    return found


def _is_stem(place: str) -> bool:
    """Whether a place, or two characters that are no word of every day nor a body, may stand for a bank."""
    return is_place(place) or (len(place) == _STEM and place not in usual() and name_rule("body").search(place) is None)
