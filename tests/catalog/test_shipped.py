"""The catalogs that ship: complete, addressed as the policies are, tested by their own examples, in our own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

from mapper.catalog.load import Catalog, load_catalog
from mapper.messages import sheet
from mapper.shipped import folder
from tests.builders import SHARED

REFERENCE = SHARED / "policies" / "requirements.yaml"
OFFICIAL = SHARED / "policy-texts"
RUN = 25
"""Han characters in a row that make a copy."""

needs_reference = pytest.mark.skipif(not REFERENCE.is_file(), reason="the requirement list is not at hand")
needs_texts = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official texts are not at hand")


@cache
def shipped() -> Catalog:
    catalog, problems = load_catalog(folder("policies"))
    assert catalog is not None, [str(problem) for problem in problems]
    assert problems == []
    return catalog


@cache
def reference() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(REFERENCE.read_text(encoding="utf-8"), Loader=loader)
    return {policy["id"]: policy for policy in data["policies"]}


def test_there_are_four_policies_and_133_requirements() -> None:
    assert {policy.id for policy in shipped().policies} == {"ph23", "fa25", "cp22", "ph25"}
    assert len(shipped().requirements) == 133
    assert len({one.id for one in shipped().requirements}) == 133


@needs_reference
def test_the_requirements_are_those_of_the_list() -> None:
    listed = [one["id"] for policy in reference().values() for one in policy["requirements"]]
    assert sorted(one.id for one in shipped().requirements) == sorted(listed)


@needs_reference
@pytest.mark.parametrize("field", ["clause", "obligation", "applies_to"])
def test_clause_obligation_and_addressees_are_those_of_the_list(field: str) -> None:
    listed = {one["id"]: one[field] for policy in reference().values() for one in policy["requirements"]}
    encoded = {one.id: getattr(one, field) for one in shipped().requirements}
    plain = {id: list(value) if isinstance(value, tuple) else value for id, value in encoded.items()}
    assert {id: value for id, value in plain.items() if value != listed[id]} == {}


@needs_reference
@pytest.mark.parametrize("field", ["title", "number", "issuer", "issued", "published", "basis"])
def test_the_heads_of_the_policies_are_those_of_the_list(field: str) -> None:
    listed = {id: str(policy[field]) for id, policy in reference().items()}
    assert {policy.id: getattr(policy, field) for policy in shipped().policies} == listed


def test_where_clause_numbers_are_unchecked_the_user_is_told() -> None:
    by_id = {policy.id: policy for policy in shipped().policies}
    assert by_id["ph23"].basis == "partial"
    assert all(policy.note.strip() for policy in shipped().policies)


def test_every_requirement_has_examples_a_counterexample_and_an_english_title() -> None:
    lacking = [
        one.id
        for one in shipped().requirements
        if len(set(one.examples)) < 2
        or not one.counterexamples
        or not re.search(r"[A-Za-z]{3}", one.title_en)
        or re.search(r"[\u4e00-\u9fff]", one.title_en)
        or not one.themes
        or not one.text.strip()
    ]
    assert lacking == []


def test_every_requirement_is_in_a_part_of_its_policy_in_the_order_of_the_parts() -> None:
    for policy in shipped().policies:
        order = [part.id for part in policy.parts]
        assert [part for part, _ in groupby(one.part for one in policy.requirements)] == order


def test_the_clause_names_the_part() -> None:
    """Where a clause is cited by part and item (二、（四）), the part is that part; 办法 count articles throughout."""
    numbered = [one for one in shipped().requirements if not one.clause.startswith("第")]
    assert len(numbered) == 91
    assert [one.id for one in numbered if one.clause.partition("、")[0] != one.part] == []


@needs_texts
@pytest.mark.parametrize("id", ["cp22", "fa25", "ph25"])
def test_the_parts_are_those_of_the_official_text(id: str) -> None:
    """Labels of parts stand in front of headings, those of chapters in front of their articles."""
    official = (OFFICIAL / f"{id}.txt").read_text(encoding="utf-8")
    headings = re.findall(
        r"^(?:#+ )?(第[一二三四五六七八九十]+[章条]|[一二三四五六七八九十]+(?=、))", official, re.MULTILINE
    )
    (policy,) = (policy for policy in shipped().policies if policy.id == id)
    assert [label for label in headings if label in {part.id for part in policy.parts}] == [p.id for p in policy.parts]
    if id != "cp22":
        return
    chapter, chapters = "", {}
    for label in headings:
        chapter = label if label.endswith("章") else chapter
        chapters[label] = chapter
    assert {one.id: chapters[one.clause.split("、")[0]] for one in policy.requirements} == {
        one.id: one.part for one in policy.requirements
    }


def test_every_policy_and_every_part_speaks_english() -> None:
    for policy in shipped().policies:
        spoken = [policy.title_en, policy.issuer_en or "", *(part.title_en for part in policy.parts)]
        assert [words for words in spoken if not is_english(words)] == []


def test_every_requirement_is_restated_in_english_as_a_sentence() -> None:
    texts = {one.id: one.text_en or "" for one in shipped().requirements}
    assert [id for id, text in texts.items() if not is_english(text)] == []
    assert [id for id, text in texts.items() if not (text[0].isupper() and text.endswith("."))] == []
    assert len(set(texts.values())) == len(texts)


def test_an_english_text_says_more_than_the_title() -> None:
    def letters(text: str) -> str:
        return re.sub(r"[^a-z]", "", text.lower())

    copied = [one.id for one in shipped().requirements if letters(one.text_en or "") == letters(one.title_en)]
    assert copied == []


def test_no_two_requirements_of_a_policy_bear_one_title() -> None:
    twice = Counter((one.policy, one.title) for one in shipped().requirements)
    assert [title for title, number in twice.items() if number > 1] == []


def test_no_sentence_is_example_and_counterexample_of_one_requirement() -> None:
    assert [one.id for one in shipped().requirements if set(one.examples) & set(one.counterexamples)] == []


def test_every_theme_has_a_name_for_the_reader() -> None:
    named = {key.removeprefix("theme-") for key in sheet("page") if key.startswith("theme-")}
    assert {theme for one in shipped().requirements for theme in one.themes} <= named


def is_english(text: str) -> bool:
    """Words in Latin letters, and not one Chinese character or sign."""
    return bool(re.search(r"[A-Za-z]{3}", text)) and not re.search(r"[\u2e80-\u9fff\uff00-\uffef]", text)


# ---- our own words ---------------------------------------------------------------------------------------------


def han(text: str) -> str:
    return "".join(re.findall(r"[\u3400-\u9fff]", text))


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


def runs(text: str) -> set[str]:
    letters = han(text)
    return {letters[i : i + RUN] for i in range(len(letters) - RUN + 1)}


def copies(official: set[str], own: str) -> set[str]:
    """Runs of :data:`RUN` Han characters that stand in both, punctuation and spaces left aside."""
    return official & runs(own)


@cache
def official_runs() -> set[str]:
    return {run for path in OFFICIAL.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}


def test_a_copy_is_found_across_punctuation() -> None:
    official = "银行应当为老年人、残疾人提供人工服务和上门服务，并完善无障碍设施和适老化改造。"
    assert copies(runs(official), "某行" + official.replace("、", ""))
    assert not copies(runs(official), "银行应当为老年人提供人工服务，并完善无障碍设施。")


@needs_texts
@pytest.mark.parametrize("path", sorted(folder("policies").glob("*.yaml")), ids=lambda path: path.name)
def test_official_wording_is_not_copied(path: Path) -> None:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    assert {run for own in strings(data) for run in copies(official_runs(), own)} == set()
