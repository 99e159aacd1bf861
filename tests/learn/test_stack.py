"""Score, grade and the two lines, fitted on candidates that the labels judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapper.align.weighing import Weighing
from mapper.learn.material import TrainingSentence
from mapper.learn.stack import PRECISE, Needed, Weighed, fit_weighing, score_lines, together

pytest.importorskip("sklearn")


def one(number: int, *, right: bool, grade: str, learned: float = 0.0, bad: float = 0.0) -> Weighed:
    label = (f"{number}.txt", "云岭银行", "tp-1", "引文")
    return Weighed(
        "small", number % 5, f"small/{number}.txt", "云岭银行", "tp-1", {"learned": learned}, {"bad": bad}, right,
        grade if right else None, (label,) if right else (),
    )


def needed(data: list[Weighed]) -> dict[Needed, str]:
    return {(each.corpus, *label): str(each.grade) for each in data for label in each.needed}


def mixed(deeds: list[tuple[float, bool]], faults: list[tuple[float, bool]]) -> tuple[list[Weighed], list[tuple[float, str]]]:
    """Candidates by score and whether they are right, and how they are read."""
    data = [one(n, right=right, grade="action") for n, (_, right) in enumerate(deeds)]
    data += [one(100 + n, right=right, grade="adverse") for n, (_, right) in enumerate(faults)]
    return data, [*((score, "action") for score, _ in deeds), *((score, "adverse") for score, _ in faults)]


def test_the_same_words_weigh_otherwise_for_a_deed_and_for_a_fault() -> None:
    deeds = [one(n, right=n % 2 == 0, grade="action", learned=2.0 * (n % 2 == 0), bad=-3.0) for n in range(40)]
    faults = [one(100 + n, right=n % 2 == 0, grade="adverse", learned=2.0 * (n % 2 == 1), bad=3.0) for n in range(40)]
    weighing = Weighing.of(fit_weighing([*deeds, *faults]))
    assert weighing.graded({"bad": 3.0}) == "adverse"
    assert weighing.graded({"bad": -3.0}) == "action"
    assert weighing.scored({"learned": 2.0}, "action") > 0.8 > 0.2 > weighing.scored({"learned": 2.0}, "adverse")


def test_what_labels_ask_for_ranks_before_what_they_merely_accept_and_scores_stay_probabilities() -> None:
    """Of two numbers that tell what is accepted equally often, the one that tells what is asked for weighs more."""
    data = []
    for n in range(240):
        plain, goodwill = n % 4 == 0, n % 4 == 1
        candidate = one(n, right=(plain or goodwill) and n % 12 < 10, grade="action")
        if goodwill:
            candidate = replace(candidate, needed=())
        data.append(replace(candidate, features={"plain": float(plain), "goodwill": float(goodwill)}))
    data += [one(300 + n, right=True, grade="adverse", bad=3.0) for n in range(8)]
    weighing = Weighing.of(fit_weighing(data))
    assert weighing.score["plain"] > weighing.score["goodwill"] + 1
    said = [weighing.scored(each.features, "action") for each in data[:240]]
    assert sum(said) / len(said) == pytest.approx(sum(each.right for each in data[:240]) / 240, abs=0.02)


def test_what_tells_in_documents_of_the_world_weighs_more_than_what_tells_in_ours() -> None:
    """As many candidates of either, and as sure a sign in either: the reader meets documents of the world."""
    data = []
    for n in range(160):
        real, right, sign = n % 2 == 0, n % 4 < 2, float(n % 4 < 2 and n % 16 < 12)
        seen = {"world": sign if real else 0.0, "ours": 0.0 if real else sign}
        data.append(replace(one(n, right=right, grade="action"), features=seen, real=real))
    data += [one(300 + n, right=True, grade="adverse", bad=3.0) for n in range(8)]
    weights = Weighing.of(fit_weighing(data)).score
    assert weights["world"] > weights["ours"] + 0.2


def test_a_label_that_allows_two_grades_teaches_each_by_half() -> None:
    """Of forty that call it a deed half a vote is left where each allows a result too: thirty plain votes for a plan win."""
    plans = [one(n, right=True, grade="commitment", bad=-1.0) for n in range(30)]
    either = [replace(one(30 + n, right=True, grade="action", bad=-1.0), also=("outcome",)) for n in range(40)]
    others = [one(80 + n, right=True, grade="action", bad=-3.0) for n in range(20)]
    faults = [one(110 + n, right=True, grade="adverse", bad=3.0) for n in range(20)]
    assert Weighing.of(fit_weighing([*plans, *either, *others, *faults])).graded({"bad": -1.0}) == "commitment"


def test_faults_have_a_lower_line_where_their_scores_are_lower() -> None:
    data, read = mixed([(0.65, True)] * 8 + [(0.45, False)] * 8, [(0.45, True)] * 8 + [(0.32, False)] * 8)
    found = score_lines(data, read, needed(data))
    assert 0.45 < found["line"] <= 0.65
    assert 0.32 < found["fault-line"] <= 0.45


def test_where_nothing_speaks_against_anybody_both_lines_are_one() -> None:
    data, read = mixed([(0.6, True)] * 8 + [(0.4, False)] * 8, [])
    found = score_lines(data, read, needed(data))
    assert found["line"] == found["fault-line"]


def test_what_is_shown_is_right_often_enough_before_it_is_complete() -> None:
    data, read = mixed([(0.6, True)] * 10 + [(0.5, True)] * 2 + [(0.5, False)] * 9, [])
    found = score_lines(data, read, needed(data))
    shown = [each.right for each, (score, _) in zip(data, read, strict=True) if score >= found["line"]]
    assert sum(shown) / len(shown) >= PRECISE


def test_of_lines_that_are_as_good_the_middle_one_is_taken() -> None:
    """One mark in a thousand more or less is no reason to move a line from one end of the plateau to the other."""
    data, read = mixed([(0.6, True)] * 800 + [(0.45, True)] * 12 + [(0.45, False)] * 14 + [(0.35, False)] * 400, [])
    assert score_lines(data, read, needed(data))["line"] == pytest.approx((0.36 + 0.6) / 2, abs=0.011)


def test_a_fault_whose_label_praises_is_no_fault_found() -> None:
    data, read = mixed([(0.6, True)] * 8, [(0.5, True)] * 8)
    data += [one(200 + n, right=True, grade="action") for n in range(20)]
    read += [(0.4, "adverse")] * 20
    assert score_lines(data, read, needed(data))["fault-line"] > 0.4


def test_requirements_that_labelled_sentences_evidence_together_are_known_to_go_together() -> None:
    labels = [("a", "b")] * 9 + [("b",)] * 9
    rows = [TrainingSentence(str(n), "", dict.fromkeys(met, 1.0), frozenset({"action"}), 0) for n, met in enumerate(labels)]
    found = together(rows)
    assert found["a"]["b"] > found["b"]["a"] > 0
    assert together(rows[9:]) == {}


def test_where_an_encoder_reads_along_fewer_sentences_are_undecided() -> None:
    alone = [one(n, right=n % 2 == 0, grade="action", learned=float(n % 2)) for n in range(40)]
    beside = [replace(each, going={**each.going, "encoder-none": 0.0}) for each in alone]
    without, encoded = fit_weighing(alone), fit_weighing(beside)
    assert without["calm"] < encoded["calm"] < encoded["sure"] < without["sure"]
