"""What a file holds beside its text and is no text of it: left out, and told."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from mapper.corpus.document import read_file
from tests.corpus.conftest import Make
from tests.corpus.test_unseen import word

SHOWN = "云岭银行在全部网点设立老年客户服务专窗。"
MORE = "云岭银行为小微企业减免全部手续费。"


def outcome(raw: bytes, name: str = "a") -> tuple[list[str], list[tuple[str, dict[str, object]]]]:
    """The sentences that are read, and what is told of the rest."""
    found = read_file(name, raw)
    read = [passage.text for document in found.documents for passage in document.passages]
    return read, [(one.code, dict(one.params)) for one in found.problems]


# ---- Word


def test_comments_of_word_are_no_text_and_told(make: Make) -> None:
    parts = word(f"<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>")
    comment = f'<w:comment w:id="%d"><w:p><w:r><w:t>{MORE}</w:t></w:r></w:p></w:comment>'
    parts["word/comments.xml"] = f'<w:comments xmlns:w="w">{comment % 1}{comment % 2}</w:comments>'
    assert outcome(make.zipped(parts)) == ([SHOWN], [("comments-unread", {"count": "2"})])


def test_a_diagram_of_word_is_told(make: Make) -> None:
    parts = word(f"<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>")
    parts["word/diagrams/data1.xml"] = f'<d:dataModel xmlns:d="d"><d:pt><d:t>{MORE}</d:t></d:pt><d:pt><d:t>甲</d:t></d:pt></d:dataModel>'
    assert outcome(make.zipped(parts)) == ([SHOWN], [("boxes-unread", {"count": "1"})])


@pytest.mark.parametrize(("part", "told"), [
    ('<w:altChunk r:id="rId5"/>', [("chunks-unread", {"count": "1"})]),
    ('<w:subDoc r:id="rId5"/>', [("chunks-unread", {"count": "1"})]),
    ('<w:p><w:object><o:OLEObject Type="Embed" ProgID="Word.Document.12"/></w:object></w:p>', [("objects-unread", {"count": "1"})]),
    ('<w:p><w:object><o:OLEObject Type="Embed" ProgID="Equation.DSMT4"/></w:object></w:p>', []),
])  # fmt: skip
def test_what_word_keeps_in_files_of_their_own_is_told(make: Make, part: str, told: object) -> None:
    spaces = '<w:document xmlns:r="r" xmlns:o="o" '
    parts = {name: text.replace("<w:document ", spaces) for name, text in word(f"<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>{part}").items()}
    parts["word/afchunk.html"] = f"<html><body><p>{MORE}</p></body></html>"
    assert outcome(make.zipped(parts)) == ([SHOWN], told)
    alone = {name: text.replace(SHOWN, "") for name, text in parts.items()}
    [(code, _)] = outcome(make.zipped(alone))[1]
    assert code == ("document-chunks" if told else "document-no-text")


def test_how_a_character_is_pronounced_is_no_text_of_word(make: Make) -> None:
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>{}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{}</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    name = ruby.format("yún", "云") + ruby.format("lǐng", "岭")
    assert outcome(make.zipped(word(f"<w:p>{name}<w:r><w:t>{SHOWN[2:]}</w:t></w:r></w:p>"))) == ([SHOWN], [])


def chart(title: str, labels: str) -> str:
    pt = '<c:pt idx="0"><c:v>{}</c:v></c:pt>'
    return (
        f'<c:chartSpace xmlns:c="c" xmlns:a="a"><c:title><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:title>'
        f"<c:cat><c:strRef><c:strCache>{pt.format(labels)}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:numCache><c:formatCode>General</c:formatCode>{pt.format('35')}</c:numCache></c:numRef></c:val></c:chartSpace>"
    )


@pytest.mark.parametrize(("title", "labels", "told"), [
    (MORE, "", [("charts-unread", {"count": "1"})]),
    ("", "海港银行", [("charts-unread", {"count": "1"})]),
    ("", "2024", []),
])  # fmt: skip
def test_words_of_a_chart_of_word_are_told(make: Make, title: str, labels: str, told: object) -> None:
    parts = word(f"<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>") | {"word/charts/chart1.xml": chart(title, labels)}
    assert outcome(make.zipped(parts)) == ([SHOWN], told)


@pytest.mark.parametrize("name", ["header1", "footer2"])
@pytest.mark.parametrize(("line", "told"), [("云岭银行2024年年度报告", []), (MORE, [("heads-unread", {"count": "1"})])])
def test_running_heads_of_word_are_dropped_and_sentences_among_them_told(make: Make, name: str, line: str, told: object) -> None:
    parts = word(f"<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>")
    parts[f"word/{name}.xml"] = f'<w:hdr xmlns:w="w"><w:p><w:r><w:t>{line}</w:t></w:r></w:p></w:hdr>'
    assert outcome(make.zipped(parts)) == ([SHOWN], told)
    [document] = read_file("a", make.zipped(parts)).documents
    assert document.document.dropped == len(line)


def test_a_broken_part_beside_the_text_costs_itself_only(make: Make) -> None:
    parts = word(f"<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>") | {"word/comments.xml": "<w:comments", "word/header1.xml": ""}
    assert outcome(make.zipped(parts)) == ([SHOWN], [])


def test_parts_beside_the_text_that_nobody_wrote_by_hand_are_told_unopened(make: Make) -> None:
    huge = "<a>" + "<comment><t>甲</t></comment>" * 200_000 + "</a>"
    parts = word(f"<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>") | {"word/comments.xml": huge, "word/header1.xml": huge}
    read, told = outcome(make.zipped(parts))
    assert read == [SHOWN]
    assert told == [("heads-unread", {"count": "1"}), ("comments-unread", {"count": "1"})]


@pytest.mark.parametrize("notes", ["<w:footnotes><w:p>", "", "<!DOCTYPE a><a/>"])
def test_notes_that_break_off_are_told(make: Make, notes: str) -> None:
    parts = word(f"<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>") | {"word/footnotes.xml": notes}
    assert outcome(make.zipped(parts)) == ([SHOWN], [("notes-broken", {})])


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_of_its_own_are_refused_in_whatever_code_they_are_written(code: str) -> None:
    source = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "{SHOWN}">]><a xmlns:w="w"><w:p><w:t>&x;</w:t></w:p></a>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", source.encode(code))
    assert outcome(out.getvalue()) == ([], [("document-declares", {"format": "DOCX"})])


# ---- Excel


def test_comments_and_text_boxes_of_a_sheet_are_not_read_and_told() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["机构", "正文"])
    sheet.write_row(1, 0, ["云岭银行", SHOWN])
    sheet.write_comment(1, 1, MORE)
    sheet.write_comment(1, 0, MORE)
    sheet.insert_textbox(5, 5, MORE)
    book.close()
    read, told = outcome(out.getvalue())
    assert not any("手续费" in text for text in read) and any("专窗" in text for text in read)
    assert told == [("comments-unread", {"count": "2"}), ("boxes-unread", {"count": "1"})]


@pytest.mark.parametrize(("title", "told"), [(None, []), ("云岭银行减免手续费", [("charts-unread", {"count": "1"})])])
def test_words_of_a_chart_that_stand_in_no_cell_are_told(title: str | None, told: object) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("甲")
    sheet.write_row(0, 0, ["机构", "正文", "笔数"])
    sheet.write_row(1, 0, ["云岭银行", SHOWN, 35])
    drawn = book.add_chart({"type": "column"})
    drawn.add_series({"name": "=甲!$C$1", "categories": "=甲!$A$2:$A$2", "values": "=甲!$C$2:$C$2"})
    if title:
        drawn.set_title({"name": title})
    sheet.insert_chart("E5", drawn)
    book.close()
    assert outcome(out.getvalue())[1] == told


def test_files_of_other_programs_on_a_sheet_are_told(make: Make) -> None:
    row = f"<row><c t='str'><v>{SHOWN}</v></c></row>"
    one = '<oleObject progId="Word.Document.12" shapeId="1025"/>'
    sheet = f'<worksheet><sheetData>{row}</sheetData><oleObjects><a>{one}</a><b>{one}</b></oleObjects></worksheet>'
    assert outcome(make.zipped({"xl/worksheets/sheet1.xml": sheet})) == ([SHOWN], [("objects-unread", {"count": "1"})])


SHAPE = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback>'
    "</mc:AlternateContent></w:r></w:p>"
)
BOX = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        (SHAPE.format(BOX.format(MORE), BOX.format(MORE)), False),
        (SHAPE.format("<w:drawing/>", BOX.format(MORE)), True),
        (SHAPE.format("<w:drawing/>", "<w:pict/>"), False),
        (f'<w:p><w:pict><v:textpath xmlns:v="v" string="{MORE}"/></w:pict></w:p>', True),
    ],
)
def test_words_of_shapes_that_are_not_read_are_told(make: Make, shape: str, told: bool) -> None:
    read, said = outcome(make.zipped(word(f"<w:p><w:r><w:t>{SHOWN}</w:t></w:r></w:p>{shape}")))
    assert (SHOWN in read, MORE in read) == (True, MORE in shape and not told)
    assert said == ([("shapes-unread", {"count": "1"})] if told else [])


@pytest.mark.parametrize(("head", "told"), [
    ("&L&8内部资料&R第&P页", []),
    (f'&C&"宋体,Regular"{MORE}', [("heads-unread", {"count": "1"})]),
])  # fmt: skip
def test_sentences_in_the_running_head_of_a_sheet_are_told(head: str, told: object) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write(0, 0, SHOWN)
    sheet.set_header(head)
    book.close()
    assert outcome(out.getvalue()) == ([SHOWN], told)


# ---- HTML


@pytest.mark.parametrize(("beside", "told"), [
    (f"<iframe srcdoc='&lt;p&gt;{MORE}&lt;/p&gt;'></iframe>", [("frames-unread", {"count": "1"})]),
    (f'<iframe srcdoc="<p>{MORE}</p>"></iframe>', [("frames-unread", {"count": "1"})]),
    ("<iframe src='player.html'></iframe><iframe srcdoc='<br>'></iframe>", []),
    (f"<img src='1.png' alt='{MORE}'>" * 2, [("alts-unread", {"count": "1"})]),
    (f"<img src='1.png' alt='{SHOWN}'><img src='2.png' alt='云岭银行降费！小微企业能省多少？'>", []),
    (f"<nav>首页</nav><footer>{MORE}</footer>", []),
])  # fmt: skip
def test_pages_in_a_page_and_sentences_about_pictures_are_told(beside: str, told: object) -> None:
    """Not so what is left out of every page, its navigation and its foot: it is counted in ``dropped``."""
    page = f"<html><body><p>{SHOWN}</p>{beside}</body></html>"
    assert outcome(page.encode(), "a.html") == ([SHOWN], told)


def test_what_stands_in_navigation_and_foot_of_a_page_is_counted() -> None:
    page = f"<html><body><nav>首页</nav><p>{SHOWN}</p><footer>{MORE}</footer></body></html>"
    [document] = read_file("a.html", page.encode()).documents
    assert document.document.dropped == len("首页" + MORE)
