"""One row of a notice of penalties: what its labels announce, and the row as a single sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from mapper.corpus.cells import said
from mapper.corpus.reading import Block
from mapper.corpus.textmap import TextMap
from mapper.letters import Span
from mapper.rules import pattern, rules

NoticeLabel = Literal["number", "party", "facts", "sanction", "beside"]
"""What a label in a notice of a penalty announces."""
_LABELS: tuple[NoticeLabel, ...] = ("number", "party", "facts", "sanction", "beside")
LABEL_LENGTH = 24
_BRACKET = re.compile(r"[（(][^（()）]{1,14}[)）]$")
ITEM = re.compile(
    r"(?:^|(?<=[\s；;。，,]))(?:\d{1,2}[.．、)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
)
"""The number of an item of a cell, at its beginning or behind a stop."""
_STOPS, _MARKS = "。；;", "；;，,。 "
"""What ends a value, so that no mark of ours is needed behind it; and what ends an item of a list."""
_WORD = re.compile(r"[^\W\d_]")
LONGEST = 4000
"""Characters of a row at most; a longer one is divided into its sentences."""
_KNOWN = 0.6
"""Share of the heads that must be known."""


@dataclass(frozen=True)
class Item:
    """A value with its label, if it has one."""

    label: TextMap | None
    kind: NoticeLabel | None
    value: TextMap


def label(text: str) -> NoticeLabel | None:
    """What a head of a column or a word before a colon announces."""
    return _label(text) if len(text) <= 2 * LABEL_LENGTH else None


@lru_cache(maxsize=4096)
def _label(text: str) -> NoticeLabel | None:
    words = "".join(text.split()).rstrip(":：*")
    if not 1 < len(words) <= LABEL_LENGTH:
        return None
    for one in (words, _BRACKET.sub("", words)):
        for kind in _LABELS:
            if rules("notices")[kind].pattern.search(one):
                return kind
    return None


def announces(heads: Sequence[str]) -> bool:
    """Whether these are the heads of a table of penalties: who, and what for or what was decided."""
    kinds = [label(head) for head in heads]
    return is_notice(kinds) and sum(kind is not None for kind in kinds) >= _KNOWN * len(kinds)


def is_notice(kinds: Sequence[NoticeLabel | None]) -> bool:
    """Whether labels of these kinds say who, and what for or what was decided."""
    return "party" in kinds and ("facts" in kinds or "sanction" in kinds)


def blames(labels: Iterable[str]) -> bool:
    """Whether these labels speak of a penalty: what happened to whoever is named is then what that one did wrong."""
    return any(pattern("notices", "penalty").search(one) for one in labels)


def notice_blocks(block: Block, items: Sequence[Item], place: str) -> list[Block]:
    """A row as a block; as several where it numbers firms, and facts or decisions for each of them, or facts in lines of their own."""
    shown = [item for item in items if item.kind != "number" and (item.value.text or item.label)]
    split = {i: parts for i, item in enumerate(shown) if (parts := _items(item.value))}
    party = next((i for i, item in enumerate(shown) if item.kind == "party"), None)
    number = len(split.get(party, ())) if party is not None else 0
    each = [i for i, parts in split.items() if len(parts) == number and shown[i].kind in ("party", "facts", "sanction")]
    if number < 2 or len(each) < 2:
        listed = _listed(shown)
        return _apart(block, shown, listed, place) if listed else [_told(block, shown, place)]
    return [
        _told(block, [replace(item, value=split[i][one]) if i in each else item for i, item in enumerate(shown)], place)
        for one in range(number)
    ]


def _listed(items: Sequence[Item]) -> range | None:
    """Which items are the facts of a firm, each a numbered line of its own; None where there are not several behind a firm."""
    facts = [i for i, item in enumerate(items) if item.kind == "facts" and item.value.text]
    run = range(facts[0], facts[-1] + 1) if len(facts) > 1 else range(0)
    numbered = len(run) == len(facts) > 1 and all((mark := ITEM.match(items[i].value.text)) and mark.end() for i in run)
    return run if numbered and any(item.kind == "party" and item.value.text for item in items[: run.start]) else None


def _apart(block: Block, items: Sequence[Item], listed: range, place: str) -> list[Block]:
    """What stands before the facts of a firm, each of them with its firm, and what was decided.

    The words that say of whom are ours in all but the first, so that each row is cited where it stands.
    """
    before, after = items[: listed.start], items[listed.stop :]
    firm = "；".join(f"{_name(item)}{item.value.text}" for item in before if item.kind == "party" and item.value.text)
    head = next((item for item in reversed(items[: listed.start + 1]) if item.kind == "facts" and item.label), None)
    lead = f"{firm}；{_name(head) if head else ''}"
    against = blames(item.label.text for item in items if item.label)
    found = [_told(block, [item for item in before if item.kind != "facts"], place)]
    for number, i in enumerate(listed, 1):
        fact = _bare(items[i].value)
        span = [(len(lead), len(lead) + len(fact))] if against else []
        found.append(one_row(block, said([lead, fact]), f"{place} fact {number}", span))
    return [*found, _told(block, after, place, firm)] if any(item.value.text for item in after) else found


def _told(block: Block, items: Sequence[Item], place: str, firm: str = "") -> Block:
    """A row as a single sentence that knows where its facts stand; ``firm``: words before it that say of whom it is."""
    parts: list[TextMap | str] = [firm] if firm else []
    facts: list[Span] = []
    labels = [item.label.text for item in items if item.label]
    against = not labels or blames(labels)
    length = len(firm)
    before = firm
    for item in items:
        if not item.value.text:
            continue
        lead = f"{'；' if before and before[-1] not in _STOPS else ''}{_name(item)}"
        parts += [lead, item.value]
        start = length + len(lead)
        length = start + len(item.value)
        before = item.value.text
        if against and item.kind == "facts" and _WORD.search(item.value.text):
            facts.append((start, length))
    return one_row(block, said(parts), place, facts)


def _name(item: Item) -> str:
    """The label of a value as it is told."""
    name = "".join(item.label.text.split()).rstrip(":：") if item.label else ""
    return f"{name}：" if name else ""


def _bare(words: TextMap) -> TextMap:
    """An item of a list without its number and the marks behind it."""
    mark = ITEM.match(words.text)
    part = words[mark.end() if mark else 0 :].strip()
    return part[: len(part.text.rstrip(_MARKS))]


def _items(words: TextMap) -> list[TextMap]:
    """The numbered items of a cell, without their numbers; none for a cell that is not numbered from its beginning."""
    marks = list(ITEM.finditer(words.text))
    if len(marks) < 2 or marks[0].start() > 0:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    parts = [words[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    return [part[: len(part.text.rstrip(_MARKS))] for part in parts]


def one_row(block: Block, words: TextMap, place: str, facts: Sequence[Span] = ()) -> Block:
    """Words of a block as one row at its own place, with the cells of its facts; a single sentence unless it is too long."""
    whole = (facts[0][0], facts[-1][1]) if facts else None
    return Block(words, "row", block.page, whole=True, place=place, single=len(words) <= LONGEST, facts=whole)
