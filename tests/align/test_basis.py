"""Who found a fault: an authority, a court, the firm itself, or nobody yet."""

from __future__ import annotations

import pytest

from mapper.model import DocumentText, Evidence
from tests.align.found import read
from tests.builders import document, heading, said, shipped_catalog


def faults(text: DocumentText) -> list[Evidence]:
    catalog = shipped_catalog()
    return [one for one in read(text, catalog) if one.grade == "adverse"]


def bases(text: DocumentText) -> set[str | None]:
    return {one.basis for one in faults(text)}


def by_words(text: DocumentText, *words: str) -> list[set[str | None]]:
    found = faults(text)
    return [{one.basis for one in found if word in one.quote} for word in words]


@pytest.mark.parametrize(
    ("sentence", "basis"),
    [
        ("云岭银行承认了自己的违规行为，员工未经授权查询客户征信。", "finding"),
        ("客户称云岭银行承认员工未经授权查询客户征信。", "allegation"),
    ],
)
def test_a_firm_that_owns_up_has_found_it_and_who_says_so_of_it_has_not(sentence: str, basis: str) -> None:
    assert bases(document(sentence)) == {basis}


@pytest.mark.parametrize(
    ("ruling", "basis"),
    [
        ("法院的判决显示，云岭银行尚无需为客户的损失承担责任。", "allegation"),
        ("责任划分须等待司法机关的裁定。", "allegation"),
        ("法院判令云岭银行赔偿五万元，驳回其他诉讼请求。", "finding"),
    ],
)
def test_a_court_that_clears_the_firm_or_has_not_ruled_found_nothing(ruling: str, basis: str) -> None:
    assert by_words(document("一名客户说，云岭银行的员工转走了她470万元存款。", ruling), "转走") == [{basis}]


def test_what_a_customer_tells_is_alleged_whatever_he_calls_for() -> None:
    told = (
        "我是海港银行的客户，我带母亲去柜台取款，柜员不给办，让我自己扫码。",
        "我给客服打电话，客服说不归她管，我又去网点找经理，经理说我可以投诉。",
        "经查，海港银行对老年人没有提供人工服务，我要求银保监会责令其改正并罚款。",
    )
    assert bases(document(*told, title="投诉海港银行拒绝老人使用现金")) == {"allegation"}


@pytest.mark.parametrize(("speaker", "basis"), [("云岭银行", "finding"), (None, "allegation")])
def test_a_firm_that_says_of_itself_what_goes_wrong_admits_it(speaker: str | None, basis: str) -> None:
    fault = "{}的理财销售仍有短板：部分网点存在客户经理夸大收益、隐瞒风险的行为，引来老年客户投诉三百多件。"
    text = document(said(speaker, fault.format("我行"))) if speaker else document(fault.format("云岭银行"))
    assert bases(text) == {basis}


@pytest.mark.parametrize(
    ("below", "basis"), [("清川金融监管分局", "finding"), ("清川晚报", "allegation"), ("移交清川市人民法院", "allegation")]
)
def test_what_an_authority_tells_in_what_it_signs_is_found(below: str, basis: str) -> None:
    fault = "云岭银行没有在规定时限内答复投诉人，对客户投诉一再推诿拖延。"
    text = document(fault, "此事影响不好。", below, "2024年3月1日", "抄送：清川市政府")
    assert bases(text) == {basis}


@pytest.mark.parametrize(
    ("title", "basis"),
    [
        ("清川银保监局关于云岭银行侵害消费者权益问题的通报", "finding"),
        ("清川金融监管分局行政处罚决定书", "finding"),
        ("云岭银行关于投诉处理情况的通报", "allegation"),
        ("云岭银行投诉处理为何推诿", "allegation"),
        ("清川银保监局关于第二季度银行业消费投诉情况的通报", "allegation"),
    ],
)
def test_what_an_authority_writes_is_found_from_the_first_word_to_the_last(title: str, basis: str) -> None:
    fault = "云岭银行没有在规定时限内答复投诉人，对客户投诉一再推诿拖延。"
    assert bases(document(heading(title), [fault], title=title)) == {basis}


def test_an_authority_that_calls_itself_our_office_is_no_customer() -> None:
    told = (
        "我分局对云岭银行涉嫌违法一案进行了调查。",
        "经查，云岭银行没有在规定时限内答复投诉人，对客户投诉一再推诿拖延，保险和贷款投诉各有三十件逾期。",
        "我分局决定对云岭银行罚款45万元。",
    )
    title = "清川金融监管分局行政处罚决定书"
    assert bases(document(heading(title), told, title=title)) == {"finding"}


def test_what_an_authority_says_that_customers_tell_is_alleged() -> None:
    fault = "消费者投诉云岭银行没有在规定时限内答复，一再推诿拖延。"
    title = "清川银保监局关于云岭银行侵害消费者权益问题的通报"
    assert bases(document(heading(title), [fault], title=title)) == {"allegation"}


def test_what_a_firm_says_there_is_not_it_does_not_admit() -> None:
    told = "我行严禁存在任何误导行为，而老年客户投诉理财产品夸大收益、隐瞒风险三百多件。"
    assert bases(document(said("云岭银行", told))) == {"allegation"}


def test_what_a_customer_is_quoted_with_in_a_firm_s_own_page_is_still_alleged() -> None:
    told = "有村民向媒体反映，我行柳树乡服务点经常关门，老人取不到养老金，投诉后也没有人理睬。"
    assert bases(document(said("云岭银行", told))) == {"allegation"}


FINE = "云岭银行因违规收取小微企业贷款手续费，被江城金融监管分局罚款30万元。"


def test_a_customer_s_complaint_beside_a_fine_is_still_alleged() -> None:
    told = "有用户在黑猫投诉平台称，云岭银行客服一再推诿，投诉两个月没有人处理。"
    assert by_words(document((FINE, told)), "罚款", "黑猫") == [{"finding"}, {"allegation"}]


def test_a_customer_named_in_the_news_of_a_fine_makes_no_complaint_of_it() -> None:
    told = "经查，53名客户办理云岭银行贷款时被要求购买保险，购买保险并非客户本人意愿，客服也未退还保费。"
    assert by_words(document((told, FINE)), "罚款", "53名") == [{"finding"}, {"finding"}]


def test_the_points_of_a_circular_go_on_from_whoever_found_the_first() -> None:
    told = (
        "金融监管总局通报，云岭银行侵害消费者权益，有关问题如下。",
        "一是云岭银行对合作机构管理不到位。",
        "二是云岭银行向客户宣传理财产品时夸大收益、隐瞒风险。",
        "三是云岭银行对客户投诉一再推诿拖延，没有在规定时限内答复投诉人。",
    )
    assert by_words(document(told), "夸大", "推诿") == [{"finding"}, {"finding"}]


def test_what_goes_on_from_a_finding_is_of_the_same_firm() -> None:
    told = (FINE, "海港银行召开了会议。", "海港银行对老年客户的投诉一再推诿拖延，没有答复投诉人。")
    assert by_words(document(told), "罚款", "推诿") == [{"finding"}, {"allegation"}]


def test_an_inquiry_is_no_finding_yet() -> None:
    told = "省消委会向云岭银行发出调查函，要求其自查是否在销售理财产品时夸大收益、隐瞒风险，涉嫌误导消费。"
    assert bases(document(told)) == {"allegation"}


def test_what_a_customer_tells_and_a_court_holds_is_found() -> None:
    told = "消费者李女士称云岭银行客户经理夸大理财产品收益、隐瞒风险，法院查明属实，判令云岭银行赔偿损失。"
    assert bases(document(told)) == {"finding"}


def test_a_finding_does_not_stick_to_a_firm_for_good() -> None:
    between = ("云岭银行成立于2009年。", "江州茶叶远近闻名。", "云岭银行开办茶贷。")
    told = (FINE, *between, "云岭银行工作人员态度恶劣，对老年客户的投诉不予受理，一再推诿拖延。")
    assert by_words(document(told), "罚款", "态度") == [{"finding"}, {"allegation"}]


def test_what_a_platform_told_first_does_not_hide_the_finding_that_follows() -> None:
    told = (
        "有用户在黑猫投诉平台称，云岭银行客服一再推诿，投诉两个月没有人处理。",
        "云岭银行违规收取小微企业手续费三千万元，未按规定公示收费标准。",
        "云岭银行因此被江城金融监管分局罚款三十万元。",
    )
    assert by_words(document(told), "黑猫", "三千万") == [{"allegation"}, {"finding"}]


def test_what_was_done_after_a_fault_is_no_fault() -> None:
    told = "云岭银行因强制搭售意外险被罚款20万元，目前已设立消费者权益保护委员会，并公示收费标准。"
    assert {one.requirement for one in faults(document(told))}.isdisjoint({"cp22-08", "cp22-24", "ph23-23.a"})


def test_what_an_authority_is_quoted_with_is_found() -> None:
    told = "银保监会指出，云岭银行销售理财产品时夸大收益、隐瞒风险，存在不实宣传的问题。"
    assert bases(document(told)) == {"finding"}


def test_what_a_plaintiff_pleads_is_alleged_until_the_court_holds_it() -> None:
    plea = "原告李某诉称，海港银行理财经理隐瞒风险、夸大收益，向其推荐高风险基金，请求法院判决海港银行赔偿损失。"
    assert bases(document(plea)) == {"allegation"}
    held = "法院认定，海港银行理财经理隐瞒风险、夸大收益，向原告推荐高风险基金，判决海港银行赔偿损失。"
    assert bases(document(held)) == {"finding"}


@pytest.mark.parametrize(
    ("told", "basis"),
    [
        ("海港银行客户经理盗取储户存款，一审被判十二年。", "finding"),
        ("海港银行因误导销售，终审判赔客户二十万元。", "finding"),
        ("海港银行违规催收，被监管点名。", "finding"),
        ("海港银行违规催收，被网友点名。", "allegation"),
    ],
)
def test_a_sentence_passed_damages_awarded_and_a_name_given_by_a_supervisor_are_findings(told: str, basis: str) -> None:
    assert bases(document(told)) == {basis}


def test_a_firm_for_which_a_court_held_is_not_charged() -> None:
    text = document("原告诉称，海港银行未履行适当性义务。", "法院认为，海港银行已尽适当性义务，判决驳回原告诉讼请求。")
    assert [one for one in faults(text) if "驳回" in one.quote] == []
