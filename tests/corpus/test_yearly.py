"""Tables of a row a year: the latest year is a sentence, and no head of a column is one."""

from __future__ import annotations

import pytest

from mapper.corpus.document import document_text
from mapper.model import DocumentText

LATEST = "（2023年存款余额75.1亿元，较2022年的65.1亿元增加；涉农贷款48.0亿元，较2022年的38.0亿元增加）"


def passages(*lines: str) -> list[tuple[str, str]]:
    found = document_text("a", "\n".join(lines).encode())
    assert isinstance(found, DocumentText), found
    return [(passage.role, passage.text) for passage in found.passages]


@pytest.mark.parametrize("mark", [" ", " | ", "\t"])
@pytest.mark.parametrize("year", ["", "年"])
def test_the_latest_year_is_told_with_the_one_before(mark: str, year: str) -> None:
    table = [["年份", "存款余额（亿元）", "涉农贷款（亿元）"], [f"2022{year}", "65.1", "38.0"], [f"2023{year}", "75.1", "48.0"]]
    found = passages("云岭农信社2023年度报告", *(mark.join(row) for row in table), "本联社走访农户。")
    assert [role for role, _ in found[1:]] == ["caption", "caption", "body", "body"]
    assert found[3][1].endswith(LATEST)


def test_the_unit_may_stand_above_and_the_years_in_any_order() -> None:
    found = passages("单位：亿元", "年度 存款余额 涉农贷款", "2023 75.1 48.0", "2022 65.1 38.0", "2021 62.1 36.0")
    assert [text.partition("（")[2] for role, text in found if role == "body"] == [LATEST[1:]]


@pytest.mark.parametrize(
    "lines",
    [
        ("分公司 投诉量（件） 占比（%）", "江城 120 30", "云岭 280 70"),
        ("资产负债表", "年份 存款余额（亿元） 涉农贷款（亿元）", "2022年 65.1 38.0", "2023年 75.1 48.0"),
        ("年份 存款余额（亿元） 涉农贷款（亿元）", "2023年 75.1 48.0"),
    ],
)
def test_heads_are_no_words_of_a_text_though_nothing_below_them_is_told(lines: tuple[str, ...]) -> None:
    found = passages("云岭农信社2023年度报告", *lines)
    assert not any("亿元）" in text or "（件）" in text for role, text in found if role != "caption")
