"""The date of a document: what its lines state, what its title and file name let one infer, what its text speaks of.

A date is stated only by a field or a line of its own; whatever is found in a sentence is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as day_of
from typing import NamedTuple
from unicodedata import normalize

from mapper.corpus.figures import periods_in
from mapper.corpus.patterns import any_of
from mapper.letters import in_figures, numeral
from mapper.model import DateBasis
from mapper.rules import rules

_Y, _M, _D = r"((?:19|20)\d{2})", r"(1[0-2]|0?[1-9])", r"(3[01]|[12]\d|0?[1-9])"
_DAY = re.compile(rf"(?<!\d){_Y}\s*(?:年\s*{_M}\s*月\s*{_D}|([-/.])\s?{_M}\s?\4\s?{_D})(?!\d)")
_MONTH_ALONE = re.compile(rf"{_Y}\s*年\s*{_M}\s*月")
_MONTH_LAST = re.compile(rf"(?:^|[\s·|｜]){_Y}(?:[-/.](?=\d\d)|\s*年\s*(?=\d+\s*月)){_M}(?:\s*月)?\s*$")
"""A month at the end of a line, behind a source or by itself."""
_SHORT_DAY = re.compile(r"(?<![\d.-])(\d{2})([-/.])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=\s+\d{1,2}:\d{2})")
"""A day whose year has two figures: the hour behind it says that it is one."""
_LEADING = 4
"""Lines at the beginning, among which a day without a year may be that of the document."""
_MONTH_OR_DAY = re.compile(rf"\s*{_Y}\s*年\s*{_M}\s*月(?:\s*{_D}\s*日)?")
_BEGUN = re.compile(r"[，,]|是|以来|度?，|\s*$")
"""Behind a year that a sentence is about: «2023年，», «2023年是», and not «2030年前»."""
_COARSE = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")
_TO = r"\s*[-—–－~～至到]+\s*"
_RANGE = re.compile(
    rf"(?<!\d){_Y}\s*[年./-]\s*{_M}\s*[月./-]\s*{_D}\s*日?{_TO}(?:{_Y}\s*[年./-]\s*)?{_M}\s*[月./-]\s*{_D}(?!\d)"
)
_YEAR_IN_WORDS = re.compile(rf"(?<!\d){_Y}\s*年\s*")
_MONTH = re.compile(rf"(?:(?:1[0-2]|0?[1-9])\s*(?:月(?:份)?)?{_TO})?{_M}\s*月(?:\s*{_D}\s*日)?")
"""Behind a year: a month or a day, or the last of several months."""
_PARTS = ("quarter", "half", "year-end", "year-named", "since")
"""The rules for what else may stand behind a year and name a part of it."""
_YEAR = re.compile(rf"(?<!\d){_Y}\s*(?:年|(?=年?度)|(?=[ _-]?(?:annual|esg|csr|ar)(?![a-z])))", re.IGNORECASE)
_FROM = re.compile(rf"(?:19|20)\d{{2}}\s*+年?度?(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?)?{_TO}$")
"""The beginning of a range, whose end is no plan."""
_NAMED = any_of(
    rf"(?<!\d){_Y}[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)",
    r"(?<!\d)((?:19|20)\d{2})[-_.](0[1-9]|1[0-2])(?!\d)",
)
_HAN_YEAR = re.compile(r"[一二][〇○Ｏ零九][〇○Ｏ零一二三四五六七八九]{2}(?=\s*年)")
_FORMAL_YEAR = re.compile(r"[壹贰][零壹贰叁肆伍陆柒捌玖]{3}(?=\s*年)")
_FORMAL = str.maketrans("零壹贰叁肆伍陆柒捌玖拾", "〇一二三四五六七八九十")
"""Digits as they are written where nobody shall change them."""
_HAN_NUMBER = re.compile(
    r"(?:(?<=年)|(?<=年\s)|(?<=[至到—－-])|(?<=月))(\s*)([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"(?=\s*(?:月|日|[至到—－-]\s*[一二三四五六七八九十]{1,3}\s*月))"
)
_RESIDUE = 30
"""Characters beside a date in a line that is there for the date: a place, a source, a number of the issue."""
_NUMBER = re.compile(r"[〔【（(\[]((?:19|20)\d{2})[〕】）)\]]\s*第?\s*\d{1,5}\s*号")
_AMOUNT = re.compile(r"\d,\d{3}|\d\.\d\d|%|[万亿]元")
_HAN_AFTER = re.compile(r"[日号]?+[\u3400-\u9fff]")
_NO_LINE = re.compile(r"[。；，！？]")
_CLAUSE_END = re.compile("[。；，]")
_HEADS_LENGTH = 300
"""Characters of a row of heads at most."""
_AROUND = 60
"""Characters on either side of a date in which a word says whether it is past."""
_TEMPLATES = frozenset({
    "2013-12-23", "2006-09-16", "2006-09-13", "2015-06-05", "1996-10-14", "1996-12-17",
    "2000-01-01", "1970-01-01", "1980-01-01", "1899-12-30", "1900-01-01", "1904-01-01",
})
"""Days that programs and libraries write into files which nobody dated."""


class _Said(NamedTuple):
    """A date in a text. ``by``: what it is: a range, a month, or the rule of a part of a year."""

    start: int
    end: int
    date: str
    by: str


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

    In this order: its field, its line of publication, its signature, a sentence on its own publication, a day without a year at its
    head, the period of its title, cover, or file name, the latest date that it speaks of as past, heads its columns with or is
    numbered by, and what its file says of itself.
    """
    head, tail = [ascii_dates(line) for line in head], [ascii_dates(line) for line in tail]
    if own := _stated_date(stated):
        return own, "stated"
    spoken = [ascii_dates(text) for text in texts]
    period = _period(ascii_dates(title), *head[:6]) or _covered(spoken)
    if line := _published([*head, *tail]) or _signed(head, tail, period):
        return line, "stated"
    name = ascii_dates(path.rpartition("/")[2].rpartition(".")[0])
    named, latest = _in_name(name), _latest_mention(spoken, _columns(title, spoken))
    year = (_in_name(url) or "")[:4]
    known = max((date for date in (period, latest, year, (named or "")[:4]) if date), default=None)
    latest = max(filter(None, (_numbered(head), latest)), default=None)
    for guess in (_put_out(spoken), _yearless(spoken[:_LEADING], known), period, named, latest, _made(file_date)):
        if guess:
            return guess, "inferred"
    return None, "unknown"


def _numbered(head: Sequence[str]) -> str | None:
    """The year in the number that an authority gives a document, in a line of its own: 禾监罚决字〔2021〕35号."""
    found = (_NUMBER.search(line) for line in head if len(line) <= _RESIDUE + 10 and not _NO_LINE.search(line))
    return max((match.group(1) for match in found if match), default=None)


def is_dateline(text: str) -> bool:
    """Whether a line is there for its date: with its source, its hour or its place, and nothing else."""
    line = ascii_dates(text)
    short = len(line) <= _RESIDUE + 10 and not _NO_LINE.search(line)
    return _alone(line) is not None or (short and bool(rules("dates")["day-without-year"].pattern.match(line)))


def ascii_dates(text: str) -> str:
    """A text whose dates are written in digits: 二〇二四年三月二十九日 → 2024年3月29日, 2024年一至六月 → 2024年1至6月."""
    if "年" not in text:
        return text
    if _FORMAL_YEAR.search(text):
        text = text.translate(_FORMAL).replace("年〇", "年").replace("月〇", "月")
    text = _HAN_YEAR.sub(lambda match: in_figures(match.group()), text)
    return _HAN_NUMBER.sub(lambda match: match.group(1) + str(numeral(match.group(2))), text)


def _stated_date(text: str) -> str | None:
    """A date in a field of its own, which may be as coarse as a year."""
    text = normalize("NFKC", text)
    return _day(text) or (text if _COARSE.fullmatch(text) else None)


def _made(text: str) -> str | None:
    """The day on which a file was made, unless a program put its own there."""
    day = _stated_date(text)
    return None if day is None or day in _TEMPLATES or day < "1995" else day


def _iso(year: str, month: str | None = None, day: str | None = None) -> str:
    """A date in its own precision; the month of a day that no calendar has."""
    if not month or not day:
        return f"{int(year)}" + (f"-{int(month):02}" if month else "")
    try:
        return day_of(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return f"{int(year)}-{int(month):02}"


def _day(text: str) -> str | None:
    match = _DAY.search(text)
    if not match:
        return None
    year, month, day, _, other_month, other_day = match.groups()
    return _iso(year, month or other_month, day or other_day)


def _published(lines: Sequence[str]) -> str | None:
    """The date of a line that calls it the date of publication."""
    rule = rules("dates")["published"].pattern
    return next((day for text in lines if (label := rule.search(text)) and (day := _day(text[label.end() :]))), None)


def _signed(head: Sequence[str], tail: Sequence[str], period: str | None) -> str | None:
    """The date of a line with little else: under the title, or of a signature; none that is older than the period."""
    lines = [*head, *reversed(tail)]
    dates = [day for text in lines if (day := _alone(text)) and (period is None or day[:4] >= period[:4])]
    return dates[0] if dates else None


def _alone(text: str) -> str | None:
    if len(text) > 60 or _NO_LINE.search(text) or rules("dates")["no-own-date"].pattern.search(text):
        return None
    if month := _MONTH_ALONE.fullmatch(text.strip()):
        return _iso(*month.groups())
    if month := _MONTH_LAST.search(text):
        beside = text[: month.start()]
        sentence = _AMOUNT.search(beside) or rules("dates")["in-sentence"].pattern.search(beside)
        return None if sentence or len("".join(beside.split())) > _RESIDUE else _iso(*month.groups())
    text = _SHORT_DAY.sub(r"20\1-\3-\4", text)
    match = _DAY.search(text)
    if match is None or _RANGE.search(text) or rules("dates")["in-sentence"].pattern.search(text[: match.start()]):
        return None
    if _HAN_AFTER.match(text, match.end()) and not rules("dates")["dateline"].pattern.match(text[match.end() :]):
        return None
    beside = "".join((text[: match.start()] + text[match.end() :]).split())
    return None if len(beside) > _RESIDUE or _AMOUNT.search(beside) else _day(text)


def _period(*lines: str) -> str | None:
    """The end of the period that a title or a cover names."""
    report, plan = rules("dates")["report"].pattern, rules("dates")["plan-title"].pattern
    for text in lines:
        if len(text) > 60 or _NO_LINE.search(text) or plan.search(text):
            continue
        ends = [said.date for said in _ranges(text) if not _of_others(text, said)]
        if report.search(text) and not ends:
            ends = [said.date for said in _mentions(text)]
            ends = ends or [f"{match.group(1)}-12" for match in _YEAR.finditer(text)]
        if ends:
            return max(ends)
    return None


def _covered(texts: Sequence[str]) -> str | None:
    """The end of the period that a sentence says the report covers: «报告期：2022年1月1日至12月31日»."""
    rule = rules("dates")["period"].pattern
    for text in texts:
        for label in rule.finditer(text):
            match = _RANGE.match(text, label.end())
            if match:
                return _end(match)
    return None


def _put_out(texts: Sequence[str]) -> str | None:
    """When a sentence says that the report in hand was published: «本报告于2025年5月发布»."""
    lead, verb = rules("dates")["own-publication"].pattern, rules("dates")["put-out"].pattern
    for text in texts:
        for label in lead.finditer(text):
            if (match := _MONTH_OR_DAY.match(text, label.end())) and verb.match(text[match.end() :]):
                return _iso(*match.groups())
    return None


def _in_name(name: str) -> str | None:
    """The date or the period in the name of a file."""
    for match in _NAMED.finditer(name):
        year, month, day, other_year, other_month = match.groups()
        return _iso(year or other_year, month or other_month, day)
    if rules("dates")["plan-title"].pattern.search(name):
        return None
    ends = [said.date for said in _mentions(name)]
    return max(ends or [f"{match.group(1)}-12" for match in _YEAR.finditer(name)], default=None)


def _yearless(texts: Sequence[str], known: str | None) -> str | None:
    """The day at the head of a document that leaves out its year: the first such day that is not before ``known``."""
    known_as = [rules("dates")[id].pattern for id in ("day-without-year", "day-of-story")]
    found = next((match for text in texts for rule in known_as if (match := rule.match(text))), None)
    if found is None or known is None:
        return None
    year, month, day = known[:4], found.group("month"), found.group("day")
    before = _iso(year, month, day)[: len(known)] < known
    return _iso(str(int(year) + before), month, day)


def _columns(title: str, texts: Sequence[str]) -> str:
    """The end of the latest period by which columns of figures are headed, unless the document is a plan; "" where none are."""
    if rules("dates")["plan-title"].pattern.search(title):
        return ""
    heads = [head for text in texts if len(text) <= _HEADS_LENGTH for head in periods_in(text)]
    return max((_day(head) or max((said.date for said in _mentions(head)), default=f"{head[:4]}-12") for head in heads), default="")


def _latest_mention(texts: Iterable[str], latest: str = "") -> str | None:
    """The latest date that the text speaks of as past, in the precision it has: the document cannot be older.

    ``latest``: one that is known. A year that is merely named counts against an older one, and dates nothing by itself.
    """
    before, after = rules("dates")["plan-before"].pattern, rules("dates")["plan-after"].pattern
    year = bare = ""
    for text in texts:
        if "年" not in text:
            continue
        terms: list[_Said] = []
        for said in (*_ranges(text), *_mentions(text)):
            lead = text[max(0, said.start - 18) : said.start]
            planned = said.by != "range" and not _FROM.search(lead) and before.search(lead[-4:]) and not _reached(text, said)
            if _of_others(text, said):
                terms.append(said)
                continue
            if planned or any(term.start <= said.start < term.end for term in terms) or after.match(text[said.end : said.end + 4]):
                continue
            if said.by == "year-named":
                year = max(year, said.date)
            else:
                latest = max(latest, said.date)
        bare = max([bare, *_bare_years(text)])
    known = year if year[:4] > latest[:4] else latest
    return (bare if known and bare > known[:4] else known) or None


def _reached(text: str, said: _Said) -> bool:
    """Whether what a sentence says of the time up to a date is done: «到2023年6月末，已走访三千户»."""
    sentence, rule = _sentence(text, said.start, said.end), rules("dates")
    told = bool(rule["reached"].pattern.search(sentence)) and not rule["ahead"].pattern.search(sentence)
    return told and text[max(0, said.start - 4) : said.start].rstrip().endswith("到")


def _bare_years(text: str) -> Iterator[str]:
    """Years without a month that sentences name as past or present: «2023年，本行», «2023年是成立十周年»."""
    before, ahead = rules("dates")["plan-before"].pattern, rules("dates")["ahead"].pattern
    for match in _YEAR_IN_WORDS.finditer(text):
        if not _BEGUN.match(text, match.end()) or any(_part(name, text, match.end()) for name in _PARTS):
            continue
        if not before.search(text[max(0, match.start() - 4) : match.start()]) and not ahead.search(_sentence(text, *match.span())):
            yield match.group(1)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place of a text, as far as it may matter."""
    lead, follow = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return lead.rpartition("。")[2] + text[start:end] + follow.partition("。")[0]


def _of_others(text: str, said: _Said) -> bool:
    """Whether a date is the end of a term, the day of a foundation or of a contract: it tells nothing of when one writes."""
    lead, follow = text[max(0, said.start - 18) : said.start], text[said.end : said.end + 40]
    rule = rules("dates")
    if any(rule[one].pattern.search(lead) for one in ("deadline", "founded")):
        return True
    if rule["founded-then"].pattern.search(follow):
        clause = lead + _CLAUSE_END.split(follow, maxsplit=1)[0]
        return rule["branch"].pattern.search(clause) is None
    signed = rule["contract"].pattern.search(follow.partition("。")[0])
    return signed is not None and rule["customer"].pattern.search(lead[-8:] + follow[: signed.end()]) is not None


def _ranges(text: str) -> Iterator[_Said]:
    """The ranges of days in a text, each with its last day."""
    return (_Said(*match.span(), _end(match), "range") for match in _RANGE.finditer(text))


def _mentions(text: str) -> Iterator[_Said]:
    """The years in a text that a month, a quarter, a half, or words for the whole year follow, in the precision they have."""
    for year in _YEAR_IN_WORDS.finditer(text):
        start, at = year.span()
        if month := _MONTH.match(text, at):
            yield _Said(start, month.end(), _iso(year.group(1), *month.groups()), "month")
        elif part := next((found for name in _PARTS if (found := _part(name, text, at))), None):
            name, month_, end = part
            yield _Said(start, end, "-".join(filter(None, (year.group(1), month_))), name)


def _part(name: str, text: str, at: int) -> tuple[str, str, int] | None:
    """The rule of a part of a year, its last month, and its end, where the part stands at a place of a text."""
    rule = rules("dates")[name]
    match = rule.pattern.match(text, at)
    if match is None:
        return None
    if name == "quarter":
        number = re.sub(r"[前第季度\s]", "", match.group())
        return name, f"{3 * ('一二三四'.find(number) + 1 or int(number)):02}", match.end()
    return name, rule.gives["month"], match.end()


def _end(match: re.Match[str]) -> str:
    """The last day of a range."""
    year, _, _, other, month, day = match.groups()
    return _iso(other or year, month, day)
