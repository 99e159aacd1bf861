"""What part of a report a passage stands in: headings decide, and say where a part ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.corpus import read_document
from mapper.corpus.sections import Sections
from mapper.model import Role, SectionKind

REPORT = Path(__file__).with_name("reports") / "lanchuan_bank_2023.txt"
"""A report of a made-up bank, wrapped at forty characters, with running heads, page numbers and a part of every kind."""


def parts(*lines: str) -> list[SectionKind | None]:
    """The part of each line; a line that begins with # is a heading."""
    walk = Sections()
    found = []
    for line in lines:
        role: Role = "heading" if line.startswith("#") else "body"
        found.append(walk.below(line.removeprefix("#"), role))
    return found


def test_a_part_begins_at_its_heading_and_ends_at_the_next_of_its_rank() -> None:
    assert parts("#一、基本情况", "甲。", "#四、荣誉", "获奖两项。", "#五、服务", "乙。") == [
        None, None, "honours", "honours", None, None,
    ]


def test_a_chapter_may_be_a_numbered_line_that_the_text_does_not_set_apart() -> None:
    assert parts("1.释义", "“本行”指云岭银行。", "2.重要提示", "保证真实。", "7.讨论与分析", "本行办贷。") == [
        "definitions", "definitions", "formalities", "formalities", None, None,
    ]


def test_headings_below_a_part_stay_in_it() -> None:
    assert parts("#9.1 董事、监事、高级管理人员简历", "#9.1.1 非执行董事", "#张三 副行长", "1970年出生。", "#10.1 本行治理", "开会。") == [
        "people", "people", "people", "people", None, None,
    ]


def test_an_unnumbered_outlook_ends_at_any_heading() -> None:
    assert parts("#未来展望", "加大投放。", "#网点建设", "设网点二十个。") == ["outlook", "outlook", None, None]


def test_numbered_headings_below_an_outlook_stay_in_it() -> None:
    assert parts("#（六）2025年展望", "加大投放。", "#1.完善机制", "健全考核。", "#（七）网点", "设网点。") == [
        "outlook", "outlook", "outlook", "outlook", None, None,
    ]


def test_notes_to_the_accounts_go_on_until_a_chapter_that_is_known() -> None:
    lines = parts("#财务报表附注", "#一 公司基本情况", "#八 金融风险管理", "本集团管理风险。", "#第六章 企业社会责任", "捐款。")
    assert lines == ["accounts", "accounts", "accounts", "accounts", None, None]


def test_accounting_policies_within_a_report_end_with_their_own_heading() -> None:
    assert parts("#四、重要会计政策和会计估计", "按准则入账。", "#五、服务", "办贷。") == ["accounts", "accounts", None, None]


@pytest.mark.parametrize("page", ["......3", " 3"])
def test_a_table_of_contents_begins_no_part(page: str) -> None:
    lines = parts("#目录", f"1.释义{page}", f"2.财务报表附注{page}", "本行服务乡村，设网点二十个。", "本行办贷。")
    assert lines == ["formalities"] * 3 + [None] * 2


def test_nor_does_one_without_pages_before_it_ends() -> None:
    assert parts("#目录", "1.释义", "2.财务报表附注", "3.荣誉") == ["formalities"] * 4


def test_what_a_table_of_contents_names_is_no_deed() -> None:
    assert parts("目录Contents", "建设绿色银行 发展绿色金融", "保护消费者权益", "首贷户数 | 3.2万户") == ["formalities"] * 3 + [None]


def test_what_a_firm_is_licensed_for_is_no_deed() -> None:
    lines = parts("经营范围：", "（1）健康保险和意外伤害保险业务；", "（2）再保险业务。", "本行办贷。", "（3）设立理赔点三百个。")
    assert lines == [None, "formalities", "formalities", None, None]


def test_the_first_heading_after_a_table_of_contents_with_pages_begins_its_part() -> None:
    assert parts("#目录", "1.释义......3", "2.财务报表附注......90", "1.释义", "“本行”指云岭银行。")[-2:] == ["definitions"] * 2


def test_a_sentence_that_speaks_of_such_a_part_begins_none() -> None:
    assert parts("本行编制了财务报表附注。", "#关于释义与实践的几点看法", "本行办贷。") == [None, None, None]


def test_a_page_turned_within_a_part_does_not_end_it() -> None:
    assert parts("#二、审计意见", "公允。", "#二、审计意见（续）", "独立。", "#三、荣誉")[-2:] == ["auditor", "honours"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("“首贷户”指此前", "definitions"),
        ("保证本报告内容的真实", "formalities"),
        ("绿色金融先锋机构", "honours"),
        ("银行业支持实体经济力度加大", "market"),
        ("新型农业经营主体的信贷投放", "outlook"),
        ("持有本行9.6%的股份", "shares"),
        ("牵头建立全市农户信用档案", "people"),
        ("续聘衡正会计师事务所", "formalities"),
        ("使用了复杂的模型", "auditor"),
        ("建立风险分组和前瞻性模型", "accounts"),
        ("操作风险管理体系", "accounts"),
        ("载有法定代表人签名", "formalities"),
        ("川源快贷", None),
        ("打造一支懂业务", None),
        ("由独立董事任主任委员", None),
        ("爱心窗口", None),
        ("在线调解通道", "outlook"),
    ],
)
def test_a_report_is_cut_into_its_parts(words: str, part: SectionKind | None) -> None:
    [document] = read_document(REPORT).documents
    assert [passage.part for passage in document.passages if words in passage.text] == [part]
