"""Requirements taught here and now: what their numbers are worth, fitted on requirements that are taught so and read.

Two kinds of them. Requirements of the catalog are kept from the model of a fold, taught anew by fifteen of their sentences, as
the author of a policy would, and read in the documents of the fold: that is how often a document speaks of such a duty. And
small policies of somebody else come with sentences by another writer, each of which is evidence for a requirement or for none:
there nearly every sentence is about the trade that the policy is about, as in the texts that its author will try it on.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mapper.align.trial import tried
from mapper.align.weighing import Weighing
from mapper.catalog.load import Catalog, load_catalog
from mapper.learn.material import Material
from mapper.learn.stack import GOODWILL, OURS, linear, weighed
from mapper.matchers.few import TAUGHT_HERE
from mapper.matchers.model import BIAS, Model
from mapper.matchers.shelf import shelf
from mapper.model import Lesson, Requirement
from mapper.problems import InputError

TEST = "test.jsonl"
"""Beside a small policy: sentences with the ids that they evidence (``text``, ``evidences``), none of which taught it."""
SENTENCES = 15
"""By which a requirement of the catalog is taught."""
TOGETHER = 3
"""Requirements that are taught as one policy."""
POLICIES = 6
"""Policies so made for each fold."""
FEWEST_LABELS = 4
"""Required labels of the fold's documents of the world, from which a requirement is asked for there."""
COST = 0.1
DOCUMENTS, ACCEPTED = 0.06, 3.0
"""What a candidate of a document counts beside a sentence of a small policy, and how much more where it is accepted: documents are
many and most of what they say is about something else. Chosen so that documents get no more wrong marks than without these
weights, on policies that were not looked at when they were chosen."""
_APART = ("before-", "after-", "around-", "sign-")
_LEFT = frozenset({"actors", "log-length", "short", "foreign", TAUGHT_HERE})
"""Numbers that say where a sentence stands, how long it is and whose it is: single sentences say nothing of these."""


@dataclass(frozen=True)
class Tried:
    """A candidate of a requirement taught here and now: its numbers, whether it was right, and what it counts."""

    features: Mapping[str, float]
    right: bool
    heed: float


def fit_own(material: Material, folds: Sequence[Model], model: Model, policies: Path) -> dict[str, float]:
    """Weights by the name of what they weigh.

    ``folds``: for each fold a model that saw none of its documents, ready to read; ``model``: the one that ships; ``policies``: a folder
    of small policies, each a folder with :data:`TEST` beside it. Raises InputError for policies that are wrong.
    """
    return fitted([*in_sentences(model, policies), *in_documents(material, folds)])


def fitted(rows: Sequence[Tried]) -> dict[str, float]:
    """Weights that tell the right ones from the others, by the name of what they weigh."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for row in rows for name in row.features if name not in _LEFT and not name.startswith(_APART)})
    table = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    found = linear(
        LogisticRegression(C=COST, max_iter=1000), table, [row.right for row in rows], names, [row.heed for row in rows]
    )
    return found.get(True, {BIAS: 0.0})


def in_sentences(model: Model, policies: Path) -> Iterator[Tried]:
    """The candidates of the sentences beside each small policy, read by what its own sentences teach."""
    for folder in sorted(one for one in policies.iterdir() if one.is_dir()):
        catalog, problems = load_catalog(folder)
        if catalog is None or problems:
            raise InputError(problems)
        reader = shelf(catalog, model)
        for line in (folder / TEST).read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            for candidate in tried(one["text"], catalog, reader):
                yield Tried(candidate.features, candidate.requirement.id in one["evidences"], 1.0)


def in_documents(material: Material, folds: Sequence[Model]) -> Iterator[Tried]:
    """The candidates of requirements that were kept from the model of a fold, in the fold's documents."""
    for fold, model in enumerate(folds):
        weighing = Weighing.of(model.weighing)
        documents = [known for known in material.documents if known.fold == fold]
        counts = Counter(
            label.requirement
            for known in documents if known.real
            for label in {id(one): one for held in known.labels.values() for one in held}.values() if label.level == "required"
        )
        for catalog in _small(material.catalog, [one for one, count in counts.items() if count >= FEWEST_LABELS]):
            hidden = model.without([one.id for one in catalog.requirements])
            for one in weighed(replace(material, catalog=catalog), documents, hidden):
                right = one.right and (one.grade == "adverse") == (weighing.graded(one.going) == "adverse")
                heed = DOCUMENTS * (1.0 if one.real else OURS) * (ACCEPTED if right else 1.0)
                yield Tried(one.features, right, heed * (GOODWILL if right and not one.needed else 1.0))


def _small(catalog: Catalog, asked: Iterable[str]) -> list[Catalog]:
    """Small policies of these requirements, each taught by a few of the sentences that were written for it: evenly chosen."""
    wanted = set(asked)
    written: defaultdict[str, list[Lesson]] = defaultdict(list)
    for lesson in catalog.lessons:
        if lesson.written_for in lesson.evidences:
            written[lesson.written_for or ""].append(lesson)
    groups: list[Sequence[Requirement]] = []
    for policy in catalog.policies:
        known = [one for one in policy.requirements if one.id in wanted and len(written[one.id]) >= SENTENCES]
        groups += [known[at : at + TOGETHER] for at in range(0, len(known) - TOGETHER + 1, TOGETHER)]
    return [_taught(catalog, group, written) for group in groups[:: max(1, len(groups) // POLICIES)][:POLICIES]]


def _taught(catalog: Catalog, group: Sequence[Requirement], written: Mapping[str, Sequence[Lesson]]) -> Catalog:
    """A catalog of a few requirements without signals, taught by few sentences each."""
    ids = frozenset(one.id for one in group)
    policy = next(one for one in catalog.policies if one.id == group[0].policy)
    bare = tuple(
        one.model_copy(update={"signals": (), "breaches": (), "unless": (), "examples": (), "counterexamples": ()}) for one in group
    )
    lessons = tuple(
        lesson.model_copy(update={"evidences": tuple(id for id in lesson.evidences if id in ids)})
        for one in group
        for lesson in written[one.id][:: len(written[one.id]) // SENTENCES][:SENTENCES]
    )
    return replace(catalog, policies=(policy.model_copy(update={"requirements": bare}),), inputs=(), places={}, lessons=lessons)
