"""What is not read is named, what is no text is no evidence, and no sentence is lost for looking like another."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from mapper.corpus.document import FileContents, document_text, read_file
from mapper.corpus.garbage import is_garbled
from mapper.corpus.repair import repair
from mapper.corpus.textmap import TextMap
from mapper.model import DocumentText

if TYPE_CHECKING:
    from tests.corpus.conftest import Make

SENTENCE = "云岭银行在县域网点设立小微企业服务专窗，为老年客户保留人工柜台，并开展金融知识宣传。"


def texts(found: FileContents) -> list[str]:
    return [passage.text for text in found.documents for passage in text.passages]


def codes(found: FileContents) -> list[str]:
    return [problem.code for problem in found.problems]


@pytest.mark.parametrize(
    "garbage",
    [
        (SENTENCE * 3).encode().decode("latin-1"),
        (SENTENCE * 3).encode().decode("cp1252", "replace"),
        (SENTENCE * 3).encode().decode("gbk", "replace"),
        (SENTENCE * 3).encode("gbk").decode("big5", "replace"),
        "\ue001\ue002\ue003\ue004" * 20,
        "".join(f"%{byte:02X}" for byte in (SENTENCE * 3).encode()),
        "".join(f"={byte:02X}" for byte in (SENTENCE * 3).encode()),
        "".join(f"\\u{ord(char):04x}" for char in SENTENCE * 3),
        base64.encodebytes((SENTENCE * 20).encode()).decode(),
    ],
)
def test_garbage_is_named_and_not_read(garbage: str) -> None:
    assert codes(read_file("a.txt", garbage.encode())) == ["document-garbled"]


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Plain English prose, of no Chinese at all, is a text like any other.",
        "张伟、王芳、李娜、刘洋、陈静。" * 9,
        "LoansDepositsCardsPaymentsInsuranceWealthTrustsLeasingFactoringGuarantees" * 3,
        "see https://example.org/a/b?x=%E5%BE%AE%E4%BC%97%E9%93%B6 for the loans of the bank, and more of them below. ",
        "Le café où l’été s’achève à Orléans, très tôt.",
    ],
)
def test_what_reads_is_no_garbage(text: str) -> None:
    assert not is_garbled(text * 3)


def test_letter_spaced_text_is_read_as_it_was_meant() -> None:
    found = document_text("a.txt", (" ".join(SENTENCE) + "\n").encode())
    assert isinstance(found, DocumentText) and found.passages[0].text == SENTENCE
    assert found.text[found.passages[0].start : found.passages[0].end] == " ".join(SENTENCE)


def test_spaces_of_names_and_tables_stay() -> None:
    words = "出席会议的有 张伟 王芳 李娜 刘洋 陈静 赵敏 周杰 吴磊 孙丽 等同志，会议由行长主持。"
    [block], _ = repair([TextMap.of(words)])
    assert block.text == words


def test_sentences_at_the_foot_of_pages_that_differ_in_figures_only_are_kept(make: Make) -> None:
    pytest.importorskip("pypdfium2")
    pages = [[f"202{n}年末，云岭银行涉农贷款余额{n}20亿元。", "某某银行年度报告", f"{n}"] for n in range(1, 6)]
    found = texts(read_file("a.pdf", make.pdf(pages)))
    assert [text for text in found if "涉农" in text] == [page[0] for page in pages]
    assert not any("年度报告" in text for text in found)


def book(**more: Any) -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = BytesIO()
    made = xlsxwriter.Workbook(out, more)
    for name, text in (("甲", SENTENCE), ("乙", "全部网点配备老花镜。")):
        sheet = made.add_worksheet(name)
        sheet.write_row(0, 0, ["正文", "日期"])
        sheet.write_row(1, 0, [text, 43831 if more else 45292])
        if name == "乙":
            sheet.hide()
    made.close()
    return out.getvalue()


def test_hidden_sheets_are_named_and_not_read() -> None:
    found = read_file("a.xlsx", book())
    assert texts(found) == [SENTENCE]
    assert [(one.code, one.severity, one.params) for one in found.problems] == [("sheets-hidden", "left-out", {"names": "乙"})]


def test_days_are_counted_from_where_the_workbook_counts_them() -> None:
    dates = [read_file("a.xlsx", raw).documents[0].document.date for raw in (book(), book(date_1904=True))]
    assert dates == ["2024-01-01", "2024-01-02"]


def test_formulas_without_a_result_are_named(make: Make) -> None:
    cells = f'<c t="str"><v>{SENTENCE}</v></c><c><f>A1&amp;"元"</f></c><c><f>1+1</f><v>2</v></c>'
    sheet = f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"
    found = read_file("a.xlsx", make.zipped({"xl/worksheets/sheet1.xml": sheet}))
    assert [(one.code, one.params) for one in found.problems] == [("cells-uncounted", {"count": "1"})]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("title", ["2024年投诉情况汇总表", "\ufeff投诉情况（2024年）"])
def test_a_title_above_the_heads_of_a_table_costs_nothing(title: str, mark: str) -> None:
    rows = [["机构", "正文", "日期"], ["云岭银行", SENTENCE, "2024-03-01"], ["海港银行", "全部网点配备老花镜。", "2024-03-02"]]
    for padded in (title, title + 2 * mark):
        raw = "\n".join([padded, *(mark.join(row) for row in rows)]).encode()
        found = read_file("a.csv", raw)
        assert [text.document.owner for text in found.documents] == ["云岭银行", "海港银行"]


@pytest.mark.parametrize("name", ["report.xml", "Sheet1.xml", "sheet0.xml", "sheet77.xml"])
def test_a_sheet_is_read_whatever_its_part_is_called(make: Make, name: str) -> None:
    sheet = '<worksheet><sheetData><row><c t="str"><v>{}</v></c></row></sheetData></worksheet>'
    parts = {"xl/worksheets/sheet1.xml": sheet.format(SENTENCE), f"xl/worksheets/{name}": sheet.format("全部网点配备老花镜。")}
    found = read_file("a.xlsx", make.zipped(parts))
    assert {SENTENCE, "全部网点配备老花镜。"} == {*texts(found)}


def test_a_cell_that_holds_an_error_is_empty(make: Make) -> None:
    rows = "<row><c t='str'><v>机构</v></c><c t='str'><v>正文</v></c></row>"
    rows += f"<row><c t='e'><v>#N/A</v></c><c t='str'><v>{SENTENCE}</v></c></row>"
    found = read_file("a.xlsx", make.zipped({"xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>"}))
    assert [text.document.owner for text in found.documents] == [None] and texts(found) == [SENTENCE]


@pytest.mark.parametrize("part", ["footnote", "endnote"])
def test_notes_of_a_word_file_are_read_behind_its_body(make: Make, part: str) -> None:
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    body = f'<w:document xmlns:w="urn:w"><w:body>{paragraph.format(SENTENCE)}</w:body></w:document>'
    notes = f'<w:{part}s xmlns:w="urn:w"><w:{part}>{paragraph.format("全部网点配备老花镜。")}</w:{part}></w:{part}s>'
    found = read_file("a.docx", make.zipped({"word/document.xml": body, f"word/{part}s.xml": notes}))
    assert texts(found) == [SENTENCE, "全部网点配备老花镜。"]
    assert [passage.place for passage in found.documents[0].passages] == ["paragraph 1", None]


def test_what_is_drawn_by_a_program_is_never_read_as_words(make: Make) -> None:
    assert codes(read_file("a.pdf", b"x" * 2_000 + make.pdf([[SENTENCE]]))) == ["document-broken"]
    assert codes(read_file("a.ps", f"%!PS-Adobe-3.0\n/Song findfont setfont ({SENTENCE}) show".encode())) == ["document-format"]


def test_stretches_that_mail_has_packed_within_a_text_are_named() -> None:
    text = (SENTENCE + "\n\n") * 40
    packed = base64.encodebytes((SENTENCE * 4).encode()).decode()
    quoted = "\n".join("".join(f"={byte:02X}" for byte in SENTENCE.encode()[at : at + 24]) + "=" for at in range(0, 96, 24)) + "\n"
    found = read_file("a.txt", f"{text}\n{packed}\n{text}\n{quoted}\n{text}".encode())
    assert {one.code: one.params for one in found.problems}["stretches-packed"] == {"count": "2"}
    assert SENTENCE in texts(found)


@pytest.mark.parametrize("line", [
    "https://example.org/" + "%E5%BE%AE%E4%BC%97" * 9,
    "sha256 " + "0123456789abcdef" * 4,
    "A" * 70 + "\n" + "B" * 70 + "\n",
    "=" * 70 + "\n" + "=" * 70,
])
def test_links_digests_and_rules_are_none_of_these(line: str) -> None:
    assert codes(read_file("a.txt", f"{SENTENCE}\n\n{line}\n\n{SENTENCE * 9}\n".encode())) == []
