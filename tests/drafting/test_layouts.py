"""Layouts in which directives are published: who issued them, from when they and single articles of them bind."""

from __future__ import annotations

import pytest

from mapper.drafting.draft import Draft, draft
from mapper.drafting.sheet import as_yaml
from tests.drafting.texts import paragraphs

CLOSED = """\
海州市金融局文件
海金发〔2025〕8号

关于印发《海州市支付服务管理办法》的通知

各金融机构：

现将《海州市支付服务管理办法》印发给你们，请遵照执行。

海州市支付服务管理办法

第一章 总则

第一条 为规范支付服务，保护客户合法权益，根据有关法律法规，结合本市实际，制定本办法，请各机构认真执行。

第二条 本办法适用于在本市开展支付服务的商业银行、支付机构。

第三条 在本市行政区域内从事支付服务的机构及其人员，应当遵守本办法。

第四条 商业银行应当公示收费。本条自2026年7月1日起施行。

第五条 支付机构不得搭售。

第二章 附则

本办法自2026年1月1日起施行，有效期五年。

海州市金融局 2025年11月20日
"""

PASSED = """\
云岭省农村金融服务规定
（2025年9月1日云岭省金融监督管理局第3次局务会议通过 自2026年3月1日起施行）

第一条 为改善农村金融服务，制定本规定。
第二条 在本省设立的农村信用社、村镇银行提供服务，适用本规定；法律另有规定的，从其规定。
第三条 村镇银行应当在每个乡镇设立服务点。
第四条 农村信用社不得无故拒绝存取现金。
第四条自2026年9月1日起施行。
"""

FIELDS = """\
索引号：000014349/2025-00018
发文机关：东江省人民政府办公厅
发文字号：东政办发〔2025〕22号
成文日期：2025年6月3日
发布日期：2025年6月10日

关于改进小微企业金融服务的通知

各市人民政府，各银行：

为改进服务，现通知如下：

一、优化服务。银行要压缩审批时间。
二、减费让利。银行不得收取承诺费。
三、加强报送。银行要按月报送数据。

本通知自2025年7月1日起执行。《旧通知》同时废止。
"""

ORDER = """\
中国某某银行 国家某某监督管理总局 令
〔2025〕第3号

《支付业务管理办法》已经审议通过，现予公布，自2026年2月1日起施行。

行长：某某某
局长：某某某
二〇二五年十二月三日

支付业务管理办法

第一条 为了规范支付业务，制定本办法。
第二条 本办法所称支付机构，是指取得许可的非银行机构。
第三条 支付机构应当公示收费项目。
第四条 第三条所称公示，按照总局规定执行。
第五条 本办法自2026年2月1日起施行。第三条自2026年8月1日起施行。
"""

LENDERS = """\
临江省贷款服务指引
第一条 为规范贷款服务，制定本指引。
第二条 在本省发放贷款的银行和小额贷款公司（以下称贷款机构），适用本指引。
第三条 贷款机构应当公示利率。
第四条 应当对受托机构的行为进行监督检查。
"""

ARTICLE = "第一条 为规范服务，制定本办法。\n第二条 银行应当公示收费。\n第三条 本办法由总局解释。\n"


def made(text: str) -> Draft:
    return draft(paragraphs(text), "x")


@pytest.mark.parametrize(
    ("text", "issuer", "number", "issued"),
    [
        (CLOSED, "海州市金融局", "海金发〔2025〕8号", "2025-11-20"),
        (PASSED, "云岭省金融监督管理局", "", ""),
        (FIELDS, "东江省人民政府办公厅", "东政办发〔2025〕22号", "2025-06-03"),
        (ORDER, "中国某某银行、国家某某监督管理总局", "中国某某银行国家某某监督管理总局令〔2025〕第3号", "2025-12-03"),
        (f"某某省金融局文件\n某某办法\n{ARTICLE}", "某某省金融局", "", ""),
        (f"# 国家某某总局\n某某办法\n{ARTICLE}", "国家某某总局", "", ""),
        (f"财政部 税务总局关于某事的办法\n{ARTICLE}", "财政部、税务总局", "", ""),
        (f"某某办法\n{ARTICLE}某 某 市 金 融 局\n二〇二五年十月二十一日", "某某市金融局", "", "2025-10-21"),
        (f"某某办法\n{ARTICLE}某某市金融局（2025年10月2日）", "某某市金融局", "", "2025-10-02"),
    ],
)
def test_who_issued_it_is_found_wherever_it_is_usual(text: str, issuer: str, number: str, issued: str) -> None:
    said = made(text).head
    assert (said.issuer, said.number, said.issued) == (issuer, number, issued)


@pytest.mark.parametrize(
    ("text", "day", "own"),
    [
        (CLOSED, "2026-01-01", {"x-04": "2026-07-01"}),
        (PASSED, "2026-03-01", {"x-04": "2026-09-01"}),
        (FIELDS, "2025-07-01", {}),
        (ORDER, "2026-02-01", {"x-03": "2026-08-01"}),
        (ARTICLE + "第四条 银行应当自2027年1月1日起执行新的标准。", "", {}),
    ],
)
def test_the_day_of_one_article_is_not_that_of_the_whole(text: str, day: str, own: dict[str, str]) -> None:
    found = made(text)
    assert found.head.effective == day
    assert {one.id: one.effective for one in found.requirements if one.effective} == own
    assert all(f'    effective: "{one}"' in as_yaml(found) for one in own.values())


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("本办法自2026年1月1日起施行，有效期五年。", "2030-12-31"),
        ("本办法自2024年2月29日起施行，有效期为2年。", "2026-02-28"),
        ("本办法自2026年1月1日起施行，有效期两年。", "2027-12-31"),
        ("本办法自2026年1月1日起施行。有效期至2028年6月30日。", "2028-06-30"),
        ("本办法自2026年1月1日起施行。", ""),
        ("银行应当在凭证的有效期三年内保存记录。", ""),
    ],
)
def test_for_how_long_it_is_in_force(said: str, day: str) -> None:
    found = made(f"{ARTICLE}第四条 {said}")
    assert found.head.expires == day
    assert (f'  expires: "{day}"' in as_yaml(found)) is bool(day)


def test_a_closing_paragraph_without_a_number_is_not_lost() -> None:
    assert [(one.clause, one.why) for one in made(CLOSED).dropped][-1] == ("第二章", "effect")


def test_a_duty_that_says_from_when_it_binds_is_still_a_duty() -> None:
    assert next(one.source for one in made(CLOSED).requirements if one.id == "x-04").startswith("商业银行应当公示收费")


@pytest.mark.parametrize(
    "article",
    [
        "为规范服务，保护客户，根据有关法律，结合本市实际，制定本办法，请各机构认真执行。",
        "为做好服务，现就有关事项通知如下。",
        "本办法适用于在本市开展服务的商业银行。",
        "在本市从事支付服务的机构及其人员，应当遵守本办法。",
        "在本省设立的银行提供服务，适用本办法；法律另有规定的，从其规定。",
        "市金融局会同有关部门对银行的落实情况进行检查评估，定期通报结果。",
    ],
)
def test_purpose_scope_and_the_issuer_s_own_work_are_no_duties(article: str) -> None:
    text = f"海州市金融局文件\n某某办法\n第一条 {article}\n第二条 银行应当公示收费。\n第三条 银行不得搭售。"
    assert [one.id for one in made(text).requirements] == ["x-02", "x-03"]


def test_whom_the_scope_names_is_asked_where_a_duty_names_nobody() -> None:
    found = made(LENDERS).requirements
    assert [(one.id, one.applies_to) for one in found] == [("x-03", ("bank", "microloan")), ("x-04", ("bank", "microloan"))]


@pytest.mark.parametrize(("sent", "obligation"), [("各市人民政府：", "encourage"), ("各市人民政府，各银行：", "should")])
def test_institutions_that_governments_are_to_lead_are_invited(sent: str, obligation: str) -> None:
    text = f"关于改进服务的意见\n{sent}\n一、引导金融机构完善激励机制。\n二、推动金融机构核算。\n三、银行要报送数据。"
    assert made(text).requirements[0].obligation == obligation
