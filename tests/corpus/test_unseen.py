"""What nobody sees is not read: hidden by a style sheet, of the colour of what is behind it, in a hidden row or column."""

from __future__ import annotations

import time
from io import BytesIO

import pytest

from mapper.corpus.document import document_text, read_file
from mapper.model import DocumentText
from tests.corpus.conftest import Make

SHOWN = "云岭银行设立服务专窗。"
ALL = "云岭银行多余设立服务专窗。"


def texts(source: str | bytes) -> list[str]:
    found = document_text("a", source.encode() if isinstance(source, str) else source)
    assert isinstance(found, DocumentText), found
    return [p.text for p in found.passages]


def page(css: str, more: str = "class='x'", head: str = "") -> str:
    inner = f"<div class='around' id='main'><p>云岭银行<span {more}>多余</span>设立服务专窗。</p></div>"
    return f"<html><head>{head}<style>{css}</style></head><body>{inner}</body></html>"


@pytest.mark.parametrize(
    "css",
    [
        ".x{display:none}",
        ".x { visibility : hidden ; }",
        "span.x{opacity:0}",
        ".x{font-size:0px}",
        ".x{font-size:.0em}",
        ".x{text-decoration:underline line-through}",
        "p .x{display:none!important}",
        "#main .x{display:none}",
        ".around>p>span{display:none}",
        "h1, .x, h2{display:none}",
        "/* }{ */ .x{display:none /* ; */}",
        "@import 'a.css'; @media screen{.x{display:none}}",
        ".x{color:#fff}",
        "p{color:red} .x{color:WHITE}",
        ".x{color:rgb(254, 254, 254)}",
        ".x{color:transparent}",
        ".x{color:rgba(0,0,0,0)}",
        "body{background:#003366;color:#eee} .x{color:#003366}",
        ".x{display:block} span.x{display:none}",
        "<!-- .x{display:none} -->",
    ],
)
def test_what_a_style_sheet_hides_is_no_text(css: str) -> None:
    assert texts(page(css)) == [SHOWN]


@pytest.mark.parametrize(
    "css",
    [
        ".y{display:none}",
        "@media print{.x{display:none}}",
        "@media (max-width: 600px){.x{display:none}}",
        "@keyframes a{from{opacity:0}to{opacity:1}} .x{animation:a 1s}",
        ".x:hover{display:none}",
        "[class=y]{display:none}",
        ".x.y{display:none}",
        "div>.x{display:none}",
        "h1 .x{display:none}",
        ".x{display:none} span.x{display:inline}",
        ".x{display:none} #main .x{display:inline}",
        ".x{opacity:0.5}",
        ".x{font-size:0.8em}",
        ".x{color:#fff;background:#036}",
        ".around{background:#036} .x{color:#fff}",
        ".around{background:url(a.png) no-repeat} .x{color:#fff}",
        ".x{color:#fff;position:absolute}",
        "body{background:#036;color:#fff}",
        "body{visibility:hidden}",
        "}}}{{{ .x{display",
    ],
)
def test_what_is_seen_on_a_screen_is_text(css: str) -> None:
    assert texts(page(css)) == [ALL]


def test_a_style_of_the_element_itself_has_the_last_word() -> None:
    assert texts(page(".x{display:none}", "class='x' style='display:inline'")) == [ALL]
    assert texts(page(".x{color:#fff}", "class='x' style='color:#333'")) == [ALL]
    assert texts(page(".x{display:none !important}", "class='x'")) == [SHOWN]


def test_what_stands_behind_letters_is_not_known_where_sheets_lie_elsewhere() -> None:
    link = "<link rel='stylesheet' href='a.css'>"
    assert texts(page(".x{color:#fff}", head=link)) == [ALL]
    assert texts(page(".x{display:none}", head=link)) == [SHOWN]


def test_white_letters_in_a_dark_cell_are_text() -> None:
    row = "<tr><td bgcolor='#003366'><font color='white'>云岭银行设立专窗。</font></td></tr>"
    assert texts(f"<html><body><table>{row}</table><p>{SHOWN}</p></body></html>") == ["云岭银行设立专窗。", SHOWN]


def test_where_nearly_all_would_be_hidden_a_script_shows_it() -> None:
    assert texts(f"<html><head><style>.x{{display:none}}</style></head><body><p class='x'>{SHOWN}</p></body></html>") == [SHOWN]


def test_style_sheets_made_to_take_long_do_not() -> None:
    css = "".join(f".a .b .c .x{n % 7} .k{{display:none}} " for n in range(6_000))
    body = "<div class='k x1 x2 x3 a b'>" * 140 + "<p class='k'>字</p>" * 5_000
    begun = time.process_time()
    read_file("a.html", f"<html><head><style>{css}</style></head><body>{body}<p>{SHOWN}</p></body></html>".encode())
    read_file("b.html", f"<html><head><style>{'/*' * 200_000}</style></head><body><p>{SHOWN}</p></body></html>".encode())
    assert time.process_time() - begun < 15


def word(body: str, styles: str = "", ground: str = "") -> dict[str, str]:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    parts = {"word/document.xml": f'{head}<w:document xmlns:w="urn:w">{ground}<w:body>{body}</w:body></w:document>'}
    return parts | ({"word/styles.xml": f'{head}<w:styles xmlns:w="urn:w">{styles}</w:styles>'} if styles else {})


def style(id: str, says: str, based_on: str = "") -> str:
    return f'<w:style w:styleId="{id}"><w:basedOn w:val="{based_on}"/><w:rPr>{says}</w:rPr></w:style>'


def sentence(properties: str, paragraph: str = "") -> str:
    middle = f"<w:r><w:rPr>{properties}</w:rPr><w:t>多余</w:t></w:r>"
    around = [f"<w:r><w:t>{part}</w:t></w:r>" for part in ("云岭银行", "设立服务专窗。")]
    return f"<w:p><w:pPr>{paragraph}</w:pPr>{around[0]}{middle}{around[1]}</w:p>"


X = '<w:rStyle w:val="X"/>'


@pytest.mark.parametrize(
    ("says", "based_on", "own"),
    [
        ("<w:vanish/>", "", ""),
        ("<w:strike/>", "", ""),
        ('<w:color w:val="FFFFFF"/>', "", ""),
        ("", "Y", ""),
        ('<w:color w:val="FF0000"/>', "Y", ""),
        ('<w:vanish w:val="0"/>', "", "<w:vanish/>"),
    ],
)
def test_what_a_style_of_word_hides_is_no_text(make: Make, says: str, based_on: str, own: str) -> None:
    styles = style("X", says, based_on) + style("Y", "<w:vanish/>", "X")
    assert texts(make.zipped(word(sentence(X + own), styles))) == [SHOWN]


@pytest.mark.parametrize(
    ("says", "own", "ground"),
    [
        ('<w:color w:val="333333"/>', "", ""),
        ("<w:vanish/>", '<w:vanish w:val="0"/>', ""),
        ('<w:color w:val="FFFFFF"/><w:shd w:fill="003366"/>', "", ""),
        ('<w:color w:val="FFFFFF"/>', '<w:color w:val="000000"/>', ""),
        ('<w:color w:val="FFFFFF"/>', '<w:highlight w:val="blue"/>', ""),
        ('<w:color w:val="FFFFFF"/>', "", '<w:background w:color="003366"/>'),
    ],
)
def test_what_a_style_of_word_shows_is_text(make: Make, says: str, own: str, ground: str) -> None:
    assert texts(make.zipped(word(sentence(X + own), style("X", says), ground))) == [ALL]


def test_a_hidden_style_of_paragraphs_hides_them_and_no_other(make: Make) -> None:
    hidden = sentence("", '<w:pStyle w:val="X"/>')
    assert texts(make.zipped(word(hidden + sentence("<w:vanish/>"), style("X", "<w:vanish/>")))) == [SHOWN]


def test_white_letters_in_a_table_whose_style_is_dark_are_text(make: Make) -> None:
    cell = "<w:tc>" + sentence('<w:color w:val="FFFFFF"/>') + "</w:tc>"
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr>{cell}{cell}</w:tr></w:tbl>'
    dark = '<w:style w:styleId="T"><w:tblStylePr><w:tcPr><w:shd w:fill="003366"/></w:tcPr></w:tblStylePr></w:style>'
    assert "多余" in texts(make.zipped(word(table, dark)))[0]
    assert "多余" not in texts(make.zipped(word(table, dark.replace("003366", "auto"))))[0]


def book(**hide: object) -> bytes:
    """Two rows and three columns, of which something is hidden."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = BytesIO()
    made = xlsxwriter.Workbook(out)
    sheet = made.add_worksheet("甲")
    form = made.add_format(hide["form"]) if "form" in hide else None
    sheet.write_row(0, 0, ["正文", "机构", "备注"])
    sheet.write_row(1, 0, [SHOWN, "云岭银行", "其一"])
    sheet.write_row(2, 0, ["全部网点配备老花镜。", "海港银行", "其二"], form)
    if "row" in hide:
        sheet.set_row(hide["row"], None, None, {"hidden": True})
    if "column" in hide:
        sheet.set_column(hide["column"], hide["column"], None, None, {"hidden": True})
    made.close()
    return out.getvalue()


@pytest.mark.parametrize(
    "hide",
    [{"row": 2}, {"form": {"font_color": "#FFFFFF"}}, {"form": {"num_format": ";;;"}}],
)
def test_rows_that_nobody_sees_are_named_and_not_read(hide: dict[str, object]) -> None:
    found = read_file("a.xlsx", book(**hide))
    assert [passage.text for text in found.documents for passage in text.passages] == [SHOWN]
    assert [(one.code, one.severity, one.params) for one in found.problems] == [("cells-hidden", "left-out", {"count": "3"})]


def test_columns_that_nobody_sees_are_named_and_not_read() -> None:
    found = read_file("a.xlsx", book(column=1))
    assert {text.document.owner for text in found.documents} == {None}
    assert not any(passage.text == "云岭银行" for text in found.documents for passage in text.passages)
    assert [one.params for one in found.problems if one.code == "cells-hidden"] == [{"count": "3"}]


@pytest.mark.parametrize("form", [{"font_color": "#FFFFFF", "bg_color": "#003366"}, {"font_color": "#FEFE00"}, {"bold": True}])
def test_cells_that_are_seen_are_read(form: dict[str, object]) -> None:
    found = read_file("a.xlsx", book(form=form))
    assert len(found.documents) == 2 and not found.problems


def test_a_sheet_with_thousands_of_hidden_columns_takes_no_longer(make: Make) -> None:
    columns = "<col min='4' max='9999999' hidden='1'/>" * 3_000
    rows = "<row>" + '<c t="str"><v>字</v></c>' * 30 + "</row>"
    sheet = f"<worksheet><cols>{columns}</cols><sheetData>{rows * 500}</sheetData></worksheet>"
    begun = time.process_time()
    found = read_file("a.xlsx", make.zipped({"xl/worksheets/sheet1.xml": sheet}))
    assert [one.params for one in found.problems if one.code == "cells-hidden"] == [{"count": f"{500 * 27}"}]
    assert time.process_time() - begun < 5


def test_what_markdown_hides_is_no_text() -> None:
    comment = "<!-- 注释多余。\n\n还是多余。 -->"
    pieces = ["<p style='display:none'>隐藏多余。</p>", "<span style='color:#fff'>白字多余。</span>", "<style>.x{color:red}</style>"]
    assert texts("\n\n".join(["# 标题", comment, *pieces, SHOWN, "<!-- 没有完的注释"]))[:2] == ["标题", SHOWN]
