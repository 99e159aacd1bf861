"""lexicon.yaml → the words and the sets of signals that all policies of a folder share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mapper.catalog.language import SyntaxProblem, concepts_in, parse_group
from mapper.catalog.matcher import BUILT_IN, Lexicon
from mapper.problems import Problem, nearest
from mapper.yamlmarks import Location, Marked, load

LEXICON = "lexicon.yaml"


@dataclass(frozen=True)
class Shared:
    """What policies share: the words, and sets of signals by name, as they are written."""

    lexicon: Lexicon = field(default_factory=lambda: Lexicon(concepts={}))
    signals: Mapping[str, list[Any]] = field(default_factory=dict)
    whole: bool = True
    """Whether the file was read whole; if not, what seems to be missing from it is no news."""

    def faults(self, group: str, marked: Marked, at: Location) -> Iterator[Problem]:
        """What is wrong with a group as it is written at a place: how it is put, and concepts that there are not."""
        try:
            parsed = parse_group(group)
        except SyntaxProblem as error:
            yield marked.problem("signal-syntax", at, term=str(error))
            return
        for name in concepts_in(parsed):
            if name not in self.lexicon.concepts and name not in BUILT_IN and self.whole:
                yield marked.problem("signal-unknown-concept", at, "error", name=name, **nearest(_nearest(name, self.lexicon)))


def read_shared(path: Path) -> tuple[Shared, list[Problem]]:
    """Read a lexicon; what is wrong with a part of it leaves out that part."""
    marked, problems = load(path, str(path))
    if marked is None:
        return Shared(whole=False), problems
    whole = not problems
    data = _mapping(marked.data, marked, (), LEXICON, problems)
    for key in data:
        if key not in ("concepts", "signals", "masks", "negation"):
            problems.append(marked.problem("yaml-unknown-key", (key,), field=key))
    concepts: dict[str, tuple[str, ...]] = {}
    for name, entries in _mapping(data.get("concepts"), marked, ("concepts",), "concepts", problems).items():
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries) or not entries:
            problems.append(marked.problem("lexicon-not-words", ("concepts", name), name=name))
            continue
        concepts[name] = tuple(entries)
    sets: dict[str, list[Any]] = {}
    for name, signals in _mapping(data.get("signals"), marked, ("signals",), "signals", problems).items():
        if isinstance(signals, list) and signals:
            sets[name] = signals
        else:
            problems.append(marked.problem("yaml-wrong-value", ("signals", name), field=name, why="@why-list"))
    lines = {name: marked.line("concepts", name) or 1 for name in concepts}
    masks, negation = (_words(marked, data, key, problems) for key in ("masks", "negation"))
    shared = Shared(Lexicon(concepts, masks, negation, lines), sets, whole)
    for name, entries in concepts.items():
        for i, entry in enumerate(entries):
            problems += shared.faults(entry, marked, ("concepts", name, i))
    for name in _cycles(concepts):
        problems.append(marked.problem("lexicon-cycle", ("concepts", name), name=name))
    return replace(shared, whole=not any(problem.severity == "error" for problem in problems)), problems


def _mapping(data: Any, marked: Marked, at: Location, name: str, problems: list[Problem]) -> dict[str, Any]:
    """The data as a mapping; anything else (but nothing at all) is a problem."""
    if data is not None and not isinstance(data, dict):
        problems.append(marked.problem("yaml-wrong-value", at, field=name, why="@why-mapping"))
    return data if isinstance(data, dict) else {}


def _words(marked: Marked, data: dict[str, Any], key: str, problems: list[Problem]) -> tuple[str, ...]:
    words = data.get(key) or []
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip("/ ") for word in words):
        problems.append(marked.problem("lexicon-not-words", (key,), name=key))
        return ()
    return tuple(words)


def _cycles(concepts: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The concepts that contain themselves: they can never be resolved."""
    names = {name: {other for entry in entries for other in _named(entry)} for name, entries in concepts.items()}
    for name in concepts:
        seen: set[str] = set()
        ahead = list(names[name])
        while ahead:
            other = ahead.pop()
            if other not in seen:
                seen.add(other)
                ahead += names.get(other, ())
        if name in seen:
            yield name


def _named(entry: str) -> Iterator[str]:
    try:
        yield from concepts_in(parse_group(entry))
    except SyntaxProblem:
        return


def _nearest(name: str, lexicon: Lexicon) -> str:
    from rapidfuzz.process import extractOne

    best = extractOne(name, [*lexicon.concepts, *BUILT_IN])
    return f"@{best[0]}" if best else ""
