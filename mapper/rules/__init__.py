"""Words that decide something, as data: each rule with its id, its reason, and sentences that it must and must not find.

The sheets ``*.yaml`` beside this file hold lists of rules. A rule is a pattern made of ``before``, one of ``words``,
and ``after``; each is a regular expression of a line or less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from mapper.yamlloader import LOADER

_NO_LETTERS = re.compile(r"\\[A-Za-z]|\(\?P<\w+>|A-Za-z")
"""Letters of a pattern that are no letters of a text. Without any, case need not be ignored, which takes time."""
_SHARED = re.compile(r"(?<!P)<([a-z-]+)>")
"""Where a pattern names a list of the sheet «shared»; no name of a group."""
_KEYS = {True: "yes", False: "no"}
"""YAML reads these two keys as truth values."""


@dataclass(frozen=True)
class Rule:
    """One rule. ``yes``: sentences in which it must find something; ``no``: in which it must not."""

    id: str
    reason: str
    words: tuple[str, ...]
    before: str = ""
    after: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    gives: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What its words stand for, where they stand for something: a form of name gives a kind of firm."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The rule as one compiled expression."""
        words = _SHARED.sub(_shared, f"{self.before}(?:{'|'.join(self.words)}){self.after}")
        return re.compile(words, re.IGNORECASE if re.search("[A-Za-z]", _NO_LETTERS.sub("", words)) else 0)

    def faults(self) -> Iterator[str]:
        """Its own sentences about which the rule is wrong."""
        yield from (sentence for sentence in self.yes if not self.pattern.search(sentence))
        yield from (sentence for sentence in self.no if self.pattern.search(sentence))


def _shared(name: re.Match[str]) -> str:
    return "|".join(rules("shared")[name[1]].words)


@cache
def rules(sheet: str) -> Mapping[str, Rule]:
    """The rules of one sheet by id. Raises FileNotFoundError for an unknown sheet, ValueError for an id used twice."""
    entries: list[dict[Any, Any]] = yaml.load(
        files(__package__).joinpath(f"{sheet}.yaml").read_bytes(), Loader=LOADER
    )
    found: dict[str, Rule] = {}
    for entry in entries:
        entry = {_KEYS.get(key, key): value for key, value in entry.items()}
        lists = {key: tuple(entry.get(key, ())) for key in ("words", "yes", "no")}
        rule = Rule(**(entry | lists))
        if rule.id in found:
            raise ValueError(f"{sheet}: {rule.id}")
        found[rule.id] = rule
    return found


@cache
def pattern(sheet: str, id: str) -> re.Pattern[str]:
    """The expression of one rule of a sheet. Raises as :func:`rules` does, and KeyError for an unknown id."""
    return rules(sheet)[id].pattern


def sheets() -> list[str]:
    """The names of all sheets."""
    return sorted(one.name.removesuffix(".yaml") for one in files(__package__).iterdir() if one.name.endswith(".yaml"))
