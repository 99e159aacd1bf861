"""Notices of penalties: every firm with its own facts and what was decided, in every layout, as one passage a row."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence

import pytest

from mapper.corpus.document import document_text
from mapper.model import DocumentText
from mapper.report.phrases import Both, spot
from tests.corpus.conftest import Make

ROWS: list[tuple[str, str, str]] = [
    ("青禾农村商业银行股份有限公司", "贷前调查不尽职；信贷资金被挪用于购房", "罚款165万元"),
    ("青禾农村商业银行股份有限公司河口支行", "未经客户同意开通收费短信服务；搭售人身保险", "罚款40万元"),
    ("禾丰人寿保险股份有限公司临江中心支公司", "欺骗投保人。隐瞒与保险合同有关的重要情况。", "警告，罚款28万元"),
    ("海棠消费金融有限公司", "未按规定保存催收录音；向无关第三方催收", "责令改正，罚款96.5万元"),
]
HEADS = ("序号", "当事人名称", "主要违法违规事实", "行政处罚决定", "作出决定机关")


def table(rows: Sequence[tuple[str, str, str]] = ROWS) -> list[list[str]]:
    return [list(HEADS), *([str(i), *row, "临江监管分局"] for i, row in enumerate(rows, 1))]


def parted(mark: str) -> str:
    return "行政处罚信息公开表\n" + "\n".join(mark.join(row) for row in table())


def one_cell_a_line(rows: Sequence[Sequence[str]]) -> str:
    return "行政处罚信息公开表\n" + "\n".join(f"{cell} |" for row in rows for cell in row)


def html(rows: Sequence[Sequence[str]]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><h1>行政处罚信息公开表</h1><table>{cells}</table></body></html>"


def labelled(party: str, facts: str, sanction: str, between: str) -> str:
    return between.join(
        f"{label}：{value}{'。' if between == ' ' and value[-1] != '。' else ''}"
        for label, value in zip((party, facts, sanction), ROWS[0], strict=True)
    )


def blocks(party: str, facts: str, sanction: str, between: str) -> str:
    return "\n".join(
        between.join(f"{label}：{value}" for label, value in zip((party, facts, sanction), row, strict=True)) for row in ROWS
    )


def sheet(rows: Sequence[Sequence[str]]) -> bytes:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def csv(rows: Sequence[Sequence[str]]) -> str:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)


def upright(names: tuple[str, str, str, str]) -> list[list[str]]:
    """The form of the supervisor: two columns of labels and values, a table for each firm."""
    number, party, facts, sanction = names
    rows = []
    for i, row in enumerate(ROWS, 1):
        rows += [[number, f"临金罚决字〔2024〕{i}号"], [party, row[0]], ["法定代表人（主要负责人）姓名", "张某"]]
        rows += [[facts, row[1]], ["行政处罚依据", "《银行业监督管理法》第四十六条"], [sanction, row[2]]]
    return rows


FORM = ("行政处罚决定书文号", "被处罚当事人名称", "主要违法违规事实（案由）", "行政处罚决定")
TOGETHER = ("被处罚当事人", "主要违法违规事实", "行政处罚决定")

NOTICES: dict[str, str | bytes] = {
    # a table with heads, as text
    "strokes": parted("｜"),
    "bars": parted(" | "),
    "tabs": parted("\t"),
    "gaps": parted("    "),
    "central bank": "中国人民银行临江市分行行政处罚信息公示表\n"
    + "\n".join(
        "｜".join(row)
        for row in [
            ("编号", "企业名称", "行政处罚决定书文号", "违法行为类型", "行政处罚内容", "作出处罚决定日期"),
            *((str(i), a, f"临银罚〔2024〕{i}号", b, c, "2024年3月1日") for i, (a, b, c) in enumerate(ROWS, 1)),
        ]
    ),
    # cells below each other
    "stacked": "行政处罚信息公开表\n序号 当事人名称 主要违法违规事实 行政处罚决定 作出决定机关\n"
    + "\n".join("\n".join(row) for row in table()[1:]),
    "stacked heads": "行政处罚信息公开表\n" + "\n".join("\n".join(row) for row in table()),
    "one cell a line before a bar": one_cell_a_line(table()),
    "stacked without numbers": "\n".join("\n".join(row[1:]) for row in table()),
    # a real table
    "html": html(table()),
    "html form": html(upright(FORM)),
    "csv": csv(table()),
    "csv with a title above": "行政处罚信息公开表,,,,\r\n" + csv(table()),
    "two rows of csv": csv(table(ROWS[:2])),
    "xlsx": b"",
    "docx": b"",
    "docx form": b"",
    # labels in lines of their own
    "labels": blocks(*TOGETHER, between="\n"),
    "labels and values apart": "\n".join("\n".join(row) for row in upright(FORM)),
    "central bank labels": blocks("被处罚单位", "违法行为类型", "行政处罚内容", between="\n"),
    # run together
    "run together": blocks(*TOGETHER, between=" "),
    "all in one": " ".join(blocks(*TOGETHER, between=" ").split("\n")),
    # heads lost
    "values": "\n".join(
        f'{i},2024/4/21,2024/3/25,{a},法人机构,{c.split("罚款")[-1]},"内控,信贷",{b},罚款,A' for i, (a, b, c) in enumerate(ROWS, 1)
    ),
}


def read(name: str, make: Make) -> DocumentText:
    source = NOTICES[name]
    if name == "xlsx":
        source = sheet(table())
    elif name.startswith("docx"):
        source = make.docx(["行政处罚信息公开表", table() if name == "docx" else upright(FORM)])
    found = document_text("a", source.encode() if isinstance(source, str) else source)
    assert isinstance(found, DocumentText), found
    return found


@pytest.mark.parametrize("name", NOTICES)
def test_each_row_holds_its_firm_its_facts_and_what_was_decided(name: str, make: Make) -> None:
    found = read(name, make)
    rows = ROWS[:2] if name == "two rows of csv" else ROWS
    held = [p for p in found.passages if any(facts in p.text for _, facts, _ in rows)]
    assert len(held) == len(rows)
    for passage, (firm, facts, sanction) in zip(held, rows, strict=True):
        said = passage.text
        if name == "values":
            assert firm in said and facts in said and "罚款" in said
            continue
        assert said.find(firm) < said.find(facts) < said.find(sanction)
        assert not any(other in said for other, _, _ in rows if other not in firm)


@pytest.mark.parametrize("name", NOTICES)
def test_a_row_is_cited_where_it_stands(name: str, make: Make) -> None:
    found = read(name, make)
    held = [passage for passage in found.passages if any(facts in passage.text for _, facts, _ in ROWS)]
    assert held
    for passage in held:
        assert passage.place and "row" in passage.place
        original = found.text[passage.start : passage.end]
        firm = next(firm for firm, facts, _ in ROWS if facts in passage.text)
        assert firm in original and passage.role == "body"


@pytest.mark.parametrize("name", [name for name in NOTICES if name != "values"])
def test_a_row_knows_where_its_facts_stand(name: str, make: Make) -> None:
    found = read(name, make)
    told = [passage.text[slice(*passage.facts)] for passage in found.passages if passage.facts]
    rows = ROWS[:2] if name == "two rows of csv" else ROWS
    assert [one.rstrip("。") for one in told] == [facts.rstrip("。") for _, facts, _ in rows]


def facts_of(source: str) -> list[str]:
    found = document_text("a", source.encode())
    assert isinstance(found, DocumentText)
    return [passage.text[slice(*passage.facts)] for passage in found.passages if passage.facts]


LISTED = (
    "行政处罚决定书文号：临金罚决字〔2024〕9号\n被处罚当事人：青禾银行\n主要违法违规事实：\n一、搭售保险；\n二、向无关第三方催收，冒充法官；\n"
    "三、转嫁评估费。\n行政处罚依据：《银行业监督管理法》第四十六条\n行政处罚决定：罚款30万元"
)


def test_numbered_facts_in_lines_of_their_own_stand_each_by_itself_with_their_firm() -> None:
    found = document_text("a", LISTED.encode())
    assert isinstance(found, DocumentText)
    assert [(p.place, p.text) for p in found.passages] == [
        ("row 1", "行政处罚决定书文号：临金罚决字〔2024〕9号；被处罚当事人：青禾银行"),
        ("row 1 fact 1", "被处罚当事人：青禾银行；主要违法违规事实：搭售保险"),
        ("row 1 fact 2", "被处罚当事人：青禾银行；主要违法违规事实：向无关第三方催收，冒充法官"),
        ("row 1 fact 3", "被处罚当事人：青禾银行；主要违法违规事实：转嫁评估费"),
        ("row 1", "被处罚当事人：青禾银行；行政处罚依据：《银行业监督管理法》第四十六条；行政处罚决定：罚款30万元"),
    ]
    facts = ["搭售保险", "向无关第三方催收，冒充法官", "转嫁评估费"]
    assert facts_of(LISTED) == facts
    assert [found.text[p.start : p.end] for p in found.passages if p.facts] == facts


def test_the_place_of_a_fact_is_told_in_both_languages() -> None:
    assert spot("row 1 fact 3") == Both("第 1 行第 3 项事实", "row 1, fact 3")


def test_facts_behind_no_firm_and_those_without_numbers_are_one_stretch() -> None:
    unnumbered = "被处罚当事人：青禾银行\n主要违法违规事实：\n搭售保险；\n转嫁评估费。\n行政处罚决定：罚款30万元"
    assert facts_of(unnumbered) == ["搭售保险；转嫁评估费。"]
    assert facts_of("主要违法违规事实：\n一、搭售保险\n二、转嫁评估费\n被处罚当事人：青禾银行\n行政处罚决定：罚款30万元") == [
        "一、搭售保险；二、转嫁评估费"
    ]


def test_no_mark_is_doubled_where_a_value_ends_with_one() -> None:
    found = document_text("a", "被处罚当事人：青禾银行；\n主要违法违规事实：搭售保险。\n行政处罚决定：罚款30万元。".encode())
    assert isinstance(found, DocumentText)
    assert [p.text for p in found.passages] == ["被处罚当事人：青禾银行；主要违法违规事实：搭售保险。行政处罚决定：罚款30万元。"]


def test_the_heads_tell_the_facts_of_a_row_that_lacks_its_last_cells() -> None:
    heads = "序号｜当事人名称｜违法行为类型｜行政处罚内容｜公示期限｜备注\n"
    assert facts_of(heads + "1｜青禾银行临江支行｜搭售保险｜罚款20万元｜五年\n2｜海棠消费金融有限公司｜暴力催收｜罚款9万元｜五年｜无") == [
        "搭售保险",
        "暴力催收",
    ]
    assert facts_of(heads + "1｜青禾银行临江支行｜罚款20万元｜五年\n2｜海棠消费金融有限公司｜暴力催收｜罚款9万元｜五年｜无") == ["暴力催收"]


def test_no_facts_stand_where_none_are_told_and_where_no_label_speaks_of_a_penalty() -> None:
    assert facts_of("被处罚当事人：青禾银行\n主要违法违规事实：—\n行政处罚决定：罚款30万元") == []
    helped = ["序号｜企业名称｜问题｜处理结果", "1｜临江面粉厂｜缺资金｜青禾银行放款30万元", "2｜临江农机站｜缺抵押物｜青禾银行放款9万元"]
    assert facts_of("\n".join(helped)) == []


@pytest.mark.parametrize("name", NOTICES)
def test_nothing_of_a_notice_is_lost(name: str, make: Make) -> None:
    found = read(name, make)
    said = "".join(p.text for p in found.passages)
    for firm, facts, _ in ROWS[:2]:
        assert firm in said and facts in said
    assert found.document.dropped == 0


def test_several_firms_in_one_row_get_their_own_facts() -> None:
    source = (
        "序号｜被处罚单位｜主要违法违规事实｜行政处罚决定\n"
        "1｜1.青禾银行城东支行 2.青禾银行城西支行｜1.向小微企业转嫁评估费；2.搭售保险｜1.罚款30万元；2.罚款20万元\n"
        "2｜海棠消费金融有限公司｜1.暴力催收；2.未披露年化利率｜罚款10万元"
    )
    found = document_text("a", source.encode())
    assert isinstance(found, DocumentText)
    assert [p.text for p in found.passages[1:]] == [
        "被处罚单位：青禾银行城东支行；主要违法违规事实：向小微企业转嫁评估费；行政处罚决定：罚款30万元",
        "被处罚单位：青禾银行城西支行；主要违法违规事实：搭售保险；行政处罚决定：罚款20万元",
        "被处罚单位：海棠消费金融有限公司；主要违法违规事实：1.暴力催收；2.未披露年化利率；行政处罚决定：罚款10万元",
    ]


SPANNED = [
    ["青禾银行股份有限公司", "向小微企业转嫁评估费", "罚款30万元"],
    ["", "搭售保险", "罚款20万元"],
    ["海棠消费金融有限公司", "暴力催收", "罚款9万元"],
]


def spanned(make: Make, format: str) -> str | bytes:
    """One firm beside two facts, in a cell that reaches over two rows."""
    heads = ["当事人名称", "违法行为", "处罚内容"]
    if format == "html":
        rows = [[f"<td>{cell}</td>" for cell in row] for row in [heads, *SPANNED]]
        rows[1][0] = rows[1][0].replace("<td>", '<td rowspan="2">')
        rows[2].pop(0)
        return "<html><body><table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table></body></html>"
    if format == "docx":
        marks = {1: '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', 2: "<w:tcPr><w:vMerge/></w:tcPr>"}
        table = ""
        for i, row in enumerate([heads, *SPANNED]):
            cells = [f"<w:p><w:r><w:t>{cell}</w:t></w:r></w:p>" for cell in row]
            cells[0] = marks.get(i, "") + cells[0]
            table += "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"
        xml = '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="urn:w"><w:body>'
        return make.zipped({"word/document.xml": f"{xml}<w:tbl>{table}</w:tbl></w:body></w:document>"})
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for number, row in enumerate([heads, *SPANNED]):
        page.write_row(number, 0, row)
    page.merge_range("A2:A3", SPANNED[0][0])
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("format", ["html", "docx", "xlsx"])
def test_a_firm_whose_cell_reaches_over_several_rows_is_in_each(make: Make, format: str) -> None:
    source = spanned(make, format)
    found = document_text("a", source.encode() if isinstance(source, str) else source)
    assert isinstance(found, DocumentText)
    assert [p.text for p in found.passages[1:]] == [
        "当事人名称：青禾银行股份有限公司；违法行为：向小微企业转嫁评估费；处罚内容：罚款30万元",
        "当事人名称：青禾银行股份有限公司；违法行为：搭售保险；处罚内容：罚款20万元",
        "当事人名称：海棠消费金融有限公司；违法行为：暴力催收；处罚内容：罚款9万元",
    ]


def test_facts_in_several_paragraphs_stay_with_their_firm() -> None:
    source = (
        "被处罚当事人：青禾银行股份有限公司\n主要违法违规事实：\n一、向小微企业转嫁评估费。\n二、搭售保险。\n行政处罚决定：罚款30万元\n"
        "被处罚当事人：海棠消费金融有限公司\n主要违法违规事实：暴力催收\n行政处罚决定：罚款10万元\n"
    )
    found = document_text("a", source.encode())
    assert isinstance(found, DocumentText)
    told = [passage.text for passage in found.passages if "青禾银行" in passage.text]
    assert ["转嫁评估费" in told[1], "搭售保险" in told[2], "30万元" in told[3], len(told)] == [True, True, True, 4]
    assert [passage.text for passage in found.passages[4:]] == [
        "被处罚当事人：海棠消费金融有限公司；主要违法违规事实：暴力催收；行政处罚决定：罚款10万元"
    ]


@pytest.mark.parametrize(
    "source",
    [
        "当事人：瑞川财产保险股份有限公司\n住所：江朔省桐城市\n经查，当事人存在以下违法行为：\n一、未按照规定使用费率。\n",
        "云岭银行公布处罚情况，当事人表示：不服处罚决定。\n本行加强管理。",
        "机构：云岭银行\n时间：2024年3月1日\n本行举办金融知识讲座。",
    ],
)
def test_prose_with_a_label_in_it_is_no_notice(source: str) -> None:
    found = document_text("a", source.encode())
    assert isinstance(found, DocumentText)
    assert not any((p.place or "").startswith("row") for p in found.passages)


@pytest.mark.parametrize(
    "line",
    [
        "当事人：",
        "违法事实",
        "当事人：青禾银行第{i}支行\n违法事实：违规收费{i}\n处罚决定：罚款{i}万元",
        "当事人：青禾银行第{i}支行 违法事实：违规收费{i} 处罚决定：罚款{i}万元",
        "{i},2,3,4,5,6,7,8",
        "序号｜当事人名称｜违法事实｜处罚决定",
    ],
)
def test_time_grows_with_the_notice(line: str) -> None:
    def seconds(times: int) -> float:
        source = "\n".join(line.format(i=i) for i in range(times)).encode()
        began = time.process_time()
        document_text("a", source)
        return time.process_time() - began

    assert min(seconds(1600), seconds(1600)) < 8 * max(min(seconds(400) for _ in range(3)), 0.02)
