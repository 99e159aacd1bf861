"""Why a stretch is marked: each reason has words in the quote and a sentence for the reader."""

from __future__ import annotations

import pytest

from mapper.messages import say
from tests.align.found import evidence
from tests.builders import document


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
