"""What humans ruled stands beside what the machine said, and survives whatever happens to corpus and catalog."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.align.alignment import align
from mapper.align.union import merge
from mapper.model import Alignment, Cell, Decision, DocumentText, Evidence, Run
from mapper.review import Decisions, apply
from mapper.review.decisions import requirement_digest, seen_evidence
from tests.builders import COMPLAINT, ELDERLY, GREEN, document, registry, tiny_catalog

WINDOW = "云岭银行为老年客户提供上门服务。"
LOANS = "云岭银行发放绿色贷款3亿元。"
HARBOUR = "海港银行为老年人保留人工服务。"
MISSED = "云岭银行的柜员会主动搀扶行动不便的顾客。"
RUN = Run(version="1")


def aligned(*documents: DocumentText, catalog: Any = None) -> Alignment:
    return align(documents, catalog or tiny_catalog(), registry(), RUN)


def decided(ruling: Any, words: str | None = WINDOW, requirement: str = ELDERLY, **fields: Any) -> Decision:
    said = {"firm": "云岭银行", "by": "王芳", "at": "2026-03-01", "words": words, "why": "试"}
    return Decision(**(said | {"ruling": ruling, "requirement": requirement} | fields))


def sealed(made: Alignment, decision: Decision) -> Decision:
    """The decision with what the machine said when it was made."""
    requirement = next(r for p in made.policies for r in p.requirements if r.id == decision.requirement)
    piece = next((e for e in made.evidence if e.requirement == requirement.id and e.quote == decision.words), None)
    if piece is None:
        seen: Any = {"requirement": requirement_digest(requirement), "status": cell(made, requirement.id, decision.firm).status}
        return decision.model_copy(update={"seen": decision.model_validate(decision.model_dump() | {"seen": seen}).seen})
    return decision.model_copy(update={"seen": seen_evidence(piece, requirement)})


def cell(made: Alignment, requirement: str = ELDERLY, firm: str = "云岭银行") -> Cell:
    return next(one for one in made.cells if (one.firm, one.requirement) == (firm, requirement))


def piece(made: Alignment, words: str = WINDOW, requirement: str = ELDERLY) -> Evidence:
    return next(one for one in made.evidence if (one.quote, one.requirement) == (words, requirement))


def states(made: Alignment) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.decision.ruling, one.state, one.changes) for one in made.review]


def reviewed(made: Alignment, *decisions: Decision, corpus: Sequence[DocumentText] = ()) -> Alignment:
    return apply(made, Decisions(decisions), corpus)[0]


# ---- what a ruling does ----------------------------------------------------------------------------------------


def test_nobody_has_ruled_on_anything_at_first() -> None:
    made = aligned(document(WINDOW))
    assert made.review == () and piece(made).review is None and cell(made).review is None


@pytest.mark.parametrize(
    ("ruling", "to", "of_piece", "of_cell"),
    [
        ("accept", None, "action", "evidenced"),
        ("reject", None, "rejected", "none"),
        ("regrade", "commitment", "commitment", "stated"),
        ("regrade", "adverse", "adverse", "contrary"),
    ],
)
def test_a_ruling_on_a_piece_stands_beside_its_grade_and_the_cells_status(
    ruling: str, to: Any, of_piece: str, of_cell: str
) -> None:
    made = reviewed(aligned(document(WINDOW)), decided(ruling, to=to))
    assert (piece(made).grade, piece(made).review) == ("action", of_piece)
    assert (cell(made).status, cell(made).review) == ("evidenced", of_cell)


def test_a_rejected_piece_leaves_the_rest_of_its_cell_standing() -> None:
    made = reviewed(aligned(document(WINDOW, "云岭银行为长者开设爱心窗口。")), decided("reject"))
    assert cell(made).review == "evidenced"


def test_a_comment_rules_nothing() -> None:
    made = reviewed(aligned(document(WINDOW)), decided("comment"))
    assert piece(made).review is None and cell(made).review is None
    assert states(made) == [("comment", "current", ())]


def test_a_cell_is_set_by_hand_whatever_its_pieces_say() -> None:
    made = aligned(document(WINDOW))
    ruled = reviewed(made, decided("set", None, to="stated"), decided("accept"))
    assert (cell(ruled).status, cell(ruled).review) == ("evidenced", "stated")
    ruled = reviewed(made, decided("not-applicable", None, GREEN))
    assert (cell(ruled, GREEN).status, cell(ruled, GREEN).review) == ("none", "not-applicable")


def test_words_that_the_program_missed_are_found_in_the_corpus_and_count() -> None:
    corpus = [document(LOANS, id="a.txt"), document("开头。", MISSED, id="b.txt")]
    made = reviewed(aligned(*corpus), decided("add", MISSED, to="action", document="b.txt"), corpus=corpus)
    [review] = made.review
    assert review.state == "current" and review.place is not None
    assert corpus[1].text[review.place.start : review.place.end] == MISSED
    assert (cell(made).status, cell(made).review) == ("none", "evidenced")


def test_added_words_may_be_part_of_a_sentence_or_several_and_have_moved() -> None:
    corpus = [document(LOANS, id="a.txt"), document(["他到了。", MISSED], id="moved.txt")]
    for words in ("会主动搀扶", "他到了。云岭银行的柜员"):
        made = reviewed(aligned(*corpus), decided("add", words, to="action", document="old.txt"), corpus=corpus)
        assert [one.place.document for one in made.review if one.place] == ["moved.txt"]


# ---- states ----------------------------------------------------------------------------------------------------


def test_spaces_and_punctuation_do_not_matter() -> None:
    made = reviewed(aligned(document(WINDOW)), decided("reject", "云岭银行 为老年客户，提供上门服务"))
    assert piece(made).review == "rejected"


def test_a_decision_about_another_grade_is_suspect_and_counts_for_nothing() -> None:
    made = aligned(document(WINDOW))
    decision = sealed(made, decided("reject"))
    other = decision.model_copy(update={"seen": decision.seen.model_copy(update={"grade": "outcome"})})  # type: ignore[union-attr]
    made, problems = apply(made, Decisions((other,)))
    assert states(made) == [("reject", "suspect", ("grade-changed",))]
    assert piece(made).review is None
    assert [(problem.code, problem.severity) for problem in problems] == [("decision-suspect", "warning")]


def test_a_decision_about_a_clause_that_was_rewritten_is_suspect() -> None:
    made = aligned(document(WINDOW))
    decision = sealed(made, decided("accept"))
    policies = tuple(
        policy.model_copy(
            update={"requirements": tuple(r.model_copy(update={"text": "改写过的。"}) for r in policy.requirements)}
        )
        for policy in made.policies
    )
    made = reviewed(made.model_copy(update={"policies": policies}), decision)
    assert states(made) == [("accept", "suspect", ("requirement-changed",))]


def test_changed_words_are_suspect_and_point_to_what_they_have_become() -> None:
    made = reviewed(aligned(document("云岭银行为老年客户提供免费上门服务。")), decided("accept"))
    assert states(made) == [("accept", "suspect", ("words-changed",))]
    assert made.review[0].evidence == made.evidence[0].id


def test_words_that_stand_but_are_marked_no_longer_are_suspect() -> None:
    corpus = [document(MISSED)]
    made = reviewed(aligned(*corpus), decided("accept", MISSED), corpus=corpus)
    assert states(made) == [("accept", "suspect", ("no-longer-marked",))]


def test_gone_words_firms_and_requirements_orphan_a_decision_and_it_is_listed() -> None:
    made = aligned(document(LOANS))
    made, problems = apply(
        made, Decisions((decided("accept"), decided("accept", firm="无此银行"), decided("accept", requirement="op99-1")))
    )
    assert sorted(state for _, state, _ in states(made)) == ["orphaned"] * 3
    assert {change for _, _, changes in states(made) for change in changes} == {
        "words-gone", "firm-gone", "requirement-gone",
    }
    assert {problem.code for problem in problems} == {"decision-orphaned"}


def test_a_misspelt_firm_and_requirement_are_both_answered_with_the_nearest() -> None:
    made = aligned(document(LOANS))
    _, problems = apply(made, Decisions((decided("accept", firm="云岭银杭", requirement="op23-elderli"),)))
    told = [str(problem) for problem in problems]
    assert [problem.params["near"].split("; ")[0].split()[0] for problem in problems] == ["云岭银行", "op23-elderly"]
    assert "对照中没有这家机构（最接近的是 云岭银行" in told[0] and "not in the alignment (nearest: 云岭银行" in told[0]
    assert "政策中没有这条要求（最接近的是 op23-elderly" in told[1]
    _, problems = apply(made, Decisions((decided("accept", firm="qqqq"),)))
    assert ["nearest" in str(problem) for problem in problems] == [False]


def test_two_reviewers_who_disagree_are_in_conflict_and_the_machine_stands() -> None:
    made, problems = apply(
        aligned(document(WINDOW)), Decisions((decided("accept"), decided("reject", by="李雷", at="2026-03-09")))
    )
    assert {state for _, state, _ in states(made)} == {"conflict"}
    assert piece(made).review == "conflict" and cell(made).review == "conflict"
    assert len(problems) == 2


def test_two_reviewers_who_agree_are_not() -> None:
    made = reviewed(aligned(document(WINDOW)), decided("accept"), decided("regrade", by="李雷", to="action"))
    assert {state for _, state, _ in states(made)} == {"current"} and piece(made).review == "action"


def test_the_later_word_of_one_reviewer_counts_and_the_earlier_is_kept() -> None:
    made = reviewed(
        aligned(document(WINDOW)), decided("accept"), decided("reject", at="2026-03-01T09:30"), decided("comment")
    )
    assert sorted((ruling, state) for ruling, state, _ in states(made)) == [
        ("accept", "superseded"), ("comment", "current"), ("reject", "current"),
    ]
    assert piece(made).review == "rejected"


def test_applying_again_changes_nothing_and_no_decisions_clear_all() -> None:
    bare = aligned(document(WINDOW))
    made = reviewed(bare, decided("reject"))
    assert reviewed(made, decided("reject")) == made
    assert reviewed(made) == bare


# ---- laws ------------------------------------------------------------------------------------------------------

SENTENCES = [WINDOW, LOANS, HARBOUR, "海港银行的投诉热线全年开通。", "泰和保险为长者开设爱心窗口。", MISSED]
RULINGS = [
    decided("reject"),
    decided("regrade", LOANS, GREEN, to="commitment"),
    decided("accept", HARBOUR, firm="海港银行"),
    decided("reject", HARBOUR, firm="海港银行", by="李雷"),
    decided("add", MISSED, to="action"),
    decided("set", None, COMPLAINT, firm="海港银行", to="stated"),
    decided("accept", "早已删去的一句话。"),
]


@st.composite
def corpora(draw: st.DrawFn) -> list[DocumentText]:
    """A document for each sentence, in any order and of any name, in any folder."""
    order = draw(st.permutations(SENTENCES))
    names = draw(st.permutations([f"{letter}/{letter}.txt" for letter in "abcdefg"]))
    return [document(sentence, id=name) for sentence, name in zip(order, names, strict=False)]


def told(made: Alignment) -> list[Any]:
    """What stands of every decision, piece and cell, without places."""
    reviews = [(one.id, one.state, one.changes, one.evidence, one.place is None) for one in made.review]
    pieces = sorted((one.id, one.review) for one in made.evidence)
    return [reviews, pieces, [(one.firm, one.requirement, one.review) for one in made.cells]]


@cache
def unchanged() -> tuple[Alignment, Alignment]:
    """The sentences in their order as they were ruled on, and with the rulings."""
    texts = [document(sentence, id=f"{number}.txt") for number, sentence in enumerate(SENTENCES)]
    first = aligned(*texts)
    return first, reviewed(first, *(sealed(first, one) for one in RULINGS), corpus=texts)


@given(corpora(), st.permutations(RULINGS))
def test_decisions_survive_any_reordering_renaming_and_splitting(corpus: list[DocumentText], rulings: list[Any]) -> None:
    first, before = unchanged()
    after = reviewed(aligned(*corpus), *(sealed(first, one) for one in rulings), corpus=corpus)
    assert told(after) == told(before)
    assert {one.state for one in after.review} == {"current", "conflict", "orphaned"}


@given(corpora(), st.integers(0, 6), st.integers(0, 7))
def test_merging_keeps_decisions_and_is_the_same_as_deciding_on_the_whole(
    corpus: list[DocumentText], cut: int, share: int
) -> None:
    left, right = corpus[:cut], corpus[cut:]
    parts = [
        reviewed(aligned(*left), *RULINGS[:share], corpus=left),
        reviewed(aligned(*right), *RULINGS, corpus=right),
    ]
    whole = reviewed(aligned(*corpus), *RULINGS, corpus=corpus)
    assert merge(*parts) == merge(*reversed(parts))
    merged = merge(*parts)
    if share == 7:
        assert merged == whole
    assert [one.decision for one in merged.review] == [one.decision for one in whole.review]
