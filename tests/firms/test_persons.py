"""What is decided against a person is not the firm's act; what only a person's record tells of the firm is. All invented."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.model import DocumentText
from tests.builders import document, firm, heading, registry

BANK, PORT = "云岭银行", "海港银行"
NOTICE = "被处罚当事人：{party}；主要违法违规事实：{facts}；行政处罚决定：{decided}；作出处罚决定的机关：清川金融监管分局"


def told(text: DocumentText, words: str) -> set[str]:
    """Whose the stretch is that holds these words."""
    known = local_registry(text, registry())
    for passage, reading in zip(text.passages, attribute(text, known), strict=True):
        at = passage.text.find(words)
        if at >= 0:
            return {one.firm for one in reading.attributed if one.start <= at and at + len(words) <= one.end}
    raise AssertionError(words)


def row(party: str, facts: str, decided: str) -> str:
    return NOTICE.format(party=party, facts=facts, decided=decided)


FIRMS_ROW = row("云岭银行股份有限公司清川分行", "向商户违规收取账户维护费；贷后检查流于形式", "罚款七十万元")


@pytest.mark.parametrize(
    ("party", "facts", "decided"),
    [
        ("纪某", "对云岭银行清川分行违规收取账户维护费负有责任", "警告并罚款四万元"),
        ("王海平（时任云岭银行清川分行行长）", "对贷后检查流于形式负有管理责任", "罚款四万元"),
        ("纪某、邹某某", "对云岭银行清川分行上述违规行为负有责任", "分别给予警告"),
    ],
    ids=["anonymous", "in-office", "points-back"],
)
def test_a_persons_record_tells_nothing_of_the_firm_that_its_own_tells(party: str, facts: str, decided: str) -> None:
    text = document(FIRMS_ROW, row(party, facts, decided))
    assert told(text, "贷后检查流于形式；") == {BANK}
    assert told(text, "罚款七十万元") == {BANK}
    assert told(text, facts) == set()
    assert told(text, decided) == set()


def test_the_order_of_the_records_does_not_matter() -> None:
    text = document(row("纪某", "对云岭银行清川分行违规收取账户维护费负有责任", "警告"), FIRMS_ROW)
    assert told(text, "违规收取账户维护费负有责任") == set()


def test_a_fact_that_only_the_persons_record_tells_stays_the_firms() -> None:
    text = document(FIRMS_ROW, row("纪某", "对云岭银行清川分行理财销售未录音录像负有责任", "警告并罚款四万元"))
    assert told(text, "理财销售未录音录像") == {BANK}
    assert told(text, "警告并罚款四万元") == set()
    alone = document(row("纪某", "对云岭银行清川分行违规收取账户维护费负有责任", "警告并罚款四万元"))
    assert told(alone, "违规收取账户维护费") == {BANK}
    assert told(alone, "警告并罚款四万元") == set()


def test_the_same_fact_of_another_firm_does_not_tell_it_of_this_one() -> None:
    text = document(
        row("海港银行股份有限公司", "理财销售未录音录像", "罚款二十万元"),
        row("纪某", "对云岭银行清川分行理财销售未录音录像负有责任", "警告"),
    )
    assert told(text, "对云岭银行清川分行理财销售未录音录像") == {BANK}


def test_a_record_without_labels_is_a_persons_where_its_first_party_is_one() -> None:
    firms = "清金罚决字〔2024〕7号；云岭银行股份有限公司清川分行；纪某；向商户违规收取账户维护费；罚款七十万元"
    persons = "清金罚决字〔2024〕8号；纪某；—；对云岭银行清川分行违规收取账户维护费负有责任；警告并罚款四万元"
    text = document(firms, persons)
    assert told(text, "罚款七十万元") == {BANK}
    assert told(text, "警告并罚款四万元") == set()


def test_below_a_heading_that_names_a_person_the_rows_are_the_persons() -> None:
    text = document(
        heading("云岭银行股份有限公司"),
        "向商户违规收取账户维护费 | 罚款七十万元",
        heading("王海平（时任云岭银行股份有限公司副行长）"),
        "对违规收取账户维护费负有责任 | 警告",
    )
    assert told(text, "罚款七十万元") == {BANK}
    assert told(text, "负有责任 | 警告") == set()


@pytest.mark.parametrize(
    ("sentence", "persons", "firms"),
    [
        ("云岭银行因违规收取账户维护费被罚款七十万元；时任行长纪某被警告并罚款四万元。", "被警告并罚款四万元", "被罚款七十万元"),
        ("云岭银行因违规收取账户维护费被罚款七十万元，对直接责任人纪某给予警告，并处罚款四万元。", "并处罚款四万元", "被罚款七十万元"),
        ("我局决定对云岭银行罚款七十万元；对王海平警告，禁止从事银行业工作三年。", "禁止从事银行业工作三年", "罚款七十万元"),
        ("云岭银行违规收取年费；纪某（时任云岭银行行长）对上述行为负有责任，被警告并罚款四万元。", "被警告并罚款", "违规收取年费"),
        ("处罚决定：对云岭银行罚款七十万元 对纪某警告", "对纪某警告", "罚款七十万元"),
    ],
)
def test_in_a_sentence_the_persons_clauses_are_nobodys(sentence: str, persons: str, firms: str) -> None:
    assert told(document(sentence), persons) == set()
    assert told(document(sentence), firms) == {BANK}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("云岭银行及其行长纪某因违规收费分别被罚款七十万元和四万元。", "分别被罚款"),
        ("云岭银行向客户纪某重复收取年费，被罚款七十万元。", "被罚款七十万元"),
        ("云岭银行对员工纪某罚款两千元。", "罚款两千元"),
        ("我局决定对云行罚款七十万元，并处没收违法所得三万元。", "没收违法所得"),
        ("云岭银行贷款管理不到位，员工违规被罚款七十万元。", "被罚款七十万元"),
        ("云岭银行乱收费，对商户罚款两千元。", "罚款两千元"),
        ("云岭银行行长纪某介绍，全行网点已改造无障碍坡道。", "改造无障碍坡道"),
    ],
)
def test_what_a_firm_does_or_is_punished_for_stays_its_own(sentence: str, words: str) -> None:
    assert told(document(sentence), words) == {BANK}


def test_a_firm_that_punishes_its_own_people_acts() -> None:
    text = document("报告期内，对相关责任人王海平给予警告，扣减绩效。", title="云岭银行2024年社会责任报告")
    assert told(text, "给予警告") == {BANK}


def test_a_stretch_from_which_a_persons_clause_was_taken_says_so() -> None:
    def cut(text: DocumentText) -> set[bool]:
        read = attribute(text, local_registry(text, registry()))
        return {one.cut for reading in read for one in reading.attributed}

    assert cut(document("云岭银行清川支行占压财政存款，被罚款二十万元，时任行长莫某被警告。")) == {True}
    assert cut(document("云岭银行清川支行占压财政存款，被罚款二十万元。")) == {False}


def test_no_empty_stretch_is_left_of_a_clause_on_a_person() -> None:
    text = document("云岭银行总经理王海平被罚款五万元，海港银行被罚款十万元，纪某被警告。")
    [reading] = attribute(text, registry())
    assert [one.firm for one in reading.attributed] == [PORT]


@pytest.mark.parametrize(
    ("sentence", "seen"),
    [
        ("云岭银行风险管理部总经理李某因未告知客户被罚款五万元。", False),
        ("时任云岭银行消费者权益保护部主任王晓明对误导销售负有责任，被警告。", False),
        ("云岭银行风险管理部设立反诈专班，经理李某获表彰。", True),
    ],
)
def test_the_department_of_somebody_who_is_punished_is_masked_from_matching(sentence: str, seen: bool) -> None:
    (reading,) = attribute(document(sentence), registry())
    at = sentence.find("部")
    assert any(start <= at < end for start, end in reading.names) is not seen


@pytest.mark.parametrize("post", ["个人征信异议处理员", "消费者权益保护部"])
def test_where_somebody_worked_does_not_say_what_he_did(post: str) -> None:
    sentence = f"时任禾川银行{post}董某因受贿被判处有期徒刑三年。"
    masked = attribute(document(sentence), registry(firm("禾川银行", "bank")))[0].names
    at = sentence.index(post)
    assert any(start <= at and at + len(post) <= end for start, end in masked)
