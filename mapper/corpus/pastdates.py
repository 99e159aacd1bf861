"""The latest date that a text speaks of as past: its document cannot be older."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mapper.corpus.datewords import PARTS, TO, YEAR_IN_WORDS, DateMention, mentions, part, ranges
from mapper.rules import pattern, rules

_BEGUN = re.compile(r"[，,]|是|以来|度?，|\s*$")
"""Behind a year that a sentence is about: «2023年，», «2023年是», and not «2030年前»."""
_FROM = re.compile(rf"(?:19|20)\d{{2}}\s*+年?度?(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?)?{TO}$")
"""The beginning of a range, whose end is no plan."""
_UNTIL = re.compile(TO + r"\d")
"""Behind the beginning of a range."""
_CLAUSE_END = re.compile("[。；，]")
_AROUND = 60
"""Characters on either side of a date in which a word says whether it is past."""


def latest_mention(texts: Iterable[str], latest: str = "") -> str | None:
    """The latest date that the text speaks of as past, in the precision it has: the document cannot be older.

    ``latest``: one that is known. A year that is merely named counts against an older one, and dates nothing by itself.
    """
    before, after = pattern("dates", "plan-before"), pattern("dates", "plan-after")
    year = bare = ""
    for text in texts:
        if "年" not in text:
            continue
        terms: list[DateMention] = []
        for said in (*ranges(text), *mentions(text)):
            lead = text[max(0, said.start - 18) : said.start]
            planned = said.by != "range" and not _FROM.search(lead) and before.search(lead[-4:]) and not _reached(text, said)
            if of_others(text, said):
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


def _reached(text: str, said: DateMention) -> bool:
    """Whether what a sentence says of the time up to a date is done: «到2023年6月末，已走访三千户»."""
    sentence, rule = _sentence(text, said.start, said.end), rules("dates")
    told = bool(rule["reached"].pattern.search(sentence)) and not rule["ahead"].pattern.search(sentence)
    return told and text[max(0, said.start - 4) : said.start].rstrip().endswith("到")


def _bare_years(text: str) -> Iterator[str]:
    """Years without a month that sentences name as past or present: «2023年，本行», «2023年是成立十周年»."""
    before, ahead = pattern("dates", "plan-before"), pattern("dates", "ahead")
    for match in YEAR_IN_WORDS.finditer(text):
        if not _BEGUN.match(text, match.end()) or any(part(name, text, match.end()) for name in PARTS):
            continue
        if not before.search(text[max(0, match.start() - 4) : match.start()]) and not ahead.search(_sentence(text, *match.span())):
            yield match.group(1)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place of a text, as far as it may matter."""
    lead, follow = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return lead.rpartition("。")[2] + text[start:end] + follow.partition("。")[0]


def of_others(text: str, said: DateMention) -> bool:
    """Whether a date is the end of a term or of punished conduct, the day of a foundation or of a contract: it tells nothing of when
    one writes."""
    lead, follow = text[max(0, said.start - 18) : said.start], text[said.end : said.end + 40]
    rule = rules("dates")
    if any(rule[one].pattern.search(lead) for one in ("deadline", "founded")):
        return True
    spans = said.by == "range" or _FROM.search(text[max(0, said.start - 18) : said.start]) or _UNTIL.match(text, said.end)
    if spans and rule["conduct"].pattern.search(_sentence(text, said.start, said.end)):
        return True
    if rule["founded-then"].pattern.search(follow):
        clause = lead + _CLAUSE_END.split(follow, maxsplit=1)[0]
        return rule["branch"].pattern.search(clause) is None
    signed = rule["contract"].pattern.search(follow.partition("。")[0])
    return signed is not None and rule["customer"].pattern.search(lead[-8:] + follow[: signed.end()]) is not None
