"""Reports taken from paper: sentences whole, cells, running heads and page numbers apart from them."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from mapper.corpus.document import document_text
from mapper.model import DocumentText

LOANS = (
    "本行持续优化小微企业金融服务，2024年末普惠型小微企业贷款余额达到三百二十亿元，其中首次从银行获得贷款的小微企业客户新增一千二百户，"
    "信用贷款占比持续提升，并在县域网点设立小微金融服务专窗，安排专职客户经理上门办理续贷业务，全年为小微企业减免评估费、抵押登记费合计八百万元。"
)
ELDERLY = (
    "本行重视老年客户服务，全部网点均已配备老花镜、轮椅和爱心窗口，手机银行推出大字版，客服热线为六十五岁以上客户开通人工直连，"
    "全年上门服务行动不便的老年客户三千余人次。"
)
RURAL = (
    "本行在全部行政村设立助农服务点，村民不出村即可办理取款、缴费和社保查询，"
    "全年累计办理业务一百二十万笔，惠及农户九万余户，服务半径明显缩短。"
)
HEAD = ["云岭银行股份有限公司", "2024 年年度报告"]


def wrapped(text: str, size: int = 45) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


def cells(rows: int) -> list[str]:
    return [cell for i in range(1, rows + 1) for cell in (str(i), f"{i * 37.1 % 97:.1f}", "(12)", "不适用")]


def read(lines: Sequence[str], path: str = "a") -> DocumentText:
    found = document_text(path, "\n".join(lines).encode())
    assert isinstance(found, DocumentText), found
    return found


def texts(lines: Sequence[str]) -> list[str]:
    return [p.text for p in read(lines).passages]


@pytest.mark.parametrize("size", [24, 34, 45, 60])
def test_prose_among_cells_is_whole(size: int) -> None:
    found = texts([*HEAD, *wrapped(LOANS, size), *cells(40), *wrapped(ELDERLY, size), *cells(30), *wrapped(RURAL, size)])
    assert [text for text in found if text in (LOANS, ELDERLY, RURAL)] == [LOANS, ELDERLY, RURAL]


FIGURES = (
    "报告期内，普惠型小微企业贷款余额1,320.45亿元，较上年末增长18.27%，有贷款余额的户数15.16万户，新发放贷款年利率4.18%，"
    "其中3,567户为首次贷款；涉农贷款余额986.30亿元，各类自助设备14,750台，手机银行客户2,018.33万户，较上年末净增126.4万户，线上办结率稳步提升，"
    "养老服务贷款余额12.06亿元，较上年末增加2.39亿元。"
)


def test_lines_cut_after_so_many_characters_are_one_whatever_they_hold() -> None:
    prose = [LOANS, FIGURES, ELDERLY, RURAL]
    found = texts([*HEAD, *(line for text in prose for line in [*wrapped(text), *cells(12)])])
    assert [text for text in found if text in prose] == prose


def wrapped_by_columns(text: str, columns: int) -> list[str]:
    """Lines as a page sets them: a Han character takes two columns, a digit one."""
    lines = [""]
    for char in text:
        if sum(2 if "\u3000" < one < "\uffee" else 1 for one in lines[-1] + char) > columns:
            lines.append("")
        lines[-1] += char
    return lines


ROW = "中国禾丰银行股份有限公司－禾丰三年封闭运作战略配售灵活配置混合型证券投资基金（LOF）      343,983,000      0.40      境内非国有法人"


def test_lines_of_one_width_are_one_though_most_are_han_alone_and_a_row_is_wider() -> None:
    prose = [LOANS, ELDERLY, FIGURES, RURAL, LOANS.replace("小微", "民营")]
    lines = [line for text in prose for line in wrapped_by_columns(text, 80)]
    found = texts([*HEAD, *lines, "股东名称      持股数量      持股比例（%）      性质", ROW])
    assert [text for text in found if text in prose] == prose


def test_cells_stay_apart_from_the_prose_before_them() -> None:
    found = texts([*HEAD, *wrapped(LOANS), "项目", "2024年", "2023年", "贷款", "3,201.5", "2,980.1", *wrapped(ELDERLY)])
    assert LOANS in found and ELDERLY in found and "项目" in found


@pytest.mark.parametrize(
    "foot",
    [
        ["95", *HEAD],
        [*HEAD, "95"],
        ["— 95 —"],
        ["第 95 页 共 210 页"],
        ["云岭银行股份有限公司 2024 年年度报告 95"],
        ["四、经营情况讨论与分析（续）"],
        ["", "95", "", *HEAD, ""],
    ],
)
def test_a_sentence_goes_on_across_the_foot_and_the_head_of_a_page(foot: list[str]) -> None:
    lines = wrapped(LOANS)
    found = texts(
        [*HEAD, "云岭银行股份有限公司 2024 年年度报告 94", *lines[:2], *foot, *lines[2:], *wrapped(ELDERLY), *wrapped(RURAL)]
    )
    assert LOANS in found
    assert not any("95" in text for text in found)


def test_a_form_feed_ends_a_page_but_no_sentence() -> None:
    lines = wrapped(LOANS)
    sheets = ["云岭银行年报", *lines[:2], "1"], ["云岭银行年报", *lines[2:], *wrapped(ELDERLY), "2"]
    pages = "\f".join("\n".join(sheet) for sheet in sheets)
    assert {LOANS, ELDERLY} <= set(texts([pages]))


def test_running_heads_count_as_left_out_and_the_first_stays() -> None:
    page = ["云岭银行二〇二四年年度报告摘要", *wrapped(ELDERLY)]
    lines = [line for number in range(1, 9) for line in (*page, *(f"第{number}项第{i}行。" for i in range(10)), str(number))]
    found = read(lines)
    assert sum("年度报告摘要" in p.text for p in found.passages) == 1
    assert found.document.dropped >= 7 * len("云岭银行二〇二四年年度报告摘要")


@pytest.mark.parametrize("figures", [("98.1%", "98.2%", "98.3%", "98.4%"), ("95%", "96%", "97%", "98%")])
def test_sentences_that_differ_in_a_figure_at_their_end_are_no_running_head(figures: tuple[str, ...]) -> None:
    said = [f"老年客户满意度达到{figure}" for figure in figures]
    assert [text for text in texts(["\f".join(f"{line}\n{ELDERLY}" for line in said)]) if text in said] == said


def test_the_places_in_the_original_hold() -> None:
    lines = wrapped(LOANS)
    found = read([*HEAD, *lines[:2], "95", *HEAD, *lines[2:], *wrapped(ELDERLY)])
    passage = next(p for p in found.passages if p.text == LOANS)
    assert found.text[passage.start : passage.end].startswith("本行持续优化") and passage.end - passage.start > len(LOANS)


def test_every_sentence_on_a_line_of_its_own_within_wrapped_text() -> None:
    """Some extractions end a line at every full stop, and keep the line ends of the paper besides."""
    text = (LOANS + ELDERLY + RURAL) * 1
    lines = [part for line in wrapped(text, 40) for part in line.replace("。", "。\n").split("\n") if part]
    assert texts([*HEAD, *lines, *cells(10)])[2:5] == [LOANS, ELDERLY, RURAL]


@pytest.mark.parametrize(
    "lines",
    [
        ["云岭银行开展金融知识宣传进校园活动取得良好成效", "城东支行联合市第一中学举办反诈知识讲座获得好评", LOANS, ELDERLY],
        [LOANS, "一、持续完善小微企业金融服务体系和工作机制建设", ELDERLY, "二、不断提升老年客户金融服务的便利化水平和质量", RURAL],
        [
            "主要产品：面向个体工商户的信用贷款产品，随借随还",
            "办理条件：在本地经营满一年且无不良信用记录的客户",
            "所需材料：营业执照、身份证以及近六个月银行流水",
        ],
    ],
)
def test_lines_of_their_own_stay_so(lines: list[str]) -> None:
    found = texts(lines)
    assert all(any(text.startswith(line[:20]) for text in found) for line in lines)


def test_a_page_made_from_paper_is_whole_too() -> None:
    lines = wrapped(LOANS, 38)
    head = "<h>云岭银行股份有限公司</h><br/><h>2024年年度报告</h><br/>"
    first, second = ("\n".join(part) for part in (lines[:2], lines[2:]))
    body = f"<p>{first}</p><br/>{head}<p>{second}</p>"
    more = "".join(f"<br/><p>{line}</p>" for line in wrapped(ELDERLY + RURAL, 38))
    page = f"<html><body>{head}{body}{more}</body></html>"
    found = texts([page])
    assert {LOANS, ELDERLY, RURAL} <= set(found)
    assert sum(text == "云岭银行股份有限公司" for text in found) == 1


def test_time_grows_with_the_text() -> None:
    def seconds(times: int) -> float:
        lines = [line for i in range(times) for line in (*wrapped(LOANS), *cells(20), *HEAD, str(i), *wrapped(ELDERLY))]
        began = time.process_time()
        read(lines)
        return time.process_time() - began

    assert min(seconds(160), seconds(160)) < 8 * max(min(seconds(40) for _ in range(3)), 0.02)


def test_a_line_that_begins_with_the_end_of_a_companys_name_goes_on_with_the_one_before() -> None:
    lines = ["我要投诉。参保时禾丰人寿保", "险股份有限公司并未告知退保费用", "，直到我退保。综上，禾丰", "人寿保险股份有限公司诱导消费者。"]
    found = texts(lines)
    assert any("禾丰人寿保险股份有限公司并未告知" in text for text in found)
    assert any("禾丰人寿保险股份有限公司诱导" in text for text in found)


def test_a_line_with_a_companys_whole_name_begins_anew() -> None:
    assert texts(["承保单位", "禾丰人寿保险股份有限公司"]) == ["承保单位", "禾丰人寿保险股份有限公司"]


COUNTED = "2024年，本行受理投诉12,306件，同比下降7.4%，其中存款占31.6%、贷款占28.3%、银行卡占22.5%，办结率99.6%，满意度97.1%。"


def test_a_line_full_of_figures_that_are_told_is_prose() -> None:
    lines = [*wrapped(RURAL, 40), *wrapped(COUNTED, 40), *wrapped(ELDERLY, 40)]
    assert COUNTED in texts([*HEAD, *lines, *wrapped(LOANS, 40)])


def test_figures_side_by_side_are_no_prose() -> None:
    rows = ["其中：个人存款、对公存款余额 1,402.5 1,377.8 2,096.4 98.7", "其中：个人贷款、对公贷款余额 1,213.6 1,108.2 1,987.4 96.1"]
    found = texts([*HEAD, *wrapped(ELDERLY, 29), *rows, *wrapped(RURAL, 29)])
    assert ELDERLY in found and RURAL in found and not any(row in text and text != row for row in rows for text in found)


def test_a_short_line_below_a_whole_sentence_is_a_heading_though_the_line_above_is_full() -> None:
    full = wrapped(LOANS + RURAL, 42)[:4]
    full[-1] = full[-1][:40] + "务。"
    lines = [*full, "4.2 服务乡村", *wrapped(RURAL, 42), *cells(20), *wrapped(LOANS, 42)]
    assert "4.2 服务乡村" in [p.text for p in read([*HEAD, *lines]).passages if p.role == "heading"]


@pytest.mark.parametrize(
    "note",
    [
        ["① 续贷指企业不必先还清旧贷款就得到新贷款。"],
        ["※ 其中两家网点于上年十月关闭。", "12"],
        ["注2：专窗指只为小微企业办理业务、并由专职客户经理值守的柜台，不含自助设备和", "流动服务车。", "— 12 —"],
    ],
)
def test_a_footnote_between_the_halves_of_a_sentence_stands_apart(note: list[str]) -> None:
    lines = wrapped(LOANS)
    found = texts([*HEAD, *lines[:2], *note, *lines[2:], *wrapped(ELDERLY), *wrapped(RURAL)])
    assert LOANS in found
    assert "".join(line for line in note if "12" not in line) in found


def test_items_counted_within_a_sentence_are_no_footnotes() -> None:
    told = "本行从两方面改进老年客户服务：①全部网点配备老花镜、轮椅和爱心窗口，并安排大堂经理陪同；②客服热线为老年客户开通直连，不必按键。"
    lines = [told[:42], told[42:], *wrapped(LOANS, 42), *wrapped(RURAL, 42)]
    assert told in texts([*HEAD, *lines])


def run_together(lines: list[str], every: int) -> list[str]:
    """The lines with every so many of them made one with the next, as some programs that take text from a page do."""
    made: list[str] = []
    for number, line in enumerate(lines):
        if number % every == every - 1 and made and number < len(lines) - 1:
            made[-1] += line
        else:
            made.append(line)
    return made


@pytest.mark.parametrize("every", [3, 4, 6])
def test_lines_that_were_run_together_do_not_undo_the_joining_of_others(every: int) -> None:
    prose = [LOANS, ELDERLY, RURAL, LOANS.replace("2024", "2023"), ELDERLY.replace("老年", "年长"), RURAL.replace("九万", "八万")]
    lines = [line for text in prose for line in run_together(wrapped(text, 35), every)]
    assert [text for text in texts([*HEAD, *lines]) if text in prose] == prose


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("健全激励约束机制。开展绿色银行现场检查及环境、社会和治理", "（ESG）风险专项排查，强化绿色发展绩效考核。"),
        ("截至报告期末，本行共有营业网点39,638个，其中自营网点7,918", "个，代理网点31,720个。"),
        ("通过网点下沉，构建线上交易服务平台，搭建起线上线下一体化服务网络，推", "广新型农村养老保险，为农村居民提供全方位的金融服务。"),
    ],
)
def test_the_end_of_a_page_cuts_no_sentence_of_a_text_that_was_not_wrapped(line: str, following: str) -> None:
    found = texts(["绿色金融", line, "59", "", following, "绿色金融工作有序推进。"])
    assert any(text.endswith(line.rpartition("。")[2] + following.partition("。")[0] + "。") for text in found)
    assert "59" not in found


@pytest.mark.parametrize("heading", ["第五节 公司治理", "坚守定位，服务实体经济"])
def test_a_heading_above_the_number_of_a_page_stays_one(heading: str) -> None:
    assert heading in texts(["云岭银行年度报告", heading, "59", "", "本行走访农户，发放贷款三百笔。"])


def test_rows_of_a_table_are_never_joined_whatever_their_width() -> None:
    table = [
        "指标 2023年 2022年", "江州金融租赁有限责任公司 60.0 20.0", "江州理财有限责任公司股份 100.0 20.0",
        "江州村镇银行股份有限公司 51.0 1.0",
    ]
    assert texts(["江州银行股份有限公司年度报告", *table])[1:] == table
