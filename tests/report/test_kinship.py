"""What requirements are to each other, and how the page shows it: versions side by side, repealed clauses, equals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapper.explain import explain
from mapper.model import Alignment, Correspondence, Policy, Requirement
from mapper.report.html import render_html
from mapper.report.kinship import by_theme, kinship
from mapper.report.view import build_view
from tests.report.conftest import sample
from tests.report.pages import page_of


def requirement(id: str, text: str = "做事", *, was: tuple[str, ...] = (), themes: tuple[str, ...] = ()) -> Requirement:
    policy = id.split("-")[0]
    return Requirement(
        id=id, policy=policy, clause="第一条", title=id, title_en=id, text=text, obligation="must",
        applies_to=("all",), was=was, themes=themes,
    )  # fmt: skip


def policy(id: str, *requirements: Requirement, **facts: Any) -> Policy:
    return Policy(
        id=id, title=id, short_title=id, title_en=id, issuer="某局", number="1号", issued="2024-01-01",
        published="2024-01-01", basis="verified", note="", requirements=requirements, **facts,
    )  # fmt: skip


def test_what_became_of_each_clause_follows_from_what_the_new_ones_were_made_of() -> None:
    old = policy("o", *(requirement(f"o-{n}", f"要求{n}") for n in range(6)))
    new = policy(
        "n",
        requirement("n-0", "要求0", was=("o-0",)),
        requirement("n-1", "别的要求", was=("o-1",)),
        requirement("n-2", was=("o-2",)),
        requirement("n-3", was=("o-2",)),
        requirement("n-4", was=("o-3", "o-4")),
        requirement("n-5"),
        replaces=("o",),
    )
    kin = kinship([old, new])
    assert [kin[f"n-{n}"].older for n in range(6)] == [
        (("o-0", "kept"),), (("o-1", "reworded"),), (("o-2", "split"),), (("o-2", "split"),),
        (("o-3", "merged"), ("o-4", "merged")), (),
    ]  # fmt: skip
    assert [kin[f"o-{n}"].standing for n in range(6)] == ["replaced"] * 5 + ["repealed"]
    assert kin["o-2"].newer == (("n-2", "split"), ("n-3", "split"))


def test_an_amendment_leaves_in_force_what_it_does_not_name() -> None:
    old = policy("o", *(requirement(f"o-{n}") for n in range(3)))
    new = policy("n", requirement("n-0", was=("o-0",)), amends=("o",), repeals=("o-1",))
    kin = kinship([old, new])
    assert [kin[f"o-{n}"].standing for n in range(3)] == ["replaced", "repealed", "in-force"]


def test_a_correspondence_is_told_from_both_ends() -> None:
    told = (Correspondence(source="a-0", relation="subset", target="b-0", why="同一事项"),)
    kin = kinship([policy("a", requirement("a-0"), crosswalk=told), policy("b", requirement("b-0"))])
    assert [(link.other, link.relation) for link in kin["a-0"].links] == [("b-0", "subset")]
    assert [(link.other, link.relation) for link in kin["b-0"].links] == [("a-0", "superset")]


def test_themes_gather_requirements_across_policies_and_equals_stand_together() -> None:
    told = (Correspondence(source="a-1", relation="equal", target="b-1"),)
    policies = [
        policy("a", requirement("a-0", themes=("老年",)), requirement("a-1", themes=("投诉",)), crosswalk=told),
        policy("b", requirement("b-0", themes=("老年",)), requirement("b-1", themes=("纠纷",)), requirement("b-2")),
    ]
    every = [one for p in policies for one in p.requirements]
    assert by_theme(every, kinship(policies)) == [("老年", [0, 2]), ("投诉", [1, 3]), ("", [4])]


# ---- on the page -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def related(alignment: Alignment) -> Alignment:
    """The sample with p2 in the place of p1, whose second clause is gone, and one pair of equals."""
    first, second = alignment.policies
    told = (Correspondence(source="p1-3", relation="equal", target="p2-2", why="都要求同一件事"),)
    later = [
        second.requirements[0].model_copy(update={"was": ("p1-0",), "text": "改过的内容"}),
        *second.requirements[1:],
    ]
    return alignment.model_copy(
        update={
            "policies": (
                first.model_copy(update={"crosswalk": told}),
                second.model_copy(update={"replaces": ("p1",), "requirements": tuple(later)}),
            )
        }
    )


def test_a_clause_that_is_no_longer_in_force_is_no_gap(related: Alignment) -> None:
    view = build_view(related)
    assert {row.kin.standing for firm in view.firms for group in firm.groups for row in group.gaps} == {"in-force"}
    assert view.policies[0].uncovered == () and len(build_view(sample()).policies[0].uncovered) > 0


def test_explain_tells_what_a_clause_was_and_what_is_its_equal(related: Alignment) -> None:
    said = "\n".join(explain(related, related.firms[0].id, "p2-0", str))
    assert "旧条款 / old (改写 / reworded): p1-0" in said
    assert "已废止" in "\n".join(explain(related, related.firms[0].id, "p1-1", str))
    assert "相等 / asks the same: p1-3" in "\n".join(explain(related, related.firms[0].id, "p2-2", str))


@pytest.fixture
def shown(related: Alignment, tmp_path: Path, browser: Any) -> Callable[..., Any]:
    file = tmp_path / "matrix.html"
    file.write_text(render_html(related), encoding="utf-8")
    return lambda address, **options: page_of(browser, file, address, **options)


def test_the_panel_shows_both_versions_side_by_side(shown: Callable[..., Any]) -> None:
    with shown("#c0-4") as page:
        pair = page.locator("#panel .versions .pair > div").all_inner_texts()
        assert ["内容0" in pair[0], "改过的内容" in pair[1]] == [True, True]
        assert page.locator("#panel .versions .tag").first.inner_text() == "改写"


def test_evidence_under_a_repealed_clause_is_shown_as_such(shown: Callable[..., Any]) -> None:
    with shown("#c0-3") as page:
        assert "该条款已废止" in page.locator("#panel").inner_text()
        assert page.locator("#panel article.ev").count() > 0
        assert "已废止" in page.locator("#grid").inner_text()


def test_a_firms_own_sheet_marks_evidence_under_a_repealed_clause_too(shown: Callable[..., Any]) -> None:
    with shown("#f0") as page:
        heads = page.locator("#firms .cell h5").all_inner_texts()
    assert [head.split()[-2:] for head in heads] == [["要求p10", "已由新条款取代"], ["要求p13", "已废止"]]


def test_evidence_of_an_equal_is_listed_marked_and_does_not_count(shown: Callable[..., Any], related: Alignment) -> None:
    lent = [piece for piece in related.evidence if piece.requirement == "p1-3"]
    if not lent:
        pytest.fail("the sample holds no evidence under p1-3")
    firm = [one.id for one in related.firms].index(lent[0].firm)
    with shown(f"#c{firm}-6") as page:
        articles = page.locator("#panel article.lent")
        assert articles.count() == len([piece for piece in lent if piece.firm == lent[0].firm])
        assert "依相等条款列出" in articles.first.inner_text()
        assert "不计入本格" in page.locator("#panel").inner_text()


def test_rows_can_be_grouped_by_theme_across_policies(shown: Callable[..., Any]) -> None:
    with shown("#matrix?sort=theme") as page:
        assert page.locator("#grid .policyrow").count() == 1
        names = page.locator("#grid .body .row .name").all_inner_texts()
        assert [name.split()[0] for name in names].index("要求p22") == [name.split()[0] for name in names].index("要求p13") + 1


def test_without_scripts_versions_and_equals_are_named_too(shown: Callable[..., Any]) -> None:
    with shown("", java_script_enabled=False) as page:
        said = page.locator("#requirements .static").inner_text()
    assert "旧条款：第一目 要求p10" in said and "改写" in said
    assert said.count("已废止") == 3
    assert "相等 办法p2 第二目 要求p22" in said
