"""Sheets for paper: a summary of two pages at most, the disclaimer at the foot of every page, the evidence behind."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mapper.model import Alignment
from mapper.report.formats import FORMATS
from mapper.report.paper import BEST, CLIP, CONTRARY, DECISIONS, Paper
from tests.builders import ELDERLY, document
from tests.review.worlds import MISSED, RULINGS, WINDOW, decided, made


def sheet(name: str, alignment: Alignment) -> Any:
    return next(one for one in Paper(alignment).firm_sheets() if one.name.zh == name)


def test_a_summary_lists_the_best_and_the_worst_and_counts_the_rest() -> None:
    many = [f"云岭银行为老年客户提供上门服务{n}次。" for n in range(40)]
    bad = [f"云岭银行未落实老年人服务要求，被监管部门罚款{n}万元。" for n in range(20, 40)]
    it = made(corpus=[document(*many), document(*bad, id="b.txt")])
    one = sheet("云岭银行", it)
    assert (len(one.best.shown), len(one.contrary.shown)) == (BEST, CONTRARY)
    assert one.best.more == sum(piece.grade != "adverse" for piece in it.evidence) - BEST


def test_a_long_sentence_is_clipped_in_a_summary() -> None:
    long = f"云岭银行为老年客户提供上门服务{'，并持续优化服务流程' * 20}。"
    [piece] = sheet("云岭银行", made(corpus=[document(long)])).best.shown
    assert piece.clipped == long[: CLIP - 1] + "…"


def test_a_summary_lists_so_many_decisions_and_counts_the_rest() -> None:
    said = [f"云岭银行为老年客户提供上门服务{n}次。" for n in range(DECISIONS + 3)]
    one = sheet("云岭银行", made(*(decided("comment", words) for words in said), corpus=[document(*said)]))
    assert (len(one.decisions.shown), one.decisions.more) == (DECISIONS, 3)


def test_a_rejected_piece_is_not_among_the_best_and_still_among_the_evidence() -> None:
    one = sheet("云岭银行", made(decided("reject")))
    assert WINDOW not in [piece.it.quote for piece in one.best.shown]
    [piece] = [piece for group in one.groups for piece in group.pieces if piece.it.quote == WINDOW]
    assert piece.review is not None and piece.review.zh == "已驳回"


def test_words_that_reviewers_added_stand_with_the_evidence() -> None:
    corpus = [document(MISSED, "云岭银行开会。")]
    one = sheet("云岭银行", made(decided("add", MISSED, to="action"), corpus=corpus))
    [group] = one.groups
    assert (group.mark, group.pieces) == ("·→●", ()) and group.added == ((MISSED, "王芳 2026-03-01 补充证据 → 措施：试"),)


def test_machine_and_reviewers_are_counted_side_by_side() -> None:
    one = sheet("海港银行", made(*RULINGS))
    assert [count.machine for count in one.counts] == ["0 / 1", "1 / 2"]
    assert [count.reviewed for count in one.counts] == ["0 / 0", "1 / 2"]


def test_each_figure_stands_under_its_own_head_and_reviews_only_where_somebody_reviewed() -> None:
    def table(it: Alignment) -> list[list[str]]:
        page = FORMATS["firm-sheets"].render(it).decode()
        figures = re.search(r'<table class="figures">(.*?)</table>', page, re.DOTALL)
        assert figures is not None
        rows = (re.findall(r"<t[hd]>(.*?)</t[hd]>", row) for row in figures[1].split("</tr>")[:-1])
        return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in rows]

    assert table(made())[0] == ["", "程序 Machine", "比例 Share"]
    assert {len(row) for row in table(made())} == {3}
    assert table(made(*RULINGS))[0] == ["", "程序 Machine", "比例 Share", "审阅后 As reviewed"]
    assert {len(row) for row in table(made(*RULINGS))} == {4}


def test_a_firm_that_no_document_speaks_of_is_said_to_be_unread() -> None:
    it = made()
    bare = it.model_copy(
        update={"documents": tuple(one.model_copy(update={"firms": ()}) for one in it.documents)}
    )
    assert sheet("云岭银行", bare).unread and not sheet("云岭银行", it).unread


@pytest.mark.browser
@pytest.mark.parametrize("name", ["firm-sheets", "requirement-sheets"])
def test_the_fullest_summary_takes_two_pages_and_every_page_bears_the_disclaimer(
    name: str, browser: Any, tmp_path: Path
) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    long = "，".join(["并持续优化县域与乡村网点的服务流程"] * 8)
    many = [f"云岭银行为老年客户提供上门服务{n}次{long}。" for n in range(30)]
    bad = [f"云岭银行未落实老年人服务要求，被监管部门罚款{n}万元{long}。" for n in range(30)]
    words = [decided("comment", f"{sentence}", why="请核对口径" * 12) for sentence in (*many, *bad)]
    it = made(*words, corpus=[document(*many, *bad)])
    file = tmp_path / FORMATS[name].file
    file.write_bytes(FORMATS[name].render(it))
    page = browser.new_page()
    page.goto(file.as_uri())
    paper = pdfium.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    said = [paper[number].get_textpage().get_text_range().replace("\r\n", "") for number in range(len(paper))]
    assert all("标记由程序按词语作出" in one for one in said)
    paper.close()
    head = "云岭银行：" if name == "firm-sheets" else f"{ELDERLY} {ELDERLY}："
    first = next(number for number, one in enumerate(said) if one.startswith(head))
    behind = next(number for number, one in enumerate(said) if number > first and "证据 Evidence" in one)
    assert behind - first <= 2
