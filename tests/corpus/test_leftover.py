"""No prose of a table or of JSON lines is passed over in silence: a row that is askew, a second column, a line without text."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from mapper.corpus.document import read_file
from mapper.corpus.settings import ColumnSettings, DocumentSettings

HEADS = "机构,正文,日期"
GOOD = "云岭银行,在全部网点设立老年客户服务专窗。,2024-01-02"
MORE = "海港银行为小微企业减免全部手续费。"


def told(raw: str | bytes, name: str = "a") -> list[tuple[str, str, dict[str, str]]]:
    found = read_file(name, raw.encode() if isinstance(raw, str) else raw)
    assert any("专窗" in passage.text for text in found.documents for passage in text.passages)
    return [(one.code, one.severity, dict(one.params)) for one in found.problems]


@pytest.mark.parametrize(
    "row",
    [
        MORE,
        f"海港银行;{MORE};2024-01-02",
        f"海港银行，{MORE}，2024-01-02",
        f"海港银行,,2024-01-02,{MORE}",
        f"海港银行,减免手续费,{MORE}",
        f"海港银行,减免手续费,2024-01-02,{MORE}",
        "海港银行,海港银行为小微企业,为个体工商户减免手续费。,2024-01-02",
        f"{MORE},,",
    ],
)
def test_a_row_whose_words_do_not_stand_under_their_heads_is_told(row: str) -> None:
    assert told("\n".join([HEADS, GOOD, row, GOOD])) == [("rows-uneven", "left-out", {"count": "1", "rows": "3"})]


@pytest.mark.parametrize(
    "row",
    [
        "海港银行,减免手续费", "海港银行,减免手续费,2024-01-02,,,", "海港银行,减免手续费,2024-01-02,备查,12", "海港银行,,2024-01-02",
        "海港银行股份有限公司、云岭银行股份有限公司，以及其他,减免手续费,2024-01-02", f"海港银行,{MORE},2024年1月2日",
        f'海港银行,"{MORE}，{MORE}",2024-01-02', "合计,,",
    ],
)  # fmt: skip
def test_a_row_that_is_short_or_bears_a_remark_is_none_of_them(row: str) -> None:
    assert told("\n".join([HEADS, GOOD, row, GOOD])) == []


def test_of_thousands_of_such_rows_the_first_are_named() -> None:
    [(_, _, params)] = told("\n".join([HEADS, GOOD, *[MORE] * 3000]))
    assert params == {"count": "3000", "rows": "3、4、5、6、7、8、9、10…"}


def test_a_sentence_above_the_heads_is_told() -> None:
    assert told("\n".join([MORE, HEADS, GOOD, GOOD, GOOD])) == [("rows-uneven", "left-out", {"count": "1", "rows": "1"})]


def test_a_second_column_of_prose_is_told_unless_the_user_has_said_which_is_the_text() -> None:
    rows = ["机构,工作内容,落实情况,备注", f"云岭银行,在全部网点设立老年客户服务专窗。,{MORE},无"]
    raw = "\n".join(rows).encode()
    assert told(raw) == [("columns-unread", "left-out", {"names": "落实情况"})]
    said = DocumentSettings(path="a", columns=ColumnSettings(text="工作内容", firm="机构"))
    assert read_file("a", raw, said).problems == ()


def test_a_second_column_of_prose_in_a_workbook_is_told() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    for name in ("甲", "乙"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["机构", "正文", "回复"])
        sheet.write_row(1, 0, ["云岭银行", "在全部网点设立老年客户服务专窗。", MORE])
    book.close()
    assert told(out.getvalue()) == [("columns-unread", "left-out", {"names": "回复"})]


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ({"reply": MORE}, "reply"),
        ({"replies": [{"by": "甲", "words": MORE}]}, "replies"),
        ({"summary": "在全部网点设立老年客户服务专窗。"}, None),
        ({"id": "0001", "tags": ["老年", "服务"], "views": 12, "source": "云岭银行，办公室，宣传处，二〇二四年"}, None),
    ],
)
def test_prose_in_other_fields_of_json_lines_is_told(more: dict[str, object], names: str | None) -> None:
    line = json.dumps({"text": "云岭银行在全部网点设立老年客户服务专窗。"} | more, ensure_ascii=False)
    assert told(line) == ([("columns-unread", "left-out", {"names": names})] if names else [])


def test_a_json_line_without_a_text_is_told() -> None:
    lines = [{"text": "云岭银行在全部网点设立老年客户服务专窗。"}, {"words": MORE}, {"id": "0003"}, {"text": "", "reply": MORE}]
    found = told("\n".join(json.dumps(line, ensure_ascii=False) for line in lines))
    assert found == [("rows-uneven", "left-out", {"count": "2", "rows": "2、4"})]


def test_a_table_whose_heads_stand_in_its_first_column_is_read_whole() -> None:
    rows = ["机构,云岭银行,海港银行", f"正文,在全部网点设立老年客户服务专窗。,{MORE}", "日期,2024-01-02,2024-01-03"]
    found = read_file("a.csv", "\n".join(rows).encode())
    read = "".join(passage.text for text in found.documents for passage in text.passages)
    assert "专窗" in read and MORE in read
