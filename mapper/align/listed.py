"""What is listed under words that say that faults follow: «经查，你行存在以下问题：», then 一、…, 二、… each in its own sentence.

An item tells what was found in a few words, which by themselves might be those of a deed; that it is a fault, the lead-in says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import normalize

from mapper.letters import numeral
from mapper.model import Passage
from mapper.rules import Rule, pattern, rules

_SHAPES = ("part", "item", "point", "bracketed-point")
"""How items may be numbered, by the rules of numbering."""
_APART = 4
"""An item begins at most so many paragraphs behind the one before it."""
_PIECE = re.compile(r"[；;。]")
ItemNumber = tuple[str, int]
"""How an item is numbered, and its number."""


def listed(passages: Sequence[Passage]) -> Mapping[int, str]:
    """The passages that stand in a list of faults, by their place among all, each with the words that lead in to it.

    Left out is what says itself that something was put right, what the firm says to it, and what customers or deceivers do.
    """
    found: dict[int, str] = {}
    for at, passage in enumerate(passages):
        end = None if at in found else _led(passage)
        items = list(_items(passages, at, passage.text[end:].strip())) if end is not None else []
        if items and not _of_others(passages[items[0]].text[end if items[0] == at else 0 :]):
            found |= dict.fromkeys(items, passage.text[:end])
    other = [pattern("adverse", "corrected"), pattern("adverse", "clear"), pattern("listed", "answered")]
    return {
        at: lead for at, lead in found.items()
        if not _of_others(passages[at].text) and not any(one.search(passages[at].text) for one in other)
    }


def _of_others(item: str) -> bool:
    """Whether an item tells of customers, or of those who deceive them."""
    return pattern("listed", "others").match(item.strip()) is not None


def _led(passage: Passage) -> int | None:
    """Where the words end that lead in to faults; None where no such words stand."""
    if passage.role != "heading" and "：" not in passage.text and ":" not in passage.text:
        return None
    rule = rules("listed")
    if passage.role == "heading":
        return len(passage.text) if rule["heading"].pattern.search(passage.text) else None
    lead = rule["lead-in"].pattern.search(passage.text)
    if lead is None or rule["no-lead-in"].pattern.search(passage.text, 0, lead.end()):
        return None
    return lead.end()


def _items(passages: Sequence[Passage], lead: int, rest: str) -> Iterator[int]:
    """The places of what is listed behind a lead-in, up to the next; its own sentence may hold the first of it."""
    own = _mark(passages[lead].text)
    last = next((mark for piece in reversed(_PIECE.split(rest)) if (mark := _mark(piece.strip()))), None)
    if rest:
        yield lead
        if last is None:
            return
    head = reach = lead
    for at in range(lead + 1, len(passages)):
        passage = passages[at]
        if _led(passage) == len(passage.text):
            return
        mark = _mark(passage.text)
        follows = mark is not None and last is not None and mark == (last[0], last[1] + 1)
        if passage.paragraph - passages[reach].paragraph > _APART or (not follows and _ends(passage, mark, own, head != lead)):
            return
        unnumbered = last is None and (head == lead or passages[at - 1].text.endswith(("；", ";")))
        if follows or unnumbered:
            yield from range(reach + 1, at + 1)
            head = reach = at
            last = mark or last
        elif at == reach + 1 and head != lead and _belongs(passages, head, at):
            yield at
            reach = at


def _ends(passage: Passage, mark: ItemNumber | None, own: ItemNumber | None, begun: bool) -> bool:
    """Whether a passage that is not the next item ends the list: a conclusion, what stands beside the lead-in, a heading."""
    beside = mark is not None and own is not None and mark[0] == own[0]
    return beside or (begun and passage.role == "heading") or pattern("listed", "conclusion").search(passage.text) is not None


def _belongs(passages: Sequence[Passage], head: int, at: int) -> bool:
    """Whether a sentence goes on with an item: in the paragraph that this begins, or below the heading that it is."""
    item = passages[head]
    return item.role == "heading" or (item.paragraph == passages[at].paragraph != passages[head - 1].paragraph)


def _mark(text: str) -> ItemNumber | None:
    """How a text is numbered at its beginning."""
    shapes: list[Rule] = [*(rules("numbering")[one] for one in _SHAPES), rules("listed")["counted"]]
    for rule in shapes:
        if match := rule.pattern.match(text):
            number = numeral(match.groupdict().get("n") or normalize("NFKC", match.group()).strip("() ﹙﹚"))
            return (rule.id, number) if number else None
    return None
