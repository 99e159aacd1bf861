"""Lists of faults: what stands under a lead-in, where the list ends, and what such an item is evidence of."""

from __future__ import annotations

import pytest

from mapper.align.listed import listed
from mapper.align.match import match_document
from mapper.align.weighing import Weighing
from mapper.matchers.shelf import shelf
from mapper.model import DocumentText, Evidence
from tests.builders import Paragraph, document, heading, registry, shipped_catalog

LEAD = "经查，你行存在以下问题："


def held(*paragraphs: Paragraph) -> list[str]:
    """The sentences that stand in a list of faults."""
    text = document(*paragraphs)
    return [text.passages[at].text for at in listed(text.passages)]


def test_numbered_paragraphs_are_listed_until_the_conclusion() -> None:
    items = ["一、向老年客户销售高风险产品。", "二、投诉登记簿记录不全。"]
    assert held("云岭银行：", LEAD, *items, "上述行为违反了有关规定。", "三、云岭银行设有爱心窗口。") == items


@pytest.mark.parametrize(
    "items",
    [
        ["（一）误导客户。", "（二）少记投诉。", "（三）多收费用。"],
        ["1.误导客户。", "2.少记投诉。"],
        ["（1）误导客户；", "（2）少记投诉。"],
        ["①误导客户；", "②少记投诉。"],
        ["一是误导客户。", "二是少记投诉。"],
        ["第一，误导客户。", "第二，少记投诉。"],
        ["误导客户；", "少记投诉；", "多收费用。"],
    ],
)
def test_items_are_numbered_in_many_ways(items: list[str]) -> None:
    assert held(LEAD, *items, "云岭银行设有爱心窗口。") == items


def test_items_in_the_paragraph_of_the_lead_in_are_listed() -> None:
    sentences = ["检查发现该行存在下列违规行为：一是误导客户。", "二是少记投诉。"]
    assert held([*sentences, "该行设有爱心窗口。"]) == sentences


def test_what_explains_an_item_belongs_to_it() -> None:
    items = ["一、误导客户。", "二、少记投诉。"]
    more = "前台人员向客户推荐了三款产品。"
    assert held(LEAD, items[0], more, items[1], "云岭银行设有爱心窗口。") == [items[0], more, items[1]]
    assert held(LEAD, [items[0], more], "云岭银行设有爱心窗口。") == [items[0], more]


def test_a_heading_leads_in_until_the_next_beside_it() -> None:
    found = held(heading("二、检查发现的主要问题"), "（一）误导客户。", "（二）少记投诉。", heading("三、好的做法"), "（一）设爱心窗口。")
    assert found == ["（一）误导客户。", "（二）少记投诉。"]
    below = held(heading("存在的主要问题"), heading("（一）销售不规范"), "前台推荐了三款产品。", heading("整改情况"), "已设专柜。")
    assert below == ["（一）销售不规范", "前台推荐了三款产品。"]


@pytest.mark.parametrize(
    "lead",
    [
        "云岭银行推出以下措施：",
        "从业人员不得有下列违规行为：",
        "如发现以下违规行为，请举报：",
        "针对检查发现的问题，云岭银行采取以下措施：",
        "围绕客户反映的突出问题：",
        "本季度热线咨询的主要问题如下：",
        "系统自动识别存在以下违规行为：",
        "当前民营企业融资的主要问题是：",
        "云岭银行对外包催收公司检查发现以下问题：",
        "抽查中发现以下情况：",
        "当前乡村产业存在以下问题：",
        "云岭银行排查有无以下违规行为：",
        "经查明，有以下事实：",
    ],
)
def test_what_is_done_forbidden_or_warned_of_leads_in_to_no_faults(lead: str) -> None:
    assert held(lead, "一、设置爱心窗口。", "二、登记投诉。") == []


@pytest.mark.parametrize(
    "lead",
    ["客户身份识别存在以下问题：", "贷款申请受理存在以下问题：", "检查反馈的主要问题：", "云岭银行服务小微企业存在以下不足："],
)
def test_a_field_of_work_in_a_lead_in_changes_nothing(lead: str) -> None:
    assert held(lead, "一、误导客户。") == ["一、误导客户。"]


def test_no_fault_is_none() -> None:
    assert held("存在的主要问题：无。") == []


def test_what_was_put_right_or_answered_is_no_fault() -> None:
    items = ["一、误导客户。", "二、多收费用。"]
    assert held(LEAD, items[0], [items[1], "云岭银行已全额退还。", "云岭银行承诺年内更换系统。"]) == items


@pytest.mark.parametrize(
    "items",
    [
        ["一是不法分子冒充客服。", "二是以办卡为名收取费用。"],
        ["一、如何挂失存单。", "二、如何预约上门服务。"],
        ["一、小微企业缺少抵押物。", "二、融资渠道单一。"],
    ],
)
def test_what_deceivers_do_customers_lack_or_ask_is_no_fault_of_a_firm(items: list[str]) -> None:
    assert held("近期发现以下违法行为：", *items) == []
    assert held(heading("三、存在的问题"), *items) == []


@pytest.mark.parametrize(
    "item",
    ["一、向客户承诺保本。", "一、未解释免责条款。", "一、投诉答复超期。",
     "一、收取承诺费。", "一、小微企业授信审批慢。"],
)
def test_words_of_an_answer_within_a_fault_answer_nothing(item: str) -> None:
    assert held(LEAD, item) == [item]


def shipped(text: DocumentText) -> tuple[Evidence, ...]:
    catalog = shipped_catalog()
    reader = shelf(catalog)
    return match_document(text, catalog, registry(), reader, Weighing.of(reader.weighing).line).evidence


ITEM = "一、向不同风险承受能力的客户推荐高风险理财产品。"


def test_an_item_that_reads_like_a_deed_is_a_fault_that_was_found() -> None:
    found = [one for one in shipped(document("云岭银行：", LEAD, ITEM, "二、少记投诉。")) if one.quote == ITEM]
    assert found and {(one.firm, one.grade, one.basis) for one in found} == {("云岭银行", "adverse", "finding")}
    assert any(reason.code == "grade-listed" and LEAD in reason.params["section"] for reason in found[0].reasons)


def test_the_same_words_under_another_lead_in_are_none() -> None:
    found = shipped(document("云岭银行：", "你行推出以下产品：", ITEM, "二、少记投诉。"))
    assert all(one.grade != "adverse" for one in found if one.quote == ITEM)


def test_a_list_ends_where_the_next_is_led_in() -> None:
    first = ("江州银行主要违法违规事实：", "一、误导客户；", "二、少记投诉。")
    text = document(*first, "云岭银行主要违法违规事实共计2条，分别为：", "一、多收费用；", "二、泄露信息。")
    assert [lead[:4] for lead in listed(text.passages).values()] == ["江州银行"] * 2 + ["云岭银行"] * 2
