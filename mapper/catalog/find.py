"""A requirement by what a user calls it: its id, its clause, or its title."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from mapper.model import Policy, Requirement
from mapper.problems import InputError, Problem, nearest

Found = tuple[Policy, Requirement]
_NEAR = 60.0
"""rapidfuzz WRatio (0–100) from which a name is worth proposing."""
_MOST = 3


def find_requirement(policies: Sequence[Policy], wanted: str) -> Found:
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
    every = [(policy, one) for policy in policies for one in policy.requirements]
    return [f"{one.id} {one.title}" for _, one in _nearest(every, _folded(wanted))]


def _nearest(every: Sequence[Found], word: str) -> list[Found]:
    from rapidfuzz.fuzz import WRatio

    def likeness(pair: Found) -> float:
        return max(WRatio(word, name) for name in (_folded(pair[1].id), *_names(*pair)))

    ranked = sorted(((likeness(pair), -number) for number, pair in enumerate(every)), reverse=True)[:_MOST]
    return [every[-number] for like, number in ranked if like >= _NEAR]
