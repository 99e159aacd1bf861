"""Days, months, ranges and parts of years as texts write them, and lines that are there for a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date as day_of
from datetime import timedelta
from typing import NamedTuple

from mapper.letters import in_figures, numeral
from mapper.rules import pattern, rules

YEAR, MONTH, DAY = r"((?:19|20)\d{2})", r"(1[0-2]|0?[1-9])", r"(3[01]|[12]\d|0?[1-9])"
"""Patterns of the parts of a date in figures, each a group."""
_DAY = re.compile(rf"(?<!\d){YEAR}\s*(?:年\s*{MONTH}\s*月\s*{DAY}|([-/.])\s?{MONTH}\s?\4\s?{DAY})(?!\d)")
_MONTH_ALONE = re.compile(rf"{YEAR}\s*年\s*{MONTH}\s*月")
_MONTH_LAST = re.compile(rf"(?:^|[\s·|｜]){YEAR}(?:[-/.](?=\d\d)|\s*年\s*(?=\d+\s*月)){MONTH}(?:\s*月)?\s*$")
"""A month at the end of a line, behind a source or by itself."""
_SHORT_DAY = re.compile(r"(?<![\d.-])(\d{2})([-/.])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=\s+\d{1,2}:\d{2})")
"""A day whose year has two figures: the hour behind it says that it is one."""
TO = r"\s*[-—–－~～至到]+\s*"
"""Between the two ends of a range."""
RANGE = re.compile(
    rf"(?<!\d){YEAR}\s*[年./-]\s*{MONTH}\s*[月./-]\s*{DAY}\s*日?{TO}(?:{YEAR}\s*[年./-]\s*)?{MONTH}\s*[月./-]\s*{DAY}(?!\d)"
)
YEAR_IN_WORDS = re.compile(rf"(?<!\d){YEAR}\s*年\s*")
"""2024年."""
_MONTH = re.compile(rf"(?:(?:1[0-2]|0?[1-9])\s*(?:月(?:份)?)?{TO})?{MONTH}\s*月(?:\s*{DAY}\s*日)?")
"""Behind a year: a month or a day, or the last of several months."""
PARTS = ("quarter", "half", "year-end", "year-named", "since")
"""The rules for what else may stand behind a year and name a part of it."""
_WEEK = re.compile(r"第\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*[周週](?![岁年末])")
"""Behind a year: the number of a week."""
_COMPACT = re.compile(rf"(?:来源\s*[:：]\s*[^\d，。；]{{2,16}}|\s*){YEAR}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\s*")
"""A day without marks, by itself or behind a source."""
_HAN_YEAR = re.compile(r"[一二][〇○Ｏ零九][〇○Ｏ零一二三四五六七八九]{2}(?=\s*年)")
_FORMAL_YEAR = re.compile(r"[壹贰][零壹贰叁肆伍陆柒捌玖]{3}(?=\s*年)")
_FORMAL = str.maketrans("零壹贰叁肆伍陆柒捌玖拾", "〇一二三四五六七八九十")
"""Digits as they are written where nobody shall change them."""
_HAN_NUMBER = re.compile(
    r"(?:(?<=年)|(?<=年\s)|(?<=[至到—－-])|(?<=月))(\s*)([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"(?=\s*(?:月|日|[至到—－-]\s*[一二三四五六七八九十]{1,3}\s*月))"
)
RESIDUE = 30
"""Characters beside a date in a line that is there for the date: a place, a source, a number of the issue."""
_AMOUNT = re.compile(r"\d,\d{3}|\d\.\d\d|%|[万亿]元")
_HAN_AFTER = re.compile(r"[日号]?+[\u3400-\u9fff]")
NO_LINE = re.compile(r"[。；，！？]")
"""What a line that is there for a date does not hold."""


class DateMention(NamedTuple):
    """A date in a text. ``by``: what it is: a range, a month, or the rule of a part of a year."""

    start: int
    end: int
    date: str
    by: str


def is_dateline(text: str) -> bool:
    """Whether a line is there for its date: with its source, its hour or its place, and nothing else."""
    line = ascii_dates(text)
    short = len(line) <= RESIDUE + 10 and not NO_LINE.search(line)
    return alone(line) is not None or (short and bool(pattern("dates", "day-without-year").match(line)))


def ascii_dates(text: str) -> str:
    """A text whose dates are written in digits: 二〇二四年三月二十九日 → 2024年3月29日, 2024年一至六月 → 2024年1至6月."""
    if "年" not in text:
        return text
    if _FORMAL_YEAR.search(text):
        text = text.translate(_FORMAL).replace("年〇", "年").replace("月〇", "月")
    text = _HAN_YEAR.sub(lambda match: in_figures(match.group()), text)
    return _HAN_NUMBER.sub(lambda match: match.group(1) + str(numeral(match.group(2))), text)


def iso(year: str, month: str | None = None, day: str | None = None) -> str:
    """A date in its own precision; the month of a day that no calendar has."""
    if not month or not day:
        return f"{int(year)}" + (f"-{int(month):02}" if month else "")
    try:
        return day_of(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return f"{int(year)}-{int(month):02}"


def day_in(text: str) -> str | None:
    """The first day that a text writes in figures."""
    match = _DAY.search(text)
    if not match:
        return None
    year, month, day, _, other_month, other_day = match.groups()
    return iso(year, month or other_month, day or other_day)


def alone(text: str) -> str | None:
    """The day or month of a line with little else; None for a sentence, and for the day of something else."""
    if len(text) > 60 or NO_LINE.search(text) or pattern("dates", "no-own-date").search(text):
        return None
    if month := _MONTH_ALONE.fullmatch(text.strip()):
        return iso(*month.groups())
    if month := _MONTH_LAST.search(text):
        beside = text[: month.start()]
        sentence = _AMOUNT.search(beside) or pattern("dates", "in-sentence").search(beside)
        return None if sentence or len("".join(beside.split())) > RESIDUE else iso(*month.groups())
    text = _SHORT_DAY.sub(r"20\1-\3-\4", text)
    match = _DAY.search(text)
    if match is None or RANGE.search(text) or pattern("dates", "in-sentence").search(text[: match.start()]):
        return None
    if _HAN_AFTER.match(text, match.end()) and not pattern("dates", "dateline").match(text[match.end() :]):
        return None
    beside = "".join((text[: match.start()] + text[match.end() :]).split())
    return None if len(beside) > RESIDUE or _AMOUNT.search(beside) else day_in(text)


def compact(line: str, *, first: bool = False) -> str | None:
    """The day of a line that is a day without marks, 20201205; of the ``first`` line, also one that stands before its words."""
    match = _COMPACT.match(line)
    if match is None or (match.end() < len(line) and not (first and line[match.end() - 1].isspace())):
        return None
    day = iso(*match.groups())
    return day if len(day) == 10 else None


def ranges(text: str) -> Iterator[DateMention]:
    """The ranges of days in a text, each with its last day."""
    return (DateMention(*match.span(), end_of(match), "range") for match in RANGE.finditer(text))


def mentions(text: str) -> Iterator[DateMention]:
    """The years in a text that a month, a quarter, a half, or words for the whole year follow, in the precision they have."""
    for year in YEAR_IN_WORDS.finditer(text):
        start, at = year.span()
        if month := _MONTH.match(text, at):
            yield DateMention(start, month.end(), iso(year.group(1), *month.groups()), "month")
        elif week := _WEEK.match(text, at):
            yield DateMention(start, week.end(), _month_of_week(year.group(1), week.group(1)), "week")
        elif of_year := next((found for name in PARTS if (found := part(name, text, at))), None):
            name, month_, end = of_year
            yield DateMention(start, end, "-".join(filter(None, (year.group(1), month_))), name)


def _month_of_week(year: str, number: str) -> str:
    """The month in which a week of a year begins; the year of a week that it does not have."""
    week = numeral(number)
    if week is None or not 1 <= week <= 53:
        return year
    begins = day_of(int(year), 1, 1) + timedelta(weeks=week - 1)
    return iso(year, str(begins.month))


def part(name: str, text: str, at: int) -> tuple[str, str, int] | None:
    """The rule of a part of a year, its last month, and its end, where the part stands at a place of a text."""
    rule = rules("dates")[name]
    match = rule.pattern.match(text, at)
    if match is None:
        return None
    if name == "quarter":
        number = re.sub(r"[前第季度\s]", "", match.group())
        return name, f"{3 * ('一二三四'.find(number) + 1 or int(number)):02}", match.end()
    return name, rule.gives["month"], match.end()


def end_of(match: re.Match[str]) -> str:
    """The last day of a range."""
    year, _, _, other, month, day = match.groups()
    return iso(other or year, month, day)
