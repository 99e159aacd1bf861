"""Bad news is no good news, and good news no bad: direction and polarity decide, not the words of a topic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapper.align.alignment import align
from mapper.catalog.load import Catalog
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Alignment, Run
from tests.builders import document, firm, registry, shipped_catalog


def sentences(name: str, want: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [one["text"] for one in map(json.loads, filter(str.strip, lines)) if one["want"] == want]


FIRMS = (firm("云泽银行", "bank"), firm("云泽消费金融", "consumer-finance"), firm("云泽人寿", "insurer"))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return shipped_catalog()


@pytest.fixture(scope="module")
def reader(catalog: Catalog) -> Shelf:
    return shelf(catalog)


def read(sentence: str, catalog: Catalog, reader: Shelf) -> Alignment:
    line = float(reader.model.weighing["line"])
    return align([document(sentence)], catalog, registry(*FIRMS), Run(version="0"), min_score=line, shelf=reader)


BAD_FIRST, GOOD_FIRST = 10, 2
"""The sentences at the head of each list were once read the wrong way round, each a kind: they must hold."""
MOST_BAD, MOST_GOOD = 6, 2
"""Of the further ones of each direction so many may be wrong, as things stand."""
BAD, GOOD = sentences("polarity.jsonl", "not-positive"), sentences("polarity.jsonl", "not-adverse")
UNSEEN = "polarity_unseen.jsonl"
"""Thirty of each direction, written by somebody who knew no reader; counted again when it is taught anew, and no word chosen by them."""
MOST_BAD_UNSEEN, MOST_GOOD_UNSEEN = 2, 3
"""So many of them were read the wrong way round. Whoever mends the reader by them writes new ones."""

LISTS = [
    ("polarity_short.jsonl", 8, 15),
    ("polarity_plain.jsonl", 1, 4),
    ("polarity_denied.jsonl", 8, 13),
    ("polarity_fresh.jsonl", 7, 5),
    ("polarity_wrongs.jsonl", 0, 6),
    ("polarity_wrongs_fresh.jsonl", 1, 5),
    ("polarity_asked.jsonl", 6, 5),
]
"""Lines of 10 to 32 characters, 266 of each direction; lines of any length, 120 of each; lines in which a deed is denied, 140 of
each; the same, 80 of each; lines of what is done in breach and of what is done against a wrong, 100 of each; the same, 80 of
each; lines of what became of a customer's request, 100 of each. How many bad ones may be praised and how many good ones
charged, as measured. All by writers who knew no reader. What a denial reaches, and what a sentence counts beside a document,
were chosen with the first two in view, and no word; the third and the fifth showed kinds that were mended, so what they say is
no figure for unseen lines; by the two of fresh ones and the last nothing has been mended."""


def praised(sentence: str, catalog: Catalog, reader: Shelf) -> list[str]:
    return [e.requirement for e in read(sentence, catalog, reader).evidence if e.grade != "adverse"]


def charged(sentence: str, catalog: Catalog, reader: Shelf) -> list[str]:
    return [e.requirement for e in read(sentence, catalog, reader).evidence if e.grade == "adverse"]


@pytest.mark.parametrize("sentence", BAD[:BAD_FIRST])
def test_bad_news_gives_no_positive_mark(sentence: str, catalog: Catalog, reader: Shelf) -> None:
    assert praised(sentence, catalog, reader) == []


@pytest.mark.parametrize("sentence", GOOD[:GOOD_FIRST])
def test_good_news_is_never_contrary(sentence: str, catalog: Catalog, reader: Shelf) -> None:
    assert charged(sentence, catalog, reader) == []


def test_few_of_fifty_more_bad_sentences_are_read_as_good(catalog: Catalog, reader: Shelf) -> None:
    wrong = [sentence for sentence in BAD[BAD_FIRST:] if praised(sentence, catalog, reader)]
    assert len(wrong) <= MOST_BAD, wrong


def test_few_of_fifty_more_good_sentences_are_read_as_bad(catalog: Catalog, reader: Shelf) -> None:
    wrong = [sentence for sentence in GOOD[GOOD_FIRST:] if charged(sentence, catalog, reader)]
    assert len(wrong) <= MOST_GOOD, wrong


def test_no_more_of_the_unseen_bad_sentences_than_once_are_read_as_good(catalog: Catalog, reader: Shelf) -> None:
    wrong = [sentence for sentence in sentences(UNSEEN, "not-positive") if praised(sentence, catalog, reader)]
    assert len(wrong) <= MOST_BAD_UNSEEN, wrong


def test_no_more_of_the_unseen_good_sentences_than_once_are_read_as_bad(catalog: Catalog, reader: Shelf) -> None:
    wrong = [sentence for sentence in sentences(UNSEEN, "not-adverse") if charged(sentence, catalog, reader)]
    assert len(wrong) <= MOST_GOOD_UNSEEN, wrong


@pytest.mark.parametrize(("name", "most_bad", "most_good"), LISTS)
def test_the_direction_of_lines_by_themselves(name: str, most_bad: int, most_good: int, catalog: Catalog, reader: Shelf) -> None:
    bad = [sentence for sentence in sentences(name, "not-positive") if praised(sentence, catalog, reader)]
    good = [sentence for sentence in sentences(name, "not-adverse") if charged(sentence, catalog, reader)]
    assert len(bad) <= most_bad, bad
    assert len(good) <= most_good, good
