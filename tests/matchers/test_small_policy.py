"""A policy taught by sentences alone, without a signal and without an extra, reads sentences that somebody else wrote."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from benchmarks.own import MarkCounts, all_of
from mapper.align.trial import trial
from mapper.align.weighing import Weighing
from mapper.catalog.load import Catalog, load_catalog
from mapper.matchers.model import NAME, Model, load
from mapper.matchers.shelf import Shelf, shelf
from mapper.shipped import folder

FOLDER = Path(__file__).with_name("small_policy")
UNSEEN = [json.loads(line) for line in (FOLDER / "unseen.jsonl").read_text(encoding="utf-8").splitlines() if line]


@cache
def small() -> tuple[Catalog, Shelf]:
    """The policy and what reads it, taught once for all tests that ask about it."""
    catalog, problems = load_catalog(FOLDER)
    assert catalog is not None and problems == []
    return catalog, shelf(catalog)


@pytest.fixture(scope="module")
def taught() -> tuple[Catalog, Shelf]:
    return small()


def shown(text: str, taught: tuple[Catalog, Shelf]) -> set[str]:
    """The requirements that the sentence is shown for, at the lines of the model that ships."""
    catalog, reader = taught
    weighing = Weighing.of(reader.weighing)
    return {one.requirement for one in trial(text, catalog, reader) if one.score >= weighing.least(weighing.line, one.grade)}


def test_nothing_had_to_be_learned_beforehand(taught: tuple[Catalog, Shelf]) -> None:
    catalog, reader = taught
    ids = {one.id for one in catalog.requirements}
    assert not ids & set(reader.model.requirements)
    assert ids <= reader.learned.requirements


def test_at_least_eight_of_ten_are_found(taught: tuple[Catalog, Shelf]) -> None:
    wanted = [one for one in UNSEEN if one["requirement"]]
    assert len(wanted) == 10
    missed = [one["text"] for one in wanted if one["requirement"] not in shown(one["text"], taught)]
    assert len(missed) <= 2, missed


def test_at_most_one_of_ten_is_found_where_nothing_is(taught: tuple[Catalog, Shelf]) -> None:
    silent = [one["text"] for one in UNSEEN if not one["requirement"]]
    assert len(silent) == 10
    false = [text for text in silent if shown(text, taught)]
    assert len(false) <= 1, false


def test_policies_without_a_near_miss_find_much_and_believe_little_else() -> None:
    """Four policies, and two hundred sentences of somebody who saw no sentence that teaches (floors, as measured)."""
    model = load(folder("policies") / NAME)
    assert isinstance(model, Model)
    total = sum((figures for _, figures in all_of("unseen", model)), MarkCounts())
    assert total.found >= 0.66 * total.evidence
    assert total.right >= 0.75 * total.marks
    assert total.marked <= 17
