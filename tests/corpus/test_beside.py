"""What lies on the page and is not seen, or beside the text and is no text of it: left out, and told."""

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


# ---- PDF


COVERED = ("under a shape", "under a white shape", "under a picture", "under a shape in a form", "in a form under a shape")
UNCOVERED = (
    "under a scan", "under a seal", "within a frame", "under a veil", "beside a clipped shape", "before a shape", "underlined",
)  # fmt: skip


def drawn(way: str) -> bytes:
    """A page with one sentence in black, and another in some other way."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pytest.importorskip("pypdfium2")
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    sheet = canvas.Canvas(out, pagesize=(600, 800))

    def line(words: str, y: float, **more: object) -> None:
        text = sheet.beginText(50, y)
        text.setFont("STSong-Light", 12)
        if "mode" in more:
            text.setTextRenderMode(more["mode"])
        text.textLine(words)
        sheet.drawText(text)

    line(SHOWN, 700)
    match way:
        case "invisible":
            line(MORE, 500, mode=3)
        case "white":
            sheet.setFillColorRGB(1, 1, 1)
            line(MORE, 500)
        case "clear":
            sheet.setFillColorRGB(0, 0, 0, alpha=0)
            line(MORE, 500)
        case "outside":
            line(MORE, 900)
        case "cropped":
            sheet.setCropBox((0, 600, 600, 800))
            line(MORE, 500)
        case "white on white":
            sheet.setFillColorRGB(1, 1, 1)
            sheet.rect(0, 400, 600, 200, stroke=0, fill=1)
            line(MORE, 500)
        case "white on blue":
            sheet.setFillColorRGB(0, 0, 0.4)
            sheet.rect(0, 400, 600, 200, stroke=0, fill=1)
            sheet.setFillColorRGB(1, 1, 1)
            line(MORE, 500)
        case "over a scan":
            image = pytest.importorskip("PIL.Image")
            from reportlab.lib.utils import ImageReader

            sheet.drawImage(ImageReader(image.new("RGB", (60, 20), "white")), 0, 400, 600, 200)
            line(MORE, 500, mode=3)
        case "outlined":
            line(MORE, 500, mode=2)
        case "under a shape":
            line(MORE, 500)
            sheet.setFillColorRGB(0.9, 0.9, 0.9)
            sheet.rect(0, 400, 600, 200, stroke=0, fill=1)
        case "under a white shape":
            line(MORE, 500)
            sheet.setFillColorRGB(1, 1, 1)
            sheet.roundRect(40, 480, 500, 50, 10, stroke=0, fill=1)
        case "under a picture" | "under a scan" | "under a seal":
            line(MORE, 500)
            image = pytest.importorskip("PIL.Image")
            from reportlab.lib.utils import ImageReader

            picture = image.new("RGBA", (60, 20), (200, 0, 0, 120 if way == "under a seal" else 255))
            box = (0, 0, 600, 800) if way == "under a scan" else (0, 400, 600, 200)
            sheet.drawImage(ImageReader(picture), *box, mask="auto" if way == "under a seal" else None)
        case "under a shape in a form" | "in a form under a shape":
            def cover() -> None:
                sheet.setFillColorRGB(0.9, 0.9, 0.9)
                sheet.rect(0, 30, 600, 60, stroke=0, fill=1)

            sheet.beginForm("one")
            line(MORE, 50)
            if way == "under a shape in a form":
                cover()
            sheet.endForm()
            sheet.saveState()
            sheet.translate(0, 400)
            sheet.doForm("one")
            if way == "in a form under a shape":
                cover()
            sheet.restoreState()
        case "within a frame":
            line(MORE, 500)
            path = sheet.beginPath()
            path.rect(10, 450, 580, 100)
            path.rect(20, 460, 560, 80)
            sheet.drawPath(path, stroke=0, fill=1, fillMode=0)
        case "under a veil":
            line(MORE, 500)
            sheet.setFillColorRGB(1, 1, 0, alpha=0.4)
            sheet.rect(0, 400, 600, 200, stroke=0, fill=1)
        case "beside a clipped shape":
            line(MORE, 500)
            path = sheet.beginPath()
            path.rect(0, 400, 600, 50)
            sheet.clipPath(path, stroke=0, fill=0)
            sheet.setFillColorRGB(0.9, 0.9, 0.9)
            sheet.rect(0, 400, 600, 200, stroke=0, fill=1)
        case "before a shape":
            sheet.setFillColorRGB(0.9, 0.9, 0.9)
            sheet.rect(0, 400, 600, 200, stroke=0, fill=1)
            sheet.setFillColorRGB(0, 0, 0)
            line(MORE, 500)
        case "underlined":
            line(MORE, 500)
            sheet.rect(40, 497, 500, 1.5, stroke=0, fill=1)
            sheet.rect(40, 504, 500, 1, stroke=0, fill=1)
        case "in a form":
            sheet.beginForm("one")
            line(MORE, 500)
            sheet.endForm()
            sheet.doForm("one")
    sheet.save()
    return out.getvalue()


@pytest.mark.parametrize("way", ["invisible", "white", "clear", "outside", "cropped", "white on white", *COVERED])
def test_what_nobody_sees_on_a_page_is_not_read_and_told(way: str) -> None:
    assert outcome(drawn(way)) == ([SHOWN], [("letters-unseen", {"count": str(len(MORE) - 1)})])


@pytest.mark.parametrize("way", ["white on blue", "over a scan", "outlined", "in a form", *UNCOVERED])
def test_what_is_seen_on_a_page_is_read(way: str) -> None:
    """Letters over a scan are what a program recognised in it."""
    assert outcome(drawn(way)) == ([SHOWN, MORE], [])


def test_what_nobody_can_judge_is_read_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Older versions of the library cannot draw one object alone."""
    raw = drawn("under a shape")
    monkeypatch.delattr("pypdfium2.raw.FPDFPageObj_SetIsActive")
    assert outcome(raw) == ([SHOWN, MORE], [("letters-unjudged", {"count": str(len(MORE))})])


@pytest.mark.parametrize("box", [
    "[0 842 800 0]",
    "[800 842 0 0]",
    "[0 0 800 842] /CropBox [5000 5000 6000 6000]",
    "[0 0 800 842] /Rotate 90",
])
def test_a_page_may_be_given_from_any_corner_and_turned(make: Make, box: str) -> None:
    pytest.importorskip("pypdfium2")
    raw = make.pdf([[SHOWN, MORE]]).replace(b"/MediaBox [0 0 800 842]", b"/MediaBox " + box.encode())
    read, told = outcome(raw)
    assert sorted(read) == sorted([SHOWN, MORE]) and told == []


def test_a_page_of_which_nothing_is_seen_is_no_scan(make: Make) -> None:
    pytest.importorskip("pypdfium2")
    raw = make.pdf([[SHOWN, MORE]]).replace(b"/MediaBox [0 0 800 842]", b"/MediaBox [0 0 800 142]")
    assert outcome(raw) == ([], [("document-unseen", {})])


def test_remarks_and_fields_on_a_page_are_no_text_and_told() -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    pytest.importorskip("pypdfium2")
    out = BytesIO()
    sheet = canvas.Canvas(out, pagesize=(600, 800))
    sheet.drawString(50, 700, "Yunling bank keeps a counter for old customers in each of its branches.")
    sheet.textAnnotation("Is that so?", Rect=(50, 600, 80, 620))
    sheet.freeTextAnnotation("Typed onto the page.", "/Helv 10 Tf", Rect=(50, 500, 280, 520))
    sheet.linkURL("https://example.org", (50, 400, 100, 420))
    sheet.acroForm.textfield(name="filled", value="Yunling bank waives all fees.", x=50, y=300, width=200, height=20)
    sheet.acroForm.textfield(name="empty", value="", x=50, y=200, width=200, height=20)
    sheet.save()
    read, told = outcome(out.getvalue())
    assert len(read) == 1 and told == [("comments-unread", {"count": "2"}), ("fields-unread", {"count": "1"})]


def test_files_attached_to_a_pdf_are_told(make: Make) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(make.pdf([[SHOWN, MORE]]))
    for name in ("a.docx", "b.xlsx"):
        document.new_attachment(name).set_data(b"PK")
    out = BytesIO()
    document.save(out)
    assert outcome(out.getvalue()) == ([SHOWN, MORE], [("attachments-unread", {"count": "2"})])


def test_pages_that_are_pictures_among_pages_of_text_are_told() -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    image = pytest.importorskip("PIL.Image")
    pytest.importorskip("pypdfium2")
    from reportlab.lib.utils import ImageReader

    out = BytesIO()
    sheet = canvas.Canvas(out, pagesize=(600, 800))
    scan = ImageReader(image.new("RGB", (60, 80), "white"))
    for number, page in enumerate(("text", "scan", "text", "empty", "scan", "picture")):
        if page in ("text", "picture"):
            sheet.drawString(50, 60, f"In {number + 2} of its branches, Yunling bank keeps a counter for old customers of every kind.")
        if page in ("scan", "picture"):
            sheet.drawImage(scan, 20, 80, 560, 700)
        sheet.showPage()
    sheet.save()
    assert outcome(out.getvalue())[1] == [("pages-pictures", {"count": "2"})]


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
    assert outcome(out.getvalue()) == ([], [("document-broken", {"format": "DOCX"})])


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


def test_pages_of_garbage_among_pages_of_text_are_told(make: Make) -> None:
    pytest.importorskip("pypdfium2")
    garbage = [(SHOWN + MORE).encode().decode("gbk", "ignore")] * 3
    read, told = outcome(make.pdf([[SHOWN], garbage, [MORE]]))
    assert read == [SHOWN, MORE] and told == [("pages-garbled", {"count": "1"})]
    assert outcome(make.pdf([garbage, garbage])) == ([], [("document-garbled", {})])


def test_a_font_without_a_character_map_is_garbage(make: Make) -> None:
    pytest.importorskip("pypdfium2")
    lines = [SHOWN, MORE, "海港银行开通绿色通道，由专人陪同老年客户办理业务。", "该行并向农户发放信用贷款。"]
    raw = make.pdf([lines]).replace(b"/Encoding /UniGB-UCS2-H", b"/Encoding /Identity-H   ")
    assert outcome(raw) == ([], [("document-garbled", {})])


def test_pages_past_the_limit_are_told(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdfium2")
    monkeypatch.setattr("mapper.corpus.readers.pdf.PAGES_LIMIT", 2)
    read, told = outcome(make.pdf([[SHOWN], [MORE], [SHOWN + MORE]]))
    assert read == [SHOWN, MORE] and told == [("document-cut-pages", {"limit": "2"})]
