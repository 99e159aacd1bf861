"""A catalog tests itself: no signal may contradict itself, and no word be one that reading changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from mapper.catalog.language import Concept, Group, OrderedPhrases, Phrase, Term, concepts_in, parse_group
from mapper.catalog.lexicon import LEXICON
from mapper.catalog.load import Catalog
from mapper.catalog.matcher import BUILT_IN
from mapper.model import Signal
from mapper.problems import Problem, Severity

DEEPEST = 50
"""Concepts that refer to each other in a row, at most."""
AsRead = Callable[[str], Iterable[str]]
"""The sentences that some words come to when a document holds them."""
_PLAIN = re.compile(r"[\u4e00-\u9fffa-z0-9]+")
"""Words that reading leaves as they are."""
_LOOKALIKE = re.compile(r"｜|…|．．|^～")
_MEANT = {"｜": "|", "…": "..", "．．": "..", "～": "~"}
"""Marks that a Chinese keyboard gives, and those of the signal language that must have been meant."""


def check_depth(catalog: Catalog) -> Iterator[Problem]:
    """Find concepts that refer to each other in so long a row that nothing should follow them; names the first."""
    left = {
        name: {other for entry in entries for other in concepts_in(parse_group(entry))}
        for name, entries in catalog.lexicon.concepts.items()
    }
    for _ in range(DEEPEST):
        left = {name: others for name, others in left.items() if others & left.keys()}
    for name in list(left)[:1]:
        path, line = _lexicon_place(catalog, name)
        yield Problem("lexicon-deep", path, line, params={"name": name, "limit": str(DEEPEST)})


def check_words(catalog: Catalog, as_read: AsRead) -> Iterator[Problem]:
    """Find words that no document holds as they are written, since reading divides or changes them.

    A warning; an error where that leaves a group, or a concept, without any word. Marks that only look like those of
    the signal language are a warning.
    """
    changed = cache(lambda word: _changed(word, as_read))
    for requirement in catalog.requirements:
        for part, signals in (("signals", requirement.signals), ("breaches", requirement.breaches)):
            for number, signal in enumerate(signals):
                place = catalog.place(requirement.id, part, number)
                for group in signal.need:
                    yield from _wrong(catalog, parse_group(group), requirement.id, place, changed, needed=True)
                for word in signal.unless:
                    yield from _wrong(catalog, parse_group(word), requirement.id, place, changed)
        for word in requirement.unless:
            yield from _wrong(catalog, parse_group(word), requirement.id, catalog.places[requirement.id], changed)
    for name, entries in catalog.lexicon.concepts.items():
        terms = tuple(term for entry in entries for term in parse_group(entry))
        yield from _wrong(catalog, terms, f"@{name}", _lexicon_place(catalog, name), changed, needed=True)
    for name, words in (("masks", catalog.lexicon.masks), ("negation", catalog.lexicon.negation)):
        terms = tuple(Phrase(word.replace("/", "").lower()) for word in words)
        yield from _wrong(catalog, terms, name, _lexicon_place(catalog), changed)


def _lexicon_place(catalog: Catalog, concept: str = "") -> tuple[str, int | None]:
    beside = next(iter(catalog.places.values()), ("", 0))[0]
    return str(Path(beside).with_name(LEXICON)) if beside else LEXICON, catalog.lexicon.lines.get(concept)


def _wrong(
    catalog: Catalog,
    terms: Group,
    id: str,
    place: tuple[str, int | None],
    changed: Callable[[str], tuple[str, str] | None],
    *,
    needed: bool = False,
) -> Iterator[Problem]:
    dead = needed and all(_every(catalog, term, lambda word: changed(word) is not None) for term in terms)
    severity: Severity = "error" if dead else "warning"
    parts = [part for term in terms for part in (term.parts if isinstance(term, OrderedPhrases) else (term,))]
    for word in dict.fromkeys(part.text for part in parts if isinstance(part, Phrase)):
        if (found := changed(word)) is not None:
            code, read = found
            yield Problem(code, *place, severity, {"id": id, "word": word, "read": read})
        elif (mark := _LOOKALIKE.search(word)) is not None:
            params = {"id": id, "word": word, "mark": mark.group(), "meant": _MEANT[mark.group()]}
            yield Problem("signal-lookalike", *place, severity="warning", params=params)


def _changed(word: str, as_read: AsRead) -> tuple[str, str] | None:
    """What reading does to a word that stands inside a sentence, if anything: a code and the words as they are read."""
    if _PLAIN.fullmatch(word):
        return None
    sentences = [sentence.lower() for sentence in as_read(f"我{word}我")]
    if any(word in sentence for sentence in sentences):
        return None
    read = "".join(sentences)[1:-1]
    return "signal-word-cut" if word in read else "signal-word-changed", read


def check_signals(catalog: Catalog) -> Iterator[Problem]:
    """Find signals that can never match: a group whose every word sets off «unless», or spans several clauses.

    Words found approximately and built-in patterns are given the benefit of the doubt.
    """
    for requirement in catalog.requirements:
        for part, signals in (("signals", requirement.signals), ("breaches", requirement.breaches)):
            for number, signal in enumerate(signals):
                found = _never(catalog, signal, requirement.unless)
                if found is not None:
                    path, line = catalog.place(requirement.id, part, number)
                    code, group = found
                    unless = "|".join((*signal.unless, *requirement.unless))
                    yield Problem(code, path, line, params={"id": requirement.id, "group": group, "unless": unless})


def _never(catalog: Catalog, signal: Signal, more: tuple[str, ...]) -> tuple[str, str] | None:
    """The problem of the first group that cannot be met, with the group as written."""
    unless = tuple(term for word in (*signal.unless, *more) for term in parse_group(word))
    for source in signal.need:
        terms = parse_group(source)
        if unless and all(_voided(catalog, term, unless) for term in terms):
            return "signal-never", source
        if signal.within == "clause" and all(_broken(catalog, term) for term in terms):
            return "signal-never-clause", source
    return None


def _voided(catalog: Catalog, term: Term, unless: Group) -> bool:
    """Whether the words themselves set off one of the «unless» terms wherever they stand."""
    return _every(catalog, term, lambda word: bool(catalog.matcher.scan(word).group(unless)))


def _broken(catalog: Catalog, term: Term) -> bool:
    """Whether the words hold the end of a clause."""
    return _every(catalog, term, lambda word: catalog.matcher.scan(word).clause(0)[1] < len(word))


def _every(catalog: Catalog, term: Term, holds: Callable[[str], bool]) -> bool:
    """Whether something holds for each literal that the term can stand for; of a sequence, for one of its parts."""
    if isinstance(term, Phrase):
        return holds(term.text)
    if isinstance(term, Concept):
        if term.name in BUILT_IN:
            return False
        entries = catalog.lexicon.concepts[term.name]
        return all(_every(catalog, part, holds) for entry in entries for part in parse_group(entry))
    return isinstance(term, OrderedPhrases) and any(_every(catalog, part, holds) for part in term.parts)
