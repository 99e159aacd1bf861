"""Paragraphs that were run together: texts whose line ends some program replaced by spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mapper.corpus.cells import FIGURE
from mapper.corpus.patterns import any_of
from mapper.corpus.textmap import TextMap, joined
from mapper.rules import pattern, rules

_GAP = re.compile(r"\s{2,}|\s*\{IMG:\d+\}\s*")
_ANY_GAP = re.compile(r"\s|\{IMG:")
_ITEM = re.compile(r"[（(]?\d{1,2}[.．、)）]")
_WORDS = re.compile(r"[“‘《「]?[\u3400-\u9fff]{2}")
_MARK = re.compile(r"[。！？；，]")
_FIGURE = re.compile(FIGURE + r"[)）]?\s?(?:[%％‰]|[\u3400-\u9fff]{1,4})?")
"""A figure alone, or with its unit."""
_NAME = 40
"""Characters of the name of a row at most."""
_SENTENCE_ENDS = re.compile(r"[。！？!?]")
_BREAK = any_of(
    r"(?:(?<=[。！？!?”])|(?<=\.\.\.)|(?<=…))\s+(?=[\w“「《（(【])",
    r"(?<=[。！？][）)])\s+(?=\S)",
    r"(?<=[）)])\s+(?=[^\s，。；：,;:!?！？（(]{2,40}(?:\s|$))",
)
"""A space after the end of a sentence, or after a bracketed source."""
_BRACKET = re.compile(r"[（(][^（()）]{0,60}[）)]")
_SPEECH = 300
"""Characters in which a quotation begins that is a sentence though it has no stop."""
_CRUMBS = r"(?:[^，,。；;！？!?\s>›»]{1,12}\s*[>›»]\s*){1,6}[^，,。；;！？!?\s>›»]{1,12}"
_PHRASE = r"[^，,。；;！？!?\s（(][^，,。；;！？!?\s]{0,44}"
_TRAIL, _HEADING = (re.compile(rf"(?:{lead})\s+(?=[\w“「《（(【/])") for lead in (_CRUMBS, _PHRASE))
"""Phrases before a space at the beginning of a paragraph: where on a site it stands, and a heading."""
_MOST_LEADS = 12


def unfold(words: TextMap) -> list[TextMap]:
    """The paragraphs of a text whose line ends were replaced by spaces.

    Two spaces or more stood for one, but for those between a name and its figure. A single space does after the end of a
    sentence, in a block where that is neither rare nor the rule; a short phrase between such a space and the next is a
    heading.
    """
    if not _ANY_GAP.search(words.text):
        return [words]
    pieces: list[TextMap] = []
    divided = _split(words, _GAP.finditer(words.text))
    if len(divided) == 2 and _is_row(*(piece.text for piece in divided)):
        return [words]
    for piece in divided:
        if len(divided) == 2 and pieces and _is_number(pieces[-1].text) and _WORDS.match(piece.text):
            pieces[-1] = joined([pieces[-1], piece], " ")
        elif pieces and pattern("paragraphs", "unfinished").search(pieces[-1].text):
            pieces[-1] = joined([pieces[-1], piece])
        else:
            pieces.append(piece)
    return [part for piece in pieces for part in (_paragraphs(piece) if _is_flat(piece.text) else [piece])]


def _is_row(name: str, figure: str) -> bool:
    """Whether two pieces are the name and the figure of a row of a table."""
    return len(name) <= _NAME and bool(_WORDS.search(name) and not _MARK.search(name) and _FIGURE.fullmatch(figure))


def _is_number(text: str) -> bool:
    """Whether a piece is nothing but the number of a heading; behind the number of an item anything may stand."""
    known = (rule.pattern.fullmatch(one) for rule in rules("headings").values() for one in (text, f"{text} "))
    return not _ITEM.fullmatch(text) and any(known)


def _is_flat(text: str) -> bool:
    breaks = sum(1 for _ in _breaks(text))
    ends = len(_SENTENCE_ENDS.findall(text))
    chained = len(pattern("paragraphs", "run-together").findall(_BRACKET.sub("", text[:150]))) >= 3
    return (len(text) >= 100 and breaks >= 2 and not (breaks >= 6 and breaks > 0.85 * ends)) or chained


def _breaks(text: str) -> Iterator[re.Match[str]]:
    """The spaces of a flattened text that stand for a line end; behind the quotation of a word a space is how it was set."""
    for match in _BREAK.finditer(text):
        at = match.start()
        opened = text.rfind("“", max(0, at - _SPEECH), at)
        said = text[max(0, at - 2) : at - 1] in [*"。！？!?…"] or (opened > 0 and text[opened - 1] in "：:")
        if text[at - 1] != "”" or said:
            yield match


def _paragraphs(piece: TextMap) -> list[TextMap]:
    """Split a flattened piece at its breaks, and put the phrases before a paragraph apart from it."""
    parts = []
    for part in _split(piece, _breaks(piece.text)):
        ends: list[int] = []
        while len(ends) < _MOST_LEADS and (end := _lead_end(part.text, ends[-1] if ends else 0)):
            ends.append(end)
        while ends and not _is_lead(part.text, ends):
            ends.pop()
        for start, end in zip([0, *ends], [*ends, len(part)], strict=True):
            parts.append(part[start:end].strip())
    return [part for part in parts if part.text]


def _lead_end(text: str, start: int) -> int:
    """Where the phrase that stands before a space at a place of a text ends; 0 where there is none."""
    rule = rules("paragraphs")
    leads = (_TRAIL, rule["lead-date"].pattern, rule["lead-credit"].pattern, _HEADING)
    return next((match.end() for lead in leads if (match := lead.match(text, start))), 0)


def _is_lead(text: str, ends: Sequence[int]) -> bool:
    phrase = text[ends[-2] if len(ends) > 1 else 0 : ends[-1]].strip()
    return not pattern("paragraphs", "no-lead").search(phrase) and (len(phrase) >= 4 or len(ends) > 1)


def _split(words: TextMap, at: Iterable[re.Match[str]]) -> list[TextMap]:
    parts = []
    start = 0
    for match in at:
        parts.append(words[start : match.start()].strip())
        start = match.end()
    parts.append(words[start:].strip())
    return [part for part in parts if part.text]
