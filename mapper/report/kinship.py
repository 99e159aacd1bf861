"""What requirements are to each other: older and newer versions, what is repealed, what corresponds, and common themes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mapper.fingerprint import asked
from mapper.model import Policy, Relation, Requirement

KinshipKind = Literal["kept", "reworded", "split", "merged"]
"""What became of an older requirement in a newer one."""
Standing = Literal["in-force", "replaced", "repealed"]
"""Whether a requirement is still law."""
_TURNED: dict[Relation, Relation] = {
    "equal": "equal", "subset": "superset", "superset": "subset", "intersects": "intersects"
}


@dataclass(frozen=True, slots=True)
class Link:
    """Another requirement, and what the one that bears the link is to it."""

    other: str
    relation: Relation
    why: str


@dataclass(frozen=True, slots=True)
class Kin:
    """A requirement among the others. ``older`` and ``newer`` are ids with what became of the older."""

    standing: Standing = "in-force"
    older: tuple[tuple[str, KinshipKind], ...] = ()
    newer: tuple[tuple[str, KinshipKind], ...] = ()
    links: tuple[Link, ...] = ()


def kinship(policies: Sequence[Policy]) -> dict[str, Kin]:
    """The kin of every requirement by its id. Versions and correspondences of absent policies are passed over."""
    every = {one.id: one for policy in policies for one in policy.requirements}
    newer: defaultdict[str, list[str]] = defaultdict(list)
    for one in every.values():
        for old in one.was:
            if old in every:
                newer[old].append(one.id)
    replaced = {id for policy in policies for id in policy.replaces}
    repealed = {id for policy in policies for id in policy.repeals}
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for told in (one for policy in policies for one in policy.crosswalk):
        if told.source in every and told.target in every:
            links[told.source].append(Link(told.target, told.relation, told.why))
            links[told.target].append(Link(told.source, _TURNED[told.relation], told.why))

    def change(old: Requirement, new: Requirement) -> KinshipKind:
        if len([id for id in new.was if id in every]) > 1:
            return "merged"
        if len(newer[old.id]) > 1:
            return "split"
        same = asked(old.obligation, old.text) == asked(new.obligation, new.text)
        return "kept" if same else "reworded"

    def standing(one: Requirement) -> Standing:
        if newer[one.id]:
            return "replaced"
        return "repealed" if one.id in repealed or one.policy in replaced else "in-force"

    return {
        one.id: Kin(
            standing(one),
            tuple((old, change(every[old], one)) for old in one.was if old in every),
            tuple((new, change(one, every[new])) for new in newer[one.id]),
            tuple(links[one.id]),
        )
        for one in every.values()
    }


def by_theme(requirements: Sequence[Requirement], kin: Mapping[str, Kin]) -> list[tuple[str, list[int]]]:
    """Positions of the requirements by theme, themes as they first occur; equals stand together, under one theme.

    A requirement stands under its first theme; one without any under the empty theme, at the end.
    """
    at = {one.id: number for number, one in enumerate(requirements)}
    leader = list(range(len(requirements)))

    def leads(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    for one in requirements:
        for link in kin[one.id].links if one.id in kin else ():
            if link.relation == "equal" and link.other in at:
                first, second = sorted((leads(at[one.id]), leads(at[link.other])))
                leader[second] = first
    groups: dict[str, list[int]] = {}
    for number in sorted(range(len(requirements)), key=lambda number: (leads(number), number)):
        themes = requirements[leads(number)].themes or requirements[number].themes
        groups.setdefault(themes[0] if themes else "", []).append(number)
    return [*((theme, rows) for theme, rows in groups.items() if theme), *((t, rows) for t, rows in groups.items() if not t)]
