"""A paragraph that a document holds more than once counts once."""

import pytest

from mapper.corpus import fingerprint
from mapper.corpus.copies import first_copies
from mapper.corpus.paragraphs import Paragraph
from mapper.corpus.textmap import TextMap

LONG = "为强化金融向实、负责任的金融理念,金融科技企业在深化小微服务时,主动承担社会责任,坚持科技赋能与消保保障双线驱动。"


def kept(*texts: str) -> list[int]:
    found = [Paragraph(TextMap.of(text)) for text in texts]
    first, _ = first_copies(found)
    return [i for i, one in enumerate(found) if any(one is other for other in first)]


def test_a_second_copy_is_dropped() -> None:
    assert kept(LONG, "另一段话讲的是别的事情,与上面一段话没有任何关系。", LONG) == [0, 1]


def test_spaces_and_punctuation_do_not_tell_copies_apart() -> None:
    assert kept(LONG, LONG.replace(",", "，").replace("、", " 、 ")) == [0]


def test_the_first_copy_that_is_not_damaged_is_kept() -> None:
    damaged = LONG.replace("实、负", "\ufffd\ufffd、\ufffd")
    assert kept(damaged, LONG) == [1]
    assert kept(LONG, damaged) == [0]


@pytest.mark.parametrize(
    ("old", "new"),
    [("金融科技企业", "金融科技公司"), ("主动承担", "不主动承担"), ("双线", "三线"), ("小微服务", "2小微服务")],
)
def test_a_difference_that_may_matter_makes_two_paragraphs(old: str, new: str) -> None:
    assert kept(LONG * 2, (LONG * 2).replace(old, new, 1)) == [0, 1]


def test_figures_of_two_years_are_two_paragraphs() -> None:
    text = "截至{}年末,该行普惠型小微企业贷款余额为700.51亿元,较年初有所增长,高于全行各项贷款增速,圆满完成监管目标。"
    assert kept(text.format(2021), text.format(2022)) == [0, 1]


def test_the_same_heading_over_two_texts_is_two_headings() -> None:
    assert kept("数字金融", LONG, "数字金融", "另一家公司推出了另一种产品,它与前面的公司没有关系。") == [0, 1, 2, 3]


def test_a_heading_goes_with_the_copy_that_it_heads() -> None:
    assert kept("数字金融", LONG, "中间的一段话,它把两份副本隔开,使它们不相邻接。", "数字金融", LONG) == [0, 1, 2]


def test_a_fingerprint_is_that_of_the_words() -> None:
    assert fingerprint("普惠 金融，ＥＳＧ。") == fingerprint("普惠金融,ESG")
    assert fingerprint("普惠金融") != fingerprint("绿色金融")
    assert len(fingerprint("")) == 64
