"""What a piece of evidence says beside its requirement: its place, the date, whether it was asked for, who found a fault."""

from __future__ import annotations

import pytest

from mapper.align.writer import predates
from mapper.catalog.load import load_catalog
from mapper.model import Evidence
from mapper.shipped import folder
from tests.align.found import evidence, read
from tests.builders import COMPLAINT, ELDERLY, FARM, GREEN, SMALL, document, heading, said

# ---- places ----------------------------------------------------------------------------------------------------

TEXT = document(
    heading("服务老年客户"),
    ("今天很冷。", "云岭银行临江支行对老年客户保留人工服务，累计服务3万人次。", "大家都说好。"),
    date="2024-05-06",
)


def the_one() -> Evidence:
    (one,) = evidence(TEXT)
    return one


def test_evidence_points_back_to_the_file() -> None:
    one = the_one()
    assert TEXT.text[one.start : one.end] == one.quote
    assert TEXT.text[: one.start].endswith(one.prefix) and len(one.prefix) <= 40
    assert TEXT.text[one.end :].startswith(one.suffix) and len(one.suffix) <= 40
    assert one.prefix and one.suffix
    assert [(s.document, s.start, s.end) for s in one.sources] == [("a.txt", one.start, one.end)]


def test_evidence_keeps_its_neighbours_section_and_unit() -> None:
    one = the_one()
    assert (one.before, one.after) == ("今天很冷。", "大家都说好。")
    assert one.section == "服务老年客户"
    assert one.acting_as == "云岭银行临江支行"


# ---- before the directive --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "published", "older"),
    [
        ("2022-01", "2023-10-11", True),
        ("2022", "2023-10-11", True),
        ("2023-09", "2023-10-11", True),
        ("2023-10-10", "2023-10-11", True),
        ("2023-10-11", "2023-10-11", False),
        ("2023-10-12", "2023-10-11", False),
        ("2023-11", "2023-10-11", False),
        ("2024", "2023-10-11", False),
        ("2023-10", "2023-10-11", None),
        ("2023", "2023-10-11", None),
        (None, "2023-10-11", None),
        ("", "2023-10-11", None),
    ],
)
def test_a_document_is_older_than_a_directive_newer_or_nobody_knows(
    date: str | None, published: str, older: bool | None
) -> None:
    assert predates(date, published) is older


def test_evidence_is_marked_by_the_date_of_its_document_and_of_its_policy() -> None:
    text = document("云岭银行公布投诉渠道，并对老年客户保留人工服务。", date="2022-01")
    assert {one.requirement: one.predates for one in evidence(text)} == {ELDERLY: True, COMPLAINT: False}


# ---- voluntary -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "requirement", "voluntary"),
    [
        ("海港银行投放了绿色贷款。", GREEN, False),
        ("青禾消费金融投放了绿色贷款。", GREEN, True),
        ("泰和保险推出农业保险。", FARM, False),
        ("海港银行推出农业保险。", FARM, True),
        ("丰源小贷坚持小额分散。", SMALL, False),
        ("启明科技坚持小额分散。", SMALL, True),
        ("启明科技对老年人提供人工服务。", ELDERLY, False),
    ],
)
def test_what_is_done_without_being_asked_is_voluntary(sentence: str, requirement: str, voluntary: bool) -> None:
    assert [(one.requirement, one.voluntary) for one in evidence(document(sentence))] == [(requirement, voluntary)]


# ---- who found a fault ------------------------------------------------------------------------------------------


def test_what_a_customer_tells_is_alleged_whatever_he_calls_for() -> None:
    told = (
        "我是海港银行的客户，我带母亲去柜台取款，柜员不给办，让我自己扫码。",
        "我给客服打电话，客服说不归她管，我又去网点找经理，经理说我可以投诉。",
        "经查，海港银行对老年人没有提供人工服务，我要求银保监会责令其改正并罚款。",
    )
    found = evidence(document(*told, title="投诉海港银行拒绝老人使用现金"))
    assert {one.basis for one in found if one.grade == "adverse"} == {"allegation"}


@pytest.mark.parametrize(("speaker", "basis"), [("云岭银行", "finding"), (None, "allegation")])
def test_a_firm_that_says_of_itself_what_goes_wrong_admits_it(speaker: str | None, basis: str) -> None:
    catalog, _ = load_catalog(folder("policies"))
    assert catalog is not None
    fault = "{}的理财销售仍有短板：部分网点存在客户经理夸大收益、隐瞒风险的行为，引来老年客户投诉三百多件。"
    text = document(said(speaker, fault.format("我行"))) if speaker else document(fault.format("云岭银行"))
    faults = [one for one in read(text, catalog) if one.grade == "adverse"]
    assert {one.basis for one in faults} == {basis}


@pytest.mark.parametrize(
    ("below", "basis"), [("清川金融监管分局", "finding"), ("清川晚报", "allegation"), ("移交清川市人民法院", "allegation")]
)
def test_what_an_authority_tells_in_what_it_signs_is_found(below: str, basis: str) -> None:
    catalog, _ = load_catalog(folder("policies"))
    assert catalog is not None
    fault = "云岭银行没有在规定时限内答复投诉人，对客户投诉一再推诿拖延。"
    text = document(fault, "此事影响不好。", below, "2024年3月1日", "抄送：清川市政府")
    faults = [one for one in read(text, catalog) if one.grade == "adverse"]
    assert {one.basis for one in faults} == {basis}


def test_what_a_firm_says_there_is_not_it_does_not_admit() -> None:
    catalog, _ = load_catalog(folder("policies"))
    assert catalog is not None
    told = "我行严禁存在任何误导行为，而老年客户投诉理财产品夸大收益、隐瞒风险三百多件。"
    faults = [one for one in read(document(said("云岭银行", told)), catalog) if one.grade == "adverse"]
    assert {one.basis for one in faults} == {"allegation"}
