"""Who acts in the kinds of documents that firms, courts, customers and the press publish. All sentences are invented."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.complainant import complains
from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.model import DocumentText
from tests.builders import document, heading

SHIPPED, _ = load_registry()
assert SHIPPED is not None


def actors(text: DocumentText) -> list[tuple[str, ...]]:
    """Who acts in each passage, in the order of the stretches; the shipped registry is known."""
    assert SHIPPED is not None
    known = local_registry(text, SHIPPED)
    return [tuple(dict.fromkeys(one.firm for one in reading.attributed)) for reading in attribute(text, known)]


# ---- abbreviations in a row ---------------------------------------------------------------------------------------

SIX = {"中国银行", "农业银行", "工商银行", "建设银行", "交通银行", "邮储银行"}


@pytest.mark.parametrize(
    ("sentence", "banks"),
    [
        ("中农工行建交邮已全部下调存款利率。", SIX),
        ("工农中建交均已推出数字人民币钱包。", SIX - {"邮储银行"}),
        ("工农中建交邮储推出了老年版手机银行。", SIX),
    ],
)
def test_banks_in_a_row_of_characters_all_act(sentence: str, banks: set[str]) -> None:
    assert set(actors(document(sentence))[0]) == banks


@pytest.mark.parametrize("sentence", ["四大行已全部下调存款利率。", "国有六大行推出了老年版手机银行。"])
def test_the_large_banks_together_are_nobody(sentence: str) -> None:
    assert actors(document(sentence)) == [()]


# ---- companies of other trades ------------------------------------------------------------------------------------


def test_the_company_of_another_trade_speaks_for_itself() -> None:
    text = document(
        ["周小生（002000）公告，公司上半年新开门店三百家。"],
        ["公司将加强对门店的培训。"],
        ["我们会积极推进线上销售。"],
        ["云闪付由银联运营，平安银行为门店推出了专属贷款。"],
    )
    assert actors(text)[:3] == [(), (), ()]
    assert "平安银行" in actors(text)[3]


def test_the_report_of_a_company_of_another_trade_is_nobodys() -> None:
    text = document(
        heading("禾丰电器股份有限公司2024年年度报告"),
        ["公司开展节能改造，全年减排二氧化碳三千吨。"],
        ["公司与平安银行合作，推出以旧换新分期。"],
        ["我们为员工开设了防诈骗课堂。"],
    )
    assert actors(text)[1] == actors(text)[3] == ()


def test_clients_and_recommended_stocks_do_nothing() -> None:
    text = document(
        ["这家软件公司的客户包括建设银行、兴业银行，上线了智能文档平台。"],
        ["上半年获得多个行业的客户，包括建设银行、兴业银行。"],
        ["重点推荐招商银行、宁波银行。"],
    )
    assert actors(text) == [(), (), ()]


def test_a_firm_whose_shares_are_sold_does_nothing() -> None:
    assert actors(document("某石油公司持有的微众银行1260万股的股权被司法拍卖。")) == [()]
    assert actors(document("天眼查显示，平安银行为其股东。")) == [()]


def test_one_product_named_far_down_makes_no_document_its_firms() -> None:
    lines = [[f"第{number}场购物节活动带动了商圈客流增长。"] for number in range(12)]
    text = document(*lines, ["顾客可以用支付宝领取消费券。"], ["活动将持续到月底。"])
    assert all(found == () for found in actors(text)[:12])


def test_a_digest_carries_nobody_from_item_to_item() -> None:
    text = document(
        ["1.兴业银行推出首款养老理财产品。", "2.昔日冠军被取消会员资格。", "有关材料至今没有提交。"],
        ["3.平安银行开通助老专线。"],
    )
    assert actors(text) == [("兴业银行",), (), (), ("平安银行",)]


def test_a_line_with_the_source_only_is_nobodys() -> None:
    assert actors(document(["平安银行推出助老专线。", "（证券时报网）"])) == [("平安银行",), ()]


def test_a_securities_firm_may_speak_of_itself_and_of_the_market() -> None:
    assert actors(document("国信证券表示，公司设立资管子公司以服务养老客户。")) == [("国信证券",)]
    assert actors(document("国信证券研究显示，行业零售规模将增长两成。")) == [()]


# ---- branches -----------------------------------------------------------------------------------------------------


def test_a_branch_named_without_its_bank_is_its_banks() -> None:
    text = document(
        ["日前，江城分行把厂房抵押率提高到七成。"],
        ["华夏银行江城分行有关负责人介绍了这款产品。"],
        ["江城分行还为四个园区提供了贷款。"],
    )
    assert actors(text) == [("华夏银行",)] * 3


# ---- customers ----------------------------------------------------------------------------------------------------


def test_the_card_and_the_way_of_paying_are_not_complained_of() -> None:
    text = document(
        [
            "本人在晋商消费金融借款一万元，该平台通过京东支付强制扣除保费，我打客服电话投诉。",
            "后来我绑定工商银行，还款当天又被催收。",
            "我要求退还多扣的费用。",
        ]
    )
    assert actors(text) == [("晋商消费金融",)] * 3


def test_a_complaint_in_short_lines_is_all_about_the_firm() -> None:
    text = document(
        heading("一个催收打电话"),
        heading("自称是北银消费金融"),
        heading("说我欠钱不还"),
        heading("一直不停骚扰我"),
        ["我要投诉非法催收。"],
    )
    assert actors(text)[3] == ("北银消费金融",)


def test_customers_short_name_is_told_by_what_they_write_of() -> None:
    text = document(["中信业务人员以办信用卡为名让我转账，我打客服投诉，信用卡至今没有办下来，我要求退款。"])
    assert actors(text) == [("中信银行",)]


# ---- words that look like one's own -------------------------------------------------------------------------------


def test_a_group_in_brackets_is_no_word_for_oneself() -> None:
    text = document(
        ["平安银行推出助老专线。", "中国太平洋保险（集团）股份有限公司为另一家公司的股东。"],
        ["双创基金上市首日成交活跃。"],
        ["投资者需要注意风险。"],
    )
    assert actors(text)[2:] == [(), ()]


# ---- lists, notes and platforms ------------------------------------------------------------------------------------


def test_branches_in_brackets_and_companies_of_other_trades_do_not_end_a_list() -> None:
    text = document("由平安银行、川江省电力有限公司、招商银行(江城分行、川西分行)联合攻关的数字人民币场景落地。")
    assert set(actors(text)[0]) == {"平安银行", "招商银行"}


def test_a_note_on_one_firm_means_it_by_the_company_whoever_it_is_compared_with() -> None:
    notes = ["公司加快科技赋能。", "公司推进线上经营。", "公司优化渠道。", "公司推出年金产品。", "公司压降成本。"]
    text = document("中国太保公布第三季度业绩报告。", *["单季保费回升。"] * 3, *notes, "中国平安收益率为5.2%，新华保险为5.6%。")
    assert actors(text)[4:9] == [("中国太保",)] * 5


def test_the_only_firm_of_a_text_acts_before_it_is_named() -> None:
    lines = ["创新服务体系。", "组织企业对接基金。", "自主开发申报系统。"]
    text = document(*lines, "微众银行举办对接会。", "截至月末，微众银行服务企业三千家。")
    assert actors(text)[1] == ("微众银行",)


def test_a_bank_that_only_keeps_the_money_is_not_whom_a_text_is_about() -> None:
    lines = ["平台暂停兑付。", "平台停止发标。", "平台启动代偿。", "客服无法接通。"] * 3
    text = document(*lines, "经与上饶银行双方商议，错峰上线。", "时间待与上饶银行确认。")
    assert actors(text)[1] == ()


def test_the_platform_is_the_one_named_a_few_sentences_before() -> None:
    text = document("拍拍贷上线三年。", "标的期限较短。", "利率适中。", "平台目前已上线银行存管。")
    assert actors(text)[3] == actors(text)[0] != ()


@pytest.mark.parametrize(("cover", "firm"), [("年金险每期交费六百元", "太平人寿"), ("车险定损太低，车辆没修好", "太平财险")])
def test_customers_who_name_a_group_mean_the_insurer_of_their_cover(cover: str, firm: str) -> None:
    text = document(f"本人买的{cover}，我要求退保。", "我打了太平投诉电话，客服不回复我。", "我的保单一直没有退。")
    assert actors(text)[1] == (firm,)


def test_news_of_the_police_is_no_complaint() -> None:
    lines = ("请通过本人银行卡还款，逾期将被追缴。", "还款至上饶银行账户，投诉请来电。", "我们将继续侦查。")
    for first, kind in (("4月16日，公安局西湖区分局发布警情通告。", False), ("我要把钱讨回来。", True)):
        text = document(first, *lines)
        assert complains(text) is kind


# ---- who is meant without being named -----------------------------------------------------------------------------


def test_a_sentence_goes_on_about_the_one_firm_of_the_paragraph_before() -> None:
    text = document(
        ["年底，兴业银行在老街设了助老驿站。", "平安银行也设了驿站。"],
        ["平安银行的驿站里有两名志愿者。"],
        ["七十岁的佟师傅来交水费，志愿者教他放大了字体。"],
        ["1. 兴业银行推出养老产品。", "2. 钢铁厂停产。"],
        ["厂里的人来存钱。"],
    )
    assert actors(text)[3] == ("平安银行",)
    assert actors(text)[-1] == ()


def test_a_paragraph_on_several_firms_is_carried_on_by_none() -> None:
    text = document(["兴业银行设了驿站，平安银行设了专窗。"], ["七十岁的佟师傅来交水费，有人教他放大了字体。"])
    assert actors(text)[1] == ()


def test_in_a_text_on_platforms_whoever_comes_next_may_be_another() -> None:
    text = document(
        ["多家P2P平台逾期。", "兴业银行设了驿站，平安银行设了专窗。"],
        ["平安银行停了网贷存管。"],
        ["小鹿那边拖着不还钱，投资人报了案。"],
    )
    assert actors(text)[-1] == ()


def test_both_firms_of_a_pair_act() -> None:
    text = document(["兴业银行与平安银行签署合作协议。", "根据协议，双方将在养老领域共建网点。", "两家银行均减免了手续费。"])
    assert set(actors(text)[1]) == set(actors(text)[2]) == {"兴业银行", "平安银行"}


def test_both_of_nobody_are_nobody() -> None:
    assert actors(document(["买方与卖方协商。", "双方将解除合同。"])) == [(), ()]


def test_whom_an_authority_punishes_is_at_fault() -> None:
    text = document(["监管分局对兴业银行城东支行罚款50万元，对平安银行罚款35万元，认定后者误导客户。"])
    assert set(actors(text)[0]) == {"兴业银行", "平安银行"}


def test_whose_turn_it_is_speaks_for_his_firm() -> None:
    text = document(
        ["会上，兴业银行与平安银行的负责人回答提问。"],
        ["兴业银行行长　沈伯安："],
        ["去年我们给企业放了信用贷款。"],
        ["平安银行副总裁　宁可："],
        ["我们免费辅导了八十家企业。"],
        ["主持人："],
        ["我们进入下一个问题。"],
    )
    assert [actors(text)[n] for n in (2, 4, 6)] == [("兴业银行",), ("平安银行",), ()]


def test_a_parent_at_the_back_does_nothing() -> None:
    assert actors(document(["陆金所背靠中国平安，推出了适老版。"])) == [("陆金所控股",)]


def test_a_customers_story_is_a_complaint_though_he_says_i_only_once() -> None:
    told = "本人在平安银行买了保险。" + "客服说可以退，后来又不退保险，投诉没有用，还款照扣。" * 12
    assert set(actors(document([told]))) == {("平安银行",)}


# ---- customers in the news, letters and lists -----------------------------------------------------------------------


def test_what_a_customer_in_the_news_meets_is_the_conduct_of_the_firm_he_deals_with() -> None:
    text = document(
        ["一位网友投诉称，他在平安产险APP里多了一份会员。", "江城的何女士持有宁波银行的理财，净值一路下跌，客服至今没有回复。"]
    )
    assert actors(text)[1] == ("宁波银行",)


def test_the_platform_and_the_lender_that_a_customer_dealt_with_are_both_told_of() -> None:
    text = document(["南京银行减少了合作平台。", "借款人小吴去年经360借条在宁波银行借款3万元，到账只有2.76万元。"])
    assert "宁波银行" in actors(text)[1]


def test_a_clause_that_only_names_the_firm_at_which_something_is_done_tells_of_it() -> None:
    text = document(["他在宁波银行申请贷款被退件；而在南京银行，工作人员用录音的方式为他办妥。"])
    known = local_registry(text, SHIPPED)  # type: ignore[arg-type]
    told = [one for one in attribute(text, known)[0].attributed if one.firm == "南京银行"]
    assert told and text.passages[0].text[told[0].start :].find("为他办妥") > 0


def test_places_before_the_names_of_a_list_do_not_end_it() -> None:
    text = document(["浙江的宁波银行、江宁的南京银行和滨湖的江苏银行共同成立了联盟，放款8700万元。"])
    assert actors(text) == [("宁波银行", "南京银行", "江苏银行")]


def test_the_lender_in_the_head_of_a_complaint_comes_before_one_that_does_better() -> None:
    text = document(
        heading("提前还房贷怎么这么难"),
        heading("坐标：江城 贷款行：宁波银行 剩余本金61万"),
        ["我在App点提前还款，最早排到7月，客服让我等。", "我隔壁同事在南京银行，线上申请，隔天就结清了。"],
    )
    assert actors(text)[2] == ("宁波银行",)


def test_a_letter_calls_a_firm_that_another_letter_named_by_its_stem() -> None:
    text = document(
        heading("读者来信"),
        heading("来信一"),
        ["我在宁丰消费金融的App上借了钱，客服一直不回复我的投诉。"],
        heading("来信二"),
        ["我打到南京银行信用卡中心，客服说是系统默认开通的。"],
        heading("来信三"),
        ["同样是宁丰，我从没逾期，利率却更高。", "我打电话问，客服说不便解释。"],
    )
    assert actors(text)[-2:] == [("宁丰消费金融",), ("宁丰消费金融",)]


def test_a_word_of_every_day_calls_a_firm_only_with_whoever_serves() -> None:
    text = document(
        heading("【投诉】催收"),
        ["我在马上消费金融借款，马上客服一直打电话催收。", "我逾期后马上还款，客服却说要投诉只能等。"],
    )
    known = local_registry(text, SHIPPED)  # type: ignore[arg-type]
    assert known.find("马上客服") is not None
    assert known.find("马上") is None


def test_whoever_examines_a_report_is_not_the_firm_that_wrote_it() -> None:
    text = document(
        heading("宁波银行2024年社会责任报告"),
        ["本行发放绿色贷款。"],
        ["禾丰认证有限公司对本报告进行了独立鉴证。", "江城会计师事务所（特殊普通合伙）对本报告进行了审验。"],
    )
    assert actors(text)[2:] == [(), ()]


def test_a_customer_made_to_buy_insurance_complains_of_whoever_made_him() -> None:
    told = actors(
        document(
            "我是海港银行信用卡客户，去年申请经营贷款。",
            "客户经理要求必须买一份中国人寿的意外险才放款。",
            "我打客服投诉，没有人处理。",
            title="投诉海港银行搭售保险",
        )
    )
    assert {one for firms in told for one in firms} == {"海港银行"}


def test_whom_an_insurer_sold_his_own_goods_complains_of_the_insurer() -> None:
    told = actors(document("我打客服投诉，中国人寿业务员要求我必须续保，买了一份中国人寿的意外险，退不了。", title="投诉中国人寿"))
    assert told == [("中国人寿",)]


def test_by_a_groups_name_a_customer_means_its_insurer_that_he_named_before() -> None:
    told = actors(
        document(
            "2021年4月，太平洋人寿的业务员到我家推销保险，把养老险说成教育险。",
            "太平洋保险催我交费，我打电话投诉。",
            "太平洋保险公司至今没有给我合同。",
            title="投诉太平洋人寿",
        )
    )
    assert told == [("太保寿险",)] * 3


def test_a_group_is_itself_where_a_customer_names_two_of_its_insurers_or_none() -> None:
    text = ("太平洋保险催我交费，我打电话投诉。", "太平洋保险公司至今没有给我合同。")
    assert actors(document(*text, title="投诉太平洋保险")) == [("中国太保",)] * 2
    both = actors(document("我投诉太平洋保险：我买了太平洋人寿的保险，车险是太平洋产险的。", *text, title="投诉太平洋保险"))
    assert both[1:] == [("中国太保",)] * 2
    behind = actors(document(*text, "给我打电话的是太平洋人寿的业务员。", title="投诉太平洋保险"))
    assert behind[:2] == [("中国太保",)] * 2
