"""The lists of firms that ship, and what a corpus folder's firms.yaml adds to them, read into a registry."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from mapper.firms.common import COMMON
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.model import Firm, InputFile
from mapper.problems import Problem
from mapper.yamlloader import LOADER
from mapper.yamlmarks import Marked, load, validate

_LISTS = ("aliases", "former", "products", "people")
_APART = "apart"
"""The key of an entry that is another firm than the one of its name that ships."""
_ONLY = "only"
"""The key of a firms.yaml beside which the list that ships says nothing."""


def load_registry(corpus_file: Path | None = None) -> tuple[Registry | None, list[Problem]]:
    """The shipped registry, extended by a corpus folder's ``firms.yaml`` if there is one.

    An entry of firms.yaml whose ``name`` is known adds its words to that firm, with a warning where it reads as if another
    firm were meant; with ``apart: true`` it is another firm, and the one that ships goes by its full name. Any other entry
    is a new firm. With ``only: true`` nothing that ships is known. A word taken
    from a shipped firm by another entry is that entry's from then on, with a warning; two entries may not share one.
    """
    if corpus_file is None:
        return _shipped(), []
    shipped = _shipped()
    firms, inputs, problems = dict(shipped.firms), list(shipped.inputs), list[Problem]()
    own: set[str] = set()
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


@cache
def _shipped() -> Registry:
    """The lists that ship, read once in a process: they are part of the program."""
    firms: dict[str, Firm] = {}
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
    return Registry(firms, tuple(inputs))


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
