"""What a result hangs on: the parts of the catalog and of the registry that touched a file, as digests.

A file in which nobody acts hangs on the registry alone. One in which somebody acts hangs also on all that the readers look
at for every sentence (requirements, signals, model), and on the sentences of just those requirements with which it was
compared. It hangs on those firms of which a word, or the beginning of one, stands in it: by no other word can it call one.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any

import mapper
from mapper.catalog.lessons import FOLDER as SENTENCES
from mapper.catalog.load import Catalog
from mapper.firms.names import forms
from mapper.firms.registry import Registry, unbroken
from mapper.letters import lowered
from mapper.matchers.cited import CitationMatcher
from mapper.matchers.likeness import Likeness
from mapper.matchers.shelf import Shelf
from mapper.model import DocumentText, Lesson
from mapper.rules import rules
from mapper.shipped import folder

_TOLD = {"title", "title_en", "text", "text_en", "clause", "cited_as", "part", "themes", "examples", "counterexamples"}
"""What a requirement tells a reader of a report; its sentences, its text and its clause matter, and are seen to by themselves."""
Firms = dict[str, dict[str, Any]]
"""A registry as it is compared: firm id → all that is known of it, and its further words."""


def digest(value: object) -> str:
    """SHA-256 of a value that JSON can hold, as 64 hex digits."""
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program() -> str:
    """Digest of this program, its rules and lists of words, and of the language it runs in: another may come to something else."""
    place = Path(mapper.__file__).parent
    files = sorted(path for path in place.rglob("*") if path.suffix in (".py", ".yaml", ".txt") and "_data" not in path.parts)
    read = [(path.relative_to(place).as_posix(), sha256(path.read_bytes()).hexdigest()) for path in files]
    return digest([mapper.__version__, sys.version_info[:2], read])


def of_catalog(catalog: Catalog, shelf: Shelf, min_score: float) -> str:
    """Digest of what the readers look at for every sentence."""
    asked = [
        [
            policy.id, policy.published, policy.effective, one.model_dump(mode="json", exclude=_TOLD),
        ]
        for policy in catalog.policies
        for one in policy.requirements
    ]  # fmt: skip
    third = shelf.encoder
    fresh = shelf.learned.requirements - set(shelf.model.requirements)
    fresh |= third.requirements - set(third.encoder.requirements) if third is not None else set()
    told = [[one.id, one.text] for policy in catalog.policies for one in policy.requirements]
    taught = [sorted(fresh), told, *_everything_taught(catalog)] if fresh else []
    encoder = [[one.path, one.sha256] for one in third.inputs] if third is not None else []
    lexicon = {name: value for name, value in asdict(catalog.lexicon).items() if name != "lines"}
    cited = CitationMatcher(catalog).clauses
    return digest([asked, lexicon, cited, shelf.model.digest, encoder, shelf.weighing, taught, min_score])


def _everything_taught(catalog: Catalog) -> Iterator[str]:
    """What teaches requirements that the model lacks: all sentences there are."""
    yield digest([lesson.model_dump(mode="json") for lesson in catalog.lessons])
    for path in sorted((folder("policies") / SENTENCES).glob("*.jsonl")):
        yield sha256(path.read_bytes()).hexdigest()


def of_lessons(catalog: Catalog) -> dict[str, str]:
    """Digest of the sentences of each requirement that has any, near misses included."""
    taught: defaultdict[str, list[str]] = defaultdict(list)
    all_of = attrgetter(*Lesson.model_fields)
    for lesson in catalog.lessons:
        said = repr(all_of(lesson))
        for requirement in {*lesson.evidences, lesson.written_for}:
            if requirement is not None:
                taught[requirement].append(said)
    return {requirement: sha256("\n".join(lessons).encode()).hexdigest() for requirement, lessons in taught.items()}


class Noting:
    """A likeness that notes which requirements it is asked about."""

    def __init__(self, likeness: Likeness, requirements: Iterable[str]) -> None:
        self._likeness = likeness
        self._requirements = frozenset(requirements)
        self.asked: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._likeness, name)

        def noted(*given: Any, **more: Any) -> Any:
            self.asked.update(one for one in (*given, *more.values()) if isinstance(one, str) and one in self._requirements)
            return method(*given, **more)

        return noted if callable(method) else method


def words_of(documents: Iterable[DocumentText]) -> str:
    """All of a file by which it could call a firm, in lower case."""
    said: list[str] = []
    for text in documents:
        it = text.document
        said += [word for word in (it.title, it.publisher, it.author, it.speaker, it.owner) if word]
        said += [word for passage in text.passages for word in (passage.text, passage.speaker, passage.section) if word]
    return unbroken(lowered("\n".join(dict.fromkeys(said))))


def of_registry(registry: Registry) -> Firms:
    """The registry as it is compared with another."""
    found = {id: firm.model_dump(mode="json") | {"more": []} for id, firm in registry.firms.items()}
    level: Registry | None = registry
    while level is not None:
        for word, id in sorted(level.words.items()):
            if id in found:
                found[id]["more"].append(word)
        level = level.base
    return found


def changed_words(old: Firms, new: Firms) -> frozenset[str]:
    """Every word, in lower case, of firms that are not the same in both, and of those that belong to such a firm."""
    changed = {id for id in {*old, *new} if old.get(id) != new.get(id)}
    changed |= {id for firms in (old, new) for id, firm in firms.items() if firm["parent"] in changed}
    return frozenset(word for firms in (old, new) for id in changed & {*firms} for word in _words(firms[id]))


def _words(firm: Mapping[str, Any]) -> Iterator[str]:
    names = (firm["name"], firm["full_name"], firm["name_en"], firm["parent"])
    lists = (firm[key] for key in ("aliases", "former", "products", "people", "more"))
    for word in (*names, *(word for words in lists for word in words)):
        if word:
            yield lowered(word)


def touches(words: Iterable[str], text: str) -> bool:
    """Whether any of a changed registry's words could matter to a text: it stands there, or may in another form.

    A name may be known by its stem, which is its beginning, or by a part; what all names of its form share tells nothing.
    """
    return any(word in text or any(pair in text for pair in _pairs(word)) for word in words)


@cache
def _pairs(word: str) -> tuple[str, ...]:
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return tuple(dict.fromkeys(pair for at, pair in enumerate(pairs) if not at or (pair not in _usual() and not pair.isascii())))


@cache
def _usual() -> frozenset[str]:
    words = (*forms(), *rules("words")["in-every-name"].words)
    return frozenset(word[at : at + 2] for word in words for at in range(len(word) - 1))
