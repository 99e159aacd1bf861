"""Signals at work: all literals of a catalog in one automaton, and what they find in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ahocorasick_rs import AhoCorasick, MatchKind
from rapidfuzz import fuzz

from mapper.catalog.language import FUZZY_FLOOR, GAP, Concept, Fuzzy, Group, Literal, Sequence, Term, parse_group
from mapper.letters import lowered
from mapper.model import Requirement, Signal

Span = tuple[int, int]
_CLAUSE_END = re.compile(r"[，,；;。！？!?：:\n]")
_UNIT = (
    r"个百分点|个基点|bp|%|％|‰|万亿|百亿|千亿|[十百千]?[万亿]"
    r"|元|人|户|家|笔|次|件|项|倍|个|名|场|吨|亩|头|县|村|款|份|套|篇|条|所|台|小时|分钟|秒|天"
)
_FIGURE = re.compile(
    rf"(?:超过|超|逾|近|约|达)?[0-9０-９][0-9０-９,，.．]*(?:余|多|\+)?(?:{_UNIT})"
    r"|[一二三四五六七八九十两数上近]{1,3}(?:余|多)?(?:百|千|万|亿|成|倍)(?:余|多)?(?:元|人|户|家|笔|次|件|项|名|场|吨|亩)?",
    re.IGNORECASE,
)
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
class _Compiled:
    signal: Signal
    groups: tuple[Group, ...]
    unless: Group
    needed: int


@dataclass(frozen=True)
class _Divided:
    """A group (kept, so that its identity stays its own), its plain words, and the rest with the words that open it."""

    group: Group
    literals: frozenset[str]
    others: tuple[tuple[Term, frozenset[str]], ...]


@dataclass(frozen=True)
class Match:
    """The best signal found: the signal, its place in the requirement's list, and the words it found, in order.

    ``support`` counts the requirement's signals that were found beside each other, this one included.
    """

    signal: Signal
    number: int
    words: tuple[Span, ...]
    support: int = 1


class Matcher:
    """A catalog's signals, compiled. Building one takes some ten milliseconds; it is immutable afterwards."""

    def __init__(self, lexicon: Lexicon, requirements: Iterable[Requirement]) -> None:
        self._concepts = {
            name: tuple(term for entry in entries for term in parse_group(entry))
            for name, entries in lexicon.concepts.items()
        }
        self._literals: dict[str, int] = {}
        self._opening: dict[str, frozenset[str]] = {}
        for terms in self._concepts.values():
            self._collect(terms)
        self._signals: dict[str, tuple[_Compiled, ...]] = {}
        self._breaches: dict[str, tuple[_Compiled, ...]] = {}
        compiled: dict[tuple[str, bool], list[tuple[Signal, tuple[Group, ...], Group]]] = {}
        groups: dict[Group, int] = {}
        for requirement in requirements:
            for breach, signals in ((False, requirement.signals), (True, requirement.breaches)):
                entries = compiled.setdefault((requirement.id, breach), [])
                for signal in signals:
                    need = tuple(parse_group(group) for group in signal.need)
                    unless = tuple(t for word in (*signal.unless, *requirement.unless) for t in parse_group(word))
                    for group in (*need, unless):
                        self._collect(group)
                    for group in need:
                        groups.setdefault(group, len(groups))
                    entries.append((signal, need, unless))
        self._masks = {word.replace("/", "").lower(): _borders(word) for word in lexicon.masks}
        self._negations = frozenset(word.lower() for word in lexicon.negation)
        for word in (*sorted(self._masks), *sorted(self._negations)):
            self._literals.setdefault(word, len(self._literals))
        self._words = list(self._literals)
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard) if self._words else None
        self._wakes = self._waking(groups)
        self._divided: dict[int, _Divided] = {}
        self._anchored: dict[str, list[int]] = {}
        self._owners: list[tuple[str, bool, int]] = []
        for (requirement_id, breach), entries in compiled.items():
            target = self._breaches if breach else self._signals
            target[requirement_id] = tuple(
                _Compiled(signal, need, unless, sum(1 << groups[group] for group in set(need)))
                for signal, need, unless in entries
            )
            for one in target[requirement_id]:
                for word in min(map(self._openers, one.groups), key=lambda words: ("" in words, len(words)), default={""}):
                    self._anchored.setdefault(word, []).append(len(self._owners))
                self._owners.append((requirement_id, breach, one.needed))

    def _collect(self, group: Group) -> None:
        for term in group:
            for part in term.parts if isinstance(term, Sequence) else (term,):
                if isinstance(part, Literal):
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
            first = term.parts[0] if isinstance(term, Sequence) else term
            if isinstance(first, Literal):
                found.add(first.text)
            elif isinstance(first, Concept) and first.name not in BUILT_IN:
                if first.name not in self._opening:
                    self._opening[first.name] = frozenset()
                    self._opening[first.name] = frozenset(self._openers(self._concepts[first.name]))
                found |= self._opening[first.name]
            else:
                found.add("")
        return found

    def divided(self, group: Group) -> _Divided:
        """A group as it is looked for; by its identity, since to compare two is to compare all their words."""
        found = self._divided.get(id(group))
        if found is None:
            literals = frozenset(term.text for term in group if isinstance(term, Literal))
            others = tuple(
                (term, frozenset(self._openers((term,)))) for term in group if not isinstance(term, Literal)
            )
            found = self._divided[id(group)] = _Divided(group, literals, others)
        return found

    def scan(self, text: str, masked: tuple[Span, ...] = ()) -> Scan:
        """Look at one sentence; ``masked`` are places (names of firms) inside which nothing counts."""
        return Scan(self, text, masked)


class Scan:
    """One sentence as the catalog sees it. Spans are offsets into the sentence."""

    def __init__(self, matcher: Matcher, text: str, masked: tuple[Span, ...]) -> None:
        self._matcher = matcher
        self.text = lowered(text)
        self._found: dict[str, list[Span]] = {}
        if matcher._automaton is not None:
            for number, start, end in matcher._automaton.find_matches_as_indexes(self.text, overlapping=True):
                self._found.setdefault(matcher._words[number], []).append((start, end))
        self._clauses = _clauses(self.text)
        self._remove_hidden(masked)
        self._remove_negated()
        self._awake = matcher._wakes[""]
        for word in self._found:
            self._awake |= matcher._wakes.get(word, 0)
        self._concepts: dict[str, tuple[Span, ...]] = {}
        self._groups: dict[int, tuple[Span, ...]] = {}

    def possible(self) -> list[tuple[str, bool]]:
        """Requirements and polarities (breach or not) of the signals of which every group may be here, in order."""
        anchored, owners, awake = self._matcher._anchored, self._matcher._owners, self._awake
        numbers = {number for word in ("", *self._found) for number in anchored.get(word, ())}
        return list(dict.fromkeys(owners[n][:2] for n in sorted(numbers) if owners[n][2] & awake == owners[n][2]))

    def _remove_hidden(self, masked: tuple[Span, ...]) -> None:
        whole = list(masked)
        divided: list[tuple[Span, tuple[int, ...]]] = []
        masks = self._matcher._masks
        for word in self._found.keys() & masks.keys():
            parts = masks[word]
            for start, end in self._found[word]:
                if parts:
                    divided.append(((start, end), tuple(start + part for part in parts)))
                else:
                    whole.append((start, end))
        if not whole and not divided:
            return

        def hidden(span: Span) -> bool:
            return any(_within(span, mask) for mask in whole) or any(
                _within(span, mask) and any(span[0] < border < span[1] for border in borders)
                for mask, borders in divided
            )

        for word, spans in list(self._found.items()):
            if word in self._matcher._masks:
                continue
            kept = [s for s in spans if not hidden(s)]
            if kept:
                self._found[word] = kept
            else:
                del self._found[word]

    def _remove_negated(self) -> None:
        """Drop words that a cue of negation governs: the cue stands before them in the same clause, eight characters at most."""
        cues = [span for word in self._matcher._negations for span in self._found.get(word, ())]
        if not cues:
            return
        for word, spans in list(self._found.items()):
            if word in self._matcher._negations:
                continue
            kept = [s for s in spans if not any(self._governs(cue, s) for cue in cues)]
            if kept:
                self._found[word] = kept
            else:
                del self._found[word]

    def _governs(self, cue: Span, span: Span) -> bool:
        return cue[1] <= span[0] <= cue[1] + 8 and self._same_clause(cue[0], span[0])

    def _same_clause(self, first: int, second: int) -> bool:
        return bisect_left(self._clauses, first) == bisect_left(self._clauses, second)

    def clause(self, position: int) -> Span:
        """The clause around a position: from after one comma, semicolon or colon to the next."""
        number = bisect_left(self._clauses, position)
        start = self._clauses[number - 1] + 1 if number else 0
        return start, self._clauses[number] if number < len(self._clauses) else len(self.text)

    def concept(self, name: str) -> tuple[Span, ...]:
        """All places of a concept, in order."""
        if name not in self._concepts:
            if name == "figure":
                spans = tuple((m.start(), m.end()) for m in _FIGURE.finditer(self.text))
            else:
                self._concepts[name] = ()
                spans = self.group(self._matcher._concepts[name])
            self._concepts[name] = spans
        return self._concepts[name]

    def group(self, group: Group) -> tuple[Span, ...]:
        """All places of a group, in order, without repetition."""
        known = self._groups.get(id(group))
        if known is None:
            divided, found = self._matcher.divided(group), self._found
            spans = {span for word in found.keys() & divided.literals for span in found[word]}
            for term, openers in divided.others:
                if "" in openers or not openers.isdisjoint(found):
                    spans.update(self._term(term))
            known = self._groups[id(group)] = tuple(sorted(spans))
        return known

    def _term(self, term: Term) -> Iterable[Span]:
        if isinstance(term, Literal):
            return self._found.get(term.text, ())
        if isinstance(term, Concept):
            return self.concept(term.name)
        if isinstance(term, Fuzzy):
            near = fuzz.partial_ratio_alignment(term.text, self.text, score_cutoff=FUZZY_FLOOR)
            return ((near.dest_start, near.dest_end),) if near is not None and len(self.text) >= len(term.text) else ()
        return self._sequence(term)

    def _sequence(self, term: Sequence) -> Iterable[Span]:
        runs: list[Span] = list(self._term(term.parts[0]))
        for part in term.parts[1:]:
            following = list(self._term(part))
            runs = [
                (run[0], after[1])
                for run in runs
                for after in following
                if 0 <= after[0] - run[1] <= GAP and self._same_clause(run[1], after[0])
            ]
            if not runs:
                return ()
        shortest: dict[int, int] = {}
        for start, end in runs:
            shortest[start] = min(end, shortest.get(start, end))
        return shortest.items()

    def match(self, requirement: str, *, breach: bool = False, window: Span | None = None) -> Match | None:
        """The best signal of a requirement inside ``window`` (the whole sentence by default), or None.

        Best is the strongest; among equals the one written first.
        """
        table = self._matcher._breaches if breach else self._matcher._signals
        start, end = window or (0, len(self.text))
        best: Match | None = None
        support = 0
        for number, compiled in enumerate(table.get(requirement, ())):
            if compiled.needed & self._awake != compiled.needed:
                continue
            words = self._words(compiled, start, end)
            if not words:
                continue
            support += 1
            if best is None or _RANK[compiled.signal.strength] > _RANK[best.signal.strength]:
                best = Match(compiled.signal, number, words)
        return best if best is None else replace(best, support=support)

    def _words(self, compiled: _Compiled, start: int, end: int) -> tuple[Span, ...]:
        if compiled.unless and any(start <= s and e <= end for s, e in self.group(compiled.unless)):
            return ()
        found = [[s for s in self.group(g) if start <= s[0] and s[1] <= end] for g in compiled.groups]
        if not all(found):
            return ()
        if compiled.signal.within == "sentence":
            return _tidy(span for spans in found for span in spans)
        for position in sorted({span[0] for span in found[0]}):
            left, right = self.clause(position)
            inside = [[s for s in spans if left <= s[0] and s[1] <= right] for spans in found]
            if all(inside):
                return _tidy(span for spans in inside for span in spans)
        return ()


def _within(span: Span, mask: Span) -> bool:
    return mask[0] <= span[0] and span[1] <= mask[1] and mask != span


def _borders(mask: str) -> tuple[int, ...]:
    """Where the words of a mask such as 推进/乡村 meet; empty for a mask that hides everything inside it."""
    parts = mask.split("/")
    return tuple(sum(len(part) for part in parts[:number]) for number in range(1, len(parts)))


_RANK = {"weak": 0, "plain": 1, "strong": 2}


def _tidy(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted spans with those that lie inside another left out."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1])):
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return tuple(kept)


def _clauses(text: str) -> list[int]:
    """Positions of the marks that end a clause; a comma between digits does not."""
    return [
        m.start()
        for m in _CLAUSE_END.finditer(text)
        if not (
            m.group() in ",，:"
            and 0 < m.start() < len(text) - 1
            and text[m.start() - 1].isdigit()
            and text[m.start() + 1].isdigit()
        )
    ]
