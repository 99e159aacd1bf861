"""How alike texts are among many."""

from __future__ import annotations

import pytest

from mapper.drafting import likeness
from mapper.drafting.likeness import SHORT, RarityWeights, SparseVector, cosine, cosine_table, letter_runs

OLD = ["应当为老年人保留人工服务。", "应当公示收费项目和标准。", "不得泄露客户信息。", "——"]
NEW = ["应当为老年客户保留人工服务窗口。", "应当公示收费项目和标准。", "关键岗位每三年轮岗一次。"]


def vectors() -> tuple[list[SparseVector], list[SparseVector]]:
    texts = {text: letter_runs(text, SHORT) for text in (*OLD, *NEW)}
    weights = RarityWeights(texts.values())
    return [weights.vector(texts[text]) for text in NEW], [weights.vector(texts[text]) for text in OLD]


def test_a_table_holds_the_cosine_of_each_with_each() -> None:
    new, old = vectors()
    for row, one in zip(cosine_table(new, old), new, strict=True):
        assert row == pytest.approx([cosine(one, other) for other in old], abs=1e-12)
    assert cosine_table(new, old)[1][1] == pytest.approx(1.0)
    assert cosine_table(new, []) == [[], [], []] and cosine_table([], old) == []


def test_a_table_of_many_does_not_compare_them_two_by_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(likeness, "cosine")
    assert cosine_table(*vectors())[2][2] == 0.0


def test_a_vector_is_in_the_order_of_its_runs_whatever_a_set_makes_of_it() -> None:
    """Sums of floating point numbers depend on their order."""
    (first, *_), _ = vectors()
    assert list(first) == sorted(first)
