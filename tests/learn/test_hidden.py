"""What a net learns that sums of weights cannot: the same words are evidence beside some and none beside others."""

from __future__ import annotations

import pytest

from mapper.learn.hidden import FEWEST_ROWS, fit_hidden
from mapper.learn.material import Row
from mapper.matchers.grams import runs

pytest.importorskip("sklearn")

GOOD = {("投诉", "下降"), ("贷款", "增长")}
BAD = {("投诉", "增长"), ("贷款", "下降")}


def sentence(pair: tuple[str, str], number: int) -> str:
    return f"{'本季上年全市各地'[number % 7]}{pair[0]}{'总体明显持续逐月'[number % 5]}{pair[1]}"


def rows(many: int) -> list[Row]:
    pairs = sorted(GOOD | BAD)
    return [
        Row(sentence(pair, number), "", {"r-1": 1.0} if pair in GOOD else {}, frozenset(), 0)
        for number in range(many)
        for pair in [pairs[number % len(pairs)]]
    ]


def test_which_way_a_figure_goes_is_good_or_bad_by_what_it_counts() -> None:
    net = fit_hidden(rows(FEWEST_ROWS), ["r-1", "r-2"])
    assert net is not None
    good = [net.scores(runs(sentence(pair, number)))[0] for pair in GOOD for number in range(35)]
    bad = [net.scores(runs(sentence(pair, number)))[0] for pair in BAD for number in range(35)]
    assert min(good) > 1 and max(bad) < -1


def test_few_sentences_teach_no_net() -> None:
    assert fit_hidden(rows(FEWEST_ROWS - 1), ["r-1"]) is None
