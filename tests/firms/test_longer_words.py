"""Names that are part of a longer word are nobody's, and a party that is somebody else too stands for no firm."""

from __future__ import annotations

import pytest

from mapper.firms.complainant import complains
from mapper.firms.mentions import find_mentions
from mapper.firms.parties import with_parties
from tests.builders import document, heading
from tests.firms.test_parts_and_parties import SHIPPED, discovered


@pytest.mark.parametrize(
    "sentence",
    [
        "本行涉农信贷余额增长。", "江苏涉农信贷投放加快。", "该行推出助农信用卡。", "兴农信用贷款覆盖全镇。",
        "公司加强禾丰资金控制。", "做好云岭资金控制工作。", "投向农商银行贷款。", "新增村镇银行贷款三亿元。",
    ],
)
def test_a_short_form_within_a_longer_word_is_no_name_however_often_it_is_said(sentence: str) -> None:
    assert discovered(document(heading("工作情况"), sentence, sentence, sentence)) == set()


def test_the_short_form_at_the_end_of_a_name_is_one() -> None:
    text = document("禾川农信推进整村授信。", "禾川农信布放机具。", "禾丰金控召开会议。", "禾丰金控公布年报。")
    assert discovered(text) == {"禾川农信社", "禾丰金控"}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("招商银行大厦附近路段封闭。", set()), ("平安银行广场举行灯会。", set()), ("招商银行大额存单开售。", {"招商银行"}),
        ("长城资产质量改善。", set()), ("东方资产负债率下降。", set()), ("该行推进长城资产证券化。", set()),
        ("县发改局、凤凰金融监管支局牵头走访企业。", set()), ("凤凰金融被监管部门处罚。", {"凤凰金融"}),
        ("东方资产收购不良债权包。", {"东方资产"}), ("长城资产在江城设立分公司。", {"长城资产"}),
    ],
)
def test_a_name_in_assets_is_no_report_of_assets(sentence: str, names: set[str]) -> None:
    assert SHIPPED is not None
    assert {one.firm for one in find_mentions(sentence, SHIPPED) if one.firm} == names


def parties(*sentences: str) -> list[str]:
    """The words for a party that stand for a firm where they act."""
    assert SHIPPED is not None
    registry = SHIPPED
    text = document(*sentences)
    found = with_parties(text, [find_mentions(one.text, registry) for one in text.passages])
    return [one.word for mentions in found for one in mentions if one.kind == "back"]


def test_a_party_that_a_person_is_too_stands_for_no_firm() -> None:
    assert parties("上诉人：宁波银行", "上诉人伪造贷款资料。") == ["上诉人"]
    assert parties("上诉人：宁波银行", "上诉人：李四", "上诉人伪造贷款资料。") == []


def test_third_parties_at_large_are_no_party() -> None:
    assert parties("第三人：太平人寿", "第三人未到庭。") == ["第三人"]
    assert parties("第三人：太平人寿", "保险单未载明的，第三人不得主张权利。") == []


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("该行推出贷款新品，行长李某说，希望有关部门加大支持。", False),
        ("业内希望监管部门出台配套政策。", False),
        ("我在该行买的保险到期退不出来，客服不接，我要求全额退款。", True),
        ("贷款被多扣了利息，我希望监管部门核查。", True),
    ],
)
def test_a_wish_is_a_complaint_where_a_customer_has_it(sentence: str, said: bool) -> None:
    assert complains(document(sentence)) is said
