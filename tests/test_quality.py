"""The figures on the labelled sets do not fall below their floors."""

from __future__ import annotations

import pytest

from mapper.evaluate import path_digest
from tests.quality import SETS, floors, measure, raised


@pytest.mark.parametrize("name", SETS)
def test_no_figure_falls_below_its_floor(name: str) -> None:
    labelled = SETS[name]
    if not labelled.there:
        pytest.skip(f"the labelled set {name} is not beside this checkout")
    pinned = floors()[name]
    assert pinned["labels"] == path_digest(labelled.gold), "other labels: run python -m tests.quality --accept"
    figures = measure(labelled)
    fallen = {figure: (value, pinned[figure]) for figure, value in figures.items() if value < float(pinned[figure])}
    assert not fallen


def test_a_floor_only_rises_while_the_labels_stay() -> None:
    pinned: dict[str, str | float] = {"labels": "a", "grade": 0.9}
    assert raised(pinned, "a", {"grade": 0.8}) == pinned
    assert raised(pinned, "a", {"grade": 0.98765}) == {"labels": "a", "grade": 0.987}
    assert raised(pinned, "b", {"grade": 0.8}) == {"labels": "b", "grade": 0.8}
    assert raised({}, "a", {"grade": 0.5}) == {"labels": "a", "grade": 0.5}
