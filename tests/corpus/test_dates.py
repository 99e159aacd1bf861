"""The date of a document, by its head and its tail: thirty made-up documents and more, each kind several times."""

from __future__ import annotations

import pytest

from mapper.corpus import document_text
from mapper.corpus.dates import document_date
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
    # a day whose year has two figures, and a month behind a source
    ("青禾银行开展宣传活动\n24-05-06 11:46\n", "2021年7月，本行走访三百户。\n", "2024-05-06"),
    ("青禾银行致歉之后\n中部商业评论 2024-05\n", "2021年7月6日，客户到网点咨询。\n", "2024-05"),
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
    ("青禾银行动态\n", "青禾银行于2024年3月成立数据治理领导小组。\n", "2024-03"),
    ("青禾银行动态\n", "青禾银行2024年3月组建助农服务队，走访山区。\n", "2024-03"),
    ("青禾银行动态\n", "2024年3月营业收入三亿元。\n", "2024-03"),
    ("青禾银行动态\n", "2024年3月1日开业的新城支行设有母婴室。\n", "2024-03-01"),
    ("服务提示\n", "2020年5月，陈女士与青禾银行签订个人消费借款合同。\n", None),
    ("服务提示\n", "客户陈某2020年5月6日与青禾银行签订合同，2022年9月申请提前还款。\n", "2022-09"),
    ("合作动态\n", "2024年3月，青禾银行与企业客户签订合作协议。\n", "2024-03"),
    ("合作动态\n", "2024年3月，青禾银行与果农周先生签订首笔果园贷款合同。\n", "2024-03"),
    ("服务提示\n", "2020年5月，青禾银行与陈某签订借款合同。\n", None),
    ("合作动态\n", "2024年3月，青禾银行与平澜市供销社签订合作协议。\n", "2024-03"),
    # a report that says when it was put out was written then, not at the end of its period
    ("青禾银行2024年社会责任报告\n", "本报告于2025年5月发布，上一份报告发布于去年4月。\n", "2025-05"),
    ("青禾银行2024年社会责任报告\n", "本报告依据于2025年5月修订的指南编制。\n", "2024-12"),
    ("青禾银行2024年社会责任报告\n", "本报告上一期于2024年5月发布。\n", "2024-12"),
    ("小微企业金融服务情况\n", "2024年以来已举办讲座二十场；2023年全年举办九十场。\n", "2024"),
    # a day without a year is of the first year in which it is not before what the text speaks of
    ("同日两家银行被罚\n12月15日\n", "仅2023年9月26日，便开出五张罚单。\n", "2023-12-15"),
    ("台风过后理赔到位\n青禾日报10月30日讯（记者 何兰）\n", "台风于2023年10月26日登陆。\n", "2023-10-30"),
    ("青禾银行发布2023年消费者权益保护年报\n本报讯（记者 何兰）2月17日，青禾银行发布年报。\n", "", "2024-02-17"),
    ("同日两家银行被罚\n12月15日\n", "", None),
    ("同日两家银行被罚\n12月15日，两家银行被罚。\n", "2023年9月26日，开出五张罚单。\n", "2023-09-26"),
    # a year that is named without a month counts against an older date, unless it is one to come or the name of a rule
    ("农担撬动信贷\n", "2016年5月，公司开始运作；2021年，果农申请到担保贷款。\n", "2021"),
    ("农担撬动信贷\n", "2016年5月6日，公司发放首笔贷款；2024年是展业八周年。\n", "2024"),
    ("农担撬动信贷\n", "2016年5月，公司开始运作。到2022年3月末，担保项目累计超过二百万个。\n", "2022-03"),
    ("农担撬动信贷\n", "2016年5月，公司开始运作。到2032年3月末，担保项目达到二百万个。\n", "2016-05"),
    ("农担撬动信贷\n", "2016年5月，公司开始运作。2032年，公司将覆盖全省。\n", "2016-05"),
    ("农担撬动信贷\n", "2016年5月，公司依照《担保办法（2022年版）》开始运作，额度有效期至2031年1月30日。\n", "2016-05"),
    ("重疾险拒赔案\n2024年\n", "客户2022年4月因头痛就医。\n", "2024"),
    ("农担撬动信贷\n", "2021年，果农申请到担保贷款。\n", None),
    # the columns of a table of figures are headed by the periods that they report on
    ("青禾银行指标\n指标 | 单位 | 2022 | 2023 | 备注\n绿色贷款 | 亿元 | 3 | 4\n", "", "2023-12"),
    ("青禾银行指标\n指标 | 2023年6月末 | 2022年6月末\n绿色贷款（亿元） | 4 | 3\n", "2021年3月起试行。\n", "2023-06"),
    ("青禾银行发展规划\n指标 | 2028年 | 2030年\n绿色贷款（亿元） | 4 | 5\n", "", None),
    ("青禾银行指标\n统计年份 | 2023\n", "", None),
]


def test_a_file_says_of_itself_less_than_its_columns_do() -> None:
    for heads, date in [(["指标", "单位", "2022", "2023"], "2023-12"), (["指标", "单位", "余额"], "2026-11-28")]:
        texts = [" | ".join(heads), "绿色贷款 | 亿元 | 3 | 4"]
        assert document_date("", "2026-11-28", "青禾银行指标", "a.xlsx", [], [], texts) == (date, "inferred")


def test_the_address_of_a_page_says_of_which_year_a_day_is() -> None:
    found = document_date("", "", "", "a", [], [], ["同日两家银行被罚", "12月15日"], "https://example.com/2023/20231216_1.html")
    assert found == ("2023-12-15", "inferred")


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
