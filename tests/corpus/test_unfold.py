"""Paragraphs that some program ran together are told apart again."""

from time import monotonic

import pytest

from mapper.corpus.textmap import TextMap
from mapper.corpus.unfold import unfold

FIRST = (
    "银行下调经营贷利率属于大势所趋，部分银行提出继续推动实际利率稳中有降。一位人士认为，根本原因仍然是信贷需求疲软。"
)
SECOND = "目前，银行经营贷主流利率依旧在百分之三以上。针对其他银行跟进的可能性，专家对此持保留意见。"
THIRD = "从部分银行融资成本看，在市场利率进一步下调之前，经营贷利率下行空间逐步收窄。"


def unfolded(text: str) -> list[str]:
    return [part.text for part in unfold(TextMap.of(text))]


def test_two_spaces_or_more_stand_for_a_line_end() -> None:
    assert unfolded(f"{FIRST}      不良率连续三年下降      {SECOND}") == [FIRST, "不良率连续三年下降", SECOND]


@pytest.mark.parametrize("text", ["第五节  服务客户", "3.2  老年客户服务"])
def test_a_number_stays_with_the_heading_behind_it(text: str) -> None:
    assert unfolded(text) == [text.replace("  ", " ")]


def test_but_not_with_a_cell_or_the_number_of_an_item() -> None:
    assert unfolded("2.  上门服务。本行上门办理业务。") == ["2.", "上门服务。本行上门办理业务。"]
    assert unfolded("12.5  涉农贷款  14.6") == ["12.5", "涉农贷款", "14.6"]


def test_a_name_and_its_figure_stay_together_but_not_a_sentence_and_a_number() -> None:
    assert unfolded("涉农贷款余额  14.6亿元") == ["涉农贷款余额  14.6亿元"]
    assert unfolded(f"{FIRST}  14.6") == [FIRST, "14.6"]


def test_but_not_in_the_middle_of_a_sentence() -> None:
    assert unfolded("2021年3月至      2021年7月,结算利率为4.9%。") == ["2021年3月至2021年7月,结算利率为4.9%。"]


def test_a_single_space_after_a_sentence_does_in_a_flattened_text() -> None:
    assert unfolded(f"{FIRST} {SECOND} {THIRD}") == [FIRST, SECOND, THIRD]


def test_a_space_beside_the_quotation_of_a_word_does_not() -> None:
    spaced = "当时，一位 “大堂经理” 接待了她，推荐 “高收益” 产品。她在 “大堂经理” 的协助下办了业务。" + FIRST + SECOND
    assert unfolded(spaced) == [spaced]


def test_behind_the_quotation_of_a_sentence_it_does() -> None:
    said = ["客户在平台反映：“提现的钱都被扣没了”", "客户再次反映：“至今没有答复”", f"青禾银行回复称，已经核实。{FIRST}{SECOND}"]
    assert unfolded(" ".join(said)) == said


def test_names_in_brackets_are_no_headings() -> None:
    text = "青禾日报讯（记者 何兰 通讯员 陈明 摄影 白露）3月13日，青禾银行举行活动。"
    assert unfolded(text) == [text]


def test_a_phrase_between_such_spaces_is_a_heading() -> None:
    assert unfolded(f"{FIRST} 转为常态化监管 {SECOND} {THIRD}") == [FIRST, "转为常态化监管", SECOND, THIRD]


def test_the_beginning_of_a_sentence_is_no_heading() -> None:
    found = unfolded(f"{FIRST} 这是 中国银保监会批复的第24家公司。 {SECOND} {THIRD}")
    assert "这是 中国银保监会批复的第24家公司。" in found


def test_one_space_after_a_sentence_is_an_accident() -> None:
    text = f"{FIRST} {SECOND}"
    assert unfolded(text) == [text]


def test_a_text_with_a_space_after_every_sentence_is_spaced_so() -> None:
    text = " ".join(["这是一句足够长的普通的话，讲的是普惠金融与小微企业的贷款。"] * 8)
    assert unfolded(text) == [text]


def test_a_page_head_in_one_line_falls_into_its_parts() -> None:
    head = "首页 > 银行 > 银行服务 支行开展乡村贷品牌建设活动 发布时间：2019-04-01 为认真贯彻战略，支行开展了活动。"
    assert unfolded(head) == [
        "首页 > 银行 > 银行服务",
        "支行开展乡村贷品牌建设活动",
        "发布时间：2019-04-01",
        "为认真贯彻战略，支行开展了活动。",
    ]


@pytest.mark.parametrize(
    "text", ["Notice: The content above is uploaded and posted by a user.", "RWA 的 2026 年 1 号文"]
)
def test_spaces_between_latin_words_and_numbers_are_just_that(text: str) -> None:
    assert unfolded(text) == [text]


@pytest.mark.parametrize("text", ["” 甲" * 20_000, "：“甲” 乙" * 20_000, "“甲” 乙" * 20_000])
def test_quotations_without_end_take_no_time(text: str) -> None:
    began = monotonic()
    unfolded(text)
    assert monotonic() - began < 2


def test_places_are_kept() -> None:
    text = f"{FIRST}      {SECOND}"
    assert [text[part.start : part.end] for part in unfold(TextMap.of(text))] == [FIRST, SECOND]
