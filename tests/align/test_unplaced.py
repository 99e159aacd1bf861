"""Facts of notices that are no evidence of anything: named with the firm, and never passed over."""

from __future__ import annotations

import pytest

from mapper.align.alignment import align
from mapper.corpus.document import read_file
from mapper.model import Alignment, Run
from tests.builders import document, firm, registry, shipped_catalog

FIRM = "云岭农村商业银行股份有限公司"
BEARS_ON_NOTHING = "未经任职资格审查任命高级管理人员"
BEARS_ON_ONE = "违规向小微企业客户转嫁抵押登记费"


def notices(*facts: str) -> str:
    rows = [f"云银罚决字〔2023〕{number}号,{FIRM},{one},罚款30万元" for number, one in enumerate(facts, 1)]
    return "\n".join(["行政处罚决定书文号,被处罚当事人,主要违法违规事实,行政处罚决定", *rows]) + "\n"


def aligned(text: str, min_score: float = 0.5) -> Alignment:
    catalog = shipped_catalog()
    found = read_file("list.csv", text.encode())
    return align(found.documents, catalog, registry(firm("云岭农商银行", "bank", full_name=FIRM)), Run(version="0"), min_score=min_score)


def unplaced(alignment: Alignment) -> list[dict[str, str]]:
    return [one.params for one in alignment.left_out if one.code == "sanctions-unplaced"]


def test_what_bears_on_no_requirement_is_named_with_its_firm() -> None:
    assert unplaced(aligned(notices(BEARS_ON_NOTHING))) == [{"count": "1", "firm": "云岭农商银行", "facts": BEARS_ON_NOTHING}]


def test_what_is_shown_as_evidence_is_not_named_again() -> None:
    alignment = aligned(notices(BEARS_ON_ONE))
    assert alignment.evidence and not unplaced(alignment)


def test_a_list_is_one_entry_that_counts_all_of_them() -> None:
    facts = [f"{place}支行机房消防设施不合格" for place in ("东城", "西城", "南城")]
    (entry,) = unplaced(aligned(notices(BEARS_ON_ONE, *facts)))
    assert entry["count"] == "3"


def test_of_several_facts_those_are_named_that_the_rows_evidence_does_not_tell() -> None:
    (entry,) = unplaced(aligned(notices(f"一、{BEARS_ON_ONE}；二、违反人民币流通管理规定；三、{BEARS_ON_NOTHING}")))
    assert (entry["count"], entry["facts"]) == ("2", "二、违反人民币流通管理规定")
    assert not unplaced(aligned(notices(f"{BEARS_ON_ONE}；由小微企业承担押品评估费")))


@pytest.mark.parametrize(
    "facts",
    [
        f"违反《商业银行服务价格管理办法》第二十条第（三）项规定，{BEARS_ON_ONE}",
        f"{BEARS_ON_ONE}，违反第十三、十四条规定",
    ],
)
def test_the_number_of_an_article_parts_no_facts(facts: str) -> None:
    assert not unplaced(aligned(notices(facts)))


def test_where_nothing_is_evidence_every_fact_is_counted() -> None:
    (entry,) = unplaced(aligned(notices(f"（一）{BEARS_ON_NOTHING}；（二）违反人民币流通管理规定")))
    assert (entry["count"], entry["facts"]) == ("2", f"（一）{BEARS_ON_NOTHING}")


def test_long_facts_are_cut() -> None:
    (entry,) = unplaced(aligned(notices(BEARS_ON_NOTHING * 4)))
    assert entry["facts"] == (BEARS_ON_NOTHING * 4)[:40] + "…"


def test_a_cell_that_says_nothing_is_not_counted() -> None:
    assert not unplaced(aligned(notices("无")))


def test_facts_of_a_firm_that_nobody_knows_are_counted_too() -> None:
    (entry,) = unplaced(aligned(notices(BEARS_ON_NOTHING).replace(FIRM, "刘某")))
    assert (entry["count"], entry["firm"]) == ("1", "—")


def test_who_asks_for_more_than_the_line_is_told_what_that_hides() -> None:
    assert unplaced(aligned(notices(BEARS_ON_ONE), min_score=0.9999))


def test_nothing_was_left_unread() -> None:
    """The run ends as one does that read everything."""
    assert {one.severity for one in aligned(notices(BEARS_ON_NOTHING)).left_out} == {"warning"}


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("云岭农商银行去年因消防设施不合格，被监管部门出具警示函。", True),
        ("云岭农商银行未被采取任何监管措施，也没有被罚款。", False),
        ("报告期内，云岭农商银行及其董事没有被有权机关调查，被证监会行政处罚，以及被证券交易所公开谴责的情形。", False),
        ("云岭农商银行向小微企业客户转嫁抵押登记费，被罚款20万元。", False),
    ],
)
def test_a_sanction_told_in_so_many_words_that_bears_on_nothing_is_named_too(sentence: str, told: bool) -> None:
    """The last one is evidence."""
    catalog = shipped_catalog()
    made = align([document(sentence)], catalog, registry(firm("云岭农商银行", "bank")), Run(version="0"), min_score=0.5)
    assert [one["firm"] for one in unplaced(made)] == (["云岭农商银行"] if told else [])


@pytest.mark.parametrize(
    ("sentences", "count"),
    [
        (("催收人员打电话辱骂借款人的家人。", "贷款时强制搭售保险，不买不放款。"), "2"),
        (("今天天气很好。", "小店生意兴隆。"), None),
    ],
)
def test_evidence_of_a_document_that_names_no_firm_is_told_to_be_nobodys(sentences: tuple[str, ...], count: str | None) -> None:
    catalog = shipped_catalog()
    alignment = align([document(*sentences)], catalog, registry(), Run(version="0"), min_score=0.5)
    assert [(one.code, one.severity, one.params["count"]) for one in alignment.left_out] == (
        [("nobody-named", "warning", count)] if count else []
    )
    assert not alignment.evidence
