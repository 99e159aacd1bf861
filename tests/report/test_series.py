"""Figures over time: joined where words and unit are the same, silent where anything is in doubt."""

from __future__ import annotations

import pytest

from mapper.model import Alignment
from mapper.report.shapes import Series
from mapper.report.view import build_view


def joined(alignment: Alignment, *stated: tuple[str, str]) -> tuple[Series, ...]:
    """The series of a firm whose documents say so, each a date and a sentence."""
    pattern, document = alignment.evidence[0], alignment.documents[0]
    documents = tuple(document.model_copy(update={"id": str(n), "date": date}) for n, (date, _) in enumerate(stated))
    evidence = tuple(
        pattern.model_copy(update={"id": f"n{n}", "quote": quote, "document": str(n), "grade": "outcome", "before": ""})
        for n, (_, quote) in enumerate(stated)
    )
    cell = next(cell for cell in alignment.cells if cell.evidence)
    cell = cell.model_copy(update={"evidence": tuple(one.id for one in evidence)})
    one = alignment.model_copy(update={"documents": documents, "evidence": evidence, "cells": (cell,)})
    return next(firm for firm in build_view(one).firms if firm.it.id == cell.firm).series


def test_the_same_thing_at_two_dates(alignment: Alignment) -> None:
    (series,) = joined(
        alignment,
        ("2023-10", "笔均贷款3000元，服务县域用户4077万人，覆盖全国"),
        ("2022-01", "截至2021年10月末，累计服务县域用户和农村用户分别为3052万人、2494万人"),
    )
    assert series.thing == "县域用户" and series.line == "4,20 116,4"
    assert [(point.date, point.said) for point in series.points] == [("2021-10", "3052万人"), ("2023-10", "4077万人")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("县域用户3052万人", "农村用户4077万人"),
        ("县域用户3052万人", "县域用户4077万户"),
        ("县域用户3052万人", "新增县域用户4077万人"),
        ("县域用户3052万人", "计划服务县域用户4077万人"),
        ("贵州省县域用户30万人", "县域用户4077万人"),
        ("县域用户3052万人，县域用户3100万人", "县域用户4077万人"),
        ("户均贷款3000元", "户均贷款4000元"),
    ],
)
def test_silent_where_unsure(alignment: Alignment, first: str, second: str) -> None:
    assert joined(alignment, ("2021-10", first), ("2023-10", second)) == ()


def test_one_date_is_no_series(alignment: Alignment) -> None:
    assert joined(alignment, ("2021-10", "县域用户3052万人"), ("2021-10", "县域用户3052万人")) == ()
