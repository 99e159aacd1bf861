"""Small inputs in the forms in which documents come, each of a kind that once failed; all made up.

What stands in ``cases.json`` is written into a folder and built, as a user would.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from mapper import run
from mapper.model import Alignment
from mapper.shipped import folder

CASES: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    @cache
    def build(name: str) -> Alignment:
        place = tmp_path_factory.mktemp(name)
        for file, text in CASES[name].items():
            (place / file).write_text(text, encoding="utf-8")
        return run.build(run.read_inputs(folder("policies"), place))

    return build


def marks(made: Alignment) -> set[tuple[str, str, str]]:
    return {(one.firm, one.requirement, one.grade) for one in made.evidence}


def test_a_report_is_not_dated_by_the_rule_that_its_last_lines_cite(built) -> None:  # type: ignore[no-untyped-def]
    [document] = built("01_taildate").documents
    assert (document.date, document.date_basis) == ("2024-12", "inferred")


@pytest.mark.parametrize("name", ["02_footer", "03_wrapped_among_tables"])
def test_a_sentence_goes_on_over_the_foot_of_a_page_and_beside_tables(built, name: str) -> None:  # type: ignore[no-untyped-def]
    made = built(name)
    assert {one.firm for one in made.evidence} == {"云岭银行"}
    assert {"ph23-04.a", "ph23-06.c", "fa25-15.a"} <= {one.requirement for one in made.evidence}
    assert all(one.quote.endswith(("。", "；")) for one in made.evidence)


@pytest.mark.parametrize(("name", "firm"), [("06_phantoms", "云岭银行"), ("06b_phantoms_known", "郑州银行")])
def test_ordinary_words_are_no_firms(built, name: str, firm: str) -> None:  # type: ignore[no-untyped-def]
    made = built(name)
    assert [one.name for one in made.firms] == [firm]
    assert {one.firm for one in made.evidence} == {firm}


def test_a_short_name_in_brackets_acts_for_its_firm(built) -> None:  # type: ignore[no-untyped-def]
    made = built("07_short_names")
    assert {one.firm for one in made.evidence} == {"滇池中期期货"}
    assert any("1974户" in one.quote for one in made.evidence)


def test_fines_for_reading_credit_data_are_contrary_and_nothing_else(built) -> None:  # type: ignore[no-untyped-def]
    made = built("08_polarity")
    assert {one.document for one in made.evidence} == {"b.txt", "c.txt"}
    assert {(one.grade, one.basis) for one in made.evidence} == {("adverse", "finding")}
    assert {cell.status for cell in made.cells if cell.evidence} == {"contrary"}


def test_every_firm_of_a_list_acts(built) -> None:  # type: ignore[no-untyped-def]
    made = built("09_two_firms")
    in_first = {one.firm for one in made.evidence if one.document == "a.txt"}
    in_second = {one.firm for one in made.evidence if one.document == "b.txt"}
    assert in_first == {"郑州银行", "中原银行"}
    assert in_second >= in_first


@pytest.mark.parametrize(("name", "firm"), [("10_table", "云岭银行"), ("10d_speaker", "郑州银行")])
def test_a_table_of_indicators_gives_results_cited_by_row_and_column(built, name: str, firm: str) -> None:  # type: ignore[no-untyped-def]
    made = built(name)
    results = {(one.firm, one.grade, one.place) for one in made.evidence}
    assert results == {(firm, "outcome", f"table 1 row {row} column 2") for row in (2, 3, 4)}
    assert {"fa25-03.a", "fa25-03.b", "fa25-02.a"} <= {one.requirement for one in made.evidence}


def test_rows_of_a_spreadsheet_are_read_each_by_itself(built) -> None:  # type: ignore[no-untyped-def]
    made = built("11_csv_heads")
    assert {one.place for one in made.evidence} == {"row 2", "row 3"}
    assert {grade for firm, _, grade in marks(made) if firm == "云岭银行"} >= {"outcome", "action"}
    assert {one.basis for one in made.evidence if one.grade == "adverse"} == {"allegation"}


def test_a_page_whose_firm_stands_in_its_title_alone_is_that_firms(built) -> None:  # type: ignore[no-untyped-def]
    made = built("14_title_only")
    assert {one.firm for one in made.evidence} == {"郑州银行"}
    assert len({one.quote for one in made.evidence}) == 2
