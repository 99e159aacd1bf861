"""Which taught sentences a sentence resembles, and whether it is more like a near miss."""

from __future__ import annotations

from math import sqrt
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.matchers.grams import MOST
from mapper.matchers.likeness import Likeness
from mapper.model import Lesson

LESSONS = (
    Lesson(text="我行为老年客户保留人工柜台。", evidences=("r",), written_for="r"),
    Lesson(text="网点设置爱心窗口服务长者。", evidences=("r",), written_for="r"),
    Lesson(text="老年客户占全部客户的三成。", evidences=(), written_for="r", near_miss=True),
    Lesson(text="发放绿色贷款三十亿元。", evidences=("g",), written_for="g"),
)


def test_the_nearest_example_of_the_requirement_comes_first() -> None:
    found = Likeness(LESSONS).examples("在网点为老年客户保留人工柜台", "r")
    assert found[0].text == "我行为老年客户保留人工柜台。"
    assert found[0].likeness > found[-1].likeness


def test_examples_of_other_requirements_are_not_shown() -> None:
    assert Likeness(LESSONS).examples("发放绿色贷款", "r") == []


def test_a_sentence_that_is_more_like_a_near_miss_is_doubted() -> None:
    likeness = Likeness(LESSONS)
    assert likeness.doubt("老年客户占客户的四成", "r") > 0
    assert likeness.doubt("为老年客户保留人工柜台", "r") == 0


def test_without_near_misses_nothing_is_doubted() -> None:
    assert Likeness(LESSONS).doubt("发放绿色贷款", "g") == 0


def test_words_too_short_to_compare_resemble_nothing() -> None:
    assert Likeness(LESSONS).examples("老", "r") == []


LETTERS = "老年客户银行上\u4f0a\U00020e0a"
"""Some whose numbers end alike."""
SENTENCES = st.lists(st.text(LETTERS, max_size=12), max_size=8)


def taught(examples: list[str], misses: list[str]) -> list[Lesson]:
    lessons = [Lesson(text=one, evidences=("r",)) for one in examples if one]
    return lessons + [Lesson(text=one, evidences=(), written_for="r", near_miss=True) for one in misses if one]


def bag(text: str) -> set[str]:
    return {text[at : at + size] for size in (2, 3) for at in range(len(text) - size + 1)}


def cosine(one: str, other: str) -> float:
    mine, its = bag(one), bag(other)
    return len(mine & its) / sqrt(len(mine) * len(its)) if mine and its else 0.0


def ranked(text: str, lessons: list[str]) -> list[tuple[float, str]]:
    return sorted((-cosine(text, one), one) for one in {*lessons} if cosine(text, one))[:2]


@pytest.mark.parametrize("many", [0, 1000], ids=["by-table", "by-search"])
@given(st.text(LETTERS, max_size=20), SENTENCES, SENTENCES)
@settings(deadline=None)
def test_likeness_is_the_cosine_of_the_runs(many: int, text: str, examples: list[str], misses: list[str]) -> None:
    with patch("mapper.matchers.likeness._MANY", many):
        likeness = Likeness(taught(examples, misses))
        both = (likeness.examples(text, "r"), examples), (likeness.misses(text, "r", 2), misses)
    for found, lessons in both:
        assert [one.text for one in found] == [one for _, one in ranked(text, lessons)]
        assert [one.likeness for one in found] == pytest.approx([-value for value, _ in ranked(text, lessons)], abs=1e-4)


@given(st.text(LETTERS, max_size=20), SENTENCES, SENTENCES)
@settings(deadline=None)
def test_a_near_miss_is_named_where_it_is_nearer_than_every_example(text: str, examples: list[str], misses: list[str]) -> None:
    likeness = Likeness(taught(examples, misses))
    like, miss = (
        max((one.likeness for one in found), default=0.0)
        for found in (likeness.examples(text, "r"), likeness.misses(text, "r"))
    )
    nearer = likeness.nearer_miss(text, "r")
    assert nearer == (likeness.misses(text, "r")[0] if miss > like else None)
    assert likeness.doubt(text, "r") == max(0.0, miss - like)


def test_what_stands_beyond_what_is_read_changes_no_likeness() -> None:
    text = "在网点为老年客户保留人工柜台" * 50
    assert Likeness(LESSONS).examples(text, "r") == Likeness(LESSONS).examples(text[:MOST], "r")


def test_half_a_character_costs_no_comparison() -> None:
    broken = Lesson(text="我行为老年客户\ud800保留人工柜台。", evidences=("r",))
    assert Likeness((*LESSONS, broken)).examples("为老年客户保留人工柜台", "r")[0].text == LESSONS[0].text
    assert Likeness(LESSONS).examples("为老年客户\udc00保留人工柜台", "r")[0].text == LESSONS[0].text
