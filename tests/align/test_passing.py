"""Whom a document only names in passing, and what becomes of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapper.align.passing import SHARE, in_passing
from mapper.model import Act
from mapper.report.narrow import narrowed
from mapper.report.view import build_view
from tests.align.aligning import ACTION, NOTHING, aligned
from tests.builders import document

REPORT = [NOTHING.replace("运动会", f"第{n}届运动会") for n in range(1, 161)]
"""What a report says of the bank that wrote it."""
NAMED = "江州银行召开了股东会。"


def acts(**said: int) -> list[Act]:
    """Stretches of so many characters."""
    return [Act(firm=firm, start=0, end=characters) for firm, characters in said.items()]


def test_a_firm_with_next_to_nothing_beside_the_one_a_document_is_about_is_named_in_passing() -> None:
    assert in_passing(acts(own=10_000, owner=199, arm=200), ()) == {"owner"}


def test_of_whom_something_is_known_is_never_named_in_passing() -> None:
    assert not in_passing(acts(own=10_000, arm=20), ("arm",))


def test_stretches_of_a_firm_add_up() -> None:
    assert not in_passing([*acts(own=10_000), *acts(arm=120), *acts(arm=120)], ())


def test_whose_words_can_be_no_evidence_anywhere_is_named_in_passing_however_often() -> None:
    said = acts(own=300, holder=200)
    assert in_passing(said, (), acts(own=300)) == {"holder"}
    assert in_passing(said, ("own",), ()) == {"holder"}


def test_in_a_document_of_nothing_else_nobody_is() -> None:
    assert not in_passing(acts(one=300, other=200), (), ())


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 10_000), min_size=1))
def test_whom_a_document_says_most_of_is_never_among_them_nor_is_anybody_in_a_list_of_equals(said: dict[str, int]) -> None:
    most = max(said.values())
    passing = in_passing(acts(**said), ())
    assert all(said[firm] < SHARE * most for firm in passing)
    assert not in_passing(acts(**dict.fromkeys(said, most)), ())


def test_it_has_no_column_and_the_document_says_that_it_names_it() -> None:
    made = aligned(document(*REPORT, NAMED, id="年报.txt"))
    assert [one.id for one in made.firms] == ["云岭银行"]
    assert made.documents[0].mentions == made.mentions == ("江州银行",)
    assert {act.firm for act in made.documents[0].acts} == {"云岭银行"}
    assert build_view(made).mentions == ("江州银行",)


def test_it_has_one_where_the_document_shows_something_of_it() -> None:
    made = aligned(document(*REPORT, ACTION.replace("云岭", "江州"), id="年报.txt"))
    assert [one.id for one in made.firms] == ["云岭银行", "江州银行"] and not made.mentions


def test_it_has_one_where_another_document_speaks_of_it() -> None:
    made = aligned(document(*REPORT, NAMED, id="年报.txt"), document(NAMED, id="新闻.txt"))
    assert [one.id for one in made.firms] == ["云岭银行", "江州银行"] and not made.mentions
    assert [one.mentions for one in made.documents if one.id == "年报.txt"] == [("江州银行",)]
    assert not narrowed(made, firm="云岭银行").mentions, "whom a part does not show has a column in the whole"


def test_a_firm_on_the_corpus_own_list_keeps_its_column_unsearched() -> None:
    made = aligned(document(*REPORT, NAMED, id="年报.txt"), own=["江州银行"])
    assert {cell.status for cell in made.cells if cell.firm == "江州银行"} <= {"unsearched", "not-applicable"}


def test_whoever_a_document_is_said_to_be_of_is_not_named_in_passing() -> None:
    made = aligned(document(*REPORT, NAMED, owner="江州银行"))
    assert "江州银行" in {one.id for one in made.firms}
