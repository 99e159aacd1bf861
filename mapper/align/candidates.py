"""Passages of one document × matchers → candidates: what is claimed of whom, with the numbers that weigh it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import log
from typing import Literal, NamedTuple

from mapper.align.beside import NOTHING, Beside, elsewhere, look
from mapper.align.heard import SAYS, StretchReading, StretchReadings, says
from mapper.align.parts import silent
from mapper.catalog.load import Catalog
from mapper.firms.attribution import Attributed, Attribution
from mapper.firms.registry import Registry
from mapper.letters import Span
from mapper.matchers.answers import NOBODY, AnswersMatcher
from mapper.matchers.few import TURNED
from mapper.matchers.grams import folded, masked
from mapper.matchers.interface import Claim, Stretch
from mapper.matchers.learned import SOURCE
from mapper.matchers.model import GRADED
from mapper.matchers.shelf import Shelf
from mapper.model import DocumentText, FirmKind, Passage, Requirement
from mapper.rules import pattern

WindowKind = Literal["all", "item", "deed", "fault"]
"""Which words of a passage are read: all of them, an item of a list of faults, or the deed or the fault set against each other."""

DOUBTFUL = -1.0
"""Log odds of the learned reader from which near misses are looked at."""
_SHORT = 20
_HALF = 6
"""Characters that a deed, and a fault set against it, have at least."""
_SEMICOLON = re.compile("[；;]")
_LIST = 3
"""Items from which a sentence is a list."""


class Candidate(NamedTuple):
    """A claim that one stretch evidences one requirement for one firm.

    ``passage``: its place in the document's passages; ``claims``: what the matchers say; ``facts`` about the stretch
    whatever the requirement and what is its ``own`` weigh the score, ``going`` the grade, all by name. Candidates of one
    stretch share their facts and, breaches apart, how they go. ``core``: what weighs the score of the same claim on those of
    the words alone that tell what the firm did (:func:`_core`); None where all of them do.
    """

    passage: int
    attributed: Attributed
    requirement: Requirement
    stretch: Stretch
    claims: tuple[Claim, ...]
    facts: Mapping[str, float]
    own: Mapping[str, float]
    going: Mapping[str, float]
    core: Mapping[str, float] | None = None
    part: WindowKind = "all"
    """Which of the words that speak about the firm these are: an item of a list of faults, the deed before 但 or the fault behind it."""

    @property
    def features(self) -> dict[str, float]:
        """All that weighs the score."""
        return {**self.facts, **self.own}


def candidates(
    document: DocumentText,
    readings: Sequence[Attribution],
    catalog: Catalog,
    registry: Registry,
    shelf: Shelf,
    opinions: AnswersMatcher = NOBODY,
    wanted: Collection[str] | None = None,
) -> Iterator[Candidate]:
    """All candidates of a document, in the order of its passages and of the catalog's requirements.

    ``opinions``: what a language model said of the document; ``wanted``: the requirements that are asked for, if not all.
    """
    if not any(reading.attributed for reading in readings):
        return
    passages = document.passages
    texts = [masked(passage.text, reading.names) for passage, reading in zip(passages, readings, strict=True)]
    wholes = [
        Stretch(passage.text, 0, len(passage.text), reading.names, before)
        for passage, reading, before in zip(passages, readings, ("", *texts), strict=False)
    ]
    looks = [
        look(shelf, whole) if passage.role == "body" and not silent(passage, "named") else NOTHING
        for passage, whole in zip(passages, wholes, strict=True)
    ]
    adverse = [one.adverse for one in looks if one is not NOTHING]
    around = sum(adverse) / len(adverse) if adverse else 0.0
    others = elsewhere(looks)
    if shelf.encoder is not None:
        shelf.encoder.prepare(_worth(shelf, passages, readings, texts))
    for number, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
        before = looks[number - 1] if number else NOTHING
        after = looks[number + 1] if number + 1 < len(looks) else NOTHING
        words = folded(texts[number]) if reading.attributed else ""
        beside = Beside(number, before, after, others, words, around, len({one.firm for one in reading.attributed}))
        heard = StretchReadings(shelf, number, wholes[number], opinions, wanted)
        for attributed in reading.attributed:
            if not silent(passage, attributed.sign):
                yield from _of_actor(attributed, registry.firms[attributed.firm].kind, passage, beside, heard, shelf, catalog)


def _of_actor(
    attributed: Attributed, kind: FirmKind, passage: Passage, beside: Beside, heard: StretchReadings, shelf: Shelf, catalog: Catalog
) -> Iterator[Candidate]:
    """The candidates of one firm in a passage, window by window."""
    order = catalog.order
    windows = _windows(passage, attributed, beside.actors)
    for window, part in windows:
        said = heard.of(window, attributed.firm)
        facts = said.facts | beside.facts | _facts(attributed, window, beside.actors)
        usual = _graded(facts)
        core = _core(passage, attributed, window) if part == "all" else None
        borne = heard.of(core, attributed.firm) if core is not None else None
        core_facts = borne.facts | beside.facts | _facts(attributed, core, beside.actors) if borne and core else {}
        for requirement_id in sorted(said.claims, key=order.__getitem__):
            if borne is not None and requirement_id not in borne.claims:
                continue  # words that only frame the deed draw it
            requirement = catalog.requirements[order[requirement_id]]
            own = _own(shelf, said, requirement, kind, beside)
            goes = _graded({**facts, **own}) if "breach" in own or TURNED in own else usual
            alone = core_facts | _own(shelf, borne, requirement, kind, beside) if borne is not None else None
            made = tuple(said.claims[requirement_id])
            yield Candidate(beside.number, attributed, requirement, said.stretch, made, facts, own, goes, alone, part)


def _windows(passage: Passage, attributed: Attributed, actors: int) -> list[tuple[Span, WindowKind]]:
    """The words that are read for a firm: all that speak about it, and where they are a list of faults, each of its items alone,
    which the others would drown; where a fault is set against a deed, either alone."""
    whole = _window(passage, attributed, actors)
    start, end = _core(passage, attributed, whole) or whole
    if starts := _items(passage, start, end):
        items = zip(starts, (*starts[1:], end), strict=True)
        return [(whole, "all"), *((item, "item") for item in items if item != whole)]
    against = pattern("reading", "set-against").search(passage.text, start, end)
    if against is None or min(against.start() - start, end - against.end()) < _HALF:
        return [(whole, "all")]
    return [(whole, "all"), ((start, against.start()), "deed"), ((against.end(), end), "fault")]


def _items(passage: Passage, start: int, end: int) -> list[int]:
    """Where the items of a list of faults begin in these words, numbered or, as the facts of a penalty, set apart by semicolons."""
    starts = [match.end() for match in pattern("reading", "listed-item").finditer(passage.text, start, end)]
    if len(starts) >= _LIST and pattern("reading", "list-of-faults").match(passage.text[start : starts[0]]):
        return starts
    parts = _SEMICOLON.finditer(passage.text, start, end - 1) if passage.facts is not None else ()
    return [start, *ends] if (ends := [match.end() for match in parts]) else []


def _window(passage: Passage, attributed: Attributed, actors: int) -> tuple[int, int]:
    """The words that speak about a firm: all where it is the only one, but for what only says where its sanction is published; where
    its own are bare figures, what they count is said of the firms before it.
    """
    if actors > 1:
        mention = attributed.mention
        short = mention is not None and pattern("reading", "figures-only").fullmatch(passage.text, mention.end, attributed.end)
        return (0 if short else attributed.start), attributed.end
    mention = attributed.mention
    frame = pattern("reading", "frame").match(passage.text) if mention is not None and passage.facts is None else None
    begin = frame.end() if frame is not None and mention is not None and frame.end() <= mention.start else 0
    return begin, len(passage.text)


def _core(passage: Passage, attributed: Attributed, window: Span) -> Span | None:
    """Those of the words that tell what the firm did, where others only frame them: the cell of the facts in the row of a
    penalty, and what is left to the firm where a clause tells of a person."""
    start, end = (attributed.start, attributed.end) if attributed.cut else window
    if passage.facts is not None:
        start, end = max(start, passage.facts[0]), min(end, passage.facts[1])
    return None if (start, end) == window else (start, max(start, end))


def _worth(
    shelf: Shelf, passages: Sequence[Passage], readings: Sequence[Attribution], texts: Sequence[str]
) -> Iterator[Stretch]:
    """The stretches that the cheaper matchers claim anything of: only those are worth encoding."""
    for number, (passage, reading) in enumerate(zip(passages, readings, strict=True)):
        actors = len({one.firm for one in reading.attributed})
        telling = [one for one in reading.attributed if not silent(passage, one.sign)]
        windows = {window for one in telling for window, _ in _windows(passage, one, actors)}
        cores = {_core(passage, one, _window(passage, one, actors)) for one in telling} - {None}
        for window in sorted({*windows, *(core for core in cores if core)}):
            stretch = Stretch(passage.text, *window, reading.names, texts[number - 1] if number else "")
            if any(matcher.read(stretch).claims for matcher in shelf.matchers):
                yield stretch


def _own(shelf: Shelf, read: StretchReading, requirement: Requirement, kind: FirmKind, beside: Beside) -> dict[str, float]:
    """What weighs the score of one requirement's claims on a stretch."""
    id, made = requirement.id, read.claims[requirement.id]
    own: dict[str, float] = {}
    for claim in made:
        own |= claim.features
    if all(claim.source != SOURCE for claim in made):
        own |= shelf.learned.opinion(read.stretch, id)
    if shelf.encoder is not None:
        own |= shelf.encoder.opinion(read.stretch, id)
    at = shelf.learned.order.get(id)
    own["before-learned"] = beside.before.of(at)
    own["after-learned"] = beside.after.of(at)
    own["around-learned"] = beside.elsewhere(at, beside.number)
    own["foreign"] = float(not requirement.addresses(kind))
    if own.get("signal"):
        own["signal-learned"] = own["learned"]
        own["signal-fault"] = float(read.margin > 0)
    if own["learned"] > DOUBTFUL:
        own["doubt"] = shelf.likeness.doubt(beside.whole, id)
    return own


def _facts(attributed: Attributed, window: tuple[int, int], actors: int) -> dict[str, float]:
    length = window[1] - window[0]
    return {
        "log-length": log(max(1, length)),
        "short": float(length < _SHORT),
        "actors": float(min(3, actors - 1)),
        f"sign-{attributed.sign}": 1.0,
    }


_GOING = (
    "around-adverse", "before-adverse", "before-outcome", "before-commitment", "breach", TURNED, "figures",
    *(f"says-{one}" for one in SAYS),
    *(f"{who}-{one}" for who in ("grade", "encoder") for one in (*GRADED, "none")),
)
"""What weighs the grade."""


def alone(shelf: Shelf, text: str) -> dict[str, float]:
    """What weighs the grade of a sentence by itself, whatever it bears on."""
    facts = shelf.learned.read(Stretch(text, 0, len(text))).facts
    return _graded({**facts, **says(text)})


def _graded(features: Mapping[str, float]) -> dict[str, float]:
    return {name: features[name] for name in _GOING if name in features}
