"""What an official text says of itself: title, issuer, number, days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mapper.drafting.outline import Outline
from mapper.rules import rules

_LONGEST = 80
"""Characters of a line that may be a title."""
_SIGNED = 40
"""Characters of a line that may be a signature."""
_DAY = re.compile(r"(\d{4})\s*[年-]\s*(\d{1,2})\s*[月-]\s*(\d{1,2})")


@dataclass(frozen=True)
class Head:
    """What a text says of itself; what it does not say is empty. Days are ISO 8601."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    issued: str = ""
    published: str = ""
    effective: str = ""


def head(text: Outline) -> Head:
    """Read title, issuer, number and days from what stands before the first clause, behind the last, and in the last."""
    found = rules("official")
    lines = text.head
    title, handed = _title(lines)
    number = next((hit.group() for line in lines if (hit := found["number"].pattern.search(line))), "")
    signed, issued = _signature(lines) or _signature(text.foot) or ((), "")
    published = next((_day(line) for line in lines if found["published"].pattern.search(line) and _day(line)), "")
    last = " ".join(paragraph for clause in text.clauses[-2:] for paragraph in clause.paragraphs)
    force = found["effective"].pattern.search(last) or found["effective"].pattern.search(" ".join(lines))
    effective = (_day(force.group()) or published or issued) if force else ""
    issuer = "、".join(signed) or _before(handed or title, number)
    return Head(title, issuer, re.sub(r"\s+", "", number), issued, published, effective)


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
    ends = rules("official")["issuer-ends"].pattern
    for at, line in enumerate(lines):
        if len(line) <= _SIGNED and rules("official")["date"].pattern.fullmatch(line):
            names: list[str] = []
            for name in reversed(lines[:at]):
                if len(name) > _SIGNED or not ends.search(name):
                    break
                names.insert(0, name)
            return tuple(names), _day(line)
    return None


def _before(title: str, number: str) -> str:
    """The issuer as it stands before 关于 in a title, or before 令 in a number."""
    for text, mark in ((title, "关于"), (number, "令")):
        if mark in text and text.index(mark):
            return text[: text.index(mark)].strip()
    return ""


def _day(text: str) -> str:
    found = _DAY.search(text)
    return "{}-{:02}-{:02}".format(*map(int, found.groups())) if found else ""
