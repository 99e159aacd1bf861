"""Review in the page: rulings where a quote is read, kept, saved, loaded and handed on; firms side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mapper.fingerprint import identity
from mapper.model import Alignment, Decision, Seen
from mapper.report.html import render_html
from mapper.review import apply, dump_decisions, load_decisions, requirement_digest
from mapper.review.decisions import Decisions
from mapper.review.files import SCHEMA
from mapper.shipped import folder
from tests.report.pages import cell_at, go, page_of

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
AWKWARD = (
    "一行\n两行\n\n隔行",
    "冒号: 井号 # 星号 * 短横 - 引号 ' 和 \" 以及 \\ 反斜线",
    " 前后空白 ",
    "\u2028\u2029\u00a0\u0085\u200b\ufeff\u202e😀",
    "</script><script>window.hit=1</script>",
    "- {a: b}",
    "null",
    "2026-01-01",
    "true",
    "'",
    "\t制表",
    "长" * 300 + " " + "句" * 300,
)


@pytest.fixture(scope="session")
def alignment(build: Callable[..., Alignment]) -> Alignment:
    """The plain sample, its pieces named by their content as the program names them."""
    plain = build()
    named = {one.id: identity(one.firm, one.requirement, one.quote) for one in plain.evidence}
    evidence = tuple(one.model_copy(update={"id": named[one.id]}) for one in plain.evidence)
    cells = tuple(
        one.model_copy(update={"evidence": tuple(named[piece] for piece in one.evidence)}) for one in plain.cells
    )
    return plain.model_copy(update={"evidence": evidence, "cells": cells})


@pytest.fixture
def reviewing(browser: Any, files: dict[str, Path]) -> Iterator[Any]:
    """The review view, its reviewer named."""
    with page_of(browser, files["plain"], "#review", accept_downloads=True) as page:
        page.fill('input[name="by"]', "王芳")
        page.keyboard.press("Enter")
        page.locator("#review-h").click()
        yield page


def _saved(page: Any, folder: Path, button: str = "save") -> Path:
    with page.expect_download() as download:
        page.click(f'#reviewing button[name="{button}"]')
    target: Path = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def _decisions(file: Path) -> list[Decision]:
    decisions, problems = load_decisions(file)
    assert not problems
    return list(decisions.entries)


def _decision(alignment: Alignment, number: int, **fields: Any) -> Decision:
    piece = alignment.evidence[number]
    asked = next(one for policy in alignment.policies for one in policy.requirements if one.id == piece.requirement)
    seen = Seen(requirement=requirement_digest(asked), grade=piece.grade)
    plain = {"firm": piece.firm, "requirement": piece.requirement, "words": piece.quote, "ruling": "accept", "by": "李雷"}
    return Decision.model_validate({**plain, "at": "2026-03-01", "seen": seen, **fields})


def _load(page: Any, folder: Path, text: str) -> str:
    file = folder / "others.yaml"
    file.write_text(text, encoding="utf-8")
    page.set_input_files('#reviewing input[type="file"]', file)
    page.wait_for_selector(".loaded")
    return str(page.inner_text(".loaded"))


def test_keys_rule_on_the_queue_and_the_file_says_so(reviewing: Any, alignment: Alignment, tmp_path: Path) -> None:
    order = sorted(range(len(alignment.evidence)), key=lambda n: round(100 * alignment.evidence[n].score))
    pieces = [alignment.evidence[n] for n in order]
    assert pieces[0].quote in reviewing.inner_text("#reviewing .q"), "the least certain stands first"
    for key in ("a", "n", "r", "n", "2", "n"):
        reviewing.keyboard.press(key)
    reviewing.keyboard.press("c")
    reviewing.fill("#asking textarea", "待查：原报告")
    reviewing.click("#asking button >> nth=0")
    decisions = {one.words: one for one in _decisions(_saved(reviewing, tmp_path))}
    said = [(decisions[piece.quote].ruling, decisions[piece.quote].to, decisions[piece.quote].why) for piece in pieces[:4]]
    third = ("accept", None, "") if pieces[2].grade == "action" else ("regrade", "action", "")
    assert said == [("accept", None, ""), ("reject", None, ""), third, ("comment", None, "待查：原报告")]
    assert {one.by for one in decisions.values()} == {"王芳"}
    applied, problems = apply(alignment, Decisions(tuple(decisions.values())))
    assert not problems and {one.state for one in applied.review} == {"current"}, "the program takes each as it stands"
    assert {one.id: one.review for one in applied.evidence}[pieces[1].id] == "rejected"


def test_machine_and_human_stand_side_by_side(reviewing: Any) -> None:
    go(reviewing, "matrix?cell=机构1~p1-0")
    reviewing.keyboard.press("Escape")
    assert "t" in cell_at(reviewing, 0, 0).get_attribute("class").split(), "scored low"
    cell_at(reviewing, 0, 0).click()
    reviewing.click("#panel article >> nth=0 >> .rule.reject")
    assert "t" not in cell_at(reviewing, 0, 0).get_attribute("class").split(), "once somebody has read it, the score is no news"
    panel = reviewing.inner_text("#panel")
    assert "先读原句" not in panel
    assert "有反面证据" in panel and "人工： ◆ 有成效" in panel and "驳回 — 王芳" in panel
    cell = cell_at(reviewing, 0, 0)
    assert cell.inner_text() == "✕1" and cell.get_attribute("data-said") == "◆"
    assert "人工：有成效" in cell.get_attribute("aria-label")
    assert reviewing.evaluate("document.activeElement.closest('article') !== null"), "keys go on where the reader is"
    reviewing.keyboard.press("r")
    assert reviewing.locator("#panel article >> nth=0 >> .rulings li").count() == 1, "one's own word is changed, not doubled"
    reviewing.click("#panel .withdraw")
    assert cell_at(reviewing, 0, 0).get_attribute("data-said") is None
    go(reviewing, "firms?firm=机构1")
    assert "已复核：0/3 条" in reviewing.inner_text("#sheet-firms")


def test_a_cell_is_ruled_on_and_missed_words_are_added(reviewing: Any, alignment: Alignment, tmp_path: Path) -> None:
    go(reviewing, "matrix?cell=机构3~p1-0")
    reviewing.click('#panel button[name="rule-cell"]')
    reviewing.select_option('#asking [name="what"]', label="补充证据：措施")
    reviewing.fill('#asking [name="words"]', "无标记。")
    reviewing.click("#asking .acts button >> nth=0")
    assert "补充证据：措施 — 王芳" in reviewing.inner_text("#panel") and "人工： ● 有措施" in reviewing.inner_text("#panel")
    go(reviewing, "matrix?cell=机构3~p2-0")
    reviewing.click('#panel button[name="rule-cell"]')
    reviewing.click("#asking .acts button >> nth=0")
    assert "须写理由" in reviewing.inner_text("#asking [role=alert]") and "人工" not in reviewing.inner_text("#panel")
    reviewing.fill('#asking [name="why"]', "不做这项业务")
    reviewing.click("#asking .acts button >> nth=0")
    assert "人工： – 不适用" in reviewing.inner_text("#panel") and "查过未见" in reviewing.inner_text("#panel")
    go(reviewing, "review")
    applied, problems = apply(alignment, Decisions(tuple(_decisions(_saved(reviewing, tmp_path)))))
    assert not problems
    said = {(one.firm, one.requirement): one.review for one in applied.cells if one.review}
    assert said == {("机构3", "p1-0"): "evidenced", ("机构3", "p2-0"): "not-applicable"}


def test_what_lacks_a_reason_keeps_its_dialog_and_what_was_chosen(reviewing: Any) -> None:
    go(reviewing, "matrix?cell=机构3~p2-0")
    reviewing.click('#panel button[name="rule-cell"]')
    reviewing.select_option('#asking [name="what"]', label="改定为仅有表态")
    reviewing.press('#asking [name="why"]', "Control+Enter")
    assert "须写理由" in reviewing.inner_text("#asking [role=alert]")
    assert reviewing.input_value('#asking [name="what"]') == "set stated", "still there to be completed"
    reviewing.fill('#asking [name="why"]', "只有计划")
    reviewing.press('#asking [name="why"]', "Control+Enter")
    assert not reviewing.is_visible("#asking") and "改定为仅有表态 — 王芳" in reviewing.inner_text("#panel")


@pytest.mark.parametrize("field", ["what", "words", "where", "why"])
def test_escape_in_a_dialog_closes_the_dialog_and_leaves_the_panel(reviewing: Any, field: str) -> None:
    go(reviewing, "matrix?cell=机构3~p2-0")
    reviewing.click('#panel button[name="rule-cell"]')
    reviewing.select_option('#asking [name="what"]', label="补充证据：措施")
    reviewing.press(f'#asking [name="{field}"]', "Escape")
    assert not reviewing.is_visible("#asking") and reviewing.is_visible("#panel"), field
    reviewing.keyboard.press("Escape")
    assert not reviewing.is_visible("#panel")


def test_added_words_must_stand_in_the_chosen_document(reviewing: Any) -> None:
    go(reviewing, "matrix?cell=机构3~p1-0")
    reviewing.click('#panel button[name="rule-cell"]')
    reviewing.select_option('#asking [name="what"]', label="补充证据：反面")
    reviewing.select_option('#asking [name="where"]', value="a.txt")
    reviewing.fill('#asking [name="words"]', "没有这一句话啊")
    reviewing.click("#asking .acts button >> nth=0")
    assert "没有这句话" in reviewing.inner_text("#asking [role=alert]") and "人工" not in reviewing.inner_text("#panel")
    assert reviewing.input_value('#asking [name="words"]') == "没有这一句话啊"
    reviewing.fill('#asking [name="words"]', "县域用户 ０万人 无标记")  # over two sentences, another width, no marks
    reviewing.click("#asking .acts button >> nth=0")
    assert "补充证据：反面 — 王芳" in reviewing.inner_text("#panel") and "人工： ✕ 有反面证据" in reviewing.inner_text("#panel")


def test_the_document_that_holds_the_words_is_chosen_and_one_without_its_text_is_said_to_be_unchecked(reviewing: Any) -> None:
    go(reviewing, "matrix?cell=机构3~p1-0")
    reviewing.click('#panel button[name="rule-cell"]')
    assert reviewing.input_value('#asking [name="where"]') == "a.txt", "the firm's own documents come first"
    reviewing.select_option('#asking [name="what"]', label="补充证据：措施")
    reviewing.select_option('#asking [name="where"]', value="c.txt")
    reviewing.fill('#asking [name="words"]', "无标记")
    reviewing.press('#asking [name="words"]', "Tab")
    assert reviewing.input_value('#asking [name="where"]') == "a.txt"
    reviewing.select_option('#asking [name="where"]', value="c.txt")
    reviewing.click("#asking .acts button >> nth=0")
    assert "未能核对原句" in reviewing.inner_text("#said") and "补充证据：措施 — 王芳" in reviewing.inner_text("#panel")


def test_documents_called_the_same_are_told_apart(browser: Any, alignment: Alignment, tmp_path: Path) -> None:
    same = tuple(one.model_copy(update={"title": "同名"}) for one in alignment.documents)
    file = tmp_path / "same.html"
    file.write_text(render_html(alignment.model_copy(update={"documents": same})), encoding="utf-8")
    with page_of(browser, file, "#matrix?cell=机构3~p1-0") as page:
        page.click('#panel button[name="rule-cell"]')
        options = page.locator('#asking [name="where"] option').all_inner_texts()
        assert options == ["同名 (a.txt)", "同名 (b.txt)", "同名 (c.txt)"]


def test_counts_say_whose_they_are(reviewing: Any) -> None:
    go(reviewing, "matrix?cell=机构0~p1-0")
    for key in ("r", "n", "r"):
        reviewing.keyboard.press(key)
    go(reviewing, "overview")
    assert "机器所标 8 条证据中，2 条有人裁定：认可 0、改等级 0、驳回 2" in reviewing.inner_text("#humans")
    evidenced = int(reviewing.inner_text(".figures b >> nth=0"))
    assert f"机器所标 {evidenced}，按人工裁定 {evidenced - 1}" in reviewing.inner_text("#humans")


def test_next_goes_through_a_cell_and_on_to_the_next(reviewing: Any) -> None:
    go(reviewing, "matrix?cell=机构1~p1-0")
    first = reviewing.inner_text("#panel-h")
    for _ in range(2):
        reviewing.keyboard.press("n")
    assert reviewing.evaluate("document.activeElement.closest('article') === document.querySelectorAll('#panel article')[1]")
    reviewing.keyboard.press("n")
    assert reviewing.inner_text("#panel-h") != first


def test_decisions_are_kept_until_they_are_saved(reviewing: Any) -> None:
    reviewing.keyboard.press("a")
    assert "1 处改动尚未存为文件" in reviewing.inner_text(".unsaved")
    reviewing.reload()
    reviewing.wait_for_selector(".unsaved")
    assert "认可 1" in reviewing.inner_text(".standing") and reviewing.input_value('input[name="by"]') == "王芳"


def test_a_browser_that_keeps_nothing_is_named(browser: Any, files: dict[str, Path]) -> None:
    context = browser.new_context(offline=True)
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
    page = context.new_page()
    page.goto(files["plain"].as_uri() + "#review")
    page.wait_for_selector("#reviewing article")
    assert "不让本页保存内容" in page.inner_text("#reviewing")
    page.fill('input[name="by"]', "王芳")
    page.locator("#review-h").click()
    page.keyboard.press("a")
    assert "认可 1" in page.inner_text(".standing"), "they live in memory"
    context.close()


def test_a_ruling_asks_for_a_name_first(opened: Open) -> None:
    page = opened("#review")
    page.keyboard.press("a")
    page.fill("#asking input", "李雷")
    page.keyboard.press("Enter")
    assert "认可 — 李雷" in page.inner_text("#reviewing .rulings")


def test_loading_merges_and_names_what_does_not_hold(reviewing: Any, alignment: Alignment, tmp_path: Path) -> None:
    order = sorted(range(len(alignment.evidence)), key=lambda n: round(100 * alignment.evidence[n].score))
    reviewing.keyboard.press("a")
    others = [
        _decision(alignment, order[0], ruling="reject", why="不是一回事"),
        _decision(alignment, order[1], seen=Seen(requirement="0" * 16)),
        _decision(alignment, order[2], firm="没有这家"),
    ]
    told = _load(reviewing, tmp_path, dump_decisions(others))
    assert "读入 3 项裁定，其中 3 项是新的；现有分歧 2，存疑 1，所指已不在 1" in told
    listed = reviewing.inner_text("#reviewing")
    assert "要求的内容变了" in listed and "机构已不在" in listed and "没有这家" in listed
    assert "其中 0 项是新的" in _load(reviewing, tmp_path, dump_decisions(others)), "each is taken once"
    saved = _decisions(_saved(reviewing, tmp_path))
    assert len(saved) == 4 and {(one.firm, one.ruling, one.why) for one in others} <= {
        (one.firm, one.ruling, one.why) for one in saved
    }
    applied, _ = apply(alignment, Decisions(tuple(saved)))
    assert sorted(one.state for one in applied.review) == ["conflict", "conflict", "orphaned", "suspect"], (
        "the program and the page judge alike"
    )


def test_any_words_survive_the_way_through_the_page(reviewing: Any, alignment: Alignment, tmp_path: Path) -> None:
    given = [
        _decision(alignment, 0, ruling="comment", why=words, at=f"2026-03-{n + 1:02}") for n, words in enumerate(AWKWARD)
    ]
    given.append(_decision(alignment, 0, words=None, ruling="set", to="stated", why="见附件", seen=None))
    assert f"读入 {len(given)} 项" in _load(reviewing, tmp_path, dump_decisions(given))
    assert sorted(map(str, _decisions(_saved(reviewing, tmp_path)))) == sorted(map(str, given))


def test_a_file_written_by_hand_is_read_and_a_wrong_line_named(reviewing: Any, tmp_path: Path) -> None:
    by_hand = f"""# 我的裁定
schema: {SCHEMA}
decisions:

- firm: 机构1   # 哪一家
  requirement: "p1-0"  # 哪一条
  ruling: not-applicable
  why: 不做这项业务
  by: 李雷
  at: '2026-03-01'
"""
    assert "其中 1 项是新的" in _load(reviewing, tmp_path, by_hand)
    wrong = _load(reviewing, tmp_path, by_hand + "  mood: good\n")
    assert "第 11 行" in wrong and "什么都没有读入" in wrong


@pytest.fixture
def carrying(alignment: Alignment, tmp_path: Path) -> Path:
    """A page whose alignment carries a decision."""
    decision = _decision(alignment, 2, ruling="reject", why=AWKWARD[4])
    applied, _ = apply(alignment, Decisions((decision,)))
    file = tmp_path / "matrix.html"
    file.write_text(render_html(applied), encoding="utf-8")
    return file


def test_a_page_handed_on_carries_its_decisions(browser: Any, carrying: Path, tmp_path: Path) -> None:
    with page_of(browser, carrying, "#review?queue=remarked", accept_downloads=True) as page:
        assert "驳回 — 李雷" in page.inner_text("#reviewing") and "驳回 1" in page.inner_text(".standing")
        go(page, "review?queue=least")
        page.fill('input[name="by"]', "王芳")
        page.locator("#review-h").click()
        page.keyboard.press("a")
        handed = _saved(page, tmp_path / "copies", "save-page")
    held = [one.read_text(encoding="utf-8").partition('id="packed">')[2].split("</body>")[0] for one in (carrying, handed)]
    assert held[0].strip() == held[1].strip(), "evidence and scripts are the same to the letter"
    with page_of(browser, handed, "#review") as page:
        assert "认可 1、改等级 0、驳回 1" in page.inner_text(".standing")


def test_a_page_of_hostile_strings_is_handed_on_as_text(browser: Any, files: dict[str, Path], tmp_path: Path) -> None:
    with page_of(browser, files["hostile"], "#review", accept_downloads=True) as page:
        page.fill('input[name="by"]', AWKWARD[4])
        page.locator("#review-h").click()
        page.keyboard.press("r")
        handed = _saved(page, tmp_path, "save-page")
    with page_of(browser, handed, "#review?queue=remarked") as page:
        assert f"驳回 — {AWKWARD[4]}" in page.inner_text("#reviewing")
        assert page.evaluate("document.querySelectorAll('img, iframe').length") == 0


def test_without_scripts_the_decisions_are_told_too(browser: Any, carrying: Path) -> None:
    with page_of(browser, carrying, java_script_enabled=False) as page:
        assert "1 条有人裁定：认可 0、改等级 0、驳回 1" in page.inner_text("#overview .human")
        assert page.locator(".sheetgrid .badge").count() == 1 and page.locator("#requirements .tag.human").count() == 1


def test_an_allegation_that_a_reviewer_accepts_stays_one(browser: Any, alignment: Alignment, tmp_path: Path) -> None:
    """The page counts it as the program does: no finding makes the cell contrary."""
    piece = alignment.evidence[2]
    said = piece.model_copy(update={"grade": "adverse", "basis": "allegation"})
    evidence = tuple(said if one is piece else one for one in alignment.evidence)
    alone = {"status": "none", "score": 0.0, "allegations": 1}
    cells = tuple(one.model_copy(update=alone) if one.evidence == (piece.id,) else one for one in alignment.cells)
    changed = alignment.model_copy(update={"evidence": evidence, "cells": cells})
    accepted, _ = apply(changed, Decisions((_decision(changed, 2),)))
    file = tmp_path / "accepted.html"
    file.write_text(render_html(accepted), encoding="utf-8")
    with page_of(browser, file, f"#matrix?cell={piece.firm}~{piece.requirement}") as page:
        page.wait_for_selector("#panel .panelhead")
        panel = page.inner_text("#panel")
        assert "1 条有人裁定" in page.text_content("#overview .human")
        assert "指称" in panel and "人工： · 查过未见" in panel
    assert next(one for one in accepted.cells if one.evidence == (piece.id,)).review == "none"


def test_two_firms_stand_side_by_side(opened: Open) -> None:
    page = opened("#matrix?cell=机构0~p1-0")
    page.click("#panel .panelhead a")
    sides = page.locator("#comparison .side")
    assert sides.count() == 2 and "机构0推出大字版服务" in sides.nth(0).inner_text()
    page.select_option("#comparison select >> nth=2", label="✕ 机构1")
    assert "机构1推出大字版服务" in sides.nth(1).inner_text() and "with=" in page.url
    page.reload()
    page.wait_for_selector("#comparison .side")
    assert page.locator("#comparison .side h3").all_inner_texts() == ["◆ 机构0", "✕ 机构1"]
    page.select_option("#comparison select >> nth=0", label="第一目 要求p11")
    assert page.locator("#comparison article").count() == 0 and "要求p11" in page.inner_text("#comparison h3 >> nth=0")


def test_progress_leads_to_the_pieces_that_are_left(reviewing: Any) -> None:
    go(reviewing, "requirements?requirement=p1-0")
    reviewing.click("#sheet-requirements .meta a >> text=逐条复核")
    assert "第 1 / 5 条" in reviewing.inner_text("#reviewing")
    reviewing.keyboard.press("a")
    reviewing.click(".standing summary >> nth=1")
    assert "1/5" in reviewing.inner_text(".standing details >> nth=1")


def test_the_page_names_the_format_that_the_program_reads() -> None:
    script = (folder("templates") / "js" / "yaml.js").read_text(encoding="utf-8")
    assert f"FORMAT = '{SCHEMA}'" in script
