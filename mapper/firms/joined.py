"""Firms that act together: which of the names in a clause stand beside its first as subjects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mapper.firms import cues
from mapper.firms.clauses import listing, strip_unit
from mapper.firms.mentions import Mention
from mapper.firms.roles import LEAD

_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"))


def joint_actors(
    text: str, start: int, end: int, candidates: Sequence[tuple[Mention, list[Mention]]], own: bool
) -> tuple[list[Mention], bool]:
    """The names that act beside the first of ``candidates`` (each with the names around it), and whether as its ally.

    ``own``: the document is a firm's own, where whoever is allied with it is none of its subjects.
    """
    head = candidates[0][0]
    beside: list[Mention] = []
    allied = False
    for other, near in candidates[1:]:
        between = text[head.end : other.start]
        if other.kind not in ("name", "product") or len(between) > LEAD:
            break
        if other.firm is not None and other.firm == head.firm:
            head = head if any(between.count(one) > between.count(end) for one, end in _PAIRS) else other
            continue
        if other.kind == "product" and not cues.AND.match(strip_unit(between, head)):
            break
        if not between and other.end - other.start <= 2:
            beside.append(other)
            head = other
            continue
        if between.strip("”“’‘") == "在" and (
            cues.SERVED.search(text[start : other.start]) or cues.SERVED.search(text[max(0, head.start - LEAD) : head.start])
        ):
            beside.append(other)
            break
        bare = strip_unit(between, head)
        if not own and cues.ALLIED.match(bare):
            allied = True
            beside.append(other)
            head = other
            continue
        if not (cues.AND.match(bare) or listing(between, near)):
            break
        if between.strip("、，, ") in ("与", "") and not ("、" in between or cues.JOINT.match(text[other.end : end + 12])):
            break
        beside.append(other)
        head = other
    return beside, allied


def with_counts(text: str, names: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where names of firms stand in a sentence, each with the words behind it that count them, or them and others:
    甲银行、乙银行两家银行, 甲银行等三家机构."""
    ordered = sorted(names)
    for number, (start, end) in enumerate(ordered):
        found = cues.COUNTED_AGAIN.match(text, end)
        among = number and cues.LIST_WORD.fullmatch(text[ordered[number - 1][1] : start])
        yield start, found.end() if found and (found["more"] or among) else end
