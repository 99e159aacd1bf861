"""An old policy and a new one → which requirement became which: kept, reworded, split, merged, new, gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mapper.drafting.likeness import SHORT, RarityWeights, cosine_table, letter_runs
from mapper.fingerprint import asked
from mapper.model import Obligation

StepKind = Literal["kept", "reworded", "split", "merged", "new", "gone"]
"""What a step did with the requirements of the old policy, or that it made a new one."""
NEAR = 0.17
"""Likeness (0–1) from which two requirements may be one that was reworded."""
FAINT = 0.08
"""Likeness from which two that stand between the same neighbours may be one that was worded quite anew."""
PART = 0.17
"""Likeness from which a requirement that nothing else pairs with may be a part of another."""
_PLACE = 0.10
"""How much standing at the same place in both texts counts beside likeness."""


@dataclass(frozen=True)
class PairingSide:
    """A requirement as it is paired: what it asks (a restatement, else the official wording) and its title."""

    id: str
    clause: str
    title: str
    text: str
    obligation: Obligation


@dataclass(frozen=True)
class Step:
    """One step from the old policy to the new. ``likeness`` is that of the least alike of its pairs (0–1)."""

    change: StepKind
    old: tuple[str, ...]
    new: tuple[str, ...]
    likeness: float = 0.0


def pair(
    old: Sequence[PairingSide], new: Sequence[PairingSide], known: Mapping[str, Sequence[str]] | None = None
) -> tuple[Step, ...]:
    """Pair two versions by what they ask; in the order of the new policy, what is gone at the end.

    ``known`` says of new requirements from which old ones they were made, by an author's own word: it is not doubted.
    """
    known = known or {}
    alike = _likeness(old, new)
    was: dict[int, list[int]] = {}
    at = {one.id: number for number, one in enumerate(old)}
    for number, one in enumerate(new):
        if one.id in known:
            was[number] = [at[id] for id in known[one.id] if id in at]
    settled = set(was)
    _best_first(alike, was, taken={number for numbers in was.values() for number in numbers})
    _between(alike, was)
    _left_over(old, new, alike, was, settled)
    return tuple(_steps(old, new, alike, was))


def _likeness(old: Sequence[PairingSide], new: Sequence[PairingSide]) -> list[list[float]]:
    """How alike each new requirement is to each old one (0–1), as rows of the new."""
    texts = {id(one): letter_runs(f"{one.title}。{one.text}", SHORT) for one in (*old, *new)}
    weights = RarityWeights(texts.values())
    return cosine_table([weights.vector(texts[id(one)]) for one in new], [weights.vector(texts[id(one)]) for one in old])


def _best_first(alike: list[list[float]], was: dict[int, list[int]], taken: set[int]) -> None:
    """Pair the likest first, each once; at equal likeness, those that stand at the same place of their texts."""
    pairs = []
    for number, row in enumerate(alike):
        for other, like in enumerate(row):
            if like >= NEAR:
                apart = abs(number / len(alike) - other / len(row))
                pairs.append((-(like + _PLACE * (1 - apart)), number, other))
    for _, number, other in sorted(pairs):
        if number not in was and other not in taken:
            was[number] = [other]
            taken.add(other)


def _between(alike: list[list[float]], was: dict[int, list[int]]) -> None:
    """Pair what is left between two neighbours that are paired already, where each is the likest left to the other."""
    free = set(range(len(alike[0]) if alike else 0)) - {other for others in was.values() for other in others}
    left = [number for number in range(len(alike)) if number not in was]
    gaps = {number: free & _gap(number, was, len(alike[number])) for number in left}
    found = {}
    for number in left:
        other = max(gaps[number], key=lambda other: (alike[number][other], -other), default=None)
        if other is not None and alike[number][other] >= FAINT:
            likest = max((one for one in left if other in gaps[one]), key=lambda one: (alike[one][other], -one))
            if likest == number:
                found[number] = [other]
    was |= found


def _gap(number: int, was: Mapping[int, Sequence[int]], olds: int) -> set[int]:
    """The old places between those from which the nearest paired neighbours came."""
    before = next((was[one][-1] for one in range(number - 1, -1, -1) if was.get(one)), -1)
    after = next((was[one][0] for one in range(number + 1, max(was, default=0) + 1) if was.get(one)), olds)
    return set(range(before + 1, after))


def _left_over(
    old: Sequence[PairingSide], new: Sequence[PairingSide], alike: list[list[float]], was: dict[int, list[int]], settled: set[int]
) -> None:
    """What has no partner: a new requirement may be the other part of a split, an old one a part of a merger."""
    of_old: defaultdict[int, list[int]] = defaultdict(list)
    for number, others in was.items():
        for other in others:
            of_old[other].append(number)
    for number in range(len(new)):
        if number in was:
            continue
        likely = max(range(len(old)), key=lambda other: (alike[number][other], -other), default=None)
        if likely is not None and alike[number][likely] >= PART and of_old[likely] and _fills(old[likely], new, of_old[likely], number):
            was[number] = [likely]
            of_old[likely].append(number)
    for other in range(len(old)):
        if of_old[other]:
            continue
        open_ = [number for number in range(len(new)) if number not in settled]
        likely = max(open_, key=lambda number: (alike[number][other], -number), default=None)
        if likely is not None and alike[likely][other] >= PART and _fills(new[likely], old, was.get(likely, []), other):
            was.setdefault(likely, []).append(other)
            of_old[other].append(likely)


def _fills(whole: PairingSide, parts: Sequence[PairingSide], have: Sequence[int], more: int) -> bool:
    """Whether a further part covers more of what the whole says than the parts that it has."""
    said = letter_runs(whole.text)
    before = frozenset[str]().union(*(letter_runs(parts[one].text) for one in have))
    added = (letter_runs(parts[more].text) & said) - before
    return len(added) >= 0.1 * len(said)


def _steps(
    old: Sequence[PairingSide], new: Sequence[PairingSide], alike: list[list[float]], was: Mapping[int, Sequence[int]]
) -> list[Step]:
    of_old: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(was):
        for other in was[number]:
            of_old[other].append(number)
    steps: list[Step] = []
    told: set[int] = set()
    for number, one in enumerate(new):
        others = sorted(was.get(number, ()))
        if not others:
            steps.append(Step("new", (), (one.id,)))
            continue
        if number in told:
            continue
        together = sorted({mate for other in others for mate in of_old[other]})
        told |= set(together)
        least = min(alike[mate][other] for mate in together for other in was[mate])
        change: StepKind = "merged" if len(others) > 1 else "split" if len(together) > 1 else "kept"
        if change == "kept" and not _same(old[others[0]], one):
            change = "reworded"
        steps.append(Step(change, tuple(old[i].id for i in others), tuple(new[i].id for i in together), round(least, 2)))
    steps += [Step("gone", (one.id,), ()) for other, one in enumerate(old) if not of_old[other]]
    return steps


def _same(one: PairingSide, other: PairingSide) -> bool:
    return asked(one.obligation, one.text) == asked(other.obligation, other.text)
