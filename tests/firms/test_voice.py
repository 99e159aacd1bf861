"""Whose document it is: the firm that speaks in it, the one it is about, or a customer who complains of one."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.mentions import find_mentions
from mapper.firms.voice import Voice, voice_of
from mapper.model import DocumentText
from tests.builders import asked, document, firm, heading, registry, said

BANK, PORT = "云岭银行", "海港银行"


def voice(text: DocumentText) -> Voice:
    known = local_registry(text, registry())
    return voice_of(text, known, [find_mentions(passage.text, known) for passage in text.passages])


def actors(text: DocumentText) -> list[tuple[str, ...]]:
    """Who acts in each passage."""
    known = local_registry(text, registry())
    return [tuple(dict.fromkeys(one.firm for one in reading.attributed)) for reading in attribute(text, known)]


@pytest.mark.parametrize(
    "text",
    [
        document("全年受理投诉均按期办结。", speaker=BANK),
        document("全年受理投诉均按期办结。", owner=BANK),
        document("全年受理投诉均按期办结。", title="云岭银行2024年社会责任报告"),
        document(heading("云岭银行股份有限公司"), heading("2024年年度报告"), "全年受理投诉均按期办结。"),
        document("全年受理投诉均按期办结。", "云岭银行（以下简称“本行”）成立于2005年。"),
        document("我行全年受理投诉均按期办结。", "我行网点服务老年客户。", "云岭银行获奖。"),
        document("服务更细致了。", title="专访云岭银行行长周岚"),
        document("我行自下月起取消小微企业账户管理费。", "特此公告。", "云岭银行股份有限公司（盖章）"),
        document("我行自下月起取消小微企业账户管理费。", publisher="云岭银行股份有限公司"),
    ],
    ids=["speaker", "owner", "title", "head", "called", "self-words", "interview", "signature", "publisher"],
)
def test_a_document_has_its_own_firm(text: DocumentText) -> None:
    assert voice(text) == Voice("own", BANK, whole=True)
    assert actors(text)[-1] == (BANK,) or actors(text)[0] == (BANK,)


@pytest.mark.parametrize(
    "text",
    [
        document("记者发现，客户排队很久。", title="云岭银行被罚款80万元"),
        document("云岭银行在业绩会上回应。", title="云岭银行首份ESG报告：金融向绿而行"),
        document(heading("关于云岭银行侵害消费者权益问题的通报"), "该行未按规定处理投诉。"),
        document("云岭银行未按规定处理投诉，请于月底前整改。", "抄送：", "云岭银行"),
        document("我司与云岭银行签订合同，云岭银行延期付款。", "此函致", "云岭银行"),
        document("云岭银行上门办理业务。", "云岭银行走进社区。", publisher="云岭银行观察"),
    ],
)
def test_what_others_write_about_a_firm_is_not_its_own_document(text: DocumentText) -> None:
    assert voice(text).kind == "about"


def test_what_has_no_subject_in_a_firms_own_document_is_the_firms_and_not_called_certain() -> None:
    text = document(
        "2024年，普惠型小微企业贷款余额达到320亿元。", "海港银行代理销售理财。", "设立消费者权益保护委员会。",
        title="云岭银行2024年社会责任报告",
    )
    first, _, last = attribute(text, registry())
    assert [(one.firm, one.sign) for one in (*first.attributed, *last.attributed)] == [(BANK, "owner")] * 2


def test_a_word_for_itself_in_a_firms_own_document_is_not_whoever_was_named_last() -> None:
    text = document(("子公司海港银行开业。", "本行全年减费让利。", "公司设立了消保部。"), title="云岭银行年度报告")
    assert actors(text)[1:] == [(BANK,), (BANK,)]


CARDS = registry(firm("禾联支付", "payment"), firm("禾丰在线", "fintech", full_name="禾丰在线股份有限公司"))


def voice_among(text: DocumentText) -> Voice:
    return voice_of(text, CARDS, [find_mentions(passage.text, CARDS) for passage in text.passages])


def test_a_bank_that_names_nobody_but_a_card_scheme_is_not_the_scheme() -> None:
    told = ("我行将于周日升级系统。", "通过禾联支付转接的借记卡业务暂停服务。", "我行将努力缩短停业时间。")
    assert voice_among(document(*told)) == Voice()
    assert voice_among(document(*told, owner="禾联支付")) == Voice("own", "禾联支付", whole=True)
    assert voice_among(document("公司持续打击本行业黑产。", title="禾联支付2024年社会责任报告")).firm == "禾联支付"


def test_a_portal_is_not_whose_announcement_it_carries() -> None:
    text = document("我行自5月1日起停收账户管理费。", "云岭银行客服热线：955000。", publisher="禾丰在线股份有限公司")
    assert voice(text).firm == "云岭银行"
    assert voice_among(document("设立了老年人绿色通道。", publisher="禾丰在线股份有限公司")) == Voice()


@pytest.mark.parametrize(
    "sentence",
    ["银行业加快数字化转型。", "国务院印发实施意见。", "监管部门要求各机构加强管理。", "《管理办法》要求机构保留人工服务。"],
)
def test_the_trade_and_authorities_stay_nobody_in_a_firms_own_document(sentence: str) -> None:
    assert actors(document(sentence, title="云岭银行年度报告")) == [()]


def test_an_authority_that_fines_the_firm_tells_of_the_firm() -> None:
    text = document("2023年3月，江苏证监局对营业部出具警示函，指出其未做适当性匹配。", title="云岭银行年度报告")
    assert actors(text) == [(BANK,)]


def test_a_shareholder_and_a_subsidiary_named_as_such_act_themselves() -> None:
    text = document("本行的控股股东海港银行发放助学贷款2亿元。", title="云岭银行年度报告")
    assert actors(text) == [(PORT,)]


def test_guests_are_introduced_above_a_round_table() -> None:
    text = document(
        "云岭银行消保部总经理 吕静之", "海港银行合规官 潘子墨", asked("怎么做？"),
        said("吕静之", "我们先做审查。"), said("潘子墨", "我们先做培训。"),
    )
    assert actors(text)[-2:] == [(BANK,), (PORT,)]


def test_a_section_named_after_a_firm_is_about_it() -> None:
    text = document(
        "检查两家银行。", heading("一、云岭银行存在的问题"), "未设专人处理投诉。",
        heading("二、海港银行存在的问题"), "收费未公示。",
    )
    assert actors(text)[2::2] == [(BANK,), (PORT,)]


# ---- complaints ------------------------------------------------------------------------------------------------


def test_what_a_customer_tells_is_the_conduct_of_the_firm_complained_of() -> None:
    text = document("本人在云岭银行办了贷款。", "客服一直让我等，催收还打给我家人。", "我要求退还服务费。")
    assert voice(text) == Voice("complaint", BANK)
    assert actors(text) == [(BANK,)] * 3


def test_a_bank_named_for_its_card_is_not_complained_of() -> None:
    text = document("本人绑定海港银行卡，我每月还款，云岭银行客服说我逾期，强行扣款。")
    assert actors(text) == [(BANK,)]


def test_a_complaint_that_names_no_firm_belongs_to_nobody() -> None:
    assert actors(document("我还清了贷款，客服还打给我，让我再付保险费，不退。")) == [()]


def test_customers_call_a_firm_by_its_stem() -> None:
    text = document("我接到青禾客服电话，说我的贷款逾期，催收又打给我家人。")
    assert actors(text) == [("青禾消费金融",)]


def test_a_page_of_letters_takes_each_for_itself() -> None:
    text = document(
        heading("读者来信"), heading("来信一"), "我在云岭银行被扣款。", "客服不退。",
        heading("来信二"), "我在海港银行排队两小时。", "没人理我。",
    )
    assert [one for one in actors(text) if one] == [(BANK,), (BANK,), (PORT,), (PORT,)]


# ---- cost ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("piece", ["云岭银行与海港银行联合推出普惠贷款公司", "云岭银行、海港银行、", "“我打客服投诉云岭银行（以下简称"])
def test_a_sentence_of_fifty_thousand_characters_takes_no_time(piece: str) -> None:
    from time import process_time

    text = document(piece * (50_000 // len(piece)))
    begun = process_time()
    attribute(text, local_registry(text, registry()))
    assert process_time() - begun < 5
