"""Rural banks of which all but the last are named by their place alone. All invented."""

from __future__ import annotations

import pytest

from tests.builders import document
from tests.firms.test_kinds_of_documents import actors


@pytest.mark.parametrize(
    ("sentence", "firms"),
    [
        ("临湖、白塔农商行因贷款管理不到位被罚70万元。", {"临湖农商银行", "白塔农商银行"}),
        ("6月，白塔和青山农商银行被罚。", {"白塔农商银行", "青山农商银行"}),
        ("青山、白塔、临湖村镇银行因违规放贷被通报。", {"青山村镇银行", "白塔村镇银行", "临湖村镇银行"}),
    ],
)
def test_banks_that_share_the_word_for_their_kind_are_all_named(sentence: str, firms: set[str]) -> None:
    assert set(actors(document(sentence))[0]) == firms


@pytest.mark.parametrize(
    "sentence",
    [
        "县政府、青山农商行共同举办活动。",
        "工会、青山农商行联合慰问职工。",
        "粮站、青山农商行为农户服务。",
        "邮政、青山农商行网点均可取现。",
        "存款、贷款业务由青山农商行办理。",
        "在临湖、青山农商行设立了服务点。",
    ],
)
def test_but_bodies_and_goods_beside_a_bank_are_no_banks(sentence: str) -> None:
    assert actors(document(sentence))[0] == ("青山农商银行",)
