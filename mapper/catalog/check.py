"""A catalog tests itself: every example must match, no counterexample may, and no signal may contradict itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mapper.catalog.language import Concept, Group, Literal, Sequence, Term, parse_group
from mapper.catalog.load import Catalog
from mapper.catalog.matcher import BUILT_IN, Scan
from mapper.model import Requirement, Signal
from mapper.problems import Problem


def check_examples(catalog: Catalog) -> Iterator[Problem]:
    """Run every example and counterexample against its own requirement."""
    for requirement in catalog.requirements:
        for part, code, wanted in (
            ("examples", "example-unmatched", True),
            ("counterexamples", "counterexample-matched", False),
        ):
            sentences: tuple[str, ...] = getattr(requirement, part)
            for number, sentence in enumerate(sentences):
                if matches(catalog.matcher.scan(sentence), requirement) is not wanted:
                    path, line = catalog.place(requirement.id, part, number)
                    yield Problem(code, path, line, params={"id": requirement.id, "sentence": sentence})


def matches(scan: Scan, requirement: Requirement) -> bool:
    """Whether the sentence bears on the requirement, as practice or as breach."""
    return scan.match(requirement.id) is not None or scan.match(requirement.id, breach=True) is not None


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
    if isinstance(term, Literal):
        return holds(term.text)
    if isinstance(term, Concept):
        if term.name in BUILT_IN:
            return False
        entries = catalog.lexicon.concepts[term.name]
        return all(_every(catalog, part, holds) for entry in entries for part in parse_group(entry))
    return isinstance(term, Sequence) and any(_every(catalog, part, holds) for part in term.parts)
