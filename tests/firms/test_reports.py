"""Two made-up reports as banks publish them, one wrapped as from a PDF and one a web page: every sentence has its right firm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mapper.corpus import read_corpus
from mapper.firms.attribution import Attribution, attribute
from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.firms.registry import Registry
from mapper.model import DocumentText, Passage

REPORTS = Path(__file__).with_name("reports")
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((REPORTS / "expected.yaml").read_text(encoding="utf-8"))
SENTENCE = 13
"""Characters of a line from which it is no cell of a table."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[DocumentText, Registry, list[Attribution]]]:
    shipped, _ = load_registry()
    assert shipped is not None
    folder = tmp_path_factory.mktemp("reports")
    for id in EXPECTED:
        kept = REPORTS / (id if id.endswith(".txt") else f"{id}.txt")
        (folder / id).write_bytes(kept.read_bytes())
    read = {one.document.id: one for one in read_corpus(folder).documents}
    known = {id: local_registry(one, shipped) for id, one in read.items()}
    return {id: (one, known[id], attribute(one, known[id])) for id, one in read.items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_no_phantom_is_found_and_every_firm_is(name: str, reports: Any) -> None:
    _, known, _ = reports[name]
    assert {firm.name for firm in known.firms.values() if firm.origin == "discovered"} == set(EXPECTED[name]["firms"])


@pytest.mark.parametrize("name", EXPECTED)
def test_its_date_is_that_of_the_report(name: str, reports: Any) -> None:
    text, _, _ = reports[name]
    assert text.document.date == EXPECTED[name]["date"]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_sentence_has_its_firm(name: str, reports: Any) -> None:
    text, _, readings = reports[name]
    others = dict(EXPECTED[name]["others"])
    for passage, reading in zip(text.passages, readings, strict=True):
        if passage.role == "body" and len(passage.text) >= SENTENCE:
            beginning = _beginning(passage, others)
            firms = others.pop(beginning) if beginning else [EXPECTED[name]["bank"]]
            assert [one.firm for one in reading.attributed] == firms, passage.text
    assert not others


def _beginning(passage: Passage, others: dict[str, list[str]]) -> str | None:
    return next((words for words in others if passage.text.startswith(words)), None)
