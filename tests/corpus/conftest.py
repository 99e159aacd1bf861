"""Makes real files of each kind for the tests, with known text, and finds the corpora."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
GLOSSES = {
    "監": "jiān",
    "務": "wù",
    "業": "yè",
    "數": "shù",
    "發": "fā",
    "驅": "qū",
    "負": "fù",
    "責": "zé",
    "構": "gòu",
}


class Make:
    """Everything below, for tests that ask for the fixture ``make``."""

    def pdf(self, pages: Sequence[Sequence[str]], title: str = "") -> bytes:
        return pdf(pages, title)

    def docx(self, parts: Sequence[str | tuple[str, str] | Sequence[Sequence[str]]], title: str = "") -> bytes:
        return docx(parts, title)

    def zipped(self, parts: dict[str, str]) -> bytes:
        return zipped(parts)

    def glossed(self, traditional: str) -> str:
        return glossed(traditional)


@pytest.fixture(scope="session")
def make() -> Make:
    """Makes files: pdf, docx, zipped, and text damaged by glosses."""
    return Make()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The corpus that ships with the project."""
    return SEEDS


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material beside the repository, which is not part of it."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared beside the repository: the development corpus is not ours to ship")
    return SHARED


def pdf(pages: Sequence[Sequence[str]], title: str = "") -> bytes:
    """A PDF with a text layer: each page a sequence of lines, in a Chinese font that is not embedded."""
    objects: list[bytes] = [b"", b""]

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    descriptor = add(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    inner = add(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor %d 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>" % descriptor
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [%d 0 R] >>"
        % inner
    )
    kids = []
    for page in pages:
        shown = b"".join(b"<%s> Tj T*\n" % line.encode("utf-16-be").hex().encode() for line in page)
        content = b"BT /F1 9 Tf 12 TL 40 800 Td\n" + shown + b"ET"
        stream = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 842] /Contents %d 0 R"
                b" /Resources << /Font << /F1 %d 0 R >> >> >>" % (stream, font)
            )
        )
    info = add(b"<< /Title <feff%s> /CreationDate (D:20230405120000Z) >>" % title.encode("utf-16-be").hex().encode())
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return pdf_of(objects, b"/Info %d 0 R" % info)


def pdf_of(objects: Sequence[bytes], more: bytes = b"") -> bytes:
    """The objects of a PDF, numbered from 1, as a file; the first is its catalog, ``more`` stands in its trailer."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, more)
    return bytes(out + b"startxref\n%d\n%%%%EOF" % xref)


def docx(parts: Sequence[str | tuple[str, str] | Sequence[Sequence[str]]], title: str = "") -> bytes:
    """A Word file: a string is a paragraph, ``(style, text)`` a styled one, a list of rows a table."""
    body = ""
    for part in parts:
        if isinstance(part, str):
            body += _paragraph(part)
        elif isinstance(part, tuple):
            body += _paragraph(part[1], part[0])
        else:
            rows = "".join(
                "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in part
            )
            body += f"<w:tbl>{rows}</w:tbl>"
    return zipped(
        {
            "word/document.xml": '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="urn:w"><w:body>'
            f"{body}</w:body></w:document>",
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="urn:c" xmlns:dc="urn:d">'
            f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>",
        }
    )


def _paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    half = len(text) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in (text[:half], text[half:]))
    return f"<w:p>{properties}{runs}</w:p>"


def zipped(parts: dict[str, str]) -> bytes:
    """A zip file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def glossed(traditional: str) -> str:
    """A text damaged as the converter did it: every two bytes that read as a glossed character get its pinyin."""
    raw = traditional.encode("gbk")
    for char, pinyin in GLOSSES.items():
        marker = b"(" + pinyin.encode("utf-8").hex().encode() + b")"
        raw = raw.replace(char.encode("gbk"), char.encode("gbk") + marker)
    text = _shifted(raw)
    for pinyin in GLOSSES.values():
        text = text.replace(pinyin.encode("utf-8").hex() + ")", pinyin + ")")
    return text


def _shifted(raw: bytes) -> str:
    """Read GBK as the converter did: a first byte and what follows it are one character, or one question mark."""
    text = ""
    i = 0
    while i < len(raw):
        size = 1 if raw[i] < 0x81 else 2
        try:
            text += raw[i : i + size].decode("gbk")
        except UnicodeDecodeError:
            text += "?"
        i += size
    return text
