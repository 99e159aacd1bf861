"""What an official text says of itself: title, issuer, number, days."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from itertools import pairwise

from mapper.drafting.outline import SIGNED, Clause, Outline, signed
from mapper.letters import in_figures, numeral
from mapper.rules import pattern, rules

_LONGEST = 80
"""Characters of a line that may be a title."""
_FIRST = 3
"""Lines among which a letterhead stands."""
_SHORT = 2
"""Characters of the name of an authority, at least: what is shorter are letters set apart."""
_DAY = re.compile(r"(\d{4})\s*[年-]\s*(\d{1,2})\s*[月-]\s*(\d{1,2})")
_WRITTEN = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_SENTENCE = re.compile(r"[^。；]+[。；]?")


@dataclass(frozen=True)
class Head:
    """What a text says of itself; what it does not say is empty. Days are ISO 8601."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    issued: str = ""
    published: str = ""
    effective: str = ""
    expires: str = ""
    term: str = ""
    """The words that say how long it is in force, where no last day follows from them."""


def head(text: Outline) -> Head:
    """Read title, issuer, number and days from what stands before the first clause, behind the last, and in the last."""
    found = rules("official")
    lines = text.head
    title, handed = _title(lines)
    whole = [*lines, *(f"{one}{after}" for one, after in pairwise(lines) if found["order"].pattern.match(one[-1:]))]
    number = next((hit.group() for line in whole if (hit := found["number"].pattern.search(line))), "")
    names, day = _signature(lines) or _signature(text.foot) or ((), "")
    issued = day or _field("issued", (*lines, *text.foot)) or _beside(number, lines)
    published = _field("published", (*lines, *text.foot))
    force = _force(text)
    effective = (_day(force) or published or issued) if force else ""
    issuer = "、".join(names or _labelled(lines) or _apart(_before(handed or title, number)) or _headed(lines))
    return Head(title, issuer, re.sub(r"\s+", "", number), issued, published, effective, *_expiry(text, effective))


def clause_days(clauses: Iterable[Clause]) -> dict[str, str]:
    """The days from which single clauses bind where they say so, by label."""
    found = rules("official")
    days: dict[str, str] = {}
    clauses = tuple(clauses)
    labels = {clause.label for clause in clauses}
    for clause in clauses:
        for sentence in _sentences(clause.paragraphs):
            for part in found["among-these"].pattern.split(sentence):
                own = found["of-one-clause"].pattern.search(part)
                force = found["effective"].pattern.search(part)
                if own and force and _day(force.group()):
                    named = own.groupdict().get("clause") or _short(own.group(), labels) or clause.label
                    days[named] = _day(force.group())
    return days


def bound_from(words: str) -> str:
    """The day from which what is asked binds, where its first words say so: from 1 July 2026 on, banks shall …"""
    hit = pattern("official", "bound-from").match(words)
    return _day(hit.group()) if hit is not None else ""


def _short(named: str, labels: Collection[str]) -> str:
    """The label of a clause that is spoken of at length: 第（二）部分第3项 for （二）3."""
    return next((one for one in (pattern("official", "place-word").sub("", named),) if one in labels), "")


def _force(text: Outline) -> str:
    """The words that say from when the whole is in force; a sentence on one of its clauses does not."""
    found = rules("official")
    last = [one for clause in text.clauses[-2:] for one in _sentences(clause.paragraphs)]
    every = [one for clause in reversed(text.clauses) for one in _sentences(clause.paragraphs)]
    said = [one for one in (*last, *_sentences(text.foot), *every) if found["of-the-whole"].pattern.search(one)]
    said += [one for one in _sentences(text.head) if not found["of-one-clause"].pattern.search(one)]
    return next((hit.group() for one in said if (hit := found["effective"].pattern.search(one))), "")


def _expiry(text: Outline, effective: str) -> tuple[str, str]:
    """The last day on which it is in force, where the sentence on its effect says one, or for how many years; else its words."""
    found = rules("official")
    last = [one for clause in text.clauses[-2:] for one in _sentences(clause.paragraphs)]
    said = [one for one in (*last, *_sentences(text.foot)) if found["of-the-whole"].pattern.search(one) or found["term"].pattern.match(one)]
    two = found["two-years"]
    counted = (two.pattern.sub(rf"\g<before>{two.gives['numeral']}", one) for one in said)
    hit = next((hit for one in counted if (hit := found["expires"].pattern.search(one))), None)
    if hit is not None and (day := _day(hit.group("day") or "")):
        return day, ""
    years = numeral(hit.group("years") or "") if hit is not None else None
    if effective and years and (day := years_on(effective, years)):
        return day, ""
    return "", next((words.group() for one in said if (words := found["term"].pattern.search(one))), "")


def years_on(day: str, years: int) -> str:
    """The last of so many years that begin on a day; both are ISO 8601. Empty where no calendar has it."""
    first = date.fromisoformat(day)
    if first.year + years > MAXYEAR:
        return ""
    leap = (first.month, first.day) == (2, 29)
    return (date(first.year + years, 3 if leap else first.month, 1 if leap else first.day) - timedelta(days=1)).isoformat()


def _sentences(paragraphs: Iterable[str]) -> list[str]:
    return [one.strip() for text in paragraphs for one in _SENTENCE.findall(text)]


def _beside(number: str, lines: Iterable[str]) -> str:
    """The day in the brackets that hold the number, under a title."""
    inside = (part for line in lines for part in re.findall(r"[（(]([^（）()]+)[）)]", line))
    return next((_day(part) for part in inside if number and number in part and _day(part)), "")


def _field(name: str, lines: Iterable[str]) -> str:
    """The day in the field of a page that is called so."""
    return next((_day(line) for line in lines if pattern("official", name).search(line) and _day(line)), "")


def _labelled(lines: Sequence[str]) -> tuple[str, ...]:
    """Who issued it, by the field of a page that says so."""
    hits = (pattern("official", "issued-by").search(line) for line in lines)
    return next((_apart(hit.group("who")) for hit in hits if hit), ())


def _headed(lines: Sequence[str]) -> tuple[str, ...]:
    """Who issued it, by the head of the sheet, or by whose meeting passed it."""
    found = rules("official")
    for line in lines[:_FIRST]:
        hit = found["letterhead"].pattern.search(line)
        if hit is not None:
            return _apart(hit.group("who"))
        if len(line) <= SIGNED and found["issuer-ends"].pattern.search(line):
            return _apart(line)
    hits = (found["passed"].pattern.search(line) for line in lines)
    return next(((hit.group("who"),) for hit in hits if hit), ())


def _apart(names: str) -> tuple[str, ...]:
    """The names of authorities that stand in one line."""
    found = [one for one in re.split(r"[\s、，,]+", names) if one]
    if any(len(one) < _SHORT for one in found):
        return ("".join(found),)
    return tuple(found)


def _title(lines: Sequence[str]) -> tuple[str, str]:
    """The title, and the line by which it was handed on, if there is one."""
    found = rules("official")
    handed = next((line for line in lines if found["handing-on"].pattern.search(line)), "")
    titled = [
        line for line in lines
        if len(line) <= _LONGEST and line != handed and "。" not in line and found["title"].pattern.search(line)
    ]
    inside = found["handing-on"].pattern.search(handed)
    if inside is not None:
        name = inside.group("title")
        return (next((line for line in titled if line == name), name)), handed
    quoted = re.search(r"《([^》]{4,80})》", lines[1]) if not titled and len(lines) > 1 else None
    return (titled[-1] if titled else quoted.group(1) if quoted else ""), ""


def _signature(lines: Sequence[str]) -> tuple[tuple[str, ...], str] | None:
    """Those who signed and the day, where lines of names stand above a line that is a date."""
    ends = pattern("official", "issuer-ends")
    signs = pattern("official", "signatory")
    for at, line in enumerate(lines):
        found = signed(line)
        if found is None:
            continue
        names = list(_apart(found[0]))
        for name in reversed(lines[:at] if not names else ()):
            if signs.search(name):
                continue
            if len(name) > SIGNED or not ends.search(name):
                break
            names[:0] = _apart(name)
        return tuple(names), _day(found[1])
    return None


def _before(title: str, number: str) -> str:
    """The issuer as it stands before 关于 in a title, or before 令 in a number."""
    for text, mark in ((title, "about"), (number, "order")):
        hit = rules("official")[mark].pattern.search(text)
        if hit is not None and hit.start():
            return text[: hit.start()].strip()
    return ""


def _day(text: str) -> str:
    """The first day that a text names; empty where it names none, or one that no calendar has."""
    found = _DAY.search(text)
    if found is not None:
        year, month, day = map(int, found.groups())
    else:
        written = _WRITTEN.search(text)
        if written is None:
            return ""
        year, month, day = int(in_figures(written[1])), numeral(written[2]) or 0, numeral(written[3]) or 0
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
