"""Firms that a sentence names one beside the other all do, or suffer, what it tells. All sentences are invented."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.matchers.grams import masked
from tests.builders import document, firm, registry

KNOWN: Registry = registry(
    firm("禾丰银行", "bank", aliases=("禾丰",), products=("买买吧", "小鹿贷")),
    firm("云岭银行", "bank", aliases=("云岭",), products=("动动空间", "小羊贷")),
    firm("江州科技", "fintech", products=("花生借",)),
)


def told(sentence: str) -> set[str]:
    """Who acts in the last words of a sentence."""
    text = document("近日有消息。", sentence)
    reading = attribute(text, local_registry(text, KNOWN))[1]
    return {one.firm for one in reading.attributed if one.end == len(sentence)}


BOTH = {"禾丰银行", "云岭银行"}


@pytest.mark.parametrize(
    "sentence",
    [
        "禾丰银行、云岭银行，因违规收费被罚款。",
        "禾丰银行与云岭银行因催收不当被罚款25万元。",
        "禾丰银行与云岭银行被责令改正。",
        "禾丰银行与云岭银行各被罚款30万元。",
        "禾丰银行信用卡中心、云岭银行信用卡中心均因催收不当被罚款。",
        "禾丰银行（简称禾丰）、云岭银行（简称云岭）均因催收不当被罚款。",
        "禾丰银行的“买买吧”、云岭银行的“动动空间”因超范围收集个人信息被通报。",
        "小鹿贷、小羊贷催收时威胁借款人。",
        "小鹿贷和小羊贷催收时威胁借款人。",
        "小鹿贷、云岭银行催收时威胁借款人。",
        "误导宣传在禾丰银行、云岭银行的直播间里也有。",
        "老人的申请先后被禾丰银行、云岭银行拒绝。",
        "店主向禾丰银行和云岭银行申请续贷均无回音。",
        "在禾丰银行和云岭银行的支持下合作社贷到了款。",
        "禾丰银行（江州）分行、云岭银行江州分行讲解存款保险。",
        "禾丰银行“安享”理财产品、云岭银行“颐享”理财产品正式开售。",
        "禾丰银行股份有限公司联合云岭银行讲解存款保险。",
        "无法取款的分别是禾丰银行、安徽云岭银行。",
        "禾丰银行与云岭银行投诉处理在“受理”“答复”和“回访”几个环节均有专人。",
    ],
)
def test_all_of_a_list_are_meant(sentence: str) -> None:
    assert told(sentence) == BOTH


@pytest.mark.parametrize(("first", "second"), [("泰和银行", "云岭银行"), ("大同银行", "禾丰银行"), ("昶和银行", "瑞同银行")])
def test_letters_of_a_name_are_no_words_between_names(first: str, second: str) -> None:
    assert told(f"{first}、{second}因违规收费被罚款。") == {first, second}


def test_three_products_and_names() -> None:
    assert told("用户投诉小鹿贷、云岭银行、花生借暴力催收，威胁借款人家人。") == {*BOTH, "江州科技"}


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        ("禾丰银行与云岭银行签约，推出联名卡。", {"禾丰银行"}),
        ("禾丰银行与小羊贷、花生借合作，发放贷款。", {"禾丰银行"}),
        ("包括禾丰银行、云岭银行，利率普遍下降。", set()),
        ("通过禾丰银行、云岭银行接入涉农数据。", set()),
        ("禾丰银行推出了小羊贷那样的产品。", {"禾丰银行"}),
        ("禾丰银行与云岭银行因禾丰银行的催收人员辱骂借款人终止合作。", {"禾丰银行"}),
    ],
)
def test_a_partner_or_an_example_is_not(sentence: str, acts: set[str]) -> None:
    assert told(sentence) == acts


def test_what_follows_is_told_of_the_firm_named_last() -> None:
    assert told("同样被开出罚单的还有禾川支付，该公司因未落实实名制要求被罚款6万元。") == {"禾川支付"}


@pytest.mark.parametrize(
    "sentence",
    [
        "而个别机构为提高效率，实施暴力催收。",
        "消费贷行业主要投诉问题集中在乱收费、暴力催收。",
        "但83%的种粮户因缺抵押、难担保，常年贷不到款。",
    ],
)
def test_the_trade_and_those_who_lack_something_are_not_the_firm_told_of_before(sentence: str) -> None:
    text = document(["云岭银行推出新产品。", sentence])
    assert attribute(text, local_registry(text, KNOWN))[1].attributed == ()


def test_what_an_authority_finds_of_a_branch_is_its_firms() -> None:
    text = document(["云岭银行某营业部收到警示函。", "禾川证监局发现该营业部向客户推荐高于其风险承受能力的产品。"])
    assert {one.firm for one in attribute(text, local_registry(text, KNOWN))[1].attributed} == {"云岭银行"}


def test_a_short_name_is_learned_of_a_firm_that_is_known_by_less_than_its_legal_name() -> None:
    text = document("云岭银行股份有限公司（以下简称“云商行”）被罚款。", "云商行误导消费者。")
    assert {one.firm for one in attribute(text, local_registry(text, KNOWN))[1].attributed} == {"云岭银行"}


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("禾丰银行、云岭银行两家银行的小微贷款增长30%。", "△、△的小微贷款增长30%。"),
        ("禾丰银行、云岭银行等5家国有大型商业银行的小微贷款增长30%。", "△、△的小微贷款增长30%。"),
        ("禾丰银行等多家机构上线老年版。", "△上线老年版。"),
        ("禾丰银行3家网点上线老年版。", "△3家网点上线老年版。"),
        ("禾丰银行等12家分支机构上线老年版。", "△等12家分支机构上线老年版。"),
    ],
)
def test_how_many_firms_there_are_is_read_as_their_names(sentence: str, read: str) -> None:
    text = document("近日有消息。", sentence)
    assert masked(sentence, attribute(text, local_registry(text, KNOWN))[1].names) == read
