"""The sentences that teach: every line well formed, every requirement taught, no real firm, nothing twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mapper.firms.lists import load_registry
from mapper.firms.mentions import find_mentions
from mapper.firms.registry import Registry
from mapper.shipped import folder
from tests.builders import shipped_catalog

GRADES = {"commitment", "action", "outcome", "adverse", None}
FIELDS = {"text", "evidences", "grade", "written_for"}
PLAIN = 10
"""Sentences that are plain evidence, for each requirement at least."""
NEAR = 4
"""Near misses written for each requirement at least."""
SMALL = Path(__file__).parents[1] / "matchers" / "small_policy"

Line = tuple[str, dict[str, Any]]


def lines(path: Path) -> Iterator[Line]:
    """Every line of one file with its place."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        yield f"{path.name}:{number}", json.loads(line)


@cache
def examples() -> tuple[Line, ...]:
    """The sentences that ship, in the order of their files."""
    return tuple(line for path in sorted(folder("policies").glob("examples/*.jsonl")) for line in lines(path))


@cache
def turned() -> tuple[Line, ...]:
    """The sentences that teach only which way words go."""
    return tuple(line for path in sorted(folder("policies").glob("examples/direction/*.jsonl")) for line in lines(path))


@cache
def known() -> frozenset[str]:
    catalog = shipped_catalog()
    return frozenset(requirement.id for requirement in catalog.requirements)


@cache
def registry() -> Registry:
    found = load_registry()[0]
    assert found is not None
    return found


def bare(text: str) -> str:
    """The letters alone: two sentences that differ in a comma are one."""
    return re.sub(r"\W", "", text)


def test_every_line_has_its_fields() -> None:
    for place, line in examples():
        assert FIELDS <= set(line) <= FIELDS | {"near_miss"}, place
        assert line["text"] == line["text"].strip() != "", place
        assert line["grade"] in GRADES, place
        assert line.get("near_miss", True) is True, place


def test_every_id_is_a_requirement() -> None:
    for place, line in examples():
        assert {*line["evidences"], line["written_for"]} <= known(), place
        assert len(set(line["evidences"])) == len(line["evidences"]), place


def test_a_sentence_has_a_grade_when_it_is_evidence() -> None:
    for place, line in examples():
        assert (line["grade"] is not None) == bool(line["evidences"]), place


def test_a_near_miss_is_no_evidence_for_what_it_was_written_for() -> None:
    for place, line in examples():
        assert ("near_miss" in line) == (line["written_for"] not in line["evidences"]), place


def test_every_requirement_is_taught() -> None:
    plain = Counter(name for _, line in examples() for name in line["evidences"])
    near = Counter(line["written_for"] for _, line in examples() if "near_miss" in line)
    assert [name for name in sorted(known()) if plain[name] < PLAIN] == []
    assert [name for name in sorted(known()) if near[name] < NEAR] == []


def test_a_sentence_of_direction_is_a_text_and_its_grade() -> None:
    for place, line in turned():
        assert set(line) == {"text", "grade"}, place
        assert line["text"] == line["text"].strip() != "" and line["grade"] in GRADES - {None}, place
    against = sum(line["grade"] == "adverse" for _, line in turned())
    assert 0.4 < against / len(turned()) < 0.6


def test_no_sentence_stands_twice() -> None:
    places: dict[str, str] = {}
    for place, line in (*examples(), *turned()):
        first = places.setdefault(bare(line["text"]), place)
        assert first == place, f"{first} = {place}"


def test_no_real_firm_is_named() -> None:
    named = {
        place: [mention.word for mention in find_mentions(line["text"], registry()) if mention.firm]
        for place, line in (*examples(), *turned())
    }
    assert {place: words for place, words in named.items() if words} == {}


@pytest.mark.parametrize(
    "file", [SMALL / "examples" / "ic26.jsonl", SMALL / "unseen.jsonl"], ids=lambda file: file.stem
)
def test_what_measures_is_never_what_teaches(file: Path) -> None:
    taught = {bare(line["text"]) for _, line in examples()}
    assert [place for place, line in lines(file) if bare(line["text"]) in taught] == []


def test_the_sentences_of_polarity_teach_nothing() -> None:
    taught = {bare(line["text"]) for _, line in (*examples(), *turned())}
    for name in ("polarity.jsonl", "polarity_unseen.jsonl"):
        file = Path(__file__).parents[1] / "align" / name
        assert [place for place, line in lines(file) if bare(line["text"]) in taught] == []
    file = Path(__file__).parents[1] / "align" / "polarity.jsonl"
    wants = Counter(line["want"] for _, line in lines(file))
    assert min(wants["not-positive"], wants["not-adverse"]) >= 60
    assert len(wants) == 2
