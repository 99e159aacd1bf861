"""Where a sentence calls a firm."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from mapper.firms.lists import load_registry
from mapper.firms.mentions import Mention, find_mentions
from mapper.firms.registry import Registry
from tests.builders import firm, registry


@cache
def shipped() -> Registry:
    found, problems = load_registry()
    assert found is not None, problems
    return found


def called(text: str, known: Registry | None = None) -> list[tuple[str, str | None]]:
    """(words, firm) of every mention, in reading order."""
    return [(m.word, m.firm) for m in find_mentions(text, known or registry())]


def firms(text: str) -> set[str | None]:
    return {m.firm for m in find_mentions(text, shipped())}


def only(text: str) -> Mention:
    (one,) = find_mentions(text, registry())
    return one


# ---- names -----------------------------------------------------------------------------------------------------


def test_the_longest_name_wins() -> None:
    known = registry(
        firm("中原银行", "bank"),
        firm("中原消费金融", "consumer-finance", full_name="河南中原消费金融股份有限公司", aliases=("中原",)),
    )
    assert called("河南中原消费金融股份有限公司成立五年。", known) == [("河南中原消费金融股份有限公司", "中原消费金融")]
    assert called("中原银行设立了专营支行。", known) == [("中原银行", "中原银行")]
    assert called("中原消费金融开设了课堂。", known) == [("中原消费金融", "中原消费金融")]


def test_mentions_stand_in_reading_order_and_never_overlap() -> None:
    found = find_mentions("云岭银行与青禾消费金融合作，公司的禾苗贷由林晓负责，我行提供资金。", registry())
    assert [m.word for m in found] == ["云岭银行", "青禾消费金融", "公司", "禾苗贷", "林晓", "我行"]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("云岭银行开设了课堂", "name"),
        ("春苗消费金融开设了课堂", "name"),
        ("禾苗贷上线一年", "product"),
        ("林晓介绍了做法", "person"),
    ],
)
def test_a_mention_says_what_kind_of_word_it_is(text: str, kind: str) -> None:
    assert only(text).kind == kind


def test_latin_names_are_found_in_any_case_and_never_inside_a_word() -> None:
    known = registry(firm("维扬科技", "fintech", aliases=("VYang",)))
    assert called("VYANG与vyang都是它", known) == [("VYANG", "维扬科技"), ("vyang", "维扬科技")]
    assert called("VYangtze是另一家", known) == []
    assert called("MyVYang也是另一家", known) == []


@pytest.mark.parametrize(
    "text",
    [
        "云岭银行为老年客户保留了人工柜台",
        "云岭银行使用大模型审核合同",
        "云岭银行动员全体员工参加消保考试",
        "云岭银行进一步下调了收费",
        "云岭银行列出了收费清单",
        "云岭银行走访了三百家小店",
    ],
)
def test_a_bank_is_found_whatever_word_follows_its_name(text: str) -> None:
    assert called(text) == [("云岭银行", "云岭银行")]


@pytest.mark.parametrize("text", ["公告登载于汀州证券交易所网站。", "《汀州证券报》刊登了公告。"])
def test_a_broker_is_not_named_by_an_exchange_or_a_newspaper(text: str) -> None:
    known = registry(firm("汀州证券", "securities"))
    assert called(text, known) == []
    assert called("汀州证券报告期内开展投资者教育。", known) == [("汀州证券", "汀州证券")]


# ---- words that only look like names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "公司修订了员工行为准则。",
        "分工行动方案已经下发。",
        "施工行业的农民工工资贷款已经发放。",
        "中国银行业协会发布了自律公约。",
        "中国银行保险监督管理委员会发布了办法。",
        "新增贷款中行业龙头占了三成。",
        "本次交流中行长回答了客户的提问。",
        "他是学校招联办的主任。",
        "全国范围内的娱乐信息服务企业。",
        "汇嘉银行上线了老年专线。",
        "民营与涉农发行人四十六家。",
    ],
)
def test_letters_that_look_like_a_short_name_are_none(text: str) -> None:
    assert firms(text) - {None} == set()


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("工行上线了适老版手机银行。", "工商银行"),
        ("中国工商银行上线了适老版手机银行。", "工商银行"),
        ("据悉，农行在县域新设网点三百家。", "农业银行"),
        ("中国银行推出了专属产品。", "中国银行"),
        ("马上消费推出了老年专线。", "马上消费金融"),
        ("360数科更名为奇富科技。", "奇富科技"),
    ],
)
def test_short_and_former_names_of_real_firms_are_found(text: str, firm: str) -> None:
    assert firm in firms(text)


def test_a_consumer_finance_company_is_not_its_bank() -> None:
    assert firms("中银消费金融、建信消费金融和北银消费金融参加了活动。") == {
        "中银消费金融",
        "建信消费金融",
        "北银消费金融",
    }


# ---- branches --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("云岭银行临江支行走进社区。", "云岭银行临江支行"),
        ("云岭银行股份有限公司江州分行被罚款。", "云岭银行股份有限公司江州分行"),
        ("泰和保险江州分公司开通了快赔通道。", "泰和保险江州分公司"),
        ("泰和保险临江中心支公司下乡查勘。", "泰和保险临江中心支公司"),
        ("云岭银行总行营业部设立了爱心窗口。", "云岭银行总行营业部"),
    ],
)
def test_a_branch_is_named_as_the_unit(text: str, unit: str) -> None:
    assert only(text).unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "云岭银行在三十家支行设立了爱心窗口。",
        "云岭银行的多家分行参加了活动。",
        "云岭银行和当地支行一起走访。",
        "云岭银行要求各支行公示收费。",
    ],
)
def test_branches_in_general_are_no_unit(text: str) -> None:
    assert only(text).unit is None


# ---- 我行, 公司, 该行 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["我行", "本行", "我司", "本公司", "我们", "我公司", "我社"])
def test_who_speaks_calls_himself(word: str) -> None:
    one = only(f"今年以来，{word}开设了老年课堂。")
    assert (one.word, one.kind, one.firm) == (word, "self", None)


@pytest.mark.parametrize("word", ["该行", "该公司", "该机构", "该平台", "该集团"])
def test_a_firm_named_before_is_called_back(word: str) -> None:
    one = only(f"今年以来，{word}开设了老年课堂。")
    assert (one.word, one.kind, one.firm) == (word, "back", None)


@pytest.mark.parametrize("text", ["公司开设了老年课堂。", "截至年末，公司的投诉下降三成。", "目前公司已设七条热线。"])
def test_the_company_is_called_back_where_it_is_the_subject(text: str) -> None:
    one = only(text)
    assert (one.word, one.kind) == ("公司", "back")


@pytest.mark.parametrize(
    "text",
    [
        "持续完善公司治理。",
        "向中小公司客户发放贷款。",
        "消费金融公司普遍加大投入。",
        "保险公司应当如实告知。",
        "修订了《公司法》配套制度。",
        "公司债发行规模扩大。",
    ],
)
def test_company_as_part_of_another_word_calls_nobody(text: str) -> None:
    assert called(text) == []


def test_nothing_is_found_where_nobody_is_called() -> None:
    assert find_mentions("", registry()) == ()
    assert find_mentions("今天天气不错。", registry()) == ()


@pytest.mark.parametrize("strange", ["İ", "İSTANBUL的", "ẞ", "\u0130\u0130"])
def test_a_letter_that_grows_when_it_is_made_small_hides_no_firm(strange: str) -> None:
    [mention] = find_mentions(f"{strange}云岭银行设立专窗。", registry())
    assert (mention.firm, mention.start, mention.word) == ("云岭银行", len(strange), "云岭银行")


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("工行为老年客户上门办理业务450余次。", "工商银行"),
        ("湖州农行为农户发放贷款300万元。", "农业银行"),
        ("绍兴建行为老年客户上门办理业务。", "建设银行"),
        ("昨日，农行走进社区开展反诈宣传。", "农业银行"),
        ("县支行的工行为小微企业发放信用贷款。", "工商银行"),
        ("招行使用人工智能模型拦截电信诈骗。", "招商银行"),
    ],
)
def test_a_short_name_at_the_head_of_a_clause_or_behind_a_place_is_a_name_whatever_follows(text: str, firm: str) -> None:
    assert firms(text) == {firm}
