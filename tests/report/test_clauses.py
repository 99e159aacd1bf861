"""Labels of clauses are said in English where their form is known, and stand as they are where it is not."""

from __future__ import annotations

import pytest

from mapper.report.clauses import clause
from tests.builders import shipped_catalog


@pytest.mark.parametrize(
    ("label", "english"),
    [
        ("第九条", "Art. 9"),
        ("第四十三条、第四十四条", "Art. 43, Art. 44"),
        ("第一百一十条第二款", "Art. 110 para. 2"),
        ("二、（六）", "II (6)"),
        ("五、（十三）（十四）", "V (13), (14)"),
        ("七、（二十一）", "VII (21)"),
        ("十一", "XI"),
        ("第三章", "Chapter 3"),
        ("第二部分", "Part 2"),
    ],
)
def test_a_label_is_said_in_english(label: str, english: str) -> None:
    assert clause(label) == (label, english)


@pytest.mark.parametrize("label", ["附件", "3.2", "第九条之一", "第零条", "", "<b>第九条</b>"])
def test_a_label_of_another_form_stands_as_it_is(label: str) -> None:
    assert clause(label) == (label, label)


def test_every_shipped_label_has_an_english_form() -> None:
    catalog = shipped_catalog()
    assert catalog
    labels = {
        label
        for policy in catalog.policies
        for label in [*(one.clause for one in policy.requirements), *(part.id for part in policy.parts)]
    }
    assert [label for label in labels if clause(label).en == label] == []
