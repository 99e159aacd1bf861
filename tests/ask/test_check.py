"""An answer is used only as far as it stands the checks; what does not is refused and counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.ask.check import MOST, Upheld, check_answer
from tests.ask.models import answer, verdict
from tests.ask.worlds import asked, ids
from tests.builders import document

TEXT = "云岭银行在全部网点为老年客户保留人工柜台，并提供上门服务。"
(REQUEST,) = asked(document(TEXT, "海港银行小微企业贷款余额增长12%。"))
FIRST, SECOND = (one.id for one in REQUEST.asked)
GOOD = verdict("cp22-38", "云岭银行", "保留人工柜台")
NOTHING: dict[str, Any] = {"id": SECOND, "verdicts": []}


def checked(*sentences: Any, key: str = REQUEST.key) -> Upheld:
    return check_answer(answer(key, list(sentences)), REQUEST, ids())


def test_a_good_answer_is_taken_whole_with_the_places_of_its_words() -> None:
    found = checked({"id": FIRST, "verdicts": [GOOD]}, NOTHING)
    (one,) = found.said[0]
    assert (one.requirement, one.verdict, one.grade) == ("cp22-38", "met", "action")
    assert [TEXT[slice(*span)] for span in one.words] == ["保留人工柜台"]
    assert found.said[1] == () and found.faults == {} and found.usable


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"requirement": "cp22-99"}, "requirement-unknown"),
        ({"firm": "海港银行"}, "firm-unknown"),
        ({"firm": "没有这家银行"}, "firm-unknown"),
        ({"grade": "excellent"}, "verdict-shape"),
        ({"grade": None}, "grade-unlike"),
        ({"grade": "adverse"}, "grade-unlike"),
        ({"verdict": "breached"}, "grade-unlike"),
        ({"words": "保留智能柜台"}, "words-missing"),
        ({"words": ""}, "words-missing"),
        ({"words": "柜"}, "words-missing"),
        ({"verdict": "perhaps"}, "verdict-shape"),
        ({"requirement": ["cp22-38"]}, "verdict-shape"),
    ],
)
def test_a_verdict_that_is_wrong_in_one_thing_is_refused_and_the_others_are_taken(change: dict[str, Any], fault: str) -> None:
    other = verdict("ph23-06.c", "云岭银行", "上门服务")
    found = checked({"id": FIRST, "verdicts": [GOOD | change, other]}, NOTHING)
    assert [one.requirement for one in found.said[0]] == ["ph23-06.c"]
    assert found.faults == {fault: 1} and found.usable


def test_words_may_differ_in_spaces_and_punctuation_and_leave_something_out() -> None:
    found = checked({"id": FIRST, "verdicts": [GOOD | {"words": "全部网点……人工 柜台,并提供"}]}, NOTHING)
    assert [TEXT[slice(*span)] for span in found.said[0][0].words] == ["全部网点", "人工柜台，并提供"]


def test_a_verdict_that_it_is_not_met_says_as_much_as_none() -> None:
    assert checked({"id": FIRST, "verdicts": [GOOD | {"verdict": "not", "grade": None}]}, NOTHING).said[0] == ()


def test_the_same_verdict_twice_counts_once() -> None:
    found = checked({"id": FIRST, "verdicts": [GOOD, GOOD]}, NOTHING)
    assert len(found.said[0]) == 1 and found.faults == {"verdict-twice": 1}


def test_a_sentence_for_which_everything_is_met_is_not_believed() -> None:
    every = [GOOD | {"requirement": one} for one in sorted(ids())[: MOST + 1]]
    found = checked({"id": FIRST, "verdicts": every}, NOTHING)
    assert found.said[0] == () and found.faults == {"too-many": 1}


def test_a_sentence_left_out_makes_the_answer_one_to_ask_for_again() -> None:
    found = checked({"id": FIRST, "verdicts": [GOOD]})
    assert not found.usable and found.faults == {"sentence-missing": 1} and 0 in found.said


def test_a_sentence_answered_twice_is_not_used() -> None:
    found = checked({"id": FIRST, "verdicts": [GOOD]}, {"id": FIRST, "verdicts": []}, NOTHING)
    assert 0 not in found.said and found.faults == {"sentence-twice": 2}


def test_a_sentence_nobody_asked_about_is_passed_over() -> None:
    found = checked({"id": FIRST, "verdicts": []}, NOTHING, {"id": "zzzzzz.9", "verdicts": [GOOD]})
    assert found.faults == {"sentence-unknown": 1} and found.usable


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("", "not-json"),
        ("好的，我来判断这些句子。", "not-json"),
        ("[]", "not-json"),
        ("{" * 50_000, "not-json"),
        ('{"request": "x"}', "not-json"),
        (answer(REQUEST.key, [NOTHING])[:-9], "not-json"),
        (answer("abcdef", [{"id": FIRST, "verdicts": []}, NOTHING]), "other-request"),
        (answer(REQUEST.key, [{"id": "abcdef.1", "verdicts": []}]), "other-request"),
        (REQUEST.system, "not-json"),
    ],
)
def test_what_is_no_answer_to_this_request_is_refused_as_a_whole(raw: str, fault: str) -> None:
    assert check_answer(raw, REQUEST, ids()) == Upheld(faults={fault: 1})


def test_a_model_that_repeats_the_request_has_answered_nothing() -> None:
    found = check_answer(REQUEST.user, REQUEST, ids())
    assert found.said == {} and not found.usable


@pytest.mark.parametrize("wrap", ["```json\n{}\n```", "<think>{{}}</think>{}", "回答如下：\n{}\n以上。"])
def test_a_fence_thoughts_or_words_around_the_json_do_no_harm(wrap: str) -> None:
    raw = wrap.replace("{{}}", "{先想想}").replace("{}", answer(REQUEST.key, [{"id": FIRST, "verdicts": [GOOD]}, NOTHING]))
    assert check_answer(raw, REQUEST, ids()).usable


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from([FIRST, SECOND, "cp22-38", "met"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "verdicts", "requirement", "firm", "verdict", "words"]), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_no_answer_breaks_the_check_and_what_it_takes_is_always_in_the_passage(data: Any) -> None:
    found = check_answer(json.dumps({"request": REQUEST.key, "sentences": data}), REQUEST, ids())
    for number, verdicts in found.said.items():
        text = REQUEST.asked[number].text
        assert all(0 <= start < end <= len(text) for one in verdicts for start, end in one.words)
