"""Whose act a sentence is where a text turns to somebody else, or whoever speaks works for a firm. All sentences are invented."""

from __future__ import annotations

import pytest

from tests.builders import document, heading
from tests.firms.test_kinds_of_documents import actors

# ---- news that goes from one firm to the next ------------------------------------------------------------------------

NEWS = ("禾川农商银行把金融夜校开进园区。", "海晏银行给店主上门办理贷款。")


@pytest.mark.parametrize(
    "next_item",
    [
        "江原某旗农信联社的流动服务车开到了牧民家门口。",
        "在江原市，一台流动服务车开到了牧民家门口。",
        "浙江江原县，客户经理走进茶园发放贷款。",
    ],
)
def test_a_paragraph_at_another_place_or_on_a_firm_without_a_name_is_nobodys_in_news_of_several(next_item: str) -> None:
    assert actors(document(*NEWS, next_item))[2] == ()


def test_news_of_one_firm_goes_on_from_place_to_place() -> None:
    text = document("禾川农商银行把金融夜校开进园区。", "在江原市，客户经理走进茶园发放贷款。")
    assert actors(text)[1] == ("禾川农商银行",)


# ---- an economist's own firm ----------------------------------------------------------------------------------------


def test_what_an_economist_says_of_his_own_firm_is_its_act_and_what_he_thinks_is_nobodys() -> None:
    text = document(
        ["禾川银行首席经济学家何某认为，降准有助于降低负债成本。", "“对我行来说，已把普惠贷款利率下调了35个基点。”"],
        ["海晏银行推出新贷款。", "我行两个字挂在墙上。"],
    )
    assert actors(text)[:2] == [(), ("禾川银行",)]
    assert "禾川银行" not in actors(text)[3]


def test_our_bank_of_two_economists_is_neither_and_of_one_only_for_the_next_sentences() -> None:
    both = "禾川银行首席经济学家何某表示降准有助于降低成本，海晏银行首席研究员王某认为利率还会下行。"
    assert actors(document([both, "“对我行来说，已把普惠贷款利率下调了35个基点。”"]))[1] == ()
    later = ["业内人士表示利率会下行。"] * 3
    told = document(["禾川银行首席经济学家何某认为，降准有助于降低负债成本。", *later], ["我行上月下调了普惠利率。"])
    assert actors(told)[-1] == ()


def test_a_spokesman_speaks_for_his_firm() -> None:
    text = document(["海晏银行新闻发言人陆某表示：“这是市场化的结果。”", "陆某说，我行已提前七天公示。"], "禾川银行下调利率。")
    assert actors(text)[1] == ("海晏银行",)


# ---- what is run by another, and what its author thinks --------------------------------------------------------------


def test_what_is_told_of_what_a_firm_runs_is_its_own() -> None:
    text = document(["禾川银行个人养老金账户达到百万户。", "其中，由招商基金管理的两只产品规模突破五亿元。"])
    assert actors(text)[1] == ("招商基金",)
    text = document(["禾川银行推出新系统，系统由海晏科技有限公司提供风控模型。"])
    assert "禾川银行" in actors(text)[0]


def test_what_an_analyst_expects_is_no_act_of_the_one_firm_he_writes_about() -> None:
    text = document(
        heading("禾川银行三季报点评"), "禾川银行净利润增长9%。", "禾川银行不良率下降。", "禾川银行提高了分红。", "我们认为，息差仍有压力。"
    )
    assert actors(text)[4] == ()


def test_whoever_manages_a_fund_is_a_firm_and_the_word_for_it_no_part_of_its_name() -> None:
    text = document("禾川银行支行在推介涉案基金时未做风险测评。", "涉案基金管理人远泽资本管理有限公司未按合同约定披露季度报告。")
    assert [one for one in actors(text)[1] if one.startswith("远泽")]


def test_a_table_below_the_head_of_a_firms_own_disclosure_is_the_firms() -> None:
    text = document(
        heading("禾川银行股份有限公司2024年绿色金融信息披露"),
        heading("指标 | 单位 | 2024\n绿色贷款余额 | 亿元 | 212.6"),
    )
    assert actors(text)[1] == ("禾川银行",)


def test_a_sentence_of_a_firms_report_that_only_announces_a_list_tells_nothing_of_it() -> None:
    text = document(
        heading("禾川银行股份有限公司2024年年度报告"),
        ["报告期内，本行的内设机构有如下变动：", "本行增设了消费者权益保护委员会。"],
        ["检查发现存在以下问题：一是未做风险测评。"],
    )
    assert actors(text)[1:] == [(), ("禾川银行",), ("禾川银行",)]


def test_whoever_has_a_thing_done_that_the_text_did_not_name_as_doing_it_does_not_act() -> None:
    text = document(["支付宝首页推荐了一款产品。", "页面写着，这是一种给老人备的账户，由太平养老设立和打理。"])
    assert actors(text)[1] == ("太平养老",)


def test_a_customer_who_tells_of_another_firm_as_subject_does_not_charge_the_one_complained_of() -> None:
    text = document(
        "投诉对象：太平养老",
        "我买的理财一直亏损，客服不理，我要求退款。",
        "当初支付宝页面上说一年能得百分之四。",
        "太平养老的客服说要等赎回。",
    )
    assert actors(text)[2] == ("支付宝",)


@pytest.mark.parametrize("outsider", ["专家认为，改革将走向差异化。", "律师提醒，收到传票要及时应诉。"])
def test_what_an_expert_or_a_lawyer_says_in_news_of_one_firm_is_nobodys(outsider: str) -> None:
    news = ("禾川银行统一了授信审批。", "禾川银行下调了单户限额。", "禾川银行增设了合规岗。")
    assert actors(document(heading("禾川银行的一年"), *news, outsider))[4] == ()


def test_whoever_found_it_out_carries_nobody_into_what_he_found_of_another() -> None:
    text = document(["禾川银行表示从未与中介合作。", "记者注意到，海晏农商银行两名员工向中介提供了名单。"])
    assert actors(text)[1] == ("海晏农商银行",)


def test_insurers_that_a_bank_says_it_works_with_do_nothing() -> None:
    text = document(heading("宁波银行2024年年度报告"), "我行合作保险公司包括平安产险、太平财险等二十余家。")
    assert actors(text)[1] == ("宁波银行",)


# ---- staff, and a bank that a story names once ------------------------------------------------------------------------


@pytest.mark.parametrize("staff", ["客户经理", "客户服务中心", "大堂经理", "柜员"])
def test_whoever_works_for_the_bank_that_a_story_is_about_acts_for_it(staff: str) -> None:
    text = document("禾川农商银行开展走访。", "裘师傅说，揉捻机要现钱。", f"{staff}当场给他介绍了青禾贷。")
    assert actors(text)[2] == ("禾川农商银行",)


def test_a_customer_is_no_staff() -> None:
    text = document("禾川农商银行开展走访。", "茶农们说，揉捻机要现钱。", "客户普遍存在资金缺口。")
    assert actors(text)[2] == ()


def test_a_bank_named_once_is_meant_as_long_as_no_other_is() -> None:
    lines = ["山上的茶树憋着劲。", "漫山遍野都是绿。", "只等一声雷响。", "风里有寒意。", "禾川农商银行动了身。", "该行列出名单走访。"]
    needs = ["农户普遍缺现钱。", "农户要等五月才有收成。", "客户普遍存在资金缺口。", "客户最怕误了农时。"]
    assert actors(document(*lines, *needs, "没过几天，该行批下80万元授信。"))[-1] == ("禾川农商银行",)
    other = [*lines, "海晏银行也来看过。", *needs, "没过几天，该行批下80万元授信。"]
    assert actors(document(*other))[-1] != ("禾川农商银行",)


# ---- a platform between a customer and who lends ---------------------------------------------------------------------


def test_what_a_platform_does_is_no_act_of_banks_that_lend_through_it() -> None:
    text = document(
        ["业内多家银行与平台合作，海晏银行、禾川银行均在其列。", "平台要求借款人购买会员。"], "禾川银行走访农户。", "海晏银行走访农户。"
    )
    assert actors(text)[:2] == [("海晏银行", "禾川银行"), ()]


def test_what_a_disaster_does_to_a_place_is_no_act_of_whoever_insured_it() -> None:
    text = document(["禾川银行走访农户。", "连日来，我市遭遇低温雨雪天气，部分农户的大棚受损。", "该行发放贷款三百笔。"])
    assert actors(text)[1:] == [(), ("禾川银行",)]
