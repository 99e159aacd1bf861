"""Every rule says why it is there and is right about its own sentences."""

from __future__ import annotations

import pytest

from mapper.rules import Rule, rules, sheets

ALL = [pytest.param(rule, id=f"{sheet}/{rule.id}") for sheet in sheets() for rule in rules(sheet).values()]


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_has_a_reason_and_two_sentences_for_each_answer(rule: Rule) -> None:
    assert rule.reason.strip()
    assert len(rule.yes) >= 2 and len(rule.no) >= 2


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_is_right_about_its_own_sentences(rule: Rule) -> None:
    assert list(rule.faults()) == []


def test_a_rule_that_is_wrong_about_a_sentence_says_which() -> None:
    rule = Rule("r", "why", ("投诉",), after="很多", yes=("投诉很多", "没有投诉"), no=("投诉不多", "投诉很多"))
    assert list(rule.faults()) == ["没有投诉", "投诉很多"]
