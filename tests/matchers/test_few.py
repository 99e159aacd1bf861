"""A few requirements taught without any extra package."""

from __future__ import annotations

import os
import subprocess
import sys
from math import log

from hypothesis import example, given
from hypothesis import strategies as st

from mapper.matchers.few import _CLIP, Few, Placed, _step, care, taught
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
    few = Few({"x": taught(ABROAD, (), OTHER)[0]})
    score = {text: few.scores(grams(folded(text)))["x"] for text in (*ABROAD, *OTHER)}
    assert min(score[text] for text in ABROAD) > max(score[text] for text in OTHER)
    unseen = few.scores(grams(folded("公司完成个人信息出境标准合同备案。")))["x"]
    assert unseen > max(score[text] for text in OTHER)


def test_the_same_sentences_teach_the_same_weights_in_any_process() -> None:
    script = f"from mapper.matchers.few import taught\nprint(repr(taught({ABROAD!r}, (), {OTHER!r})))"
    said = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
        said.add(subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True).stdout)
    assert said == {f"{taught(ABROAD, (), OTHER)!r}\n".encode()}


def test_words_of_its_own_sentences_speak_for_it() -> None:
    weights = taught(ABROAD, (), OTHER)[0].runs
    assert weights["出境"] > 0 > weights["贷款"]


def test_every_run_has_a_weight_and_those_of_the_same_texts_have_the_same() -> None:
    weights = taught(ABROAD, (), OTHER)[0].runs
    assert weights.keys() == {gram for text in (*ABROAD, *OTHER) for gram in grams(folded(text))}
    assert weights["绿"] == weights["绿色"] == weights["色贷款"] < 0


def test_a_rare_run_says_more_than_one_that_stands_in_many_sentences() -> None:
    """Both stand in all of its own sentences; and in no other, or in half of them."""
    others = [f"{lead}发放贷款{letter}。" for lead, letter in zip(("我行", "该司") * 4, "丙丁戊己庚辛壬癸", strict=True)]
    small, _ = taught(["我行办理跨境甲。", "我行审核跨境乙。"], (), others)
    assert small.runs["跨境"] > 4 * small.runs["我行"]


def test_what_its_author_says_it_is_not_counts_more_than_anything_else() -> None:
    miss = OTHER[3]
    score = {n: Few({"x": taught(ABROAD, apart, others)[0]}).scores(grams(folded(miss)))["x"]
             for n, apart, others in (("apart", [miss], [one for one in OTHER if one != miss]), ("other", [], OTHER))}
    assert score["apart"] < score["other"]


def test_what_is_near_a_known_requirement_is_heard_of_where_no_word_is_shared() -> None:
    """Sentences that a large model takes for the same duty are alike, whatever they are worded with."""
    def known(text: str) -> Placed:
        return Placed([2.0 if "境" in text or "海外" in text else -9.0, -9.0])

    few = Few({"x": taught(ABROAD, (), OTHER, known=known)[0]})
    text = folded("传给海外总部的名单先报批。")
    assert few.scores(grams(text), known(text))["x"] > few.scores(grams(text), Placed([-9.0, -9.0]))["x"]


def test_what_means_the_same_is_heard_of_where_no_word_is_shared() -> None:
    def known(text: str) -> Placed:
        return Placed((), [0.6, 0.0] if "境" in text or "海外" in text else [0.0, 0.6])

    few = Few({"x": taught(ABROAD, (), OTHER, known=known)[0]})
    text = grams(folded("传给海外总部的名单先报批。"))
    assert few.scores(text, Placed((), [0.6, 0.0]))["x"] > few.scores(text, Placed((), [0.0, 0.6]))["x"] + 1


def test_a_policy_of_more_requirements_and_fewer_sentences_make_careful() -> None:
    assert care(12, 1) == care(12, 3) < care(12, 30) and care(12) < care(4)


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
