"""What stands before a name is no part of it, and two names that end alike are two firms."""

from __future__ import annotations

import pytest

from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.firms.mentions import find_mentions
from mapper.firms.registry import Registry
from tests.builders import document, firm


@pytest.fixture(scope="module")
def shipped() -> Registry:
    registry, _ = load_registry(None)
    assert registry is not None
    return registry


def discovered(shipped: Registry, *sentences: str) -> set[str]:
    registry = local_registry(document(*sentences), shipped)
    return {firm.name for firm in registry.firms.values() if firm.origin == "discovered"}


@pytest.mark.parametrize(
    "before", ["据悉", "同日", "未来五年", "今后三年", "客户主张", "上月", "去年8月", "源自", "监管局通报"]
)
def test_words_before_a_name_are_no_part_of_it(before: str, shipped: Registry) -> None:
    assert discovered(shipped, f"{before}禾润银行为老人开设爱心窗口。") == {"禾润银行"}


@pytest.mark.parametrize("sentence", ["多地农商银行因泄露客户信息被罚。", "监管部门严禁小额贷款公司暴力催收。"])
def test_firms_of_many_places_and_of_a_kind_are_none(sentence: str, shipped: Registry) -> None:
    assert discovered(shipped, sentence) == set()


@pytest.mark.parametrize("name", ["茌禾沪农商村镇银行", "阿岭渝农商村镇银行"])
def test_a_village_bank_is_not_the_bank_that_founded_it(name: str, shipped: Registry) -> None:
    assert discovered(shipped, f"{name}组织员工走进社区。") == {name}


@pytest.mark.parametrize(("called", "firm"), [("太平洋车险", "太保产险"), ("人保车险", "人保财险"), ("大地车险", "大地保险")])
def test_a_driver_calls_a_property_insurer_by_what_it_sold_him(called: str, firm: str, shipped: Registry) -> None:
    assert {shipped.firms[one.firm or ""].name for one in find_mentions(f"{called}拒绝理赔。", shipped)} == {firm}


def test_places_behind_a_province_are_banks_of_the_list(shipped: Registry) -> None:
    assert discovered(shipped, "江西广昌、横峰农商行因贷款管理不到位分别被罚。") == {"广昌农商银行", "横峰农商银行"}


@pytest.mark.parametrize("cause", ["因违反客户备付金管理规定被警告", "因未落实客户身份识别被罚款30万元"])
def test_a_payment_firm_is_known_by_the_one_time_that_it_was_punished(cause: str, shipped: Registry) -> None:
    assert discovered(shipped, f"上海禾诚通电子支付{cause}。") == {"上海禾诚通支付"}


@pytest.mark.parametrize("turned", [False, True])
def test_a_name_that_fits_two_known_firms_is_neither(turned: bool) -> None:
    two = [firm(f"江城汇丰小额贷款{form}有限公司", "microloan") for form in ("", "股份")]
    known = Registry({one.id: one for one in (reversed(two) if turned else two)})
    said = [f"{one.name}开业。" for one in two]
    local = local_registry(document(*said, "汇丰小贷泄露客户信息被罚，汇丰小贷称将整改。"), known)
    assert {one.name for one in local.firms.values()} == {*(one.name for one in two), "汇丰小贷"}


@pytest.mark.parametrize(("one", "other"), [("东湖齐源", "西湖齐源"), ("青河县禾丰", "白河县禾丰"), ("东河区禾丰", "西河区禾丰")])
def test_names_that_end_alike_are_two_firms(one: str, other: str, shipped: Registry) -> None:
    found = discovered(shipped, f"{one}村镇银行违规收费被罚。", f"{other}村镇银行泄露客户信息被罚。")
    assert found == {f"{one}村镇银行", f"{other}村镇银行"}


def test_a_name_that_also_stands_alone_is_cut_out_of_what_stands_before_it(shipped: Registry) -> None:
    assert discovered(shipped, "热情禾润银行为老人开设爱心窗口。", "禾润银行走进社区。") == {"禾润银行"}


@pytest.mark.parametrize(
    ("name", "firm"),
    [("中国太平洋产险", "太保产险"), ("中国平安财险", "平安产险"), ("中国太平洋财产保险", "太保产险"), ("中国太平", "中国太平")],
)
def test_an_insurer_is_known_by_every_word_for_its_form(name: str, firm: str, shipped: Registry) -> None:
    found = find_mentions(f"{name}三天内向农户支付赔款。", shipped)
    assert [shipped.firms[one.firm].name for one in found if one.firm] == [firm]
