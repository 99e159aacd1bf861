"""Heads learn what a requirement is about from what its sentences mean: words that no sentence says count by their meaning."""

from __future__ import annotations

import pytest

from mapper.learn.fit import fit
from mapper.learn.material import TrainingSentence
from mapper.matchers.grams import runs
from mapper.matchers.model import GRADES, Model, dump
from mapper.matchers.vectors import Vectors, line

pytest.importorskip("sklearn")

ELDERLY, GREEN, NOTHING = [40, 0, 0], [0, 40, 0], [0, 0, 40]
VECTORS = Vectors(
    {"老年": line(ELDERLY), "银发": line(ELDERLY), "绿色": line(GREEN), "低碳": line(GREEN), "天气": line(NOTHING)},
    (0.05,) * 3, "table",
)
ROWS = [
    *(TrainingSentence(f"老年{word}", "", {"tp-1": 1.0}, frozenset({"action"})) for word in "甲乙丙丁戊己"),
    *(TrainingSentence(f"绿色{word}", "", {"tp-2": 1.0}, frozenset({"action"})) for word in "甲乙丙丁戊己"),
    *(TrainingSentence(f"天气{word}", "", {}, frozenset({"none"})) for word in "甲乙丙丁戊己"),
]
IDS = ["tp-1", "tp-2"]


def taught() -> Model:
    return fit(ROWS, IDS, vectors=VECTORS)


def test_a_word_that_no_sentence_says_counts_by_what_it_means() -> None:
    elderly, green, _ = taught().meant(VECTORS.of(runs("银发")))[:3]
    assert elderly > 0 > green
    elderly, green, _ = taught().meant(VECTORS.of(runs("低碳")))[:3]
    assert green > 0 > elderly


def test_heads_say_too_whether_a_sentence_is_evidence_at_all() -> None:
    none = GRADES.index("none") - len(GRADES)
    model = taught()
    assert model.meant(VECTORS.of(runs("天气")))[none] > 0 > model.meant(VECTORS.of(runs("银发")))[none]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert dump(taught()) == dump(taught())


def test_without_a_table_no_head_is_taught() -> None:
    assert fit(ROWS, IDS).heads is None


def test_a_requirement_of_too_few_sentences_gets_a_head_that_stays_silent() -> None:
    model = fit(ROWS, [*IDS, "tp-3"], vectors=VECTORS)
    assert model.meant(VECTORS.of(runs("银发")))[2] < -8
