"""What documents came to, put together: copies are one piece, and alignments merge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.align.union import merge
from mapper.model import Alignment, DocumentText, LeftOut
from tests.align.aligning import (
    ACTION,
    ALL,
    DATES,
    NOTHING,
    OUTCOME,
    SENTENCES,
    aligned,
    cell,
    corpora,
    groupings,
    of_seeds,
)
from tests.builders import (
    ELDERLY,
    document,
)

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

def left_out_of(documents: Iterable[DocumentText]) -> tuple[LeftOut, ...]:
    """Pretend that beside each document one could not be read."""
    return tuple(LeftOut(path=f"{one.document.id}.broken", code="document-broken") for one in documents)


def of(documents: Sequence[DocumentText], min_score: float) -> Alignment:
    return aligned(*documents, own=["江州银行"], left_out=left_out_of(documents), min_score=min_score)


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


# ---- the law over the five articles that ship ----------------------------------------------------------------

HALVES = [frozenset(half) for size in (1, 2) for half in combinations(range(5), size)]


@pytest.mark.parametrize("half", HALVES, ids=lambda half: "".join(map(str, sorted(half))))
def test_any_two_parts_of_the_five_articles_merge_to_the_whole(half: frozenset[int]) -> None:
    assert merge(of_seeds(half), of_seeds(ALL - half)) == of_seeds(ALL)


def test_the_five_articles_one_by_one_merge_to_the_whole() -> None:
    alone = [of_seeds(frozenset({number})) for number in (3, 0, 4, 2, 1)]
    assert reduce(merge, alone) == of_seeds(ALL)
