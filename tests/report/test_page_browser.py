"""The page as a person uses it: opened from disk, with the network cut, in chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mapper.model import Alignment
from mapper.report.view import build_view

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
    "about",
)
CELL = '#grid :is(td > [role="button"], [role="gridcell"])'
SHOWN = '#grid :is(td:not(.dim):visible > [role="button"]:visible, [role="gridcell"]:not(.dim):visible)'
ROWS = "#grid table:visible tbody tr:not(.policyrow, .partrow)"


def _go(page: Any, view: str) -> None:
    page.goto(f"{page.url.partition('#')[0]}#{view}")


@contextmanager
def _page(browser: Any, file: Path, address: str = "", **options: Any) -> Iterator[Any]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800}, **options)
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file:") else trouble.append(request.url))
    page.goto(file.as_uri() + address)
    yield page
    assert page.evaluate("window.hit") is None if options.get("java_script_enabled", True) else True
    context.close()
    assert not trouble


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Open]:
    """Opens a page at an address; errors, console lines and requests fail the test."""
    stack: list[Any] = []

    def start(address: str = "", name: str = "plain", **options: Any) -> Any:
        manager = _page(browser, files[name], address, **options)
        stack.append(manager)
        return manager.__enter__()

    yield start
    for manager in stack:
        manager.__exit__(None, None, None)


def _shown(page: Any) -> list[str]:
    return page.locator("main > .view:visible").evaluate_all("all => all.map(one => one.id)")


def test_the_first_screen_is_the_overview(opened: Open) -> None:
    page = opened()
    assert _shown(page) == ["overview"]
    assert "这不是合规结论" in page.inner_text("#overview")
    page.click('nav a[href="#matrix"]')
    assert _shown(page) == ["matrix"] and page.url.endswith("#matrix")


def test_english_at_one_click(opened: Open) -> None:
    page = opened("#matrix")
    assert page.inner_text("#matrix-h") == "矩阵：要求 × 机构"
    page.click('label[for="lang-en"]')
    assert page.inner_text("#matrix-h") == "Matrix: requirements × firms"
    assert page.evaluate("document.documentElement.lang") == "en" and "lang=en" in page.url
    assert page.get_by_placeholder("Words: requirement, firm or quote").count() == 1
    assert "All shown: 7 requirements × 5 firms" in page.inner_text("#shown")
    assert page.evaluate("(nav => nav.scrollWidth <= nav.clientWidth)(document.querySelector('.top nav'))")


def test_a_cell_opens_its_evidence_and_closes_again(opened: Open, alignment: Any) -> None:
    page = opened("#matrix")
    page.click("#c0-0")
    panel = page.locator("#panel")
    text = panel.inner_text()
    assert "有反面证据" in text and "机构1推出大字版服务" in text and "前句。" in text and "内容0" in text
    assert panel.locator("article").count() == 2 and panel.locator("mark.signal").first.inner_text() == "大字版"
    assert "cell=" in page.url
    page.keyboard.press("Escape")
    assert not panel.is_visible() and "cell=" not in page.url
    assert page.evaluate("document.activeElement.id") == "c0-0"


def test_an_empty_cell_says_what_it_means(opened: Open) -> None:
    page = opened("#matrix?cell=机构4~p1-0")
    assert "没有一份谈到该机构" in page.inner_text("#panel")
    _go(page, "matrix?cell=机构3~p1-0")
    text = page.inner_text("#panel")
    assert "这不等于没有做到" in text and "文章甲" in text
    assert page.locator("#panel .searched code").all_text_contents() == ["大字版"]


def test_arrows_move_and_enter_opens(opened: Open) -> None:
    page = opened("#matrix")
    assert page.locator(f'{CELL}[tabindex="0"]').count() == 1
    page.locator(f'{CELL}[tabindex="0"]').focus()
    here = "(() => { const { q, f } = document.activeElement.closest('td').place; return [q, f]; })()"
    moves = [
        ("ArrowRight", [0, 1]),
        ("ArrowDown", [1, 1]),
        ("End", [1, 4]),
        ("Home", [1, 0]),
        ("Control+End", [6, 4]),
        ("Control+Home", [0, 0]),
    ]
    for key, place in moves:
        page.keyboard.press(key)
        assert page.evaluate(here) == place, key
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate(here) == [0, 0]


def test_arrows_follow_swapped_axes(opened: Open) -> None:
    page = opened("#matrix?swap=1")
    page.locator(f'{CELL}[tabindex="0"]:visible').focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('td').place.f") == 1
    assert page.locator(ROWS).count() == 5
    page.uncheck('input[name="swap"]')
    assert page.locator(ROWS).count() == 7


def _choose(page: Any, name: str, *values: str) -> None:
    """Opens the list of a filter, ticks or unticks values, and closes it."""
    group = "policy" if name == "part" else name
    page.click(f'.choices[data-name="{group}"] summary')
    for value in values:
        page.click(f'.choices[data-name="{group}"] input[name="{name}"][value="{value}"]')
    page.keyboard.press("Escape")


def _rows(page: Any) -> int:
    return page.locator(f"{ROWS}:visible").count()


def test_filters_narrow_the_matrix_and_the_sums(opened: Open) -> None:
    page = opened("#matrix")
    assert _rows(page) == 7
    _choose(page, "policy", "p2")
    assert _rows(page) == 3 and "policy=p2" in page.url
    _choose(page, "policy", "p2")
    _choose(page, "kind", "bank")
    assert page.locator(".names th:visible").count() == 1
    page.click('button[type="reset"]')
    assert page.locator(".names th:visible").count() == 5
    page.click("#L-c")
    assert _rows(page) == 1
    assert "符合筛选的格" in page.inner_text("#sums-h") and page.inner_text(".sums .sum") == "1/1"
    page.fill('input[type="search"]', "没有这样的词")
    assert "没有一格符合筛选" in page.inner_text("#shown")


def test_words_are_found_in_requirements_firms_and_quotes(opened: Open) -> None:
    page = opened("#matrix")
    for words, rows in [("要求p20", 1), ("别名2", 7), ("县域用户5万人", 1), ("推出 内容3", 1)]:
        page.fill('input[type="search"]', words)
        page.wait_for_timeout(50)
        assert _rows(page) == rows, words


@pytest.mark.parametrize(
    ("query", "cells"),
    [
        ("grade=commitment", 1),
        ("when=before", 3),
        ("when=unknown", 2),
        ("when=2024", 3),
        ("score=60", 3),
        ("level=stated,contrary", 2),
        ("holes=1", 16),
    ],
)
def test_an_address_restores_its_view(opened: Open, query: str, cells: int) -> None:
    page = opened(f"#matrix?{query}")
    assert page.locator(SHOWN).count() == cells


def test_figures_lead_to_their_cells(opened: Open) -> None:
    page = opened()
    page.click(".figures .bad a")
    assert _shown(page) == ["matrix"] and _rows(page) == 1
    page.go_back()
    assert _shown(page) == ["overview"]
    number = page.inner_text(".figures b >> nth=0")
    page.click(".figures a >> nth=0")
    assert f"{number} 格符合筛选，另有 1 格的要求不针对该类机构" in page.inner_text("#shown")
    assert page.inner_text(".sums .sum") == f"{number}/5", "the sums count what is shown"


def test_gaps_are_counted_as_gaps(opened: Open) -> None:
    page = opened("#matrix?holes=1")
    assert page.inner_text("#grid .upright") == "空缺 / 适用" and "空缺的格" in page.inner_text("#sums-h")
    page.check('input[name="swap"]')
    assert page.inner_text("#grid table:visible .upright") == "空缺 / 适用"


def test_the_sums_stand_beside_the_first_column_on_a_phone(opened: Open) -> None:
    page = opened("#matrix?lang=en", name="plain")
    page.set_viewport_size({"width": 390, "height": 800})
    edges = page.evaluate(
        """() => { document.querySelector("#grid").scrollLeft = 400;
        return [...document.querySelectorAll("#grid tbody tr:not(.policyrow, .partrow), #grid .sums")].map((row) =>
        [row.children[0].getBoundingClientRect().right, row.children[1].getBoundingClientRect().left]); }"""
    )
    assert all(right <= left + 1 for right, left in edges)
    assert page.evaluate("(nav => nav.scrollWidth <= nav.clientWidth)(document.querySelector('.top nav'))")


def test_the_chosen_cell_stays_marked_under_the_pointer(opened: Open) -> None:
    page = opened("#matrix?cell=机构1~p1-0")
    look = "(one => getComputedStyle(one).boxShadow)(document.querySelector('#c0-0'))"
    plain = page.evaluate(look)
    page.hover("#c1-0")
    assert page.evaluate("(one => getComputedStyle(one).boxShadow)(document.querySelector('#c1-0'))") != plain
    assert page.evaluate(look) == plain and page.locator("th.kept").count() == 1
    page.hover("#c0-0")
    assert page.evaluate(look) == plain


def test_order_by_coverage(opened: Open) -> None:
    page = opened("#matrix?sort=most")
    first = page.locator('tbody[data-policy="0"] tr:not(.policyrow, .partrow) .sum').all_inner_texts()
    shares = [int(part) / int(whole) if int(whole) else -1 for part, whole in (text.split("/") for text in first)]
    assert shares == sorted(shares, reverse=True)


def test_profiles_show_one_sheet(opened: Open) -> None:
    page = opened("#matrix")
    page.click(".names th:first-child a")
    assert _shown(page) == ["firms"] and page.locator(".profile:visible").count() == 1
    page.select_option('select[name="firm"]', "")
    assert page.locator(".profile:visible").count() == 5
    _go(page, "requirements?requirement=p1-0")
    assert page.locator(".profile:visible").count() == 1
    page.click(".profile:visible .best a >> nth=0")
    assert page.locator("#panel").is_visible()


def test_documents_show_their_marks(opened: Open, alignment: Any) -> None:
    page = opened("#documents?document=b.txt")
    wanted = [evidence for evidence in alignment.evidence if evidence.document == "b.txt"]
    assert page.locator(".passage:visible").count() == len(wanted)


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
    page.click("#panel article button")
    text = _copied(page)
    assert "机构0推出大字版服务" in text and "p2-0" in text and "条款号未经核对" in text


def test_without_scripts_everything_is_readable(opened: Open) -> None:
    page = opened("#matrix", java_script_enabled=False)
    for name in ("overview", "matrix", "firms", "requirements", "documents", "about"):
        assert page.locator(f"#{name}").is_visible()
    page.click("#c0-0")
    assert page.locator("#x0-0").is_visible() and page.url.endswith("#x0-0")
    page.click('label[for="lang-en"]')
    assert page.inner_text("#matrix-h") == "Matrix: requirements × firms"


def test_print_holds_matrix_and_quotes(opened: Open) -> None:
    page = opened("#matrix")
    _choose(page, "kind", "bank")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert _shown(page) == ["matrix", "firms"] and page.locator(".top").is_hidden()
    assert "机构类别：银行" in page.inner_text("#named")
    assert page.locator("#x0-0").is_visible(), "the bank's quotes follow"
    assert page.locator("#x1-0").is_hidden() and page.locator("#f1").is_hidden(), "and nobody else's"


def test_hostile_strings_do_nothing(opened: Open) -> None:
    page = opened("#matrix", name="hostile")
    page.click("#c0-0")
    assert "<img src=x onerror=window.hit=1>" in page.inner_text("#panel")
    page.fill('input[type="search"]', "<img")
    page.check('input[name="swap"]')
    page.click('nav a[href="#documents"]')
    assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_runs_off_the_screen(opened: Open) -> None:
    page = opened()
    for width in (390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        for view in VIEWS:
            _go(page, view)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, view)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing(opened: Open, scheme: str, language: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(color_scheme=scheme)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    for view in VIEWS:
        _go(page, f"{view}{'&' if '?' in view else '?'}lang={'en' if language == 'en' else ''}")
        results = axe.run(page, options=options).response["violations"]
        assert not [(view, one["id"], one["nodes"][0]["html"][:200]) for one in results]


def test_parts_stand_over_their_rows_with_their_sums(opened: Open, alignment: Alignment) -> None:
    page = opened("#matrix")
    assert page.locator(".partrow:visible .name").all_inner_texts() == ["头部", "尾部"]
    view = build_view(alignment)
    wanted = [
        [f"{one.tally.evidenced}/{one.tally.addressed}" for one in group] for group in (view.policies, view.parts)
    ]
    assert [page.locator(f"{row}:visible .sum").all_inner_texts() for row in (".policyrow", ".partrow")] == wanted
    _choose(page, "part", "p1~二")
    assert _rows(page) == 2 and page.locator(".partrow:visible .name").all_inner_texts() == ["尾部"]
    page.select_option('select[name="sort"]', "most")
    assert page.locator(".partrow:visible").count() == 0, "an order by coverage runs across the parts of a policy"
    page.select_option('select[name="sort"]', "")
    assert page.locator(".partrow:visible").count() == 1


def test_several_policies_parts_and_kinds_at_once(opened: Open) -> None:
    page = opened("#matrix")
    _choose(page, "kind", "bank", "trust")
    assert page.locator(".names th:visible").count() == 2 and "kind=bank%2Ctrust" in page.url
    assert page.inner_text('.choices[data-name="kind"] .picked') == "2 项"
    _choose(page, "kind", "trust")
    assert page.inner_text('.choices[data-name="kind"] .picked') == "银行"
    _choose(page, "policy", "p2")
    _choose(page, "part", "p1~二")
    assert _rows(page) == 5, "a policy and a part of another stand side by side"
    _choose(page, "grade", "commitment", "action")
    assert page.inner_text('.choices[data-name="grade"] .picked') == "2 项"
    page.click('button[type="reset"]')
    assert _rows(page) == 7 and page.locator('.choices input[type="checkbox"]:checked').count() == 0


def test_firms_are_chosen_by_name_for_comparison(opened: Open) -> None:
    page = opened("#matrix")
    page.click('.choices[data-name="only"] summary')
    assert page.locator('input[name="only"]').count() == 5
    page.fill(".find", "别名2")
    page.check('input[name="only"]')
    page.fill(".find", "机构0")
    page.check('input[name="only"][value="机构0"]')
    assert page.locator(".names th:visible").all_inner_texts() == ["机构0", "机构2"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY" and not page.locator(".find").is_visible()
    page.reload()
    assert page.locator(".names th:visible").count() == 2, "the address keeps the choice"


def test_a_list_of_choices_closes_when_left(opened: Open) -> None:
    page = opened("#matrix")
    page.click('.choices[data-name="policy"] summary')
    page.click('.choices[data-name="kind"] summary')
    assert page.locator(".choices[open]").count() == 1
    page.click("#matrix-h")
    assert page.locator(".choices[open]").count() == 0


@pytest.mark.parametrize("name", ["plain", "packed"])
def test_the_cross_hair_runs_along_row_and_column(opened: Open, name: str) -> None:
    page = opened("#matrix", name=name)
    page.wait_for_timeout(300)
    cell = page.locator(CELL).nth(8)
    cell.hover()
    hair = [page.locator(f"#grid .cross.{part}").bounding_box() for part in ("column", "line")]
    box = cell.bounding_box()
    assert abs(hair[0]["x"] - box["x"]) <= 2 and abs(hair[1]["y"] - box["y"]) <= 2
    assert hair[0]["height"] > 5 * box["height"] and hair[1]["width"] > 5 * box["width"]
    assert page.locator("#grid .cross:not(.column, .line)").count() == 1, "the head of the column is marked too"
    page.mouse.move(5, 5)
    assert page.locator("#grid .cross.column").is_hidden()


@pytest.mark.parametrize("name", ["plain", "packed"])
def test_weak_matches_are_told_in_the_panel(opened: Open, name: str) -> None:
    page = opened("#matrix?cell=机构3~p1-0", name=name)
    page.wait_for_timeout(300)
    assert "另有 2 处匹配评分不到 60%" in page.inner_text("#panel")
    _go(page, "matrix?cell=机构3~p1-1&lang=en")
    assert "scored below" not in page.inner_text("#panel")


def test_coverage_leads_to_its_cells(opened: Open) -> None:
    page = opened()
    link = page.locator(".coverage tbody tr").nth(1).locator("a").nth(1)
    share, ratio = link.inner_text().split()
    link.click()
    assert _shown(page) == ["matrix"] and "part=p1" in page.url and "kind=bank" in page.url
    assert page.inner_text(".sums .sum") == ratio and share.endswith("%")


def test_english_is_complete(opened: Open) -> None:
    page = opened("#requirements?requirement=p1-0&lang=en")
    assert "Matter 0" in page.inner_text(".profile.on .ask") and "内容0" not in page.inner_text(".profile.on .ask")
    _go(page, "overview?lang=en")
    assert "Authority" in page.inner_text("#p0")


def test_a_long_article_below_the_first_screen_is_drawn_too(opened: Open) -> None:
    page = opened()
    page.wait_for_selector("#missing-h")
    assert page.locator("#coverage-h").is_visible() and page.locator("html.painted").count() == 1


@pytest.mark.parametrize("name", ["plain", "packed"])
def test_arrows_reach_the_heads_and_come_back(opened: Open, name: str) -> None:
    page = opened("#matrix", name=name)
    page.wait_for_timeout(300)
    page.locator(f'{CELL}[tabindex="0"]').focus()
    text = "document.activeElement.textContent"
    page.keyboard.press("ArrowUp")
    assert "机构1" in page.evaluate(text), "above the first row stands the head of the column"
    page.keyboard.press("ArrowRight")
    assert "机构0" in page.evaluate(text)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert "要求p10" in page.evaluate(text), "left of the first column stands the head of the row"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert _shown(page) == ["requirements"] and "requirement=p1-1" in page.url


@pytest.mark.parametrize("name", ["plain", "packed"])
def test_the_skip_link_leads_to_the_first_cell(opened: Open, name: str) -> None:
    page = opened(name=name)
    page.wait_for_timeout(300)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert _shown(page) == ["matrix"]
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.closest('td, .td').place") == {"q": 0, "f": 0}
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("!document.activeElement.closest('.names')"), "heads are no stops of their own"


def test_a_hole_says_what_would_fill_it_and_who_does_it(opened: Open) -> None:
    page = opened("#matrix?cell=机构3~p1-0")
    text = page.inner_text("#panel")
    assert "若要填上这一格" in text and "这条要求做得最好的" in text
    page.click("#panel .searched .plainlist a >> nth=0")
    assert "cell=" in page.url and page.locator("#panel article").count() > 0


def test_a_figure_can_be_opened_beside_this_page(opened: Open, files: dict[str, Path]) -> None:
    page = opened()
    link = page.get_attribute(".figures .bad a", "href")
    other = opened(link or "")
    assert _rows(other) == 1 and other.locator(".names th:visible").count() == 1


def test_the_address_of_a_view_can_be_copied(opened: Open) -> None:
    page = opened("#matrix?kind=bank", permissions=["clipboard-read", "clipboard-write"])
    page.click("#copy-view")
    text = _copied(page)
    assert text.endswith("#matrix?kind=bank")


def test_contrary_evidence_is_told_by_sentence(opened: Open) -> None:
    page = opened()
    assert "1 格，出自 1 家机构的 1 句" in page.inner_text("section:has(> #contrary-h)")
    page.click("section:has(> #contrary-h) .meta a >> nth=0")
    assert "机构1" in page.inner_text("#panel-h")


def test_undated_evidence_is_not_dropped_in_silence(opened: Open) -> None:
    page = opened("#matrix?when=2024")
    assert "只有日期不明的证据，未列入" in page.inner_text("#shown")


def test_clear_filters_leaves_the_arrangement_as_it_is(opened: Open) -> None:
    page = opened("#matrix?kind=bank&dense=1&sort=most")
    page.click('button[type="reset"]')
    assert page.is_checked('input[name="dense"]') and page.input_value('select[name="sort"]') == "most"
    assert "kind" not in page.url and "dense=1" in page.url


def test_filters_come_back_when_the_window_grows(opened: Open) -> None:
    page = opened("#matrix")
    page.set_viewport_size({"width": 500, "height": 800})
    page.reload()
    page.set_viewport_size({"width": 1200, "height": 800})
    page.wait_for_timeout(100)
    assert page.is_visible('.choices[data-name="kind"] summary')


def test_an_empty_address_with_a_language_is_the_overview(opened: Open) -> None:
    page = opened("#?lang=en")
    assert _shown(page) == ["overview"] and page.evaluate("document.documentElement.lang") == "en"


def test_a_filtered_matrix_left_and_found_again_is_whole(opened: Open) -> None:
    page = opened("#matrix", name="wide")
    page.wait_for_timeout(300)
    page.evaluate("document.querySelector('#grid').scrollTo(5000, 500)")
    page.wait_for_timeout(300)
    _go(page, "overview")
    _go(page, "matrix?only=nobody")
    _go(page, "overview")
    page.click(".figures .bad a")
    page.wait_for_timeout(300)
    assert page.locator("#panel").is_hidden() and page.locator(f"{SHOWN}").count() == 1


def test_the_focus_stays_with_its_cell_when_the_wide_matrix_scrolls(opened: Open) -> None:
    page = opened("#matrix", name="wide")
    page.wait_for_timeout(300)
    page.locator(f'{CELL}[tabindex="0"]').focus()
    page.evaluate("document.querySelector('#grid').scrollTo(3000, 0)")
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.id") == "grid"
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.place") == {"q": 0, "f": 0}


def test_a_packed_page_that_cannot_be_unpacked_says_so(browser: Any, files: dict[str, Path]) -> None:
    context = browser.new_context(offline=True)
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto(files["packed"].as_uri() + "#matrix")
    page.wait_for_selector(".unscripted.shown")
    assert "此浏览器不能解开打包的证据" in page.inner_text(".unscripted")
    context.close()


PACKED_VIEWS = (*VIEWS[:5], "documents?document=b.txt", "documents", "firms")


def test_packed_cells_show_what_the_plain_page_shows(opened: Open, alignment: Any) -> None:
    pages = [opened("#matrix"), opened("#matrix", name="packed")]
    for cell in ("机构1~p1-0", "机构0~p2-0", "机构0~p1-3", "机构4~p1-0"):
        for language in ("", "&lang=en"):
            for page in pages:
                _go(page, f"matrix?cell={cell}{language}")
                page.wait_for_timeout(150)
            plain, packed = ("".join(page.inner_text("#panel").split()) for page in pages)
            assert plain == packed


@pytest.mark.parametrize(("query", "cells"), [("grade=commitment", 1), ("when=before", 3), ("words=县域用户5万人", 1)])
def test_packed_filters_find_the_same(opened: Open, query: str, cells: int) -> None:
    page = opened(f"#matrix?{query}", name="packed")
    page.wait_for_selector("#grid [role=gridcell]:not(.dim)")
    page.wait_for_timeout(200)
    assert page.locator(SHOWN).count() == cells


def test_only_what_is_in_view_is_drawn(opened: Open) -> None:
    page = opened("#matrix", name="wide")
    assert 0 < page.locator(CELL).count() < 7 * 100
    page.locator(f'{CELL}[tabindex="0"]').focus()
    for key, column in (("End", 402), ("Home", 3), ("ArrowRight", 4)):
        page.keyboard.press(key)
        assert page.evaluate("Number(document.activeElement.getAttribute('aria-colindex'))") == column
    page.evaluate("document.querySelector('#grid').scrollLeft = 4000")
    page.wait_for_timeout(400)
    assert page.evaluate("Number(document.querySelector('#grid [role=gridcell]').getAttribute('aria-colindex'))") > 50
    page.check('input[name="swap"]')
    page.wait_for_timeout(400)
    assert (
        page.locator(".policyrow [role=rowheader]").first.inner_text() == "银行"
        and page.locator(CELL).count() < 100 * 7
    )
    page.click("#grid .row .side a >> nth=0")
    assert page.locator("#sheet-firms").is_visible() and "机构1推出大字版服务" in page.inner_text("#sheet-firms")


def test_packed_sheets_are_drawn_and_left(opened: Open) -> None:
    page = opened("#documents?document=b.txt", name="packed")
    page.wait_for_selector("#sheet-documents .passage")
    page.click("#sheet-documents .passage a >> nth=0")
    page.wait_for_selector("#panel article")
    _go(page, "firms")
    assert page.locator("#sheet-firms").is_hidden() and page.locator(".compare tbody tr:visible").count() == 5


def test_packed_hostile_strings_do_nothing(opened: Open) -> None:
    page = opened("#matrix", name="packed-hostile")
    page.click(f"{CELL} >> nth=0")
    page.wait_for_selector("#panel article")
    assert "<img src=x onerror=window.hit=1>" in page.inner_text("#panel")
    page.fill('input[type="search"]', "<img")
    page.check('input[name="swap"]')
    page.click("#grid .row .side a >> nth=0")
    page.wait_for_selector("#sheet-firms article")
    page.click("#sheet-firms .src a >> nth=0")
    page.wait_for_selector("#sheet-documents :is(.passage, .article)")
    assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0


def test_a_packed_page_without_scripts_says_where_the_rest_is(opened: Open) -> None:
    page = opened("#matrix", name="packed", java_script_enabled=False)
    assert "mapper export" in page.inner_text("#matrix") and page.locator(".figures b").count() == 8


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_packed_page(opened: Open, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(name="packed", color_scheme=scheme)
    for view in PACKED_VIEWS:
        _go(page, view)
        page.wait_for_timeout(200)
        results = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert not [(view, one["id"], one["nodes"][0]["html"][:200]) for one in results]


def _text(page: Any, selector: str) -> str:
    """The visible words of a place, closed details opened, without white space."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    return "".join(page.inner_text(selector).split())


@pytest.mark.parametrize("language", ["", "&lang=en"])
def test_packed_sheets_show_what_the_plain_page_shows(opened: Open, language: str) -> None:
    plain, packed = opened("#overview"), opened("#overview", name="packed")
    packed.wait_for_timeout(300)
    sheets = [("firms", "firm", f"机构{n}") for n in range(5)]
    sheets += [("requirements", "requirement", "p1-0"), ("requirements", "requirement", "p2-2")]
    sheets += [("documents", "document", "a.txt")]
    for view, name, one in sheets:
        for page in (plain, packed):
            _go(page, f"{view}?{name}={one}{language}")
            page.wait_for_selector(".profile.on")
        assert _text(plain, ".profile.on") == _text(packed, ".profile.on"), one


def test_packed_lists_are_sought_and_sorted(opened: Open) -> None:
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
    _go(page, "documents")
    page.wait_for_selector("#list-documents tbody tr")
    assert page.locator("#list-documents tbody tr").count() == 3


def test_packed_cells_come_to_rest_in_reading_order(opened: Open) -> None:
    page = opened("#matrix", name="wide")
    page.wait_for_timeout(300)
    for left, top in ((4000, 0), (900, 90), (9000, 0), (0, 0)):
        page.evaluate(f"document.querySelector('#grid').scrollTo({left}, {top})")
        page.wait_for_timeout(350)
        order = page.evaluate(
            """() => [...document.querySelectorAll('#grid .body [role=row]')].map((row) => [Number(row.getAttribute('aria-rowindex')),
            [...row.querySelectorAll('[role=gridcell]')].map((cell) => Number(cell.getAttribute('aria-colindex')))])"""
        )
        rows = [row for row, _ in order]
        assert rows == sorted(rows) and len(set(rows)) == len(rows)
        for _, columns in order:
            assert columns == sorted(columns) and len(set(columns)) == len(columns)
        drawn = page.evaluate("[...document.querySelectorAll('#grid [role=gridcell]')].every((cell) => cell.place)")
        assert drawn


def test_the_wide_page_names_the_part_in_view(opened: Open) -> None:
    page = opened("#matrix", name="wide")
    page.set_viewport_size({"width": 1280, "height": 420})
    page.wait_for_timeout(300)
    assert page.locator(".now").is_hidden()
    page.evaluate("document.querySelector('#grid').scrollTo(0, 150)")
    page.wait_for_timeout(300)
    assert page.inner_text(".now").startswith("办法p1 › ")
