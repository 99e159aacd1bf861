"""The words that a learned mark shows: where they stand, and how far a sentence is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mapper.matchers.grams import MOST
from mapper.matchers.interface import Stretch
from mapper.matchers.learned import LearnedMatcher
from mapper.matchers.model import GRADES, Model, pack

OUTPUTS = ("r-1", *GRADES)


def matcher() -> LearnedMatcher:
    packed = {"老年": pack({0: 40}), "柜台": pack({0: 36}), "0": pack({0: 8})}
    return LearnedMatcher(Model(OUTPUTS, (-3.0,) * len(OUTPUTS), (0.1,) * len(OUTPUTS), packed), ["r-1"])


def shown(text: str, names: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [text[start:end] for start, end in matcher().words(Stretch(text, 0, len(text), names), "r-1")]


def test_the_words_that_weighed_most_are_shown_as_they_stand() -> None:
    assert shown("云岭银行为老年人保留柜台", ((0, 4),)) == ["老年", "柜台"]


def test_words_are_shown_wherever_they_stand() -> None:
    assert shown("老年人来了，老年人走了") == ["老年", "老年"]


def test_a_figure_in_front_does_not_shift_the_words() -> None:
    text = "投入1,234.5万元改造老年人用的柜台"
    assert shown(text) == ["老年", "柜台"]


def test_a_sentence_that_comes_again_with_other_figures_and_names_shows_its_own_words() -> None:
    reader = matcher()
    for text, names in (("云岭银行投入9万元为老年人改造柜台", ((0, 4),)), ("海港投入12,345万元为老年人改造柜台", ((0, 2),))):
        found = reader.words(Stretch(text, 0, len(text), names), "r-1")
        assert [text[start:end] for start, end in found] == ["老年", "柜台"]


def test_a_day_is_not_shown_and_half_a_word_of_every_day_is_made_whole() -> None:
    packed = {"0月": pack({0: 40}), "务违规": pack({0: 36})}
    reader = LearnedMatcher(Model(OUTPUTS, (-3.0,) * len(OUTPUTS), (0.1,) * len(OUTPUTS), packed), ["r-1"])
    text = "今年9月，个人贷款业务违规"
    assert [text[start:end] for start, end in reader.words(Stretch(text, 0, len(text)), "r-1")] == ["业务违规"]


def test_words_beyond_what_is_read_are_not_shown() -> None:
    assert shown("甲" * MOST + "老年") == []
    assert shown("老年" + "甲" * MOST) == ["老年"]


def test_a_sentence_is_told_from_the_one_before() -> None:
    packed = {"<老年": pack({0: 40})}
    reader = LearnedMatcher(Model(OUTPUTS, (-3.0,) * len(OUTPUTS), (0.1,) * len(OUTPUTS), packed), ["r-1"])
    alone, after = (reader.look(Stretch("柜台", 0, 2, (), before))[0][0] for before in ("", "老年"))
    assert alone == -3.0 < after


def company(text: str, requirement: str, weighing: Mapping[str, Any]) -> float:
    outputs = ("r-1", "r-2", *GRADES)
    packed = {"老年": pack({0: 40}), "柜台": pack({0: 40, 1: 40})}
    model = Model(outputs, (-3.0,) * len(outputs), (0.1,) * len(outputs), packed, weighing=weighing)
    return LearnedMatcher(model, ["r-1", "r-2"]).opinion(Stretch(text, 0, len(text), (), ""), requirement)["company"]


def test_a_requirement_is_more_likely_beside_one_that_is_often_met_with_it() -> None:
    weighing = {"together": {"r-2": {"r-1": 0.5}}}
    assert company("老年人的柜台", "r-1", weighing) > company("老年人", "r-1", weighing)


def test_of_whom_no_labels_tell_the_company_is_what_others_of_its_numbers_keep() -> None:
    weighing = {"usual-company": {"learned": 0.5, "bias": -1.0}}
    assert company("老年人的柜台", "r-2", weighing) > company("老年人", "r-2", weighing)
