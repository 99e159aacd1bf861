"""Whoever harms a firm's customers, or whose name is kept back, is not the firm that stands beside. All sentences are invented."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from tests.builders import document, firm, heading, registry
from tests.firms.test_kinds_of_documents import actors

NOBODY: tuple[str, ...] = ()


def alone(sentence: str) -> tuple[str, ...]:
    """Who acts in a sentence that is all of a document."""
    return actors(document(sentence))[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "不法分子泄露平安银行客户的个人信息。",
        "骗子冒充招商银行客服，骗取张先生的验证码。",
        "某中介冒用平安银行名义，向借款人收取高额服务费。",
        "某贷款平台未经同意从张女士的建设银行卡中扣走699元会员费。",
        "通报指出，某股份制银行在发放房贷时强制搭售人保寿险的意外险。",
        "某银行客户经理向老人推荐中国人寿的分红险，谎称是存款。",
        "一家网贷平台把浦发银行客户的通讯录卖给催收公司。",
    ],
)
def test_a_stranger_acts_whatever_firm_he_does_it_to(sentence: str) -> None:
    assert alone(sentence) == NOBODY


@pytest.mark.parametrize(
    ("sentence", "firm"),
    [
        ("不法分子被宁波银行柜员当场识破。", "宁波银行"),
        ("犯罪嫌疑人余某、永安财险的代理人挪用客户资金。", "永安保险"),
        ("宁波银行某支行对借款人暴力催收。", "宁波银行"),
        ("部分支行合规意识淡薄，宁波银行当年受到处罚三笔。", "宁波银行"),
        ("某科技型企业获得宁波银行信用贷款500万元。", "宁波银行"),
        ("骗子的转账指令触发宁波银行风控模型，被自动拦截。", "宁波银行"),
        ("宁波银行邀请民警开展反诈讲座12场。", "宁波银行"),
        ("宁波银行客户经理到社区里开展反诈宣传48场。", "宁波银行"),
        ("宁波银行代销业务规范；为人保财险代销农业保险12万单。", "宁波银行"),
        ("某消费金融公司（宁波银行）因暴力催收被投诉。", "宁波银行"),
        ("犯罪嫌疑人王某系宁波银行员工，盗取客户资金。", "宁波银行"),
        ("诈骗分子使用宁波银行泄露的客户信息行骗。", "宁波银行"),
        ("某催收公司受宁波银行委托，对借款人辱骂恐吓。", "宁波银行"),
    ],
)
def test_but_the_firm_acts_where_it_acts(sentence: str, firm: str) -> None:
    assert alone(sentence) == (firm,)


@pytest.mark.parametrize(
    "sentence",
    [
        "不法分子被我行柜员当场识破。",
        "本行加强合作机构管理，第三方平台全部纳入名单制管理。",
        "部分助贷机构经本行评估后清退。",
        "某分公司在台风后三天赔付农户两千万元。",
        "第三方平台客户投诉统一受理。",
    ],
)
def test_in_a_firms_own_report_partners_and_branches_are_no_strangers(sentence: str) -> None:
    report = document(heading("禾川农村商业银行2023年年度报告"), ["本行全年走访农户312户。", sentence], "全年办结投诉312件。")
    assert actors(report)[2] == ("禾川农商银行",)


def test_who_was_broken_off_goes_on_by_his_people() -> None:
    sentence = "宁波银行柜员发现异常，骗子仍在电话中催促，柜员立即报警并冻结账户。"
    known = local_registry(document(sentence), registry(firm("宁波银行", "bank")))
    last = attribute(document(sentence), known)[0].attributed[-1]
    assert (last.firm, last.end) == ("宁波银行", len(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "某平台泄露客户个人信息。",
        "公安机关开展反诈宣传，劝阻被骗老人32名。",
        "县里为农户补贴保费300万元，户均减负120元。",
        "全省农业保险赔付12亿元，惠及农户30万户。",
        "某大型上市寿险公司昌平支公司欺骗投保人，被罚30万元。",
        "2023年“金融消费者权益保护教育宣传月”正在进行。",
    ],
)
@pytest.mark.parametrize("firm_first", [True, False])
def test_nor_is_a_line_about_others_that_of_the_only_firm_of_a_document(sentence: str, firm_first: bool) -> None:
    firm = "人保财险昨日召开股东会。"
    told = actors(document(*((firm, sentence) if firm_first else (sentence, firm))))
    assert told[firm_first] == NOBODY


def test_a_line_on_the_whole_trade_before_a_firm_is_named_is_nobodys() -> None:
    assert actors(document("上半年保险业罚单出炉，处罚原因多为销售误导。", "平安人寿昨日召开股东会。"))[0] == NOBODY


@pytest.mark.parametrize("title", ["招商银行以案说险：远离代理退保", "【消保课堂】第三期", "招商银行风险提示"])
def test_a_page_that_warns_customers_tells_of_others(title: str) -> None:
    page = document(
        heading(title), "招商银行提醒广大客户：注意保护个人信息。", "催收公司对李女士辱骂恐吓。", "【案例】某保险公司业务员隐瞒合同条款。",
        "任何声称“百分百退保”的承诺均属虚假宣传。", title=title,
    )
    told = actors(page)
    assert told[1] == ("招商银行",) and told[2:] == [NOBODY, NOBODY, NOBODY]


def test_but_its_own_people_act_on_a_page_without_such_a_case() -> None:
    title = "招商银行风险提示：警惕养老诈骗"
    page = document(heading(title), "招商银行提醒广大客户注意防范。", "柜员发现异常后当即冻结账户。", title=title)
    assert actors(page)[2] == ("招商银行",)


@pytest.mark.parametrize(
    "sentence",
    [
        "宁波银行推出反诈系统，某银行曾泄露客户信息，工作人员私自查询征信。",
        "宁波银行提醒，不法分子利用老人信任，冒充银行工作人员骗取验证码。",
    ],
)
def test_nobody_goes_on_behind_a_firm_without_a_name_or_in_disguise(sentence: str) -> None:
    known = local_registry(document(sentence), registry(firm("宁波银行", "bank")))
    assert max(one.end for one in attribute(document(sentence), known)[0].attributed) <= sentence.index("，") + 1


@pytest.mark.parametrize("title", ["重大风险提示", "招商银行走进社区开设金融知识课堂", "招商银行发布风险提示"])
def test_titles_that_only_hold_such_words_are_no_lesson(title: str) -> None:
    page = document(heading(title), "招商银行服务客户三万人。", "去年投放农户贷款三亿元。", title=title)
    assert actors(page)[2] == ("招商银行",)


def test_but_not_one_on_an_event_with_such_a_name() -> None:
    page = document(
        heading("招商银行开展以案说险进社区活动"), "招商银行走进社区讲解案例。", "活动现场发放折页三百份。",
        title="招商银行开展以案说险进社区活动",
    )
    assert actors(page)[2] == ("招商银行",)


@pytest.mark.parametrize("word", ["该银行", "涉事银行", "这家银行", "银行"])
def test_a_bank_named_before_goes_on_by_such_a_word(word: str) -> None:
    told = actors(document("李女士向媒体反映浦发银行的做法。", f"{word}对借款人暴力催收、辱骂恐吓。"))
    assert told[1] == ("浦发银行",)


def test_but_an_insurer_is_no_bank() -> None:
    told = actors(document("人保寿险的产品由一家银行代销。", "该银行对借款人强制搭售。"))
    assert told[1] == NOBODY


def test_what_all_firms_must_do_is_the_act_of_none() -> None:
    told = actors(document("宁波银行提醒客户防范诈骗。", "正规金融机构不会索要验证码。", "银行应当公示收费标准。"))
    assert told[1:] == [NOBODY, NOBODY]


@pytest.mark.parametrize(
    ("sentence", "firm"),
    [
        ("浙江农商联合银行辖内宁波北仑农商银行因违规收费被罚款30万元。", "北仑农商银行"),
        ("南京银行控股的南银法巴消费金融因暴力催收被罚款30万元。", "南银法巴消费金融"),
        ("中国人保集团下属人保财险三天赔付农户21万元。", "人保财险"),
        ("宁波银行辖内北仑支行因违规收费被罚款。", "宁波银行"),
    ],
)
def test_the_firm_named_behind_its_owner_acts(sentence: str, firm: str) -> None:
    assert alone(sentence) == (firm,)


@pytest.mark.parametrize(
    "sentence",
    [
        "监管局公布了对宁波银行与南京银行的处罚，原因是泄露客户信息。",
        "监管局开出对宁波银行和南京银行的罚单。",
        "监管局处罚了宁波银行与南京银行，事由为泄露客户信息。",
    ],
)
def test_two_that_were_punished_at_once(sentence: str) -> None:
    assert set(alone(sentence)) == {"宁波银行", "南京银行"}


def test_the_second_of_a_row_is_named_by_what_it_leads_in() -> None:
    told = actors(document("被罚金额最高的为宁波银行，因以贷收费被罚250万元；次数最多的为南京银行，多次因泄露客户信息被罚。"))
    assert told == [("宁波银行", "南京银行")]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("报告期内云溪农商银行发放农户贷款3亿元。", {"云溪农商银行"}),
        ("江岭财险投诉2634件，居财产险公司首位。", {"江岭财险"}),
        ("一审法院酌定银行承担七成责任，投资者还得倒贴银行一大笔。", set()),
    ],
)
def test_names_end_before_words_that_lead_to_them(sentence: str, name: set[str]) -> None:
    known = local_registry(document(sentence), registry())
    assert {firm.name for firm in known.firms.values() if firm.origin == "discovered"} == name


def test_a_bank_goes_by_its_credit_card_too() -> None:
    assert alone("浦发信用卡宣称“支付宝消费享6倍积分”，却把勾选框藏在协议中。") == ("浦发银行",)


@pytest.mark.parametrize(
    "sentence",
    [
        "相关保险公司迅速启动应急机制，开通农险理赔绿色通道。",
        "现走进各大银行网点，老花镜、爱心座椅已成为标准配置。",
        "江州银监分局加大支农支小力度，推动建立长效机制。",
        "两家村镇银行也涉及贷款资金被挪用等问题。",
        "此类行为通常涉及虚假宣传、隐瞒合同条款。",
    ],
)
def test_whoever_is_of_the_trade_at_large_is_not_the_only_bank_of_a_text(sentence: str) -> None:
    text = document("云岭银行水门路支行加装了坡道。", sentence, "云岭银行设有爱心窗口。")
    assert [one.firm for one in attribute(text, registry())[1].attributed] == []
