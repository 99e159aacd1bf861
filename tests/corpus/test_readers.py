"""Every format gives the same kind of blocks: known text, in order, with its place in the decoded original."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mapper.archive import DEPTH_LIMIT
from mapper.corpus.document import document_text
from mapper.corpus.readers import read
from mapper.corpus.reading import Block
from mapper.model import DocumentText
from mapper.problems import UnreadableError

if TYPE_CHECKING:
    from tests.corpus.conftest import Make

ONE = "马上消费坚持自主研发，将数字化技术与金融业务深度融合，申请专利数已经超过490项。"
TWO = "截至2021年10月末,注册用户近1.4亿,累计服务县域用户和农村用户分别为3052万人、2494万人。"


def texts(raw: bytes | str) -> list[str]:
    return [block.words.text for block in blocks(raw)]


def blocks(raw: bytes | str) -> tuple[Block, ...]:
    return read(raw.encode() if isinstance(raw, str) else raw).blocks


def whole(raw: bytes | str) -> DocumentText:
    found = document_text("a", raw.encode() if isinstance(raw, str) else raw)
    assert isinstance(found, DocumentText), found
    return found


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>年报_某某网</title>{head}</head><body>{body}</body></html>"


# ---- plain text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\u2028"])
def test_text_a_line_is_a_paragraph(end: str) -> None:
    reading = read(f"{ONE}{end}  {TWO}{end}".encode())
    assert reading.format == "text"
    assert [block.words.text for block in reading.blocks] == [ONE, TWO]
    assert all(reading.text[block.words.start : block.words.end] == block.words.text for block in reading.blocks)


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def test_text_wrapped_at_a_fixed_width_is_joined() -> None:
    long = ONE.replace("。", ",") + TWO
    text = "\n\n".join(wrapped(part, 30) for part in (long, TWO + ONE, ONE + ONE))
    assert texts(text) == [long, TWO + ONE, ONE + ONE]


def test_text_with_lines_of_its_own_length_is_not_joined() -> None:
    lines = ["第一行", ONE, "一个标题", TWO, ONE + TWO, "截至2022年末,累计为47个贫困县贡献增值税超23亿元", "末行"]
    assert texts("\n".join(lines)) == lines


# ---- Markdown


def test_markdown_marks_are_dropped_and_headings_kept() -> None:
    front = "---\ntitle: 标题\ndate: 2024-05-06\n---\n"
    reading = read(f"{front}# 总则\n\n{ONE}[链接](http://a.b)**重点**\n\n- 一项\n* 二项\n".encode())
    assert reading.format == "markdown"
    assert [(block.words.text, block.kind) for block in reading.blocks] == [
        ("总则", "heading"),
        (ONE + "链接重点", "text"),
        ("一项", "text"),
        ("二项", "text"),
    ]
    assert reading.stated == {"title": "标题", "date": "2024-05-06"}


def test_markdown_tables_are_kept_row_by_row() -> None:
    assert texts("# 表\n\n| 项目 | 余额 |\n|---|---|\n| 普惠贷款 | 700亿元 |\n") == [
        "表",
        "项目 | 余额",
        "普惠贷款 | 700亿元",
    ]


def test_markdown_may_hold_html() -> None:
    text = f"# 标题\n\n<p>{ONE}</p>\n<table><tr><td>甲</td><td>乙</td></tr></table>\n\n{TWO}\n"
    assert texts(text) == ["标题", ONE, "甲 | 乙", TWO]


def test_a_hash_tag_makes_no_markdown() -> None:
    assert read(f"#普惠金融# {ONE}\n{TWO}".encode()).format == "text"


# ---- HTML


def test_html_gives_paragraphs_with_places_in_the_source() -> None:
    source = page(f"<h1>标题</h1><p>{ONE}</p><div>{TWO}</div>")
    reading = read(source.encode())
    assert reading.format == "html"
    assert [(block.words.text, block.kind) for block in reading.blocks] == [
        ("标题", "title"),
        (ONE, "text"),
        (TWO, "text"),
    ]
    assert all(source[block.words.start : block.words.end] == block.words.text for block in reading.blocks)


def test_html_tags_within_a_sentence_leave_no_trace_and_entities_are_decoded() -> None:
    assert texts(page("<p>普惠<b>金融</b>&ldquo;好&rdquo;&#65292;A&amp;B<a href='x>y'>服务</a></p>")) == [
        "普惠金融“好”，A&B服务"
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '<p>隐藏</p>';</script>",
        "<style>p { color: red }</style>",
        "<!-- 隐藏 -->",
        "<nav>隐藏</nav>",
        "<footer>隐藏</footer>",
        "<div style='display: none'>隐藏</div>",
        "<div hidden>隐藏</div>",
        "<div class='main-nav'>隐藏</div>",
        "<div id='shareBar'>隐藏</div>",
        "<ul class='breadcrumb'><li>隐藏</li></ul>",
        "<div role='navigation'><p>隐藏</p></div>",
        "<select><option>隐藏</option></select>",
        "<noscript>隐藏</noscript>",
        "<textarea><p>隐藏</textarea>",
    ],
)
def test_html_that_is_hidden_or_navigation_is_dropped(hidden: str) -> None:
    assert texts(page(f"<p>{ONE}</p>{hidden}<p>{TWO}</p>")) == [ONE, TWO]


def test_html_whose_classes_would_drop_everything_is_read_all_the_same() -> None:
    assert texts(page(f"<div class='sidebar'><p>{ONE}</p><p>{TWO}</p></div>")) == [ONE, TWO]


def test_html_tables_are_kept_row_by_row() -> None:
    table = "<table><tr><th>项目<th>余额<tr><td><p>普惠贷款</p></td><td>700<br>亿元</td></table>"
    assert [(block.words.text, block.kind) for block in blocks(page(table))] == [
        ("项目 | 余额", "row"),
        ("普惠贷款 | 700 亿元", "row"),
    ]


def test_html_tables_that_lay_out_a_page_are_what_they_hold() -> None:
    long = ONE * 5
    assert texts(page(f"<table><tr><td>栏目</td><td><p>{long}</p><p>{TWO}</p></td></tr></table>")) == [
        "栏目",
        long,
        TWO,
    ]


def test_html_line_breaks_end_paragraphs_and_source_lines_do_not() -> None:
    assert texts(page("<p>普惠\n金融<br/>绿色\n  finance\n news</p>")) == ["普惠金融", "绿色 finance news"]


def test_html_that_is_broken_is_read_as_a_browser_would() -> None:
    assert texts(f"<html><body><p>{ONE}<p>{TWO}<div>a < b</span></div><li>x<li>y") == [ONE, TWO, "a < b", "x", "y"]
    assert texts(page('<p title="a > b">甲乙</p><img src="<?php echo base_url(\'x\');?>"><p>丙丁</p>')) == [
        "甲乙",
        "丙丁",
    ]


def test_html_states_its_title_source_and_date() -> None:
    head = '<meta property="og:site_name" content="某报"><meta name="publishdate" content="2024-05-06 07:08">'
    document = whole(page(f"<p>{ONE}</p>", head)).document
    assert (document.title, document.publisher, document.date, document.date_basis) == (
        "年报",
        "某报",
        "2024-05-06",
        "stated",
    )


def test_html_links_that_fill_a_line_are_navigation() -> None:
    found = whole(page(f"<p>{ONE}</p><div><a>公司业务</a> <a>个人业务</a></div><p>{TWO}</p>"))
    assert [passage.text for passage in found.passages] == [ONE, TWO]
    assert found.document.dropped == len("公司业务 个人业务")


# ---- PDF


def test_pdf_lines_are_joined_and_running_heads_dropped(make: Make) -> None:
    pytest.importorskip("pypdfium2")
    rows = wrapped(ONE + ONE, 30).split("\n")
    pages = [
        ["某银行2023年年度报告", "普惠金融", *wrapped(TWO + ONE, 30).split("\n"), rows[0], "- 1 -"],
        ["某银行2023年年度报告", *rows[1:], "绿色金融", TWO, "- 2 -"],
        ["某银行2023年年度报告", TWO + "完。", "- 3 -"],
    ]
    reading = read(make.pdf(pages))
    assert reading.format == "pdf"
    assert [(block.words.text, block.page) for block in reading.blocks] == [
        ("普惠金融", 1),
        (TWO + ONE, 1),
        (ONE + ONE, 1),
        ("绿色金融", 2),
        (TWO, 2),
        (TWO + "完。", 3),
    ]
    assert "年度报告" not in reading.text
    assert all(
        reading.text[block.words.start : block.words.end].replace("\n", "").replace("\f", "") == block.words.text
        for block in reading.blocks
    )


def test_pdf_pages_are_kept_on_passages_and_properties_read(make: Make) -> None:
    pytest.importorskip("pypdfium2")
    found = document_text("a.pdf", make.pdf([[ONE], [TWO]], title="某银行年度报告"))
    assert isinstance(found, DocumentText)
    assert [(passage.text, passage.page) for passage in found.passages] == [(ONE, 1), (TWO, 2)]
    assert (found.document.title, found.document.title_basis) == ("某银行年度报告", "inferred")


def test_pdf_without_text_is_named_a_scan(make: Make) -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(UnreadableError) as caught:
        read(make.pdf([[], []]))
    assert caught.value.code == "document-scan"


def test_pdf_without_its_extra_names_the_extra(monkeypatch: pytest.MonkeyPatch, make: Make) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(UnreadableError) as caught:
        read(make.pdf([[ONE]]))
    assert (caught.value.code, caught.value.params["extra"]) == ("document-extra-missing", "pdf")


# ---- Word


def test_word_gives_paragraphs_headings_and_tables(make: Make) -> None:
    reading = read(
        make.docx([("Heading1", "普惠金融"), ONE, [["项目", "余额"], ["普惠贷款", "700亿元"]], TWO], title="年报")
    )
    assert reading.format == "docx"
    assert [(block.words.text, block.kind) for block in reading.blocks] == [
        ("普惠金融", "heading"),
        (ONE, "text"),
        ("项目 | 余额", "row"),
        ("普惠贷款 | 700亿元", "row"),
        (TWO, "text"),
    ]
    assert all(reading.text[block.words.start : block.words.end] == block.words.text for block in reading.blocks)


def test_word_files_that_are_bombs_are_left_out(make: Make) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="urn:w">&a;</w:document>'
    deep = "<a>" * 5000 + "</a>" * 5000
    outside = '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><w:document xmlns:w="urn:w"/>'
    wrong = {bomb: "document-declares", outside: "document-declares", deep: "document-too-deep", "<w:document": "document-broken"}
    for body, code in wrong.items():
        with pytest.raises(UnreadableError) as caught:
            read(make.zipped({"word/document.xml": body}))
        assert caught.value.code == code


def test_tables_within_tables_beyond_the_limit_are_named_with_it(make: Make) -> None:
    tables = "<w:tbl><w:tr><w:tc>" * 100 + f"<w:p><w:r><w:t>{ONE}</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 100
    with pytest.raises(UnreadableError) as caught:
        read(make.zipped({"word/document.xml": f'<w:document xmlns:w="urn:w"><w:body>{tables}</w:body></w:document>'}))
    assert (caught.value.code, caught.value.params) == ("document-too-deep", {"format": "DOCX", "limit": str(DEPTH_LIMIT)})


# ---- Excel


def test_excel_rows_are_lines_and_a_lone_cell_is_a_passage(make: Make) -> None:
    sheet = (
        '<worksheet xmlns="urn:x"><sheetData><row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>余额</t></is></c></row>'
        f"<row><c/></row><row><c t='s'><v>1</v></c><c><v>700.51</v></c></row><row><c t='str'><v>{ONE}</v></c></row>"
        "</sheetData></worksheet>"
    )
    strings = (
        '<sst xmlns="urn:x"><si><t>项目</t></si><si><r><t>普惠</t></r><r><t>贷款</t></r><rPh><t>pu</t></rPh></si></sst>'
    )
    reading = read(make.zipped({"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings}))
    assert reading.format == "xlsx"
    assert [(block.words.text, block.kind) for block in reading.blocks] == [
        ("项目 | 余额", "row"),
        ("普惠贷款 | 700.51", "row"),
        (ONE, "text"),
    ]
    assert reading.text == f"项目 | 余额\n普惠贷款 | 700.51\n{ONE}"


# ---- JSON lines


def test_json_lines_are_texts_with_titles() -> None:
    first = '{"title": "甲", "text": "普惠\\u91d1融\\n绿色\\"金融\\"", "source": "某报"}'
    raw = first + '\n{"text": "数字\\ud83d\\ude00"}\nbroken\n'
    reading = read(raw.encode())
    assert reading.format == "jsonl"
    assert [block.words.text for block in reading.blocks] == ["甲", "普惠金融", '绿色"金融"', "数字😀"]
    assert reading.stated == {"publisher": "某报"}
    third = reading.blocks[2].words
    assert raw[third.start : third.end] == '绿色\\"金融\\"'
