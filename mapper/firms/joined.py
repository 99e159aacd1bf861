"""Firms that act together: which of the names in a clause act at all, and which stand beside the first that does."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.firms import cues
from mapper.firms.clauses import Actor, listing, strip_unit
from mapper.firms.mentions import Mention
from mapper.firms.roles import LEAD, among_partners, passed_over

_AROUND = 8
"""Names on either side of a name that tell its role."""
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"))


def in_roles(text: str, start: int, inside: Sequence[Mention], current: Actor | None) -> list[tuple[Mention, list[Mention]]]:
    """The mentions of a clause from ``start`` that stand in a role that acts, each with those around it.

    A list of names has one role, and what stands before it says which: 先后被甲银行、乙银行拒绝.
    """
    found: list[tuple[Mention, list[Mention]]] = []
    heads = _heads(text, inside)
    over: list[bool] = []
    for at, one in enumerate(inside):
        first, last = max(0, at - _AROUND), at + _AROUND + 1
        around = list(inside[first:last])
        apart = around
        if heads[at] == at and not (heads[at + 1 : at + 2] == [at] and among_partners(text, start, inside[at + 1], around)):
            apart = [m for number, m in enumerate(around, first) if number == at or heads[number] != at]
        passed = over[heads[at]] if heads[at] < at else False
        over.append(passed or passed_over(text, start, one, apart, current))
        if not over[at]:
            found.append((one, around))
    return found


def _heads(text: str, inside: Sequence[Mention]) -> list[int]:
    """By mention, the place of the first of the list of names that it stands in; its own where it stands in none."""
    found: list[int] = []
    for at, one in enumerate(inside):
        last = inside[at - 1] if at else None
        between = strip_unit(text[last.end : one.start], last) if last is not None and last.kind == one.kind == "name" else ""
        found.append(found[-1] if cues.AND.match(between) else at)
    return found


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
