"""What a piece of evidence says beside its requirement: its place, the date, whether it was asked for."""

from __future__ import annotations

import pytest

from mapper.align.writer import predates
from mapper.model import Evidence
from tests.align.found import evidence
from tests.builders import COMPLAINT, ELDERLY, FARM, GREEN, SMALL, document, heading

# ---- places ----------------------------------------------------------------------------------------------------

TEXT = document(
    heading("服务老年客户"),
    ("今天很冷。", "云岭银行临江支行对老年客户保留人工服务，累计服务3万人次。", "大家都说好。"),
    date="2024-05-06",
)


def the_one() -> Evidence:
    (one,) = evidence(TEXT)
    return one


def test_evidence_points_back_to_the_file() -> None:
    one = the_one()
    assert TEXT.text[one.start : one.end] == one.quote
    assert TEXT.text[: one.start].endswith(one.prefix) and len(one.prefix) <= 40
    assert TEXT.text[one.end :].startswith(one.suffix) and len(one.suffix) <= 40
    assert one.prefix and one.suffix
    assert [(s.document, s.start, s.end) for s in one.sources] == [("a.txt", one.start, one.end)]


def test_evidence_keeps_its_neighbours_section_and_unit() -> None:
    one = the_one()
    assert (one.before, one.after) == ("今天很冷。", "大家都说好。")
    assert one.section == "服务老年客户"
    assert one.acting_as == "云岭银行临江支行"


# ---- before the directive --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "published", "older"),
    [
        ("2022-01", "2023-10-11", True),
        ("2022", "2023-10-11", True),
        ("2023-09", "2023-10-11", True),
        ("2023-10-10", "2023-10-11", True),
        ("2023-10-11", "2023-10-11", False),
        ("2023-10-12", "2023-10-11", False),
        ("2023-11", "2023-10-11", False),
        ("2024", "2023-10-11", False),
        ("2023-10", "2023-10-11", None),
        ("2023", "2023-10-11", None),
        (None, "2023-10-11", None),
        ("", "2023-10-11", None),
    ],
)
def test_a_document_is_older_than_a_directive_newer_or_nobody_knows(
    date: str | None, published: str, older: bool | None
) -> None:
    assert predates(date, published) is older


def test_evidence_is_marked_by_the_date_of_its_document_and_of_its_policy() -> None:
    text = document("云岭银行公布投诉渠道，并对老年客户保留人工服务。", date="2022-01")
    assert {one.requirement: one.predates for one in evidence(text)} == {ELDERLY: True, COMPLAINT: False}


# ---- voluntary -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "requirement", "voluntary"),
    [
        ("海港银行投放了绿色贷款。", GREEN, False),
        ("青禾消费金融投放了绿色贷款。", GREEN, True),
        ("泰和保险推出农业保险。", FARM, False),
        ("海港银行推出农业保险。", FARM, True),
        ("丰源小贷坚持小额分散。", SMALL, False),
        ("启明科技坚持小额分散。", SMALL, True),
        ("启明科技对老年人提供人工服务。", ELDERLY, False),
    ],
)
def test_what_is_done_without_being_asked_is_voluntary(sentence: str, requirement: str, voluntary: bool) -> None:
    assert [(one.requirement, one.voluntary) for one in evidence(document(sentence))] == [(requirement, voluntary)]
