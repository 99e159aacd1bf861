"""What reads as a deed and as a fault is kept beside the evidence: shown, and counted nowhere."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.align.alignment import align
from mapper.align.union import merge
from mapper.align.weighing import Weighing
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Alignment, DocumentText
from mapper.report.json import dump, load
from mapper.report.narrow import narrowed
from tests.align.aligning import ACTION, FINE, NOTHING, PLAN, SENTENCES, a_run, groupings
from tests.align.torn import SELDOM, scoring, torn
from tests.builders import COMPLAINT, GREEN, document, registry, shipped_catalog, tiny_catalog

LOAN = "云岭银行与海港银行联合发放绿色贷款。"
CHANNEL = "白桦消费金融有限公司（以下简称“白桦消金”）公布了投诉渠道。"


def of(documents: Iterable[DocumentText], min_score: float = 0.0, reader: Shelf | None = None) -> Alignment:
    texts = list(documents)
    known = registry(own=["江州银行"])
    return align(texts, tiny_catalog(), known, a_run(texts), min_score=min_score, shelf=reader or torn())


def test_a_sentence_that_may_be_a_deed_or_a_fault_is_kept_with_its_words_place_and_both_probabilities() -> None:
    text = document(NOTHING, CHANNEL, NOTHING, title="报道", date="2024-05")
    (one,) = of([text]).undecided
    assert (one.quote, text.text[one.start : one.end], one.firm, one.requirement) == (CHANNEL, CHANNEL, "白桦消费金融", COMPLAINT)
    assert one.before == one.after == NOTHING and one.prefix and one.suffix and one.sources
    why = next(reason for reason in one.reasons if reason.kind == "grade")
    assert why.code == "grade-undecided"
    assert (why.params["deed"], why.params["fault"]) == (f"{100 - round(100 * one.fault)}", f"{round(100 * one.fault)}")


SILENT = (
    NOTHING,
    "该行还公布了投诉渠道。",
    "同时投放绿色贷款30亿元，同比增长两成。",
    "消费金融公司普遍坚持小额分散。",
    "公司因投诉处理超期被通报。",
    "《实施意见》提出，银行要为老年人保留人工服务。",
    "远山消费金融尚未对老年人提供人工服务。",
    "岭行公布了投诉渠道。",
)
"""Sentences in which, by themselves, no firm acts on anything that is asked: no reader makes anything of them."""


@pytest.mark.parametrize("sentence", SENTENCES)
def test_its_grade_is_that_of_the_likelier_reading(sentence: str) -> None:
    found = of([document(sentence)], reader=scoring(5.0, 5.0)).undecided
    assert bool(found) == (sentence not in SILENT)
    for one in found:
        assert (one.grade == "adverse") == (one.fault > 0.5)


@pytest.mark.parametrize(
    ("deed", "fault", "kept"),
    [(5.0, -9.0, True), (-9.0, -0.2, True), (-9.0, -0.9, False), (-0.4, -9.0, False), (-0.1, -9.0, True)],
)
def test_it_is_kept_where_the_deed_reaches_its_line_or_the_fault_reaches_that_of_faults(
    deed: float, fault: float, kept: bool
) -> None:
    assert bool(of([document(FINE)], 0.45, scoring(deed, fault)).undecided) == kept


def test_who_asks_for_a_higher_score_sees_fewer() -> None:
    text = document(CHANNEL, ACTION, FINE)
    numbers = [len(of([text], line).undecided) for line in (0.0, 0.5, 0.9, 1.0)]
    assert numbers == sorted(numbers, reverse=True) and numbers[0] == 3 and numbers[-1] == 0


def test_it_is_in_no_cell_and_changes_none() -> None:
    """A cell with nothing else is as if nothing stood there; a document that is clear is read as ever."""
    made = of([document(FINE, CHANNEL, LOAN, PLAN)])
    assert made.evidence == () and len(made.undecided) == 5
    assert {one.status for one in made.cells} == {"none", "unsearched", "not-applicable"}
    assert not any(one.evidence or one.score or one.voluntary for one in made.cells)


def test_where_the_reader_is_sure_nothing_is_undecided() -> None:
    made = of([document(FINE, PLAN, CHANNEL, LOAN)], reader=torn(2.0, 0.9))
    assert len(made.evidence) == 5 and made.undecided == ()


def test_copies_are_one_piece_with_all_places_the_earliest_first() -> None:
    made = of([document(CHANNEL, id="a.txt", date="2024"), document(CHANNEL, id="b.txt", date="2022")])
    (one,) = made.undecided
    assert [source.document for source in one.sources] == ["b.txt", "a.txt"] and one.document == "b.txt"


def test_words_that_are_clear_somewhere_are_evidence_and_not_undecided() -> None:
    """The same words go another way among other sentences."""
    texts = [document(LOAN, id="a.txt")], [document(*SENTENCES, id="b.txt")]
    alone, among = (next(one.fault for one in of(text).undecided if one.quote == LOAN) for text in texts)
    assert alone != among, "else this says nothing"
    calm = (alone + among) / 2
    first, second = (of(text, reader=torn(calm, 1.01)) for text in texts)
    clear = {one.id for made in (first, second) for one in made.evidence if one.quote == LOAN}
    assert clear == {one.id for made in (first, second) for one in made.undecided if one.quote == LOAN}
    both = merge(first, second)
    assert both == of([*texts[0], *texts[1]], reader=torn(calm, 1.01))
    assert clear <= {one.id for one in both.evidence} and not clear & {one.id for one in both.undecided}


@settings(derandomize=True, max_examples=40)
@given(groupings(), st.sampled_from((0.0, 0.45, 0.75)), st.data())
def test_alignments_with_undecided_pieces_merge_in_any_order_and_grouping(
    split: tuple[list[DocumentText], list[list[DocumentText]]], min_score: float, data: st.DataObject
) -> None:
    documents, groups = split
    reader = torn(*SELDOM)
    whole = of(documents, min_score, reader)
    parts = [of(group, min_score, reader) for group in groups]
    while len(parts) > 1:
        first = parts.pop(data.draw(st.integers(0, len(parts) - 1)))
        second = parts.pop(data.draw(st.integers(0, len(parts) - 1)))
        parts.append(merge(first, second))
    assert parts[0] == whole
    assert merge(whole, whole) == whole


def test_it_stands_in_the_file_and_a_file_of_before_still_loads() -> None:
    made = of([document(CHANNEL, LOAN)])
    text = dump(made)
    assert load(text) == made and made.undecided
    head, _, tail = text.partition(',\n"undecided": [')
    assert load(head + tail[tail.index("]"+',\n"review"') + 1 :]) == made.model_copy(update={"undecided": ()})


FAULT = "云岭银行存在误导销售行为。"
GRAVER = "云岭银行未经授权查询客户征信被罚款50万元。"


def shipped(*sentences: str, asked: float | None = None) -> Alignment:
    """What the reader that ships makes of these sentences, at its own line or one ``asked`` for."""
    reader = shelf(shipped_catalog())
    line = Weighing.of(reader.weighing).line if asked is None else asked
    texts = [document(*sentences)]
    return align(texts, shipped_catalog(), registry(), a_run(texts), min_score=line, shelf=reader)


def test_where_nothing_is_listed_against_a_firm_a_sure_fault_is_shown_whose_requirement_is_unsure() -> None:
    made = shipped(NOTHING, FAULT)
    (one,) = made.undecided
    assert (one.quote, one.firm, one.grade) == (FAULT, "云岭银行", "adverse")
    assert one.fault >= 0.8 and one.score < 0.5
    assert next(reason.code for reason in one.reasons if reason.kind == "grade") == "grade-homeless"
    assert made.evidence == () and {cell.status for cell in made.cells} <= {"none", "unsearched", "not-applicable", "not-yet"}


def test_where_a_fault_of_the_firm_is_listed_or_more_was_asked_for_it_is_not() -> None:
    assert [one.quote for one in shipped(FAULT, GRAVER).undecided] == []
    assert [one.quote for one in shipped(FAULT, GRAVER.replace("云岭", "海港")).undecided] == [FAULT]
    assert shipped(FAULT, asked=0.9).undecided == ()


def test_one_firm_alone_keeps_its_own() -> None:
    made = narrowed(of([document(CHANNEL, LOAN, ACTION)]), firm="海港银行")
    assert [(one.firm, one.requirement) for one in made.undecided] == [("海港银行", GREEN)]
