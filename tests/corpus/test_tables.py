"""Tables of passages and JSON lines: columns mapped or guessed, rows as documents or passages, places as citations."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from mapper.cli import main
from mapper.corpus import read_corpus
from mapper.corpus.document import document_texts
from mapper.corpus.readers import read
from mapper.model import DocumentText
from mapper.problems import Problem
from tests.tiny import workspace

ONE = "马上消费坚持自主研发,将数字化技术与金融业务深度融合。"
TWO = "截至2021年10月末,注册用户近1.4亿。\n其中农村用户为2494万人。"
ROWS = [
    ["序号", "标题", "正文", "来源", "日期", "机构"],
    ["1", "甲文", ONE, "某报", "2023-05-06", "马上消费金融"],
    ["2", "甲文", TWO, "某报", "2023-05-06", "马上消费金融"],
    ["", "", "", "", "", ""],
    ["3", "乙文", "我行推出“无障碍”服务。", "某网", "2024年7月", "微众银行"],
]


def csv(rows: list[list[str]], mark: str = ",") -> bytes:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in f'{mark}"\n') else text

    return "".join(mark.join(map(cell, row)) + "\r\n" for row in rows).encode()


def xlsx(*sheets: list[list[Any]]) -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [cell if cell != "" else None for cell in row])
    book.close()
    return out.getvalue()


def documents(raw: bytes, **more: Any) -> tuple[DocumentText, ...]:
    found = document_texts("t", raw, **more)
    assert not isinstance(found, Problem), found
    return found


def facts(found: DocumentText) -> tuple[str | None, ...]:
    one = found.document
    return one.id, one.title, one.publisher, one.date, one.owner


# ---- guessed headings


@pytest.mark.parametrize("kind", [",", ";", "\t", "xlsx"])
def test_rows_that_say_the_same_of_themselves_are_one_document(kind: str) -> None:
    first, second = documents(xlsx(ROWS) if kind == "xlsx" else csv(ROWS, kind))
    assert facts(first) == ("t#2", "甲文", "某报", "2023-05-06", "马上消费金融")
    assert facts(second) == ("t#5", "乙文", "某网", "2024-07", "微众银行")
    assert [passage.text for passage in first.passages] == ["甲文", ONE, *TWO.split("\n")]
    assert [passage.place for passage in first.passages] == ["row 2", "row 2", "row 3", "row 3"]
    assert first.document.path == "t"


def test_a_file_that_is_called_like_a_row_of_another_is_a_document_of_its_own(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    (made.root / "corpus/a.csv").write_bytes(csv(ROWS))
    made.write("corpus/a.csv#2", "微众银行为老年客户保留人工柜台。")
    out = tmp_path / "out"
    assert main(["build", "--policies", str(made.policies), "--corpus", str(made.corpus), "--out", str(out)]) == 0
    read = [(one["id"], one["path"]) for one in json.loads((out / "alignment.json").read_bytes())["documents"]]
    assert {*read} >= {("a.csv#2", "a.csv"), ("a.csv#5", "a.csv"), ("a.csv%232", "a.csv#2")}


def test_passages_of_a_row_point_at_its_words() -> None:
    for raw in (csv(ROWS), xlsx(ROWS)):
        pointed = [(found.text[one.start : one.end], one.text) for found in documents(raw) for one in found.passages]
        assert pointed and [words for words, _ in pointed] == [text for _, text in pointed]


def test_a_quotation_mark_is_doubled_in_a_cell() -> None:
    raw = b'text,title\r\n"a ""b"" c","x, y"\r\n'
    assert [block.words.text for block in read(raw).blocks] == ["x, y", 'a "b" c']


def test_a_table_of_texts_alone_is_one_document() -> None:
    [found] = documents(csv([["编号", "正文"], ["1", ONE], ["2", "另一句话。"]]))
    assert found.document.id == "t"
    assert [passage.place for passage in found.passages] == ["row 2", "row 3"]


def test_a_table_without_such_columns_is_read_row_by_row() -> None:
    table = [["项目", "2022年", "2023年"], ["普惠贷款", "600亿元", "700亿元"], ["绿色贷款", "10亿元", "20亿元"]]
    for raw in (csv([*table, ["合计", "610亿元", "720亿元"]]), xlsx(table)):
        reading = read(raw)
        assert [block.words.text for block in reading.blocks][:2] == ["项目 | 2022年 | 2023年", "普惠贷款 | 600亿元 | 700亿元"]
        assert reading.blocks[1].place == "row 2"
        assert reading.records == ()


def test_sheets_after_the_first_are_named() -> None:
    found = documents(xlsx([["正文"], [ONE]], [["正文"], ["另一句话。"]]))
    assert [passage.place for one in found for passage in one.passages] == ["row 2", "sheet 2 row 2"]


def test_dates_of_excel_are_days() -> None:
    [found] = documents(xlsx([["正文", "日期"], [ONE, 45052]]))
    assert (found.document.date, found.document.date_basis) == ("2023-05-06", "stated")


def test_prose_with_commas_is_no_table(seeds: Path) -> None:
    for path in seeds.glob("0*.txt"):
        assert read(path.read_bytes()).format == "text"
    for text in (f"{ONE}\n{ONE}\n{ONE}\n", "甲,乙\n丙,丁\n戊,己\n", "正文\n" + ONE, "标题,副题\n\n" + ONE):
        assert read(text.encode()).format == "text"


@pytest.mark.parametrize("words", ["关键词:联保贷款;案例;法理", "关键词 案例;正文;法理"])
def test_keywords_above_an_article_head_no_table(words: str) -> None:
    reading = read(f"联保贷款的法理\n{words}\n一、两则案例\n{ONE}\n{ONE}\n".encode())
    assert (reading.format, reading.blocks[-1].words.text) == ("text", ONE)


@pytest.mark.parametrize("rest", ["", ",\n", '"never closed,x\n', '"' * 99])
def test_a_broken_row_costs_none_before_it(rest: str) -> None:
    blocks = read(f'text,a\n"{ONE}",x\n{rest}'.encode()).blocks
    assert (blocks[0].words.text, blocks[0].place) == (ONE, "row 2")


@pytest.mark.parametrize("raw", ["text,a", "text,a\n", "text,a\n,\n,\n", '"text","a"\r\n"never closed,' + "x" * 50, "text,a\n" + '"' * 99])
def test_a_table_without_a_whole_row_is_survived(raw: str, tmp_path: Path) -> None:
    assert read(raw.encode()).format in ("csv", "text")
    read_corpus(corpus(tmp_path, "columns: {text: text}\n", a=raw.encode()))


# ---- columns of corpus.yaml


def corpus(folder: Path, yaml: str, **files: bytes) -> Path:
    for name, raw in files.items():
        (folder / f"{name}.csv").write_bytes(raw)
    (folder / "corpus.yaml").write_text(yaml, encoding="utf-8")
    return folder


OWN = [["摘要", "谁", "备注"], [ONE, "马上消费金融", "x"], ["我行推出手语服务。", "微众银行", "y"]]


def test_columns_are_mapped_for_a_document_or_for_the_folder(tmp_path: Path) -> None:
    for yaml in (
        "documents:\n  - path: a.csv\n    columns: {text: 摘要, firm: 谁}\n",
        "columns: {text: 摘要, firm: 谁}\n",
    ):
        read = read_corpus(corpus(tmp_path, yaml, a=csv(OWN)))
        assert read.problems == ()
        assert [(one.document.id, one.document.owner) for one in read.documents] == [
            ("a.csv#2", "马上消费金融"),
            ("a.csv#3", "微众银行"),
        ]


def test_columns_that_a_table_lacks_leave_it_out_only_where_they_are_its_own(tmp_path: Path) -> None:
    own = corpus(tmp_path, "documents:\n  - path: a.csv\n    columns: {text: 无}\n", a=csv(ROWS))
    assert [(one.code, one.path) for one in read_corpus(own).problems] == [("table-columns-missing", "a.csv")]
    shared = corpus(tmp_path, "columns: {text: 无}\n", a=csv(ROWS))
    assert read_corpus(shared).problems == ()


@pytest.mark.parametrize("wrong", ["{txet: 正文}", "{title: 标题}", "7", "{text: 7, firm: [a]}"])
def test_wrong_columns_are_an_error_with_their_line(tmp_path: Path, wrong: str) -> None:
    problems = read_corpus(corpus(tmp_path, f"# x\ncolumns: {wrong}\n", a=csv(ROWS))).problems
    assert {(one.line, one.severity) for one in problems} == {(2, "error")}


def test_what_a_row_says_counts_before_what_is_said_of_its_file(tmp_path: Path) -> None:
    yaml = "documents:\n  - {path: a.csv, title: 摘录, publisher: 编者, date: 2020, author: 某人}\n"
    table = [["正文", "标题", "日期"], [ONE, "甲文", "2023-05"], [TWO, "", ""]]
    one, two = (text.document for text in read_corpus(corpus(tmp_path, yaml, a=csv(table))).documents)
    assert (one.title, one.publisher, one.date, one.author) == ("甲文", "编者", "2023-05", "某人")
    assert (two.title, two.publisher, two.date, two.author) == ("摘录", "编者", "2020", "某人")


# ---- JSON lines


def test_a_line_that_says_where_it_is_from_is_a_document() -> None:
    lines = [{"title": "甲", "text": ONE, "date": "2023-05-06"}, {}, {"text": "另一句。", "firm": "微众银行"}]
    found = documents("\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode())
    assert [facts(one)[0] for one in found] == ["t#1", "t#3"]
    assert [one.document.owner for one in found] == [None, "微众银行"]
    assert [passage.place for one in found for passage in one.passages] == ["line 1", "line 1", "line 3"]


def test_lines_of_text_alone_are_one_document() -> None:
    raw = "\n".join(json.dumps({"text": text}) for text in (ONE, "另一句。"))
    [found] = documents(raw.encode())
    assert found.document.id == "t"
    assert [passage.place for passage in found.passages] == ["line 1", "line 2"]


GOOD = json.dumps({"text": ONE}, ensure_ascii=False)
OTHER = json.dumps({"text": "另一句话，讲的是绿色金融。"}, ensure_ascii=False)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([GOOD, OTHER[:-9], OTHER], "2"),
        ([GOOD, OTHER, GOOD[:20]], "3"),
        ([GOOD[:20], GOOD, OTHER], "1"),
        ([GOOD, "", "no JSON", OTHER, "[]", '"text"', OTHER[:-1]], "3, 5–7"),
        ([GOOD, OTHER, '{"t\\u0065xt": "写法特别，找不到位置。"}'], "3"),
    ],
)
def test_lines_that_cannot_be_read_are_named_and_the_others_are_read(
    tmp_path: Path, lines: list[str], said: str, end: str
) -> None:
    (tmp_path / "a.jsonl").write_bytes(end.join(lines).encode())
    corpus = read_corpus(tmp_path)
    [problem] = corpus.problems
    assert (problem.code, problem.path, problem.severity) == ("lines-broken", "a.jsonl", "left-out")
    assert problem.line == int(said[0]) and problem.params["lines"] == said
    assert {passage.text for text in corpus.documents for passage in text.passages} == {ONE, "另一句话，讲的是绿色金融。"}


def test_of_very_many_broken_lines_the_first_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join([GOOD] * 30 + ["broken", GOOD] * 30), encoding="utf-8")
    [problem] = read_corpus(tmp_path).problems
    assert problem.params["count"] == "30"
    assert problem.params["lines"].startswith("31, 33, ") and problem.params["lines"].endswith(", 69, …")


def test_a_mark_inside_a_string_ends_no_line() -> None:
    raw = json.dumps({"text": f"{ONE}\u2028另一段。"}, ensure_ascii=False)
    assert [passage.text for one in documents(raw.encode()) for passage in one.passages] == [ONE, "另一段。"]


def test_broken_lines_are_named_in_the_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = workspace(tmp_path)
    made.write("corpus/b.jsonl", f"{GOOD}\n{OTHER[:-9]}\n")
    assert main(["build", *made.arguments, "--out", str(made.out)]) == 1
    assert f"{made.corpus / 'b.jsonl'}:2: " in capsys.readouterr().err
    [left] = json.loads((made.out / "alignment.json").read_text(encoding="utf-8"))["left_out"]
    assert (left["path"], left["code"], left["params"]) == ("b.jsonl", "lines-broken", {"count": "1", "lines": "2"})


# ---- places reach the reader


def test_word_names_paragraphs_and_rows() -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_paragraph("第一段话,讲的是普惠金融。")
    table = made.add_table(2, 2)
    for i, words in enumerate(("项目", "余额", "普惠贷款", "700亿元")):
        table.cell(i // 2, i % 2).text = words
    made.add_paragraph("第二段话,讲的是绿色金融。")
    out = io.BytesIO()
    made.save(out)
    [found] = documents(out.getvalue())
    assert [passage.place for passage in found.passages] == ["paragraph 1", "table 1 row 1", "table 1 row 2", "paragraph 2"]


def test_a_place_is_shown_with_the_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = workspace(tmp_path)
    (made.corpus / "a.txt").unlink()
    rows = [["正文", "机构"], ["在全部网点上线老年客户人工柜台服务。", "微众银行"], ["同样的话。", "某某公司"]]
    made.write("corpus/a.xlsx", xlsx([], rows))
    assert main(["build", *made.arguments, "--out", str(made.out)]) == 0
    assert "某某公司" in capsys.readouterr().err
    assert main(["explain", "微众银行", "tp-1", "--out", str(made.out)]) == 0
    assert "a.xlsx#2.2 · " in (said := capsys.readouterr().out)
    assert "第 2 张工作表第 2 行 / sheet 2, row 2" in said
    inputs = json.loads((made.out / "alignment.json").read_text(encoding="utf-8"))["run"]["inputs"]
    assert [one["path"] for one in inputs if one["role"] == "document"] == ["a.xlsx"]
