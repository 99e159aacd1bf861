"""From the passages of one document to its evidence: what is, what is not, and from which score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapper.align.match import match_document
from mapper.fingerprint import identity
from mapper.matchers.model import BIAS
from mapper.matchers.shelf import shelf
from mapper.model import Evidence
from tests.align.found import evidence, marks, read
from tests.builders import (
    COMPLAINT,
    ELDERLY,
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


# ---- scores ----------------------------------------------------------------------------------------------------


def test_a_score_is_a_probability_and_a_strong_signal_of_a_named_firm_scores_high() -> None:
    (one,) = evidence(document("云岭银行临江支行对老年客户保留人工服务，累计服务3万人次。"))
    assert 0.5 < one.score <= 1


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


# ---- the line of faults ----------------------------------------------------------------------------------------


def test_a_fault_is_shown_from_its_own_line_unless_more_is_asked_for() -> None:
    catalog, text = tiny_catalog(), document("云岭银行因投诉处理不及时被罚款30万元。")
    model = shelf(catalog).model
    weighing = {**model.weighing, "fault": {**model.weighing["fault"], BIAS: model.weighing["fault"][BIAS] - 4}}

    def shown(least: float, **lines: float) -> list[Evidence]:
        reader = shelf(catalog, replace(model, weighing={**weighing, **lines}))
        return list(match_document(text, catalog, registry(), reader, least).evidence)

    [doubted] = shown(0.01)
    assert doubted.grade == "adverse" and doubted.score < 0.98
    lines = {"line": doubted.score + 0.005, "fault-line": doubted.score - 0.005}
    assert shown(lines["line"], **lines) == [doubted]
    assert shown(lines["line"] + 0.004, **lines) == []
