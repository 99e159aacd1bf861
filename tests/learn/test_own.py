"""What requirements taught here and now are worth: fitted on requirements kept from a model, and on small policies."""

from __future__ import annotations

import json
import shutil
from itertools import count
from pathlib import Path

import pytest

from benchmarks.own import FOLDER
from mapper.align.weighing import Weighing
from mapper.evaluate.folds import fold_of
from mapper.learn.material import Labelled, gather, small_policies
from mapper.learn.own import FEWEST_LABELS, SENTENCES, TEST, Tried, fitted, in_documents, in_sentences
from mapper.matchers.few import TAUGHT_HERE
from mapper.matchers.learned import HOPELESS, LearnedMatcher
from mapper.matchers.model import NAME, Model, load
from mapper.problems import InputError
from mapper.shipped import folder
from tests.builders import shipped_catalog

KEPT = ("cp22-15", "cp22-34", "cp22-38")


@pytest.fixture(scope="module")
def model() -> Model:
    found = load(folder("policies") / NAME)
    assert isinstance(found, Model)
    return found


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of the small policies, with some of the sentences that somebody else wrote for it."""
    place = tmp_path_factory.mktemp("policies")
    shutil.copytree(FOLDER / "tuned" / "eld", place / "eld")
    lines = (place / "eld" / TEST).read_text(encoding="utf-8").splitlines()
    (place / "eld" / TEST).write_text("\n".join(lines[::3]), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def rows(model: Model, policies: Path) -> list[Tried]:
    return list(in_sentences(model, policies))


def test_a_model_without_a_requirement_knows_nothing_of_it_and_the_rest_as_before(model: Model) -> None:
    hidden = model.without(KEPT)
    assert set(model.requirements) - set(hidden.requirements) == set(KEPT)
    text = "本行为老年客户保留人工柜台，并开展金融知识宣传。"
    whole, part = (LearnedMatcher(one, one.requirements).odds(text) for one in (model, hidden))
    assert {one: odds for one, odds in whole.items() if one not in KEPT} == {one: part[one] for one in whole if one not in KEPT}
    assert max(odds for one, odds in part.items() if one not in whole) < HOPELESS < max(whole[one] for one in KEPT)


def test_sentences_beside_a_policy_are_right_where_they_are_evidence_of_the_requirement(rows: list[Tried], policies: Path) -> None:
    assert {row.features[TAUGHT_HERE] for row in rows} == {1.0}
    lines = (policies / "eld" / TEST).read_text(encoding="utf-8").splitlines()
    assert 0 < sum(row.right for row in rows) <= sum(len(json.loads(line)["evidences"]) for line in lines) < len(rows)


def test_in_documents_a_requirement_is_taught_by_few_sentences_and_right_where_it_is_labelled(model: Model, tmp_path: Path) -> None:
    catalog = shipped_catalog()
    first_fold = (name for name in map("{}.txt".format, count()) if fold_of(f"small/{name}") == 0)
    (tmp_path / "corpus").mkdir()
    labels = []
    for one in KEPT:
        written = [lesson.text for lesson in catalog.lessons if lesson.written_for == one and one in lesson.evidences]
        step = len(written) // SENTENCES
        for line in written[1 : 1 + FEWEST_LABELS * step : step]:  # none of those by which it is taught
            name = next(first_fold)
            (tmp_path / "corpus" / name).write_text(f"云岭银行走访农户。\n\n{line}\n", encoding="utf-8")
            labels.append({
                "document": name, "firm": "云岭银行", "requirement": one, "quote": line, "grade": "action", "also": ["adverse", "outcome"],
                "level": "required", "cell": "required",
            })
    (tmp_path / "corpus" / "firms.yaml").write_text("firms:\n  - {name: 云岭银行, kind: bank}\n", encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in labels), encoding="utf-8")
    material = gather(catalog, [Labelled("small", tmp_path / "corpus", tmp_path / "gold.jsonl")])
    found = list(in_documents(material, [model]))
    assert found and {row.features[TAUGHT_HERE] for row in found} == {1.0}
    assert {row.right for row in found} == {True, False}
    assert max(row.heed for row in found) < 1  # beside a sentence of a small policy


def test_the_same_rows_give_the_same_weights_and_they_tell_right_from_wrong(rows: list[Tried]) -> None:
    own = fitted(rows)
    assert own == fitted(rows)
    weighing = Weighing({}, own=own)
    scores: dict[bool, list[float]] = {True: [], False: []}
    for row in rows:
        scores[row.right].append(weighing.scored(row.features, "action"))
    assert sum(scores[True]) / len(scores[True]) > 0.2 + sum(scores[False]) / len(scores[False])


def test_only_what_was_taught_here_is_weighed_so() -> None:
    weighing = Weighing({"bias": 9.0}, own={"bias": -9.0, "learned": 1.0})
    assert weighing.scored({"learned": 2.0}, "action") > 0.9
    assert weighing.scored({"learned": 2.0, TAUGHT_HERE: 1.0}, "action", begun=50.0) < 0.1
    assert weighing.scored({TAUGHT_HERE: 1.0}, "adverse", facts={"learned": 18.0}) > 0.9


def test_a_list_names_the_folder_of_small_policies(tmp_path: Path) -> None:
    listed = "policies: own\nsets:\n  - {name: a, corpus: c, gold: g, optional: true}\n"
    path = tmp_path / "labelled.yaml"
    path.write_text(listed, encoding="utf-8")
    with pytest.raises(InputError) as found:
        small_policies(path)
    assert [(one.code, one.line) for one in found.value.problems] == [("file-missing", 1)]
    (tmp_path / "own").mkdir()
    assert small_policies(path) == tmp_path / "own"
    assert small_policies(None) is None


def test_a_policy_that_cannot_be_read_is_told(model: Model, tmp_path: Path) -> None:
    (tmp_path / "eld").mkdir()
    (tmp_path / "eld" / "eld.yaml").write_text("policy: [", encoding="utf-8")
    with pytest.raises(InputError):
        list(in_sentences(model, tmp_path))


