"""Who acts: one group of sentences for each rule of attribution. All firms and sentences are invented."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import Attributed, attribute
from mapper.model import DocumentText, Sign
from tests.builders import Paragraph, Sentence, asked, document, heading, registry, said

BANK, PORT, RIVER = "云岭银行", "海港银行", "江州银行"
GREEN, FAR = "青禾消费金融", "远山消费金融"
INSURER, TECH = "泰和保险", "启明科技"


def stretches(text: DocumentText, words: str) -> list[Attributed]:
    """The attributed stretches that hold these words, wherever in the document they first stand."""
    for passage, reading in zip(text.passages, attribute(text, registry()), strict=True):
        at = passage.text.find(words)
        if at >= 0:
            return [one for one in reading.attributed if one.start <= at and at + len(words) <= one.end]
    raise AssertionError(f"no passage holds {words}")


def actors(text: DocumentText, words: str) -> set[str]:
    return {one.firm for one in stretches(text, words)}


def signs(text: DocumentText, words: str) -> set[Sign]:
    return {one.sign for one in stretches(text, words)}


def in_one_paragraph(*sentences: str) -> DocumentText:
    return document(sentences)


# ---- named -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "words", "firm"),
    [
        ("云岭银行在全部网点保留人工柜台，为老年客户办理业务。", "人工柜台", BANK),
        ("去年以来，青禾消费金融把客服热线的接通时间缩短到十秒以内。", "接通时间", GREEN),
        ("在山区，泰和保险组织查勘员进村入户，为受灾农户快速定损。", "快速定损", INSURER),
        ("截至六月末，远山消费金融累计服务新市民86万人。", "新市民86万人", FAR),
        ("为了让视障客户用得上手机银行，海港银行改造了读屏功能。", "读屏功能", PORT),
        ("据了解，启明科技已建成反欺诈实验室。", "反欺诈实验室", TECH),
    ],
)
def test_a_firm_named_as_subject_acts(sentence: str, words: str, firm: str) -> None:
    assert actors(document(sentence), words) == {firm}
    assert signs(document(sentence), words) == {"named"}


@pytest.mark.parametrize(
    ("sentence", "words", "firm"),
    [
        ("青禾消金为首次借款的年轻人开设了信用课堂。", "信用课堂", GREEN),
        ("云岭银行股份有限公司设立了消费者权益保护委员会。", "消费者权益保护委员会", BANK),
        ("春苗消费金融当年推出了第一款线上分期产品。", "线上分期", GREEN),
    ],
)
def test_an_alias_a_full_name_or_a_former_name_is_the_firm(sentence: str, words: str, firm: str) -> None:
    assert actors(document(sentence), words) == {firm}


def test_a_branch_acts_for_its_bank_and_is_remembered() -> None:
    text = document("云岭银行临江支行走进社区开展反诈宣讲。")
    (one,) = stretches(text, "反诈宣讲")
    assert one.firm == BANK
    assert one.mention is not None and one.mention.unit == "云岭银行临江支行"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("云岭银行保留了人工柜台。", "泰和保险开通了上门理赔。"),
        ("海港银行减免了结算手续费。", "启明科技开源了隐私计算框架。"),
    ],
)
def test_the_next_firm_named_takes_over(first: str, second: str) -> None:
    text = in_one_paragraph(first, second)
    assert len(actors(text, first[4:-1])) == 1
    assert actors(text, second[4:-1]) == {second[:4]}


# ---- product ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "words", "firm"),
    [
        ("“禾苗贷”上线以来，已帮助三万名首次借款的年轻人。", "首次借款", GREEN),
        ("在启明星App内，老年用户可以一键转接人工客服。", "一键转接", TECH),
        ("云岭e贷支持随借随还，按日计息，提前还款不收费用。", "提前还款不收费用", BANK),
        ("海e通为小店主提供免费收款码牌。", "免费收款码牌", PORT),
    ],
)
def test_a_product_stands_for_its_firm(sentence: str, words: str, firm: str) -> None:
    assert actors(document(sentence), words) == {firm}
    assert signs(document(sentence), words) == {"product"}


def test_the_firm_named_acts_where_its_product_stands_in_the_same_sentence() -> None:
    text = document("青禾消费金融为“青禾分期”增设了冷静期提醒。")
    assert actors(text, "冷静期提醒") == {GREEN}
    assert signs(text, "冷静期提醒") == {"named"}


# ---- person ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "words", "firm"),
    [
        ("林晓介绍，新产品上线前都要经过消保审查。", "消保审查", GREEN),
        ("周岚表示，全行已为听障客户配备手语视频客服。", "手语视频客服", BANK),
        ("高原说，去年减免的利息超过一千万元。", "减免的利息", FAR),
        ("“我们把投诉分析会开到了一线。”秦川告诉记者。", "投诉分析会", TECH),
    ],
)
def test_a_person_who_speaks_for_a_firm_stands_for_it(sentence: str, words: str, firm: str) -> None:
    assert actors(document(sentence), words) == {firm}


def test_an_officer_is_named_together_with_the_firm() -> None:
    text = document("青禾消费金融总经理林晓介绍，公司已把逾期客户的协商还款写进流程。")
    assert actors(text, "协商还款") == {GREEN}


@pytest.mark.parametrize(
    ("speaker", "sentence", "words", "firm"),
    [
        ("林晓", "我们在每款产品上线前都做消保审查。", "消保审查", GREEN),
        ("周岚", "去年在十二个乡镇设立了助农服务点。", "助农服务点", BANK),
        ("高原", "催收外呼每天不超过三次，全程录音。", "全程录音", FAR),
        ("秦川", "我司的模型每季度重新验证一次。", "重新验证", TECH),
    ],
)
def test_what_somebody_says_under_his_label_is_his_firms(speaker: str, sentence: str, words: str, firm: str) -> None:
    text = document(asked("能否介绍一下做法？"), said(speaker, sentence))
    assert actors(text, words) == {firm}
    assert signs(text, words) == {"speaker"}


def test_each_speaker_of_a_round_table_speaks_for_his_own_firm() -> None:
    text = document(
        asked("各家怎样服务老年客户？"),
        said("周岚", "我们在网点设了爱心窗口。"),
        said("林晓", "我们把客服热线的老年专线放在第一位。"),
    )
    assert actors(text, "爱心窗口") == {BANK}
    assert actors(text, "老年专线") == {GREEN}


# ---- 我行, 我司, 公司, 该行, 其 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "我行为听障客户配备了手语视频客服。",
        "我们每年邀请客户代表走进运营中心。",
        "本行把绿色信贷余额列入考核。",
        "自成立以来，我行始终坚持小额分散的原则。",
    ],
)
def test_who_speaks_in_the_first_person_is_the_documents_speaker(sentence: str) -> None:
    text = document(sentence, speaker=BANK)
    assert actors(text, sentence[6:10]) == {BANK}
    assert signs(text, sentence[6:10]) == {"speaker"}


@pytest.mark.parametrize(
    ("first", "second", "words", "firm"),
    [
        ("远山消费金融今年升级了反欺诈系统。", "我司自研的模型每天拦截可疑申请两千余笔。", "拦截可疑申请", FAR),
        ("启明科技成立已有十年。", "公司搭建了隐私计算平台，向合作银行开放。", "隐私计算平台", TECH),
        ("海港银行出台了助企十二条。", "该行为外贸小企业减免结算手续费。", "减免结算手续费", PORT),
        ("泰和保险在山区试点茶叶低温指数保险。", "其推出的“一键报案”让茶农足不出户完成理赔。", "足不出户", INSURER),
        ("青禾消费金融发布了年度消保报告。", "该公司去年受理的投诉全部按期办结。", "按期办结", GREEN),
        ("远山消费金融今年换了客服系统。", "目前，公司已开通七条投诉渠道。", "七条投诉渠道", FAR),
    ],
)
def test_a_pronoun_stands_for_the_firm_named_before(first: str, second: str, words: str, firm: str) -> None:
    assert actors(in_one_paragraph(first, second), words) == {firm}


def test_a_pronoun_stands_for_the_nearest_firm() -> None:
    text = document(
        ("云岭银行开设了老年课堂。", "该行为学员印制了大字手册。"),
        ("海港银行开设了渔民夜校。", "该行为学员免除了培训费。"),
    )
    assert actors(text, "大字手册") == {BANK}
    assert actors(text, "培训费") == {PORT}


# ---- carried over ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "words", "firm"),
    [
        ("海港银行在码头设立了小微服务站。", "同时，为货运司机开通周末预约办理。", "周末预约", PORT),
        ("泰和保险推出防返贫保险。", "累计赔付一千三百万元，惠及两万户。", "累计赔付", INSURER),
        ("青禾消费金融重做了借款页面。", "年化利率以加粗字体列在首屏。", "加粗字体", GREEN),
        ("云岭银行与社区结对。", "每周二上门为行动不便的老人办理业务。", "上门为行动不便", BANK),
    ],
)
def test_a_sentence_without_a_subject_carries_on(first: str, second: str, words: str, firm: str) -> None:
    text = in_one_paragraph(first, second)
    assert actors(text, words) == {firm}
    assert signs(text, words) == {"carried"}


@pytest.mark.parametrize(
    ("sentences", "words", "firm"),
    [
        (("青禾消费金融重做了借款页面。", "客户可以随时查看剩余本金和利息。"), "随时查看", GREEN),
        (("云岭银行在社区设立了服务点，居民不出小区就能办理业务。",), "不出小区", BANK),
        (("泰和保险上线了快赔通道，投保人上传照片即可理赔。",), "上传照片", INSURER),
        (("海港银行改造了网点。", "据介绍，老年客户只需一个电话就能预约上门服务。"), "预约上门服务", PORT),
    ],
)
def test_what_a_firms_customers_get_is_its_own_practice(sentences: tuple[str, ...], words: str, firm: str) -> None:
    assert actors(in_one_paragraph(*sentences), words) == {firm}


def test_what_is_carried_goes_on_through_several_sentences() -> None:
    text = in_one_paragraph("海港银行建了渔区服务队。", "每月出海三次。", "帮渔民办理延期还款四百笔。")
    assert actors(text, "延期还款") == {PORT}


def test_nothing_is_carried_past_talk_about_the_industry() -> None:
    text = in_one_paragraph(
        "海港银行建了渔区服务队。",
        "消费金融行业普遍面临获客成本上升的问题。",
        "机构之间的竞争日趋激烈，合规成本不断上升。",
    )
    assert actors(text, "获客成本上升") == set()
    assert actors(text, "合规成本") == set()


# ---- clause by clause ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        (
            "云岭银行上线了大字版手机银行，海港银行把上门服务送到了渔村，青禾消费金融推出了还款关怀计划。",
            {"大字版": BANK, "上门服务": PORT, "还款关怀": GREEN},
        ),
        (
            "其中，云岭银行发放绿色贷款30亿元，同比增长两成；海港银行发放绿色贷款25亿元。",
            {"30亿元": BANK, "两成": BANK, "25亿元": PORT},
        ),
        (
            "远山消费金融下调了罚息，泰和保险则免除了体检费用。",
            {"罚息": FAR, "体检费用": INSURER},
        ),
        (
            "青禾消费金融自建了催收质检系统，全量检查通话录音，而远山消费金融选择与律所共建调解室。",
            {"质检系统": GREEN, "通话录音": GREEN, "调解室": FAR},
        ),
        (
            "例如云岭银行推出“科技支行”，海港银行设立“渔业专营中心”。",
            {"科技支行": BANK, "渔业专营": PORT},
        ),
    ],
)
def test_each_clause_belongs_to_the_firm_that_acts_in_it(sentence: str, who: dict[str, str]) -> None:
    text = document(sentence)
    assert {words: actors(text, words) for words in who} == {words: {firm} for words, firm in who.items()}


# ---- who does not act ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "words", "firm"),
    [
        ("青禾消费金融依托启明科技的隐私计算平台，完善了贷前风控。", "完善了贷前风控", GREEN),
        ("海港银行引入启明科技的智能外呼系统，提升了回访效率。", "提升了回访效率", PORT),
        ("云岭银行与启明科技签约后，自主搭建了信用评分模型。", "自主搭建", BANK),
        ("远山消费金融借助启明科技的技术，建立了反欺诈模型。", "反欺诈模型", FAR),
        ("青禾消费金融接入了泰和保险的意外险产品，客户可以自愿选购。", "自愿选购", GREEN),
        ("依托启明科技的平台，青禾消费金融实现了实时反欺诈。", "实时反欺诈", GREEN),
        ("通过与泰和保险对接，海港银行为渔民办理了保单质押贷款。", "保单质押贷款", PORT),
    ],
)
def test_a_partner_is_not_the_actor(sentence: str, words: str, firm: str) -> None:
    assert actors(document(sentence), words) == {firm}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("青禾消费金融由云岭银行发起设立，近三年累计服务新市民150万人。", "累计服务新市民"),
        ("作为云岭银行控股的子公司，青禾消费金融开通了还款协商热线。", "还款协商热线"),
        ("背靠云岭银行，青禾消费金融建立了三道风控防线。", "三道风控防线"),
        ("青禾消费金融的控股股东为云岭银行，去年完成消保审查两百余项。", "消保审查"),
        ("青禾消费金融隶属于云岭银行，在县城设立了服务站。", "服务站"),
    ],
)
def test_a_parent_named_in_passing_does_not_act(sentence: str, words: str) -> None:
    assert actors(document(sentence), words) == {GREEN}


@pytest.mark.parametrize(
    ("sentence", "words", "firm"),
    [
        ("海港银行向启明科技发放科创贷款2000万元。", "发放科创贷款", PORT),
        ("云岭银行给远山消费金融授信5亿元，用于发放消费贷款。", "授信5亿元", BANK),
        ("云岭银行为泰和保险办理了绿色债券托管。", "绿色债券托管", BANK),
        ("海港银行对丰源小贷的融资利率下调了40个基点。", "利率下调", PORT),
    ],
)
def test_a_firm_that_is_the_customer_does_not_act(sentence: str, words: str, firm: str) -> None:
    assert actors(document(sentence), words) == {firm}


OWN = "青禾消费金融为老年客户开设了专线。"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("消费金融公司普遍把升级风控模型作为重点。", "升级风控模型"),
        ("近年来，银行业加快网点适老化改造。", "网点适老化改造"),
        ("金融机构应当加强对老年客户的服务。", "对老年客户的服务"),
        ("业内人士认为，头部机构在大模型应用上走在前列。", "大模型应用"),
        ("随着监管趋严，不少机构开始压降综合融资成本。", "压降综合融资成本"),
        ("目前，多家消金公司上线了数字人客服。", "数字人客服"),
        ("整个行业的投诉处理效率明显提升。", "投诉处理效率"),
        ("越来越多的银行推出大字版手机银行。", "大字版手机银行"),
    ],
)
@pytest.mark.parametrize("before", [(), (OWN,)], ids=["alone", "after-a-firm"])
def test_talk_about_the_industry_is_nobodys_practice(sentence: str, words: str, before: tuple[str, ...]) -> None:
    assert actors(in_one_paragraph(*before, sentence), words) == set()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("《实施意见》提出，银行机构要为老年人保留人工服务。", "保留人工服务"),
        ("国家金融监督管理总局印发通知，要求各机构畅通投诉渠道。", "畅通投诉渠道"),
        ("《管理办法》明确，新产品上线前必须开展消保审查。", "消保审查"),
        ("根据《指导意见》要求，到明年底要实现乡镇服务点全覆盖。", "乡镇服务点全覆盖"),
        ("该通知强调，不得以任何形式强制搭售。", "强制搭售"),
        ("中国人民银行日前发文，鼓励发展绿色信贷。", "鼓励发展绿色信贷"),
    ],
)
@pytest.mark.parametrize("before", [(), (OWN,)], ids=["alone", "after-a-firm"])
def test_a_quotation_of_a_directive_is_nobodys_practice(sentence: str, words: str, before: tuple[str, ...]) -> None:
    assert actors(in_one_paragraph(*before, sentence), words) == set()


def test_what_a_firm_does_under_a_directive_is_its_own() -> None:
    text = document("《实施意见》印发后，云岭银行为老年客户保留了人工柜台。")
    assert actors(text, "人工柜台") == {BANK}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("海港银行首席经济学家李想认为，下半年小微贷款利率仍有下行空间。", "利率仍有下行空间"),
        ("云岭银行分析师表示，银行业净息差压力仍然较大。", "净息差压力"),
        ("江州银行研究员指出，消费信贷需求正在回暖。", "消费信贷需求"),
        ("江州银行旗下成长理财基金经理李想认为，稳健理财受到普通投资者青睐。", "受到普通投资者青睐"),
        ("海港银行首席研究员王平分析称，绿色信贷将保持较快增长。", "绿色信贷将保持"),
    ],
)
def test_an_analysts_view_of_the_market_is_not_his_banks_act(sentence: str, words: str) -> None:
    assert actors(document(sentence), words) == set()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("国家金融监督管理总局有关负责人表示，“我们将督促银行机构降低收费。”", "督促银行机构降低收费"),
        ("金融监管总局有关司局负责人说：“我们建立了投诉通报制度。”", "投诉通报制度"),
        ("央行有关负责人介绍，我们已推动首贷户扩面。", "首贷户扩面"),
    ],
)
@pytest.mark.parametrize("before", [(), (OWN,)], ids=["alone", "after-a-firm"])
def test_a_regulators_we_is_no_firm(sentence: str, words: str, before: tuple[str, ...]) -> None:
    assert actors(in_one_paragraph(*before, sentence), words) == set()


def test_a_question_is_nobodys_practice_and_the_answer_is() -> None:
    text = document(
        asked("青禾消费金融在适老化方面做了哪些工作，是否开设了老年专线？"),
        said("林晓", "我们开通了一键呼叫人工的按钮。"),
    )
    assert actors(text, "老年专线") == set()
    assert actors(text, "一键呼叫人工") == {GREEN}


def test_a_heading_is_no_act() -> None:
    text = document(heading("云岭银行：把人工服务送到村口"), "云岭银行在村口设立了服务点。")
    assert actors(text, "把人工服务送到村口") == set()
    assert actors(text, "设立了服务点") == {BANK}


# ---- several act -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "words", "firms"),
    [
        ("云岭银行与海港银行共同设立了小微企业纠纷调解室。", "纠纷调解室", {BANK, PORT}),
        ("云岭银行、海港银行联合发布了老年客户服务规范。", "服务规范", {BANK, PORT}),
        ("青禾消费金融和远山消费金融均已接入统一的投诉平台。", "投诉平台", {GREEN, FAR}),
        ("海港银行与泰和保险联合推出了渔船保单贷款。", "渔船保单贷款", {PORT, INSURER}),
        ("云岭银行和海港银行发放绿色贷款120亿元。", "绿色贷款", {BANK, PORT}),
    ],
)
def test_a_joint_act_belongs_to_both(sentence: str, words: str, firms: set[str]) -> None:
    assert actors(document(sentence), words) == firms


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("云岭银行、海港银行、江州银行下调了小微企业贷款利率。", "贷款利率"),
        ("目前，云岭银行、海港银行、江州银行等多家银行推出了大字版手机银行。", "大字版"),
        ("云岭银行、海港银行和江州银行均设立了爱心窗口。", "爱心窗口"),
        ("包括云岭银行、海港银行、江州银行在内的机构已开通上门服务。", "上门服务"),
    ],
)
def test_an_act_of_a_list_belongs_to_each_of_it(sentence: str, words: str) -> None:
    assert actors(document(sentence), words) == {BANK, PORT, RIVER}


# ---- the document ----------------------------------------------------------------------------------------------


def test_on_a_firms_own_page_a_sentence_without_a_subject_is_its_own() -> None:
    text = document("设立老年客户专线，全年接听十二万次。", owner=PORT)
    assert actors(text, "老年客户专线") == {PORT}
    assert signs(text, "老年客户专线") == {"owner"}


def test_a_document_that_names_no_firm_belongs_to_nobody() -> None:
    paragraphs: tuple[Paragraph, ...] = ("今年的服务更细致了。", "设立老年客户专线，全年接听十二万次。")
    assert [reading.attributed for reading in attribute(document(*paragraphs), registry())] == [(), ()]


def test_one_reading_for_each_passage_and_stretches_inside_it() -> None:
    text = document(
        ("云岭银行开设了老年课堂，海港银行开设了渔民夜校。", "该行免除了培训费。"),
        asked("还有别的吗？"),
        "消费金融公司普遍缩短了审批时间。",
    )
    readings = attribute(text, registry())
    assert len(readings) == len(text.passages)
    for passage, reading in zip(text.passages, readings, strict=True):
        assert all(0 <= one.start < one.end <= len(passage.text) for one in reading.attributed)
        for one in reading.attributed:
            if one.mention is not None:
                assert passage.text[one.mention.start : one.mention.end] == one.mention.word


def test_a_damaged_passage_is_never_attributed() -> None:
    text = document(Sentence("云岭银行保留了人工\ufffd台。", damaged=True))
    assert [reading.attributed for reading in attribute(text, registry())] == [()]


def test_attribution_looks_at_one_document_only() -> None:
    first = document("云岭银行保留了人工柜台。", "同时开设了老年课堂。")
    second = document("海港银行开设了渔民夜校。", id="b.txt")
    alone = attribute(first, registry())
    attribute(second, registry())
    assert attribute(first, registry()) == alone
