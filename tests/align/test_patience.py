"""What one document may cost when it is matched; what costs more is left out and named, and the others are matched."""

from __future__ import annotations

import pytest

from mapper.align import patience
from mapper.align.alignment import align
from mapper.align.patience import FIRMS_LIMIT, Patience, TooSlowError
from mapper.align.union import merge
from mapper.model import Alignment, DocumentText, Run
from tests.builders import document, firm, registry, tiny_catalog

NAMES = [f"{chr(0x4E00 + at)}{chr(0x5E00 + at)}银行" for at in range(FIRMS_LIMIT + 1)]
MANY = registry(*(firm(name, "bank") for name in NAMES))


def aligned(*documents: DocumentText, seconds: float = 60.0) -> Alignment:
    return align(documents, tiny_catalog(), MANY, Run(version="1"), seconds=seconds)


def crowd(number: int, id: str = "a.txt") -> DocumentText:
    return document(["，".join(f"{name}对老年客户保留人工服务" for name in NAMES[:number]) + "。"], id=id)


def test_patience_ends() -> None:
    Patience(60).check()
    with pytest.raises(TooSlowError):
        Patience(-1).check()


def test_a_document_over_its_time_is_left_out_and_named() -> None:
    made = aligned(document(["云岭银行在各网点对老年客户保留人工服务。"]), seconds=-1)
    assert not made.evidence and not made.documents
    assert [(one.path, one.code) for one in made.left_out] == [("a.txt", "document-slow-matching")]


def test_a_document_over_its_time_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = document(["云岭银行在各网点对老年客户保留人工服务。"] * 3, id="slow.txt")
    quick = document(["云岭银行在各网点对老年客户保留人工服务。"], id="quick.txt")
    ticks = iter(range(10_000))
    monkeypatch.setattr(patience, "monotonic", lambda: float(next(ticks)))
    made = aligned(slow, quick, seconds=3)
    assert [one.id for one in made.documents] == ["quick.txt"] and made.evidence
    assert [one.path for one in made.left_out] == ["slow.txt"]


def test_a_sentence_that_names_more_firms_than_its_limit_is_no_evidence_and_named() -> None:
    made = aligned(crowd(FIRMS_LIMIT + 1))
    assert not made.evidence and len(made.firms) == FIRMS_LIMIT + 1, "the firms are known to be spoken of all the same"
    assert [(one.path, one.code) for one in made.left_out] == [("a.txt", "sentence-crowded")]
    assert not aligned(crowd(3)).left_out


def test_what_is_left_out_of_several_documents_merges() -> None:
    one, other = crowd(FIRMS_LIMIT + 1), crowd(FIRMS_LIMIT + 1, "b.txt")
    assert merge(aligned(other), aligned(one)).left_out == aligned(one, other).left_out
