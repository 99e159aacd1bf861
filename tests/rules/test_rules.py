"""Every rule says why it is there and is right about its own sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pkgutil import walk_packages

import pytest
import yaml

import mapper
from mapper.rules import Rule, rules, sheets
from mapper.yamlloader import LOADER

ALL = [pytest.param(rule, id=f"{sheet}/{rule.id}") for sheet in sheets() for rule in rules(sheet).values()]


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_has_a_reason_and_two_sentences_for_each_answer(rule: Rule) -> None:
    assert rule.reason.strip()
    assert len(rule.yes) >= 2 and len(rule.no) >= 2


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_is_right_about_its_own_sentences(rule: Rule) -> None:
    assert list(rule.faults()) == []


@pytest.mark.parametrize("name", sheets())
def test_a_sheet_says_the_same_to_the_slow_reader_of_yaml(name: str) -> None:
    """Where the fast one was not built, the plain one reads the sheets, and it is stricter about what stands unquoted."""
    raw = files("mapper.rules").joinpath(f"{name}.yaml").read_bytes()
    assert yaml.load(raw, Loader=yaml.SafeLoader) == yaml.load(raw, Loader=LOADER)


def test_a_rule_that_is_wrong_about_a_sentence_says_which() -> None:
    rule = Rule("r", "why", ("投诉",), after="很多", yes=("投诉很多", "没有投诉"), no=("投诉不多", "投诉很多"))
    assert list(rule.faults()) == ["没有投诉", "投诉很多"]


def held_in(held: object) -> Iterator[re.Pattern[str]]:
    """The patterns that a value is or holds, however deep."""
    if isinstance(held, re.Pattern):
        yield held
    elif isinstance(held, dict | tuple | list | set | frozenset):
        for one in [*held, *held.values()] if isinstance(held, dict) else held:
            yield from held_in(one)


def test_long_lists_of_words_stand_in_the_sheets() -> None:
    """A pattern that is put together in the code fits into two lines, so that one can see what it is for."""
    ruled = {rule.pattern.pattern for sheet in sheets() for rule in rules(sheet).values()}
    modules = [import_module(one.name) for one in walk_packages(mapper.__path__, "mapper.") if not one.name.endswith("__main__")]
    patterns = [
        (f"{module.__name__}.{name}", one.pattern)
        for module in modules
        for name, held in vars(module).items()
        if not name.startswith("__")
        for one in held_in(held)
    ]
    assert len(patterns) > 100
    assert [name for name, pattern in patterns if len(pattern) > 200 and pattern not in ruled] == []
