"""A few requirements taught without any extra package."""

from __future__ import annotations

from math import log

from hypothesis import example, given
from hypothesis import strategies as st

from mapper.matchers.few import _CLIP, Few, _step, teach
from mapper.matchers.grams import folded, grams

ABROAD = [
    "向境外提供客户信息前完成数据出境安全评估。",
    "我行就数据出境与境外接收方订立标准合同并备案。",
    "跨境传输个人信息前取得客户单独同意。",
    "数据出境台账逐笔留存，每季度复核。",
    "完成三项数据出境安全评估申报。",
    "境外机构调取客户数据须经审批并登记。",
]
OTHER = [
    "我行为老年客户保留人工柜台。",
    "全年发放绿色贷款三十亿元。",
    "客户信息加密存储，员工查询须经授权。",
    "境外分行数量增至五家。",
    "组织员工学习消费者权益保护。",
    "理财产品信息披露及时完整。",
    "普惠小微贷款余额增长两成。",
    "开展金融知识宣传活动。",
]


def test_it_tells_its_sentences_from_others_and_finds_one_it_never_saw() -> None:
    few = Few({"x": teach(ABROAD, OTHER)})
    score = {text: few.scores(grams(folded(text)))["x"] for text in (*ABROAD, *OTHER)}
    assert min(score[text] for text in ABROAD) > max(score[text] for text in OTHER)
    unseen = few.scores(grams(folded("公司完成个人信息出境标准合同备案。")))["x"]
    assert unseen > max(score[text] for text in OTHER)


def test_the_same_sentences_teach_the_same_weights() -> None:
    assert teach(ABROAD, OTHER) == teach(ABROAD, OTHER)


def test_words_of_its_own_sentences_speak_for_it() -> None:
    weights, _ = teach(ABROAD, OTHER)
    assert weights["出境"] > 0 > weights["贷款"]


def test_every_run_has_a_weight_and_those_of_the_same_texts_have_the_same() -> None:
    weights, _ = teach(ABROAD, OTHER)
    assert weights.keys() == {gram for text in (*ABROAD, *OTHER) for gram in grams(folded(text))}
    assert weights["绿"] == weights["绿色"] == weights["色贷款"] < 0


@example(4.9999999999999996e-06, -11.0, 3.0)
@given(
    st.floats(0, 1).map(lambda share: 5 * (_CLIP + share * (1 - 2 * _CLIP))),
    st.floats(-30, 30), st.floats(1, 4),
)
def test_a_step_ends_where_the_slope_is_nothing_or_at_the_end_it_points_to(alpha: float, margin: float, norm: float) -> None:
    found = _step(alpha, margin, norm, 5.0)
    assert 0 < found < 5
    slope = norm * (found - alpha) + margin + log(found / (5 - found))
    at_end = min(found, 5 - found) < 5 * 2 * _CLIP
    assert abs(slope) < 1e-3 or at_end
