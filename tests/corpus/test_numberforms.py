"""Numbers of a sheet are read as a reader of the sheet sees them."""

from __future__ import annotations

import io

import pytest

from mapper.corpus.document import document_text
from mapper.corpus.readers.numberforms import shown
from mapper.model import DocumentText

ACCOUNT = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "form", "seen"),
    [
        ("0.972", "0.0%", "97.2%"),
        ("0.97150000000000003", "0.00%", "97.15%"),
        ("5E-3", "0.0%", "0.5%"),
        ("12345.6", "#,##0", "12,346"),
        ("12345.6", "#,##0.00", "12,345.60"),
        ("-12345.6", "#,##0_);(#,##0)", "(12,346)"),
        ("-3", "[Red]0.0", "-3.0"),
        ("1234.5", ACCOUNT, "1,234.50"),
        ("-1234.5", ACCOUNT, "-1,234.50"),
        ("0", ACCOUNT, "-"),
        ("143", '0"家;网点"', "143家;网点"),
        ("1234567890", '0.0,,"百万"', "1234.6百万"),
        ("1820", "[$¥-804]#,##0", "¥1,820"),
        ("2", "0.##", "2"),
        ("5", "000", "005"),
        ("0.28999999999999998", "", "0.29"),  # no form: what a program stores is not what it shows
        ("131.2", "General", "131.2"),
    ],
)
def test_a_number_is_shown_in_the_form_of_its_cell(stored: str, form: str, seen: str) -> None:
    assert shown(stored, form) == seen


@pytest.mark.parametrize(
    ("stored", "form"),
    [("45000", "yyyy-mm-dd"), ("45000", 'yyyy"年"m"月"d"日"'), ("12", "@"), ("0.25", "# ?/?"), ("123", "[h]:mm"), ("5", "[>9]0.0"),
     ("绿色贷款", "0.0%"), ("1E300", "0"), ("1e99999999", "0"), ("5", "0." + "0" * 400)],
)  # fmt: skip
def test_what_is_no_figure_stays_as_it_is_stored(stored: str, form: str) -> None:
    assert shown(stored, form) == stored


def test_a_sheet_is_read_so() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["指标", "2023年", "2024年"])
    sheet.write_row(1, 0, ["投诉按时办结率", 0.964, 0.988], book.add_format({"num_format": "0.0%"}))
    sheet.write_row(2, 0, ["客户投诉量（件）", 2150, 1987], book.add_format({"num_format": 3}))
    book.close()
    found = document_text("a.xlsx", out.getvalue())
    assert isinstance(found, DocumentText)
    assert [passage.text for passage in found.passages[1:]] == [
        "投诉按时办结率 | 96.4% | 98.8%（2024年98.8%，较2023年的96.4%上升）",
        "客户投诉量（件） | 2,150 | 1,987（2024年1,987件，较2023年的2,150件减少）",
    ]
