"""A requirement by what a user calls it: its id, its clause, or its title."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from mapper.model import Policy, Requirement
from mapper.problems import InputError, Problem, near_names, nearest

PolicyRequirement = tuple[Policy, Requirement]
"""A requirement with the policy that it is of."""


def find_requirement(policies: Sequence[Policy], wanted: str) -> PolicyRequirement:
    """The requirement with this id; or the only one with this clause or title, alone or after the name of its policy.

    Raises InputError: with the nearest requirements where there is none, with all of them where there are several.
    """
    every = [(policy, requirement) for policy in policies for requirement in policy.requirements]
    word = _folded(wanted)
    found = (
        [pair for pair in every if pair[1].id == wanted.strip()]
        or [pair for pair in every if _folded(pair[1].id) == word]
        or [pair for pair in every if word in _names(*pair)]
    )
    if len(found) == 1:
        return found[0]
    if found:
        candidates = "; ".join(f"{one.id} 《{policy.short_title}》{one.title}" for policy, one in found)
        raise InputError([Problem("requirement-ambiguous", params={"wanted": wanted, "candidates": candidates})])
    near = "; ".join(near_requirements(policies, wanted))
    raise InputError([Problem("requirement-unknown", params={"id": wanted, **nearest(near)})])


def _names(policy: Policy, requirement: Requirement) -> Iterator[str]:
    for name in (requirement.clause, requirement.title, requirement.title_en):
        for before in ("", policy.id, policy.short_title, policy.title):
            yield _folded(before + name)


def _folded(name: str) -> str:
    """A name without what two people write differently: width, capitals, spaces, and the marks around a title."""
    return "".join(
        char for char in unicodedata.normalize("NFKC", name).lower() if not char.isspace() and char not in "《》"
    )


def near_requirements(policies: Sequence[Policy], wanted: str) -> list[str]:
    """Ids and titles of the requirements that come nearest to a name, best first; none where none is near."""
    named = {
        f"{one.id} {one.title}": (_folded(one.id), *_names(policy, one)) for policy in policies for one in policy.requirements
    }
    return near_names(_folded(wanted), named)
