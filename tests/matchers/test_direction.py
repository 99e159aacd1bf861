"""Sentences that a policy is taught by tell its reader which way words of trouble point."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapper.align.trial import trial
from mapper.catalog.load import Catalog
from mapper.matchers import teaching
from mapper.matchers.few import direction
from mapper.matchers.grams import folded, grams
from mapper.matchers.shelf import Shelf, retaught, shelf
from mapper.matchers.teaching import sides
from tests.matchers.test_small_policy import small

FAULTS = [
    "该行止付客户账户却不说明理由，被监管部门通报。",
    "账户被冻结，问原因客服一直不肯讲。",
    "该公司限制账户后未告知用户，被责令改正。",
    "该行对止付原因三缄其口，投诉居高不下。",
    "限额被调低，没有任何人通知我。",
]
DEEDS = [
    "账户被止付的，我行短信告知客户原因和恢复办法。",
    "被限制的账户，页面写明理由和解除步骤。",
    "全年向被止付客户发送告知短信12万条。",
    "柜面向客户解释限额被调低的原因。",
    "冻结账户当日由专人电话告知客户。",
    "止付、限额均在手机银行里写明理由。",
]


def said(sentence: str) -> float:
    return direction(FAULTS, DEEDS).score(grams(folded(sentence)), {})


def test_the_direction_of_sentences_that_it_never_saw() -> None:
    assert said("本季度向被限额客户发送告知短信三万条，写明原因。") < 0 < said("该行止付账户后不肯讲原因，被通报。")


@pytest.fixture(scope="module")
def taught() -> tuple[Catalog, Shelf]:
    return small()


def test_where_too_few_faults_are_taught_nothing_is_added(
    taught: tuple[Catalog, Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which way words point, the sentences about other things have no say in; so few of them will do."""
    catalog, reader = taught
    monkeypatch.setattr(teaching, "BACKGROUND", 300)
    monkeypatch.setattr(teaching, "LEAST_BACKGROUND", 100)
    assert reader.learned.few is not None and reader.learned.few.turns
    none = replace(catalog, lessons=tuple(one for one in catalog.lessons if one.grade != "adverse"))
    silent = shelf(none).learned.few
    assert silent is not None and silent.turns == {}


def test_a_grade_that_an_author_mends_turns_what_is_read(taught: tuple[Catalog, Shelf]) -> None:
    """All faults of the policy called deeds: what was read as a fault is called one with less certainty, or no more."""
    catalog, reader = taught
    fault = next(one for one in catalog.lessons if one.grade == "adverse")
    mended = tuple(
        one.model_copy(update={"grade": "adverse" if one.grade == "action" else "action" if one.grade == "adverse" else one.grade})
        for one in catalog.lessons
    )
    id = fault.evidences[0]
    before = reader.learned.few
    after = retaught(reader, replace(catalog, lessons=mended), id).learned.few
    assert before is not None and after is not None
    values = grams(folded(fault.text))
    assert before.turned(values)[id] > 0 > after.turned(values)[id]


def test_a_near_miss_of_one_requirement_is_evidence_of_another_where_it_was_taken_for_that(
    taught: tuple[Catalog, Shelf],
) -> None:
    catalog, _ = taught
    asked = {one.id: one for one in catalog.requirements}
    one, other = list(asked)[:2]
    own = next(lesson for lesson in catalog.lessons if lesson.evidences == (one,))
    miss = own.model_copy(update={"evidences": (), "grade": None, "written_for": other, "near_miss": True})
    positive, apart, _ = sides(one, (*catalog.lessons, miss), (), asked)
    assert own.text in positive and own.text not in apart
    assert own.text in sides(other, (*catalog.lessons, miss), (), asked)[1]


def test_the_wording_of_a_requirement_teaches_it_and_is_told_apart_from_the_others(taught: tuple[Catalog, Shelf]) -> None:
    catalog, reader = taught
    asked = {one.id: one for one in catalog.requirements}
    for id, one in asked.items():
        positive, apart, _ = sides(id, catalog.lessons, (), asked)
        assert one.text in positive and {other.text for other in asked.values()} - {one.text} <= set(apart)
    few = reader.learned.few
    assert few is not None and not {one.text for one in asked.values()} & {text for odd in few.odd.values() for text in odd}
    assert all(trial(one.text, catalog, reader)[0].requirement == one.id for one in asked.values())
