"""What weighs a claim: one score for deeds, another for faults, each with its own line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.align.weighing import Weighing

WEIGHTS = {
    "score": {"bias": 0.0, "learned": 1.0},
    "fault": {"bias": -1.0, "learned": 2.0},
    "grade": {"commitment": {"bias": -9.0}, "action": {"bias": 0.0}, "outcome": {"bias": -9.0}, "adverse": {"bad": 1.0}},
    "line": 0.5,
    "fault-line": 0.4,
    "sure": 0.7,
    "calm": 0.6,
}
WEIGHING = Weighing.of(WEIGHTS)
SHARES = st.floats(0, 1)


def test_faults_are_scored_by_weights_of_their_own() -> None:
    features = {"learned": 1.0}
    assert WEIGHING.scored(features, "action") == WEIGHING.scored(features, "outcome") == pytest.approx(0.7311)
    assert WEIGHING.scored({"learned": 0.0}, "adverse") == pytest.approx(0.2689)
    assert WEIGHING.scored(features, "adverse") == pytest.approx(0.7311)


def test_a_model_that_knows_one_score_and_one_line_weighs_faults_by_them_too() -> None:
    old = Weighing.of({"score": WEIGHTS["score"], "grade": WEIGHTS["grade"], "line": 0.45})
    assert old.scored({"learned": 1.0}, "adverse") == old.scored({"learned": 1.0}, "action")
    assert old.least(0.45, "adverse") == 0.45
    assert old.sure > old.calm > 0.5


@given(asked=SHARES)
def test_who_asks_for_more_than_the_line_gets_just_that(asked: float) -> None:
    assert WEIGHING.least(asked, "action") == asked
    assert WEIGHING.least(asked, "adverse") == (asked if asked > 0.5 else min(asked, 0.4))


@given(first=SHARES, second=SHARES)
def test_asking_for_more_never_shows_more(first: float, second: float) -> None:
    low, high = sorted((first, second))
    for grade in ("action", "adverse"):
        assert WEIGHING.least(low, grade) <= WEIGHING.least(high, grade)


@given(st.floats(-20, 20))
def test_a_fault_is_called_one_only_where_that_is_sure_enough(bad: float) -> None:
    going = {"bad": bad}
    sure = 1 / (1 + 2.718281828459045 ** -bad)
    if abs(sure - 0.7) > 0.001 and abs(sure - 0.6) > 0.001:
        assert (WEIGHING.graded(going) == "adverse") == (sure > 0.7)
        assert WEIGHING.torn(going) == (0.6 < sure < 0.7)


@given(st.dictionaries(st.sampled_from("abcd"), st.floats(-9, 9)), st.dictionaries(st.sampled_from("wxyz"), st.floats(-9, 9)))
def test_facts_that_candidates_share_weigh_what_they_weigh_with_each(facts: dict[str, float], own: dict[str, float]) -> None:
    weights = {name: number / 3 for number, name in enumerate("abcdwxyz")} | {"bias": -0.4}
    weighing = Weighing.of({"score": weights, "fault": {name: -value for name, value in weights.items()}})
    for grade in ("action", "adverse"):
        whole = weighing.scored({**facts, **own}, grade)
        assert weighing.scored(own, grade, weighing.begun(facts, grade)) == pytest.approx(whole, abs=1e-4)
