"""What part a paragraph plays: heading, caption, question, body; and who speaks it."""

import pytest

from mapper.corpus.paragraphs import Paragraph, paragraphs
from mapper.corpus.reading import Block, BlockKind
from mapper.corpus.segment import passages
from mapper.corpus.speakers import speakers
from mapper.corpus.textmap import TextMap

BODY = "马上消费坚持自主研发,将数字化技术与金融业务深度融合,申请专利数已经超过490项。"


def roles(*texts: str, kind: BlockKind = "text") -> list[str]:
    return [paragraph.role for paragraph in paragraphs(Block(TextMap.of(text), kind) for text in texts)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("科技连接普惠", "heading"),
        ("“微业贷”着力支持和服务小微企业", "heading"),
        ("一、总体要求", "heading"),
        ("——风险管理委员会", "heading"),
        ("【产品介绍】", "heading"),
        ("二、消保审查。", "heading"),
        ("（二）消保培训。", "heading"),
        ("二、加强消保审查。", "body"),
        ("二、贷款捆绑销售保险产品。", "body"),
        ("■青禾银行“3·15”消费者权益保护宣传专栏", "caption"),
        ("■青禾银行每周更新宣传专栏内容", "body"),
        ("（图源：青禾银行官网）", "caption"),
        ("青经记者 何小兰", "caption"),
        ("本报记者 何 兰", "caption"),
        (BODY, "body"),
        ("矢志进取谱华章。", "body"),
        ("1.有固定住所", "body"),
        ("重要产品提示:", "body"),
        ("图片来源:界面新闻 范剑磊", "caption"),
        ("王立鹏 微众银行首席财务官、董事会秘书", "caption"),
        ("注：证监会消息", "caption"),
        ("票据贴现 482,834 10% 404,623 9%", "caption"),
        ("建档立卡贫困人口贷款 | 1,261,784.24", "body"),
        ("一周罚单｜七家机构合计被罚近900万元", "heading"),
        ("资料来源：Wind，国信证券经济研究所整理", "caption"),
    ],
)
def test_a_paragraph_among_others(text: str, role: str) -> None:
    assert roles(BODY, text, BODY)[1] == role


def test_short_lines_in_a_row_are_a_list() -> None:
    assert roles(BODY, "线上渠道", "线下网点", "电话客服", "上门服务", BODY)[1:4] == ["body"] * 3


def test_a_topic_before_the_text_in_one_line_heads_it() -> None:
    lines = ["一、消保审查。全年审查产品1,206件，提出意见2,310条。", "二、加强培训。全年培训三千人次。"]
    found, _ = passages("a", paragraphs([text(BODY), *map(text, lines)]))
    assert [(one.role, one.section, one.text) for one in found[1:]] == [
        ("heading", None, "一、消保审查。"),
        ("body", "一、消保审查。", "全年审查产品1,206件，提出意见2,310条。"),
        ("body", "一、消保审查。", "二、加强培训。"),
        ("body", "一、消保审查。", "全年培训三千人次。"),
    ]


def test_topics_with_a_stop_are_headings_though_several_follow_each_other() -> None:
    topics = ["一、消保审查。", "二、消保培训。", "三、投诉处理机制。", "四、考核评估。"]
    assert roles(BODY, *topics)[1:] == ["heading"] * 4


@pytest.mark.parametrize("title", ["三家银行因此被罚！", "信用卡为何引发“众怒”？", "惊呆!竟泄漏信息!", "创新农险，保障超2500万元"])
@pytest.mark.parametrize("below", [BODY, "2024-05-06", "2024年5月", "来源：青禾日报", "青禾日报5月6日讯"])
def test_the_first_line_is_a_title_though_it_exclaims_asks_or_holds_commas(title: str, below: str) -> None:
    assert roles(title, below, BODY)[0] == "heading"


@pytest.mark.parametrize("first", ["本行走访农户。", "1、设立窗口，走访农户", "问：何时办理？", "尊敬的客户，您好！"])
def test_a_first_line_that_is_no_title_stays_what_it_is(first: str) -> None:
    assert roles(first, BODY)[0] == "body"
    assert roles("设立老年窗口！", "走访农户！")[0] == "body"


@pytest.mark.parametrize("line", ["商报·2025-08-04 10:13", "24-02-03 11:46", "商报 2020-05", "商报 2020年5月", "青禾网11月18日讯"])
def test_a_line_that_gives_the_day_heads_nothing(line: str) -> None:
    assert roles("青禾银行被罚", line, BODY)[1] != "heading"
    assert roles("青禾银行被罚", *[BODY] * 5, "青禾经济网11月18日讯", BODY)[-2] == "heading"


def test_headings_each_below_the_one_before_are_no_list() -> None:
    above = ["本行今年的工作如下。", "网点一览", "常用电话", "第五节 服务客户", "一、老年客户服务", "（一）网点改造"]
    assert roles(*above, "全部网点已配备老花镜。")[-4:] == ["heading", "heading", "heading", "body"]
    listed = ["一、老年客户服务", "二、乡村客户服务", "三、小微客户服务", "四、金融知识普及"]
    assert roles(above[0], *listed, "本行逐项落实。")[1:4] == ["body", "body", "body"]


def test_the_name_of_the_report_on_its_cover_is_no_statement() -> None:
    name = "云岭银行2024年环境、社会及治理（ESG）报告"
    cover = ["云岭银行", "携手同行共成长", "客户之声", "员工之家", name, "绿色环境", "和谐社区"]
    assert roles(BODY, *cover, BODY)[5] == "caption"
    assert roles(BODY, *(line.replace(name, "编制并发布社会责任报告") for line in cover), BODY)[5] == "body"


def test_what_the_format_calls_a_heading_is_one() -> None:
    assert roles(
        "一个相当长的标题,它超过了四十个字的限度,然而网页自己用标题的标签说了它就是标题,所以它是标题", kind="heading"
    ) == ["heading"]


def test_what_the_format_calls_a_list_item_is_none() -> None:
    assert roles("无不良信用记录", kind="item") == ["body"]


def interview(*texts: str) -> list[Paragraph]:
    return speakers(paragraphs(Block(TextMap.of(text)) for text in texts))


def test_an_interview_knows_who_asks_and_who_answers() -> None:
    found = interview(
        "近日本刊记者对该行首席财务官进行了专访,以下是访谈的主要内容,供读者了解。",
        "CST: 您是如何理解ESG的?",
        "王立鹏: 我行坚持责任在先。",
        "我行还设立了专门的团队。",
        "CST: 未来如何发展?",
        "王立鹏: 我行将继续推动数字化。",
    )
    assert [(p.role, p.speaker) for p in found[1:]] == [
        ("question", None),
        ("body", "王立鹏"),
        ("body", "王立鹏"),
        ("question", None),
        ("body", "王立鹏"),
    ]
    assert found[2].text == "我行坚持责任在先。"


def test_a_label_for_answers_names_nobody() -> None:
    found = interview("问：有何规定？", "答：规定如下。", "问：何时施行？", "答：下月施行。")
    assert [(p.role, p.speaker) for p in found] == [("question", None), ("body", None)] * 2


def test_questions_and_answers_may_be_numbered() -> None:
    found = interview("Q1：有何规定？", "A1：规定如下。", "Q2：请谈谈何时施行。", "A2：下月施行。")
    assert [(p.role, p.text) for p in found[1:3]] == [("body", "规定如下。"), ("question", "请谈谈何时施行。")]


def test_a_journalist_asks_even_without_a_question_mark() -> None:
    found = interview("本刊记者：请谈谈情况。", "李明：我行情况良好。", "本刊记者：请再谈谈。", "李明：我行稳健。")
    assert [p.role for p in found] == ["question", "body"] * 2


def test_words_before_a_colon_are_not_always_speakers() -> None:
    found = interview("数据显示：增长了。", "来源：某网", "数据显示：又增长了。", "来源：某报")
    assert {p.speaker for p in found} == {None}


def text(words: str) -> Block:
    return Block(TextMap.of(words), "text")


def test_a_line_of_prose_that_a_page_cut_is_no_heading_and_goes_on_in_the_next() -> None:
    found = paragraphs([text("截至报告期末，本行个人贷款"), text("余额61亿元，较上年末增加8.3"), text("亿元，增速15%。本行支持农户。")])
    assert [(one.role, one.text) for one in found] == [
        ("body", "截至报告期末，本行个人贷款余额61亿元，较上年末增加8.3亿元，增速15%。本行支持农户。")
    ]


def test_a_line_that_ends_in_a_whole_figure_is_no_beginning_of_the_sentence_below() -> None:
    head = "服务“加速跑”，贷款余额4.5万亿，增速13.1%"
    below = "紧盯智能制造、商业航天等黄金赛道，本行创新推出“联动贷”等产品。"
    assert [one.text for one in paragraphs([text(BODY), text(head), text(below)])][1:] == [head, below]
    wrapped = [text("本行今年贷款增长，年末小微企业贷款余额1,200亿元"), text("的目标已经完成，服务客户三万户，走访农户。")]
    assert len(paragraphs([text(BODY), *wrapped])) == 2


def test_what_begins_with_words_in_brackets_goes_on_with_an_unfinished_paragraph() -> None:
    first = "本行加大对贫困地区轨道交通、水利水电、电网建设等项目的支持力度。截至报告期末，金融精准扶贫贷款"
    found = paragraphs([text(first), text("（含已脱贫人口贷款）余额8亿元。"), text("（一）基本情况")])
    assert [one.text for one in found] == [first + "（含已脱贫人口贷款）余额8亿元。", "（一）基本情况"]


def test_a_heading_of_two_clauses_stays_one() -> None:
    found, _ = paragraphs([text("充分肯定成绩，准确把握形势"), text("会议在江城召开。")])
    assert found.role == "heading"


def test_a_line_that_is_all_of_a_document_is_text_and_the_first_of_several_its_title() -> None:
    """The cell of a table that no stop ends is no title of itself."""
    line = "江州银行上线“碳账户”，为12.3万名客户记录绿色行为"
    assert [one.role for one in paragraphs([text(line)])] == ["body"]
    assert [one.role for one in paragraphs([text("江州银行动态"), text(line)])] == ["heading", "body"]


def test_a_row_whose_columns_spaces_set_apart_is_no_heading_of_what_follows() -> None:
    rows = ["银行            普惠小微贷款   增速    不良率", "海屿农商银行       141.20    16.30%    0.91%"]
    found = paragraphs([text("3.5 同业比较"), *map(text, rows), text("全年推广整村授信，为3万户农户授信96亿元。")])
    assert [one.role for one in found] == ["heading", "caption", "caption", "body"]


@pytest.mark.parametrize("line", ["设立老年专窗    提供上门服务    保留人工窗口", "第三章  消费者权益保护  工作情况"])
def test_short_phrases_set_apart_by_spaces_are_no_row_without_figures_below(line: str) -> None:
    found = paragraphs([text("本行开会。"), text(line), text("本行走访农户。")])
    assert "caption" not in [one.role for one in found]


@pytest.mark.parametrize("line", ["7.3 展望", "7.3 2025 年展望"])
def test_a_numbered_heading_may_name_a_year(line: str) -> None:
    assert paragraphs([text("本行开会。"), text(line), text("本行走访农户。")])[1].role == "heading"
