"""What the signals of a catalog find in one sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from mapper.catalog.language import FUZZY_FLOOR, GAP, Concept, Fuzzy, Group, OrderedPhrases, Phrase, Term
from mapper.letters import Span, lowered
from mapper.model import Signal
from mapper.rules import pattern

if TYPE_CHECKING:
    from mapper.catalog.matcher import CompiledSignal, CompiledSignals

_CLAUSE_END = re.compile(r"[，,；;。！？!?：:\n]")
_LETTER = re.compile("[A-Za-z]")
_RANK = {"weak": 0, "plain": 1, "strong": 2}


@dataclass(frozen=True)
class Match:
    """The best signal found: the signal, its place in the requirement's list, and the words it found, in order.

    ``support`` counts the requirement's signals that were found beside each other, this one included.
    """

    signal: Signal
    number: int
    words: tuple[Span, ...]
    support: int = 1


class Scan:
    """One sentence as the catalog sees it. Spans are offsets into the sentence."""

    def __init__(self, matcher: CompiledSignals, text: str, masked: tuple[Span, ...]) -> None:
        self._matcher = matcher
        self.text = lowered(text)
        self._found: dict[str, list[Span]] = {}
        if matcher.automaton is not None:
            lettered = _LETTER.search(self.text) is not None  # most sentences have none
            for number, start, end in matcher.automaton.find_matches_as_indexes(self.text, overlapping=True):
                if not lettered or not _within_letters(self.text, start, end):
                    self._found.setdefault(matcher.vocabulary[number], []).append((start, end))
        self._clauses = _clauses(self.text)
        self._remove_hidden(masked)
        self._remove_negated()
        self._awake = matcher.wakes[""]
        for word in self._found:
            self._awake |= matcher.wakes.get(word, 0)
        self._concepts: dict[str, tuple[Span, ...]] = {}
        self._groups: dict[int, tuple[Span, ...]] = {}

    def possible(self) -> list[tuple[str, bool]]:
        """Requirements and polarities (breach or not) of the signals of which every group may be here, in order."""
        anchored, owners, awake = self._matcher.anchored, self._matcher.owners, self._awake
        numbers = {number for word in ("", *self._found) for number in anchored.get(word, ())}
        return list(dict.fromkeys(owners[n][:2] for n in sorted(numbers) if owners[n][2] & awake == owners[n][2]))

    def _remove_hidden(self, masked: tuple[Span, ...]) -> None:
        whole = list(masked)
        divided: list[tuple[Span, tuple[int, ...]]] = []
        masks = self._matcher.masks
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
            if word in self._matcher.masks:
                continue
            kept = [s for s in spans if not hidden(s)]
            if kept:
                self._found[word] = kept
            else:
                del self._found[word]

    def _remove_negated(self) -> None:
        """Drop words that a cue of negation governs: the cue stands before them in the same clause, eight characters at most."""
        cues = [span for word in self._matcher.negations for span in self._found.get(word, ())]
        if not cues:
            return
        for word, spans in list(self._found.items()):
            if word in self._matcher.negations:
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
                spans = tuple(m.span() for m in pattern("figures", "with-unit").finditer(self.text))
            else:
                self._concepts[name] = ()
                spans = self.group(self._matcher.concepts[name])
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
        if isinstance(term, Phrase):
            return self._found.get(term.text, ())
        if isinstance(term, Concept):
            return self.concept(term.name)
        if isinstance(term, Fuzzy):
            near = fuzz.partial_ratio_alignment(term.text, self.text, score_cutoff=FUZZY_FLOOR)
            return ((near.dest_start, near.dest_end),) if near is not None and len(self.text) >= len(term.text) else ()
        return self._sequence(term)

    def _sequence(self, term: OrderedPhrases) -> Iterable[Span]:
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
        table = self._matcher.breaches if breach else self._matcher.signals
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

    def _words(self, compiled: CompiledSignal, start: int, end: int) -> tuple[Span, ...]:
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


def _within_letters(text: str, start: int, end: int) -> bool:
    """Whether a place begins or ends inside a word of Latin letters: ai in aic."""
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in (before, after))


def _within(span: Span, mask: Span) -> bool:
    return mask[0] <= span[0] and span[1] <= mask[1] and mask != span


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
