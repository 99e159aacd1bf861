"""The Word report: whoever is handed it and nothing else must read all that speaks against a firm."""

from __future__ import annotations

from io import BytesIO
from itertools import takewhile

import pytest

from mapper.model import Alignment, Evidence
from mapper.report.formats import FORMATS
from mapper.report.formats import docx as report
from tests.builders import document
from tests.review.worlds import MISSED, decided, made

docx = pytest.importorskip("docx")
FINED = [f"云岭银行未落实老年人服务要求，被监管部门罚款{n}万元。" for n in range(20, 32)]


def paragraphs(alignment: Alignment) -> list[tuple[str, str]]:
    """Style and words of every paragraph."""
    made_of = docx.Document(BytesIO(FORMATS["docx"].render(alignment)))
    return [(one.style.name, one.text) for one in made_of.paragraphs]


def under(told: list[tuple[str, str]], heading: str) -> list[str]:
    """What stands under a heading that begins so, up to the next of its rank or above."""
    at = next(number for number, (style, words) in enumerate(told) if style.startswith("Heading") and words.startswith(heading))
    ends = {f"Heading {rank}" for rank in range(1, int(told[at][0][-1]) + 1)}
    return [words for _, words in takewhile(lambda one: one[0] not in ends, told[at + 1 :])]


def adverse(alignment: Alignment) -> list[Evidence]:
    return [piece for piece in alignment.evidence if piece.grade == "adverse"]


def test_the_chapter_holds_every_finding_and_every_allegation_with_all_it_bears_on() -> None:
    it = made(corpus=[document(*FINED, id="b.txt")])
    alleged = it.evidence[0].id
    it = it.model_copy(update={"evidence": tuple(
        one.model_copy(update={"basis": "allegation" if one.id == alleged else "finding"}) for one in it.evidence
    )})  # fmt: skip
    told = under(paragraphs(it), "反面证据")
    assert {piece.quote for piece in adverse(it)} == set(FINED)
    for piece in adverse(it):
        sign = "△" if piece.id == alleged else "✕"
        assert any(f"【{sign}" in line and piece.quote in line and piece.requirement in line for line in told), piece.id


def test_very_many_are_counted_and_where_they_are_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_TOLD", 5)
    monkeypatch.setattr(report, "_TOLD_HERE", 2)
    told = paragraphs(made(corpus=[document(*FINED, id="b.txt")]))
    assert any("另有 7 句" in line and "matrix.xlsx" in line for line in under(told, "反面证据"))
    assert any("另有 10 句" in line and "反面证据" in line for line in under(told, "云岭银行"))


def test_a_contrary_cell_shows_its_sign_and_its_quote_by_requirement_and_by_firm() -> None:
    it = made(decided("reject", FINED[0]), corpus=[document(*FINED[:2], id="b.txt")])
    told = paragraphs(it)
    for part in (under(told, "各项政策"), under(told, "云岭银行"), under(told, "反面证据")):
        assert any("【✕ 反面】" in line and FINED[1] in line for line in part)
        assert any("【✕ 反面 → 已驳回】" in line and FINED[0] in line for line in part), "the machine's word and the human's"


def test_what_a_reviewer_added_stands_in_every_chapter_it_belongs_to() -> None:
    it = made(decided("add", MISSED, to="adverse"), corpus=[document(MISSED, "云岭银行开会。")])
    told = paragraphs(it)
    for part in (under(told, "各项政策"), under(told, "云岭银行"), under(told, "反面证据")):
        assert any(MISSED in line and "补充证据 → 反面" in line and "add → Adverse" in line for line in part)


def test_decisions_are_told_in_both_languages() -> None:
    told = under(paragraphs(made(decided("accept"))), "云岭银行")
    assert any("：王芳 2026-03-01 认可" in line and ": 王芳 2026-03-01 accept" in line for line in told)
