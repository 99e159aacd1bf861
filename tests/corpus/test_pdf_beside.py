"""What lies on the page of a PDF and is not seen, or beside its text and is no text of it: left out, and told."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.corpus.conftest import Make
from tests.corpus.test_beside import MORE, SHOWN, outcome

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
