"""Who acts where several are told of, and where somebody only found out or was told. All sentences are invented."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.model import DocumentText
from tests.builders import document, heading
from tests.firms.test_kinds_of_documents import SHIPPED, actors


def says(text: DocumentText, passage: int, words: str) -> set[str]:
    """To whom a few words of a passage are given."""
    assert SHIPPED is not None
    reading = attribute(text, local_registry(text, SHIPPED))[passage]
    start = text.passages[passage].text.index(words)
    return {one.firm for one in reading.attributed if one.start <= start and start + len(words) <= one.end}


# ---- whoever found out does not act ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "found",
    [
        "法院查明，理财经理明知客户不合条件，仍协助其填写声明。",
        "不过记者在周二上午看到，终端信号时断时续，七位老人等候一个多小时。",
        "记者实测发现，所谓低利率仅对首期有效。",
    ],
)
def test_what_was_found_out_is_told_of_the_firm_before(found: str) -> None:
    assert actors(document("宁波银行推出一款新贷款。", found))[1] == ("宁波银行",)


def test_what_an_authority_does_or_asks_is_still_nobodys() -> None:
    text = document(["宁波银行推出一款新贷款。", "监管局要求，各机构完善制度。"])
    assert actors(text)[1] == ()


def test_a_firm_that_speaks_before_an_outsider_does_keeps_its_act() -> None:
    text = document(
        heading("对话宁银理财总经理李某：罚单之后"),
        ["今年我们暂停了两家机构的代销，因为抽查录音发现有客户经理说收益没有风险。"],
        ["一位客户说：“我们不满意。”"],
    )
    assert actors(text)[1:] == [("宁银理财",), ()]


def test_a_manager_who_passes_a_product_off_is_no_outsider_who_speaks() -> None:
    text = document(
        heading("宁波银行一家支行的十年"),
        ["宁波银行这家支行只有九个人。", "去年，一名经理把净值型产品说成存款，支行被否决评优。"],
    )
    assert actors(text)[2] == ("宁波银行",)


def test_its_own_app_is_not_any_bank() -> None:
    text = document("南京银行联合市残联走访客户。", "手机银行今年3月完成读屏适配，视障用户转账成功率提高到93%。")
    assert actors(text)[1] == ("南京银行",)


# ---- two firms in one sentence --------------------------------------------------------------------------------------


def test_who_is_allied_acts_too_but_what_follows_is_the_first_ones() -> None:
    text = document(["宁波银行城东支行联合市残联、江苏银行推出创业贷款。", "去年它还培训了残疾人。"])
    assert actors(text) == [("宁波银行", "江苏银行"), ("宁波银行",)]


def test_a_bank_of_the_same_town_is_no_partner_though_a_list_follows() -> None:
    assert actors(document("同城的宁波银行、南京银行也推出了老年专窗。")) == [("宁波银行", "南京银行")]


def test_a_partner_with_others_of_its_trade_does_not_act() -> None:
    assert actors(document("南京银行与江苏银行及12家机构开展合作，落地贷款86户。")) == [("南京银行",)]


def test_the_former_and_the_latter_are_the_two_named_last() -> None:
    text = document("宁波银行和南京银行都在反欺诈上下功夫：前者把模型嵌入回访环节；后者建了实验室。")
    assert says(text, 0, "模型嵌入") == {"宁波银行"} and says(text, 0, "实验室") == {"南京银行"}
    lone = document("仅宁波银行与南京银行发布了报告。", "后者公布了自身运营碳排放。")
    assert actors(lone)[1] == ("南京银行",)
    one = document("宁波银行与南京银行发布了报告。", "其中宁波银行最早，后者公布了碳排放。")
    assert says(one, 1, "公布了碳排放") == {"南京银行"}


def test_each_of_several_firms_has_the_cause_that_stands_behind_its_name() -> None:
    text = document("宁波银行因误导销售、南京银行（江城分行）因转嫁评估费、泰康人寿因泄露客户信息分别被罚50万元。")
    told = {"误导销售": "宁波银行", "转嫁评估费": "南京银行", "泄露客户信息": "泰康人寿"}
    assert {words: says(text, 0, words) for words in told} == {words: {firm} for words, firm in told.items()}


def test_both_are_the_two_that_their_own_sentence_named() -> None:
    text = document("宁波银行与南京银行签署协议，双方将共同发放绿色贷款。")
    assert says(text, 0, "共同发放绿色贷款") == {"宁波银行", "南京银行"}


def test_the_former_and_the_latter_are_those_whom_a_finding_names() -> None:
    text = document("监管局对宁波银行罚款50万元，对泰康人寿罚款35万元，认定前者允许他人驻点销售，后者欺骗投保人。")
    assert says(text, 0, "允许他人驻点销售") == {"宁波银行"} and says(text, 0, "欺骗投保人") == {"泰康人寿"}


def test_what_a_products_paper_says_is_of_all_that_offer_it() -> None:
    text = document(
        heading("“惠江保”2025年度产品说明"),
        ["承保单位：新华保险、太平洋人寿、人保财险组成共保体"],
        ["既往症人群也能投保、可赔付。"],
        ["理赔咨询热线每天8:30开通。"],
    )
    told = actors(text)
    assert len(told[1]) == 3
    assert told[2] == told[3] == told[1]


def test_the_company_in_a_banks_report_is_the_subsidiary_just_told_of() -> None:
    text = document(
        heading("南京银行2024年年度报告"),
        ["本行服务客户。"],
        ["南银理财成立于2020年。", "公司面向公众发行理财产品。", "本行设立专营机构。"],
    )
    assert actors(text)[2:] == [("南银理财",), ("南银理财",), ("南京银行",)]


def test_a_comma_in_brackets_ends_no_clause() -> None:
    text = document(heading("南京银行2024年年度报告"), ["本行服务客户。", "广东再担保（市属国企，非本集团成员）为种粮大户提供担保。"])
    assert actors(text)[2] == ("广东再担保",)


def test_who_organises_an_event_does_not_do_all_that_is_told_of_it() -> None:
    text = document(
        heading("金融知识宣传月启动"), ["承办单位：宁波银行、南京银行"], ["全市近三成老人不会用手机。"], ["投诉处理时限被缩短到三天。"]
    )
    assert actors(text)[2:] == [(), ()]


def test_the_company_is_the_one_that_its_own_sentence_names() -> None:
    text = document(
        heading("南京银行2023年度报告"),
        ["本行完善治理。"],
        ["南银理财成立于2020年。", "南银法巴消费金融设立消保部，公司发放贷款。"],
    )
    assert actors(text)[3] == ("南银法巴消费金融",)


# ---- names that are broken ------------------------------------------------------------------------------------------


def test_a_blank_or_a_line_end_within_a_name_does_not_hide_it() -> None:
    assert actors(document("中信 银行江城分行违规付汇，被罚20万元。", "支\n付宝推出新功能。")) == [("中信银行",), ("支付宝",)]


@pytest.mark.parametrize(
    "text", ["上海 银行 保险 监督管理局对违规行为罚款。", "栏目：交通 银行 保险 证券 基金", "兴 业 银 行 业", "光大 银行\n证券公司"]
)
def test_words_set_apart_are_no_name(text: str) -> None:
    assert actors(document(text)) == [()]


def test_two_words_of_two_letters_make_no_short_name() -> None:
    assert actors(document("南京银行修订了员 工 行 为准则。")) == [("南京银行",)]


# ---- complaints against several -------------------------------------------------------------------------------------


def test_a_letter_against_a_bank_and_an_insurer_means_by_its_kind_the_one_or_the_other() -> None:
    text = document(
        heading("读者来信"),
        ["我在宁波银行存钱，却买成了新华保险的保单。", "新华保险说已过犹豫期，宁波银行让我等。"],
        ["我打了三次银行的投诉电话，一直没有回复。", "保险公司只肯退一半。"],
    )
    assert actors(text)[3:] == [("宁波银行",), ("新华保险",)]


@pytest.mark.parametrize("sentence", ["我向人民银行投诉，一直没有回复。", "银行业协会也没有答复。", "我在电话银行里查不到。"])
def test_an_authority_or_a_way_of_banking_is_not_the_bank_of_the_letter(sentence: str) -> None:
    text = document(
        heading("读者来信"), ["我在宁波银行存钱，却买成了新华保险的保单。", "宁波银行让我等。", "新华保险说已过犹豫期。"], [sentence]
    )
    assert actors(text)[-1] == ("新华保险",)


def test_the_bank_that_does_better_acts_where_a_customer_sets_it_beside_the_other() -> None:
    text = document(
        heading("【投诉】轮椅进不去"),
        ["我去宁波银行办业务，门口没有坡道，客服让我等。", "宁波银行的人说改造要等明年，投诉了也没用。"],
        ["相比之下，两站路外的南京银行在门外就能按铃。", "我要投诉到底。"],
    )
    assert actors(text)[3:] == [("南京银行",), ("宁波银行",)]


# ---- headings that tell ---------------------------------------------------------------------------------------------


def test_a_heading_that_says_what_was_found_wrong_tells_of_the_firm_that_mends_it() -> None:
    text = document(
        heading("宁波银行整改报告"),
        heading("（一）关于“有34款产品未审先上”的问题"),
        ["本行已补做审查。"],
        heading("（二）关于产品审查的问题"),
    )
    assert [bool(one) for one in actors(text)] == [False, True, True, False]


# ---- a customer who complains of a bank, a platform and whoever guarantees -------------------------------------------

COMPLAINS = "我在花生借平台申请了四万元，放款方是禾川银行，担保方是盛远融资担保有限公司。"


@pytest.mark.parametrize(
    ("told", "firm"),
    [
        ("签合同的时候平台没有提示另外的收费。", "花生借"),
        ("我打客服，银行说息费与他们无关，让我找平台。", "禾川银行"),
        ("每个月还要多扣一笔担保费。", "盛远担保"),
        ("刚下款就默认勾选会员权益，扣了199元会员费。", "花生借"),
        ("逾期三天，平台的催收给我单位打电话。", "花生借"),
        ("我要求担保公司退还全部费用。", "盛远担保"),
    ],
)
def test_each_fault_is_of_whom_the_sentence_says_by_kind_or_by_a_fee_that_only_he_takes(told: str, firm: str) -> None:
    text = document(COMPLAINS, "我多次打客服投诉。", told, "平台一直推诿，我要求退费。")
    assert actors(text)[2] == (firm,)


@pytest.mark.parametrize(
    ("lender", "told", "firm"),
    [
        ("禾川信托有限公司", "信托公司的客服电话一直打不通。", "禾川信托"),
        ("禾川小额贷款有限公司", "小贷公司上门贴大字报。", "禾川小贷"),
        ("禾川消费金融有限公司", "消金公司说合同里都写了。", "禾川消费金融"),
    ],
)
def test_a_trust_or_another_lender_is_called_by_its_kind_too(lender: str, told: str, firm: str) -> None:
    first = f"我在花生借平台申请了四万元，放款方是{lender}，担保方是盛远融资担保有限公司。"
    text = document(first, "我多次打客服投诉。", "每个月还要多扣一笔担保费。", told, "平台一直推诿，我要求退费。")
    assert actors(text)[3] == (firm,)


def test_what_a_dealer_does_is_no_act_of_the_lender_complained_of() -> None:
    text = document("我向禾川银行贷款买车，还款三年。", "4S店收了我三千元服务费，没有发票。", "禾川银行的客服说提前还款要收违约金。")
    assert actors(text) == [("禾川银行",), (), ("禾川银行",)]


@pytest.mark.parametrize(
    ("sentence", "firms"),
    [
        ("禁止从本金中先行扣除利息、手续费、保证金。", ()),
        ("根据《个人贷款管理办法》规定，贷款人应当告知年化利率。", ()),
        ("根据《个人贷款管理办法》规定，利率应当告知，该公司却只字不提。", ("禾川消费金融",)),
        ("不得不多还了两千元利息。", ("禾川消费金融",)),
    ],
)
def test_a_rule_that_a_customer_quotes_is_no_deed_of_the_firm_complained_of(sentence: str, firms: tuple[str, ...]) -> None:
    text = document("我向禾川消费金融借款一万元，我多次投诉，客服一直推诿。", sentence, "要求禾川消费金融退还多收的利息。")
    assert actors(text)[1] == firms


def test_a_platform_where_a_customer_only_met_a_lender_is_no_firm_complained_of() -> None:
    text = document("本人在花生借平台借款，禾川消费金融放款时强制收咨询费。", "逾期后禾川消费金融天天催收，我要求退费。")
    assert actors(text) == [("禾川消费金融",), ("禾川消费金融",)]


@pytest.mark.parametrize(
    ("sentence", "firms"),
    [
        ("中信银行与兴业银行都开展了消费者权益保护培训。", ("中信银行", "兴业银行")),
        ("中信银行与兴业银行为小微企业发放信用贷款30亿元。", ("中信银行", "兴业银行")),
        ("人保财险与太保产险向受灾农户赔付300万元。", ("人保财险", "太保产险")),
        ("中信银行与兴业银行对接系统，为小微企业发放信用贷款30亿元。", ("中信银行",)),
    ],
)
def test_two_firms_act_that_give_something_to_the_same_people(sentence: str, firms: tuple[str, ...]) -> None:
    assert actors(document(sentence)) == [firms]


# ---- faults of several firms in numbered lines ---------------------------------------------------------------------


def test_numbered_lines_below_what_a_firm_did_wrong_are_its_own() -> None:
    told = actors(
        document(
            "通报称，在对招商银行、中信银行的检查中发现违法违规行为。",
            "招商银行主要违法违规事实共计2条，分别为：",
            "一、向小微企业贷款客户转嫁抵押评估费；",
            "二、收取咨询费。",
            "对招商银行罚款200万元。",
            "中信银行主要违法违规事实：",
            "一、贷款资金被挪用于房地产领域；",
            "二、泄露客户个人信息。",
            "两家银行均未回应。",
        )
    )
    assert told[1:5] == [("招商银行",)] * 4
    assert told[5:8] == [("中信银行",)] * 3


def test_numbered_lines_end_with_the_first_that_bears_no_number() -> None:
    lines = ("招商银行主要违法违规事实：", "一、收取咨询费。", "多家机构被点名。", "二、全国共处罚机构12家。")
    told = actors(document(*lines, "中信银行开展了培训。"))
    assert told[:2] == [("招商银行",)] * 2
    assert told[2:4] == [(), ()]


def test_what_is_told_at_a_banks_counter_is_the_banks_whoever_insures() -> None:
    letter = document(
        ["我本来是去宁波银行存定期，柜员却让我买了一份保险。", "保单上写的是泰康人寿，泰康人寿的客服拒绝给我全额退保。"],
        ["希望泰康人寿尽快退保。"],
        title="投诉泰康人寿",
    )
    assert actors(letter)[:2] == [("宁波银行",), ("泰康人寿",)]
    news = document("八旬老人去宁波银行存钱，柜员推荐她买了泰康人寿的分红险，说和存款一样。")
    assert says(news, 0, "说和存款一样") == {"宁波银行"}
