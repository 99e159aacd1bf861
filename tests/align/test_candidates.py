"""What a sentence's neighbours and the rest of its document add to a claim, and what words that only frame a deed do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.align.beside import NOTHING, UNLIKE, PassageScores, elsewhere
from mapper.align.match import match_document
from mapper.align.weighing import Weighing
from mapper.corpus.document import document_text
from mapper.matchers.shelf import shelf
from mapper.model import DocumentText, Evidence
from tests.builders import document, registry, shipped_catalog

SCORE = st.floats(-9, 9, allow_nan=False)
LOOKS = st.lists(st.one_of(st.just(NOTHING), st.builds(PassageScores, st.tuples(SCORE, SCORE))), min_size=1, max_size=7)


@settings(deadline=None)
@given(LOOKS, st.sampled_from([0, 1, None]), st.data())
def test_elsewhere_is_the_best_of_all_other_passages_and_never_less_than_nowhere_near(
    looks: list[PassageScores], place: int | None, data: st.DataObject
) -> None:
    """Passages that nobody looked at (headings), and requirements that only signals know, say nothing."""
    found = elsewhere(looks)
    for number in data.draw(st.permutations(range(len(looks)))):
        others = [look.odds[place] for at, look in enumerate(looks) if at != number and look.odds and place is not None]
        assert found(place, number) == max([UNLIKE, *others])


def shipped(text: DocumentText) -> tuple[Evidence, ...]:
    catalog = shipped_catalog()
    reader = shelf(catalog)
    return match_document(text, catalog, registry(), reader, Weighing.of(reader.weighing).line).evidence


FORM = """企业名称 | 处罚决定书文号 | 违法行为类型 | 行政处罚内容 | 作出处罚决定机关 | 处罚决定日期
云岭银行股份有限公司清川支行 | 清银罚字〔2024〕6号 | {} | 警告，罚款12.4万元 | 中国人民银行清川分行 | 2024年5月8日
"""


def noticed(facts: str) -> tuple[Evidence, ...]:
    """The evidence in a notice that tells these facts."""
    found = document_text("a", FORM.format(facts).encode())
    assert isinstance(found, DocumentText)
    return shipped(found)


@pytest.mark.parametrize("facts", ["占压财政存款", "未按规定收缴假币", "未按规定报送高级管理人员变更"])
def test_the_words_of_a_form_are_evidence_of_nothing_that_its_facts_do_not_tell(facts: str) -> None:
    assert noticed(facts) == ()


@pytest.mark.parametrize(
    ("facts", "requirement"),
    [
        ("未经客户同意查询其信用报告", "cp22-43"),
        ("违反征信管理规定", "fa25-15.b"),
        ("向小微企业收取顾问费而未提供服务", "cp22-28"),
        ("向老年客户推荐高风险产品", "cp22-11"),
    ],
    ids=["a deed", "the rule broken", "a fee", "the words of a deed"],
)
def test_what_the_facts_of_a_notice_tell_is_a_fault(facts: str, requirement: str) -> None:
    found = noticed(facts)
    assert requirement in {one.requirement for one in found}
    assert {one.grade for one in found} == {"adverse"}
    assert all(any(reason.code == "grade-facts" for reason in one.reasons) for one in found)


LEAK = "云岭银行清川分行泄露客户个人信息，被罚款五十万元。"


def marked(sentence: str) -> set[str]:
    """What the second sentence evidences, behind one that tells of the leak."""
    return {one.requirement for one in shipped(document(LEAK, sentence)) if one.quote == sentence}


def test_a_persons_clause_draws_no_mark_that_the_firms_own_words_do_not_bear() -> None:
    person = "时任行长莫某对泄露客户个人信息负有责任，被警告。"
    assert marked(f"云岭银行清川支行未按规定保管会计凭证，被罚款二十万元，{person}") == set()
    assert "cp22-42" in marked(f"云岭银行清川支行泄露客户个人信息，被罚款二十万元，{person}")


def test_what_only_a_persons_clause_tells_of_the_firm_is_evidence_still() -> None:
    assert "cp22-26" in marked("云岭银行清川支行占压财政存款，被罚款二十万元，时任行长莫某对强制搭售保险负有责任，被警告。")


LIST = "云岭银行被罚款210万元，违规情况包括：{}；四是贴现资金回流；五是固定资产贷款用途管理不到位；六是违规泄露客户信息。"


def test_an_item_of_a_list_is_read_by_itself_too() -> None:
    """Drowned by what the others are about, it would be missed."""
    long = LIST.format("一是贷后管理不到位，贷款资金挪用于购房；二是项目资本金管理不到位；三是流动资金贷款被挪用")
    assert {"cp22-42", "fa25-10.a"} <= {one.requirement for one in shipped(document(long)) if one.grade == "adverse"}


@pytest.mark.parametrize("figures", ["则从153亿元增至266亿元", "为266亿元，同比增长12%"])
def test_whom_a_list_gives_figures_alone_does_what_the_first_does(figures: str) -> None:
    text = document(f"云岭银行涉农贷款余额从535亿元提升至649亿元，江州银行{figures}。")
    assert {one.firm for one in shipped(text) if one.requirement == "fa25-03.b"} == {"云岭银行", "江州银行"}


def test_but_not_where_it_tells_of_something_else() -> None:
    text = document("云岭银行涉农贷款余额从535亿元提升至649亿元，江州银行职工食堂从3处增至5处。")
    assert {one.firm for one in shipped(text) if one.requirement == "fa25-03.b"} == {"云岭银行"}
