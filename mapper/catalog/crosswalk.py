"""``crosswalk.yaml`` beside the policies: which requirements of two policies ask the same, a part, more, or overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from mapper.model import Correspondence, InputFile, Policy
from mapper.problems import Problem
from mapper.yamlmarks import load, validate

CROSSWALK = "crosswalk.yaml"


def read_crosswalk(
    folder: Path, policies: Sequence[Policy]
) -> tuple[tuple[Correspondence, ...], tuple[InputFile, ...], list[Problem]]:
    """The correspondences of a folder in the order of the file; what was read; what is wrong, with its line.

    What names a requirement of a policy that is not here is passed over, and named where the policy is here.
    """
    path = folder / CROSSWALK
    if not path.exists():
        return (), (), []
    marked, problems = load(path, str(path))
    if marked is None:
        return (), (), problems
    listed = marked.data.get("crosswalk") if isinstance(marked.data, dict) else None
    if not isinstance(listed, list):
        return (), (), [*problems, Problem("crosswalk-shape", str(path), marked.line("crosswalk"))]
    owner = {one.id: policy.id for policy in policies for one in policy.requirements}
    found: dict[frozenset[str], Correspondence] = {}
    for number, entry in enumerate(listed):
        at = ("crosswalk", number)
        one, wrong = validate(Correspondence, entry, marked, at, "crosswalk")
        problems += wrong
        if one is None:
            continue
        pair = frozenset((one.source, one.target))
        line = marked.line(*at)
        gone = [id for id in (one.source, one.target) if id not in owner]
        if gone:
            if any(_is_of(id, policies) for id in gone):
                problems.append(Problem("crosswalk-unknown", str(path), line, params={"id": gone[0]}))
        elif owner[one.source] == owner[one.target]:
            params = {"source": one.source, "target": one.target}
            problems.append(Problem("crosswalk-one-policy", str(path), line, params=params))
        elif pair in found:
            params = {"source": one.source, "target": one.target}
            problems.append(Problem("crosswalk-twice", str(path), line, params=params))
        else:
            found[pair] = one
    return tuple(found.values()), (InputFile.of("policy", CROSSWALK, path.read_bytes()),), problems


def with_crosswalk(policies: Sequence[Policy], crosswalk: Iterable[Correspondence]) -> tuple[Policy, ...]:
    """The policies, each with what its requirements are to those of others."""
    listed = list(crosswalk)
    own = {policy.id: {one.id for one in policy.requirements} for policy in policies}
    return tuple(
        policy.model_copy(update={"crosswalk": told})
        if (told := tuple(one for one in listed if one.source in own[policy.id]))
        else policy
        for policy in policies
    )


def _is_of(requirement: str, policies: Iterable[Policy]) -> bool:
    """Whether an id looks like one of a policy that is here, so that it is more likely mistyped than absent."""
    return any(requirement.startswith(f"{policy.id}-") for policy in policies)
