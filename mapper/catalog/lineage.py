"""What policies say of older ones: which they replace or amend, and which requirement was made from which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from mapper.model import Policy
from mapper.problems import Problem

FilePlaces = Mapping[str, tuple[str, int]]
"""For each id, the file in which it stands and the line."""


def lineage_problems(policies: Sequence[Policy], places: FilePlaces) -> Iterator[Problem]:
    """A policy that is its own elder; a requirement that was made from one of a policy that its own does not continue.

    Older policies may be absent: then nothing is said about them.
    """
    owner = {one.id: policy.id for policy in policies for one in policy.requirements}
    for policy in policies:
        elders = {*policy.replaces, *policy.amends}
        if policy.id in elders or any(policy.id in (*other.replaces, *other.amends) for other in policies if other.id in elders):
            yield _problem("policy-own-elder", places, policy.id, id=policy.id)
        for requirement in policy.requirements:
            for old in requirement.was:
                if owner.get(old, next(iter(elders), "")) not in elders:
                    yield _problem("requirement-was", places, requirement.id, id=requirement.id, was=old)
        for old in policy.repeals:
            if owner.get(old) not in (None, *policy.amends):
                yield _problem("requirement-was", places, policy.id, id=policy.id, was=old)


def told_apart(policies: Sequence[Policy]) -> list[Policy]:
    """The policies with names of their own: of versions that share a short title each is called by its year, or its number,
    or its id as well.
    """
    shared = {title for title, times in Counter(one.short_title for one in policies).items() if times > 1}
    made = []
    for policy in policies:
        if policy.short_title in shared:
            mates = [one for one in policies if one.short_title == policy.short_title]
            ways = ([one.issued[:4] for one in mates], [one.number for one in mates], [one.id for one in mates])
            names = next((names for names in ways if all(names) and len({*names}) == len(names)), ways[-1])
            name = dict(zip(ways[-1], names, strict=True))[policy.id]
            policy = policy.model_copy(update={"short_title": f"（{name}）{policy.short_title}"})
        made.append(policy)
    return made


def _problem(code: str, places: FilePlaces, at: str, **params: str) -> Problem:
    path, line = places.get(at, ("", None))
    return Problem(code, path, line, params=params)
