"""Who acts below a head, in a ruling that says «the defendant», and beside onlookers and owners. All sentences are invented."""

from __future__ import annotations

import pytest

from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.model import DocumentText
from tests.builders import document, heading
from tests.firms.test_kinds_of_documents import actors

SHIPPED, _ = load_registry()
assert SHIPPED is not None


def discovered(text: DocumentText) -> set[str]:
    """The firms that a document alone reveals."""
    assert SHIPPED is not None
    return {firm.id for firm in local_registry(text, SHIPPED).firms.values() if firm.origin == "discovered"}


# ---- below a numbered name ------------------------------------------------------------------------------------------

BULLETIN = (
    heading("关于侵害消费者合法权益情况的通报"),
    "一、宁波银行。",
    "（一）夸大宣传理财产品收益，以“保本”字样误导客户。",
    "（二）未经客户同意查询个人征信报告。",
    "二、太平人寿江城中心支公司：",
    "（一）回访录音缺失，未对老年客户双录。",
)


def test_what_stands_below_a_numbered_name_is_told_of_it() -> None:
    assert actors(document(*BULLETIN)) == [(), (), ("宁波银行",), ("宁波银行",), (), ("太平人寿",)]


def test_a_line_numbered_alike_ends_it_whomever_it_names() -> None:
    text = document(*BULLETIN, "三、花果分期", "超期答复投诉十四件。", "各机构应当引以为戒。")
    assert actors(text)[-3:] == [(), (), ()]


def test_every_institution_is_none_of_them() -> None:
    assert actors(document(*BULLETIN, "各机构应当引以为戒，举一反三。"))[-1] == ()


def test_a_short_line_that_tells_something_is_no_head() -> None:
    text = document(heading("金融早报"), "【微众银行】科创贷款余额突破千亿元。", "【中信信托】因披露不及时被罚款40万元。")
    assert actors(text)[1:] == [("微众银行",), ("中信信托",)]


# ---- the parties of a case ------------------------------------------------------------------------------------------

CASE = (
    ["上诉人（原审被告）：宁波银行股份有限公司。"],
    ["被上诉人（原审原告）：李某，女，1951年出生。"],
    ["原审第三人：嘉实基金管理有限公司。"],
    ["嘉实基金未按合同约定披露净值。"],
)


@pytest.mark.parametrize(
    ("told", "firm"),
    [
        ("上诉人上诉称，其已履行了告知义务。", "宁波银行"),
        ("本院认为，上诉人未能提交双录资料。", "宁波银行"),
        ("经查，原审第三人未更新风险等级。", "嘉实基金"),
    ],
)
def test_a_party_stands_for_its_firm(told: str, firm: str) -> None:
    assert actors(document(*CASE, [told]))[-1] == (firm,)


def test_a_party_that_is_two_firms_or_a_person_stands_for_none() -> None:
    text = document(["被告：宁波银行。"], ["被告：太平人寿。"], ["嘉实基金未披露净值。"], ["被告未尽到说明义务。"])
    assert "宁波银行" not in actors(text)[-1]
    assert actors(document(["原告李某起诉宁波银行。"], ["太平人寿推出新产品。"], ["原告提交了录音。"]))[2] != ("宁波银行",)


def test_whoever_applies_for_a_loan_is_no_party() -> None:
    text = document(["申请人：宁波银行。"], ["太平人寿优化了流程，贷款申请人可以在线提交材料。"])
    assert actors(text)[1] == ("太平人寿",)


# ---- owners, onlookers, authorities ---------------------------------------------------------------------------------


def test_a_parent_named_behind_its_subsidiary_does_nothing() -> None:
    text = document("据悉，工银金租成立于2007年，是工商银行的全资子公司。", "作为宁波银行的控股子公司，永赢金租投放绿色租赁3亿元。")
    assert actors(text) == [("工银金租",), ("永赢金租",)]


@pytest.mark.parametrize("onlooker", ["普益标准研究员认为，降费将成为常态。", "对此，律师张某表示，信息披露不能流于形式。"])
def test_onlookers_speak_for_nobody(onlooker: str) -> None:
    assert actors(document(["宁银理财对多只产品的费率打折。"], [onlooker]))[1] == ()


def test_the_central_bank_by_its_short_name_is_no_branch_told_of_before() -> None:
    text = document(["邮储银行温川县支行走访农户1200户。"], ["人行温川县支行运用再贷款，为机构提供低成本资金2亿元。"])
    assert actors(text)[1] == ()


def test_foreign_banks_are_not_the_bank_told_of_before() -> None:
    text = document(["信用卡投诉中，广发银行5210件。", "外资银行方面，汇丰银行投诉59件。"])
    assert actors(text)[1] == ("汇丰银行",)


# ---- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentences", "firms"),
    [
        (["他伪造合同，向禾川农商银行申请了30万元贷款。"], {"禾川农商银行"}),
        (["禾川农商银行贷前未实地核查。"], {"禾川农商银行"}),
        (["禾丰财险农业保险保费收入34亿元。"], {"禾丰财险"}),
        (["禾川市小额贷款公司协会发出倡议。"], set()),
        (["禾丰金融控股集团股份有限公司对外捐赠3200万元。"], {"禾丰金控"}),
        (["此前，云启汽金也因同类问题被罚。"], {"云启汽车金融"}),
        (["金元基金管理有限公司未按约定披露净值。"], {"金元基金"}),
    ],
)
def test_names_are_cut_where_they_end(sentences: list[str], firms: set[str]) -> None:
    assert discovered(document(*sentences)) == firms


def test_a_brand_that_a_customer_sets_in_quotes_is_a_platform() -> None:
    text = document(
        heading("【投诉】小果优选乱扣费"),
        ["我在“小果优选”APP上申请了8000元，放款方是西部信托。"],
        ["小果优选首次放款就扣了1200元会员费。"],
        ["客服说小果优选不退。"],
    )
    assert actors(text)[2] == ("小果优选",)


# ---- several firms, one after the other -----------------------------------------------------------------------------


def test_two_firms_of_two_sentences_are_both() -> None:
    text = document(["苏州银行上线数字员工。"], ["宁波银行的云柜台服务老人1.7万人次。"], ["两家银行均表示，模型决策可解释。"])
    assert actors(text)[2] == ("苏州银行", "宁波银行")


def test_what_two_firms_should_do_is_not_their_act() -> None:
    text = document(["苏州银行上线数字员工。"], ["宁波银行推出云柜台。"], ["两家银行应当按季报送进展。"])
    assert actors(text)[2] != ("苏州银行", "宁波银行")


# ---- a firm's own paper ---------------------------------------------------------------------------------------------


def test_a_sentence_that_the_width_of_a_page_cut_is_no_heading() -> None:
    text = document(
        heading("宁波银行2023年社会责任报告"),
        "本行制定绿色信贷指引。",
        heading("合理安排授信额度，支持沿江货轮改用电力以及船厂、码头和仓储"),
        heading("绿色金融"),
        id="r.txt",
    )
    assert actors(text)[2:] == [("宁波银行",), ()]


def test_complaints_that_an_authority_passes_on_are_the_banks_figures() -> None:
    text = document(heading("宁波银行2023年度消费者权益保护工作报告"), "浙江银保监局转办投诉同比下降11%。", "浙江银保监局印发办法。")
    assert actors(text)[1:] == [("宁波银行",), ()]


def test_what_many_consumers_gain_is_no_word_on_the_trade() -> None:
    text = document(["4月18日，徽商银行蚌埠分行举办防骗讲座。"], ["这场讲座让广大金融消费者看清了骗局。"], ["广大金融机构纷纷跟进。"])
    assert actors(text)[1:] == [("徽商银行",), ()]


# ---- customers ------------------------------------------------------------------------------------------------------


def test_a_short_letter_that_ends_with_a_demand_complains() -> None:
    text = document(["在支付宝上买的太平养老产品，当初说年化5.2%，如今天天亏钱。"], ["我要求赎回全部产品。"])
    assert actors(text) == [("太平养老",), ("太平养老",)]


def test_an_insurer_called_by_its_stem_and_what_it_insures() -> None:
    text = document(
        heading("平安车险定损员让我先找对方"),
        ["我的车在平安投的保，车损险、交强险都有。"],
        ["定损员拖了九天才来，修车的钱也不赔。"],
        ["我打了三次客服，三种说法。"],
    )
    assert {firm for one in actors(text)[1:] for firm in one} == {"平安产险"}


# ---- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentences", "firms"),
    [
        (["又一农商行董事长被查。", "禾川农商银行原董事长高某接受调查。"], {"禾川农商银行"}),
        (["禾丰信用保证保险股份有限公司（下称“禾丰信保”）被约谈。"], {"禾丰信用保险"}),
        (["云岭万家金服和P2P平台一样暴雷。", "云岭万家金服清盘。"], {"云岭万家金服"}),
        (["比如霁川创投非法集资案，三千多人只拿回四成本金。", "网贷平台清盘。"], {"霁川创投"}),
        (["禾丰科技小额贷款有限公司拒绝接受现场检查。"], {"禾丰科技小贷"}),
        (["绿色科技小额贷款有限公司的产品。", "加强小额贷款有限公司管理。"], set()),
    ],
)
def test_stems_of_everyday_words_and_lucky_ones(sentences: list[str], firms: set[str]) -> None:
    assert discovered(document(*sentences)) == firms


def test_a_platforms_stem_alone_calls_it() -> None:
    text = document(["P2P平台霁川财富逾期，霁川财富清盘。"], ["霁川未披露财务数据。"], ["霁川财富没有银行存管。"])
    assert actors(text)[1] == ("霁川财富",)


# ---- measured against, used as a way --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "江城有一家比宁波银行更为恶劣的平台，悄无声息地跑路。",
        "规模仅次于宁波银行的一家机构也在观望。",
        "两家物业公司以支付宝平台为载体推出了缴费小程序。",
        "存款增速在上市农商行中仅低于苏农银行。",
    ],
)
def test_a_firm_that_another_is_measured_against_or_uses_does_nothing(text: str) -> None:
    assert not set(actors(document(text))[0]) & {"宁波银行", "支付宝", "苏农银行"}


def test_a_company_with_a_foreign_name_is_not_the_bank_told_of_before() -> None:
    text = document(["新韩银行上线区块链平台。"], ["根据该报告，Harvest Financial Investment于5月28日签署协议。"])
    assert actors(text)[1] == ()


def test_what_money_went_through_is_not_complained_of() -> None:
    text = document(
        heading("【投诉】禾川消费金融"),
        ["禾川消费金融到账9600元，该平台又借担保费之名通过京东支付划走845元。"],
        ["该平台还不说明京东支付的扣款。"],
        ["我通过招商银行查询流水，才看见少了这一笔。"],
    )
    assert actors(text)[1:] == [("禾川消费金融",)] * 3


# ---- rural credit unions --------------------------------------------------------------------------------------------


def test_a_credit_union_by_its_short_forms() -> None:
    text = document(
        heading("禾川农信：“整村授信”让信用变“真金”"),
        ["今年以来，禾川农信推进整村授信，授信9.6亿元。"],
        ["联社还把46台自助机具布放到村委会。"],
        ["“随借随还。”联社理事长介绍说。"],
    )
    assert actors(text)[1:] == [("禾川农信社",)] * 3


def test_a_company_whose_name_goes_on_is_no_credit_union() -> None:
    text = document("宁城农信通融资担保有限公司担保余额下降。", "宁城农信通融资担保有限公司降低费率。")
    assert "宁城农信社" not in discovered(text)


def test_a_provinces_village_banks_are_none_of_them() -> None:
    text = document(heading("河南村镇银行储户取款难追踪"), ["禾川惠民村镇银行线上渠道关闭。"])
    assert discovered(text) == {"禾川惠民村镇银行"}


# ---- whoever writes -------------------------------------------------------------------------------------------------


def test_what_an_author_expects_is_no_act_of_the_firm_before() -> None:
    text = document(
        heading("保险行业周报"),
        ["新华保险推出新的队伍计划，中国太保保费增长。"],
        ["我们认为，养老社区将成为护城河。"],
        ["投资建议：推荐中国平安、中国太保。"],
    )
    assert actors(text)[2:] == [(), ()]


def test_whom_a_company_of_another_trade_buys_from_does_nothing() -> None:
    text = document(
        heading("禾川电子股份有限公司关于使用闲置资金购买理财产品的公告"),
        ["公司于近日使用闲置募集资金购买了中信银行结构性存款。"],
        ["中信银行披露了产品风险等级。"],
    )
    assert actors(text)[1:] == [(), ("中信银行",)]


def test_a_reporter_who_calls_the_firm_tells_of_it() -> None:
    text = document(["民生信托多只产品逾期。"], ["记者多次拨打其客服电话，均无人接听。"])
    assert actors(text)[1] == ("民生信托",)


def test_small_as_ants() -> None:
    assert actors(document("而在民生银行西藏路支行，自助机字体小得像蚂蚁。")) == [("民生银行",)]


def test_a_bank_for_which_somebody_makes_something_does_not_make_it() -> None:
    assert actors(document("禾云科技系统为中原银行提供分布式数据库。", "微众银行推出新贷款。"))[0] == ()
    assert actors(document("作为中原银行打造的场景，该平台上线。"))[0] == ("中原银行",)


def test_a_rural_banks_stem_may_end_like_a_sum_of_money() -> None:
    assert discovered(document("天元农商银行现场推介新贷款。")) == {"天元农商银行"}
    assert discovered(document("五千万元农商银行贷款已到账。")) == set()


# ---- lists with figures ---------------------------------------------------------------------------------------------


def test_figures_behind_the_names_of_a_list_do_not_end_it() -> None:
    text = document("财产保险公司方面，人保财险3620件、平安产险2984件（41.2%）和太保产险1507件。")
    assert set(actors(text)[0]) == {"人保财险", "平安产险", "太保产险"}


def test_arms_in_hong_kong_are_firms_of_their_own() -> None:
    text = document(["中银香港发行10亿美元债券。", "工银亚洲则首发主题债券。", "该行称，资金将用于湿地修复。"])
    assert actors(text) == [("中银香港",), ("工银亚洲",), ("工银亚洲",)]


def test_now_is_no_place_where_a_firm_stands() -> None:
    text = document(["苏州银行推出新贷款，款项延迟，现在宁波银行电话辱骂我的家人。"])
    assert "宁波银行" in actors(text)[0]


def test_behind_a_semicolon_another_firms_place_may_begin() -> None:
    text = document("苏州银行推出绿色贷款；在宁波银行“以旧换新”专区，支持客户分期购买。")
    assert actors(text)[0] == ("苏州银行", "宁波银行")


def test_a_company_charged_by_its_stem_and_named_in_full_far_below() -> None:
    text = document(
        ["上月，霁林瑞达涉嫌集资诈骗，两名股东被批捕。"],
        *(["办案民警仍在核对账册。"] for _ in range(6)),
        ["霁林瑞达投资咨询（江城）有限公司成立于2012年。"],
    )
    assert actors(text)[0] == ("霁林瑞达投资",)


def test_a_paragraph_of_a_groups_report_that_told_of_one_arm_goes_on_about_it() -> None:
    text = document(
        heading("禾丰保险集团股份有限公司2025年半年度报告"),
        ["上半年，禾丰产险实现保费收入263.4亿元。", "禾丰产险承保水稻、生猪等93个品种。", "面向小微企业的套餐将投保材料由7份减至2份。"],
        ["集团召开股东大会1次。", "禾丰人寿推出防癌险。", "全年培训员工五千人。"],
        ["投诉办结率99%。"],
    )
    told = actors(text)[1:]
    assert told[:3] == [("禾丰财险",)] * 3
    assert told[3] == told[5] == told[6] == ("禾丰保险集团",)


def test_an_authority_that_is_only_asked_does_not_act() -> None:
    text = document(["广发期货组织反洗钱培训。"], ["培训邀请了人民银行深圳市分行专家授课。"], ["市公安局联合多部门开展宣传。"])
    assert actors(text)[1:] == [("广发期货",), ()]


def test_figures_of_a_whole_province_are_nobodys() -> None:
    text = document(
        heading("两家银行动态"), ["宁波银行设立惠农网点。", "苏州银行新设网点三个。", "目前全省涉农贷款余额3.2万亿元。"],
        ["苏州银行新设网点三个。", "全省首家碳账户网点落户。"],
    )
    assert actors(text)[3] == ()
    assert actors(text)[5] == ("苏州银行",)


def test_below_an_arms_name_in_the_banks_report_the_company_is_the_arm() -> None:
    text = document(
        heading("邮储银行2023年年度报告"),
        heading("控股子公司"),
        heading("中邮消费金融有限公司"),
        ["公司为县域青年办理装修分期。"],
        ["不良贷款率2.1%。"],
        heading("7.4风险管理"),
        ["报告期内，完善风险治理架构。"],
    )
    assert actors(text)[3:] == [("中邮消费金融",), ("中邮消费金融",), (), ("邮储银行",)]


@pytest.mark.parametrize("goes_on", ["没有资金托管，没有公开账目，钱款去向成谜。", "至今未能兑付到期本息。"])
def test_a_sentence_without_a_subject_goes_on_even_among_platforms(goes_on: str) -> None:
    text = document(
        ["P2P平台霁川财富与小诸葛金服先后逾期。"], ["小诸葛金服清盘。"], ["霁川财富在网贷之外还卖理财。"], [goes_on], ["投资人没有回款。"]
    )
    assert actors(text)[3:] == [("霁川财富",), ()]


def test_a_note_on_a_bank_is_about_it_though_it_names_its_group() -> None:
    text = document(
        ["股价回落，不妨再看一眼。"],
        ["11月23日，平安银行公告，将回购股份。", "平安银行与平安集团共享客户名单。", "回应股东对平安集团与平安银行来往的疑问。"],
        heading("零售业务见底回升"),
        ["零售不良率1.27%，连降三个季度。"],
        ["平安银行中收将支撑营收。"],
    )
    assert actors(text)[5] == ("平安银行",)


def test_a_note_that_names_its_company_once_among_rivals_is_about_it() -> None:
    text = document(
        heading("业绩总结：2021"),
        *(["公司营业收入增长33.9%。"] for _ in range(6)),
        ["公司旗下拉卡拉APP月活领先银盛支付。"],
        *(["公司毛利率提升。"] for _ in range(6)),
    )
    assert actors(text)[1] == actors(text)[-1] == ("拉卡拉",)
