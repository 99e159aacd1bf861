"""Tables of a report's figures: a row says what it is of, its unit, its value and the one before, and where it stands."""

from __future__ import annotations

import io

import pytest

from mapper.align.trial import trial
from mapper.corpus.document import document_text
from mapper.corpus.figures import spoken
from mapper.corpus.reading import Block
from mapper.corpus.textmap import TextMap
from mapper.matchers.shelf import shelf
from mapper.model import DocumentText
from tests.builders import shipped_catalog
from tests.corpus.conftest import Make


def read(source: str | bytes) -> DocumentText:
    found = document_text("a", source.encode() if isinstance(source, str) else source)
    assert isinstance(found, DocumentText), found
    return found


def rows(source: str | bytes) -> list[tuple[str | None, str]]:
    return [(p.place, p.text) for p in read(source).passages if "（" in p.text and "年" in p.text and p.place]


def page(*table: str, above: str = "<p>单位：人民币亿元</p>", heading: str = "普惠金融关键绩效") -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split(','))}</tr>" for row in table)
    return f"<html><body><p>本行持续做好普惠金融服务。</p><h2>{heading}</h2>{above}<table>{cells}</table></body></html>"


def test_the_unit_stands_above_the_table() -> None:
    assert rows(page("指标,2024年,2023年", "普惠型小微企业贷款余额,1234.5,1002.1", "涉农贷款余额,876.0,876.0")) == [
        (
            "table 1 row 2 column 2",
            "普惠型小微企业贷款余额 | 1234.5 | 1002.1（2024年1234.5亿元，较2023年的1002.1亿元增加）",
        ),
        ("table 1 row 3 column 2", "涉农贷款余额 | 876.0 | 876.0（2024年876.0亿元，较2023年的876.0亿元持平）"),
    ]


def test_the_unit_has_a_column_of_its_own() -> None:
    source = "主要指标\n项目 | 单位 | 2023年 | 2022年\n普惠型小微企业贷款余额 | 亿元 | 4,962 | 4,201\n投诉办结率 | % | 99.2 | 99.6\n"
    assert [text for _, text in rows(source)] == [
        "普惠型小微企业贷款余额 | 亿元 | 4,962 | 4,201（2023年4,962亿元，较2022年的4,201亿元增加）",
        "投诉办结率 | % | 99.2 | 99.6（2023年99.2%，较2022年的99.6%下降）",
    ]


def test_the_unit_is_part_of_the_name_and_years_run_forward() -> None:
    source = "消费者权益保护数据\n指标 2021 2022 2023\n监管转送投诉（件） 4,182 4,665 5,730\n一次解决率（%） 79.1 80.4 78.6\n"
    assert rows(source) == [
        ("row 1 column 4", "监管转送投诉（件） 4,182 4,665 5,730（2023年5,730件，较2022年的4,665件增加）"),
        ("row 2 column 4", "一次解决率（%） 79.1 80.4 78.6（2023年78.6%，较2022年的80.4%下降）"),
    ]


def test_periods_may_be_words_and_dates() -> None:
    source = page("项目,期末余额,期初余额", "绿色贷款,654.3亿元,501.2亿元", above="")
    found = read(source).passages[-1].text
    assert found.endswith("（期末余额654.3亿元，较期初余额的501.2亿元增加）")
    dated = page("项目,2019 年 12 月 31 日,2018 年 12 月 31 日", "客户存款(1),9314066,8627440", above="<p>人民币百万元</p>")
    assert rows(dated)[0][1].endswith("（2019年12月31日9314066百万元，较2018年12月31日的8627440百万元增加）")


def test_one_period_is_read_without_a_comparison() -> None:
    assert rows(page("项目,2024年", "发放创业担保贷款,3.2"))[0][1] == "发放创业担保贷款 | 3.2（2024年3.2亿元）"


def test_a_spreadsheet_is_read_likewise() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for number, row in enumerate([["项目", "单位", "2023年", "2022年", "说明"], ["普惠贷款余额", "亿元", 4962, 4201, "同口径"]]):
        sheet.write_row(number, 0, row)
    book.close()
    assert rows(out.getvalue()) == [
        ("row 2 column 3", "普惠贷款余额 | 亿元 | 4962 | 4201 | 同口径（2023年4962亿元，较2022年的4201亿元增加）")
    ]


def test_word_tables_are_read_likewise(make: Make) -> None:
    source = make.docx(["单位：亿元", [["项目", "2023年", "2022年"], ["普惠贷款余额", "4,962", "4,201"]]])
    assert rows(source) == [
        ("table 1 row 2 column 2", "普惠贷款余额 | 4,962 | 4,201（2023年4,962亿元，较2022年的4,201亿元增加）")
    ]


def test_the_reading_is_cited_by_the_row_as_it_stands() -> None:
    found = read(page("指标,2024年,2023年", "涉农贷款余额,876.0,812.4"))
    passage = found.passages[-1]
    assert found.text[passage.start : passage.end] == "涉农贷款余额</td><td>876.0</td><td>812.4"


def test_such_a_row_is_a_result_with_a_figure() -> None:
    text = rows(page("指标,2024年,2023年", "涉农贷款余额,876.0,812.4"))[0][1]
    catalog = shipped_catalog()
    first = trial(text, catalog, shelf(catalog))[0]
    assert first.grade == "outcome" and first.requirement.startswith("fa25-03")


@pytest.mark.parametrize("heading", ["合并资产负债表", "财务报表附注（续）", "资本充足率情况", "信用风险最大敞口"])
def test_statements_of_accounts_are_no_sentences(heading: str) -> None:
    found = read(page("项目,2024年,2023年", "发放贷款和垫款,1234.5,1002.1", heading=heading))
    assert found.passages[-1].text == "发放贷款和垫款 | 1234.5 | 1002.1"


@pytest.mark.parametrize(
    "table",
    [
        ("指标,2024年,2023年", "普惠型小微企业贷款余额,1234.5,1002.1"),  # nothing says what is counted
        ("奖项,颁奖机构", "最佳普惠金融奖,某协会"),
        ("项目,第一季度,第二季度", "营业收入,68,73"),
    ],
)
def test_without_a_unit_or_a_period_a_row_stays_as_it_is(table: tuple[str, ...]) -> None:
    assert rows(page(*table, above="")) == []


def test_groups_of_rows_and_units_between_them_do_not_end_a_table() -> None:
    source = page("项目,2024年,2023年", "盈利能力(%)", "净利差,2.45,2.64", "小微企业", "首贷户数（万户）,3.1,2.2", above="")
    read_as = [text.partition("（2024年")[2] for _, text in rows(source)]
    assert read_as == ["2.45%，较2023年的2.64%下降）", "3.1万户，较2023年的2.2万户增加）"]


def test_a_list_of_names_and_figures_bears_the_unit_that_stands_above_it() -> None:
    rows = [Block(TextMap.of(one), "row", whole=True) for one in ("产业帮扶贷款 | 2,520,858.71", "个人帮扶贷款 | 865,560.24")]
    above = [Block(TextMap.of("帮扶成效"), "text"), Block(TextMap.of("人民币万元"), "text")]
    assert [one.words.text for one in spoken([*above, *rows])[2:]] == [
        "产业帮扶贷款 | 2,520,858.71（2,520,858.71万元）",
        "个人帮扶贷款 | 865,560.24（865,560.24万元）",
    ]
    assert [one.words.text for one in spoken(rows)] == [one.words.text for one in rows]


@pytest.mark.parametrize("gap", [" ", "  ", "      ", "\t"])
def test_a_name_and_its_figure_are_a_row_whatever_parts_them(gap: str) -> None:
    source = f"扶贫贷款情况\n人民币亿元\n个人精准扶贫贷款{gap}485.91\n产业精准扶贫贷款{gap}252.08\n"
    told = [p.text for p in read(source).passages if "（" in p.text]
    assert told == [f"个人精准扶贫贷款{gap}485.91（485.91亿元）", f"产业精准扶贫贷款{gap}252.08（252.08亿元）"]


def test_what_asks_for_no_money_gets_none_from_the_unit_above() -> None:
    source = "绿色金融情况\n人民币亿元\n绿色贷款余额 485.91\n惠及农户 3200\n客服热线  95588\n"
    assert [p.text for p in read(source).passages if "（" in p.text] == ["绿色贷款余额 485.91（485.91亿元）"]


def test_of_several_units_a_row_has_the_one_that_its_name_asks_for() -> None:
    table = page(
        "项目,2024年,2023年", "绿色贷款余额,31.5,24.8", "小微贷款占比,40.2,38.9", "一次办结率,97.5,96.0", above="<p>单位：人民币亿元、%</p>"
    )
    assert [text.partition("（2024年")[2] for _, text in rows(table)] == [
        "31.5亿元，较2023年的24.8亿元增加）",
        "40.2%，较2023年的38.9%上升）",
        "97.5%，较2023年的96.0%上升）",
    ]
    table = page("项目,2024年,2023年", "小微贷款户数,961,870", "小微贷款余额,14.2,12.9", "服务覆盖面,12,11", above="<p>单位：户、亿元</p>")
    assert [text.partition("（2024年")[2] for _, text in rows(table)] == [
        "961户，较2023年的870户增加）",
        "14.2亿元，较2023年的12.9亿元增加）",
    ]


def test_a_share_is_never_money_and_one_unit_serves_what_it_can() -> None:
    table = page("项目,2024年,2023年", "涉农贷款余额,31.5,24.8", "涉农贷款占比,40.2,38.9", "涉农贷款户数,961,870")
    assert [text.partition("（2024年")[2] for _, text in rows(table)] == ["31.5亿元，较2023年的24.8亿元增加）"]
    table = page("项目,2024年,2023年", "客户满意度,98.1,97.4", "净息差,2.4,2.6", above="<p>单位：%</p>")
    assert [text.partition("（2024年")[2] for _, text in rows(table)] == [
        "98.1%，较2023年的97.4%上升）",
        "2.4%，较2023年的2.6%下降）",
    ]


@pytest.mark.parametrize("mark", ["page", "text", "sheet", "word"])
def test_a_row_whose_remark_is_empty_is_read_as_the_others_are(make: Make, mark: str) -> None:
    table = [["指标", "单位", "2023", "2024", "备注"], ["绿色贷款余额", "亿元", "31.5", "42.8", ""], ["首贷户", "户", "820", "905", "全辖"]]
    sources: dict[str, str | bytes] = {
        "page": page(*(",".join(row) for row in table)),
        "text": "主要指标\n" + "\n".join(" | ".join(filter(None, row)) for row in table) + "\n",
        "sheet": sheet(table) if mark == "sheet" else b"",
        "word": make.docx([table]),
    }
    assert [text for _, text in rows(sources[mark])] == [
        "绿色贷款余额 | 亿元 | 31.5 | 42.8（2024年42.8亿元，较2023年的31.5亿元增加）",
        "首贷户 | 户 | 820 | 905 | 全辖（2024年905户，较2023年的820户增加）",
    ]


@pytest.mark.parametrize("row", ["绿色贷款余额 | 31.5 | 新口径", "绿色贷款余额 | 亿元 | 31.5 | 新口径", "绿色贷款余额 | 31.5 | 42.8 | 12"])
def test_a_row_that_lacks_something_else_is_none(row: str) -> None:
    assert rows(f"主要指标\n指标 | 单位 | 2024 | 2023 | 备注\n{row}\n") == []


def sheet(table: list[list[str]]) -> bytes:
    """A workbook with one sheet; an empty string is no cell."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    made = book.add_worksheet()
    for number, row in enumerate(table):
        made.write_row(number, 0, [float(cell) if cell[:1].isdigit() and number else cell or None for cell in row])
    book.close()
    return out.getvalue()


KPI = ["指标 2023年 2022年", "涉农贷款余额（亿元） 706.2 598.5", "无障碍网点数（家） 216 210"]
READ = "无障碍网点数（家） 216 210（2023年216家，较2022年的210家增加）"


@pytest.mark.parametrize(
    "between",
    [
        ["10", "", "江州银行股份有限公司2023年度环境、社会及治理（ESG）报告"],
        ["人均办公用纸消耗量（令每人，不含子公司与分支机构） 2,311 2,240"],
        ["人均用电量（千瓦时） 2,311 2,240"],
        ["社会绩效"],
    ],
)
def test_a_running_head_a_row_of_a_strange_unit_and_a_group_end_no_table(between: list[str]) -> None:
    lines = ["江州银行股份有限公司2023年度环境、社会及治理（ESG）报告", "关键绩效", *KPI[:2], *between, *KPI[2:]]
    assert READ in [p.text for p in read("\n".join(lines)).passages]


def test_the_full_name_of_a_firm_above_a_table_makes_no_accounts_of_it() -> None:
    assert READ in [p.text for p in read("\n".join(["云岭银行股份有限公司2023年度社会责任报告", *KPI])).passages]


def test_a_table_below_with_heads_of_its_own_is_not_read_by_those_above() -> None:
    lines = ["关键绩效", *KPI, "主要子公司", "名称 持股比例（%） 注册资本（亿元）", "江州金融租赁有限责任公司 60.0 20.0"]
    assert [p.text for p in read("\n".join(lines)).passages][-1] == lines[-1]
