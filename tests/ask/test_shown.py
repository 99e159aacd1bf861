"""How a second reader shows: on the page, in the workbook, and in what ``mapper explain`` says."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from mapper.explain import explain
from mapper.report.formats import FORMATS
from mapper.report.html import render_html
from mapper.report.tables import TABLES
from tests.ask.test_second import FIRST, ODD, SECOND, WORLD, says
from tests.ask.worlds import aligned, answers, asked
from tests.report.pages import page_of

MADE, _ = aligned(WORLD, answers(says(白发=SECOND), asked(*WORLD)))


def told(requirement: str) -> str:
    return "\n".join(explain(MADE, "云岭银行", requirement, lambda words: f"【{words}】"))


def test_explain_says_who_found_it_what_the_model_says_and_that_it_stands_alone() -> None:
    assert "只有模型支持" in told(SECOND) and "仅模型判断" in told(SECOND)
    assert "模型 某模型：够得上，“原句如此”" in told(SECOND) and "白发" in told(SECOND)
    assert "仅程序判断" in told(FIRST) and "没有提这条要求" in told(FIRST) and "只有模型支持" not in told(FIRST)


def test_the_workbook_marks_the_cell_and_gives_the_models_reason() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].render(MADE)))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sum(one.endswith("1ᴹ") for one in cells) == 1
    assert any("模型 某模型：够得上" in one for one in cells) and any("只有模型支持" in one for one in cells)


def test_tables_have_columns_for_it_only_where_a_model_read_along() -> None:
    rows = TABLES["evidence"](MADE)
    by_requirement = {row[6]: dict(zip(rows.fields, row, strict=True)) for row in rows.rows}
    assert by_requirement[SECOND]["found_by"] == "model" and by_requirement[SECOND]["model_verdict"] == "met"
    assert by_requirement[FIRST]["model_verdict"] is None
    assert "found_by" not in TABLES["evidence"](aligned(WORLD)[0]).fields


def test_the_page_without_scripts_marks_the_cell_too() -> None:
    assert render_html(MADE).count("ᴹ</span>") == 1


@pytest.mark.browser
def test_on_the_page_pieces_say_who_found_them_and_the_queue_begins_where_the_readers_differ(tmp_path: Path) -> None:
    playwright: Any = pytest.importorskip("playwright.sync_api")
    if not Path("/usr/bin/chromium").exists():
        pytest.skip("no chromium")
    file = tmp_path / "matrix.html"
    file.write_text(render_html(MADE), encoding="utf-8")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        with page_of(browser, file, f"#matrix?cell=云岭银行~{SECOND}") as page:
            assert "仅模型判断" in page.inner_text("#panel") and "只有模型支持" in page.inner_text("#panel .verdict")
            assert page.locator('#grid .td[aria-label*="只有模型支持"]').count() == 1
        with page_of(browser, file, "#review") as page:
            assert page.eval_on_selector('select[name="queue"]', "one => one.value") == "differs"
            assert "仅" in page.inner_text("#reviewing .evhead")
        browser.close()


def test_the_models_words_are_in_the_quote() -> None:
    piece = next(one for one in MADE.evidence if one.requirement == SECOND)
    assert piece.quote == ODD and piece.opinion and all(ODD[w.start : w.end] == w.text for w in piece.opinion.words)
