"""The date of a document, by its head and its tail: thirty made-up documents and more, each kind several times."""

from __future__ import annotations

import pytest

from mapper.corpus import document_text
from mapper.model import DocumentText

BODY = "本行持续做好小微企业金融服务，在县域网点设立服务专窗，安排专职客户经理上门办理业务，服务客户一千二百户。\n"
MORE = "全部网点均已配备老花镜和轮椅。\n"

STATED = [
    # a line of publication
    ("青禾银行开展宣传活动\n发布时间：2024-08-16 来源：青禾日报\n", "", "2024-08-16"),
    ("青禾银行开展宣传活动\n索引号：LJ01 成文日期：2024年3月5日\n", "", "2024-03-05"),
    ("青禾银行开展宣传活动\n", "上传于 2023/06/29\n", "2023-06-29"),
    ("青禾银行开展宣传活动\n日期：2023.06.29\n", "", "2023-06-29"),
    # a line with little else below the title
    ("青禾银行开展宣传活动\n2024年5月6日 10:20 青禾日报\n", "", "2024-05-06"),
    ("青禾银行开展宣传活动\n《中部财经》深度 | 2024-10-21 | 记者 鲁晚亭、实习生 唐可一\n", "", "2024-10-21"),
    ("青禾银行2024年社会责任报告\n二〇二五年三月\n", "", "2025-03"),
    # a signature
    ("关于现场检查情况的通报\n", "平澜市地方金融管理局\n2024年3月29日\n（此件主动公开）\n", "2024-03-29"),
    ("关于2023年度检查情况的通报\n", "平澜市地方金融管理局\n二〇二四年三月二十九日\n", "2024-03-29"),
    ("民事判决书\n", "审判长 高远\n二〇二二年十一月二十八日\n书记员 苗青\n", "2022-11-28"),
    ("青禾银行2024年年度报告\n", "青禾银行股份有限公司董事会 2025年3月28日\n", "2025-03-28"),
    ("服务公约\n", "青禾银行股份有限公司（盖章）\n贰零贰叁年拾壹月零玖日\n", "2023-11-09"),
]
INFERRED = [
    # the period of the title or the cover
    ("青禾银行股份有限公司2024年年度报告\n", "净资产收益率按证监会于2010年1月11日修订之规则\n\n计算。\n", "2024-12"),
    ("青禾银行股份有限公司\n2019年年度报告\n", "2019年12月31日\n", "2019-12"),
    ("青禾银行二〇二二年度社会责任报告\n", "", "2022-12"),
    ("青禾银行2024年半年度报告摘要\n", "", "2024-06"),
    ("2024年第三季度消费投诉情况的通报\n", "", "2024-09"),
    ("青禾消费金融2023年ESG报告\n", "公司计划于2026年11月实现全覆盖。\n", "2023-12"),
    ("青禾银行2024年上半年工作总结\n", "本办法自2017年11月1日起施行。\n", "2024-06"),
    # a period that a line or a sentence names
    ("青禾银行绿色金融报告\n报告期：2022年1月1日至12月31日\n", "", "2022-12-31"),
    ("青禾银行绿色金融报告\n", "本报告时间范围：2023年1月1日至2023年12月31日，部分内容超出此范围。\n", "2023-12-31"),
    ("关于本报告\n", "“报告期”指2021年1月1日至2021年12月31日。\n", "2021-12-31"),
    # months, years and ranges in words
    ("小微企业金融服务情况\n", "2024年一至六月，累计发放贷款三亿元。\n", "2024-06"),
    ("小微企业金融服务情况\n", "2021年度到2023年度，累计发放贷款三十亿元。\n", "2023-12"),
    ("小微企业金融服务情况\n", "2022年3月1日至2023年4月30日，累计发放贷款三十亿元。\n", "2023-04-30"),
    ("小微企业金融服务情况\n", "二〇二三年九月末，余额三亿元。\n", "2023-09"),
    # a sentence is never stated, and a plan is none
    ("小微企业金融服务情况\n", "青禾银行于2024年5月6日举办了宣传活动\n", "2024-05-06"),
    ("小微企业金融服务情况\n", "根据2018年5月3日修订的办法，本行于2023年6月完善了制度。\n", "2023-06"),
    ("小微企业金融服务情况\n", "截至2024年6月30日\n余额三亿元。\n", "2024-06-30"),
    ("小微企业金融服务情况\n", "力争到2027年末覆盖全部乡镇；2023年末已覆盖八成。\n", "2023-12"),
    ("普惠金融推进规划（2024—2026年）\n", "2023年末，余额三亿元。\n", "2023-12"),
    ("商业银行服务收费办法（2014年修订）\n", "", None),
    ("小微企业金融服务情况\n", "2019年4月31日的数据有误。\n", "2019-04"),
    # a deadline and the day of a foundation are none, and what has been done since a year began is told in it
    ("行政处罚信息公示\n", "决定日期：2025年2月14日\n公示截止期：2028年2月14日\n", "2025-02-14"),
    ("行政处罚信息公示\n", "决定日期：2025年2月14日\n公示有效期：2025年2月20日至2028年2月14日\n", "2025-02-14"),
    ("产品说明\n", "2024年6月，本行举办活动；产品存续期2023年1月1日至2025年12月31日。\n", "2024-06"),
    ("新春活动\n", "在2025年来临之际，本行开展慰问。\n", None),
    ("青禾银行简介\n", "青禾银行成立于2006年11月8日，前身是信用社。\n", None),
    ("青禾银行简介\n", "2024年3月1日，青禾银行新城支行开业。\n", "2024-03-01"),
    # nor is the day on which a firm was opened, or a customer signed a contract; a branch that opens is news, and so are partners
    ("青禾银行简介\n", "青禾银行于2009年8月挂牌开业，注册资本十亿元。\n", None),
    ("青禾银行简介\n", "青禾银行2009年8月8日获准开业，2012年5月改制为股份有限公司。\n", None),
    ("青禾银行简介\n", "青禾银行新城支行于2024年3月1日正式开业。\n", "2024-03-01"),
    ("服务提示\n", "2020年5月，陈女士与青禾银行签订个人消费借款合同。\n", None),
    ("服务提示\n", "客户陈某2020年5月6日与青禾银行签订合同，2022年9月申请提前还款。\n", "2022-09"),
    ("合作动态\n", "2024年3月，青禾银行与平澜市供销社签订合作协议。\n", "2024-03"),
    ("小微企业金融服务情况\n", "2024年以来已举办讲座二十场；2023年全年举办九十场。\n", "2024"),
]


def dated(head: str, tail: str, path: str = "a.txt") -> tuple[str | None, str]:
    found = document_text(path, (head + BODY + MORE + tail).encode())
    assert isinstance(found, DocumentText), found
    return found.document.date, found.document.date_basis


@pytest.mark.parametrize(("head", "tail", "date"), STATED)
def test_a_line_of_its_own_states_the_date(head: str, tail: str, date: str) -> None:
    assert dated(head, tail) == (date, "stated")


@pytest.mark.parametrize(("head", "tail", "date"), INFERRED)
def test_anything_else_lets_one_infer_it(head: str, tail: str, date: str | None) -> None:
    assert dated(head, tail) == (date, "inferred" if date else "unknown")


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2023/青禾银行2023年年报.txt", "2023-12"),
        ("bank_2019_annual_report.txt", "2019-12"),
        ("20240315-简报.txt", "2024-03-15"),
        ("简报2024-03.txt", "2024-03"),
        ("601_1202344.txt", None),
        ("2024年工作计划.txt", None),
    ],
)
def test_the_name_of_the_file_comes_after_its_lines(name: str, date: str | None) -> None:
    assert dated("小微企业金融服务情况\n", "", name) == (date, "inferred" if date else "unknown")
    assert dated("青禾银行2022年年度报告\n", "", name)[0] == "2022-12"
