"""Two official texts of a kind that was not seen before: a plan written without words of duty, and rules that ask a lender."""

from __future__ import annotations

import pytest

from mapper.drafting.draft import Draft, Drafted, draft
from mapper.drafting.sheet import as_yaml
from tests.drafting.texts import paragraphs

PLAN = """\
江北市地方金融管理局　中国人民银行江北市分行
关于改进县域老年人金融服务的若干措施
（江金发〔2026〕15号，2026年3月2日）

各区县金融发展中心，各银行业金融机构、保险公司市级机构：
我市六十岁以上人口已占两成半，经市政府同意，提出以下措施。

（一）把网点办成老年人敢来、愿来的地方
1.网点入口设缓坡，柜台配一处低位窗口。2027年底前，乡镇网点改造完成率达到九成。
2.各银行每个营业日至少开放一个人工窗口，叫号机为七十岁以上客户自动排在前面。
3.对来不了网点的客户，两名工作人员带移动设备上门办理，全程录像。
（二）让手机银行看得清、退得回
1.手机银行应用上线长辈版，首页功能不超过八项，不许弹出理财推销。
2.失能老人申请理赔的，由保险公司派人上门收取材料，五日内给付。
3.倡导保险公司与养老机构合办护理站。
（三）落实
1.人民银行江北市分行每年组织一次星级评定，结果与再贷款额度挂钩。
本措施自2026年5月1日起实施，其中第（二）部分第1项自2026年10月1日起实施，有效期至2029年4月30日。
"""
RULES = """\
海川省个人信贷合作业务管理暂行办法
第一条　为了防范风险，依据有关法律法规，制定本办法。
第二条　本办法所称合作业务，是指贷款人与合作机构在获客环节开展的协作。本办法所称贷款人，是指商业银行、消费金融公司和小额贷款公司。
本办法所称借款人，是指向商业银行申请贷款的自然人。
第三条　贷款人对合作机构实行名单制管理。准入前须完成尽职调查，内容包括：
（一）股权结构；
（二）受罚情况。
名单由总部统一审定，每半年重检一次。
第四条　支持贷款人接入省征信平台；已接入的，查询记录接受监管部门检查。
第五条　接口采用国密算法加密，日志保存不少于五年。
第六条　违反本办法第三条规定的，由监管局责令限期改正。
第七条　借款人可以在七日内结清，贷款人不得收取违约金。
第八条　本办法自2026年7月1日起施行。施行前已签订的协议，应于2026年12月31日前完成整改。
"""


def made(text: str) -> Draft:
    return draft(paragraphs(text), "x")


def of(text: str, clause: str) -> list[Drafted]:
    return [one for one in made(text).requirements if one.clause == clause]


def test_what_a_plan_says_without_a_word_of_duty_is_proposed_and_marked_to_be_checked() -> None:
    one, other = of(PLAN, "（一）1")
    assert (one.source, other.source) == ("网点入口设缓坡，柜台配一处低位窗口。", "2027年底前，乡镇网点改造完成率达到九成。")
    assert one.obligation == other.obligation == "should"
    assert not one.worded and not of(PLAN, "（一）2")[0].worded and of(PLAN, "（二）3")[0].worded
    assert as_yaml(made(PLAN)).count("没有表示约束力的词") == 5


def test_nothing_that_a_plan_asks_is_left_out() -> None:
    clauses = {one.clause for one in made(PLAN).requirements}
    assert clauses == {f"（{part}）{item}" for part in "一二" for item in "123"}
    assert [(one.clause, one.why) for one in made(PLAN).dropped] == [("（三）1", "authority"), ("（三）1", "effect")]


def test_a_first_sentence_is_a_heading_where_its_neighbours_have_headings_too() -> None:
    headed = "一、加强保护。银行要公示价格。\n二、改进服务。银行要保留人工窗口。\n三、银行要按季报告。\n"
    assert [one.title for one in made(headed).requirements][:2] == ["加强保护", "改进服务"]
    assert [one.source for one in made(headed).requirements] == ["银行要公示价格。", "银行要保留人工窗口。", "银行要按季报告。"]


@pytest.mark.parametrize(
    ("clause", "obligation", "kinds"),
    [
        ("（一）2", "should", ("bank",)),
        ("（二）1", "must-not", ("all",)),  # a bank in the hand is no bank
        ("（二）2", "should", ("insurer",)),  # «by» whom it is done is who is asked
        ("（二）3", "encourage", ("insurer",)),
    ],
)
def test_who_is_asked_and_how_bindingly_in_a_plan(clause: str, obligation: str, kinds: tuple[str, ...]) -> None:
    (one,) = of(PLAN, clause)
    assert (one.obligation, one.applies_to) == (obligation, kinds)


def test_title_number_and_days_of_a_plan() -> None:
    found = made(PLAN)
    head = found.head
    assert (head.title, head.number) == ("关于改进县域老年人金融服务的若干措施", "江金发〔2026〕15号")
    assert (head.issued, head.effective, head.expires) == ("2026-03-02", "2026-05-01", "2029-04-30")
    assert {one.clause: one.effective for one in found.requirements if one.effective} == {"（二）1": "2026-10-01"}


LENDERS = ("bank", "consumer-finance", "microloan")


@pytest.mark.parametrize(
    ("clause", "obligations", "worded"),
    [
        ("第三条", ["must", "must"], [True, False]),
        ("第四条", ["encourage"], [True]),
        ("第五条", ["must"], [False]),
        ("第七条", ["must-not"], [True]),
        ("第八条", ["must"], [True]),
    ],
)
def test_what_rules_ask_by_a_word_of_their_own(clause: str, obligations: list[str], worded: list[bool]) -> None:
    found = of(RULES, clause)
    assert [one.obligation for one in found] == obligations
    assert [one.worded for one in found] == worded


def test_a_word_of_its_own_for_those_who_are_asked_is_read_by_its_definition() -> None:
    for clause in ("第三条", "第四条", "第七条"):
        assert {one.applies_to for one in of(RULES, clause)} == {LENDERS}, clause


def test_what_is_asked_beside_the_day_of_effect_stands_alone() -> None:
    assert [one.source for one in of(RULES, "第八条")] == ["施行前已签订的协议，应于2026年12月31日前完成整改。"]
    assert ("第六条", "penalty") in [(one.clause, one.why) for one in made(RULES).dropped]


@pytest.mark.parametrize("words", ["首页 关闭", "打印本页", "政务新媒体", "上一篇：某某通知"])
def test_what_a_page_says_below_the_text_is_no_duty(words: str) -> None:
    found = made(f"{RULES}{words}\n")
    assert [one.source for one in found.requirements if one.clause == "第八条"] == ["施行前已签订的协议，应于2026年12月31日前完成整改。"]
