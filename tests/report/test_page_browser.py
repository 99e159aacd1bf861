"""The page as a person uses it: opened from disk, with the network cut, in chromium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapper.model import Alignment
from mapper.report.html import render_html
from tests.report.pages import NAMES, cell_at, choose, go, page_of, rows_of, shown

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
VIEWS = (
    "overview",
    "matrix",
    "matrix?cell=机构1~p1-0",
    "matrix?swap=1&level=outcome",
    "firms?firm=机构0",
    "requirements",
    "documents?document=a.txt",
    "documents",
    "documents?document=b.txt",
    "firms",
    "compare",
    "review",
    "about",
)


def test_the_first_screen_is_the_overview(opened: Open) -> None:
    page = opened()
    assert shown(page) == ["overview"]
    assert "这不是合规结论" in page.inner_text("#overview")
    page.click('nav a[href="#matrix"]')
    assert shown(page) == ["matrix"] and page.url.endswith("#matrix")


def test_english_at_one_click(opened: Open) -> None:
    page = opened("#matrix")
    assert page.inner_text("#matrix-h") == "矩阵：要求 × 机构"
    page.click('label[for="lang-en"]')
    assert page.inner_text("#matrix-h") == "Matrix: requirements × firms"
    assert page.evaluate("document.documentElement.lang") == "en" and "lang=en" in page.url
    assert page.get_by_placeholder("Words: requirement, firm or quote").count() == 1
    assert "All shown: 7 requirements × 5 firms" in page.inner_text("#shown")
    assert page.evaluate("(nav => nav.scrollWidth <= nav.clientWidth)(document.querySelector('.top nav'))")


def test_figures_lead_to_their_cells(opened: Open) -> None:
    page = opened()
    page.click(".figures .bad a")
    assert shown(page) == ["matrix"] and rows_of(page) == 1
    page.go_back()
    assert shown(page) == ["overview"]
    number = page.inner_text(".figures b >> nth=0")
    whole = f"{number}/{page.inner_text('.figures small >> nth=0').split()[1]}"
    page.click(".figures a >> nth=0")
    assert f"{number} 格符合筛选，另有 1 格的要求不适用该机构或未在施行" in page.inner_text("#shown")
    assert page.inner_text("#grid .sums .sum") == whole, "the sums are those of the figure"


def test_profiles_show_one_sheet(opened: Open) -> None:
    page = opened("#matrix")
    page.click(f"{NAMES} >> nth=0 >> a")
    assert shown(page) == ["firms"] and page.locator(".profile:visible").count() == 1
    page.select_option('select[name="firm"]', "")
    assert page.locator(".profile:visible").count() == 0 and page.locator(".compare tbody tr:visible").count() == 5
    go(page, "requirements?requirement=p1-0")
    assert page.locator(".profile:visible").count() == 1
    page.click(".profile:visible .best a >> nth=0")
    assert page.locator("#panel").is_visible()


def test_documents_show_their_marks(opened: Open, alignment: Any) -> None:
    page = opened("#documents?document=b.txt")
    wanted = {(one.start, one.end) for evidence in alignment.evidence for one in evidence.sources if one.document == "b.txt"}
    assert page.locator(".passage:visible").count() == len(wanted), "a copy of a piece is marked where it stands too"


def test_a_document_with_its_text_leads_from_mark_to_requirement(opened: Open) -> None:
    page = opened("#documents?document=a.txt")
    article = page.locator(".article:visible")
    assert "标题" in article.inner_text() and "王某" in article.inner_text() and "无标记。" in article.inner_text()
    assert article.locator(".sent").count() == 1 and "3 句中 1 句有标记" in page.inner_text(".profile.on")
    article.locator(".sent .ref").click()
    assert "documents" in page.url and article.locator(".notes").is_visible()
    article.locator(".notes a >> nth=1").click()
    assert "机构0推出大字版服务" in page.inner_text("#panel")


def _copied(page: Any) -> str:
    """What was copied, or what the page shows for copying where the browser refuses."""
    page.wait_for_timeout(200)
    refused = page.locator(".citation")
    return str(refused.inner_text() if refused.count() else page.evaluate("navigator.clipboard.readText()"))


def test_a_citation_can_be_copied(opened: Open) -> None:
    page = opened("#matrix?cell=机构0~p2-0", permissions=["clipboard-read", "clipboard-write"])
    page.click("#panel article .cite")
    text = _copied(page)
    assert "机构0推出大字版服务" in text and "p2-0" in text and "条款号未经核对" in text


def test_without_scripts_everything_is_readable(opened: Open) -> None:
    page = opened("#matrix", java_script_enabled=False)
    for name in ("overview", "matrix", "firms", "requirements", "documents", "about"):
        assert page.locator(f"#{name}").is_visible()
    page.click("#c0-0")
    assert page.locator("#x0-0 .quote").is_visible() and page.url.endswith("#x0-0")
    page.click('label[for="lang-en"]')
    assert page.inner_text("#matrix-h") == "Matrix: requirements × firms"


def test_print_holds_matrix_and_quotes(opened: Open) -> None:
    page = opened("#matrix")
    choose(page, "kind", "bank")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert shown(page) == ["matrix", "requirements"] and page.locator(".top").is_hidden()
    assert "机构类别：银行" in page.inner_text("#named")
    assert page.locator("#x0-0").is_visible(), "the bank's quotes follow"
    assert page.locator("#x1-0").is_hidden() and page.locator(".sheetgrid .names th:visible").count() == 1, "and nobody else's"


def test_hostile_strings_do_nothing(opened: Open) -> None:
    page = opened("#matrix", name="hostile")
    cell_at(page, 0, 0).click()
    assert "<img src=x onerror=window.hit=1>" in page.inner_text("#panel")
    page.fill('input[type="search"]', "<img")
    page.check('input[name="swap"]')
    page.click("#grid .row .side a >> nth=0")
    page.click("#sheet-firms .src a >> nth=0")
    page.wait_for_selector("#sheet-documents :is(.passage, .article)")
    for view in ("compare", "review", "documents"):
        page.click(f'nav a[href="#{view}"]')
    assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_runs_off_the_screen(opened: Open) -> None:
    page = opened()
    for width in (390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        for view in VIEWS:
            go(page, view)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, view)


UNDRAWN = "[role=row]:empty:visible"
"""The table draws its heads in a frame of its own, and a slow machine may look before it."""


@pytest.mark.parametrize(("language", "scheme"), [("zh", "light"), ("en", "dark")])
def test_axe_finds_nothing(opened: Open, scheme: str, language: str) -> None:
    """Every view in each language and each colour scheme; neither changes what the other does."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(color_scheme=scheme)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    for view in VIEWS:
        go(page, f"{view}{'&' if '?' in view else '?'}lang={'en' if language == 'en' else ''}")
        page.wait_for_selector(UNDRAWN, state="detached")
        results = axe.run(page, options=options).response["violations"]
        assert not [(view, one["id"], one["nodes"][0]["html"][:200]) for one in results]


def test_coverage_leads_to_its_cells(opened: Open) -> None:
    page = opened()
    link = page.locator(".coverage tbody tr").nth(1).locator("a").nth(1)
    share, ratio = link.inner_text().split()
    link.click()
    assert shown(page) == ["matrix"] and "part=p1" in page.url and "kind=bank" in page.url
    assert page.inner_text("#grid .sums .sum") == ratio and share.endswith("%")


def test_english_is_complete(opened: Open) -> None:
    page = opened("#requirements?requirement=p1-0&lang=en")
    assert "Matter 0" in page.inner_text(".profile.on .ask") and "内容0" not in page.inner_text(".profile.on .ask")
    go(page, "overview?lang=en")
    assert "Authority" in page.inner_text("#p0")


def test_what_is_missing_stands_open_near_the_top(opened: Open) -> None:
    page = opened()
    page.wait_for_selector("#missing-h")
    assert page.locator("#uncovered details[open] li").first.bounding_box()["y"] < 1000
    go(page, "firms?firm=机构3")
    assert page.locator("#sheet-firms .gaps li").first.bounding_box()["y"] < 1000


def test_what_peers_show_and_a_firm_does_not_is_named_by_what_was_read(
    browser: Any, build: Callable[..., Alignment], tmp_path: Path
) -> None:
    ten = build(firms=10)
    first = next(one for one in ten.evidence if one.firm == "机构0")
    more = first.model_copy(update={"id": "more", "firm": "机构5"})
    cells = tuple(
        one.model_copy(update={"status": "evidenced", "evidence": ("more",)})
        if (one.firm, one.requirement) == ("机构5", "p1-0")
        else one
        for one in ten.cells
    )
    documents = tuple(one.model_copy(update={"firms": ("机构3",)}) if one.id == "c.txt" else one for one in ten.documents[1:])
    file = tmp_path / "ten.html"
    changed = {"evidence": (*ten.evidence, more), "cells": cells, "documents": documents}
    file.write_text(render_html(ten.model_copy(update=changed)), encoding="utf-8")
    with page_of(browser, file, "#firms?firm=机构3") as page:
        text = page.inner_text("#sheet-firms")
        assert "同类多有、所读 1 份文档里未见的" in text and "其余 3 家同类机构中 2 家有实证" in text


def test_a_long_article_below_the_first_screen_is_drawn_too(opened: Open) -> None:
    page = opened()
    page.wait_for_selector("#missing-h")
    assert page.locator("#coverage-h").is_visible() and page.locator("html.painted").count() == 1


def test_a_figure_can_be_opened_beside_this_page(opened: Open, files: dict[str, Path]) -> None:
    page = opened()
    link = page.get_attribute(".figures .bad a", "href")
    other = opened(link or "")
    assert rows_of(other) == 1 and other.locator(NAMES).count() == 1


def test_the_address_of_a_view_can_be_copied(opened: Open) -> None:
    page = opened("#matrix?kind=bank", permissions=["clipboard-read", "clipboard-write"])
    page.click("#copy-view")
    text = _copied(page)
    assert text.endswith("#matrix?kind=bank")


def test_an_address_that_is_copied_names_no_folder_of_this_disk(opened: Open) -> None:
    page = opened("#matrix?kind=bank", permissions=["clipboard-read", "clipboard-write"])
    page.click("#copy-view")
    assert _copied(page).removeprefix("请手动复制： ") == "plain.html#matrix?kind=bank"
    assert "对方打开自己的一份文件" in page.inner_text("#said")


@pytest.mark.parametrize("place", ["compare?requirement={q}&with={f}", "requirements?requirement={q}", "matrix?cell={f}~{q}"])
def test_practice_that_no_requirement_asks_for_is_dashed_wherever_its_cell_is_named(
    opened: Open, alignment: Alignment, place: str
) -> None:
    cell = next(cell for cell in alignment.cells if cell.voluntary)
    page = opened("#" + place.format(q=cell.requirement, f=cell.firm))
    page.wait_for_selector(":is(#comparison, #requirements, #panel) .sign.v >> visible=true")


@pytest.mark.parametrize("place", ["firms?firm=不存在", "matrix?cell=不存在~不存在"])
def test_an_address_of_what_the_page_does_not_hold_says_so(opened: Open, place: str) -> None:
    page = opened(f"#{place}")
    assert "没有地址所指的「不存在" in page.inner_text("#said")


def test_contrary_evidence_is_told_by_sentence(opened: Open) -> None:
    page = opened()
    assert "1 格，出自 1 家机构的 1 句" in page.inner_text("section:has(> #contrary-h)")
    page.click("section:has(> #contrary-h) .meta a >> nth=0")
    assert "机构1" in page.inner_text("#panel-h")


def test_an_empty_address_with_a_language_is_the_overview(opened: Open) -> None:
    page = opened("#?lang=en")
    assert shown(page) == ["overview"] and page.evaluate("document.documentElement.lang") == "en"


def test_a_page_that_cannot_be_unpacked_says_so(browser: Any, files: dict[str, Path]) -> None:
    context = browser.new_context(offline=True)
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto(files["large"].as_uri() + "#matrix")
    page.wait_for_selector(".unscripted.shown")
    assert "此浏览器不能解开打包的证据" in page.inner_text(".unscripted")
    context.close()


def test_sheets_are_drawn_and_left(opened: Open) -> None:
    page = opened("#documents?document=b.txt", name="large")
    page.wait_for_selector("#sheet-documents .passage")
    page.click("#sheet-documents .passage a >> nth=0")
    page.wait_for_selector("#panel article")
    go(page, "firms")
    assert page.locator("#sheet-firms").is_hidden() and page.locator(".compare tbody tr:visible").count() == 5


def test_a_very_large_page_without_scripts_says_where_the_rest_is(opened: Open) -> None:
    page = opened("#matrix", name="large", java_script_enabled=False)
    assert "mapper export" in page.inner_text("#matrix") and page.locator(".figures b").count() == 8


def test_lists_are_sought_and_sorted(opened: Open) -> None:
    page = opened("#firms", name="wide")
    page.wait_for_selector("#list-firms tbody tr")
    names = page.locator("#list-firms tbody th a")
    assert names.count() == 100
    page.click("#list-firms button")
    assert names.count() == 200
    page.select_option("#list-firms select", "sort-most")
    first = page.locator("#list-firms tbody tr").first.inner_text()
    assert first.startswith(("机构0", "机构1", "机构2"))
    page.fill("#list-firms input", "机构399")
    assert names.all_inner_texts() == ["机构399"]
    names.first.click()
    assert "机构399" in page.inner_text("#sheet-firms") and page.locator("#list-firms").is_hidden()
    go(page, "documents")
    page.wait_for_selector("#list-documents tbody tr")
    assert page.locator("#list-documents tbody tr").count() == 3
