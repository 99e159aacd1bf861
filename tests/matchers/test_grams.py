"""A sentence as runs of characters: names masked, figures folded, the sentence before apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.matchers.grams import BEFORE, DENIED, MOST, NAME, folded, grams, masked, runs, tagged, told
from mapper.rules import rules


def test_the_name_of_a_firm_leaves_a_mark_and_no_letters() -> None:
    assert masked("云岭银行与海港银行投放贷款", [(0, 4), (5, 9)]) == f"{NAME}与{NAME}投放贷款"


def test_names_that_overlap_are_masked_once() -> None:
    assert masked("云岭银行股份", [(0, 4), (2, 6)]) == f"{NAME}股份"


def test_figures_of_any_size_are_read_alike() -> None:
    assert folded("增长12.5%，达3,400万元") == folded("增长7％，达９８万元") == "增长0%，达0万元"


def test_white_space_and_capitals_do_not_matter() -> None:
    assert folded("手机 \n APP") == "手机 app"


def test_runs_of_one_to_three_characters_are_weighed() -> None:
    assert set(grams("老年人")) == {"老", "年", "人", "老年", "年人", "老年人"}


def test_a_run_of_the_sentence_before_is_another_run_and_weighs_less() -> None:
    values = grams("老年", "老年")
    assert 0 < values[BEFORE + "老年"] < values["老年"]


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(min_size=1, max_size=80))
def test_every_weight_is_positive_and_the_whole_is_bounded(text: str) -> None:
    values = grams(folded(text))
    assert all(value > 0 for value in values.values())
    assert sum(value * value for value in values.values()) < 60


def test_a_sentence_without_end_costs_no_more_than_a_long_one() -> None:
    assert len(grams("甲乙丙丁" * 100_000)) == len(grams("甲乙丙丁" * MOST))


@pytest.mark.parametrize("number", ["2. ", "12、", "（3）", "④", "（二）", "五、", "3) 1."])
def test_the_number_of_an_item_in_a_list_is_not_read(number: str) -> None:
    said = "云岭银行在14个县设立助农取款点238个。"
    assert folded(number + said) == folded(said)


@pytest.mark.parametrize("said", ["1.5亿元贷款", "2024年投放", "一是加强审查", "（以下简称本行）投放", "一、二线城市设立专窗"])
def test_a_figure_that_is_no_number_of_an_item_is_read(said: str) -> None:
    assert folded(said) == re.sub(r"[0-9.]+", "0", said)


def test_what_is_only_put_before_its_verb_is_no_plan() -> None:
    assert folded("公司将气候风险纳入管理体系") == folded("公司把气候风险纳入管理体系")
    assert "将" in folded("公司将推出适老产品")


@pytest.mark.parametrize("said", rules("reading")["item-number"].yes)
def test_every_form_of_number_that_the_rule_knows_is_looked_for(said: str) -> None:
    """Most sentences are not asked: only what begins as such a number may."""
    assert len(told(said)) < len(said)


def test_what_stands_in_the_reach_of_a_denial_is_a_run_of_its_own_beside() -> None:
    assert set(runs("绝不收费，免费").denied) == {f"{DENIED}收", f"{DENIED}费", f"{DENIED}收费"}
    assert runs("不断提升，未来三年").denied == ()
    assert tagged("绝不收费")[f"{DENIED}收费"] == runs("绝不收费").norm


def test_a_denial_reaches_to_the_end_of_its_clause_and_no_further_than_six_characters() -> None:
    assert {run[1:] for run in runs("不让一位老人排长队").denied if len(run) == 2} == set("让一位老人排")
    assert runs("未对暴力催收加以约束").denied == ()
