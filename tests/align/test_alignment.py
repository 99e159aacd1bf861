"""Documents against a catalog: what stands in an alignment."""

from __future__ import annotations

from mapper.align.alignment import align
from mapper.messages import say
from mapper.model import Run
from tests.align.aligning import (
    ACTION,
    ALL,
    NOTHING,
    OUTCOME,
    PLAN,
    aligned,
    of_seeds,
    shipped,
)
from tests.builders import (
    document,
    registry,
    tiny_catalog,
)


def test_a_document_lists_the_firms_that_act_in_it() -> None:
    one = document(NOTHING, "海港银行公布了投诉渠道。")
    alignment = aligned(one, document("今天很冷。", id="b.txt"))
    assert {d.id: set(d.firms) for d in alignment.documents} == {"a.txt": {"云岭银行", "海港银行"}, "b.txt": set()}
    assert all(list(d.firms) == sorted(d.firms) for d in alignment.documents)


def test_a_firm_that_only_stands_in_the_registry_has_no_column() -> None:
    assert [firm.id for firm in aligned(document(ACTION)).firms] == ["云岭银行"]


def test_evidence_below_the_least_score_is_left_out() -> None:
    everything = aligned(document(PLAN, ACTION, OUTCOME))
    scores = sorted(e.score for e in everything.evidence)
    assert len(set(scores)) > 1
    fewer = aligned(document(PLAN, ACTION, OUTCOME), min_score=scores[-1])
    assert {e.score for e in fewer.evidence} == {scores[-1]}


def test_every_piece_of_evidence_in_the_articles_is_a_whole_sentence_and_can_say_why() -> None:
    """Where it stands in the file, and what its reasons point at: tests/test_run.py."""
    documents, _, _ = shipped()
    passages = {(t.document.id, p.start, p.end): p for t in documents for p in t.passages}
    evidence = of_seeds(ALL).evidence
    assert evidence
    for one in evidence:
        assert passages[one.document, one.start, one.end].text == one.quote
        assert "\ufffd" not in one.quote
        assert 0 <= one.score <= 1
        for reason in one.reasons:
            assert say(f"reasons.{reason.code}", **reason.params)


def test_the_articles_speak_of_the_seventeen_firms_and_no_other() -> None:
    from tests.firms.test_registry import SEVENTEEN

    assert {firm.id for firm in of_seeds(ALL).firms} == set(SEVENTEEN)


# ---- who acts where --------------------------------------------------------------------------------------------


def test_a_document_says_where_each_firm_acts_in_as_few_stretches_as_can_be() -> None:
    text = document(("云岭银行保留了人工柜台。", "同时开设了老年课堂。", "海港银行开设了渔民夜校。"), "云岭银行与海港银行联合发布了规范。")
    (one,) = aligned(text).documents
    assert [(act.firm, text.text[act.start : act.end]) for act in one.acts] == [
        ("云岭银行", "云岭银行保留了人工柜台。同时开设了老年课堂。"),
        ("海港银行", "海港银行开设了渔民夜校。\n云岭银行与海港银行联合发布了规范。"),
        ("云岭银行", "云岭银行与海港银行联合发布了规范。"),
    ]


def test_a_stretch_reaches_beyond_a_note_within_its_sentence() -> None:
    text = document(("云岭银行在每个镇都开设了老年课堂。", "同时云岭银行印发了防骗手册。"))
    whole, note = text.passages
    passages = whole.model_copy(update={"end": note.end}), note.model_copy(update={"end": note.end - 4})
    noted = text.model_copy(update={"passages": passages})
    (one,) = aligned(noted).documents
    assert [(act.start, act.end) for act in one.acts] == [(whole.start, note.end)]


def test_the_sentences_of_a_document_in_which_somebody_acts_are_kept_though_it_shows_nothing() -> None:
    acting, silent = document("云岭银行今天开业。", id="a.txt"), document("今天下雨。", id="b.txt")
    found = aligned(acting, silent)
    assert found.evidence == ()
    assert [[one.text for one in text.text] for text in found.documents] == [["云岭银行今天开业。"], []]


# ---- what scored too little ------------------------------------------------------------------------------------


def test_what_scores_below_the_line_is_counted_in_its_cell_and_not_shown() -> None:
    texts = (document("云岭银行在各网点对老年客户保留人工服务。"),)
    all_of_it = align(texts, tiny_catalog(), registry(), Run(version="1"))
    none_of_it = align(texts, tiny_catalog(), registry(), Run(version="1"), min_score=1.0)
    assert none_of_it.evidence == () and len(none_of_it.faint) == len(all_of_it.evidence) > 0
    assert sum(cell.below for cell in none_of_it.cells) == len(all_of_it.evidence)
    assert not any(cell.below for cell in all_of_it.cells)
