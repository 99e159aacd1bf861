"""Capitals are folded in place: offsets into the folded text are offsets into the text. Numerals are read, and only these."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.letters import lowered, numeral


@given(st.text())
def test_the_length_stays(text: str) -> None:
    assert len(lowered(text)) == len(text)


def test_one_letter_that_has_no_single_small_form_hides_no_other() -> None:
    assert lowered("İ ABC 银行") == "İ abc 银行"


@pytest.mark.parametrize(("said", "number"), [("十二", 12), ("一百零三", 103), ("三千二百", 3200), ("二十", 20), ("12", 12)])
def test_a_numeral_has_its_value(said: str, number: int) -> None:
    assert numeral(said) == number


@pytest.mark.parametrize("said", ["一二", "二三四", "十二三", "十天", ""])
def test_what_is_no_numeral_has_none(said: str) -> None:
    assert numeral(said) is None
