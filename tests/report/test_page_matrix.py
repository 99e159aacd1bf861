"""The matrix of the page as a person uses it: filters, sums, arrows, scrolling."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapper.model import Alignment, Reason
from mapper.report.html import render_html
from mapper.report.view import build_view
from tests.report.pages import CELL, HERE, NAMES, ROWS, SHOWN, cell_at, choose, column_sums, go, page_of, rows_of, shown

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def test_a_cell_opens_its_evidence_and_closes_again(opened: Open, alignment: Any) -> None:
    page = opened("#matrix")
    cell_at(page, 0, 0).click()
    panel = page.locator("#panel")
    text = panel.inner_text()
    assert "有反面证据" in text and "机构1推出大字版服务" in text and "前句。" in text and "内容0" in text
    assert panel.locator("article").count() == 2 and panel.locator("mark.signal").first.inner_text() == "大字版"
    assert "cell=" in page.url
    page.keyboard.press("Escape")
    assert not panel.is_visible() and "cell=" not in page.url
    assert page.evaluate(HERE) == [0, 0]


def test_a_cell_of_low_scores_says_so_in_the_matrix_in_its_name_and_in_its_panel(opened: Open) -> None:
    page = opened("#matrix")
    cell = cell_at(page, 0, 0)
    assert "t" in cell.get_attribute("class").split() and "先读原句" in cell.get_attribute("aria-label")
    cell.click()
    assert "先读原句" in page.inner_text("#panel")
    go(page, "overview")
    assert "先读原句" in page.inner_text("section.policies")


def test_a_cell_of_high_scores_says_nothing_of_the_kind(browser: Any, alignment: Alignment, tmp_path: Path) -> None:
    cells = tuple(one.model_copy(update={"score": 0.9 if one.score else 0.0}) for one in alignment.cells)
    file = tmp_path / "matrix.html"
    file.write_text(render_html(alignment.model_copy(update={"cells": cells})), encoding="utf-8")
    with page_of(browser, file, "#matrix") as page:
        assert "t" not in cell_at(page, 0, 0).get_attribute("class").split() and page.locator("#grid .td.t").count() == 0
        cell_at(page, 0, 0).click()
        assert "先读原句" not in page.inner_text("#panel")


def test_an_empty_cell_says_what_it_means(opened: Open) -> None:
    page = opened("#matrix?cell=机构4~p1-0")
    assert "没有一份谈到该机构" in page.inner_text("#panel")
    go(page, "matrix?cell=机构3~p1-0")
    text = page.inner_text("#panel")
    assert "这不等于没有做到" in text and "文章甲" in text
    assert page.locator("#panel .searched code").all_text_contents() == ["大字版"]


def test_arrows_move_and_enter_opens(opened: Open) -> None:
    page = opened("#matrix")
    assert page.locator(f'{CELL}[tabindex="0"]').count() == 1
    page.locator(f'{CELL}[tabindex="0"]').focus()
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
        assert page.evaluate(HERE) == place, key
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate(HERE) == [0, 0]


def test_arrows_follow_swapped_axes(opened: Open) -> None:
    page = opened("#matrix?swap=1")
    page.locator(f'{CELL}[tabindex="0"]:visible').focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(HERE) == [0, 1]
    assert page.locator(ROWS).count() == 5
    page.uncheck('input[name="swap"]')
    assert page.locator(ROWS).count() == 7


def test_filters_narrow_the_matrix_and_the_sums(opened: Open) -> None:
    page = opened("#matrix")
    assert rows_of(page) == 7
    choose(page, "policy", "p2")
    assert rows_of(page) == 3 and "policy=p2" in page.url
    choose(page, "policy", "p2")
    choose(page, "kind", "bank")
    assert page.locator(NAMES).count() == 1
    page.click('button[type="reset"]')
    assert page.locator(NAMES).count() == 5
    page.click("#L-c")
    assert rows_of(page) == 1
    assert "符合筛选的格" in page.inner_text("#grid .sums .corner")
    page.fill('input[name="words"]', "没有这样的词")
    assert "没有一格符合筛选" in page.inner_text("#shown")


def test_words_are_found_in_requirements_firms_and_quotes(opened: Open) -> None:
    page = opened("#matrix")
    for words, rows in [("要求p20", 1), ("别名2", 7), ("县域用户5万人", 1), ("推出 内容3", 1)]:
        page.fill('input[type="search"]', words)
        page.wait_for_timeout(50)
        assert rows_of(page) == rows, words


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


def test_a_requirement_sought_by_its_id_counts_who_evidences_it(opened: Open) -> None:
    page = opened("#matrix?words=p1-0")
    sums = column_sums(page)
    assert sums == {"机构1": "0/1", "机构0": "1/1", "机构3": "0/1", "机构4": "0/1", "机构2": "1/1"}, "not who is shown"
    assert page.inner_text("#grid .sums .sum") == "2/5" and "有实证且含词语" in page.inner_text("#grid .sums .corner")


def test_gaps_of_one_firm_are_counted_among_all_that_is_asked_of_it(opened: Open, alignment: Alignment) -> None:
    firm = next(one for one in build_view(alignment).firms if one.it.id == "机构0")
    page = opened("#matrix?holes=1&only=机构0")
    assert page.inner_text("#grid .sums .sum") == f"{firm.tally.none}/{firm.tally.addressed}"
    assert 0 < firm.tally.none < firm.tally.addressed and rows_of(page) == firm.tally.none
    go(page, "matrix?level=outcome&only=机构0")
    assert page.inner_text("#grid .sums .sum") == f"1/{firm.tally.addressed}"


def test_gaps_are_counted_as_gaps(opened: Open) -> None:
    page = opened("#matrix?holes=1")
    assert page.inner_text("#grid .upright") == "空缺 / 适用" and "空缺的格" in page.inner_text("#grid .sums .corner")
    page.check('input[name="swap"]')
    assert page.inner_text("#grid .upright") == "空缺 / 适用"


def test_the_sums_stand_beside_the_first_column_on_a_phone(opened: Open) -> None:
    page = opened("#matrix?lang=en", name="plain")
    page.set_viewport_size({"width": 390, "height": 800})
    edges = page.evaluate(
        """() => { document.querySelector("#grid").scrollLeft = 400;
        return [...document.querySelectorAll("#grid .body .row:not(.policyrow, .partrow), #grid .sums")].map((row) =>
        [row.querySelector(".side, .corner").getBoundingClientRect().right, row.querySelector(".sum").getBoundingClientRect().left]); }"""
    )
    assert all(right <= left + 1 for right, left in edges)
    assert page.evaluate("(nav => nav.scrollWidth <= nav.clientWidth)(document.querySelector('.top nav'))")


def test_the_chosen_cell_stays_marked_under_the_pointer(opened: Open) -> None:
    page = opened("#matrix?cell=机构1~p1-0")
    look = "one => getComputedStyle(one).boxShadow"
    chosen, other = cell_at(page, 0, 0), cell_at(page, 1, 0)
    plain = chosen.evaluate(look)
    other.hover()
    assert other.evaluate(look) != plain
    assert chosen.evaluate(look) == plain and page.locator(".th.kept").count() == 1
    chosen.hover()
    assert chosen.evaluate(look) == plain


def test_order_by_coverage(opened: Open) -> None:
    page = opened("#matrix?sort=most")
    first = page.locator(f"{ROWS} .sum").all_inner_texts()[:4]
    shares = [int(part) / int(whole) if int(whole) else -1 for part, whole in (text.split("/") for text in first)]
    assert shares == sorted(shares, reverse=True)


def test_parts_stand_over_their_rows_with_their_sums(opened: Open, alignment: Alignment) -> None:
    page = opened("#matrix")
    assert page.locator(".partrow:visible .side").all_inner_texts() == ["甲 头部", "二 尾部"]
    view = build_view(alignment)
    wanted = [
        [f"{one.tally.evidenced}/{one.tally.addressed}" for one in group] for group in (view.policies, view.parts)
    ]
    assert [page.locator(f"{row}:visible .sum").all_inner_texts() for row in (".policyrow", ".partrow")] == wanted
    choose(page, "part", "p1~二")
    assert rows_of(page) == 2 and page.locator(".partrow:visible .side").all_inner_texts() == ["二 尾部"]
    page.select_option('select[name="sort"]', "most")
    assert page.locator(".partrow:visible").count() == 0, "an order by coverage runs across the parts of a policy"
    page.select_option('select[name="sort"]', "")
    assert page.locator(".partrow:visible").count() == 1


def test_several_policies_parts_and_kinds_at_once(opened: Open) -> None:
    page = opened("#matrix")
    choose(page, "kind", "bank", "trust")
    assert page.locator(NAMES).count() == 2 and "kind=bank%2Ctrust" in page.url
    assert page.inner_text('.choices[data-name="kind"] .picked') == "2 项"
    choose(page, "kind", "trust")
    assert page.inner_text('.choices[data-name="kind"] .picked') == "银行"
    choose(page, "policy", "p2")
    choose(page, "part", "p1~二")
    assert rows_of(page) == 5, "a policy and a part of another stand side by side"
    choose(page, "grade", "commitment", "action")
    assert page.inner_text('.choices[data-name="grade"] .picked') == "2 项"
    page.click('button[type="reset"]')
    assert rows_of(page) == 7 and page.locator('.choices input[type="checkbox"]:checked').count() == 0


def test_firms_are_chosen_by_name_for_comparison(opened: Open) -> None:
    page = opened("#matrix")
    page.click('.choices[data-name="only"] summary')
    page.locator('input[name="only"]').nth(4).wait_for(state="attached")
    assert page.locator('input[name="only"]').count() == 5
    page.fill(".find", "别名2")
    page.check('input[name="only"]')
    page.fill(".find", "机构0")
    page.check('input[name="only"][value="机构0"]')
    assert page.locator(NAMES).all_inner_texts() == ["机构0", "机构2"]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY" and not page.locator(".find").is_visible()
    page.reload()
    assert page.locator(NAMES).count() == 2, "the address keeps the choice"


def test_a_list_of_choices_closes_when_left(opened: Open) -> None:
    page = opened("#matrix")
    page.click('.choices[data-name="policy"] summary')
    page.click('.choices[data-name="kind"] summary')
    assert page.locator(".choices[open]").count() == 1
    page.click("#matrix-h")
    assert page.locator(".choices[open]").count() == 0


@pytest.mark.parametrize("name", ["plain", "large"])
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


def test_cells_follow_their_heads_when_the_matrix_gets_wider(opened: Open) -> None:
    page = opened("#matrix?cell=机构1~p1-0")
    page.set_viewport_size({"width": 1060, "height": 800})
    page.wait_for_timeout(300)
    before = cell_at(page, 3, 0).bounding_box()["x"]
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    after = cell_at(page, 3, 0).bounding_box()["x"]
    head = page.locator(NAMES).nth(3).bounding_box()["x"]
    assert after > before and abs(after - head) < 1
    hair = page.locator("#grid .cross.column").bounding_box()["x"]
    assert abs(hair - cell_at(page, 0, 0).bounding_box()["x"]) <= 1


@pytest.mark.parametrize("name", ["plain", "large"])
def test_weak_matches_are_told_in_the_panel(opened: Open, name: str) -> None:
    page = opened("#matrix?cell=机构3~p1-0", name=name)
    page.wait_for_timeout(300)
    assert "另有 2 处匹配评分不到显示线（60%）" in page.inner_text("#panel")
    go(page, "matrix?cell=机构3~p1-1&lang=en")
    assert "scored below" not in page.inner_text("#panel")


def test_allegations_and_new_kinds_of_reasons_areshown(browser: Any, alignment: Alignment, tmp_path: Path) -> None:
    first, alleged, *rest = alignment.evidence
    alleged = alleged.model_copy(update={"grade": "adverse", "basis": "allegation"})
    example = Reason(kind="example", code="example-unheard", params={"text": "为老人上门"}, words=first.reasons[0].words)
    first = first.model_copy(update={"reasons": (*first.reasons, example)})
    cells = tuple(
        one.model_copy(update={"allegations": 1}) if alleged.id in one.evidence else one for one in alignment.cells
    )
    file = tmp_path / "alleged.html"
    text = render_html(alignment.model_copy(update={"evidence": (first, alleged, *rest), "cells": cells}))
    file.write_text(text, encoding="utf-8")
    assert "◆1△1" in text, "without scripts too"
    with page_of(browser, file, "#matrix") as page:
        cell = cell_at(page, 1, 0)
        assert cell.inner_text() == "◆1△1" and "有指称，未经认定" in cell.get_attribute("aria-label")
        cell.click()
        panel = page.inner_text("#panel")
        assert "有成效" in panel and "△ 指称（未经认定）" in panel, "the status stays as it is"
        assert "相似" in panel and "example-unheard text=为老人上门" in panel
        assert page.locator("#panel mark.signal.example").count() == 1
        page.keyboard.press("Escape")
        page.click("#L-w")
        assert rows_of(page) == 1


def test_the_number_beside_a_contrary_mark_counts_what_makes_it(browser: Any, alignment: Alignment, html: str, tmp_path: Path) -> None:
    assert ">◆2<" in html and ">✕1<" in html, "one finding and one result; two pieces elsewhere"
    assert "✕ 旁只数认定的反面证据" in html and "beside ✕ only findings of a fault" in html
    accused = next(one for one in alignment.evidence if one.firm == "机构1" and one.grade == "outcome")
    alleged = accused.model_copy(update={"grade": "adverse", "basis": "allegation"})
    evidence = tuple(alleged if one.id == accused.id else one for one in alignment.evidence)
    cells = tuple(
        one.model_copy(update={"allegations": 1}) if accused.id in one.evidence else one for one in alignment.cells
    )
    file = tmp_path / "contrary.html"
    file.write_text(text := render_html(alignment.model_copy(update={"evidence": evidence, "cells": cells})), encoding="utf-8")
    assert "✕1△1" in text, "without scripts too"
    with page_of(browser, file, "#matrix") as page:
        assert [cell_at(page, *place).inner_text() for place in ((0, 0), (1, 0))] == ["✕1△1", "◆2"]
        assert "✕ 旁只数认定的反面证据" in page.inner_text(".legend")


def test_what_stands_behind_many_marks_and_what_a_firm_was_called_is_told(
    browser: Any, alignment: Alignment, tmp_path: Path
) -> None:
    first, second, *rest = [one for one in alignment.evidence if one.firm == "机构1"]
    place = {"document": first.document, "start": first.start, "end": first.end, "quote": first.quote, "reasons": ()}
    pieces = tuple(second.model_copy(update=place) if one == second else one for one in alignment.evidence)
    firms = tuple(
        one.model_copy(update={"former": ("旧名银行",)} if one.id == "机构1" else {}) for one in alignment.firms
    )
    told = alignment.model_copy(update={"evidence": pieces, "firms": firms})
    file = tmp_path / "shared.html"
    file.write_text(render_html(told), encoding="utf-8")
    with page_of(browser, file, f"#matrix?cell=机构1~{first.requirement}") as page:
        text = page.inner_text("#panel")
        assert "同一句还标了 1 条要求" in text and "曾用名：旧名银行" in text
        go(page, "firms")
        line = page.locator("#list-firms tbody tr").first.inner_text()
        assert "曾用名：旧名银行" in line and f"{len(rest) + 2} 条证据，出自 {len(rest) + 1} 句" in line


@pytest.mark.parametrize("name", ["plain", "large"])
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
    assert shown(page) == ["requirements"] and "requirement=p1-1" in page.url


@pytest.mark.parametrize("name", ["plain", "large"])
def test_the_skip_link_leads_to_the_first_cell(opened: Open, name: str) -> None:
    page = opened(name=name)
    page.wait_for_timeout(300)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown(page) == ["matrix"]
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement.place") == {"q": 0, "f": 0}
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("!document.activeElement.closest('.names')"), "heads are no stops of their own"


def test_a_hole_says_what_would_fill_it_and_who_does_it(opened: Open) -> None:
    page = opened("#matrix?cell=机构3~p1-0")
    text = page.inner_text("#panel")
    assert "若要填上这一格" in text and "这条要求做得最好的" in text
    page.click("#panel .searched .plainlist a >> nth=0")
    assert "cell=" in page.url and page.locator("#panel article").count() > 0


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


def test_a_filtered_matrix_left_and_found_again_is_whole(opened: Open) -> None:
    page = opened("#matrix", name="wide")
    page.wait_for_timeout(300)
    page.evaluate("document.querySelector('#grid').scrollTo(5000, 500)")
    page.wait_for_timeout(300)
    go(page, "overview")
    go(page, "matrix?only=nobody")
    go(page, "overview")
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


def test_cells_come_to_rest_in_reading_order(opened: Open) -> None:
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
