"""Whole sentences as the press and notices have them: whose deed it is, whether it is one, which way it goes, whether it stands."""

from __future__ import annotations

import pytest

from mapper.align.alignment import align
from mapper.catalog.load import Catalog
from mapper.corpus.document import document_text
from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.firms.registry import Registry
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Alignment, DocumentText, Run
from tests.builders import shipped_catalog


@pytest.fixture(scope="module")
def world() -> tuple[Catalog, Shelf, Registry]:
    catalog = shipped_catalog()
    listed, _ = load_registry(None)
    assert listed is not None
    return catalog, shelf(catalog), listed


def read(world: tuple[Catalog, Shelf, Registry], text: str) -> Alignment:
    catalog, reader, listed = world
    document = document_text("a.txt", text.encode())
    assert isinstance(document, DocumentText)
    line = float(reader.model.weighing["line"])
    return align([document], catalog, local_registry(document, listed), Run(version="0"), min_score=line, shelf=reader)


def told_of(found: Alignment, words: str) -> set[str]:
    """The names of the firms that have evidence whose quote holds these words."""
    names = {one.id: one.name for one in found.firms}
    return {names[one.firm] for one in found.evidence if words in one.quote}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("云起科技因暴力催收被罚款20万元。禾润银行因违规收费被罚款85万元。", "暴力催收"),
        ("云岭担保集团为小微企业降低担保费率，在保余额156亿元。禾润银行参加了签约。", "担保费率"),
        ("禾润银行召开年会。乐享钱包把用户的通讯录泄露给催收公司。", "通讯录"),
        ("青河村镇银行因公司治理不健全被罚款50万元。从其他村镇银行被罚的事由来看，贷款“三查”不到位严重违反审慎经营规则。", "三查"),
        ("云溪支付未按规定识别客户身份，被罚款20万元。《反洗钱法》第三十二条规定，未按规定识别客户身份的，予以处罚。", "第三十二条"),
        ("禾谷农商银行推出整村授信。这就需要在加大农户信贷支持的同时，用好农业保险和信用担保。", "这就需要"),
        ("金融知识普及是守护群众财产安全的基石。2025年9月，青禾人寿开展金融教育宣传周活动。", "基石"),
        ("老人来不了网点。禾润银行的柜员带着设备赶到她家，替她激活了社保卡。", "来不了"),
        ("有中介向老人推销高息理财。禾润银行员工到社区宣讲防骗知识。", "有中介"),
        ("村里没有网点，取款要走十几里山路。禾润银行在村里设了服务点。", "没有网点"),
        ("以往农户理赔要等一个月。禾润财险推出线上理赔，三天到账。", "以往"),
    ],
)
def test_what_others_do_or_lack_is_no_deed_of_the_firm_beside(text: str, words: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert told_of(read(world, text), words) == set()


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("禾润银行涉农贷款余额达900亿元，居首位；青禾银行、白桦银行均超500亿元。", {"禾润银行", "青禾银行", "白桦银行"}),
        ("禾润银行因泄露客户信息被罚20万元，青禾银行也因此被罚13万元。", {"禾润银行", "青禾银行"}),
        ("禾润银行为老人开设爱心窗口，青禾银行、白桦银行也开设了。", {"禾润银行", "青禾银行", "白桦银行"}),
        ("禾润银行的合作方青禾银行因泄露客户信息被罚。", {"青禾银行"}),
    ],
)
def test_who_did_the_same_and_whose_partner_it_was(text: str, firms: set[str], world: tuple[Catalog, Shelf, Registry]) -> None:
    assert told_of(read(world, text), text[:6]) == firms


@pytest.mark.parametrize(
    "text",
    [
        "禾润银行因违规向第三方提供客户信息被罚款50万元，这一消息系谣言。",
        "针对网传“禾润银行暴力催收”的视频，警方通报系摆拍造谣。",
        "二审法院改判，认定禾润银行无须承担赔偿责任，其已对客户进行风险测评。",
        "一审法院认为，禾润银行提交的录音录像显示，客户经理已完整揭示风险，禾润银行尽到了适当性义务。",
        "客户起诉禾润银行泄露个人信息，法院判决驳回其全部诉讼请求。",
        "监管部门撤销对禾润银行违规收费的处罚。",
        "禾润银行此前因个人信息保护不力被罚的决定已被法院撤销。",
        "被告禾润银行辩称，保险系原告自愿购买。",
        "禾润银行辩称，销售时已向客户充分揭示风险。",
        "禾润银行称，该产品风险等级为R2，已充分揭示风险。",
        "禾润银行客服解释，这是担保公司收取的费用，与银行无关。",
    ],
)
def test_rumours_pleas_and_what_a_court_took_back_speak_against_nobody(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert not any(one.grade == "adverse" for one in read(world, text).evidence)


def test_what_a_reporter_found_is_an_allegation(world: tuple[Catalog, Shelf, Registry]) -> None:
    found = read(world, "记者暗访发现，禾润银行某支行大堂经理向老人推销高风险理财。").evidence
    assert found and {one.basis for one in found} == {"allegation"}


def test_findings_go_on_to_the_next_sentence(world: tuple[Catalog, Shelf, Registry]) -> None:
    text = "监管局检查发现，禾润银行存在违规问题。柜员未经同意查询客户账户。客户经理代客户填写风险测评。"
    found = [one for one in read(world, text).evidence if "代客户" in one.quote]
    assert found and {one.basis for one in found} == {"finding"}


@pytest.mark.parametrize(
    "text",
    [
        "禾润银行将为1万户小微企业降息让利5000万元。",
        "禾润银行计划为小微企业减费让利3000万元。",
        "禾润银行希望全年投放绿色贷款80亿元。",
        "禾润银行目标是全年减免小微企业手续费3000万元。",
    ],
)
def test_what_is_planned_is_no_result(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    found = read(world, text).evidence
    assert found and {one.grade for one in found} == {"commitment"}


@pytest.mark.parametrize("text", ["禾润银行将服务窗口搬进养老院，为老人现场办理业务。", "禾润银行将反诈课堂开到老年大学。"])
def test_what_is_put_somewhere_is_done(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    found = read(world, text).evidence
    assert found and {one.grade for one in found} == {"action"}


def test_every_fault_of_a_notice_that_sets_them_apart_by_semicolons(world: tuple[Catalog, Shelf, Registry]) -> None:
    notice = (
        "行政处罚信息公开表\n当事人名称：蓝湾银行股份有限公司\n"
        "主要违法违规行为：违规收取小微企业融资顾问费；未对老年投资者进行适当性评估；消费者投诉处理超期；违规向第三方提供客户信息\n"
        "行政处罚内容：罚款120万元\n作出决定机关：国家金融监督管理总局江城监管分局\n"
    )
    found = {one.requirement for one in read(world, notice).evidence if one.basis == "finding"}
    assert {"cp22-28", "cp22-11", "cp22-15", "cp22-45"} <= found


def directions(world: tuple[Catalog, Shelf, Registry], text: str) -> set[tuple[str, bool]]:
    """Requirements with evidence, and whether it speaks against the firm."""
    return {(one.requirement, one.grade == "adverse") for one in read(world, text).evidence}


def test_a_deed_before_and_a_fault_behind(world: tuple[Catalog, Shelf, Registry]) -> None:
    marks = directions(world, "禾润银行为老人保留人工窗口，但收取的手续费未公示。")
    assert ("cp22-38", False) in marks and ("cp22-24", True) in marks and ("cp22-38", True) not in marks


@pytest.mark.parametrize("when", ["6月2日", "近日"])
def test_where_a_sanction_is_published_takes_nothing_from_what_it_is_for(when: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    told = "禾润银行因信用卡催收严重不审慎，被罚款80万元。"
    framed = f"江州监管局{when}公布的行政处罚信息公开表（江监罚决字〔2020〕32号）显示，{told}"
    scores = [{one.requirement: one.score for one in read(world, text).evidence if one.basis == "finding"} for text in (told, framed)]
    assert scores[1]["cp22-41"] == pytest.approx(scores[0]["cp22-41"], abs=0.01)


def test_a_deed_stays_beside_a_sanction_for_something_else(world: tuple[Catalog, Shelf, Registry]) -> None:
    marks = directions(world, "禾润银行为农户发放贷款3亿元，但因泄露客户信息被罚款20万元。")
    assert {("fa25-03.b", False), ("cp22-42", True)} <= marks


@pytest.mark.parametrize(
    "text",
    [
        "禾润银行建立了投诉处理机制，但未有效运行。",
        "禾润银行制定了客户信息保护制度，但执行不到位。",
        "禾润银行设立消费者权益保护委员会，但一年未召开会议。",
        "禾润银行退还了服务费，但拒绝退还担保费。",
        "禾润银行还以按揭为前提向客户出售费率更高的意外险。",
        "禾润银行贷款客户均须购买保险。",
    ],
)
def test_what_was_set_up_and_not_lived_by_given_back_in_part_or_tied_is_a_fault_and_no_deed(
    text: str, world: tuple[Catalog, Shelf, Registry]
) -> None:
    assert {fault for _, fault in directions(world, text)} == {True}


@pytest.mark.parametrize("text", ["以前村民取款难，但禾润银行设点后方便了。", "禾润银行投诉虽多，但全部按期办结。"])
def test_what_was_lacking_before_a_deed_is_no_fault_of_the_firm(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert not any(fault for _, fault in directions(world, text))


def judged(found: Alignment, words: str) -> set[tuple[str, str | None]]:
    """Grade and basis of all evidence whose quote holds these words."""
    return {(one.grade, one.basis) for one in found.evidence if words in one.quote}


@pytest.mark.parametrize(
    "text",
    [
        "记者问及搭售保险，禾润消费金融的工作人员表示，“禾润消费金融的贷款产品从来没有附加过任何保险。”",
        "刘先生拨打禾润消费金融的客服电话，工作人员回复，将会上报处理。",
        "记者就暴力催收一事联系禾润消费金融，客服人员回复称，会尽快核实情况。",
        "禾润银行客服回应称，“我们从来不会要求客户买保险才放贷。”",
        "禾润财险客服称，需要向上级反映后才能答复理赔进度。",
    ],
)
def test_what_a_firm_denies_or_will_look_into_is_no_fault(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert judged(read(world, text), "") == set()


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("监管部门通报了第一季度保险消费投诉情况。{}", "位列财产", "finding"),
        ("监管部门通报了第一季度保险消费投诉情况。青禾人寿投诉量居人身保险公司首位。{}", "位列财产", "finding"),
        ("某网站公布了一份榜单。{}", "位列财产", "allegation"),
    ],
)
def test_who_is_complained_of_most_is_not_praised(
    text: str, words: str, expected: str, world: tuple[Catalog, Shelf, Registry]
) -> None:
    ranked = text.format("青禾财险的亿元保费投诉量位列财产保险公司第一。")
    assert judged(read(world, ranked), words) == {("adverse", expected)}


@pytest.mark.parametrize(
    "told",
    [
        "一季度，青禾财险理赔纠纷31件，居第一位，平均处理时间12天。",
        "调解中心一季度受理理赔纠纷86件，其中青禾财险31件，居第一位。",
    ],
)
def test_nor_is_who_has_most_disputes(told: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert {grade for grade, _ in judged(read(world, told), "")} <= {"adverse"}


@pytest.mark.parametrize(
    "text",
    [
        "禾润银行投诉处理满意率位居同业第一。",
        "禾润银行投诉办结率100%，位列全省第一。",
        "禾润银行消费投诉调解成功率位列第一。",
        "禾润银行投诉量同比下降20%，降幅居首。",
    ],
)
def test_who_handles_complaints_best_is(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert {grade for grade, _ in judged(read(world, text), "")} <= {"action", "outcome"} != set()


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("近期关于禾润消费金融违规放贷的投诉持续发酵，本文结合用户案例与监管处罚记录，剖析其高息收费、暴力催收等乱象。", "allegation"),
        ("网友评论说，禾润银行早就该被罚了，暴力催收太恶劣。", "allegation"),
        ("投资者呼吁监管部门处罚禾润银行误导销售的行为。", "allegation"),
        ("律师表示，禾润银行未经同意查询征信，将面临监管处罚。", "allegation"),
        ("禾润银行因暴力催收被罚款50万元，网友拍手称快。", "finding"),
        ("网友反映禾润银行违规收费，监管部门已对其罚款50万元。", "finding"),
        ("禾润银行表示，经自查发现部分网点未落实双录要求，已对责任人处分。", "finding"),
        ("禾润消费金融在致歉信中表示，外包催收公司存在骚扰借款人亲友的情况。", "finding"),
        ("禾润银行发布致歉信称，该行建立了客户信息保护制度，但个别员工未严格按照制度操作，个别机构制度执行不到位。", "finding"),
        ("民事判决书显示，原告诉称，禾润人寿的业务员隐瞒退保损失、夸大收益。", "allegation"),
        ("民事判决书显示，储户请求判令禾润银行赔偿银行卡被盗刷的损失6万元。", "allegation"),
        ("禾润银行一客户经理因泄露客户信息被判刑。", "finding"),
        ("禾润银行致歉：我行未能为老年客户提供上门服务，我行对此表示诚挚的歉意。", "finding"),
    ],
)
def test_who_found_a_fault_is_told_by_who_speaks_and_not_by_the_word_penalty(
    text: str, basis: str, world: tuple[Catalog, Shelf, Registry]
) -> None:
    assert judged(read(world, text), "") == {("adverse", basis)}


@pytest.mark.parametrize(
    "text",
    [
        "通报指出，为切实维护银行保险消费者合法权益，银保监会对禾润人寿开展了打击侵害消费者权益行为专项现场检查。",
        "监管部门对禾润消费金融启动催收行为现场检查。",
        "金融监管总局对禾润银行开展消费者权益保护专项检查。",
    ],
)
def test_a_check_that_is_only_announced_is_neither_a_fault_nor_a_deed(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert judged(read(world, text), "") == set()


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("禾润银行城南支行表示，将通过线上线下渠道持续开展反诈宣传，重点面向老年人揭露常见骗局。", "commitment"),
        ("禾润农商银行表示，将组建助农服务队。此外，为行动不便的客户提供上门服务，对脱贫户实行优惠利率。", "commitment"),
        ("禾润财险副总经理表示：“等雨停之后，我们会动用无人机来快速定损，为农户提供最快的理赔服务。”", "commitment"),
        ("禾润银行将借助大数据识别可疑交易，及时拦截涉诈资金。", "commitment"),
        ("禾润银行将派驻金融专员到村，为农户上门办理贷款。", "commitment"),
        ("禾润银行将派驻的金融专员编入网格，为农户上门办理贷款。", "action"),
        ("禾润银行将组织优势转化为服务优势，党员志愿者走进社区为老年人讲解防骗知识。", "action"),
        ("禾润银行将通过审核的客户信息加密保存，确保客户信息安全。", "action"),
        ("雨停之后，禾润财险动用无人机快速定损，为农户支付赔款。", "action"),
    ],
)
def test_what_will_be_done_is_a_plan_and_what_is_put_before_its_verb_a_deed(
    text: str, grade: str, world: tuple[Catalog, Shelf, Registry]
) -> None:
    assert {one for one, _ in judged(read(world, text), "")} == {grade}


@pytest.mark.parametrize(
    "text",
    [
        "公证处在禾润银行开立账户，到期时发现1.8亿元存款早已被人转走。",
        "青禾人寿业务员在微信群夸大收益、隐瞒风险。",
    ],
)
def test_money_gone_from_an_account_and_what_a_salesman_says_are_the_firm_s_affair(
    text: str, world: tuple[Catalog, Shelf, Registry]
) -> None:
    assert {grade for grade, _ in judged(read(world, text), "")} == {"adverse"}


@pytest.mark.parametrize(
    "text",
    [
        "禾润银行理财经理周某虚构理财产品，骗取客户资金470万元。",
        "禾润银行客户经理盗用客户资金470万元。",
        "禾润银行大堂经理盗刷老人银行卡5万元。",
        "禾润银行柜员私自挪用客户账户资金用于赌博。",
    ],
)
def test_staff_who_rob_customers_are_a_fault_of_their_firm(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    found = {(one.requirement, one.grade, one.basis) for one in read(world, text).evidence}
    assert ("cp22-29", "adverse", "allegation") in found
    assert {grade for _, grade, _ in found} == {"adverse"}


@pytest.mark.parametrize(
    "text",
    [
        "禾润银行柜员识破骗局，老人的存款未被骗取分文。",
        "禾润银行员工发现客户被骗取资金，立即报警。",
        "禾润财险疑似遭遇保险诈骗，涉案金额高达上千万元。",
        "向某人为制造交通事故93起，骗取禾润财险赔款68万元。",
        "骗子谎称是禾润银行客服，诱骗客户把8万元转入其指定账户。",
        "禾润基金前基金经理李某控制他人账户进行趋同交易，被处以60万元罚款。",
        "禾润银行前员工李某离职后以高息为饵骗取老年客户资金。",
        "禾润银行柜员为被盗刷的客户先行赔付三万元。",
        "禾润银行员工劝住老人，避免养老钱被骗走。",
    ],
)
def test_whoever_stops_a_robber_or_is_robbed_himself_is_not_at_fault(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert [one for one in read(world, text).evidence if one.grade == "adverse"] == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "禾润银行、白塔银行和青禾银行分别因误导销售理财、强制搭售保险、暴力催收被处罚。",
            {("禾润银行", "cp22-23"), ("白塔银行", "cp22-26"), ("青禾银行", "cp22-41")},
        ),
        ("青禾银行、白塔银行分别因暴力催收、强制搭售保险被处罚。", {("青禾银行", "cp22-41"), ("白塔银行", "cp22-26")}),
    ],
)
def test_each_of_several_punished_has_its_own_fault_and_none_is_praised(
    text: str, faults: set[tuple[str, str]], world: tuple[Catalog, Shelf, Registry]
) -> None:
    found = read(world, text).evidence
    assert faults <= {(one.firm, one.requirement) for one in found}
    assert {(one.grade, one.basis) for one in found} == {("adverse", "finding")}


def test_an_authority_that_says_what_is_due_finds_and_a_reader_who_says_so_alleges(world: tuple[Catalog, Shelf, Registry]) -> None:
    said = "{}，禾润银行强制搭售保险，依法应当给予罚款。"
    assert judged(read(world, said.format("江州金融监管分局表示")), "搭售") == {("adverse", "finding")}
    assert judged(read(world, said.format("有网友评论说")), "搭售") == {("adverse", "allegation")}
