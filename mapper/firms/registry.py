"""The list of institutions: what ships with the package, and what a corpus folder's firms.yaml adds."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from mapper.firms.common import COMMON
from mapper.firms.names import plain, shortened
from mapper.firms.patterns import name_rule
from mapper.letters import lowered
from mapper.model import Firm, InputFile
from mapper.problems import Problem
from mapper.yamlloader import LOADER
from mapper.yamlmarks import Marked, load, validate

_LISTS = ("aliases", "former", "products", "people")
_APART = "apart"
"""The key of an entry that is another firm than the one of its name that ships."""
_BLANK = re.compile(r"[ \n](?<=[\u4e00-\u9fff][ \n])(?=[\u4e00-\u9fff])")
"""A blank within a word of Han characters, as a narrow column or a scan leaves it."""
_ONLY = "only"
"""The key of a firms.yaml beside which the list that ships says nothing."""
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
        return () if self.firms is known else tuple(firm for id, firm in self.firms.items() if id not in known)

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[str]] | None:
        words = sorted(word for word in self._added if word)
        return (AhoCorasick(words, matchkind=MatchKind.LeftmostLongest), words) if words else None

    @cached_property
    def _seen(self) -> dict[str, list[tuple[int, int, str]]]:
        """Texts looked up lately: each passage of a document is asked for several times."""
        return {}

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
        return Registry({firm.id: firm for firm in firms} | self.firms, self.inputs, self.own, {}, self)

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
    for word, firm_id in words.items():
        found.setdefault(lowered(word), (firm_id, "name"))
    for word, firm_id in made.items():
        found.setdefault(lowered(word), (firm_id, "product"))
    for word, entry in [(word, entry) for word, entry in found.items() if "（" in word]:
        found.setdefault(word.replace("（", "(").replace("）", ")"), entry)
    return found


def load_registry(corpus_file: Path | None = None) -> tuple[Registry | None, list[Problem]]:
    """The shipped registry, extended by a corpus folder's ``firms.yaml`` if there is one.

    An entry of firms.yaml whose ``name`` is known adds its words to that firm, with a warning where it reads as if another
    firm were meant; with ``apart: true`` it is another firm, and the one that ships goes by its full name. Any other entry
    is a new firm. With ``only: true`` nothing that ships is known. A word taken
    from a shipped firm by another entry is that entry's from then on, with a warning; two entries may not share one.
    """
    firms: dict[str, Firm] = {}
    problems: list[Problem] = []
    inputs: list[InputFile] = []
    for resource in sorted(files(__package__).joinpath("registry").iterdir(), key=lambda r: r.name):
        if not resource.name.endswith(".yaml"):
            continue
        source = resource.read_bytes()
        data = yaml.load(source, Loader=LOADER)
        for entry in data["firms"]:
            firm = Firm(id=entry["name"], **({"kind": data["kind"]} | entry))
            firms[firm.id] = firm
        inputs.append(InputFile.of("registry", resource.name, source))
    own: set[str] = set()
    if corpus_file is not None:
        marked, found = load(corpus_file, str(corpus_file))
        problems += found
        if marked is not None:
            problems += _left_alone(firms, marked)
            problems += _set_apart(firms, marked)
            problems += _wrong_words(firms, marked)
            problems += _extend(firms, marked, own)
            inputs.append(InputFile.of("registry", f"corpus/{corpus_file.name}", corpus_file.read_bytes()))
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    return Registry(firms, tuple(inputs), frozenset(own)), problems


def _left_alone(firms: dict[str, Firm], marked: Marked) -> Iterator[Problem]:
    """With ``only: true`` the firms that ship are left out: known is who stands in the file, or is found by its name."""
    alone = marked.data.pop(_ONLY, False) if isinstance(marked.data, dict) else False
    if not isinstance(alone, bool):
        yield Problem("yaml-wrong-value", marked.path, marked.line(_ONLY), params={"field": _ONLY, "why": "true, false"})
    elif alone:
        firms.clear()


def _set_apart(firms: dict[str, Firm], marked: Marked) -> Iterator[Problem]:
    """Entries with the name of a firm that ships: with ``apart: true`` that firm makes room; else a warning where the entry
    says of what kind it is or how it is called in full, as one does of a new firm.
    """
    entries = marked.data.get("firms") if isinstance(marked.data, dict) else None
    for i, entry in enumerate(entries if isinstance(entries, list) else ()):
        name = entry.get("name") if isinstance(entry, dict) else None
        if name is None or not isinstance(name, str):
            continue
        apart = entry.pop(_APART, False)
        known = firms.get(name)
        if not isinstance(apart, bool):
            params = {"field": _APART, "why": "true, false"}
            yield Problem("yaml-wrong-value", marked.path, marked.line("firms", i, _APART), params=params)
        elif known is None:
            continue
        elif apart:
            _make_room(firms, known)
        elif "kind" in entry or "full_name" in entry:
            params = {"name": name, "other": known.full_name or known.name}
            yield Problem("firm-merged", marked.path, marked.line("firms", i, "name"), "warning", params)


def _make_room(firms: dict[str, Firm], known: Firm) -> None:
    """Let a firm that ships go by its full name; without one it goes."""
    del firms[known.id]
    if known.full_name is not None:
        firms[known.full_name] = known.model_copy(update={"id": known.full_name, "name": known.full_name})
    for id, firm in list(firms.items()):
        if firm.parent == known.name:
            firms[id] = firm.model_copy(update={"parent": known.full_name})


def _wrong_words(firms: dict[str, Firm], marked: Marked) -> Iterator[Problem]:
    """Words of a firms.yaml that would call anybody, or two firms."""
    names = {lowered(word): firm.name for firm in firms.values() for word in (firm.name, firm.full_name) if word}
    others = {lowered(word): firm.name for firm in firms.values() for key in _LISTS for word in getattr(firm, key)}
    owners: dict[str, str] = {}
    for name, word, line in _words(marked):
        lower = lowered(word.strip())
        if not lower:
            yield Problem("firm-word-blank", marked.path, line, params={"name": name})
        elif len(lower) == 1 or lower in COMMON:
            code = "firm-word-short" if len(lower) == 1 else "firm-word-common"
            yield Problem(code, marked.path, line, params={"name": name, "word": word})
        elif (other := owners.setdefault(lower, names.get(lower, name))) != name:
            yield Problem("firm-word-twice", marked.path, line, params={"name": name, "word": word, "other": other})
        elif (other := others.get(lower, name)) != name:
            params = {"name": name, "word": word, "other": other}
            yield Problem("firm-word-taken", marked.path, line, "warning", params)


def _words(marked: Marked) -> Iterator[tuple[str, str, int | None]]:
    """Every word by which an entry calls its firm: the firm's name, the word and its line. What is no text is passed over."""
    entries = marked.data.get("firms") if isinstance(marked.data, dict) else None
    for i, entry in enumerate(entries if isinstance(entries, list) else ()):
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not name:
            continue
        for key in ("name", "full_name"):
            if isinstance(entry.get(key), str):
                yield name, entry[key], marked.line("firms", i, key)
        for key in _LISTS:
            listed = entry.get(key)
            for j, word in enumerate(listed if isinstance(listed, list) else ()):
                if isinstance(word, str):
                    yield name, word, marked.line("firms", i, key, j)


def _listed(firm: Firm) -> list[str]:
    """The words of a firm's lists, in lower case."""
    return [lowered(word) for key in _LISTS for word in getattr(firm, key)]


def _extend(firms: dict[str, Firm], marked: Marked, own: set[str]) -> list[Problem]:
    """Add the entries of a firms.yaml to ``firms``, and the ids that it names to ``own``; what is wrong with them, each by its line."""
    problems: list[Problem] = []
    data = marked.data if isinstance(marked.data, dict) else {}
    for key in data:
        if key != "firms":
            problems.append(Problem("yaml-unknown-key", marked.path, marked.line(key), params={"field": key}))
    entries = data.get("firms")
    if not isinstance(entries, list):
        return [*problems, Problem("yaml-missing-field", marked.path, marked.line(), params={"field": "firms"})]
    holders: dict[str, set[str]] = {}
    for firm in firms.values():
        for word in _listed(firm):
            holders.setdefault(word, set()).add(firm.id)
    for i, entry in enumerate(entries):
        at = ("firms", i)
        for key in ("id", "origin"):
            if isinstance(entry, dict) and key in entry:
                problems.append(Problem("yaml-unknown-key", marked.path, marked.line(*at, key), params={"field": key}))
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not name:
            problems.append(Problem("yaml-missing-field", marked.path, marked.line(*at), params={"field": "name"}))
            continue
        if name in own:
            problems.append(Problem("firm-duplicate", marked.path, marked.line(*at), params={"name": name}))
            continue
        known = firms.get(name)
        full: dict[str, Any] = {"id": name, "origin": "corpus"} | entry
        if known is not None:
            full = known.model_dump() | {k: v for k, v in full.items() if k not in _LISTS and k != "origin"}
            for key in _LISTS:
                listed = entry.get(key)
                if listed is None:
                    continue
                if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
                    full[key] = listed
                    continue
                full[key] = tuple(dict.fromkeys([*getattr(known, key), *listed]))
        made, found = validate(Firm, full, marked, at, name)
        problems += found
        if made is not None:
            firm = made
            own.add(name)
            words = {*_listed(firm), lowered(firm.name)}
            for id in sorted({id for word in words for id in holders.get(word, ())} - {name}):
                taken = {k: tuple(w for w in getattr(firms[id], k) if lowered(w) not in words) for k in _LISTS}
                firms[id] = firms[id].model_copy(update=taken)
            for word in _listed(firm):
                holders.setdefault(word, set()).add(name)
            firms[name] = firm
    return problems
