"""An official text is taken apart by its own numbering, whatever its style."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.drafting.head import Head, head
from mapper.drafting.outline import outline
from tests.drafting.texts import ARTICLES, NOTICE, PLAN, POINTS, paragraphs


def labels(text: str) -> list[str]:
    return [clause.label for clause in outline(paragraphs(text)).clauses]


def test_articles_are_found_under_their_chapters() -> None:
    found = outline(paragraphs(ARTICLES))
    assert found.articles
    assert [clause.label for clause in found.clauses] == [f"第{n}条" for n in "一二三四五六七八九十"]
    assert [label for label, _ in found.parts] == ["第一章", "第二章", "第三章"]
    assert [clause.part for clause in found.clauses] == ["第一章"] * 3 + ["第二章"] * 4 + ["第三章"] * 3


def test_the_items_of_a_list_belong_to_the_article_that_leads_to_them() -> None:
    fifth = outline(paragraphs(ARTICLES)).clauses[4]
    assert [text[:3] for text in fifth.paragraphs] == ["金融服", "（一）", "（二）", "（三）"]


def test_an_article_that_is_only_named_is_no_article() -> None:
    text = ARTICLES.replace("第六条　保险公司", "第六条　保险公司\n第四条规定的机构")
    assert labels(text) == labels(ARTICLES)
    assert "第四条规定的公示期" in outline(paragraphs(ARTICLES)).clauses[5].paragraphs[0]


def test_items_that_run_through_the_parts_are_cited_with_their_part() -> None:
    found = outline(paragraphs(PLAN))
    assert [clause.label for clause in found.clauses] == ["一", "二、（一）", "二、（二）", "三、（三）", "三、（四）"]
    assert [clause.key for clause in found.clauses] == ["p1", "01", "02", "03", "04"]
    assert [clause.heading for clause in found.clauses] == ["总体要求", "扩大服务覆盖", "改进信贷服务", "防范风险", "加强宣传"]


def test_a_notice_of_single_paragraphs_is_cited_by_these() -> None:
    assert labels(NOTICE) == ["一", "二", "三"]


def test_points_below_items_are_the_clauses_where_items_are_only_headings() -> None:
    assert labels(POINTS) == ["一、（一）1", "一、（一）2", "一、（二）3", "一、（二）4"]


def test_what_stands_below_the_last_clause_is_no_part_of_it() -> None:
    found = outline(paragraphs(PLAN))
    assert found.clauses[-1].paragraphs == ("金融机构要开展金融知识下乡活动。",)
    assert found.foot == ("附件：乡镇服务点名单", "云岭市金融办", "2025年10月8日")


def test_a_label_may_stand_on_a_line_of_its_own() -> None:
    apart = ARTICLES.replace("条　", "条\n")
    assert outline(paragraphs(apart)).clauses == outline(paragraphs(ARTICLES)).clauses


def test_what_a_text_says_of_itself() -> None:
    assert head(outline(paragraphs(ARTICLES))) == Head(
        title="云岭市金融机构客户服务办法", issuer="云岭市金融监督管理局",
        number="云岭市金融监督管理局令（2025年第7号）", issued="2025-09-01",
        published="", effective="2026-01-01",
    )  # fmt: skip
    plan = head(outline(paragraphs(PLAN)))
    assert (plan.title, plan.issuer, plan.number, plan.issued) == (
        "云岭市金融办关于提升乡村金融服务的指导意见", "云岭市金融办", "云金办发〔2025〕12号", "2025-10-08",
    )  # fmt: skip


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from([*paragraphs(ARTICLES), *paragraphs(PLAN), *paragraphs(POINTS), "", "（一）", "1."]), max_size=30))
def test_no_order_of_lines_breaks_it_and_no_words_are_made_up(lines: list[str]) -> None:
    found = outline(lines)
    said = "".join(lines).replace("#", "").replace("\u3000", "").replace(" ", "")
    for clause in found.clauses:
        for text in clause.paragraphs:
            assert text.replace(" ", "").split("。")[0] in said
