"""Capitals are folded in place: offsets into the folded text are offsets into the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapper.letters import lowered


@given(st.text())
def test_the_length_stays(text: str) -> None:
    assert len(lowered(text)) == len(text)


def test_one_letter_that_has_no_single_small_form_hides_no_other() -> None:
    assert lowered("İ ABC 银行") == "İ abc 银行"
