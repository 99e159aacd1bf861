"""Firms by id, and every word by which a text may call one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import filterfalse
from operator import is_
from typing import Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from mapper.firms.names import other_forms, plain, shortened
from mapper.firms.patterns import name_rule
from mapper.letters import lowered
from mapper.model import Firm, InputFile

_BLANK = re.compile(r"[ \n](?<=[\u4e00-\u9fff][ \n])(?=[\u4e00-\u9fff])")
"""A blank within a word of Han characters, as a narrow column or a scan leaves it."""
_KEPT = 20_000
"""Texts of which a registry remembers what it found in them."""
_PAIR = 2
"""The characters by which a stem is looked for; no stem has fewer."""
Surface = Literal["name", "product", "person"]


def unbroken(text: str) -> str:
    """The text without blanks and line ends between Han characters, as names are looked for in it."""
    return _BLANK.sub("", text)


@dataclass(frozen=True)
class Registry:
    """Firms by id, and every word by which a text may call one."""

    firms: dict[str, Firm]
    inputs: tuple[InputFile, ...] = ()
    own: frozenset[str] = field(default_factory=frozenset)
    """Ids of the firms that the corpus folder's own firms.yaml names."""
    words: dict[str, str] = field(default_factory=dict)
    """Further words for known firms, word → firm id: short names that one document gives itself."""
    base: Registry | None = None
    """The registry that this one adds to: its words are looked up once for all documents."""
    made: dict[str, str] = field(default_factory=dict)
    """Products that one document says a firm made, product → firm id."""

    @cached_property
    def surfaces(self) -> Mapping[str, tuple[str, Surface]]:
        """Lower-cased word → (firm id, what the word is). A name wins over a product, a product over a person."""
        if self.base is None:
            return _surfaces(self.firms.values(), self.words, self.made)
        base = self.base.surfaces
        known = base.maps if isinstance(base, ChainMap) else [base]
        return ChainMap(*(part for part in ({**self._added}, *known) if part))

    @cached_property
    def _added(self) -> Mapping[str, tuple[str, Surface]]:
        """The words that this registry has and its base has not."""
        if self.base is None:
            return self.surfaces
        known = self.base.surfaces
        more = _surfaces(self._further, self.words, self.made)
        return {word: entry for word, entry in more.items() if word not in known}

    @cached_property
    def _further(self) -> tuple[Firm, ...]:
        """The firms that this registry has and its base has not."""
        known = self.base.firms if self.base is not None else {}
        if self.firms is known:
            return ()
        return tuple(map(self.firms.__getitem__, filterfalse(known.__contains__, self.firms)))

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[str]] | None:
        words = sorted(word for word in self._added if word)
        return (AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), words) if words else None

    @cached_property
    def _seen(self) -> dict[str, list[tuple[int, int, str]]]:
        """Texts looked up lately: each passage of a document is asked for several times."""
        return {}

    @cached_property
    def _latest(self) -> list[tuple[tuple[Firm, ...], Registry]]:
        """The firms that were added last, and what that made: while a document is read the same ones are added several times."""
        return []

    def matches(self, lowered: str) -> list[tuple[int, int, str]]:
        """Where a lower-cased text has a word: start, end and word, none in another, the first and longest winning."""
        if lowered not in self._seen:
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            self._seen[lowered] = self._broken(lowered) if " " in lowered or "\n" in lowered else self._looked_up(lowered)
        return self._seen[lowered]

    def _broken(self, lowered: str) -> list[tuple[int, int, str]]:
        """The same in a text where blanks or line ends stand between Han characters: one of those breaks no name of three or more.

        Unless another follows the name: words set apart are no name.
        """
        breaks = [match.start() - number for number, match in enumerate(_BLANK.finditer(lowered))]
        if not breaks:
            return self._looked_up(lowered)
        found: list[tuple[int, int, str]] = []
        for start, end, word in self._looked_up(unbroken(lowered)):
            before, within = bisect_right(breaks, start), bisect_left(breaks, end)
            if before == within or (within == before + 1 and len(word) > 2 and end not in breaks):
                found.append((start + before, end + within, word))
        return found

    def _looked_up(self, lowered: str) -> list[tuple[int, int, str]]:
        found: list[tuple[int, int, str]] = []
        if self._automaton is not None:
            automaton, words = self._automaton
            found = [(s, e, words[n]) for n, s, e in automaton.find_matches_as_indexes(lowered)]
        if self.base is None:
            return found
        others = self.base.matches(lowered)
        if not found or not others:
            return found or others
        kept: list[tuple[int, int, str]] = []
        for one in sorted([*found, *others], key=lambda one: (one[0], -one[1])):
            if not kept or one[0] >= kept[-1][1]:
                kept.append(one)
        return kept

    @cached_property
    def shortened(self) -> Mapping[str, str]:
        """Names of rural banks without province and city (元宝山农商银行) → firm id, where one firm alone can be meant."""
        return self._by(shortened)

    @cached_property
    def plain(self) -> Mapping[str, str]:
        """Names by the usual word for their form (禾丰小贷 of 禾丰小额贷款有限公司) → firm id, where one firm alone can be meant."""
        return self._by(plain)

    def _by(self, made: Callable[[str], str | None]) -> dict[str, str]:
        found: dict[str, set[str]] = {}
        for firm in self.firms.values():
            for word in (firm.name, firm.full_name or "", *firm.aliases):
                if short := made(word):
                    found.setdefault(short, set()).add(firm.id)
        return {short: next(iter(ids)) for short, ids in found.items() if len(ids) == 1}

    def stemmed(self, text: str) -> Iterator[tuple[str, Firm]]:
        """The stems of names (捷信 of 捷信消费金融) that a text holds, each with every firm of it."""
        pairs = {text[at : at + _PAIR] for at in range(len(text) - _PAIR + 1)}
        layer: Registry | None = self
        while layer is not None:
            for pair in pairs & layer._stems.keys():
                yield from ((stem, firm) for stem, firm in layer._stems[pair] if stem in text)
            layer = layer.base

    @cached_property
    def _stems(self) -> Mapping[str, list[tuple[str, Firm]]]:
        """The stems of names that this registry has and its base has not, with their firms, by how they begin."""
        found: dict[str, list[tuple[str, Firm]]] = {}
        for firm in self._further:
            for name in (firm.name, *firm.former):
                form = name_rule("customers-form").search(name)
                if form is not None and form.start() >= _PAIR:
                    found.setdefault(name[:_PAIR], []).append((name[: form.start()], firm))
        return found

    def find(self, word: str) -> Firm | None:
        """The firm that a user calls by any of its names."""
        entry = self.surfaces.get(lowered(word))
        return self.firms.get(word) or (self.firms[entry[0]] if entry else None)

    def with_firms(self, firms: tuple[Firm, ...]) -> Registry:
        """This registry and some firms more; firms already known stay as they are."""
        if not firms:  # most documents reveal none
            return self
        before, made = self._latest[0] if self._latest else ((), self)
        if len(firms) != len(before) or not all(map(is_, firms, before)):
            made = Registry({firm.id: firm for firm in firms} | self.firms, self.inputs, self.own, {}, self)
            self._latest[:] = [(firms, made)]
        return made

    def with_words(self, words: dict[str, str], made: dict[str, str] | None = None) -> Registry:
        """This registry with further words, and products, (word → firm id) for firms it knows."""
        return Registry(self.firms, self.inputs, self.own, words, self, made or {})


def _surfaces(firms: Iterable[Firm], words: dict[str, str], made: dict[str, str]) -> dict[str, tuple[str, Surface]]:
    firms = tuple(firms)
    found: dict[str, tuple[str, Surface]] = {}
    for firm in firms:
        for word in firm.people:
            found[lowered(word)] = (firm.id, "person")
    for firm in firms:
        for word in firm.products:
            found[lowered(word)] = (firm.id, "product")
    for firm in firms:
        for word in (*firm.former, *firm.aliases, firm.full_name or "", firm.name):
            if word:
                found[lowered(word)] = (firm.id, "name")
    for word, ids in _insurers_words(firms).items():
        if len(ids) == 1:
            found.setdefault(lowered(word), (next(iter(ids)), "name"))
    for word, firm_id in words.items():
        found.setdefault(lowered(word), (firm_id, "name"))
    for word, firm_id in made.items():
        found.setdefault(lowered(word), (firm_id, "product"))
    for word, entry in [(word, entry) for word, entry in found.items() if "（" in word]:
        found.setdefault(word.replace("（", "(").replace("）", ")"), entry)
    return found


def _insurers_words(firms: Iterable[Firm]) -> dict[str, set[str]]:
    """Names of insurers by another word for their form, with the firms they may call: a group's name begins many of them."""
    found: dict[str, set[str]] = {}
    for firm in firms:
        for name in (firm.name, firm.full_name or "", *firm.aliases) if firm.kind == "insurer" else ():
            for word in other_forms(name):
                found.setdefault(word, set()).add(firm.id)
    return found
