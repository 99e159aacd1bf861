"""Names that only seem to be ones, and names by which a rural bank goes with and without its city."""

from __future__ import annotations

import pytest

from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.firms.names import local_stem, shortened
from mapper.firms.ordinary import unnamed
from mapper.firms.registry import Registry
from mapper.model import Firm
from tests.builders import document, registry


def found(*sentences: str) -> set[str]:
    known = local_registry(document([*["天气很好。"] * 4, *sentences]), registry())
    return {firm.name for firm in known.firms.values() if firm.origin == "discovered"}


@pytest.mark.parametrize(
    "sentence",
    [
        "四家大银行都在这条街上。",
        "员工挪用资金，损害信托财产的安全。",
        "部分京沪银行提出，下半年加大投放。",
        "全盟农业保险保费收入上升。",
        "这家港资保险集团是第二大股东。",
        "营业部在江城桑田路证券大厅里。",
        "网上的点对点借贷平台都停了。",
        "由原县农村信用联社改制而来。",
        "老人把折子收好，再回银行问个明白。",
        "平时跑银行换零钱嫌远。",
        "他们没有大银行的牌子，还得谢谢农商行。",
        "排队的都往银行跑，谁也不愿把钱放银行。",
        "眼下银行和警方都在处理。",
        "业务员说有门路办银行贷款。",
        "公司获得最佳新锐租赁企业称号。",
        "罚单折射出农商行在合规上的问题，均因未识别客户身份被罚。",
        "紧扣“清朗金融网络 守护安心消费”主题开展宣教。",
        "这家老牌消费金融公司的高管经历了调整。",
        "活钱理财因政策变化规模下降。",
        "顶流基金被不少客户选择。",
        "联保担保已不多见。",
        "本年度《北岷理财周报》评出奖项。",
        "甬城银行网点来了一位听障老人。",
        "投资者倒欠银行几百万元。",
    ],
)
def test_ordinary_words_before_a_form_are_no_name(sentence: str) -> None:
    assert found(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("最后岷山农商银行给我们点了硬币。", "岷山农商银行"),
        ("我们与禾川银行签约。", "禾川银行"),
        ("该司委托岷山保险经纪有限公司销售。", "岷山保险经纪"),
        ("下午禾川银行道了歉。", "禾川银行"),
        ("法院日前判岷山银行赔偿损失。", "岷山银行"),
        ("旁边岷山财险的人来解释。", "岷山财险"),
        ("监管部门同意岷山农商银行吸收合并。", "岷山农商银行"),
        ("感谢您选择岷川基金管理有限公司的产品。", "岷川基金"),
        ("岷川农合行上门讲解。", "岷川农村合作银行"),
        ("一位老人走进岷川银行人民路支行。", "岷川银行"),
        ("今年岷川银行发行小微债20亿元。", "岷川银行"),
        ("岷川人寿投资14亿元建设养老社区。", "岷川人寿"),
        ("3. 查干湖农商行取号机坏了。", "查干湖农商银行"),
        ("改制后岷川银行降低了收费。", "岷川银行"),
        ("贵司岷川人寿的业务员代我签名。", "岷川人寿"),
        ("资金方岷川消费金融对此并不知情。", "岷川消费金融"),
        ("启元人寿关闭了乡镇职场。", "启元人寿"),
        ("西岷银行代销并托管。", "西岷银行"),
        ("鼎谷理财推出养老产品。", "鼎谷理财"),
        ("快穗支付无故冻结货款。", "快穗支付"),
        ("就连岷川银行也被处罚。", "岷川银行"),
        ("多名储户质疑岷川银行误导销售。", "岷川银行"),
        ("二连浩特农商银行发放了贷款。", "二连浩特农商银行"),
    ],
)
def test_what_stands_before_a_name_is_no_part_of_it(sentence: str, name: str) -> None:
    assert found(sentence) == {name}


def test_no_listed_name_bears_a_character_that_ends_one() -> None:
    shipped, _ = load_registry()
    assert shipped is not None
    called = [word for firm in shipped.firms.values() for word in (firm.name, firm.full_name or "", *firm.aliases, *firm.former)]
    assert not {word for word in called if set(word) & unnamed()}


@pytest.mark.parametrize("stem", ["涉县", "屯留", "秭归", "大足", "调兵山", "册亨", "阿瓦提", "高要"])
def test_places_lend_their_characters_to_names(stem: str) -> None:
    assert found(f"{stem}农商银行走进山村。") == {f"{stem}农商银行"}


def test_a_motto_in_quotation_marks_is_no_firm_and_a_firm_may_be_quoted_later() -> None:
    assert found("当地人叫它“岷川银行”。", "岷川银行走进山村。") == set()
    assert found("岷川银行走进山村。", "记者在平台检索“岷川银行”。") == {"岷川银行"}


def test_a_name_said_again_needs_no_doubt() -> None:
    assert found("市民银行被罚款。", "市民银行已经整改。") == {"市民银行"}


def test_a_rural_bank_is_one_firm_with_and_without_its_city() -> None:
    known = local_registry(
        document(["赤峰禾川农村商业银行股份有限公司被罚款。", "元宝岭农商银行开业。", "禾川农商银行整改。"]), registry()
    )
    long, short = known.find("赤峰禾川农村商业银行股份有限公司"), known.find("禾川农商银行")
    assert long is not None and long == short
    assert known.find("元宝岭农商银行") not in (None, long)


def test_a_rural_bank_of_the_list_is_known_without_its_city() -> None:
    bank = Firm(id="赤峰禾川农商银行", name="赤峰禾川农商银行", kind="bank")
    local = local_registry(document(["禾川农商行公布了热线。"]), Registry({bank.id: bank}))
    known = local.find("禾川农商行")
    assert known is not None and known.id == bank.id


def test_two_banks_of_different_cities_share_no_short_name() -> None:
    banks = {name: Firm(id=name, name=name, kind="bank") for name in ("赤峰禾川农商银行", "丹东禾川农商银行")}
    assert Registry(banks).shortened == {}


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("江苏南通禾川农村商业银行股份有限公司", "禾川农商银行"),
        ("赤峰禾川村镇银行", "禾川村镇银行"),
        ("禾川农商银行", None),
        ("赤峰农商银行", None),
    ],
)
def test_a_name_is_shortened_by_province_and_city(name: str, left: str | None) -> None:
    assert shortened(name) == left


def test_a_city_alone_stays() -> None:
    assert (local_stem("赤峰"), local_stem("赤峰元宝山"), local_stem("禾川")) == ("赤峰", "元宝山", "禾川")


def test_words_of_every_day_name_a_platform_that_is_called_one_and_acts() -> None:
    told = ["网贷平台都在核查。", "有人向普惠理财平台反映。", "集团旗下的普惠理财平台专注供应链。"]
    assert found(*told, "普惠理财在此提醒各位。", "普惠理财不收费用。") == {"普惠理财"}
    assert found(*told, "各地开展普惠理财教育。") == set()


def test_a_brand_is_told_by_what_befalls_platforms() -> None:
    told = ["网贷行业出清。", "有投资人爆料：禾利宝到期没有回款。", "随后，禾利宝CEO表示愿意兜底。"]
    assert found(*told, "禾利宝已经停了。") == {"禾利宝"}
