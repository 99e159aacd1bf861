"""The workbook: every sheet a consultant needs, frozen heads, drop-downs, and no text taken for a formula."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from mapper.report.formats import FORMATS
from mapper.report.levels import GLYPH
from tests.report.conftest import sample
from tests.review.worlds import FORMULA, HARBOUR, RULINGS, WINDOW, made

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(BytesIO(FORMATS["xlsx"].render(made(*RULINGS))))


def sheet(book: Any, name: str) -> Any:
    return next(one for one in book.worksheets if one.title.endswith(name))


def column(table: Any, heading: str, top: int = 2) -> list[Any]:
    number = next(cell.column for cell in table[top] if cell.value and str(cell.value).splitlines()[-1] == heading)
    return [table.cell(row, number).value for row in range(top + 1, table.max_row + 1)]


def test_the_sheets_in_their_order_chinese_first(book: Any) -> None:
    assert [one.title for one in book.worksheets] == [
        "概览 Overview", "矩阵 Matrix", "证据 Evidence", "空缺 Gaps", "裁定 Decisions", "来源 Sources", "说明 About",
    ]  # fmt: skip


def test_every_sheet_is_set_up_for_paper_with_the_disclaimer(book: Any) -> None:
    for one in book.worksheets:
        assert one.page_setup.paperSize == 9 and one.sheet_properties.pageSetUpPr.fitToPage
        assert "这不是合规结论" in one.oddFooter.left.text


def test_the_matrix_has_the_glyphs_of_the_page_and_frozen_heads(book: Any) -> None:
    matrix = sheet(book, "Matrix")
    assert matrix.freeze_panes == "D4"
    marks = {cell.value for row in matrix.iter_rows(min_row=4, min_col=6) for cell in row if cell.value}
    assert {mark[0] for mark in marks} <= set(GLYPH.values())
    assert any("→" in mark for mark in marks) and any(mark.endswith("≠") for mark in marks)


def test_the_legend_names_every_sign_of_the_page_and_where_to_look_for_those_that_the_sheet_lacks(book: Any) -> None:
    legend = str(sheet(book, "Matrix").cell(2, 1).value)
    assert all(sign in legend for sign in (*GLYPH.values(), "△", "±", "≈"))
    assert "此表不标" in legend and "待定" in legend and "see the sheets Undecided and Evidence" in legend


def test_the_number_beside_a_contrary_mark_counts_what_makes_it() -> None:
    matrix = sheet(openpyxl.load_workbook(BytesIO(FORMATS["xlsx"].render(sample()))), "Matrix")
    marks = {str(cell.value) for row in matrix.iter_rows(min_row=4, min_col=6) for cell in row if cell.value}
    assert {"◆2", "✕1"} <= marks and "✕2" not in marks, "of a finding and a result only the finding makes the mark"
    assert "✕ 旁只数认定的反面证据" in matrix.cell(1, 1).value and "only of findings" in matrix.cell(1, 1).value


def test_every_status_has_its_glyph() -> None:
    made = sample()
    late = next(n for n, cell in enumerate(made.cells) if cell.status == "none")
    cells = [cell.model_copy(update={"status": "not-yet"}) if n == late else cell for n, cell in enumerate(made.cells)]
    workbook = FORMATS["xlsx"].render(made.model_copy(update={"cells": tuple(cells)}))
    matrix = sheet(openpyxl.load_workbook(BytesIO(workbook)), "Matrix")
    overview = openpyxl.load_workbook(BytesIO(workbook)).worksheets[0]
    told = [row for row in overview.iter_rows(values_only=True) if row[0] and str(row[0]).startswith("尚未施行")]
    assert [row[1] for row in told] == [1]
    shown = {str(cell.value)[0] for row in matrix.iter_rows(min_row=4, min_col=6) for cell in row if cell.value}
    assert shown == set(GLYPH.values())


def test_evidence_can_be_decided_with_drop_downs(book: Any) -> None:
    evidence = sheet(book, "Evidence")
    assert evidence.freeze_panes == "C3" and evidence.auto_filter.ref
    lists = {rule.formula1 for rule in evidence.data_validations.dataValidation}
    assert lists == {'"认可 accept,驳回 reject,改等级 regrade,评注 comment"', '"表态 commitment,措施 action,成效 outcome,反面 adverse"'}
    quotes = column(evidence, "Quote")
    decided = dict(zip(quotes, column(evidence, "Decided so far"), strict=True))
    assert decided[WINDOW] == "王芳 2026-03-01 驳回：试"
    assert "王芳" in decided[HARBOUR] and "李雷" in decided[HARBOUR] and "有分歧" in decided[HARBOUR]
    assert set(column(evidence, "Decision (choose)")) == {None}


def test_words_that_look_like_a_formula_stay_words(book: Any) -> None:
    evidence = sheet(book, "Evidence")
    cell = next(cell for row in evidence.iter_rows() for cell in row if cell.value == FORMULA)
    assert cell.data_type == "s"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_it_with_its_drop_downs(tmp_path: Path) -> None:
    file = tmp_path / "m.xlsx"
    file.write_bytes(FORMATS["xlsx"].render(made(*RULINGS)))
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'home').as_uri()}", "--convert-to", "ods"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(file)], check=True, capture_output=True, timeout=120)
    with ZipFile(tmp_path / "m.ods") as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<table:content-validation ") == 3 and "驳回 reject" in content and FORMULA in content


def test_more_rows_than_a_sheet_has_are_not_lost_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    from mapper.report.formats import workbook

    monkeypatch.setattr(workbook, "MOST_ROWS", 5)
    evidence = sheet(openpyxl.load_workbook(BytesIO(FORMATS["xlsx"].render(made(*RULINGS)))), "Evidence")
    assert evidence.max_row == 5 and "alignment.json" in evidence.cell(5, 1).value


def test_the_decisions_are_listed_with_their_state(book: Any) -> None:
    decisions = sheet(book, "Decisions")
    states = column(decisions, "State", top=1)
    assert len(states) == len(RULINGS)
    assert set(states) == {"有效 / current", "有分歧 / in conflict", "无着落 / orphaned"}


def test_about_names_inputs_options_and_what_this_is_not(book: Any) -> None:
    words = [str(cell.value) for row in sheet(book, "About").iter_rows() for cell in row if cell.value]
    assert any("这不是合规结论" in word for word in words) and any("min_score" in word for word in words)
    assert column(sheet(book, "Sources"), "SHA-256", top=1) == ["sha256 of b.txt", "sha256 of 一/a.txt"]
