"""The shipped articles in every dress give the evidence that they give as they are.

Where a dress takes something away, the rule that explains it stands beside it.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest

from mapper import run
from mapper.align.match import match_document
from mapper.corpus import fingerprint, normalised
from mapper.corpus.document import document_texts
from mapper.corpus.settings import DocumentSettings, Settings
from mapper.corpus.settings import read as read_settings
from mapper.model import Alignment, DocumentText
from mapper.shipped import folder

if TYPE_CHECKING:
    from tests.corpus.conftest import Make

NAMES = sorted(path.name for path in folder("seeds").glob("0*.txt"))
DAMAGED = {name for name in NAMES if name.startswith(("002", "004"))}
Found = set[tuple[str, str, str]]


@cache
def inputs() -> run.Inputs:
    return run.read_inputs(folder("policies"), folder("seeds"))


@cache
def settings() -> Settings:
    return read_settings(folder("seeds"))[0]


@cache
def article(name: str) -> str:
    return (folder("seeds") / name).read_text(encoding="utf-8")


@cache
def clean(name: str) -> tuple[str, ...]:
    """The repaired paragraphs of an article: what a format that is not text would have been made from."""
    found = next(text for text in inputs().corpus.documents if text.document.id == name)
    lines: dict[int, str] = {}
    for passage in found.passages:
        speech = passage.speaker if passage.speaker and passage.paragraph not in lines else None
        asked = "记者" if passage.role == "question" and passage.paragraph not in lines else None
        label = f"{speech or asked}：" if speech or asked else ""
        lines[passage.paragraph] = lines.get(passage.paragraph, "") + label + passage.text
    return tuple(lines.values())


def evidence(name: str, raw: bytes, margin: float = 0.0) -> Found:
    """Firm, requirement and normalised quote of all evidence that an article gives in these bytes.

    ``margin``: how far above the line its score must be, since what stands around a sentence moves its score a little.
    """
    entry = settings().entries[name]
    found = document_texts(name, raw, DocumentSettings(**entry.model_dump()))
    assert isinstance(found, tuple), found
    return {key for text in found for key in keys(text, margin)}


def keys(text: DocumentText, margin: float) -> Found:
    reader = inputs().shelf
    assert reader is not None
    line = reader.model.weighing["line"] + margin
    pieces = match_document(text, inputs().catalog, inputs().registry, reader, line).evidence
    return {(piece.firm, piece.requirement, normalised(piece.quote)) for piece in pieces}


@cache
def original(name: str, margin: float = 0.0) -> frozenset[tuple[str, str, str]]:
    found = frozenset(evidence(name, article(name).encode(), margin))
    assert len(found) >= 10
    return found


def markdown(lines: tuple[str, ...]) -> bytes:
    return ("---\nauthor: 某人\n---\n\n" + "\n\n".join(lines) + "\n").encode()


def html(lines: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    return f"<!doctype html><html><body><nav>首页</nav><div>{body}</div><footer>版权所有</footer></body></html>".encode()


def jsonl(lines: tuple[str, ...]) -> bytes:
    return "\n".join(json.dumps({"text": line}) for line in lines).encode()


def csv(lines: tuple[str, ...]) -> bytes:
    return "\n".join(["正文", *('"' + line.replace('"', '""') + '",' for line in lines)]).replace("正文", "正文,注").encode()


def word(lines: tuple[str, ...]) -> bytes:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def excel(lines: tuple[str, ...]) -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["正文", *lines])
    book.close()
    return out.getvalue()


def pdf(lines: tuple[str, ...]) -> bytes:
    pytest.importorskip("reportlab")
    pytest.importorskip("pypdfium2")
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("x", fontName="STSong-Light", fontSize=10, leading=15, wordWrap="CJK", spaceAfter=9, firstLineIndent=20)
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=True).build([Paragraph(escape(line), style) for line in lines])
    return out.getvalue()


FORMATS: dict[str, Callable[[tuple[str, ...]], bytes]] = {
    "md": markdown, "html": html, "jsonl": jsonl, "csv": csv, "docx": word, "xlsx": excel, "pdf": pdf,
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", NAMES)
def test_in_another_encoding(name: str, encoding: str) -> None:
    assert evidence(name, article(name).encode(encoding)) == original(name)


MARGIN = 0.15


@pytest.mark.parametrize("width", [30, 38])
@pytest.mark.parametrize("name", sorted(set(NAMES) - DAMAGED))
def test_wrapped_at_a_fixed_width(name: str, width: int) -> None:
    """A paragraph that ends without a full stop, in a line that happens to be full to four characters, goes on in the next.

    Then its last sentence is the longer for it: the quote that was found holds the one that was there.
    """
    lines = article(name).split("\n")
    full = [line for line in lines if -len(line) % width <= 4 and not line.rstrip().endswith(("。", "？"))]
    wrapped = "\n".join(line[i : i + width] for line in lines for i in range(0, len(line), width))
    sure, found = evidence(name, wrapped.encode(), MARGIN), evidence(name, wrapped.encode(), -MARGIN)
    ends = [normalised(line)[-10:] for line in full if normalised(line)]
    assert {key for key in sure - original(name, -MARGIN) if not any(end in key[2] for end in ends)} == set()
    for firm, requirement, quote in original(name, MARGIN) - found:
        assert any((f, r) == (firm, requirement) and quote in longer for f, r, longer in found), quote


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", NAMES)
def test_in_another_format(name: str, kind: str) -> None:
    assert evidence(name, FORMATS[kind](clean(name))) == original(name)


@pytest.mark.parametrize("name", sorted(set(NAMES) - DAMAGED))
def test_glossed_by_the_converter(name: str, make: Make) -> None:
    """Sentences that lost bytes for good are no evidence; all others are what they were."""
    from opencc import OpenCC

    traditional = OpenCC("s2tw").convert(article(name)).encode("gbk", "ignore").decode("gbk")
    damaged = "\n".join(make.glossed(line) for line in traditional.split("\n"))
    [text] = document_texts(name, damaged.encode(), settings().entries[name])  # type: ignore[misc]
    there = {normalised(passage.text) for passage in text.passages if not passage.damaged}
    found = evidence(name, damaged.encode())
    intact = evidence(name, traditional.encode())
    assert found == {key for key in intact if key[2] in there}


# ---- copies across documents


def built(folder_: Path) -> Alignment:
    return run.build(run.read_inputs(folder("policies"), folder_))


def test_the_same_article_in_two_formats_is_one_evidence_with_two_sources(tmp_path: Path) -> None:
    name = NAMES[0]
    one, two = tmp_path / "one", tmp_path / "two"
    for place in (one, two):
        place.mkdir()
        shutil.copy(folder("seeds") / "firms.yaml", place)
        shutil.copy(folder("seeds") / name, place / "b.txt")
    (two / "a.html").write_bytes(html(clean(name)).replace("，".encode(), b","))
    dates = "documents:\n  - {path: b.txt, date: 2022-01}\n"
    (one / "corpus.yaml").write_text(dates, encoding="utf-8")
    (two / "corpus.yaml").write_text(dates + "  - {path: a.html, date: 2022-02}\n", encoding="utf-8")
    single, double = built(one), built(two)
    assert [piece.id for piece in double.evidence] == [piece.id for piece in single.evidence]
    for piece in double.evidence:
        assert (piece.document, [source.document for source in piece.sources]) == ("b.txt", ["b.txt", "a.html"])
    assert [cell.status for cell in double.cells] == [cell.status for cell in single.cells]


def test_the_earliest_source_speaks_for_its_copies(tmp_path: Path) -> None:
    name = NAMES[0]
    shutil.copy(folder("seeds") / name, tmp_path / "a.txt")
    (tmp_path / "b.html").write_bytes(html(clean(name)))
    dates = "documents:\n  - {path: a.txt, date: 2022-02}\n  - {path: b.html, date: 2022-01-15}\n"
    (tmp_path / "corpus.yaml").write_text(dates, encoding="utf-8")
    made = built(tmp_path)
    assert {piece.document for piece in made.evidence} == {"b.html"}


@pytest.mark.parametrize(("old", "new"), [("。", "。 "), ("，", ","), ("“", "「"), ("490", "４９０")])
def test_spaces_punctuation_and_width_make_no_other_evidence(old: str, new: str) -> None:
    quote = "截至10月末，该行“惠农”专利数已超过490项。"
    assert fingerprint(quote.replace(old, new)) == fingerprint(quote)


@pytest.mark.parametrize(("old", "new"), [("已", "未"), ("490", "491"), ("超过", "达到"), ("该行", "他行")])
def test_any_other_word_makes_another_evidence(old: str, new: str) -> None:
    """Near copies across documents stay apart: one word may turn a sentence round."""
    quote = "截至10月末，该行“惠农”专利数已超过490项。"
    assert fingerprint(quote.replace(old, new)) != fingerprint(quote)
