"""The file of a learned reader: the same bytes each time, refused by name where it is damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.matchers.grams import BEFORE, grams, runs
from mapper.matchers.model import FORMAT, GRADES, STEPS, TOGETHER, Model, dump, load, pack, unpack
from mapper.problems import Problem

OUTPUTS = ("r-1", "r-2", *GRADES)


def a_model() -> Model:
    packed = {"老年": pack({0: 40, 1: -8}), "绿色": pack({1: STEPS}), "<罚": pack({len(OUTPUTS) - 2: 20})}
    return Model(OUTPUTS, (-3.0,) * len(OUTPUTS), (0.1,) * len(OUTPUTS), packed, {"line": 0.5}, {"r-1": "ab"}, {"s": "cd"})


@given(st.dictionaries(st.integers(0, 900), st.integers(-STEPS, STEPS), max_size=30))
def test_weights_come_back_as_they_were_packed(weights: dict[int, int]) -> None:
    assert dict(unpack(pack(weights), 901)) == weights


@given(
    st.dictionaries(st.integers(0, 900), st.integers(-STEPS, STEPS), max_size=30),
    st.lists(st.integers(-STEPS, STEPS), min_size=1, max_size=6).filter(any),
)
def test_those_of_the_units_come_last_and_are_told_together(weights: dict[int, int], units: list[int]) -> None:
    assert dict(unpack(pack(weights, units), 901 + len(units))) == weights | dict(enumerate(units, start=901))
    assert pack(weights, [0] * len(units)) == pack(weights)


def test_weights_are_told_in_printable_characters() -> None:
    assert pack({0: STEPS, 200: -STEPS}).isprintable()


@pytest.mark.parametrize("line", ["!", "~", "!!!", "é!", "~~~~~~!!"])
def test_damaged_weights_are_refused(line: str) -> None:
    with pytest.raises(ValueError):
        list(unpack(line, 7))


def test_a_file_holds_the_whole_model_and_has_one_form(tmp_path: Path) -> None:
    path = tmp_path / "learned.model"
    path.write_bytes(dump(a_model()))
    model = load(path)
    assert isinstance(model, Model)
    assert dump(model) == path.read_bytes() == dump(a_model())
    assert model.requirements == ("r-1", "r-2")
    assert model.weighing == {"line": 0.5}


def test_what_goes_together_comes_back_by_name(tmp_path: Path) -> None:
    path = tmp_path / "learned.model"
    weighing = {"line": 0.5, TOGETHER: {"r-1": {"r-2": 0.07}, "r-2": {"r-1": 0.5}}}
    path.write_bytes(dump(replace(a_model(), weighing=weighing)))
    model = load(path)
    assert isinstance(model, Model) and model.weighing == weighing


LETTERS = "老年绿色罚<无关"


def plain_scores(model: Model, text: str, before: str) -> list[float]:
    """What the scores are by definition: the bias, and each run's value times its weight."""
    totals = list(model.bias)
    for gram, value in grams(text, before).items():
        for number, steps in unpack(model.packed.get(gram, ""), len(model.outputs)):
            totals[number] += value * steps * model.steps[number]
    return totals


def test_the_score_is_the_bias_and_the_weighted_runs() -> None:
    value = grams("老年无关")["老年"]
    assert a_model().scores(runs("老年无关"))[:2] == pytest.approx([-3.0 + value * 4, -3.0 - value * 0.8])


@given(
    st.dictionaries(
        st.text(LETTERS.replace("<", ""), min_size=1, max_size=3),
        st.dictionaries(st.integers(0, len(OUTPUTS) - 1), st.integers(-STEPS, STEPS), min_size=1),
        max_size=12,
    ),
    st.text(LETTERS.replace("<", ""), max_size=60),
    st.text(LETTERS.replace("<", ""), max_size=60),
)
@settings(deadline=None)
def test_scores_of_all_outputs_at_once_are_those_of_each(
    weights: dict[str, dict[int, int]], text: str, before: str
) -> None:
    packed = {sign + gram: pack(found) for gram, found in weights.items() for sign in ("", BEFORE)}
    steps = tuple(0.01 * (number + 1) for number in range(len(OUTPUTS)))
    model = Model(OUTPUTS, tuple(-1.0 - number for number in range(len(OUTPUTS))), steps, packed)
    said = model.scores(runs(text), runs(before) if before else None)
    assert said == pytest.approx(plain_scores(model, text, before), abs=1e-9)


TURNING = Model(
    (*OUTPUTS, "unit-0", "unit-1"), (0.0,) * 9, (1.0,) * 9,
    {"不": pack({7: 9, 8: -9}), "再": pack({7: -9, 8: 9}), "罚": pack({7: 5})}, turns=(-1.0, 3.0),
)


def test_what_the_units_are_above_nothing_turns_the_score_of_a_fault() -> None:
    at = OUTPUTS.index("adverse")
    value = grams("不")["不"]
    assert TURNING.scores(runs("不"))[at] == pytest.approx(-9 * value)
    assert TURNING.scores(runs("再"))[at] == pytest.approx(27 * value)
    assert TURNING.scores(runs("不再"))[at] == 0.0


def test_units_are_no_scores_of_their_own_and_come_back_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "learned.model").write_bytes(dump(TURNING))
    model = load(tmp_path / "learned.model")
    assert isinstance(model, Model)
    assert model.requirements == ("r-1", "r-2")
    assert model.scores(runs("不再罚")) == TURNING.scores(runs("不再罚"))
    assert len(model.scores(runs(""))) == len(OUTPUTS)


@given(st.sets(st.text(LETTERS + "01 ", min_size=1, max_size=4), max_size=30))
@settings(deadline=None)
def test_runs_come_back_from_the_file_whatever_they_share(tmp_path_factory: pytest.TempPathFactory, grams: set[str]) -> None:
    path = tmp_path_factory.mktemp("model") / "learned.model"
    packed = {gram: pack({number % len(OUTPUTS): 1}) for number, gram in enumerate(sorted(grams))}
    path.write_bytes(dump(replace(a_model(), packed=packed)))
    model = load(path)
    assert isinstance(model, Model) and model.packed == packed


@pytest.mark.parametrize("steps", [STEPS, -STEPS])
def test_the_heaviest_weights_of_a_long_sentence_do_not_spill_into_other_scores(steps: int) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(600))
    model = Model(OUTPUTS, (0.0,) * len(OUTPUTS), (1.0,) * len(OUTPUTS), {gram: pack({1: steps}) for gram in grams(text)})
    said = model.scores(runs(text))
    assert said == pytest.approx(plain_scores(model, text, ""))
    assert said[0] == said[2] == 0.0


@pytest.mark.parametrize("cut", [10, 100, -1, -5])
def test_a_file_cut_short_is_refused_by_name(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "learned.model"
    path.write_bytes(dump(a_model())[:cut])
    problem = load(path)
    assert isinstance(problem, Problem)
    assert problem.code == "model-damaged" and problem.path == str(path)


def test_a_changed_weight_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "learned.model"
    path.write_bytes(dump(a_model()).replace("绿色".encode(), "绿包".encode()))
    problem = load(path)
    assert isinstance(problem, Problem) and problem.code == "model-damaged"


def test_a_file_of_another_format_says_which_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "learned.model"
    path.write_bytes(dump(a_model()).replace(FORMAT.encode(), b"mapper/learned/0"))
    problem = load(path)
    assert isinstance(problem, Problem)
    assert problem.code == "model-format" and problem.params == {"format": FORMAT}


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    problem = load(tmp_path / "learned.model")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.path) == ("model-damaged", str(tmp_path / "learned.model"))
