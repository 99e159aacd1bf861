"""The signal language: how a term is written in YAML, parsed into a tree.

A group is a list of alternatives, ``投诉|@complaint|畅通..渠道``. An alternative is one of

    词              a literal, found as it stands (Latin letters in any case)
    @name           a concept of the lexicon
    A..B            A and then B in the same clause, at most 12 characters between; A and B literals or concepts;
                    two dots, never more
    ~短语            a phrase found approximately (rapidfuzz, 80 or more of 100); four characters or more
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mapper.letters import lowered

GAP = 12
FUZZY_FLOOR = 80.0
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class SyntaxProblem(ValueError):
    """A term that cannot be read; the text says which and why."""


@dataclass(frozen=True)
class Phrase:
    """Words found as they stand, in lower case."""

    text: str


@dataclass(frozen=True)
class Concept:
    """A concept of the lexicon by name."""

    name: str


@dataclass(frozen=True)
class OrderedPhrases:
    """Parts in this order within one clause, at most :data:`GAP` characters between neighbours."""

    parts: tuple[Phrase | Concept, ...]


@dataclass(frozen=True)
class Fuzzy:
    """A phrase found approximately."""

    text: str


Term = Phrase | Concept | OrderedPhrases | Fuzzy
"""One alternative of a group."""
Group = tuple[Term, ...]
"""Terms of which any one suffices."""


@cache
def parse_group(source: str) -> Group:
    """Parse ``A|B|…``. Raises :class:`SyntaxProblem` for an empty alternative or a malformed one."""
    return tuple(parse_term(part) for part in source.split("|"))


def parse_term(source: str) -> Term:
    """Parse one alternative. Raises :class:`SyntaxProblem`."""
    word = source.strip()
    if not word:
        raise SyntaxProblem(source)
    if word.startswith("~"):
        if len(word) < 5 or ".." in word or "@" in word:
            raise SyntaxProblem(word)
        return Fuzzy(lowered(word[1:]))
    if "..." in word:
        raise SyntaxProblem(word)
    if ".." in word:
        parts = tuple(_atom(part) for part in word.split(".."))
        return OrderedPhrases(parts)
    return _atom(word)


def _atom(source: str) -> Phrase | Concept:
    word = source.strip()
    if word.startswith("@"):
        if not _NAME.fullmatch(word[1:]):
            raise SyntaxProblem(word)
        return Concept(word[1:])
    if not word or "@" in word or "~" in word:
        raise SyntaxProblem(source)
    return Phrase(lowered(word))


def concepts_in(group: Group) -> Iterator[str]:
    """Names of the concepts a group refers to."""
    for term in group:
        for part in term.parts if isinstance(term, OrderedPhrases) else (term,):
            if isinstance(part, Concept):
                yield part.name
