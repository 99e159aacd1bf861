"""The page on paper: what it is not stands on every sheet, a summary comes first, and nobody prints a heap unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mapper.model import Alignment, Document
from mapper.report.html import render_html
from tests.report.pages import page_of

pytestmark = pytest.mark.browser
NOT_A_FINDING = "这不是合规结论"


@pytest.fixture(scope="module")
def long(build: Callable[..., Alignment], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page whose first firm has 240 pieces of evidence, twenty in every cell that holds one."""
    alignment = build(firms=40)
    first = alignment.firms[0].id
    mine = [one for one in alignment.evidence if one.firm == first]
    documents = tuple(Document(id=f"m{n}", path=f"m{n}", sha256="0" * 64, date=f"20{n:02}") for n in range(60))
    more = tuple(
        one.model_copy(update={"id": f"{one.id}-{n}", "quote": f"{one.quote}，第{n}项", "document": documents[n].id})
        for one in mine
        for n in range(60)
    )
    cells = tuple(
        cell.model_copy(update={"evidence": (*cell.evidence, *(one.id for one in more if one.requirement == cell.requirement))})
        if cell.firm == first and cell.evidence
        else cell
        for cell in alignment.cells
    )
    file = tmp_path_factory.mktemp("paper") / "long.html"
    changed = {"documents": (*alignment.documents, *documents), "evidence": (*alignment.evidence, *more), "cells": cells}
    file.write_text(render_html(alignment.model_copy(update=changed)), encoding="utf-8")
    return file


@pytest.fixture
def sheets(browser: Any, files: dict[str, Path], long: Path) -> Iterator[Callable[..., list[str]]]:
    """The text of every sheet that an address prints; ``pressed`` is the answer to what is to be printed."""
    pypdfium2 = pytest.importorskip("pypdfium2")

    def printed(address: str, file: str = "plain", pressed: str | None = None) -> list[str]:
        with page_of(browser, long if file == "long" else files[file], address) as page:
            page.evaluate("window.print = () => { window.printed = true; }")
            if pressed is not None:
                page.click("#print")
                page.click(f'#asking button >> text="{pressed}"') if pressed else None
                assert page.evaluate("window.printed") is True
            document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
            return [document[n].get_textpage().get_text_range() for n in range(len(document))]

    yield printed


@pytest.mark.parametrize(
    "address", ["#overview", "#matrix", "#firms?firm=机构0", "#requirements?requirement=p1-0", "#documents?document=a.txt", "#review"]
)
def test_every_sheet_says_what_it_is_not(sheets: Callable[..., list[str]], address: str) -> None:
    printed = sheets(address)
    assert printed and all(NOT_A_FINDING in text for text in printed)
    assert all(f"{n} / {len(printed)}" in text for n, text in enumerate(printed, 1))


def test_a_short_print_is_not_asked_about(sheets: Callable[..., list[str]]) -> None:
    text = "".join(sheets("#matrix", pressed=""))
    assert "机构0推出大字版服务" in text and "有实证" in text


def test_a_firm_prints_its_summary_first_and_all_evidence_when_asked(sheets: Callable[..., list[str]]) -> None:
    short = sheets("#firms?firm=机构0", "long")
    assert len(short) <= 2 and "缺什么" in "".join(short) and "全部证据约" in short[0]
    assert len(sheets("#firms?firm=机构0", "long", "只印摘要（约 2 页）")) <= 2
    whole = sheets("#firms?firm=机构0", "long", "摘要和全部证据（约 43 页）")
    assert len(whole) > 10 and "第59项" in "".join(whole[2:]) and all(NOT_A_FINDING in text for text in whole)
    assert "全部证据" in whole[2] or "全部证据" in whole[1], "the evidence begins on a sheet of its own"


def test_a_wide_matrix_says_that_it_does_not_fit(sheets: Callable[..., list[str]]) -> None:
    assert "400 列，一页纸印不下" in sheets("#matrix", "wide")[0]


def test_the_matrix_on_paper_holds_what_the_filters_leave(sheets: Callable[..., list[str]]) -> None:
    text = "".join(sheets("#matrix?kind=bank&level=contrary"))
    assert "机构类别：银行" in text and "机构1" in text and "机构0" not in text.replace("机构0推出", "")
    assert "符合筛选的格" in text
