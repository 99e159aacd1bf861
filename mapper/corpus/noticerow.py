"""One row of a notice of penalties: what its labels announce, and the row as a single sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from mapper.corpus.cells import said
from mapper.corpus.reading import Block
from mapper.corpus.textmap import TextMap
from mapper.rules import rules

Label = Literal["number", "party", "facts", "sanction", "beside"]
_LABELS: tuple[Label, ...] = ("number", "party", "facts", "sanction", "beside")
LABEL_LENGTH = 24
_BRACKET = re.compile(r"[（(][^（()）]{1,14}[)）]$")
ITEM = re.compile(
    r"(?:^|(?<=[\s；;。，,]))(?:\d{1,2}[.．、)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
)
"""The number of an item of a cell, at its beginning or behind a stop."""
_WORD = re.compile(r"[^\W\d_]")
LONGEST = 4000
"""Characters of a row at most; a longer one is divided into its sentences."""
_KNOWN = 0.6
"""Share of the heads that must be known."""
Span = tuple[int, int]


@dataclass(frozen=True)
class Item:
    """A value with its label, if it has one."""

    label: TextMap | None
    kind: Label | None
    value: TextMap


@cache
def label(text: str) -> Label | None:
    """What a head of a column or a word before a colon announces."""
    if len(text) > 2 * LABEL_LENGTH:
        return None
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


def is_notice(kinds: Sequence[Label | None]) -> bool:
    """Whether labels of these kinds say who, and what for or what was decided."""
    return "party" in kinds and ("facts" in kinds or "sanction" in kinds)


def blames(labels: Iterable[str]) -> bool:
    """Whether these labels speak of a penalty: what happened to whoever is named is then what that one did wrong."""
    return any(rules("notices")["penalty"].pattern.search(one) for one in labels)


def told(block: Block, items: Sequence[Item], place: str) -> list[Block]:
    """A row as a block; as several where it numbers firms, and facts or decisions for each of them."""
    shown = [item for item in items if item.kind != "number" and (item.value.text or item.label)]
    split = {i: parts for i, item in enumerate(shown) if (parts := _items(item.value))}
    party = next((i for i, item in enumerate(shown) if item.kind == "party"), None)
    number = len(split.get(party, ())) if party is not None else 0
    each = [i for i, parts in split.items() if len(parts) == number and shown[i].kind in ("party", "facts", "sanction")]
    if number < 2 or len(each) < 2:
        return [_told(block, shown, place)]
    return [
        _told(block, [replace(item, value=split[i][one]) if i in each else item for i, item in enumerate(shown)], place)
        for one in range(number)
    ]


def _told(block: Block, items: Sequence[Item], place: str) -> Block:
    """A row as a single sentence that knows where its facts stand."""
    parts: list[TextMap | str] = []
    facts: list[Span] = []
    labels = [item.label.text for item in items if item.label]
    against = not labels or blames(labels)
    length = 0
    for item in items:
        if not item.value.text:
            continue
        name = "".join(item.label.text.split()).rstrip(":：") if item.label else ""
        lead = f"{'；' if parts else ''}{name}{'：' if name else ''}"
        parts += [lead, item.value]
        start = length + len(lead)
        length = start + len(item.value)
        if against and item.kind == "facts" and _WORD.search(item.value.text):
            facts.append((start, length))
    return one_row(block, said(parts), place, facts)


def _items(words: TextMap) -> list[TextMap]:
    """The numbered items of a cell, without their numbers; none for a cell that is not numbered from its beginning."""
    marks = list(ITEM.finditer(words.text))
    if len(marks) < 2 or marks[0].start() > 0:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    parts = [words[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    return [part[: len(part.text.rstrip("；;，,。 "))] for part in parts]


def one_row(block: Block, words: TextMap, place: str, facts: Sequence[Span] = ()) -> Block:
    """Words of a block as one row at its own place, with the cells of its facts; a single sentence unless it is too long."""
    whole = (facts[0][0], facts[-1][1]) if facts else None
    return Block(words, "row", block.page, whole=True, place=place, single=len(words) <= LONGEST, facts=whole)
