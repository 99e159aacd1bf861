"""The date of a document: what its lines state, what its title and file name let one infer, what its text speaks of.

A date is stated only by a field or a line of its own; whatever is found in a sentence is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from mapper.corpus.datewords import (
    DAY,
    MONTH,
    NO_LINE,
    RANGE,
    YEAR,
    alone,
    ascii_dates,
    compact,
    day_in,
    end_of,
    iso,
    mentions,
    ranges,
)
from mapper.corpus.figures import periods_in
from mapper.corpus.pastdates import latest_mention, of_others
from mapper.corpus.patterns import any_of
from mapper.model import DateBasis
from mapper.rules import pattern

_LEADING = 4
"""Lines at the beginning, among which a day without a year may be that of the document."""
_MONTH_OR_DAY = re.compile(rf"\s*{YEAR}\s*年\s*{MONTH}\s*月(?:\s*{DAY}\s*日)?")
_COARSE = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")
_YEAR = re.compile(rf"(?<!\d){YEAR}\s*(?:年|(?=年?度)|(?=[ _-]?(?:annual|esg|csr|ar)(?![a-z])))", re.IGNORECASE)
_NAMED = any_of(
    rf"(?<!\d){YEAR}[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)",
    r"(?<!\d)((?:19|20)\d{2})[-_.](0[1-9]|1[0-2])(?!\d)",
)
_NUMBER = re.compile(
    r"[（(]?\s*(?:(?:文|编)号\s*[：:]\s*)?(?!落实|根据|转发|按照|关于)[\u3400-\u9fff]{2,14}\s*[〔【（(\[]((?:19|20)\d{2})[〕】）)\]]"
    r"\s*第?\s*\d{1,5}\s*号\s*[）)]?"
)
_BRACKETED = re.compile(r"\s*[（(]\s*([^（()）]{4,20}?)\s*[)）]\s*")
_HEADS_LENGTH = 300
"""Characters of a row of heads at most."""
_TEMPLATES = frozenset({
    "2013-12-23", "2006-09-16", "2006-09-13", "2015-06-05", "1996-10-14", "1996-12-17",
    "2000-01-01", "1970-01-01", "1980-01-01", "1899-12-30", "1900-01-01", "1904-01-01",
})
"""Days that programs and libraries write into files which nobody dated."""


def document_date(
    stated: str,
    file_date: str,
    title: str,
    path: str,
    head: Sequence[str],
    tail: Sequence[str],
    texts: Iterable[str],
    url: str = "",
) -> tuple[str | None, DateBasis]:
    """The date of a document and how it is known; ``head`` and ``tail`` are its short lines at both ends.

    In this order: its field, its line of publication, its signature, a sentence on its own publication, a day without marks or
    without a year at its head, the period of its title, cover, or file name, the latest date that it speaks of as past, heads
    its columns with or is numbered by, the number of a decision that it names, and what its file says of itself.
    """
    head, tail = [_bare(ascii_dates(line)) for line in head], [_bare(ascii_dates(line)) for line in tail]
    if own := _stated_date(stated):
        return own, "stated"
    spoken = [ascii_dates(text) for text in texts]
    period = _period(ascii_dates(title), *head[:6]) or _covered(spoken)
    if line := _published([*head, *tail]) or _signed(head, tail, period):
        return line, "stated"
    name = ascii_dates(path.rpartition("/")[2].rpartition(".")[0])
    named, latest = _in_name(name), latest_mention(spoken, _columns(title, spoken))
    year = (_in_name(url) or "")[:4]
    known = max((date for date in (period, latest, year, (named or "")[:4]) if date), default=None)
    latest = max(filter(None, (_numbered(head), latest)), default=None)
    unmarked = _unmarked([title, *head], tail, period)
    day = _yearless(spoken[:_LEADING], known)
    for guess in (_put_out(spoken), unmarked, day, period, named, latest, _decided(spoken), _made(file_date)):
        if guess:
            return guess, "inferred"
    return None, "unknown"


def _bare(line: str) -> str:
    """A line without the brackets that stand around all of it: （2024年4月）."""
    match = _BRACKETED.fullmatch(line)
    return match.group(1) if match else line


def _numbered(head: Sequence[str]) -> str | None:
    """The year in the number that an authority gives a document, in a line of its own: 禾监罚决字〔2021〕35号."""
    found = (_NUMBER.fullmatch(line.strip()) for line in head)
    return max((match.group(1) for match in found if match), default=None)


def _decided(texts: Sequence[str]) -> str | None:
    """The latest year in the numbers of the decisions that sentences name; only who writes after a decision can name it."""
    rule = pattern("dates", "decision")
    return max((text[match.end() : match.end() + 4] for text in texts for match in rule.finditer(text)), default=None)


def _unmarked(head: Sequence[str], tail: Sequence[str], period: str | None) -> str | None:
    """The day that a line is, or that the first begins with, written without marks; none that is older than the period."""
    lines = (*((line, number < 2) for number, line in enumerate(head)), *((line, False) for line in reversed(tail)))
    days = (compact(line, first=first) for line, first in lines)
    return next((day for day in days if day and (period is None or day[:4] >= period[:4])), None)


def _stated_date(text: str) -> str | None:
    """A date in a field of its own, which may be as coarse as a year."""
    text = normalize("NFKC", text)
    return day_in(text) or (text if _COARSE.fullmatch(text) else None)


def _made(text: str) -> str | None:
    """The day on which a file was made, unless a program put its own there."""
    day = _stated_date(text)
    return None if day is None or day in _TEMPLATES or day < "1995" else day


def _published(lines: Sequence[str]) -> str | None:
    """The date of a line that calls it the date of publication."""
    rule = pattern("dates", "published")
    return next((day for text in lines if (label := rule.search(text)) and (day := day_in(text[label.end() :]))), None)


def _signed(head: Sequence[str], tail: Sequence[str], period: str | None) -> str | None:
    """The date of a line with little else: under the title, or of a signature; none that is older than the period."""
    lines = [*head, *reversed(tail)]
    dates = [day for text in lines if (day := alone(text)) and (period is None or day[:4] >= period[:4])]
    return dates[0] if dates else None


def _period(*lines: str) -> str | None:
    """The end of the period that a title or a cover names."""
    report, plan = pattern("dates", "report"), pattern("dates", "plan-title")
    for text in lines:
        if len(text) > 60 or NO_LINE.search(text) or plan.search(text):
            continue
        ends = [said.date for said in ranges(text) if not of_others(text, said)]
        if report.search(text) and not ends:
            ends = [said.date for said in mentions(text)]
            ends = ends or [f"{match.group(1)}-12" for match in _YEAR.finditer(text)]
        if ends:
            return max(ends)
    return None


def _covered(texts: Sequence[str]) -> str | None:
    """The end of the period that a sentence says the report covers: «报告期：2022年1月1日至12月31日»."""
    rule = pattern("dates", "period")
    for text in texts:
        for label in rule.finditer(text):
            match = RANGE.match(text, label.end())
            if match:
                return end_of(match)
    return None


def _put_out(texts: Sequence[str]) -> str | None:
    """When a sentence says that the report in hand was published: «本报告于2025年5月发布»."""
    lead, verb = pattern("dates", "own-publication"), pattern("dates", "put-out")
    for text in texts:
        for label in lead.finditer(text):
            if (match := _MONTH_OR_DAY.match(text, label.end())) and verb.match(text[match.end() :]):
                return iso(*match.groups())
    return None


def _in_name(name: str) -> str | None:
    """The date or the period in the name of a file."""
    for match in _NAMED.finditer(name):
        year, month, day, other_year, other_month = match.groups()
        return iso(year or other_year, month or other_month, day)
    if pattern("dates", "plan-title").search(name):
        return None
    ends = [said.date for said in mentions(name)]
    return max(ends or [f"{match.group(1)}-12" for match in _YEAR.finditer(name)], default=None)


def _yearless(texts: Sequence[str], known: str | None) -> str | None:
    """The day at the head of a document that leaves out its year: the first such day that is not before ``known``."""
    known_as = [pattern("dates", id) for id in ("day-without-year", "day-of-story")]
    found = next((match for text in texts for rule in known_as if (match := rule.match(text))), None)
    if found is None or known is None:
        return None
    year, month, day = known[:4], found.group("month"), found.group("day")
    before = iso(year, month, day)[: len(known)] < known
    return iso(str(int(year) + before), month, day)


def _columns(title: str, texts: Sequence[str]) -> str:
    """The end of the latest period by which columns of figures are headed, unless the document is a plan; "" where none are."""
    if pattern("dates", "plan-title").search(title):
        return ""
    heads = [head for text in texts if len(text) <= _HEADS_LENGTH for head in periods_in(text)]
    return max((day_in(head) or max((said.date for said in mentions(head)), default=f"{head[:4]}-12") for head in heads), default="")
