"""Which way words go is a matter of how they stand together: a net tells what no single word does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import pytest

from mapper.learn import turns
from mapper.learn.fit import fit
from mapper.learn.material import TrainingSentence
from mapper.matchers.grams import runs
from mapper.matchers.model import GRADES, dump

pytest.importorskip("sklearn")

WHAT = ["收费", "排队", "投诉", "等待", "拒赔", "逾期", "停用", "泄露", "催收", "亏损", "拖延", "搭售"]
WHERE, GOOD = ("支行", "县里", "窗口"), ("服务", "优惠", "网点")
MORE, LESS = ("增多", "不断"), ("不再", "减少")


def told(what: Iterable[str], words: Iterable[str]) -> list[str]:
    return ["".join(one) for one in product(WHERE, what, words)]


AGAINST, FOR = told(WHAT, MORE), told(WHAT, LESS)
OTHER_WAY, WELL = told(GOOD, LESS) * 3, told(GOOD, MORE) * 3
ROWS = [
    *(TrainingSentence(text, "", {"tp-1": 1.0}, frozenset({"adverse"})) for text in AGAINST + OTHER_WAY),
    *(TrainingSentence(text, "", {"tp-1": 1.0}, frozenset({"action"})) for text in FOR + WELL),
    *(TrainingSentence(text, "", {}, frozenset({"none"})) for text in ("股价上涨两成", "召开年度工作会议", "天气转凉", "新年致辞")),
]
ADVERSE = GRADES.index("adverse") - len(GRADES)


def fault(text: str) -> float:
    return fit(ROWS, ["tp-1"]).scores(runs(text))[ADVERSE]


def test_the_same_words_go_one_way_beside_one_word_and_the_other_beside_another() -> None:
    assert fault("支行投诉减少") < 0 < fault("支行投诉增多")
    assert fault("支行优惠增多") < 0 < fault("支行优惠减少")


def test_a_net_of_few_runs_keeps_those_that_tell_and_not_the_commonest(monkeypatch: pytest.MonkeyPatch) -> None:
    common = "本行当日于城关网点大厅"
    monkeypatch.setattr(turns, "MOST_RUNS", 30)
    net = turns.turns([replace(row, text=common + row.text) for row in ROWS])
    assert net is not None and len(net.weights) == 30
    assert {"不再", "减少", "增"} & net.weights.keys()
    assert sum(run in common for run in net.weights) < 10  # the thirty commonest are nearly all of these


def test_the_same_rows_give_the_same_bytes() -> None:
    assert dump(fit(ROWS, ["tp-1"])) == dump(fit(ROWS, ["tp-1"]))


def test_sentences_of_direction_teach_nothing_else() -> None:
    turned = [TrainingSentence(f"{text}而已", "", {}, frozenset({"adverse"})) for text in WELL]
    plain, more = fit(ROWS, ["tp-1"]), fit(ROWS, ["tp-1"], turned)
    seen = runs("支行服务增多而已")
    assert more.scores(seen)[ADVERSE] > plain.scores(seen)[ADVERSE] + 1
    others = [number for number in range(len(plain.scores(seen))) if number != len(plain.scores(seen)) + ADVERSE]
    assert [more.scores(seen)[n] for n in others] == pytest.approx([plain.scores(seen)[n] for n in others])


def test_where_few_faults_are_told_no_net_is_taught_by_them() -> None:
    few = [row for row in ROWS if "adverse" not in row.grades] + [row for row in ROWS if "adverse" in row.grades][:10]
    model = fit(few, ["tp-1"])
    assert model.turns == () and len(model.outputs) == 1 + len(GRADES)


def test_what_is_denied_goes_the_other_way_though_words_stand_between() -> None:
    harm = ["排长队", "交押金", "跑远路", "等半天", "填表格", "找担保", "付现钱", "写申请"]
    said = [TrainingSentence(f"{where}让老人{one}", "", {"tp-1": 1.0}, frozenset({"adverse"})) for where in WHERE for one in harm]
    not_so = [TrainingSentence(f"{where}不让老人{one}", "", {"tp-1": 1.0}, frozenset({"action"})) for where in WHERE for one in harm]
    told = fit([*said, *not_so, *ROWS], ["tp-1"])
    assert told.scores(runs("支行不让老人多走几里交押金"))[ADVERSE] < 0 < told.scores(runs("支行让老人交押金"))[ADVERSE]
    assert told.scores(runs("大厅不让客户交押金"))[ADVERSE] < told.scores(runs("大厅让客户交押金"))[ADVERSE] - 1
