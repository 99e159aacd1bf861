"""What runs of characters mean: a sentence is the sum of its runs, and a head weighs where that sum stands."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.matchers import vectors as tables
from mapper.matchers.grams import runs
from mapper.matchers.model import GRADES, Model, dump, load
from mapper.matchers.vectors import FINE, STEPS, Heads, Vectors, line
from mapper.problems import Problem

WIDTH = 3
NUMBERS = st.lists(st.integers(-STEPS, STEPS), min_size=WIDTH, max_size=WIDTH)
LETTERS = "老年银发绿色 a0"
TABLE = Vectors({"老年": line([10, 0, 0]), "银发": line([9, 1, 0]), "绿色": line([0, 0, 20])}, (0.1, 0.1, 0.1), "table")
OUTPUTS = ("r-1", "r-2", *GRADES)
HEADS = Heads(((30, 0, 0), (0, 0, 30), *(((0, 0, 0),) * len(GRADES))), (0.5,) * 7, (-2.0,) * 7, "table")


@given(st.dictionaries(st.text(LETTERS, min_size=1, max_size=3), NUMBERS, max_size=12), st.text(LETTERS, max_size=700))
@settings(deadline=None)
def test_what_a_text_means_is_the_sum_of_what_its_runs_mean(table: dict[str, list[int]], text: str) -> None:
    vectors = Vectors({run: line(numbers) for run, numbers in table.items()}, (0.1, 0.2, 0.3))
    wanted = [
        sum(value * table[run][at] for run, value in runs(text).values.items() if run in table) * vectors.steps[at]
        for at in range(WIDTH)
    ]
    assert vectors.of(runs(text)) == pytest.approx(wanted, abs=1e-9)


@given(
    st.lists(st.lists(st.integers(-127, 127), min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=8),
    st.lists(st.floats(-1.5, 1.5), min_size=WIDTH, max_size=WIDTH),
)
@settings(deadline=None)
def test_all_heads_at_once_say_what_each_would(weights: list[list[int]], vector: list[float]) -> None:
    many = len(weights)
    heads = Heads(tuple(map(tuple, weights)), (0.1,) * many, tuple(map(float, range(many))), "")
    wanted = [number + 0.1 * sum(w * v for w, v in zip(row, vector, strict=True)) for number, row in enumerate(weights)]
    assert heads.scores(vector) == pytest.approx(wanted, abs=0.1 * 127 * WIDTH / FINE)


def test_a_word_that_means_the_same_speaks_for_the_same_requirement() -> None:
    model = Model(OUTPUTS, (0.0,) * 7, (1.0,) * 7, {}, heads=HEADS, vectors=TABLE)
    elderly, silver, green = (model.meant(TABLE.of(runs(text))) for text in ("老年", "银发", "绿色"))
    assert silver[0] == pytest.approx(elderly[0], rel=0.3) and silver[0] > green[0]
    assert green[1] > silver[1]


def test_a_reader_that_has_read_can_go_to_another_process() -> None:
    model = Model(OUTPUTS, (0.0,) * 7, (1.0,) * 7, {}, heads=HEADS, vectors=TABLE)
    said = model.meant(TABLE.of(runs("银发")))
    there = pickle.loads(pickle.dumps((model.heads, model.vectors)))
    assert there == (HEADS, TABLE) and there[0].scores(there[1].of(runs("银发"))) == said


def test_words_that_the_table_lacks_mean_nothing() -> None:
    assert TABLE.of(runs("今天天气")) == [0.0, 0.0, 0.0]


def test_a_reader_without_a_table_says_nothing_of_meaning() -> None:
    model = Model(OUTPUTS, (0.0,) * 7, (1.0,) * 7, {})
    assert model.meaning(runs("老年")) == [] and model.meant([]) == []


def test_the_table_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / tables.NAME
    path.write_bytes(tables.dump(TABLE))
    found = tables.load(path)
    assert isinstance(found, Vectors)
    assert found.of(runs("银发老年")) == TABLE.of(runs("银发老年"))
    assert tables.dump(found) == tables.dump(TABLE)


@pytest.mark.parametrize("cut", [10, 100, -1, -5])
def test_a_table_cut_short_is_refused_by_name(tmp_path: Path, cut: int) -> None:
    path = tmp_path / tables.NAME
    path.write_bytes(tables.dump(TABLE)[:cut])
    problem = tables.load(path)
    assert isinstance(problem, Problem) and (problem.code, problem.path) == ("vectors-damaged", str(path))


def test_a_table_that_is_not_there_is_a_problem_too(tmp_path: Path) -> None:
    assert isinstance(tables.load(tmp_path / tables.NAME), Problem)


def test_a_reader_taught_with_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "learned.model"
    path.write_bytes(dump(Model(OUTPUTS, (0.0,) * 7, (1.0,) * 7, {}, heads=HEADS)))
    problem = load(path)
    assert isinstance(problem, Problem) and (problem.code, problem.path) == ("model-vectors", str(path))


@pytest.mark.parametrize("wrong", [{"steps": (0.5,)}, {"bias": ()}, {"weights": ((1, 2), (1,), *(((1, 2),) * 5))}])
def test_heads_of_wrong_sizes_are_refused(tmp_path: Path, wrong: dict[str, tuple[float, ...]]) -> None:
    path = tmp_path / "learned.model"
    heads = dataclasses.replace(HEADS, **wrong)  # type: ignore[arg-type]
    path.write_bytes(dump(Model(OUTPUTS, (0.0,) * 7, (1.0,) * 7, {}, heads=heads)))
    problem = load(path)
    assert isinstance(problem, Problem) and problem.code == "model-damaged"
