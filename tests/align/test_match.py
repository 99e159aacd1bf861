"""From the passages of one document to its evidence, with places and reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapper.align.match import predates, read_document
from mapper.catalog.load import Catalog, load_catalog
from mapper.fingerprint import identity
from mapper.matchers.model import BIAS
from mapper.matchers.shelf import shelf
from mapper.messages import say
from mapper.model import DocumentText, Evidence
from mapper.shipped import folder
from tests.builders import (
    COMPLAINT,
    ELDERLY,
    FARM,
    GREEN,
    SMALL,
    Sentence,
    asked,
    document,
    heading,
    registry,
    said,
    tiny_catalog,
)

LINE = 0.2
"""A line low enough for signals that no sentence taught."""


def evidence(text: DocumentText) -> list[Evidence]:
    return list(read(text, tiny_catalog()))


def read(text: DocumentText, catalog: Catalog) -> tuple[Evidence, ...]:
    return read_document(text, catalog, registry(), shelf(catalog), LINE).evidence


def marks(text: DocumentText) -> set[tuple[str, str, str]]:
    """(firm, requirement, grade) of all evidence."""
    return {(one.firm, one.requirement, one.grade) for one in evidence(text)}


# ---- what becomes evidence -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("云岭银行在各网点对老年客户保留人工服务。", {("云岭银行", ELDERLY, "action")}),
        ("云岭银行计划明年向长者推出大字版手机银行。", {("云岭银行", ELDERLY, "commitment")}),
        ("云岭银行的爱心窗口累计服务老年人12万人次。", {("云岭银行", ELDERLY, "outcome")}),
        ("云岭银行因拒绝老年人现金缴费被罚款20万元。", {("云岭银行", ELDERLY, "adverse")}),
        ("海港银行投放了绿色贷款。", {("海港银行", GREEN, "action")}),
        ("海港银行尚未开展绿色信贷业务。", set()),
        ("青禾消费金融没有推出老年人大字版页面。", set()),
        ("海港银行为企业开通绿色通道，当天发放贷款。", set()),
        ("消费金融公司普遍坚持小额分散。", set()),
        ("《实施意见》提出，银行机构要为老年人保留人工服务。", set()),
        (
            "远山消费金融坚持小额分散，并公布了投诉渠道。",
            {("远山消费金融", SMALL, "action"), ("远山消费金融", COMPLAINT, "action")},
        ),
    ],
)
def test_which_sentence_evidences_what(sentence: str, expected: set[tuple[str, str, str]]) -> None:
    assert marks(document(sentence)) == expected


def test_each_firm_is_matched_in_its_own_clauses() -> None:
    text = document("云岭银行投放了绿色贷款，海港银行向老年客户提供上门服务。")
    assert marks(text) == {("云岭银行", GREEN, "action"), ("海港银行", ELDERLY, "action")}


def test_each_firm_is_graded_in_its_own_clauses() -> None:
    text = document("云岭银行的绿色贷款余额达30亿元，海港银行将在明年推出绿色信贷。")
    assert marks(text) == {("云岭银行", GREEN, "outcome"), ("海港银行", GREEN, "commitment")}


def test_a_joint_act_is_evidence_of_both() -> None:
    text = document("云岭银行与海港银行联合发放绿色贷款。")
    assert marks(text) == {("云岭银行", GREEN, "action"), ("海港银行", GREEN, "action")}


def test_one_sentence_is_one_piece_of_evidence_per_firm_and_requirement() -> None:
    text = document("云岭银行在柜台对老年客户保留人工服务，海港银行投放绿色贷款，云岭银行还对长者提供上门服务。")
    found = [(one.firm, one.requirement) for one in evidence(text)]
    assert len(found) == len(set(found))
    assert ("云岭银行", ELDERLY) in found


def test_the_name_of_a_firm_is_no_practice() -> None:
    assert marks(document("长青绿色租赁获得银行授信。")) == set()


def test_a_fine_is_not_counted_as_a_measure_for_another_requirement() -> None:
    text = document("云岭银行因投诉渠道不畅被罚款30万元，涉及一笔绿色贷款。")
    assert marks(text) == {("云岭银行", COMPLAINT, "adverse")}


@pytest.mark.parametrize(
    "sentence",
    [
        heading("云岭银行：对老年客户保留人工服务"),
        asked("云岭银行对老年客户保留人工服务了吗？"),
        Sentence("云岭银行对老年客户保留人工服务\ufffd。", damaged=True),
    ],
    ids=["heading", "question", "damaged"],
)
def test_headings_questions_and_damaged_passages_are_never_evidence(sentence: Sentence) -> None:
    assert marks(document(sentence)) == set()


def test_an_answer_under_a_label_is() -> None:
    text = document(asked("有哪些做法？"), said("周岚", "我们对老年客户保留了人工服务。"))
    assert marks(text) == {("云岭银行", ELDERLY, "action")}


def test_a_document_without_firms_has_nothing() -> None:
    assert evidence(document("对老年客户保留人工服务是好事。")) == []


# ---- places and reasons ----------------------------------------------------------------------------------------

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


def test_evidence_says_why() -> None:
    one = the_one()
    assert [reason.kind for reason in one.reasons] == ["signal", "attribution", "grade"]
    for reason in one.reasons:
        assert all(one.quote[words.start : words.end] == words.text for words in reason.words)
        assert say(f"reasons.{reason.code}", **reason.params)
    words = {reason.kind: [found.text for found in reason.words] for reason in one.reasons}
    assert {"老年客户", "人工服务"} <= set(words["signal"])
    assert any("云岭银行" in word for word in words["attribution"])
    assert any("3万" in word for word in words["grade"])


def test_a_score_is_a_probability_and_a_strong_signal_of_a_named_firm_scores_high() -> None:
    assert 0 <= the_one().score <= 1
    assert the_one().score > 0.5


def test_a_weak_signal_scores_below_a_strong_one_and_a_name_above_a_carried_subject() -> None:
    from tests.builders import a_policy, a_requirement, catalog_of

    catalog = catalog_of(
        a_policy(
            a_requirement("op23-strong", "{need: [示例], strength: strong}"),
            a_requirement("op23-weak", "{need: [示例], strength: weak}"),
        )
    )
    found = read(document(("云岭银行为客户推出示例服务。", "同时还开展了示例服务。")), catalog)
    score = {(one.requirement, one.sign): one.score for one in found}
    assert score["op23-strong", "named"] > score["op23-weak", "named"] > 0
    assert score["op23-strong", "named"] > score["op23-strong", "carried"]


# ---- identity --------------------------------------------------------------------------------------------------


def test_the_id_is_made_of_the_content_and_not_of_the_place() -> None:
    here = evidence(document("云岭银行对老年客户保留人工服务。"))
    there = evidence(document("前面还有一段。", "云岭银行对老年客户保留人工服务。", id="b.txt"))
    assert [one.id for one in here] == [one.id for one in there]


def test_copies_that_differ_in_punctuation_and_spaces_are_one() -> None:
    assert identity("甲", "r", "对老年客户，保留人工服务。") == identity("甲", "r", "对老年客户 保留人工服务")
    assert identity("甲", "r", "一") != identity("乙", "r", "一")
    assert identity("甲", "r", "一") != identity("甲", "s", "一")
    assert identity("甲", "r", "服务3万人") != identity("甲", "r", "服务30万人")


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


# ---- faults put right ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentences", "words"),
    [
        (("云岭银行因投诉处理不及时被罚款30万元，目前已整改到位。",), "已整改"),
        (("云岭银行因投诉处理不及时被罚款30万元。", "该行已全部整改。"), "已全部整改"),
        (("云岭银行因投诉处理不及时被罚款30万元。", "此案引起关注。"), None),
    ],
)
def test_a_fault_that_was_put_right_is_shown_as_such(sentences: tuple[str, ...], words: str | None) -> None:
    [adverse] = [one for one in evidence(document(*sentences)) if one.grade == "adverse"]
    said = [reason.params["words"] for reason in adverse.reasons if reason.code == "grade-corrected"]
    assert said == ([words] if words else [])


# ---- the line of faults ----------------------------------------------------------------------------------------


def test_a_fault_is_shown_from_its_own_line_unless_more_is_asked_for() -> None:
    catalog, text = tiny_catalog(), document("云岭银行因投诉处理不及时被罚款30万元。")
    model = shelf(catalog).model
    weighing = {**model.weighing, "fault": {**model.weighing["fault"], BIAS: model.weighing["fault"][BIAS] - 4}}

    def shown(least: float, **lines: float) -> list[Evidence]:
        reader = shelf(catalog, replace(model, weighing={**weighing, **lines}))
        return list(read_document(text, catalog, registry(), reader, least).evidence)

    [doubted] = shown(0.01)
    assert doubted.grade == "adverse" and doubted.score < 0.98
    lines = {"line": doubted.score + 0.005, "fault-line": doubted.score - 0.005}
    assert shown(lines["line"], **lines) == [doubted]
    assert shown(lines["line"] + 0.004, **lines) == []


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
