"""A few requirements taught without any extra package."""

from __future__ import annotations

from mapper.matchers.few import Few, teach
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
