"""Names that a report's glossary says are one firm's. All names are invented."""

from __future__ import annotations

import pytest

from mapper.firms.glossary import explained
from tests.builders import Sentence, document, heading
from tests.firms.test_kinds_of_documents import actors

HEAD = heading("禾川农村商业银行2023年年度报告")
ACT = "江州村镇银行在九个乡镇设立流动服务点，每周为村民办理业务。"
FULL = "江州禾川村镇银行股份有限公司"


@pytest.mark.parametrize(
    "row",
    [
        (f"江州村镇银行   指   {FULL}",),
        (f"江州村镇银行 | 指 | {FULL}",),
        ("江州村镇银行", "指", FULL),
    ],
)
def test_a_row_of_a_glossary_makes_two_names_one_firm(row: tuple[str, ...]) -> None:
    told = document(HEAD, *(Sentence(one) for one in row), f"{FULL}成立于2011年。", ACT)
    first, second = actors(told)[-2:]
    assert first == second == ("江州禾川村镇银行",)


def test_without_the_row_they_are_two() -> None:
    first, second = actors(document(HEAD, f"{FULL}成立于2011年。", ACT))[-2:]
    assert first != second


def test_a_word_that_is_no_part_of_the_name_is_none() -> None:
    text = document("控股股东   指   江城投资银行股份有限公司", "本行、禾川农商银行   指   禾川农村商业银行股份有限公司", "指标说明")
    assert list(explained(text)) == [("禾川农商银行", "禾川农村商业银行股份有限公司")]
