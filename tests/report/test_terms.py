"""What a page says of the run that made it."""

from __future__ import annotations

import pytest

from mapper.report.terms import percent_of


@pytest.mark.parametrize(
    ("said", "percent"),
    [("0.45", 45), ("", 0), ("half", 0), ("1e999", 0), ("-1e999", 0), ("nan", 0)],
)
def test_an_option_that_is_no_score_counts_as_none(said: str, percent: int) -> None:
    assert percent_of({"min_score": said}, "min_score") == percent


def test_an_option_that_is_not_there_counts_as_none() -> None:
    assert percent_of({}, "min_score") == 0
