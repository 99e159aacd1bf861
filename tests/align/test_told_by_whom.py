"""Whole sentences as the press and notices have them: whose deed it is, whether it is one, which way it goes, whether it stands."""

from __future__ import annotations

import pytest

from mapper.align.alignment import align
from mapper.catalog.load import Catalog, load_catalog
from mapper.corpus.document import document_text
from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.firms.registry import Registry
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Alignment, DocumentText, Run
from mapper.shipped import folder


@pytest.fixture(scope="module")
def world() -> tuple[Catalog, Shelf, Registry]:
    catalog, _ = load_catalog(folder("policies"))
    listed, _ = load_registry(None)
    assert catalog is not None and listed is not None
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


def test_a_deed_stays_beside_a_sanction_for_something_else(world: tuple[Catalog, Shelf, Registry]) -> None:
    marks = directions(world, "禾润银行为农户发放贷款3亿元，但因泄露客户信息被罚款20万元。")
    assert {("fa25-03.b", False), ("cp22-42", True)} <= marks


@pytest.mark.parametrize("text", ["以前村民取款难，但禾润银行设点后方便了。", "禾润银行投诉虽多，但全部按期办结。"])
def test_what_was_lacking_before_a_deed_is_no_fault_of_the_firm(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert not any(fault for _, fault in directions(world, text))


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
    ],
)
def test_whoever_stops_a_robber_or_is_robbed_himself_is_not_at_fault(text: str, world: tuple[Catalog, Shelf, Registry]) -> None:
    assert [one for one in read(world, text).evidence if one.grade == "adverse"] == []
