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
names. Platforms that only their brand tells make up 37 of the 55 in the second list. Kinds seen in them were mended,
so no number is a figure for unseen texts."""

SENTENCE = re.compile(r"[^。！？]+[。！？]*[”』」）)]*")


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()]


def written(case: dict[str, Any]) -> DocumentText:
    paragraphs = [SENTENCE.findall(one) for one in case["text"].split("\n") if one.strip()]
    if not case["title"]:
        return document(*paragraphs)
    return document(heading(case["title"]), *paragraphs, title=case["title"])


def given(case: dict[str, Any]) -> list[tuple[set[str], set[str]]]:
    """By act of a case, the firms to whom its words are given and those to whom its writer gave them."""
    assert SHIPPED is not None
    text = written(case)
    known = local_registry(text, SHIPPED)
    readings = attribute(text, known)
    found: list[tuple[set[str], set[str]]] = []
    for act in case["acts"]:
        number, start = next((n, one.text.index(act["words"])) for n, one in enumerate(text.passages) if act["words"] in one.text)
        end = start + len(act["words"])
        firms = {one.firm for one in readings[number].attributed if one.start <= start and end <= one.end}
        meant = {name: known.find(name) for name in act["firms"]}
        found.append((firms, {firm.id if firm is not None else name for name, firm in meant.items()}))
    return found


@pytest.mark.parametrize(("name", "most_firms", "most_others"), LISTS)
def test_no_more_acts_than_once_are_given_to_somebody_else(name: str, most_firms: int, most_others: int) -> None:
    told = [(case["text"], *firms) for case in cases(name) for firms in given(case)]
    of_firms = [one for one in told if one[2] and one[1] != one[2]]
    of_others = [one for one in told if one[1] and not one[2]]
    assert len(of_firms) <= most_firms, of_firms
    assert len(of_others) <= most_others, of_others
