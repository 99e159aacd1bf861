"""Firms that no registry knows are found by the form of their names, for one document at a time."""

from __future__ import annotations

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.model import FirmKind
from tests.builders import document, registry


def known_in(*sentences: str) -> Registry:
    return local_registry(document(sentences), registry())


def discovered(*sentences: str) -> dict[str, FirmKind]:
    return {one.name: one.kind for one in known_in(*sentences).firms.values() if one.origin == "discovered"}


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("岷山村镇银行开设了老年课堂。", "岷山村镇银行", "bank"),
        ("近日，晨光农商银行公布了投诉热线。", "晨光农商银行", "bank"),
        ("白桦消费金融有限公司公布了投诉热线。", "白桦消费金融", "consumer-finance"),
        ("该行与岷山人寿保险股份有限公司签约。", "岷山人寿", "insurer"),
        ("在岷山证券股份有限公司的网站上可以查询。", "岷山证券", "securities"),
    ],
)
def test_a_firm_is_found_by_the_form_of_its_name(sentence: str, name: str, kind: FirmKind) -> None:
    assert discovered(sentence) == {name: kind}


@pytest.mark.parametrize(
    "sentence",
    [
        "多家消费金融公司公布了热线，消费金融公司之间的竞争加剧。",
        "地方农商银行下沉服务，地方农商银行是主力军。",
        "各家村镇银行都在做，当地村镇银行也在做。",
        "某消费金融公司被罚，某消费金融公司未回应。",
        "城市农村商业银行齐头并进。",
        "大型银行股份有限公司应当公示收费。",
        "云岭银行股份有限公司与青禾消费金融有限公司签约。",
    ],
)
def test_a_phrase_of_the_trade_or_a_known_firm_is_not_discovered(sentence: str) -> None:
    assert discovered(sentence) == {}


def test_the_forms_of_one_name_are_one_firm() -> None:
    known = known_in("江南晨光农村商业银行股份有限公司开业。", "晨光农商银行公布了投诉热线。")
    long, short = known.find("江南晨光农村商业银行股份有限公司"), known.find("晨光农商银行")
    assert long is not None and long == short


@pytest.mark.parametrize(
    "sentence",
    [
        "云岭银行（以下简称“云岭行社”）公布了投诉热线。",
        "云岭银行（简称“云岭行社”）公布了投诉热线。",
        "云岭银行（下称“云岭行社”）公布了投诉热线。",
    ],
)
def test_a_short_name_that_the_document_gives_calls_the_firm(sentence: str) -> None:
    text = document(sentence, "云岭行社开设了老年课堂。")
    local = local_registry(text, registry())
    assert [one.firm for one in attribute(text, local)[1].attributed] == ["云岭银行"]


def test_a_discovered_firm_acts_like_any_other() -> None:
    text = document("白桦消费金融有限公司开设了老年课堂，海港银行开设了渔民夜校。")
    (reading,) = attribute(text, local_registry(text, registry()))
    assert [one.firm for one in reading.attributed] == ["白桦消费金融", "海港银行"]


def test_what_one_document_reveals_is_not_known_in_the_next() -> None:
    shared = registry()
    local_registry(document("白桦消费金融有限公司开业。"), shared)
    assert shared.find("白桦消费金融") is None
    assert local_registry(document("今天很冷。"), shared).find("白桦消费金融") is None


def test_a_document_without_new_names_keeps_the_registry_as_it_is() -> None:
    shared = registry()
    assert local_registry(document("云岭银行开设了老年课堂。"), shared).firms == shared.firms
