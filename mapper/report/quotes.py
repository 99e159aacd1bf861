"""A quote cut where its reasons point, and the reasons in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from mapper.model import Evidence, Reason
from mapper.report.orders import REASONS
from mapper.report.phrases import known
from mapper.report.shapes import ReasonView, Segment

_AS_OF = re.compile(r"截[至止]到?\s*(20\d\d)\s*年(?:\s*(1[0-2]|0?[1-9])\s*月)?")  # 截至2021年10月末; not 截至目前

_BIT = {kind: 1 << number for number, kind in enumerate(REASONS)}
_LAST = 1 << len(REASONS)


def segments(quote: str, reasons: Iterable[Reason]) -> tuple[Segment, ...]:
    """The quote in runs, each with the kinds of reason that point at it. Words that are not in the quote are skipped."""
    spans = [
        (words.start, words.end, reason.kind)
        for reason in reasons
        for words in reason.words
        if 0 <= words.start < words.end <= len(quote) and quote[words.start : words.end] == words.text
    ]
    cuts = {0, len(quote)}
    for start, end, _ in spans:
        cuts |= {start, end}
    ordered = sorted(cuts)
    at = {cut: number for number, cut in enumerate(ordered)}
    bits = [0] * len(ordered)
    for start, end, kind in spans:
        bit = _BIT.get(kind, 0)
        for number in range(at[start], at[end]):
            bits[number] |= bit
    return tuple([Segment(quote[start:end], _kinds(bit)) for (start, end), bit in zip(pairwise(ordered), bits, strict=False)])


@cache
def _kinds(bits: int) -> tuple[str, ...]:
    return tuple(kind for kind, bit in _BIT.items() if bits & bit)


def as_of(evidence: Evidence) -> str | None:
    """The time for which the words give their figures, where they, or the sentence they go on from (其中…), say so."""
    found = _AS_OF.search(evidence.quote)
    if not found and evidence.quote.startswith("其中"):
        found = _AS_OF.search(evidence.before)
    if not found:
        return None
    year, month = found.groups()
    return f"{year}-{int(month):02}" if month else str(year)


def reasons(evidence: Evidence) -> tuple[ReasonView, ...]:
    """Why the mark was made: what matched, who acts, what made the grade. An unknown code is shown as it stands."""
    ordered = sorted(evidence.reasons, key=lambda one: _BIT.get(one.kind, _LAST))
    return tuple([_reason(one.kind, one.code, tuple([it.text for it in one.words]), tuple(one.params.items())) for one in ordered])


@lru_cache(maxsize=10_000)
def _reason(kind: str, code: str, texts: tuple[str, ...], params: tuple[tuple[str, str], ...]) -> ReasonView:
    words = tuple(dict.fromkeys(texts))
    fallback = " ".join([code, *(f"{name}={value}" for name, value in sorted(params))])
    said = known(f"reasons.{code}", fallback, **{"words": "、".join(words), **dict(params)})
    return ReasonView(kind, said, tuple([word for word in words if word not in said.zh]))
