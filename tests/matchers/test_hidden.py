"""Hidden units: whole numbers all at once give what the definition gives, and a damaged layer is refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.matchers.grams import runs
from mapper.matchers.hidden import OUT_STEPS, STEPS, Hidden, pack_out, pack_row, unpack_out

UNITS, REQUIREMENTS = 4, 3
LETTERS = "老年投诉增减△0"


def a_layer(
    rows: dict[str, Sequence[int]], out: Sequence[Sequence[int]], start: Sequence[float] = (0.5, -0.2, 0.0, 0.1)
) -> Hidden:
    steps = (0.1, 0.12, 0.14, 0.16)
    packed = {gram: pack_row(row) for gram, row in rows.items()}
    return Hidden(tuple(start), steps, packed, tuple(map(pack_out, out)), (0.01, 0.02, 0.03), (-1.0, -2.0, -3.0))


def by_definition(rows: dict[str, Sequence[int]], out: Sequence[Sequence[int]], layer: Hidden, text: str) -> list[float]:
    values = runs(text).values
    said = [
        max(0.0, start + step * sum(values[gram] * row[unit] for gram, row in rows.items() if gram in values))
        for unit, (start, step) in enumerate(zip(layer.start, layer.steps, strict=True))
    ]
    return [
        layer.bias[at] + layer.out_steps[at] * sum(one * weights[at] for one, weights in zip(said, out, strict=True))
        for at in range(REQUIREMENTS)
    ]


def weights(most: int, size: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(-most, most), min_size=size, max_size=size)


@given(
    st.dictionaries(st.text(LETTERS, min_size=1, max_size=3), weights(STEPS, UNITS), max_size=12),
    st.lists(weights(OUT_STEPS, REQUIREMENTS), min_size=UNITS, max_size=UNITS),
    st.text(LETTERS, max_size=60),
)
@settings(deadline=None)
def test_all_units_and_requirements_at_once_say_what_each_says(
    rows: dict[str, Sequence[int]], out: Sequence[Sequence[int]], text: str
) -> None:
    layer = a_layer(rows, out)
    assert layer.scores(runs(text)) == pytest.approx(by_definition(rows, out, layer, text), abs=0.05)


@pytest.mark.parametrize("step", [STEPS, -STEPS])
def test_the_heaviest_weights_of_a_long_sentence_do_not_spill_into_others(step: int) -> None:
    text = "".join(chr(0x4E00 + number % 300) for number in range(600))
    rows: dict[str, Sequence[int]] = dict.fromkeys(runs(text).counts, (0, step, 0, -step))
    out = [(0, 0, 0), (0, OUT_STEPS, 0), (0, 0, 0), (0, -OUT_STEPS, 0)]
    layer = a_layer(rows, out)
    said = layer.scores(runs(text))
    assert said == pytest.approx(by_definition(rows, out, layer, text), rel=5e-3)
    assert said[0] == layer.bias[0] and said[2] == layer.bias[2]


def test_a_run_weighs_what_the_units_say_that_it_moves() -> None:
    layer = a_layer({"老": (3, 0, 0, 0), "投": (0, 3, 0, 0)}, [(100, 0, 0), (0, 100, 0), (0, 0, 0), (0, 0, 0)])
    weight = layer.weights(layer.heard(runs("老投诉")), 0)
    assert weight("老") > 0 and weight("投") == weight("诉") == 0.0


def test_what_no_run_says_is_the_start_of_the_units() -> None:
    layer = a_layer({}, [(100, 0, 0), (0, 100, 0), (0, 0, 0), (0, 0, 100)])
    assert layer.scores(runs("老年")) == pytest.approx([-1.0 + 0.01 * 50, -2.0, -3.0 + 0.03 * 10], abs=0.01)


@given(weights(OUT_STEPS, REQUIREMENTS))
def test_weights_of_a_unit_come_back_as_they_were_packed(line: list[int]) -> None:
    assert list(unpack_out(pack_out(line))) == line


@pytest.mark.parametrize("damage", [{"bias": [0.0]}, {"out": []}, {"steps": [1.0]}, {"out": ["AA=="] * UNITS}])
def test_a_layer_whose_parts_do_not_fit_is_refused(damage: dict[str, object]) -> None:
    layer = a_layer({"老": (1, 2, 3, -3)}, [(1, 2, 3)] * UNITS)
    assert Hidden.of(layer.head(), layer.rows) == layer
    with pytest.raises(ValueError):
        Hidden.of(layer.head() | damage, layer.rows)


def test_a_row_of_another_length_is_refused() -> None:
    layer = a_layer({}, [(1, 2, 3)] * UNITS)
    with pytest.raises(ValueError):
        Hidden.of(layer.head(), {"老": "AAA"})
