"""Tables whose cells stand one below the other: rows again, and only where lines agree with their heads."""

from __future__ import annotations

from mapper.corpus.document import document_text
from mapper.model import DocumentText


def texts(*lines: str) -> list[str]:
    found = document_text("a", "\n".join(lines).encode())
    assert isinstance(found, DocumentText), found
    return [passage.text for passage in found.passages]


HEADS = ("指标", "单位", "2024年", "2023年")


def test_cells_one_below_the_other_are_the_rows_of_their_table() -> None:
    rows = ("小微贷款余额", "亿元", "1,402.6", "1,311.9", "客户", "投诉办结率", "%", "99.1", "98.4")
    found = texts("关键绩效", *HEADS, *rows, "本行持续改进服务。")
    assert "小微贷款余额 | 亿元 | 1,402.6 | 1,311.9（2024年1,402.6亿元，较2023年的1,311.9亿元增加）" in found
    assert "投诉办结率 | % | 99.1 | 98.4（2024年99.1%，较2023年的98.4%上升）" in found
    assert found[-1] == "本行持续改进服务。"


def test_the_unit_may_stand_above_and_changes_beside() -> None:
    heads = ("绩效", "单位：户、亿元", "项目", "2024年末", "2023年末", "增减")
    found = texts(*heads, "首贷户数", "961", "870", "91", "绿色贷款余额", "8.2", "6.9", "1.3")
    assert [text.partition("（2024年末")[2] for text in found if "（2024年末" in text] == [
        "961户，较2023年末的870户增加）", "8.2亿元，较2023年末的6.9亿元增加）",
    ]  # fmt: skip


def test_lines_that_do_not_agree_with_the_heads_stay_apart() -> None:
    lines = (*HEADS, "小微贷款余额", "亿元", "见下页", "1,311.9", "投诉办结率", "%", "99.1")
    assert not any("|" in text for text in texts("关键绩效", *lines, "本行持续改进服务。"))
