"""Signals as a matcher: the rules of a catalog, each claim with the rule's id."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import product

from mapper.catalog.load import Catalog
from mapper.letters import Span
from mapper.matchers.interface import Claim, MatcherOutput, Stretch
from mapper.memory import remembered
from mapper.model import InputFile
from mapper.rules import pattern

_STRENGTH = {"weak": -1.0, "plain": 0.0, "strong": 1.0}


class SignalMatcher:
    """Proposes what the signals of a catalog find."""

    def __init__(self, catalog: Catalog) -> None:
        self._matcher = catalog.matcher
        self._signals = any(one.signals or one.breaches for one in catalog.requirements)
        self.inputs: Iterable[InputFile] = catalog.inputs
        self._found = remembered(self._looked, 4096)
        """What many documents say in the same words is looked at once."""

    def read(self, stretch: Stretch, wanted: Collection[str] | None = None) -> MatcherOutput:
        """One claim for each requirement and polarity that a signal was found for; breaches only where fault is found."""
        if not self._signals:
            return MatcherOutput()
        asked = tuple(sorted(wanted)) if wanted is not None else None
        return self._found(stretch.text, stretch.names, (stretch.start, stretch.end), asked)

    def _looked(self, text: str, names: tuple[Span, ...], window: Span, wanted: Collection[str] | None) -> MatcherOutput:
        scan = self._matcher.scan(text, names)
        fault = pattern("adverse", "finding").search(text)
        claims: list[Claim] = []
        possible = scan.possible() if wanted is None else product(wanted, (False, True))
        for requirement, breach in possible:
            match = scan.match(requirement, breach=breach, window=window) if fault or not breach else None
            if match is None:
                continue
            part = "breaches" if breach else "signals"
            features = {"breach": 1.0} if breach else {
                "signal": 1.0,
                "signal-strength": _STRENGTH[match.signal.strength],
                "signal-support": float(min(match.support, 3)),
            }
            claims.append(Claim(requirement, f"{requirement}/{part}/{match.number}", match.words, features, breach))
        return MatcherOutput(tuple(claims))
