"""Which words of a text are shown for a learned mark: those whose letters spoke most, as they stand in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.firms.ordinary import ordinary
from mapper.letters import Span
from mapper.matchers.grams import FIGURE, MOST, NAME, flat, told

_RUN = re.compile(b"\x01{2,}")
_PLAIN = re.compile("[\u3400-\uff0f\uff1a-\U0010ffff]+")
"""Letters that are read as they stand; figures, white space and Latin letters are not."""
_DAY = re.compile("(?:0[年月日号时点分])+")
"""A day or an hour: it weighs, and tells a reader nothing."""
_HIGH = 0.35
"""Share of the highest credit from which on a letter is among the words shown."""
_MOST_WORDS = 5
_SHARE = 0.75
"""The words shown make up this part of all that spoke for the requirement."""


def mapped(text: str, names: Sequence[Span]) -> tuple[str, list[Span]]:
    """The text as it is read, :data:`MOST` characters at most, and for each of them the place that it stands for."""
    shown: list[str] = []
    places: list[Span] = []
    hidden = bytearray(len(text))
    for start, end in names:
        hidden[start:end] = b"\x01" * (end - start)
    at = 0
    while at < len(text) and len(shown) < MOST:
        end = at + 1
        if not hidden[at] and (plain := _PLAIN.match(text, at, at + MOST - len(shown))) is not None:
            end = hidden.find(1, at, plain.end())
            end = plain.end() if end < 0 else end
            shown += text[at:end]
            places += zip(range(at, end), range(at + 1, end + 1), strict=True)
            at = end
            continue
        if hidden[at]:
            while end < len(text) and hidden[end]:
                end += 1
            piece = NAME
        else:
            figure = FIGURE.match(text, at) if text[at].isdecimal() else None
            piece = "0" if figure else flat(text[at])
            while figure and end < figure.end() and not hidden[end]:
                end += 1
        for char in piece:
            shown.append(char)
            places.append((at, end))
        at = end
    whole = "".join(shown[:MOST])
    read = told(whole)
    return read, places[len(whole) - len(read) :]


def letters_of(text: str, gram: str, count: int) -> Sequence[int]:
    """The places of the letters and digits of a run, for as often as it stands in the text."""
    at = text.find(gram)
    if count == 1 and gram.isalnum():
        return range(at, at + len(gram))
    letters = [place for place, char in enumerate(gram) if char.isalnum()]
    found: list[int] = []
    for _ in range(count):
        found += [at + place for place in letters]
        at = text.find(gram, at + 1)
    return found


def heaviest(shown: str, credit: list[float]) -> tuple[Span, ...]:
    """The words of a text to show, in order, by how much each of its letters spoke: whole, and no days."""
    for day in _DAY.finditer(shown):
        credit[day.start() : day.end()] = [0.0] * len(day.group())
    return _whole_words(shown, sorted(_best(credit)))


def _best(credit: Sequence[float]) -> list[Span]:
    """Stretches of credit not much below the highest, the best first until they make up most of it."""
    top = max(credit, default=0.0)
    if top <= 0:
        return []
    high = bytes(map((_HIGH * top).__le__, credit))
    spans = [(sum(credit[slice(*found.span())]), found.span()) for found in _RUN.finditer(high)]
    spans.sort(key=lambda one: (-one[0], one[1]))
    wanted, got, kept = _SHARE * sum(value for value, _ in spans), 0.0, []
    for value, span in spans[:_MOST_WORDS]:
        kept.append(span)
        got += value
        if got >= wanted:
            break
    return kept


def _whole_words(shown: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, each with the letter on either side that is the other half of a word of every day; those that meet are one."""
    found: list[Span] = []
    for start, end in spans:
        start -= start > 0 and shown[start - 1 : start + 1] in ordinary()
        end += shown[end - 1 : end + 1] in ordinary()
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)
