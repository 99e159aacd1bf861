"""To whom clauses of very short texts are given, by writers who knew no reader: how many are given to somebody else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.model import DocumentText
from tests.builders import document, heading
from tests.firms.test_kinds_of_documents import SHIPPED

LISTS = [("whose_acts_news.jsonl", 28, 91), ("whose_acts_faults.jsonl", 55, 86)]
"""Of 265 clauses in which firms act in news and reports, and of 282 in penalties, complaints and rulings, so many are given to
others or to nobody; of 143 and 146 of people, authorities and companies of other trades, so many to a firm that their text
names. Platforms that only their brand tells make up half of the first number in the second list. Kinds seen in them were mended,
so no number is a figure for unseen texts."""

SENTENCE = re.compile(r"[^。！？]+[。！？]*[”』」）)]*")


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()]


def written(case: dict[str, Any]) -> DocumentText:
    paragraphs = [SENTENCE.findall(one) for one in case["text"].split("\n") if one.strip()]
    if not case["title"]:
        return document(*paragraphs)
    return document(heading(case["title"]), *paragraphs, title=case["title"])


def given(case: dict[str, Any]) -> list[set[str] | None]:
    """By act of a case, the names of the firms to whom its words are given; None where the words are in no sentence."""
    assert SHIPPED is not None
    text = written(case)
    known = local_registry(text, SHIPPED)
    readings = list(zip(attribute(text, known), text.passages, strict=True))
    found: list[set[str] | None] = []
    for act in case["acts"]:
        at = next(((one, passage.text.index(act["words"])) for one, passage in readings if act["words"] in passage.text), None)
        reading, start = at if at is not None else (None, 0)
        end = start + len(act["words"])
        firms = {one.firm for one in reading.attributed if one.start <= start and end <= one.end} if reading is not None else None
        found.append({known.firms[firm].name for firm in firms} if firms is not None else None)
    return found


def called(name: str, case: dict[str, Any]) -> str:
    assert SHIPPED is not None
    firm = local_registry(written(case), SHIPPED).find(name)
    return firm.name if firm is not None else name


@pytest.mark.parametrize(("name", "most_firms", "most_others"), LISTS)
def test_no_more_acts_than_once_are_given_to_somebody_else(name: str, most_firms: int, most_others: int) -> None:
    of_firms: list[tuple[str, set[str]]] = []
    of_others: list[tuple[str, set[str]]] = []
    for case in cases(name):
        for act, firms in zip(case["acts"], given(case), strict=True):
            assert firms is not None, act["words"]
            if firms != {called(one, case) for one in act["firms"]}:
                (of_firms if act["firms"] else of_others).append((act["words"], firms))
    assert len(of_firms) <= most_firms, of_firms
    assert len(of_others) <= most_others, of_others
