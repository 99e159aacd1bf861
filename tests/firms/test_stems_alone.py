"""Listed firms that a text calls by their stem alone and never in full."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from tests.builders import document


def acts(*passages: str) -> list[list[str]]:
    """Which firms each passage is given to, in a document of such passages, by what ships."""
    registry, _ = load_registry()
    assert registry is not None
    text = document(*passages)
    known = local_registry(text, registry)
    return [sorted({known.firms[one.firm].name for one in reading.attributed}) for reading in attribute(text, known)]


@pytest.mark.parametrize(
    ("first", "second", "firm"),
    [
        ("这一年，网商新增小微客户百万户。", "对没有流水的店铺，网商用门头照核定贷款额度。", "网商银行"),
        ("泰隆承诺老客户当天放款。", "店主从泰隆续贷了三十万元。", "泰隆银行"),
        ("泰康把入住资格写进了年金保单。", "今年泰康的社区又开了三家。", "泰康保险集团"),
    ],
)
def test_a_stem_that_only_one_listed_firm_bears_calls_it_where_it_acts(first: str, second: str, firm: str) -> None:
    assert acts(first, second) == [[firm], [firm]]


@pytest.mark.parametrize(
    "passages",
    [
        ("网商可以凭交易记录申请贷款。", "不少网商在年底备货。"),
        ("泰隆镇的客户把存款取出。", "泰隆把广场修好了。"),
        ("华兴把厂搬到乡下，银行给了贷款。", "村民说，华兴还招了两百人。"),
        ("网商把仓库搬到了乡下。", "网商用无人机送货。"),
    ],
)
def test_merchants_places_words_of_every_day_and_texts_of_other_things_call_no_firm(passages: tuple[str, ...]) -> None:
    assert acts(*passages) == [[], []]


def test_the_stem_of_a_family_is_left_to_the_member_that_a_text_names() -> None:
    assert acts("泰康养老推出企业年金计划。", "泰康把保费分成三档。")[0] == ["泰康养老"]
    assert "泰康保险集团" not in acts("泰康人寿推出年金保险。", "泰康把保费分成三档，泰康用数据定价。")[1]


def test_homes_for_the_old_are_no_pension_insurer() -> None:
    assert acts("泰康养老社区今年开业三家，护理床位两千张。") == [[]]


def test_a_firm_of_a_folders_own_list_goes_by_what_that_list_says() -> None:
    registry, _ = load_registry()
    assert registry is not None
    text = document("网商新增小微客户百万户。", "网商用门头照核定贷款额度。")
    assert "网商" in local_registry(text, registry).surfaces
    assert "网商" not in local_registry(text, replace(registry, own=frozenset({"网商银行"}))).surfaces
