"""What is decided against a person is no act of the firm where he works; what he answers for may be told nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from mapper.firms.clauses import Attributed, clauses
from mapper.firms.mentions import Mention
from mapper.letters import Span
from mapper.model import DocumentText
from mapper.rules import pattern, rules

_ALIKE = 0.7
"""A fact of which so many pairs of letters stand in what is told of the firm itself is told there."""
_CELLS = re.compile(r"；|;|\s\|\s|｜|\t|(?<=[^\d\s]),(?=[^\d\s])|(?<=\d),(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]),(?=\d)")
_LABEL = re.compile(r"\s*(?P<label>[^：:，,。；;（(]{2,14}(?:[（(][^（()）]{1,14}[）)])?)[：:]\s*")
_FIRM = "\0"
"""Stands for the name of a firm where facts are compared."""


_rule = partial(pattern, "persons")


@dataclass(frozen=True)
class _RecordCell:
    """A cell of a record: where it stands, what its label announces, and its words without the label."""

    span: Span
    kind: str | None
    words: str


@dataclass(frozen=True)
class _PersonSpans:
    """What a passage says of persons: those spans are nobody's but for the facts, each with its words."""

    spans: tuple[Span, ...]
    facts: tuple[tuple[Span, str], ...] = ()


class Persons:
    """The sentences and records of a document that tell what was decided against persons."""

    def __init__(self, document: DocumentText, mentions: Sequence[tuple[Mention, ...]], own: bool) -> None:
        self._said: dict[int, _PersonSpans] = {}
        self._rest: list[tuple[set[str], str]] = []
        passages = document.passages
        if not any(_rule("hint").search(one.text) for one in passages):
            return
        below = False
        for number, (passage, named) in enumerate(zip(passages, mentions, strict=True)):
            if passage.role != "body":
                below = _rule("plainly").match(passage.text.strip()) is not None
                continue
            said = _record(passage.text, named, below) or (None if own else _sentence(passage.text, named))
            if said is not None:
                self._said[number] = said
        for number, (passage, named) in enumerate(zip(passages, mentions, strict=True)) if self._said else ():
            cut = self._said.get(number)
            firms = {one.firm for one in named if one.firm}
            self._rest.append((firms, _without(passage.text, cut.spans if cut else ())))

    def without(self, number: int, told: tuple[Attributed, ...]) -> tuple[Attributed, ...]:
        """The stretches of a passage without what is decided against a person, and without facts told of the firm elsewhere."""
        said = self._said.get(number)
        if said is None or not told:
            return told
        kept: list[Attributed] = []
        for one in told:
            facts = [span for span, words in said.facts if not self._tells(one.firm, words)]
            whole = (one.start, one.end)
            left = _left(whole, said.spans, facts)
            kept += [replace(one, start=span[0], end=span[1], cut=one.cut or span != whole) for span in left]
        return tuple(kept)

    def _tells(self, firm: str, fact: str) -> bool:
        """Whether the document tells this fact of the firm itself."""
        pairs = {fact[at : at + 2] for at in range(len(fact) - 1)}
        if not pairs:
            return True
        return any(
            sum(pair in text for pair in pairs) >= _ALIKE * len(pairs)
            for firms, text in self._rest
            if firm in firms or not firms
        )


def posts(text: str, names: Sequence[Span]) -> Iterator[Span]:
    """The departments and posts of those on whom a sentence decides something, outside the names in it."""
    if not (_rule("sentenced").search(text) or _rule("answers").search(text)):
        return
    for match in (*_rule("post").finditer(text), *_rule("bare-post").finditer(text)):
        start = max([match.start(), *(end for first, end in names if first < match.end())])
        if start < match.end():
            yield start, match.end()


def _record(text: str, mentions: Sequence[Mention], below: bool) -> _PersonSpans | None:
    """A record of which a person is the party, as a row of a table or below a heading that names the person."""
    if not (below or "；" in text or "：" in text or "|" in text or "," in text):
        return None
    cells = list(_cells(text))
    if not (below or _on_person(cells, mentions)):
        return None
    facts = [(one.span, _core(text, one.span, mentions)) for one in cells if _tells_fact(one, cells)]
    return _PersonSpans(((0, len(text)),), tuple((span, core) for span, core in facts if core))


def _cells(text: str) -> Iterator[_RecordCell]:
    start = 0
    kinds = rules("notices")
    for end, behind in [*(match.span() for match in _CELLS.finditer(text)), (len(text), len(text))]:
        words = text[start:end]
        label = _LABEL.match(words)
        kind = None
        if label is not None:
            named = "".join(label["label"].split())
            kind = next((id for id in ("party", "facts", "sanction", "beside") if kinds[id].pattern.search(named)), None)
        bare = words[label.end() :] if label is not None and kind else words
        yield _RecordCell((start, behind), kind, bare.strip(" 。"))
        start = behind


def _on_person(cells: Sequence[_RecordCell], mentions: Sequence[Mention]) -> bool:
    """Whether the party of a record is a person: by its label, or as the first cell that names anybody."""
    parties = [one for one in cells if one.kind == "party" and not _rule("no-fact").search(one.words)]
    if parties:
        return all(_rule("name").match(one.words) and not _names_firm(one, mentions) for one in parties)
    if not any(_rule("answers").search(one.words) or _rule("hint").search(one.words) for one in cells):
        return False
    for one in cells:
        if one.kind is None and _rule("plainly").match(one.words):
            return True
        if _names_firm(one, mentions):
            return False
    return False


def _names_firm(cell: _RecordCell, mentions: Sequence[Mention]) -> bool:
    """Whether a cell begins with a firm's name."""
    return any(one.firm and one.kind == "name" and cell.words.startswith(one.word) for one in mentions if _within(one, cell.span))


def _within(one: Mention, span: Span) -> bool:
    return span[0] <= one.start < span[1]


def _tells_fact(cell: _RecordCell, cells: Sequence[_RecordCell]) -> bool:
    if cell.kind is not None:
        return cell.kind == "facts"
    labelled = [one for one in cells[: cells.index(cell)] if one.kind is not None]
    if labelled and labelled[-1].kind != "facts":
        return False
    return not (_rule("no-fact").search(cell.words) or _rule("plainly").match(cell.words))


def _sentence(text: str, mentions: Sequence[Mention]) -> _PersonSpans | None:
    """The clauses of a sentence that tell of persons: what is decided against them, and what they do for themselves."""
    if not _rule("hint").search(text):
        return None
    spans: list[Span] = []
    facts: list[tuple[Span, str]] = []
    trades = False
    for span in _pieces(text):
        piece = text[slice(*span)]
        on = _rule("punished").match(piece)
        if on is not None and not _of_firm(on, span[0], mentions):
            spans.append(span)
            core = _core(text, span, mentions)
            if core:
                facts.append((span, core))
        elif _rule("trades").match(piece):
            spans.append(span)
            trades = True
        elif (spans and spans[-1][1] == span[0] and not any(_within(m, span) for m in mentions)
              and (trades or _rule("goes-on").match(piece))):
            spans.append(span)
    return _PersonSpans(tuple(spans), tuple(facts)) if spans else None


def _pieces(text: str) -> Iterator[Span]:
    """The clauses of a text, parted as well where what is decided against the next one follows a space."""
    for start, end in clauses(text):
        first = start
        for match in _rule("next").finditer(text[first:end]):
            yield start, first + match.end()
            start = first + match.end()
        yield start, end


def _of_firm(on: re.Match[str], start: int, mentions: Sequence[Mention]) -> bool:
    """Whether it is a firm that punishes its own man, or a firm's short name that stands where a person's might."""
    spans = [on.span(group) for group in ("by", "name")]
    return any(start + first <= one.start < start + last for one in mentions for first, last in spans if first >= 0)


def _core(text: str, span: Span, mentions: Sequence[Mention]) -> str:
    """The fact that words on a person tell, without the firm's name; empty where they tell none."""
    words = text[slice(*span)]
    for one in sorted((one for one in mentions if _within(one, span)), key=lambda one: -one.start):
        length = max(len(one.unit or ""), len(one.word))
        at = one.start - span[0]
        words = words[:at] + _FIRM + words[at + length :]
    label = _LABEL.match(words)
    found = _rule("fact").search(words)
    fact = next((group for group in found.groups() if group), "") if found else ""
    if found is None and not _rule("punished").match(words):
        fact = words[label.end() :] if label is not None else words
    if _rule("refers").search(fact):
        return ""
    return _rule("filler").sub("", fact)


def _without(text: str, spans: Sequence[Span]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}\n{text[end:]}"
    return re.sub(r"[^\w\n]", "", text)


def _left(whole: Span, spans: Sequence[Span], kept: Sequence[Span]) -> Iterator[Span]:
    """What is left of a stretch without some spans, but for what is kept of these."""
    at, last = whole
    holes = [hole for span in spans for hole in _holes(span, kept)]
    for start, end in [*sorted(holes), (last, last)]:
        if min(start, last) > at:
            yield at, min(start, last)
        at = max(at, end)


def _holes(span: Span, kept: Sequence[Span]) -> Iterator[Span]:
    at = span[0]
    for start, end in sorted(kept):
        if span[0] <= start < span[1]:
            if start > at:
                yield at, start
            at = end
    if at < span[1]:
        yield at, span[1]
