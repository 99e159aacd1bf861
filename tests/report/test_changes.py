"""What changed between two alignments, cell by cell, in three forms."""

from __future__ import annotations

import json

import pytest

from mapper.align.alignment import align
from mapper.model import Alignment, Run
from mapper.report.changes import Changes, compare
from mapper.report.told import as_html, as_json, as_text
from mapper.report.view import build_view
from mapper.review import Decisions, apply
from tests.align.torn import torn
from tests.builders import ELDERLY, document, registry, tiny_catalog
from tests.review.worlds import CORPUS, HARBOUR, LOANS, RULINGS, WINDOW, decided, made


def cells(changes: Changes) -> dict[tuple[str, str], tuple[str, str, bool]]:
    return {(one.firm, one.requirement): (one.before, one.after, one.worse) for one in changes.cells}


def test_an_alignment_differs_in_nothing_from_itself() -> None:
    changes = compare(made(*RULINGS), made(*RULINGS))
    assert not changes
    assert as_text(changes) == ["没有变化 / nothing changed"]


def test_a_lost_document_makes_its_cells_worse() -> None:
    changes = compare(made(), made(corpus=[*CORPUS[:1], document("海港银行开会。", id="c.txt")]))
    assert [one.id for one in changes.documents_lost] == ["b.txt"]
    assert [one.id for one in changes.documents_new] == ["c.txt"]
    assert cells(changes)["海港银行", ELDERLY] == ("action", "none", True)
    assert [piece.quote for piece in changes.worse[0].lost] == [HARBOUR]


def test_a_new_document_makes_cells_better_and_nothing_worse() -> None:
    changes = compare(made(), made(corpus=[*CORPUS, document("海港银行发放绿色贷款2亿元。", id="c.txt")]))
    assert [one.found[0].quote for one in changes.cells] == ["海港银行发放绿色贷款2亿元。"]
    assert changes.worse == ()


def test_a_sentence_that_was_reworded_is_shown_where_it_changed() -> None:
    words = "海港银行积极响应国家号召，持续加大对绿色产业和低碳项目的信贷投放，全年发放绿色贷款{}亿元。"
    old, new = (made(corpus=[CORPUS[0], document(words.format(number), id="c.txt")]) for number in (2, 3))
    (line,) = (line for line in as_text(compare(old, new)) if "±" in line)
    assert "2亿元" in line and "3亿元" in line and "（c.txt）" in line
    assert "+ " not in line and "- " not in line


def test_other_words_are_no_rewording() -> None:
    corpus = [document("海港银行开会。海港银行为小微企业提供信用贷款和续贷服务。", id="c.txt")]
    told = "\n".join(as_text(compare(made(), made(corpus=[CORPUS[0], *corpus]))))
    assert "±" not in told and "- " in told


def test_a_renamed_document_is_no_lost_one() -> None:
    renamed = document(*(one.text for one in CORPUS[1].passages), id="z.txt", sha256="sha256 of b.txt", date="2020")
    changes = compare(made(), made(corpus=[CORPUS[0], renamed]))
    assert [(old.id, new.id) for old, new in changes.documents_renamed] == [("b.txt", "z.txt")]
    assert changes.cells == () and changes.documents_lost == ()


def test_a_reviewers_word_counts() -> None:
    changes = compare(made(), made(decided("reject"), decided("reject", "=云岭银行在海港设爱心窗口，为长者办理业务。")))
    assert cells(changes)["云岭银行", ELDERLY] == ("action", "none", True)
    assert len(changes.decisions_new) == 2
    told = "\n".join(as_text(changes))
    assert "审阅结果 / As reviewed: — → 查过未见 / nothing found" in told
    assert "王芳 2026-03-01 驳回：试 / 王芳 2026-03-01 reject: 试" in told
    back = compare(made(decided("reject")), made())
    assert [one.ruling for one in back.decisions_lost] == ["reject"]


@pytest.mark.parametrize("grade", ["outcome", "action", "commitment", "adverse"])
def test_of_a_reviewed_cell_the_changes_say_what_the_page_says(grade: str) -> None:
    before = align(CORPUS, tiny_catalog(), registry(), Run(version="1", options={"min_score": "0.00"}), shelf=torn())
    later = apply(before, Decisions((decided("regrade", to=grade),)), CORPUS)[0]
    changed = cells(compare(before, later))
    firms = [column.it.id for column in build_view(later).firms]
    page = {(firms[one.firm], row.it.id): one.review for row in build_view(later).rows for one in row.cells if one.review}
    assert {key: after for key, (_, after, _) in changed.items()} == page and len(page) == 1


def test_a_decision_that_lost_what_it_was_about_is_told() -> None:
    other = [document(LOANS, id="一/a.txt", sha256="other"), CORPUS[1]]
    changes = compare(made(decided("reject")), made(decided("reject"), corpus=other))
    assert [(old.state, new.state) for old, new in changes.decisions_changed] == [("current", "orphaned")]
    assert [new.id for _, new in changes.documents_changed] == ["一/a.txt"]
    told = "\n".join(as_text(changes))
    assert "王芳 2026-03-01 驳回" in told and "王芳 2026-03-01 reject" in told
    assert "有效 / current → 无着落 / orphaned" in told


def test_a_rewritten_clause_is_told() -> None:
    old = made()
    policies = tuple(
        policy.model_copy(
            update={
                "requirements": tuple(
                    one.model_copy(update={"text": "另一种说法"}) if one.id == ELDERLY else one for one in policy.requirements
                )
            }
        )
        for policy in old.policies
    )
    changes = compare(old, old.model_copy(update={"policies": policies}))
    assert [new.id for _, new in changes.requirements_changed] == [ELDERLY]


@pytest.fixture
def pair() -> tuple[Alignment, Alignment]:
    return made(*RULINGS), made(*RULINGS[:2], corpus=[document(WINDOW, "海港银行<b>发布</b>。", id="一/a.txt", sha256="other")])


def test_all_forms_tell_the_same(pair: tuple[Alignment, Alignment]) -> None:
    changes = compare(*pair)
    text, page, data = "\n".join(as_text(changes)), as_html(changes), json.loads(as_json(changes))
    assert data["worse"] == len(changes.worse) > 0
    assert data["documents"]["changed"] == ["一/a.txt"] and data["documents"]["lost"] == ["b.txt"]
    for said in (text, page):
        assert "变差的格" in said and "海港银行 × op23-elderly" in said
    assert "<b>发布" not in page
