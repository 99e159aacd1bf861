"""Clauses of a sentence: where they end, whose subject is the trade, and how the stretches of firms are put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapper.firms import cues
from mapper.firms.mentions import LEGAL, Mention
from mapper.model import Sign


@dataclass(frozen=True)
class Attributed:
    """A stretch of a passage that speaks about one firm.

    ``start``/``end`` are offsets into the passage's text; ``mention`` holds the words that gave the sign, with
    offsets into the same text, or None where the subject was carried over; ``word`` names the sign for a reader;
    ``cut``: words beside it were taken from it that tell of a person.
    """

    firm: str
    start: int
    end: int
    sign: Sign
    word: str
    mention: Mention | None = None
    cut: bool = False


@dataclass(frozen=True)
class Actor:
    """Who acts in a clause: the firms, by what sign, the word that gave it and where it stands."""

    firms: tuple[str, ...]
    sign: Sign
    word: str
    mention: Mention | None = None


def sign_of(mention: Mention) -> Sign:
    """The sign by which a mention gives a clause to its firm."""
    signs: dict[str, Sign] = {
        "name": "named", "product": "product", "person": "person", "self": "speaker", "back": "pronoun",
    }
    return signs[mention.kind]


def strip_unit(between: str, head: Mention) -> str:
    """What stands between two names, without the form, the branch and the figure of the first and the place of the second."""
    bare = between.replace((head.unit or "")[len(head.word) :], "", 1) if head.unit else LEGAL.sub("", between)
    bare = cues.COUNTED.sub("", cues.OWNED.sub("", cues.BRACKET.sub("", bare)))
    return cues.PLACED.sub("", cues.BESIDE.sub("、", bare))


def listing(between: str, inside: list[Mention]) -> bool:
    """Two names of one enumeration: only other names and list marks stand between them."""
    rest = cues.BRACKET.sub("", between)
    for mention in inside:
        rest = rest.replace(mention.word, "")
    return bool(cues.AND.match(cues.BESIDE.sub("、", rest)))


def points_back(text: str) -> bool:
    """Whether a sentence begins with a word for the firm before: 其, 该行."""
    return cues.POINTS_BACK.match(text) is not None


def subject(clause: str) -> str:
    """A clause from its subject on: without time, turns and quantities before it."""
    clause = clause.lstrip()
    while (lead := cues.LEAD_IN.match(clause)) and lead.end():
        clause = clause[lead.end() :]
    quantity = cues.QUANTITY.match(clause)
    return clause[quantity.end() :] if quantity else clause


def is_overseer(text: str) -> bool:
    """In a firm's own document: an authority acts, but for what it does to the firm, or whoever examines the report."""
    if cues.EXAMINER.match(text):
        return True
    return bool(cues.AUTHORITY_SUBJECT.match(text)) and not cues.BLAMED.search(text)


def is_trade(clause: str) -> bool:
    """In a firm's own document: the trade at large, an authority or a directive, not the firm's own fields of work."""
    clause = clause.lstrip()
    if is_overseer(clause):
        return True
    if cues.AUTHORITY_SUBJECT.match(clause):
        return False
    if cues.TRADE.match(subject(clause)):
        return True
    return bool(cues.DIRECTIVE.search(clause)) and not cues.UNDER.match(clause)


def makes_rule(clause: str, text: str) -> bool:
    """In a firm's own document: whether a clause of a sentence tells of a rule that the firm gives itself."""
    if "《" not in clause:
        return False
    return cues.MAKES_RULE.match(clause) is not None or (cues.OWN_RULE.match(clause) is not None and not cues.ISSUES.search(text))


def is_generic(clause: str) -> bool:
    """Whether the subject is the trade, an authority, a theme or a directive: nobody acts."""
    if cues.GENERIC.match(subject(clause)) or cues.DIRECTIVE.search(clause):
        return True
    bare = clause.lstrip()
    if cues.AT_LARGE.match(bare):
        return True
    authority = cues.AUTHORITY.match(bare)
    return authority is not None and not cues.WITH_AUTHORITY.search(bare[: authority.end()])


def talks_of_industry(clause: str) -> bool:
    """Whether what somebody says is about the trade."""
    return cues.SPEAKS_OF_TRADE.search(clause) is not None


def clauses(text: str) -> list[tuple[int, int]]:
    """Clause spans that cover the text; what stands in brackets does not divide, nor a comma or colon between digits."""
    spans: list[tuple[int, int]] = []
    start = 0
    inside = [match.span() for match in cues.ASIDE.finditer(text)] if "（" in text or "(" in text else []
    for match in cues.CLAUSE.finditer(text):
        at = match.start()
        if inside and any(first < at < last for first, last in inside):
            continue
        if match.group() in ",，:：" and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit():
            continue
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def respectively(text: str, start: int, end: int, firms: int) -> list[tuple[int, int]]:
    """A clause parted among so many firms, where it tells of each a fault of its own, in their order: 甲、乙分别因误导销售、泄露信息被罚.

    Empty where it does not, or tells of more or fewer faults than there are firms.
    """
    told = cues.RESPECTIVELY.search(text, start, end)
    if told is None or firms < 2:
        return []
    for marks in (cues.LIST_MARK, cues.LIST_WORD):
        ends = [one.end() for one in marks.finditer(text, *told.span("faults"))]
        if len(ends) == firms - 1:
            return list(zip((start, *ends), (*ends, end), strict=True))
    return []


def clauses_of_each(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """The clauses of a sentence, parted at their names where behind each stands a cause of its own: 甲因误导销售、乙因泄露信息被罚."""
    return [part for start, end in clauses(text) for part in _by_cause(text, start, end, mentions)]


def _by_cause(text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    if text.find("因", start, end) < 0 and text.find("由于", start, end) < 0:
        return [(start, end)]
    names = [one for one in mentions if one.firm and start <= one.start < end]
    behind = (text[one.start + len(one.unit or one.word) : end] for one in names)
    if len(names) < 2 or not all(cues.CAUSE.match(cues.BRACKET.sub("", each, 1)) for each in behind):
        return [(start, end)]
    starts = [start, *(one.start for one in names[1:])]
    return list(zip(starts, (*starts[1:], end), strict=True))


def opens_with_firm(text: str, span: tuple[int, int], mentions: Sequence[Mention]) -> str | None:
    """The firm with whose name a clause begins that says something of it; None where none does."""
    start, end = span
    first = next((one for one in mentions if start <= one.start < end and one.firm), None)
    if first is None or cues.OPENS.fullmatch(subject(text[start : first.start])) is None:
        return None
    named = [one for one in mentions if start <= one.start < end and one.firm]
    return None if only_names(text[start:end], named, start) or names_alone(text[start:end], named, start) else first.firm


def speaks_to_all(text: str) -> bool:
    """Below a heading that names a firm: a sentence about the trade, or about every institution."""
    return is_trade(text) or (bool(cues.QUANTITY.match(text)) and is_generic(text))


def only_names(clause: str, mentions: list[Mention], start: int) -> bool:
    """Whether a clause only lists names and says nothing of them."""
    return cues.ONLY_NAMES.match(_around(clause, mentions, start)) is not None


def names_alone(clause: str, mentions: list[Mention], start: int) -> bool:
    """Whether a clause is nothing but names that are put one beside the other: 甲银行、乙银行，"""
    return cues.NAMES_ALONE.fullmatch(_around(clause, mentions, start)) is not None


def _around(clause: str, mentions: list[Mention], start: int) -> str:
    """What a clause holds beside names."""
    rest = clause
    for mention in reversed(mentions):
        rest = rest[: mention.start - start] + rest[mention.end - start :]
    return rest


def windows(spans: list[tuple[int, int]], actors: list[Actor | None]) -> Iterator[Attributed]:
    """For each firm its clauses, neighbours joined into one stretch; of their signs the plainest is shown."""
    runs: dict[str, list[Attributed]] = {}
    for (start, end), actor in zip(spans, actors, strict=True):
        for firm in actor.firms if actor is not None else ():
            found = Attributed(firm, start, end, actor.sign, actor.word, actor.mention)  # type: ignore[union-attr]
            stretches = runs.setdefault(firm, [])
            if stretches and stretches[-1].end == start:
                before = stretches[-1]
                plainer = before if _weight(before.sign) >= _weight(found.sign) else found
                stretches[-1] = Attributed(firm, before.start, end, plainer.sign, plainer.word, plainer.mention)
            else:
                stretches.append(found)
    yield from sorted((one for found in runs.values() for one in found), key=lambda one: (one.start, one.end))


def _weight(sign: Sign) -> int:
    return {"named": 6, "speaker": 5, "pronoun": 4, "person": 3, "product": 2, "carried": 1}.get(sign, 0)
