"""Cells made of evidence, and the law that alignments merge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, reduce
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.align.alignment import align, merge
from mapper.catalog.load import Catalog, load_catalog
from mapper.corpus import read_corpus
from mapper.firms.lists import load_registry
from mapper.firms.registry import Registry
from mapper.matchers.shelf import Shelf, shelf
from mapper.messages import say
from mapper.model import Alignment, Cell, DocumentText, InputFile, LeftOut, Run, Status
from mapper.shipped import folder
from tests.builders import (
    COMPLAINT,
    ELDERLY,
    FARM,
    GREEN,
    SMALL,
    document,
    registry,
    tiny_catalog,
)


def a_run(documents: Iterable[DocumentText]) -> Run:
    inputs = [InputFile(role="document", path=one.document.path, sha256=one.document.sha256) for one in documents]
    return Run(version="0", inputs=tuple(sorted(inputs, key=lambda one: (one.role, one.path, one.sha256))))


def aligned(
    *documents: DocumentText, own: Iterable[str] = (), left_out: Sequence[LeftOut] = (), min_score: float = 0.0
) -> Alignment:
    return align(documents, tiny_catalog(), registry(own=own), a_run(documents), left_out=left_out, min_score=min_score)


def cell(alignment: Alignment, firm: str, requirement: str) -> Cell:
    (one,) = [c for c in alignment.cells if (c.firm, c.requirement) == (firm, requirement)]
    return one


# ---- the status of a cell --------------------------------------------------------------------------------------

PLAN = "云岭银行计划明年向长者推出大字版手机银行。"
ACTION = "云岭银行在各网点对老年客户保留人工服务。"
OUTCOME = "云岭银行的爱心窗口累计服务老年人12万人次。"
FINE = "云岭银行因拒绝老年人现金缴费被罚款20万元。"
NOTHING = "云岭银行举办了员工运动会。"


@pytest.mark.parametrize(
    ("sentences", "requirement", "status"),
    [
        ((ACTION,), ELDERLY, "evidenced"),
        ((OUTCOME,), ELDERLY, "evidenced"),
        ((PLAN, ACTION), ELDERLY, "evidenced"),
        ((PLAN,), ELDERLY, "stated"),
        ((PLAN, NOTHING), ELDERLY, "stated"),
        ((FINE,), ELDERLY, "contrary"),
        ((FINE, ACTION), ELDERLY, "contrary"),
        ((OUTCOME, PLAN, FINE), ELDERLY, "contrary"),
        ((NOTHING,), ELDERLY, "none"),
        ((ACTION,), GREEN, "none"),
        ((ACTION,), FARM, "not-applicable"),
        (("云岭银行推出农业保险。",), FARM, "evidenced"),
        (("云岭银行计划推出农业保险。",), FARM, "stated"),
    ],
)
def test_the_status_of_a_cell(sentences: tuple[str, ...], requirement: str, status: Status) -> None:
    assert cell(aligned(document(*sentences)), "云岭银行", requirement).status == status


@pytest.mark.parametrize(
    ("requirement", "status"), [(ELDERLY, "unsearched"), (GREEN, "unsearched"), (FARM, "not-applicable")]
)
def test_a_firm_of_which_no_document_speaks_is_unsearched(requirement: str, status: Status) -> None:
    alignment = aligned(document(ACTION), own=["海港银行"])
    assert cell(alignment, "海港银行", requirement).status == status
    assert "海港银行" in {firm.id for firm in alignment.firms}


def test_read_and_nothing_found_is_kept_apart_from_never_read() -> None:
    alignment = aligned(document(NOTHING), own=["云岭银行", "海港银行"])
    assert cell(alignment, "云岭银行", ELDERLY).status == "none"
    assert cell(alignment, "海港银行", ELDERLY).status == "unsearched"


def test_with_adverse_evidence_whatever_else_there_is_stays_listed() -> None:
    alignment = aligned(document(OUTCOME, FINE, PLAN, ACTION))
    one = cell(alignment, "云岭银行", ELDERLY)
    grades = {e.id: e.grade for e in alignment.evidence}
    assert [grades[id] for id in one.evidence] == ["adverse", "outcome", "action", "commitment"]
    assert one.score == max(e.score for e in alignment.evidence if e.grade == "adverse")


def test_a_cells_score_is_the_best_of_what_made_its_status() -> None:
    alignment = aligned(document(PLAN, ACTION, OUTCOME))
    made = [e.score for e in alignment.evidence if e.grade in ("action", "outcome")]
    assert cell(alignment, "云岭银行", ELDERLY).score == max(made)
    assert cell(alignment, "云岭银行", GREEN).score == 0


def test_voluntary_evidence_is_shown_as_such() -> None:
    alignment = aligned(document("青禾消费金融投放了绿色贷款。", "海港银行投放了绿色贷款。"))
    assert cell(alignment, "青禾消费金融", GREEN).voluntary is True
    assert cell(alignment, "海港银行", GREEN).voluntary is False
    assert cell(alignment, "青禾消费金融", FARM).voluntary is False


def test_there_is_one_cell_for_every_firm_and_requirement() -> None:
    alignment = aligned(document(ACTION, "青禾消费金融坚持小额分散。"), own=["泰和保险"])
    pairs = [(c.firm, c.requirement) for c in alignment.cells]
    assert len(pairs) == len(set(pairs)) == 3 * 5
    assert {c.requirement for c in alignment.cells} == {ELDERLY, GREEN, SMALL, FARM, COMPLAINT}


def test_every_piece_of_evidence_stands_in_exactly_its_cell() -> None:
    alignment = aligned(document(OUTCOME, FINE, PLAN, ACTION, "海港银行公布了投诉渠道。"))
    for c in alignment.cells:
        expected = [e.id for e in alignment.evidence if (e.firm, e.requirement) == (c.firm, c.requirement)]
        assert sorted(c.evidence) == sorted(expected)


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


# ---- copies ----------------------------------------------------------------------------------------------------


def test_the_same_words_in_two_documents_are_one_piece_with_two_sources_the_earliest_first() -> None:
    later = document(ACTION, id="a.txt", date="2024-03-01")
    earlier = document("前面还有一段。", ACTION, id="b.txt", date="2022-03")
    for alignment in (aligned(later, earlier), aligned(earlier, later)):
        (one,) = alignment.evidence
        assert [source.document for source in one.sources] == ["b.txt", "a.txt"]
        assert (one.document, one.start, one.end) == ("b.txt", one.sources[0].start, one.sources[0].end)
        assert one.predates is True
        assert cell(alignment, "云岭银行", ELDERLY).evidence == (one.id,)


def test_a_document_without_a_date_comes_after_those_with_one() -> None:
    (one,) = aligned(document(ACTION, id="a.txt"), document(ACTION, id="b.txt", date="2024")).evidence
    assert [source.document for source in one.sources] == ["b.txt", "a.txt"]


def test_copies_that_differ_in_spaces_and_punctuation_are_one() -> None:
    spaced = ACTION.replace("对老年客户", "，对老年客户 ")
    (one,) = aligned(document(ACTION), document(spaced, id="b.txt")).evidence
    assert len(one.sources) == 2


def test_copies_within_one_document_are_one() -> None:
    (one,) = aligned(document(ACTION, NOTHING, ACTION)).evidence
    assert len(one.sources) == 2
    assert one.sources[0].start < one.sources[1].start


def test_the_same_act_in_other_words_is_another_piece() -> None:
    assert len(aligned(document(ACTION, ACTION.replace("各网点", "全部网点"))).evidence) == 2


def test_the_same_words_of_two_firms_are_two_pieces() -> None:
    text = document("云岭银行与海港银行联合发放绿色贷款。")
    assert sorted(e.firm for e in aligned(text).evidence) == ["云岭银行", "海港银行"]


# ---- the law ---------------------------------------------------------------------------------------------------

SENTENCES = (
    PLAN,
    ACTION,
    OUTCOME,
    FINE,
    NOTHING,
    "该行还公布了投诉渠道。",
    "同时投放绿色贷款30亿元，同比增长两成。",
    "云岭银行与海港银行联合发放绿色贷款。",
    "青禾消费金融坚持小额分散，海港银行公布了投诉热线。",
    "消费金融公司普遍坚持小额分散。",
    "泰和保险计划推出农业保险。",
    "公司因投诉处理超期被通报。",
    "《实施意见》提出，银行要为老年人保留人工服务。",
    "远山消费金融尚未对老年人提供人工服务。",
    # firms that no registry knows, and short names that a document gives
    "白桦消费金融有限公司（以下简称“白桦消金”）公布了投诉渠道。",
    "白桦消费金融坚持小额分散。",
    "白桦消金投放了绿色贷款。",
    "江南晨光农村商业银行股份有限公司投放了绿色贷款。",
    "晨光农商银行公布了投诉热线。",
    "云岭银行（以下简称“岭行”）投放了绿色贷款。",
    "岭行公布了投诉渠道。",
)
DATES = (None, "2020", "2021-05", "2022-01-31", "2023-10-11", "2024-06")


@st.composite
def corpora(draw: st.DrawFn) -> list[DocumentText]:
    """Up to five small documents that share sentences, some dated, some not."""
    number = draw(st.integers(min_value=1, max_value=5))
    documents = []
    for i in range(number):
        sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=0, max_size=4))
        cut = draw(st.integers(min_value=0, max_value=len(sentences)))
        paragraphs = [part for part in (sentences[:cut], sentences[cut:]) if part]
        date, owner = draw(st.sampled_from(DATES)), draw(st.sampled_from((None, None, "云岭银行", "青禾消费金融")))
        documents.append(document(*paragraphs, id=f"{i}.txt", date=date, owner=owner))
    return documents


def left_out_of(documents: Iterable[DocumentText]) -> tuple[LeftOut, ...]:
    """Pretend that beside each document one could not be read."""
    return tuple(LeftOut(path=f"{one.document.id}.broken", code="document-broken") for one in documents)


def of(documents: Sequence[DocumentText], min_score: float) -> Alignment:
    return aligned(*documents, own=["江州银行"], left_out=left_out_of(documents), min_score=min_score)


@st.composite
def groupings(draw: st.DrawFn) -> tuple[list[DocumentText], list[list[DocumentText]]]:
    """A corpus, and the same documents in any order, cut into groups."""
    documents = draw(corpora())
    shuffled = draw(st.permutations(documents))
    groups: list[list[DocumentText]] = [[]]
    for one in shuffled:
        if bool(groups[-1]) and draw(st.booleans()):
            groups.append([])
        groups[-1].append(one)
    return documents, groups


@settings(derandomize=True, max_examples=50)
@given(groupings(), st.sampled_from((0.0, 0.6, 0.75)), st.data())
def test_alignments_merge_in_any_order_and_grouping(
    split: tuple[list[DocumentText], list[list[DocumentText]]], min_score: float, data: st.DataObject
) -> None:
    documents, groups = split
    whole = of(documents, min_score)
    parts = [of(group, min_score) for group in groups]
    while len(parts) > 1:
        first = parts.pop(data.draw(st.integers(0, len(parts) - 1)))
        second = parts.pop(data.draw(st.integers(0, len(parts) - 1)))
        parts.append(merge(first, second))
    assert parts[0] == whole


@settings(derandomize=True, max_examples=20)
@given(corpora(), corpora(), corpora())
def test_merging_is_commutative_associative_and_idempotent(
    one: list[DocumentText], two: list[DocumentText], three: list[DocumentText]
) -> None:
    def renamed(documents: list[DocumentText], prefix: str) -> list[DocumentText]:
        return [
            document(
                *[
                    [p.text for p in text.passages if p.paragraph == number]
                    for number in sorted({p.paragraph for p in text.passages})
                ],
                id=f"{prefix}{text.document.id}",
                date=text.document.date,
                owner=text.document.owner,
            )
            for text in documents
        ]

    a, b, c = (of(renamed(group, prefix), 0.0) for group, prefix in ((one, "a"), (two, "b"), (three, "c")))
    assert merge(a, b) == merge(b, a)
    assert merge(merge(a, b), c) == merge(a, merge(b, c))
    assert merge(a, a) == a
    assert merge(merge(a, b), a) == merge(a, b)


def test_nothing_is_the_neutral_element() -> None:
    whole = of([document(ACTION), document(OUTCOME, id="b.txt")], 0.0)
    assert merge(whole, of([], 0.0)) == whole


def test_alignments_with_different_catalogs_or_options_do_not_merge() -> None:
    text = document(ACTION)
    one = aligned(text)
    other_options = one.model_copy(update={"run": one.run.model_copy(update={"options": {"min_score": "0.9"}})})
    other_policies = one.model_copy(update={"policies": one.policies[:1]})
    for other in (other_options, other_policies):
        with pytest.raises(ValueError):
            merge(one, other)


def test_alignments_of_two_versions_are_refused_or_merge_in_any_order() -> None:
    one, other = aligned(document(ACTION)), aligned(document(OUTCOME, id="b.txt"))
    other = other.model_copy(update={"run": other.run.model_copy(update={"version": "1"})})
    try:
        merged = merge(one, other)
    except ValueError:
        return
    assert merged == merge(other, one)


def test_the_order_of_documents_makes_no_difference() -> None:
    texts = [document(s, id=f"{n}.txt", date=DATES[n % len(DATES)]) for n, s in enumerate(SENTENCES)]
    assert aligned(*texts).model_dump_json() == aligned(*reversed(texts)).model_dump_json()


# ---- the law and the promises, over the five articles that ship ------------------------------------------------


@cache
def shipped() -> tuple[tuple[DocumentText, ...], Catalog, Registry]:
    catalog, problems = load_catalog(folder("policies"))
    assert catalog is not None, [str(problem) for problem in problems]
    corpus = read_corpus(folder("seeds"))
    known, problems = load_registry(corpus.firms_file)
    assert known is not None, [str(problem) for problem in problems]
    return corpus.documents, catalog, known


@cache
def shipped_shelf() -> Shelf:
    return shelf(shipped()[1])


@cache
def of_seeds(numbers: frozenset[int]) -> Alignment:
    documents, catalog, known = shipped()
    chosen = [documents[number] for number in sorted(numbers)]
    return align(chosen, catalog, known, a_run(chosen), shelf=shipped_shelf())


ALL = frozenset(range(5))
HALVES = [frozenset(half) for size in (1, 2) for half in combinations(range(5), size)]


@pytest.mark.parametrize("half", HALVES, ids=lambda half: "".join(map(str, sorted(half))))
def test_any_two_parts_of_the_five_articles_merge_to_the_whole(half: frozenset[int]) -> None:
    assert merge(of_seeds(half), of_seeds(ALL - half)) == of_seeds(ALL)


def test_the_five_articles_one_by_one_merge_to_the_whole() -> None:
    alone = [of_seeds(frozenset({number})) for number in (3, 0, 4, 2, 1)]
    assert reduce(merge, alone) == of_seeds(ALL)


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
