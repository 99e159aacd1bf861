"""Firms that a sentence names one beside the other all do, or suffer, what it tells. All sentences are invented."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from tests.builders import document, firm, registry

KNOWN: Registry = registry(
    firm("禾丰银行", "bank", aliases=("禾丰",), products=("买买吧", "小鹿贷")),
    firm("云岭银行", "bank", aliases=("云岭",), products=("动动空间", "小羊贷")),
    firm("江州科技", "fintech", products=("花生借",)),
)


def told(sentence: str) -> set[str]:
    """Who acts in the last words of a sentence."""
    text = document("近日有消息。", sentence)
    reading = attribute(text, local_registry(text, KNOWN))[1]
    return {one.firm for one in reading.attributed if one.end == len(sentence)}


BOTH = {"禾丰银行", "云岭银行"}


@pytest.mark.parametrize(
    "sentence",
    [
        "禾丰银行、云岭银行，因违规收费被罚款。",
        "禾丰银行与云岭银行因催收不当被罚款25万元。",
        "禾丰银行与云岭银行被责令改正。",
        "禾丰银行信用卡中心、云岭银行信用卡中心均因催收不当被罚款。",
        "禾丰银行（简称禾丰）、云岭银行（简称云岭）均因催收不当被罚款。",
        "禾丰银行的“买买吧”、云岭银行的“动动空间”因超范围收集个人信息被通报。",
        "小鹿贷、小羊贷催收时威胁借款人。",
        "小鹿贷和小羊贷催收时威胁借款人。",
        "小鹿贷、云岭银行催收时威胁借款人。",
    ],
)
def test_all_of_a_list_are_meant(sentence: str) -> None:
    assert told(sentence) == BOTH


def test_three_products_and_names() -> None:
    assert told("用户投诉小鹿贷、云岭银行、花生借暴力催收，威胁借款人家人。") == {*BOTH, "江州科技"}


@pytest.mark.parametrize(
    ("sentence", "acts"),
    [
        ("禾丰银行与云岭银行签约，推出联名卡。", {"禾丰银行"}),
        ("禾丰银行与小羊贷、花生借合作，发放贷款。", {"禾丰银行"}),
        ("包括禾丰银行、云岭银行，利率普遍下降。", set()),
        ("禾丰银行推出了小羊贷那样的产品。", {"禾丰银行"}),
    ],
)
def test_a_partner_or_an_example_is_not(sentence: str, acts: set[str]) -> None:
    assert told(sentence) == acts
