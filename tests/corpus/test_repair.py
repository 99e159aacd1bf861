"""What scraping and converting did to a text is undone, and what cannot be undone is marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.corpus.repair import LOST, repair
from mapper.corpus.textmap import TextMap

if TYPE_CHECKING:
    from tests.corpus.conftest import Make

GATE = "監(jiān)管業(yè)務(wù),"
"""Three glossed characters: enough to show that a document is damaged in this way."""


def repaired(text: str) -> tuple[str, tuple[str, ...]]:
    blocks, codes = repair([TextMap.of(text)])
    return blocks[0].text, codes


def test_glosses_are_stripped_and_the_script_is_simplified() -> None:
    text, codes = repaired("金融監(jiān)管總局發(fā)布業(yè)務(wù)數(shù)據")
    assert text == "金融监管总局发布业务数据"
    assert codes == ("gloss", "traditional")


def test_a_dictionary_that_glosses_one_word_is_left_alone() -> None:
    assert repaired("监(jiān)管是常用词。")[0] == "监(jiān)管是常用词。"


def test_brackets_with_english_words_are_no_glosses() -> None:
    assert repaired(GATE + "數據安全(Security)、標準(Standard)")[0].endswith("数据安全(Security)、标准(Standard)")


def test_bytes_that_a_gloss_has_shifted_come_back() -> None:
    text, codes = repaired(GATE + "驅(qū)動負(fù)擔金融向?qū)崱⒇?fù)責任的理念")
    assert text.endswith("金融向实、负责任的理念")
    assert "shifted-bytes" in codes


def test_bytes_that_are_lost_are_marked_and_nothing_is_made_up() -> None:
    text, codes = repaired(GATE + "驅(qū)動負(fù)擔金融向?qū)?、?fù)責任的理念")
    assert text.endswith(f"金融向{LOST}{LOST}、{LOST}责任的理念")
    assert "lost-characters" in codes


@given(st.text(alphabet="金融監管局業務數據驅動負責任向實、,。構發", min_size=1, max_size=60))
def test_undoing_the_damage_never_yields_a_wrong_character(make: Make, text: str) -> None:
    damaged = make.glossed("監業務" + text)
    clean, _ = repair([TextMap.of("監業務" + text)])
    undone, _ = repair([TextMap.of(damaged)])
    if LOST not in undone[0].text and "?" not in undone[0].text:
        assert undone[0].text == clean[0].text


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("著力推動", "着力推动"),
        ("意味著顯著成效", "意味着显著成效"),
        ("軟件著作權", "软件著作权"),
        ("學術專著與論著", "学术专著与论著"),
        ("編著與原著", "编著与原著"),
        ("嘉銀金科", "嘉银金科"),
    ],
)
def test_zhe_is_told_from_zhu(traditional: str, simplified: str) -> None:
    assert repaired(traditional + "，銀行業務發展。")[0].startswith(simplified)


def test_a_simplified_text_is_left_alone() -> None:
    assert repaired("显著提升，原著作者，于丹著书。") == ("显著提升，原著作者，于丹著书。", ())


def test_one_traditional_paragraph_among_simplified_ones_is_converted() -> None:
    blocks, codes = repair([TextMap.of("普惠金融服务小微企业。" * 40), TextMap.of("銀行業務發展,顯著提升")])
    assert blocks[1].text == "银行业务发展,显著提升"
    assert codes == ("traditional",)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("普惠&nbsp;金融&amp;科技&ldquo;好&rdquo;", "普惠 金融&科技“好”"),
        ("普\u200b惠\ufeff金\u00ad融", "普惠金融"),
        ("普\U000e0100惠\ufe00金融\U000e0069\U000e0067", "普惠金融"),
        ("截至２０２２年末，增长１２．５％", "截至2022年末，增长12.5%"),
        ("ＥＳＧ报告", "ESG报告"),
        ("⾦融服务", "金融服务"),
        ("首页?>?银行?>?服务", "首页 > 银行 > 服务"),
        ("??? 普惠金融", "  普惠金融"),
        ("普惠\x00金融", f"普惠{LOST}金融"),
    ],
)
def test_single_characters(found: str, expected: str) -> None:
    assert repaired(found)[0] == expected


def test_chinese_punctuation_stays() -> None:
    text = "“普惠”金融，服务！（小微）：好；对？"
    assert repaired(text)[0] == text


@given(st.text(alphabet="金融監務業數(wùyèshù)?) &nbsp;２\u200b著，。", max_size=80))
def test_every_repaired_character_points_into_the_text(text: str) -> None:
    blocks, _ = repair([TextMap.of(text)])
    words = blocks[0]
    assert len(words.starts) == len(words.ends) == len(words.text)
    assert all(0 <= start < end <= len(text) for start, end in zip(words.starts, words.ends, strict=True))


def test_the_damage_of_a_whole_article_is_undone(seeds: Path, make: Make) -> None:
    """Simplified article → traditional → damaged → repaired: the same characters as the undamaged article."""
    from opencc import OpenCC

    text = (seeds / "001_94d2b693a81cb436.txt").read_text("utf-8")
    traditional = OpenCC("s2tw").convert(text).encode("gbk", "ignore").decode("gbk")
    lines = traditional.split("\n")
    clean, _ = repair([TextMap.of(line) for line in lines])
    undone, _ = repair([TextMap.of(make.glossed(line)) for line in lines])
    wrong = [
        (one.text, two.text)
        for one, two in zip(clean, undone, strict=True)
        if LOST not in two.text and one.text != two.text
    ]
    assert wrong == []


def test_two_shifted_places_side_by_side_are_two() -> None:
    glossed = "務(wù)業(yè)數(shù)"
    [found], codes = repair([TextMap.of(f"{glossed}甲?jiān)?jiān)乙")])
    assert found.text.endswith("甲\ufffd\ufffd乙")
    assert "lost-characters" in codes


NARROW = "银行在已有抵押的前提下,向客户销售保险,未提供其他增信方式,侵害了选择权;余额1,234.5万元,增长12%,居首位.是否合规?仍待查明。"


def test_marks_of_half_width_in_chinese_prose_are_widened() -> None:
    text, codes = repaired(NARROW)
    wide = "银行在已有抵押的前提下，向客户销售保险，未提供其他增信方式，侵害了选择权；余额1,234.5万元，增长12%，居首位.是否合规？仍待查明。"
    assert (text, codes) == (wide, ("width",))


@pytest.mark.parametrize(
    "kept",
    [
        "余额1,234万元,同比增长。",
        "被罚机构,违法行为,处罚内容,处罚机关,处罚日期",
        '32,2016/4/21,江州银行,其他网点,罚款,200000,"存款业务违规,结算业务违规"。银行,网点,罚款,违规',
        "本行发放贷款，支持小微，服务三农，改善民生，余额增长,增速居前,排名上升,成效明显。",
    ],
    ids=["figures", "row", "values", "both"],
)
def test_marks_of_rows_and_of_texts_that_have_both_widths_stay(kept: str) -> None:
    assert repaired(kept)[0] == kept
