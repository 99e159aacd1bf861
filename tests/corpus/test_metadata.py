"""Title, publisher and date as the document itself states them, or as its text lets one infer."""

import pytest

from mapper.corpus.document import described
from mapper.corpus.furniture import sift
from mapper.corpus.metadata import facts
from mapper.corpus.paragraphs import paragraphs
from mapper.corpus.reading import Block
from mapper.corpus.settings import DocumentSettings
from mapper.corpus.textmap import TextMap
from mapper.model import Document

BODY = "马上消费坚持自主研发,将数字化技术与金融业务深度融合,申请专利数已经超过490项,服务了众多的客户。"
A_DOCUMENT = Document(id="a.txt", path="a.txt", sha256="")


def known(*texts: str, **stated: str) -> Document:
    found = paragraphs(Block(TextMap.of(text)) for text in texts)
    return facts(A_DOCUMENT, stated, found, sift(found)[0])


def test_head_lines_state_source_and_date() -> None:
    found = known(
        "首页 > 资讯", "微众银行王立鹏:以ESG引领发展", "发布时间:2023-06-29来源:可持续发展经济导刊作者:媒体中心", BODY
    )
    assert (found.title, found.title_basis) == ("微众银行王立鹏:以ESG引领发展", "stated")
    assert (found.publisher, found.publisher_basis) == ("可持续发展经济导刊", "stated")
    assert (found.date, found.date_basis) == ("2023-06-29", "stated")


def test_a_credit_at_the_end_states_the_publisher() -> None:
    assert known(BODY, "(经济观察网 胡群/文)").publisher == "经济观察网"


def test_whoever_a_picture_is_from_is_no_publisher() -> None:
    assert known(BODY, "图片来源:某某图库", BODY).publisher is None


@pytest.mark.parametrize("line", ["来源：视频截图", "来源：图虫创意", "来源：网络", "来源：2025-11-03", "来源：2025年11月3日"])
def test_nor_is_a_day_or_the_picture_of_a_film(line: str) -> None:
    assert known("青禾银行致歉之后", line, BODY, BODY).publisher is None


def test_a_publisher_ends_before_its_brackets() -> None:
    assert known("青禾银行致歉之后", "来源：青禾网（青禾日报网）", BODY).publisher == "青禾网"


def test_a_title_that_exclaims_is_one_and_is_no_evidence() -> None:
    assert known("惊呆！为了三万元竟泄漏客户信息！", "24-02-03 11:46", BODY).title == "惊呆！为了三万元竟泄漏客户信息！"


def test_fields_of_the_format_come_first() -> None:
    found = known(
        "另一个标题", BODY, title="标题", publisher="某报", date="2024-05-06T07:08:09+08:00", url="https://a.example/1"
    )
    assert (found.title, found.publisher, found.date, found.url) == (
        "标题",
        "某报",
        "2024-05-06",
        "https://a.example/1",
    )


def test_the_title_of_a_page_sheds_its_site() -> None:
    found = known(BODY, page_title="某银行发布年报_新闻频道_某某网")
    assert (found.title, found.publisher, found.publisher_basis) == ("某银行发布年报", "某某网", "inferred")


def test_a_heading_in_the_middle_is_no_title() -> None:
    assert known(BODY, "科技连接普惠", BODY).title is None


@pytest.mark.parametrize(
    "line",
    [
        "本报记者 张三",
        "图片来源：视觉中国",
        "王五/摄",
        "文/李四 图/王五",
        "（通讯员 何兰）",
        "第17期（总第236期）",
        "临金罚决字〔2024〕31号",
        "读取中，请稍候",
        "您现在的位置： 首页 > 云岭公告",
    ],
)
def test_who_wrote_it_or_took_its_picture_is_no_title(line: str) -> None:
    assert known(line, "云岭银行走进社区", BODY).title == "云岭银行走进社区"
    assert known(line, BODY).title is None


def test_a_cover_gives_the_firm_and_the_report_in_two_lines() -> None:
    assert known("云岭银行股份有限公司", "2024 年年度报告", BODY).title == "云岭银行股份有限公司2024年年度报告"
    assert known("云岭银行股份有限公司", "服务县域经济", BODY).title == "云岭银行股份有限公司"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("截至2021年10月末，业务已覆盖全国。", "2021-10"),
        ("截至2022年末，余额为700亿元。", "2022-12"),
        ("截至2023年一季度末，累计服务近80家。", "2023-03"),
        ("截至2023年6月底，已有200余项；2023年7月13日，公司宣布合作。", "2023-07-13"),
        ("基于2023年1-6月的可得数据，排名第一。", "2023-06"),
        ("由2010年1月的6798亿元攀升至2018年10月的84537亿元。", "2018-10"),
        ("预计到2025年末，将实现目标；截至2021年6月末，已服务众多客户。", "2021-06"),
        ("争取2030年实现净零排放，2021年7月发布路线图。", "2021-07"),
        ("2018年5月受到处罚，自2018年11月1日起施行。", "2018-05"),
        ("力争2030年底前达峰，2060年前实现中和。", None),
        ("2010年到2020年这十年，消费信贷涨了近10倍。", None),
    ],
)
def test_the_latest_past_date_of_the_text_is_inferred_and_never_a_plan(text: str, date: str | None) -> None:
    found = known(BODY, text, BODY)
    assert (found.date, found.date_basis) == (date, "inferred" if date else "unknown")


def test_corpus_yaml_overrides_the_file() -> None:
    entry = DocumentSettings(path="a.txt", title="我的标题", date="2022-01", date_basis="inferred")
    found = described(
        known(BODY, title="文件的标题", publisher="某报"), entry
    )
    assert (found.title, found.title_basis) == ("我的标题", "stated")
    assert (found.date, found.date_basis) == ("2022-01", "inferred")
    assert (found.publisher, found.publisher_basis) == ("某报", "stated")


# ---- authors


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("发布时间:2023-06-29来源:可持续发展经济导刊作者:媒体中心", "媒体中心"),
        ("作者：张三 来源：某报", "张三"),
        ("(经济观察网 胡群/文)", "胡群"),
        ("文/李四", "李四"),
        ("某某报记者 王五", "王五"),
        ("作者：佚名", None),
        ("来源：某报", None),
        ("图片作者很多,这里不提。", None),
    ],
)
def test_an_author_is_read_from_head_and_tail_lines(line: str, author: str | None) -> None:
    found = known(line, BODY)
    assert (found.author, found.author_basis) == (author, "stated" if author else "unknown")


@pytest.mark.parametrize("name", ["admin", "Administrator", "微软用户", "python-docx", "x", "", "123", "名" * 40])
def test_what_a_program_writes_is_no_author(name: str) -> None:
    assert known(BODY, author=name).author is None
    assert known(BODY, file_author=name).author is None


def test_fields_of_the_format_state_an_author_and_properties_of_a_file_let_one_infer() -> None:
    assert (known(BODY, author="张三").author, known(BODY, author="张三").author_basis) == ("张三", "stated")
    inferred = known(BODY, file_author="李四")
    assert (inferred.author, inferred.author_basis) == ("李四", "inferred")
    entry = DocumentSettings(path="a.txt", author="王五", author_basis="inferred")
    assert (described(inferred, entry).author, described(inferred, entry).author_basis) == ("王五", "inferred")
