"""The signals of a catalog, compiled: all literals in one automaton, and which of them can wake which signal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, MatchKind

from mapper.catalog.language import Concept, Group, OrderedPhrases, Phrase, Term, parse_group
from mapper.catalog.scan import Scan
from mapper.letters import Span
from mapper.model import Requirement, Signal

BUILT_IN = ("figure",)
"""Concepts that are patterns, not lists: ``@figure`` is a number with a unit."""


@dataclass(frozen=True)
class Lexicon:
    """Shared words of a catalog: concepts by name, words inside which nothing counts, and cues of negation."""

    concepts: Mapping[str, tuple[str, ...]]
    masks: tuple[str, ...] = ()
    negation: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CompiledSignal:
    """A signal as it is looked for; ``needed``: the bit set of its groups."""

    signal: Signal
    groups: tuple[Group, ...]
    unless: Group
    needed: int


@dataclass(frozen=True)
class Divided:
    """A group (kept, so that its identity stays its own), its plain words, and the rest with the words that open it."""

    group: Group
    literals: frozenset[str]
    others: tuple[tuple[Term, frozenset[str]], ...]


_Parsed = tuple[Signal, tuple[Group, ...], Group]
"""A signal with the groups that it needs and the words that void it."""


class CompiledSignals:
    """A catalog's signals, compiled. Building one takes some ten milliseconds; it is immutable afterwards.

    What a :class:`Scan` looks at: ``automaton`` finds the words of the ``vocabulary``; ``concepts`` by name, ``masks`` and
    ``negations`` as in the lexicon; ``signals`` and ``breaches`` by requirement; ``wakes``: for each word the bit set of the
    groups that it may open; ``anchored``: for each word the numbers of those ``owners`` (a requirement, whether it is a
    breach, its groups as bits) that may be there where the word is.
    """

    def __init__(self, lexicon: Lexicon, requirements: Iterable[Requirement]) -> None:
        self.concepts = {
            name: tuple(term for entry in entries for term in parse_group(entry))
            for name, entries in lexicon.concepts.items()
        }
        self._literals: dict[str, int] = {}
        self._opening: dict[str, frozenset[str]] = {}
        for terms in self.concepts.values():
            self._collect(terms)
        parsed = self._parsed(requirements)
        groups = _numbered(need for entries in parsed.values() for _, need, _ in entries)
        self.masks = {word.replace("/", "").lower(): _borders(word) for word in lexicon.masks}
        self.negations = frozenset(word.lower() for word in lexicon.negation)
        for word in (*sorted(self.masks), *sorted(self.negations)):
            self._literals.setdefault(word, len(self._literals))
        self.vocabulary = list(self._literals)
        self.automaton = AhoCorasick(self.vocabulary, matchkind=MatchKind.Standard) if self.vocabulary else None
        self.wakes = self._waking(groups)
        self._divided: dict[int, Divided] = {}
        self.signals: dict[str, tuple[CompiledSignal, ...]] = {}
        self.breaches: dict[str, tuple[CompiledSignal, ...]] = {}
        self.anchored: dict[str, list[int]] = {}
        self.owners: list[tuple[str, bool, int]] = []
        self._compile(parsed, groups)

    def _parsed(self, requirements: Iterable[Requirement]) -> dict[tuple[str, bool], list[_Parsed]]:
        """The signals by requirement and whether they are of a breach; their words become words of the vocabulary."""
        parsed: dict[tuple[str, bool], list[_Parsed]] = {}
        for requirement in requirements:
            for breach, signals in ((False, requirement.signals), (True, requirement.breaches)):
                entries = parsed.setdefault((requirement.id, breach), [])
                for signal in signals:
                    need = tuple(parse_group(group) for group in signal.need)
                    unless = tuple(t for word in (*signal.unless, *requirement.unless) for t in parse_group(word))
                    for group in (*need, unless):
                        self._collect(group)
                    entries.append((signal, need, unless))
        return parsed

    def _compile(self, parsed: Mapping[tuple[str, bool], list[_Parsed]], groups: Mapping[Group, int]) -> None:
        """Fill ``signals``, ``breaches``, ``anchored`` and ``owners``."""
        for (requirement_id, breach), entries in parsed.items():
            target = self.breaches if breach else self.signals
            target[requirement_id] = tuple(
                CompiledSignal(signal, need, unless, sum(1 << groups[group] for group in set(need)))
                for signal, need, unless in entries
            )
            for one in target[requirement_id]:
                for word in min(map(self._openers, one.groups), key=lambda words: ("" in words, len(words)), default={""}):
                    self.anchored.setdefault(word, []).append(len(self.owners))
                self.owners.append((requirement_id, breach, one.needed))

    def _collect(self, group: Group) -> None:
        for term in group:
            for part in term.parts if isinstance(term, OrderedPhrases) else (term,):
                if isinstance(part, Phrase):
                    self._literals.setdefault(part.text, len(self._literals))

    def _waking(self, groups: Mapping[Group, int]) -> dict[str, int]:
        """For each literal (and "" for what is always awake) the bit set of groups that it can satisfy."""
        wakes: dict[str, int] = {"": 0}
        for group, bit in groups.items():
            for word in self._openers(group):
                wakes[word] = wakes.get(word, 0) | 1 << bit
        return wakes

    def _openers(self, group: Group) -> set[str]:
        found: set[str] = set()
        for term in group:
            first = term.parts[0] if isinstance(term, OrderedPhrases) else term
            if isinstance(first, Phrase):
                found.add(first.text)
            elif isinstance(first, Concept) and first.name not in BUILT_IN:
                if first.name not in self._opening:
                    self._opening[first.name] = frozenset()
                    self._opening[first.name] = frozenset(self._openers(self.concepts[first.name]))
                found |= self._opening[first.name]
            else:
                found.add("")
        return found

    def divided(self, group: Group) -> Divided:
        """A group as it is looked for; by its identity, since to compare two is to compare all their words."""
        found = self._divided.get(id(group))
        if found is None:
            literals = frozenset(term.text for term in group if isinstance(term, Phrase))
            others = tuple(
                (term, frozenset(self._openers((term,)))) for term in group if not isinstance(term, Phrase)
            )
            found = self._divided[id(group)] = Divided(group, literals, others)
        return found

    def scan(self, text: str, masked: tuple[Span, ...] = ()) -> Scan:
        """Look at one sentence; ``masked`` are places (names of firms) inside which nothing counts."""
        return Scan(self, text, masked)


def _numbered(needs: Iterable[tuple[Group, ...]]) -> dict[Group, int]:
    """A number, which is that of its bit, for every group that signals need."""
    groups: dict[Group, int] = {}
    for need in needs:
        for group in need:
            groups.setdefault(group, len(groups))
    return groups


def _borders(mask: str) -> tuple[int, ...]:
    """Where the words of a mask such as 推进/乡村 meet; empty for a mask that hides everything inside it."""
    parts = mask.split("/")
    return tuple(sum(len(part) for part in parts[:number]) for number in range(1, len(parts)))
