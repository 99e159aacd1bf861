"""Policies as living things, in figures: drafts against a list made by hand, pairing of versions, crosswalks against tags.

    python -m benchmarks.living [--texts DIR] [--list FILE]

``--texts`` holds official texts named by policy id (cp22.txt …), ``--list`` the requirements a human made of them; without
them only what ships is measured. Prints figures and returns nothing else.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import yaml

from mapper.catalog.load import FEWEST, Catalog, load_catalog
from mapper.corpus.whole import whole_paragraphs
from mapper.drafting.crosswalk import suggest_crosswalk
from mapper.drafting.draft import Draft, draft
from mapper.drafting.likeness import RarityWeights, cosine, letter_runs
from mapper.drafting.pairing import PairingSide, Step, pair
from mapper.drafting.parting import Parting, shipped_parting
from mapper.model import Lesson, Policy, Requirement
from mapper.shipped import folder

GALLERY = Path(__file__).resolve().parent.parent / "docs" / "gallery"
AMENDED = {id: Path(__file__).with_name(f"amended-{id}.yaml") for id in ("cp22", "ph25", "fa25")}
"""Made-up amendments by the id of what they amend; the pairing was tuned on the first two, the third it had never seen."""


# ---- drafts ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drafting:
    """How a draft stands to a list made by hand: shares (0–1), and what went wrong."""

    clauses: float
    """Clauses of the list that the draft keeps."""
    matched: float
    """Requirements of the list whose likest requirement in the whole draft stands in their own clause."""
    obligations: float
    """Requirements of the list to whose likest in their own clause the draft gives the same obligation."""
    spurious: tuple[str, ...]
    """Clauses that the draft keeps and the list does not."""
    faults: tuple[str, ...]


def judge_draft(made: Draft, wanted: Sequence[Mapping[str, Any]]) -> Drafting:
    """Compare a draft with requirements made by hand (``clause``, ``title``, ``text``, ``obligation``)."""
    said = [letter_runs(f"{one.title}。{one.source}") for one in made.requirements]
    weights = RarityWeights(said)
    vectors = [weights.vector(one) for one in said]
    matched = right = 0
    faults = []
    for one in wanted:
        own = weights.vector(letter_runs(f"{one['title']}。{one['text']}"))
        likes = [cosine(own, vector) for vector in vectors]
        best = max(range(len(likes)), key=likes.__getitem__)
        inside = [place for place, drafted in enumerate(made.requirements) if drafted.clause in _clauses([one])]
        matched += best in inside
        nearest = max(inside, key=likes.__getitem__, default=None)
        same = nearest is not None and made.requirements[nearest].obligation == one["obligation"]
        right += same
        if best not in inside or not same:
            given = made.requirements[nearest].obligation if nearest is not None else "—"
            faults.append(f"{one['id']}: likest in {made.requirements[best].clause}, obligation {given}")
    kept, asked = {one.clause for one in made.requirements}, _clauses(wanted)
    share = len(asked & kept) / len(asked)
    return Drafting(share, matched / len(wanted), right / len(wanted), tuple(sorted(kept - asked)), tuple(faults))


def _clauses(wanted: Iterable[Mapping[str, Any]]) -> set[str]:
    """Every clause that is cited, those that are cited together one by one."""
    return {label for one in wanted for label in re.findall(r"第[^条、]+条|^[^第].*$", one["clause"])}


# ---- versions --------------------------------------------------------------------------------------------------


def amended(policy: Policy, changes: Mapping[str, Any]) -> tuple[list[PairingSide], dict[str, tuple[str, ...]]]:
    """A policy with made-up changes, all renumbered; and from which old requirements each new one was made."""
    merged = {id: one for one in changes["merged"] for id in one["of"]}
    new: list[PairingSide] = []
    was: dict[str, tuple[str, ...]] = {}

    def add(side: PairingSide, *old: str) -> None:
        number = 4 + 2 * len(new)
        new.append(replace(side, id=f"cx26-{number:02}", clause=f"第{number}条"))
        was[new[-1].id] = old

    for one in sides(policy):
        told = [entry for entry in changes["merged"] if entry["of"][0] == one.id]
        if one.id in changes["reworded"]:
            add(_said(changes["reworded"][one.id]), one.id)
        elif one.id in changes["split"]:
            for part in changes["split"][one.id]:
                add(_said(part), one.id)
        elif told:
            add(_said(told[0]), *told[0]["of"])
        elif one.id not in merged and one.id not in changes["gone"]:
            add(one, one.id)
        for entry in changes["new"]:
            if entry["after"] == one.id:
                add(_said(entry))
    return new, was


def sides(policy: Policy) -> list[PairingSide]:
    """The requirements of a policy as they are paired."""
    return [PairingSide(one.id, one.clause, one.title, one.text, one.obligation) for one in policy.requirements]


def _said(entry: Mapping[str, Any]) -> PairingSide:
    return PairingSide("", "", entry["title"], entry["text"], entry.get("obligation", "must"))


def judge_pairing(steps: Iterable[Step], was: Mapping[str, Sequence[str]]) -> tuple[float, list[str]]:
    """The share of requirements, new ones and those that are gone, whose origin is told rightly; and what is not."""
    told: dict[str, set[str]] = {id: set() for id in was}
    gone: set[str] = set()
    for step in steps:
        gone |= set(step.old) if step.change == "gone" else set()
        for id in step.new:
            told[id] |= set(step.old)
    old = {id for ids in was.values() for id in ids} | gone
    wrong = [f"{id}: {sorted(told[id])} for {sorted(ids)}" for id, ids in was.items() if told[id] != set(ids)]
    lost = [f"{id} gone" for id in gone if any(id in ids for ids in was.values())]
    return 1 - len(wrong + lost) / (len(was) + len(gone)), [*wrong, *lost] if old else []


def measure_upgrade() -> Iterator[str]:
    """Shipped policies against their made-up amendments."""
    for id, path in AMENDED.items():
        policy = next(one for one in _shipped().policies if one.id == id)
        new, was = amended(policy, yaml.safe_load(path.read_text(encoding="utf-8")))
        steps = pair(sides(policy), new)
        share, wrong = judge_pairing(steps, was)
        counts = Counter(step.change for step in steps)
        yield f"upgrade {id}: {len(was)} new requirements, paired rightly {share:.3f}; {dict(sorted(counts.items()))}"
        yield from (f"  {one}" for one in wrong)


# ---- splits ----------------------------------------------------------------------------------------------------


TAUGHT = 12
"""Sentences that the old requirement of a split has: what an author is told to write."""


@dataclass(frozen=True)
class Splitting:
    """What becomes of the sentences of requirements that are split. Shares are of sentences, but of parts in the last two."""

    right: float
    """Of those that are carried, to a part that they were written for."""
    carried: float
    taught: float
    """Parts that are given five sentences or more, so that they are read at all."""
    taught_right: float
    """The same, of sentences that were written for them."""


def judge_splits(catalog: Catalog, splits: Sequence[Sequence[Requirement]], parting: Parting) -> Splitting:
    """Take requirements that stand beside each other for the parts of one that had a dozen of their sentences."""
    given = good = number = whole = enough = enough_right = 0
    for parts in splits:
        ids = [one.id for one in parts]
        own = [one for one in catalog.lessons if one.written_for in ids and {*ids} & {*one.evidences} and not one.near_miss]
        own = sorted(own, key=lambda one: sha256(one.text.encode()).digest())[:TAUGHT]
        fits = parting.fits([f"{one.title}。{one.text}" for one in parts], [one.text for one in own])
        to = [(ids[fit.part], ids[fit.part] in one.evidences) for fit, one in zip(fits, own, strict=True) if fit.clear]
        given, good, number, whole = given + len(to), good + sum(right for _, right in to), number + len(own), whole + len(ids)
        enough += sum(Counter(id for id, _ in to)[id] >= FEWEST for id in ids)
        enough_right += sum(Counter(id for id, right in to if right)[id] >= FEWEST for id in ids)
    return Splitting(good / given, given / number, enough / whole, enough_right / whole)


def measure_splits() -> Iterator[str]:
    """Requirements of one clause of the policies that ship, and neighbours in those of the gallery, which no reader was
    taught; the measures of :mod:`mapper.drafting.parting` were set on the first."""
    for name, place in (("shipped", folder("policies")), *((one.name, one) for one in sorted(GALLERY.iterdir()) if one.is_dir())):
        catalog, _ = load_catalog(place)
        assert catalog is not None
        clause = {one.id: one.id.partition(".")[0] if name == "shipped" else one.policy for one in catalog.requirements}
        splits = [pair for pair in pairwise(catalog.requirements) if clause[pair[0].id] == clause[pair[1].id]]
        made = judge_splits(catalog, splits, shipped_parting())
        yield (
            f"split, {name}: {len(splits)} pairs; carried {made.carried:.2f} of the sentences, {made.right:.2f} of these rightly; "
            f"parts with five {made.taught:.2f}, with five right {made.taught_right:.2f}"
        )


# ---- crosswalks ------------------------------------------------------------------------------------------------


SHARE = 0.2
"""Share of the sentences of the rarer requirement that bear both, from which tags imply that the two correspond."""


def implied(catalog: Catalog, lessons: Iterable[Lesson], least: int) -> set[frozenset[str]]:
    """Pairs of requirements of different policies that the tags of some sentences imply."""
    owner = {one.id: one.policy for one in catalog.requirements}
    bearing = [sorted(set(lesson.evidences)) for lesson in lessons]
    count = Counter(id for ids in bearing for id in ids)
    both = Counter(pair for ids in bearing for pair in combinations(ids, 2) if owner[pair[0]] != owner[pair[1]])
    return {
        frozenset(pair) for pair, number in both.items()
        if number >= least and number >= SHARE * min(count[id] for id in pair)
    }


def judge_crosswalk(catalog: Catalog, half: int) -> tuple[float, float, int]:
    """Precision, recall, and the number of pairs looked for: suggestions from one half of the sentences against the pairs
    that the tags of the other half imply. Which half a sentence is in follows from its words."""
    known = [one for one in catalog.lessons if sha256(one.text.encode()).digest()[0] % 2 == half]
    held = [one for one in catalog.lessons if sha256(one.text.encode()).digest()[0] % 2 != half]
    return _against(catalog, known, implied(catalog, held, 2))


def untagged(catalog: Catalog) -> tuple[float, float, int]:
    """The same where no sentence bears more than the requirement it was written for: likeness alone, against all tags."""
    alone = [
        one.model_copy(update={"evidences": (one.written_for,) if one.written_for in one.evidences else ()})
        for one in catalog.lessons
    ]
    return _against(catalog, alone, implied(catalog, catalog.lessons, 3))


def _against(catalog: Catalog, lessons: Sequence[Lesson], wanted: set[frozenset[str]]) -> tuple[float, float, int]:
    found = {
        frozenset((made.source, made.target))
        for one, other in combinations(catalog.policies, 2)
        for made in suggest_crosswalk(one, other, lessons)
    }
    right = len(found & wanted)
    return right / len(found), right / len(wanted), len(wanted)


def measure_crosswalk() -> Iterator[str]:
    """Suggestions between the shipped policies."""
    catalog = _shipped()
    for half in (0, 1):
        precision, recall, number = judge_crosswalk(catalog, half)
        yield f"crosswalk, tags of the other half: precision {precision:.2f}, recall {recall:.2f} of {number} pairs"
    precision, recall, number = untagged(catalog)
    yield f"crosswalk, likeness alone: precision {precision:.2f}, recall {recall:.2f} of {number} pairs"


def _shipped() -> Catalog:
    catalog, _ = load_catalog(folder("policies"))
    assert catalog is not None
    return catalog


def measure_drafts(texts: Path, listed: Path) -> Iterator[str]:
    """Every official text for which there is a list made by hand."""
    total = [0.0, 0.0, 0.0]
    for policy in yaml.safe_load(listed.read_text(encoding="utf-8"))["policies"]:
        for path in sorted(texts.glob(f"{policy['id']}.*")):
            read = whole_paragraphs(path)
            if not isinstance(read, tuple):
                yield f"draft {path.name}: {read}"
                continue
            made = draft(read, policy["id"])
            one = judge_draft(made, policy["requirements"])
            number = len(policy["requirements"])
            total = [total[0] + number, total[1] + number * one.matched, total[2] + number * one.obligations]
            yield (
                f"draft {path.name}: {len(made.clauses)} clauses found, {len(made.requirements)} requirements proposed; "
                f"of the list: clauses {one.clauses:.2f}, matched {one.matched:.2f}, obligations {one.obligations:.2f}; "
                f"kept besides: {', '.join(one.spurious) or '—'}"
            )
            yield from (f"  {fault}" for fault in one.faults)
    if total[0]:
        yield f"draft, all: matched {total[1] / total[0]:.3f}, obligations {total[2] / total[0]:.3f}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--list", type=Path, dest="listed")
    given = parser.parse_args()
    lines: list[str] = []
    if given.texts and given.listed:
        lines += measure_drafts(given.texts, given.listed)
    lines += [*measure_upgrade(), *measure_splits(), *measure_crosswalk()]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
