"""Why a stretch is marked: each reason has words in the quote and a sentence for the reader."""

from __future__ import annotations

import pytest

from mapper.messages import say
from tests.align.found import evidence, read
from tests.builders import document, shipped_catalog


def test_evidence_says_why() -> None:
    (one,) = evidence(document("云岭银行临江支行对老年客户保留人工服务，累计服务3万人次。"))
    assert [reason.kind for reason in one.reasons] == ["signal", "attribution", "grade"]
    for reason in one.reasons:
        assert all(one.quote[words.start : words.end] == words.text for words in reason.words)
        assert say(f"reasons.{reason.code}", **reason.params)
    words = {reason.kind: [found.text for found in reason.words] for reason in one.reasons}
    assert {"老年客户", "人工服务"} <= set(words["signal"])
    assert any("云岭银行" in word for word in words["attribution"])
    assert any("3万" in word for word in words["grade"])


@pytest.mark.parametrize(
    ("sentences", "words"),
    [
        (("云岭银行因投诉处理不及时被罚款30万元，目前已整改到位。",), "已整改"),
        (("云岭银行因投诉处理不及时被罚款30万元。", "该行已全部整改。"), "已全部整改"),
        (("云岭银行因投诉处理不及时被罚款30万元。", "此案引起关注。"), None),
    ],
)
def test_a_fault_that_was_put_right_is_shown_as_such(sentences: tuple[str, ...], words: str | None) -> None:
    [adverse] = [one for one in evidence(document(*sentences)) if one.grade == "adverse"]
    said = [reason.params["words"] for reason in adverse.reasons if reason.code == "grade-corrected"]
    assert said == ([words] if words else [])


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("云岭银行违反信用信息采集、提供、查询及相关管理规定，被罚款21.3万元。", "like-fault"),
        ("云岭银行为老年客户保留人工窗口，开通绿色通道。", "like-example"),
    ],
)
def test_an_example_that_tells_of_a_fault_is_called_one(sentence: str, code: str) -> None:
    catalog = shipped_catalog()
    faults = {lesson.text for lesson in catalog.lessons if lesson.grade == "adverse"}
    alike = [reason for one in read(document(sentence), catalog) for reason in one.reasons if reason.code.startswith("like-")]
    assert code in {reason.code for reason in alike}
    told = [(reason.code == "like-fault", reason.params["sentence"] in faults) for reason in alike if reason.code != "like-near-miss"]
    assert all(said == fault for said, fault in told)
