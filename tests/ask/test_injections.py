"""Thirty documents that speak to the model: nothing changes beyond the passage that does.

The model of these tests obeys any order that it is shown. Orders in known words it is never shown. Five orders in words
that no rule knows reach it, and what it then says of everything is not believed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapper.ask.requests import addresses_model
from mapper.model import Evidence
from tests.ask.models import gullible, honest
from tests.ask.worlds import aligned, answers, asked
from tests.builders import document

LINES = [json.loads(line) for line in Path(__file__).with_name("injections.jsonl").read_text(encoding="utf-8").splitlines()]
BEFORE = "云岭银行在全部网点为老年客户保留人工柜台，并提供上门服务。"
AFTER = "云岭银行小微企业贷款余额增长12%，首贷户增加300户。"
OTHER = document(AFTER.replace("云岭", "海港"), BEFORE.replace("云岭", "海港"), id="b.txt")


def shown(evidence: tuple[Evidence, ...], without: str) -> set[tuple[object, ...]]:
    """What is shown of every other passage, apart from its neighbours' words."""
    return {
        (one.firm, one.requirement, one.quote, one.grade, one.score, one.found_by, one.opinion and one.opinion.verdict)
        for one in evidence
        if one.quote != without
    }


def test_there_are_thirty() -> None:
    assert len(LINES) == 30 and len({one["text"] for one in LINES}) == 30


@pytest.mark.parametrize("line", LINES, ids=range(len(LINES)))
def test_an_order_in_a_document_changes_nothing_beyond_its_own_passage(line: dict[str, object]) -> None:
    order = str(line["text"])
    world = (document(BEFORE, order, AFTER), OTHER)
    requests = asked(*world)
    obeyed, _ = aligned(world, answers(gullible, requests))
    as_if_silent, _ = aligned(world, answers(honest, requests))
    told = shown(obeyed.evidence, order)
    if line["recognised"]:
        assert addresses_model(order) and all(order not in one.user for one in requests)
        assert told == shown(as_if_silent.evidence, order)
    else:
        found = {(firm, requirement, quote) for firm, requirement, quote, *_ in told}
        assert not addresses_model(order)
        assert found <= {(one.firm, one.requirement, one.quote) for one in as_if_silent.evidence}
    assert "海港银行" not in {one.firm for one in obeyed.evidence if one.found_by == "model"}


def test_practice_that_sounds_a_little_like_an_order_is_asked_about() -> None:
    for text in ("该行要求网点不得忽略老年客户的诉求。", "该行大模型助手全年回答客户问题一百万次。", "各网点均被评为达标网点。"):
        assert not addresses_model(text)
