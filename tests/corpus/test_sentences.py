"""Where Chinese sentences end, and where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.corpus.sentences import bearable, spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (
            "full stops, question and exclamation marks end a sentence",
            ["普惠金融。", "是什么？", "是它！", "真的?!", "是的。"],
        ),
        ("semicolons and commas do not", ["一是增量；二是扩面，三是提质。"]),
        ("decimal points do not", ["不良率为1.26%，拨备覆盖率160.44%。", "增长12.5倍。"]),
        ("the end of a paragraph does", ["前一句。", "没有句号的一句"]),
        ("nothing ends inside brackets", ["该行（见第3页。）推出产品。", "然后。"]),
        ("nor inside a book title", ["《什么是普惠？》出版了。", "好。"]),
        ("nor inside a quoted word", ["这是“为什么？”吗？", "是。"]),
        (
            "a quotation that a speaker's name follows belongs to the sentence",
            ["净零排放。", "“这种轻资产模式,相当于一种绿色低碳的基础模式。”赵国庆说。", "后来如此。"],
        ),
        ("a quotation that ends its sentence ends one", ["“AI不再是辅助工具。”", "在这一阶段,技术提升了效率。"]),
        (
            "a long speech is as many sentences as it has",
            [
                "“我们是首批参与排污权改革的企业，也是排污权交易的受益者。",
                "去年，我们通过购买排污权指标建设的项目已经建成投运，获得了银行的2600万元授信贷款。”负责人说。",
                "资金已经到位。",
            ],
        ),
        ("a mark that is never closed swallows nothing", ["他说“没有关闭。", "后面还有一句。", "再一句。"]),
        ("list heads do not end a sentence", ["1. 加强管理。", "（一）强化组织。", "二是落实。"]),
        (
            "English sentences end at a full stop and a space",
            ["See No. 5 of the Act.", "It was good.", "Dr. Wang agreed."],
        ),
        ("addresses on the net are left whole", ["见http://a.cn/?x=1&y=2。", "好。"]),
        (
            "of straight quotation marks every other one opens a quotation",
            ['突破了瓶颈。', '"从申请到放款仅用十五天，正合我们的需求。"企业负责人表示。', '"好。"', "然后。"],
        ),
        ("a straight mark without its fellow closes", ['前一句。"', "后一句。"]),
        ("closing marks go with what they close", ["他说：“好。”", "（完。）"]),
    ],
)
def test_rules(rule: str, found: list[str]) -> None:
    joint = " " if found[0].isascii() else ""
    assert sentences(joint.join(found)) == found, rule


@given(st.text(alphabet="金融服务。！？“”（）《》「」,，. 1A?\"'…", max_size=120))
def test_sentences_stand_in_order_and_leave_out_only_white_space(text: str) -> None:
    found = spans(text)
    rest = text
    for start, end in reversed(found):
        assert 0 <= start < end <= len(rest)
        rest = rest[:start] + rest[end:]
    assert not rest.strip()


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("甲" * 5 + "；" + "乙" * 3 + "，" + "丙" * 9, "；"),
        ("甲" * 6 + "，" + "乙" * 2 + "、" + "丙" * 9, "，"),
        ("甲" * 6 + "、" + "丙" * 12, "、"),
        ("甲" * 6 + " " + "丙" * 12, " "),
        ("甲" * 18, "甲"),
    ],
)
def test_a_sentence_beyond_its_limit_is_divided_at_the_strongest_mark(text: str, ends: str) -> None:
    shares = bearable(text, [(0, len(text))], 10)
    assert all(end - start <= 10 for start, end in shares)
    assert text[shares[0][1] - 1] == ends
    assert "".join(text[start:end] for start, end in shares) == text


def test_sentences_within_their_limit_stay_as_they_are() -> None:
    assert bearable("甲。乙乙。", [(0, 2), (2, 5)], 3) == [(0, 2), (2, 5)]
