"""What may be a deed or a fault: the overview counts and quotes it, its cell is marked, its panel takes a reviewer's word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mapper.fingerprint import identity
from mapper.model import Alignment, Evidence, Reason, Undecided
from mapper.report.html import render_html
from mapper.report.view import build_view
from mapper.review import apply, load_decisions
from mapper.review.decisions import Decisions
from tests.report.pages import cell_at, go, page_of

EMPTY, HELD = ("机构0", "p2-1"), ("机构0", "p1-0")
"""A cell that has nothing else, and one that has evidence."""
SENTENCE = "已登门道歉并组织补学服务规范，但没有时间表。"


@pytest.fixture(scope="session")
def unclear(build: Callable[..., Alignment]) -> Alignment:
    """The plain sample, and one sentence that is undecided in two cells."""
    plain = build()

    def piece(firm: str, requirement: str) -> Undecided:
        like: Evidence = plain.evidence[0]
        why = Reason(kind="grade", code="grade-undecided", params={"deed": "48", "fault": "52"})
        said = {"firm": firm, "requirement": requirement, "quote": SENTENCE, "grade": "adverse", "basis": "finding", "fault": 0.52}
        more = {"id": identity(firm, requirement, SENTENCE), "reasons": (*like.reasons[:2], why), "score": 0.4, "sources": ()}
        return Undecided(**{**vars(like), **said, **more})

    return plain.model_copy(update={"undecided": (piece(*HELD), piece(*EMPTY))})


@pytest.fixture(scope="session")
def file(unclear: Alignment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("unclear") / "matrix.html"
    made.write_text(render_html(unclear), encoding="utf-8")
    return made


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Callable[..., Any]]:
    stack: list[Any] = []

    def start(address: str = "", **options: Any) -> Any:
        stack.append(page_of(browser, file, address, **options))
        return stack[-1].__enter__()

    yield start
    for manager in stack:
        manager.__exit__(None, None, None)


def test_marks_figures_and_cells_are_those_of_the_evidence_alone(unclear: Alignment) -> None:
    with_it, without = build_view(unclear), build_view(unclear.model_copy(update={"undecided": ()}))
    cells = [[cell._replace(undecided=()) for row in view.rows for cell in row.cells] for view in (with_it, without)]
    assert cells[0] == cells[1] and with_it.tally == without.tally and with_it.coverage == without.coverage
    assert (with_it.figures.undecided, without.figures.undecided) == (2, 0)
    assert with_it.figures.evidence == without.figures.evidence
    assert [(firm.evidence, firm.tally) for firm in with_it.firms] == [(firm.evidence, firm.tally) for firm in without.firms]


def test_without_scripts_the_overview_quotes_it_and_the_matrix_marks_its_cell(unclear: Alignment, html: str) -> None:
    page = render_html(unclear)
    assert "2 处待定" in page and "2 places undecided" in page
    assert page.count(f'<q lang="zh-CN">{SENTENCE}</q>') == 1, "one sentence, with both requirements"
    assert "像是做到（48%），也像是没做到（52%）" in page
    assert page.count('<span class="badge"><span aria-hidden="true">±</span>') == 1, "only where there is nothing else"
    assert "处待定" not in html and 'value="undecided"' not in html, "a page without any says nothing of it"


@pytest.mark.browser
def test_a_cell_with_nothing_else_is_marked_and_found_its_status_stays(opened: Callable[..., Any]) -> None:
    page = opened("#overview")
    page.click("text=2 处待定")
    assert page.locator("#undecided .quotes li").count() == 1
    page.click("#undecided >> text=在矩阵中看")
    marked = cell_at(page, 1, 5)
    assert marked.inner_text() == "·±" and "待定" in marked.get_attribute("aria-label")
    assert "查过未见" in marked.get_attribute("aria-label")
    assert cell_at(page, 1, 0).inner_text() == "◆2", "a cell with evidence looks as ever"
    assert page.locator('#grid [role="gridcell"]:not(.dim):visible').count() == 2
    assert page.is_checked('.legend input[value="undecided"]')


@pytest.mark.browser
def test_the_panel_shows_the_quote_with_both_probabilities_in_both_languages(opened: Callable[..., Any]) -> None:
    page = opened("#matrix?cell=机构0~p2-1")
    panel = page.inner_text("#panel")
    assert "待定：说不准是做到还是没做到，或违反的是不是这一条 (1)" in panel and SENTENCE in panel
    assert "像是做到（48%），也像是没做到（52%）" in panel and "若作“反面”，评分 40%" in panel
    page.click("#panel button >> text=上一格")
    assert SENTENCE not in page.inner_text("#panel")
    page.click("#panel button >> text=下一格")
    assert SENTENCE in page.inner_text("#panel"), "the way from cell to cell stops here too"
    go(page, "matrix?cell=机构0~p1-0&lang=en")
    panel = page.inner_text("#panel")
    assert "reads as a deed (48%), and as a fault (52%)" in panel
    assert page.locator("#panel article").count() == 3, "behind the evidence"
    assert SENTENCE in page.inner_text("#panel article >> nth=2")


@pytest.mark.browser
def test_keys_give_it_a_grade_and_the_file_carries_that(
    opened: Callable[..., Any], unclear: Alignment, tmp_path: Path
) -> None:
    page = opened("#review?queue=undecided", accept_downloads=True)
    page.fill('input[name="by"]', "王芳")
    page.locator("#review-h").click()
    assert SENTENCE in page.inner_text("#reviewing .q") and page.locator("#reviewing .rule.accept").count() == 0
    page.keyboard.press("a")
    assert "选一个等级" in page.inner_text("#said")
    for key in ("2", "n", "r"):
        page.keyboard.press(key)
    with page.expect_download() as download:
        page.click('#reviewing button[name="save"]')
    target = tmp_path / "decisions.yaml"
    download.value.save_as(target)
    decisions = load_decisions(target)[0].entries
    assert {(one.requirement, one.ruling, one.to, one.seen.grade if one.seen else "") for one in decisions} == {
        (HELD[1], "regrade", "action", None), (EMPTY[1], "reject", None, None),
    }  # fmt: skip
    applied, problems = apply(unclear, Decisions(decisions))
    assert not problems and [one.review for one in applied.undecided] == ["action", "rejected"]
    assert "0/8 条" in page.inner_text(".standing"), "the evidence is still to be reviewed"


@pytest.mark.browser
def test_a_grade_by_a_reviewer_stands_beside_the_status_and_the_mark_goes(opened: Callable[..., Any]) -> None:
    page = opened("#matrix?cell=机构0~p2-1")
    page.click("#panel .unclear .rule.regrade >> nth=3")
    page.fill('#asking input[name="by"]', "王芳")
    page.keyboard.press("Enter")
    cell = cell_at(page, 1, 5)
    assert cell.inner_text() == "·" and cell.get_attribute("data-said") == "✕"
    assert "王芳" in page.inner_text("#panel .unclear")
    page.click("#panel .unclear .withdraw")
    assert cell_at(page, 1, 5).inner_text() == "·±"
    page.click("#panel .unclear .rule.reject")
    cell = cell_at(page, 1, 5)
    assert cell.inner_text() == "·" and cell.get_attribute("data-said") is None, "rejected, the cell is as it was"


@pytest.mark.browser
def test_a_firms_sheet_tells_it_on_paper_too(opened: Callable[..., Any]) -> None:
    page = opened("#firms?firm=机构0")
    page.emulate_media(media="print")
    assert SENTENCE in page.inner_text("#sheet-firms .summary")
    assert page.locator("#sheet-firms .summary .sign.q").count() == 1
