"""What a sentence can be evidence of where it stands: a part of a report can make it nothing, or a plan at most."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from mapper.align.faults import tells_fault, thwarts
from mapper.align.match import MatchedDocument, match_document
from mapper.align.parts import placed, silent
from mapper.align.weighing import Weighing
from mapper.corpus import read_document as read_file
from mapper.corpus.reading import CELLS
from mapper.firms.lists import load_registry
from mapper.matchers.shelf import shelf
from mapper.model import DocumentText, Grade, Passage, Role, SectionKind, Sign
from tests.align.found import read
from tests.builders import Sentence, document, firm, registry, shipped_catalog

REPORT = Path(__file__).parent.parent / "corpus" / "reports" / "lanchuan_bank_2023.txt"
PLAN = "我们要秉承开放共享的理念，打造开放银行。"
SILENT = {"definitions", "formalities", "people", "shares", "auditor", "accounts"}


def passage(text: str, part: SectionKind | None = None, role: Role = "body") -> Passage:
    return Passage(document="a.txt", number=0, start=0, end=len(text), text=text, paragraph=0, role=role, part=part)


@cache
def report() -> tuple[DocumentText, MatchedDocument]:
    """The report, read with what ships."""
    [document] = read_file(REPORT).documents
    catalog = shipped_catalog()
    registry, _ = load_registry(None)
    assert registry is not None
    reader = shelf(catalog)
    return document, match_document(document, catalog, registry, reader, Weighing.of(reader.weighing).line)


@pytest.mark.parametrize("part", sorted(SILENT))
def test_definitions_curricula_and_accounts_are_no_evidence(part: SectionKind) -> None:
    assert silent(passage("本行为老年客户保留现金服务。", part), "speaker")


@pytest.mark.parametrize(("sign", "expected"), [("owner", True), ("carried", True), ("speaker", False), ("named", False)])
def test_a_description_of_the_market_is_evidence_only_where_it_names_the_firm(sign: Sign, expected: bool) -> None:
    assert silent(passage("普惠小微贷款保持较快增长。", "market"), sign) is expected


def test_the_name_of_a_prize_is_no_evidence_and_what_was_done_for_it_is_no_result() -> None:
    assert silent(passage("最佳普惠金融实践奖 | 川报", "honours"), "owner")
    told = passage("本行推出首贷服务，获评先锋机构。", "honours")
    assert not silent(told, "owner")
    assert placed("outcome", told, told.text) == ("action", "grade-placed-praise")


def test_who_joins_a_committee_is_no_evidence_but_for_the_committee_that_a_duty_asks_for() -> None:
    assert silent(passage("2023年5月，林文清先生担任本行董事会战略委员会委员。"), "speaker")
    assert not silent(passage("2023年5月，林文清先生担任本行董事会消费者权益保护委员会主席。"), "speaker")


@pytest.mark.parametrize(
    "text",
    [
        "林文清先生辞任本行董事会消费者权益保护委员会委员。",
        "本行风险管理委员会由5名董事组成。",
        "包括执行董事郑海宁女士，非执行董事林文清先生。",
        "“已脱贫人口贷款”仅指向已脱贫人口发放的贷款。",
    ],
)
def test_who_leaves_who_sits_where_and_what_a_word_means_is_no_evidence(text: str) -> None:
    assert silent(passage(text), "speaker")


def test_a_guide_for_students_is_no_meaning_of_a_word() -> None:
    assert not silent(passage("本行给学生发了一份《防“校园贷”指南》。"), "speaker")


@pytest.mark.parametrize(
    ("text", "part", "grade", "expected"),
    [
        ("完善适老化服务，为网点配备助老专员。", "outlook", "action", "commitment"),
        ("服务中断两天。", "outlook", "adverse", "adverse"),
        ("本行将强化主体责任，持续加大投入。", None, "action", "commitment"),
        ("我们要持续完善风险管理体系。", None, "action", "commitment"),
        ("本行将消费者权益保护纳入考核。", None, "action", "action"),
        ("截至年末贷款余额三十亿元，明年将继续增长。", None, "outcome", "outcome"),
    ],
)
def test_what_is_still_to_be_done_is_a_plan(text: str, part: SectionKind | None, grade: Grade, expected: Grade) -> None:
    assert placed(grade, passage(text, part), text)[0] == expected


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("其中：建档立卡贫困人口贷款 | 1,261,784.24", None, "outcome"),
        ("涉农贷款 | 亿元 | 300 | 200（2023年300亿元，较2022年的200亿元增加）", None, "outcome"),
        ("建档立卡贫困人口贷款目标 | 1,300,000", None, "action"),
        ("涉农贷款 | 500亿元（目标）", None, "action"),
        ("建档立卡贫困人口贷款 | 1,300,000", "outlook", "commitment"),
        ("监管处罚金额 | 50万元", None, "action"),
        ("设立消费者权益保护委员会 | 2021年", None, "action"),
        ("客户服务热线 | 95588", None, "action"),
        ("推进适老化改造 | 已完成", None, "action"),
    ],
)
def test_a_row_that_gives_the_amount_of_something_is_a_result(text: str, part: SectionKind | None, expected: Grade) -> None:
    assert placed("action", passage(text, part), text, [PLAN])[0] == expected


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("加强大数据运用，实现精准获客。", [PLAN], "commitment"),
        ("丰富岗位序列，优化考核激励机制。", ["对重点项目全面实施敏捷开发。", PLAN], "commitment"),
        ("同时，稳步发展个人扶贫贷款。", ["本行将持续加大扶贫贷款投入。"], "commitment"),
        ("本行设立普惠金融事业部。", [PLAN], "action"),
        ("目前服务站覆盖全部乡镇。", [PLAN], "action"),
        ("推出首贷服务，累计发放三十亿元。", [PLAN], "action"),
        ("加强大数据运用，实现精准获客。", ["去年本行上线新平台。", PLAN], "action"),
        ("加强大数据运用，实现精准获客。", [], "action"),
        ("加大对小微企业的支持力度。", [PLAN], "commitment"),
        ("走进社区、校园宣讲320场。", [PLAN], "action"),
        ("培训了金融知识宣传员。", [PLAN], "action"),
        (f"加强大数据运用{CELLS}精准获客", [PLAN], "action"),
        ("加强大数据运用，实现精准获客。", [*["完善服务机制，优化流程。"] * 8, PLAN], "action"),
    ],
)
def test_a_sentence_without_subject_or_time_of_its_own_goes_on_with_the_plan_before_it(
    text: str, before: list[str], expected: Grade
) -> None:
    grade, why = placed("action", passage(text), text, before)
    assert grade == expected
    assert why == ("grade-plan-goes-on" if expected == "commitment" else None)


def test_a_plan_goes_on_in_a_document_until_a_heading_a_row_a_name_or_somebody_else() -> None:
    catalog = shipped_catalog()
    reader = shelf(catalog)
    deed = "为老年客户配备爱心座席，保留人工柜台和现金服务。"

    def grades(*lines: str | Sentence) -> set[Grade]:
        text = document("云岭银行年度报告", *lines)
        found = match_document(text, catalog, registry(firm("云岭银行", "bank")), reader, 0.3)
        return {one.grade for one in found.evidence if one.quote.endswith(deed)}

    plan = "云岭银行表示，我们要把老年客户放在心上，持续优化适老服务。"
    assert grades(plan, deed) == {"commitment"}
    assert grades(plan, Sentence("适老服务", role="heading"), deed) == {"action"}
    assert grades(plan, "客户数 | 1,200", deed) == {"action"}
    assert grades("云岭银行推出新服务。", "监管部门将进一步加强检查。", deed) == {"action"}
    assert grades(plan, f"云岭银行{deed}") == {"action"}


def test_a_row_of_figures_tells_of_no_fault_and_a_row_of_fines_does() -> None:
    assert not tells_fault(passage("带动贫困人口贷款 | 262,297.98"))
    assert tells_fault(passage("云岭银行 | 未尽适当性义务 | 罚款五十万元"))
    assert tells_fault(passage("服务中断两天。"))


def test_rows_of_bare_figures_are_no_evidence() -> None:
    assert silent(passage("农、林、牧、渔业 | 451 | 2.91 | 629 | 5.21", role="caption"), "owner")


def test_no_mark_of_a_report_stands_in_a_part_that_tells_of_nothing_done() -> None:
    document, found = report()
    parts = {one.start: one.part for one in document.passages}
    assert len({one.quote for one in found.evidence}) >= 15
    assert not {parts[one.start] for one in found.evidence} & SILENT


def test_marks_of_an_outlook_are_plans_and_say_why() -> None:
    document, found = report()
    parts = {one.start: one.part for one in document.passages}
    ahead = [one for one in found.evidence if parts[one.start] == "outlook"]
    assert ahead and {one.grade for one in ahead} == {"commitment"}


def test_every_mark_of_a_report_is_its_banks() -> None:
    _, found = report()
    assert {one.firm for one in found.evidence} == {"澜川银行"}


@pytest.mark.parametrize("text", ["尽职免责。", "消费者权益保护。", "适老化服务。"])
def test_a_bare_term_with_a_full_stop_is_no_evidence(text: str) -> None:
    assert silent(passage(text), "carried")


@pytest.mark.parametrize(
    "text",
    [
        "已落实尽职免责。", "推广适老化服务。", "收费公示缺失。", "捆绑销售保险。", "虚假宣传。", "压降投诉。",
        "尽职免责 | 已建立", "2. 适老化服务；",
    ],
)
def test_a_few_words_that_tell_of_a_deed_a_fault_or_a_cell_may_be(text: str) -> None:
    assert not silent(passage(text), "carried")


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("柜员识破骗局 守住老人养老钱", True),
        ("江城支行成功拦截一起电信诈骗", True),
        ("客户经理诈骗储户两千万元", False),
        ("江城支行未能拦截诈骗转账 老人养老钱被转走", False),
        ("取三万元养老钱被银行拦下 老人奔波一天", False),
        ("江城支行追回贷款损失 却暴力催收", False),
        ("银行被判赔偿储户损失", False),
    ],
)
def test_the_story_of_a_fraud_that_was_stopped_is_told_by_its_title(title: str, told: bool) -> None:
    assert thwarts(document("今天很冷。", title=title)) is told


@pytest.mark.parametrize(("title", "faults"), [("柜员识破骗局 守住老人养老钱", False), ("老人的遭遇", True)])
def test_what_befalls_a_victim_is_no_fault_of_the_firm_that_stops_the_fraud(title: str, faults: bool) -> None:
    catalog = shipped_catalog()
    story = ("海港银行柜员发现异常。", "老人的个人信息已被泄露，又被反复误导购买高风险理财，养老钱险些全部亏光。")
    assert any(one.grade == "adverse" for one in read(document(story, title=title), catalog)) is faults


@pytest.mark.parametrize(("question", "nobody_s"), [("你是否接到过贷款推销电话？", True), ("你们银行就是这样对待客户的吗？", False)])
def test_a_question_to_the_reader_is_nobody_s_deed(question: str, nobody_s: bool) -> None:
    assert silent(passage(question), "carried") is nobody_s
