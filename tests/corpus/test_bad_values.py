"""One bad value costs its own field, line or document, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mapper.corpus import read_corpus, settings
from mapper.corpus.dates import document_date
from mapper.corpus.document import document_text, read_file
from mapper.model import DocumentText

if TYPE_CHECKING:
    from tests.corpus.conftest import Make

SENTENCE = "云岭银行在县域网点设立小微企业服务专窗。"


@pytest.mark.parametrize("field", ["title", "publisher", "author", "url", "firm", "date"])
def test_half_a_character_in_a_field_of_a_json_line_is_marked(field: str) -> None:
    found = read_file("a.jsonl", json.dumps({"text": SENTENCE, field: "甲\ud800乙"}).encode())
    [text] = found.documents
    written = text.document.model_dump_json() + "".join(passage.model_dump_json() for passage in text.passages)
    assert written.encode()
    assert SENTENCE in [passage.text for passage in text.passages]


def test_control_characters_of_a_title_are_marked() -> None:
    [text] = read_file("a.jsonl", json.dumps({"text": SENTENCE, "publisher": "甲\x1b[31m乙"}).encode()).documents
    assert text.document.publisher == "甲\ufffd[31m乙"


@pytest.mark.parametrize(
    ("made", "date"),
    [
        ("²023-01-01", "2023-01-01"),
        ("20²²-01-01", "2022-01-01"),
        ("2023-01-0²T00:00:00Z", "2023-01-02"),
        ("20٢٣-٠١-٠١", None),
        ("0000-00-00", None),
        ("now", None),
    ],
)
def test_a_word_file_is_read_whatever_stands_for_its_date(make: Make, made: str, date: str | None) -> None:
    core = f'<cp:coreProperties xmlns:cp="urn:c" xmlns:d="urn:d"><d:created>{made}</d:created></cp:coreProperties>'
    body = f'<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p></w:body></w:document>'
    found = document_text("a.docx", make.zipped({"word/document.xml": body, "docProps/core.xml": core}))
    assert isinstance(found, DocumentText) and [passage.text for passage in found.passages] == [SENTENCE]
    assert (found.document.date, found.document.date_basis) == (date, "inferred" if date else "unknown")


def test_digits_of_other_scripts_are_no_year() -> None:
    assert document_date("20٢٣", "", "", "", [], [], []) == (None, "unknown")


def test_a_cell_that_refers_to_no_number_is_empty(make: Make) -> None:
    sheet = f'<worksheet><sheetData><row><c t="s"><v>²</v></c><c t="str"><v>{SENTENCE}</v></c></row></sheetData></worksheet>'
    found = document_text("a.xlsx", make.zipped({"xl/worksheets/sheet1.xml": sheet}))
    assert isinstance(found, DocumentText) and [passage.text for passage in found.passages] == [SENTENCE]


def test_a_path_that_no_system_takes_is_a_problem_of_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    lines = '  - {path: "a\\0.txt"}\n  - {path: a.txt, title: 一个标题}\n'
    (tmp_path / settings.NAME).write_text(f"documents:\n{lines}", encoding="utf-8")
    found = read_corpus(tmp_path)
    assert [(problem.code, problem.line) for problem in found.problems] == [("settings-document-missing", 2)]
    assert found.documents[0].document.title == "一个标题"


@pytest.mark.parametrize("part", ["docProps/core.xml", "word/styles.xml"])
@pytest.mark.parametrize("broken", ["", "<a", "<!DOCTYPE a><a/>", "<a>" * 500])
def test_a_broken_part_beside_the_text_costs_what_it_says_and_not_the_text(make: Make, part: str, broken: str) -> None:
    body = f'<w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p></w:body></w:document>'
    found = document_text("a.docx", make.zipped({"word/document.xml": body, part: broken}))
    assert isinstance(found, DocumentText) and [passage.text for passage in found.passages] == [SENTENCE]


@pytest.mark.parametrize("part", ["docProps/core.xml", "xl/styles.xml"])
def test_a_broken_part_beside_a_sheet_costs_what_it_says_and_not_the_sheet(make: Make, part: str) -> None:
    sheet = f'<worksheet><sheetData><row><c t="str" s="1"><v>{SENTENCE}</v></c></row></sheetData></worksheet>'
    found = document_text("a.xlsx", make.zipped({"xl/worksheets/sheet1.xml": sheet, part: "<styleSheet><cellXfs><xf/>"}))
    assert isinstance(found, DocumentText) and [passage.text for passage in found.passages] == [SENTENCE]
