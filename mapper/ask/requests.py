"""What is asked: the passages of a document that something may bear on, a few to a request, with their neighbours.

Document text stands in JSON strings, never in the instructions. A request is known by the digest of all it says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mapper.ask.prompt import digest, system_message
from mapper.ask.redact import redacted
from mapper.catalog.load import Catalog
from mapper.fingerprint import normalised
from mapper.firms.attribution import Attribution, attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.matchers.grams import folded, masked
from mapper.matchers.interface import Stretch
from mapper.matchers.shelf import Shelf
from mapper.model import DocumentText, Passage
from mapper.rules import rules

DEPTH = 20
"""Requirements proposed for a passage, at most."""
FLOOR = -4.5
"""Log odds of the learned reader below which a requirement is not proposed."""
BEARS = -3.0
"""Log odds that the likeliest requirement needs for a passage to be asked about."""
SENTENCES, CHARACTERS = 8, 2_400
"""Passages asked about in one request, and their characters, at most."""
LONGEST = 1_500
"""Characters of a passage; a longer one is no sentence."""
MOST_FIRMS = 8
"""Firms acting in a passage; more of them are a list."""
_TAUGHT = 1
"""Proposed requirements of a passage for which an example is shown."""
_LIKE = 0.08
_SHORT = 60


@dataclass(frozen=True)
class AskedPassage:
    """A passage asked about: its id in the request, its number in the document, what was sent of it and for whom."""

    id: str
    number: int
    text: str
    firms: tuple[str, ...]


@dataclass(frozen=True)
class Request:
    """One request. ``id``: digest of all it says (24 hex digits); ``key``: how it names itself to the model."""

    id: str
    key: str
    document: str
    system: str
    user: str
    asked: tuple[AskedPassage, ...]


@dataclass(frozen=True)
class RequestCounts:
    """Passages of firms: asked about, passed over since nothing bears on them, and held back since they talk to a model."""

    asked: int = 0
    silent: int = 0
    held: tuple[str, ...] = field(default_factory=tuple)
    """Places of the passages held back, as ``document: start``."""


def requests(
    documents: Sequence[DocumentText], catalog: Catalog, registry: Registry, shelf: Shelf, *, redact: bool = False
) -> tuple[list[Request], RequestCounts]:
    """Every request about some documents, in their order, and what was asked about and what not."""
    asker = Asker(catalog, registry, shelf)
    found: list[Request] = []
    silent, held = 0, []
    for document in documents:
        readings = attribute(document, local_registry(document, registry))
        found += asker.requests(document, readings, redact=redact)
        for passage, reading in zip(document.passages, readings, strict=True):
            if not _may_be_asked(passage, reading):
                held += [f"{document.document.id}: {passage.start}"] if addresses_model(passage.text) else []
            silent += _may_be_asked(passage, reading)
    asked = sum(len(one.asked) for one in found)
    return found, RequestCounts(asked, silent - asked, tuple(held))


class Asker:
    """Makes the requests of one catalog, read by one shelf."""

    def __init__(self, catalog: Catalog, registry: Registry, shelf: Shelf) -> None:
        self.system = system_message(catalog)
        self.requirements = frozenset(one.id for one in catalog.requirements)
        self._shelf = shelf
        self._digest = digest(self.system)
        self._people = frozenset(name for firm in registry.firms.values() for name in firm.people)

    def requests(
        self, document: DocumentText, readings: Sequence[Attribution], *, redact: bool = False
    ) -> Iterator[Request]:
        """The requests of one document, attributed already."""
        names = self._people | {one.speaker for one in document.passages if one.speaker} if redact else frozenset()
        chosen = self._chosen(document, readings)
        for group in _groups(document, list(chosen)):
            yield self._request(document, readings, {n: chosen[n] for n in group}, names if redact else None)

    def _chosen(self, document: DocumentText, readings: Sequence[Attribution]) -> dict[int, tuple[str, ...]]:
        """The passages to ask about, by number, each with the requirements proposed for it."""
        chosen: dict[int, tuple[str, ...]] = {}
        before = ""
        for number, (passage, reading) in enumerate(zip(document.passages, readings, strict=True)):
            text = masked(passage.text, reading.names)
            if _may_be_asked(passage, reading):
                stretch = Stretch(passage.text, 0, len(passage.text), reading.names, before)
                odds, _ = self._shelf.learned.look(stretch)
                scores = dict(zip(self._shelf.learned.order, odds, strict=True))
                signalled = [
                    claim.requirement
                    for matcher in self._shelf.matchers
                    if matcher is not self._shelf.learned
                    for claim in matcher.read(stretch).claims
                ]
                likely = sorted((one for one in scores if scores[one] > FLOOR), key=lambda one: (-scores[one], one))
                if signalled or (likely and scores[likely[0]] > BEARS):
                    chosen[number] = tuple(dict.fromkeys([*signalled, *likely]))[:DEPTH]
            before = text
        return chosen

    def _request(
        self,
        document: DocumentText,
        readings: Sequence[Attribution],
        chosen: Mapping[int, tuple[str, ...]],
        people: frozenset[str] | None,
    ) -> Request:
        passages = document.passages

        def sent(number: int) -> str:
            return passages[number].text if people is None else redacted(passages[number].text, people)

        lines: list[dict[str, Any]] = []
        last = None
        for number in _shown(passages, chosen):
            if last is not None and number != last + 1:
                lines.append({"gap": True})
            last = number
            if number in chosen:
                firms = _firms(readings[number])
                lines.append({"id": str(number), "firms": firms, "candidates": chosen[number], "text": sent(number)})
            else:
                lines.append({"text": sent(number)})
        like = self._like(passages, readings, chosen)
        key = digest(self._digest + _rendered("", like, lines))[:6]
        places = {str(number): f"{key}.{at}" for at, number in enumerate(chosen, start=1)}
        for line in lines:
            if "id" in line:
                line["id"] = places[line["id"]]
        asked = tuple(
            AskedPassage(places[str(number)], number, sent(number), _firms(readings[number])) for number in chosen
        )
        user = _rendered(key, like, lines)
        return Request(digest(self._digest + user)[:24], key, document.document.id, self.system, user, asked)

    def _like(
        self, passages: Sequence[Passage], readings: Sequence[Attribution], chosen: Mapping[int, tuple[str, ...]]
    ) -> dict[str, dict[str, str]]:
        """For the likeliest requirements the taught sentence and the near miss that are nearest, cut short."""
        found: dict[str, dict[str, str]] = {}
        for number, proposed in chosen.items():
            text = folded(masked(passages[number].text, readings[number].names))
            for one in proposed[:_TAUGHT]:
                if one in found:
                    continue
                like = self._shelf.likeness.examples(text, one, 1)
                miss = self._shelf.likeness.misses(text, one, 1)
                said = {
                    name: _cut(near[0].text) for name, near in (("yes", like), ("no", miss)) if near and near[0].likeness > _LIKE
                }
                if said:
                    found[one] = said
        return found


def addresses_model(text: str) -> bool:
    """Whether a text speaks to a model that reads it, however it is spaced (``mapper/rules/asking.yaml``)."""
    pattern = rules("asking")["addresses-model"].pattern
    return bool(pattern.search(text) or pattern.search(normalised(text)))


def _may_be_asked(passage: Passage, reading: Attribution) -> bool:
    return (
        passage.role == "body"
        and not passage.damaged
        and len(passage.text) <= LONGEST
        and 0 < len(_firms(reading)) <= MOST_FIRMS
        and not addresses_model(passage.text)
    )


def _firms(reading: Attribution) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.firm for one in reading.attributed))


def _groups(document: DocumentText, numbers: Sequence[int]) -> Iterator[list[int]]:
    """The passages to ask about, in order, as many to a request as it may hold."""
    group: list[int] = []
    length = 0
    for number in numbers:
        size = len(document.passages[number].text)
        if group and (len(group) == SENTENCES or length + size > CHARACTERS):
            yield group
            group, length = [], 0
        group.append(number)
        length += size
    if group:
        yield group


def _shown(passages: Sequence[Passage], chosen: Mapping[int, object]) -> list[int]:
    """The passages asked about and those beside them, unless those are too long or speak to a model."""
    near = {number + step for number in chosen for step in (-1, 0, 1)}
    return [
        number
        for number in sorted(near)
        if number in chosen
        or (0 <= number < len(passages) and len(passages[number].text) <= LONGEST and not addresses_model(passages[number].text))
    ]


def _rendered(key: str, like: Mapping[str, object], lines: Sequence[Mapping[str, Any]]) -> str:
    """The user message: JSON with one sentence a line."""
    rows = ",\n".join(_compact(line) for line in lines)
    return f'{{"request":{_compact(key)},"like":{_compact(like)},"sentences":[\n{rows}\n]}}'


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
