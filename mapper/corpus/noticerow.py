"""One row of a notice of penalties: what its labels announce, and the row as a single sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_ITEM = re.compile(
    r"(?:^|(?<=[\s；;。，,]))(?:\d{1,2}[.．、)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
)
LONGEST = 4000
"""Characters of a row at most; a longer one is divided into its sentences."""
_KNOWN = 0.6
"""Share of the heads that must be known."""


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


def told(block: Block, items: Sequence[Item], place: str) -> list[Block]:
    """A row as a block; as several where it numbers firms, and facts or decisions for each of them."""
    shown = [item for item in items if item.kind != "number" and (item.value.text or item.label)]
    split = {i: parts for i, item in enumerate(shown) if (parts := _items(item.value))}
    party = next((i for i, item in enumerate(shown) if item.kind == "party"), None)
    number = len(split.get(party, ())) if party is not None else 0
    each = [i for i, parts in split.items() if len(parts) == number and shown[i].kind in ("party", "facts", "sanction")]
    if number < 2 or len(each) < 2:
        return [one_row(block, _sentence(shown), place)]
    return [
        one_row(block, _sentence([replace(item, value=split[i][one]) if i in each else item for i, item in enumerate(shown)]), place)
        for one in range(number)
    ]


def _sentence(items: Sequence[Item]) -> TextMap:
    parts: list[TextMap | str] = []
    for item in items:
        if not item.value.text:
            continue
        name = "".join(item.label.text.split()).rstrip(":：") if item.label else ""
        parts += [f"{'；' if parts else ''}{name}{'：' if name else ''}", item.value]
    return said(parts)


def _items(words: TextMap) -> list[TextMap]:
    """The numbered items of a cell, without their numbers; none for a cell that is not numbered from its beginning."""
    marks = list(_ITEM.finditer(words.text))
    if len(marks) < 2 or marks[0].start() > 0:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    parts = [words[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    return [part[: len(part.text.rstrip("；;，,。 "))] for part in parts]


def one_row(block: Block, words: TextMap, place: str) -> Block:
    """Words of a block as one row at its own place; a single sentence unless it is too long."""
    return Block(words, "row", block.page, whole=True, place=place, single=len(words) <= LONGEST)
