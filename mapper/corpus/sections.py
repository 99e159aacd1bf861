"""What part of a report a passage stands in, by the headings above it: definitions, notes to the accounts, an outlook …

A part begins at a heading that the sheet «sections» knows and ends as its rule says. Headings decide, never the sentences
below them; a heading is a line that the document gives as one, or a short line that bears a number.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mapper.model import Role, SectionKind
from mapper.rules import Rule, rules

_LONGEST = 40
"""Characters of a line that may be a heading."""
_TURNED = re.compile(r"[（(]续.{0,3}[）)]$")
_EDGES = " \u3000\t:：【】[]《》“”■●◆"
_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z]{2}")
_CONTENTS = re.compile(r"目\s*录(?:\s*contents)?|contents(?:\s*目\s*录)?", re.IGNORECASE)
_PAGED = re.compile(r"(?:(?<=\s)|(?<=[.…·]{3}))\d{1,3}$|[.…·]{6}")
_STOP = re.compile(r"[。！？；;，,]")
_LICENCES = re.compile(r".{0,24}(?:经营|业务)范围\s*[：:]?")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．].{2,80}?[；;。]?$")


class Sections:
    """Goes down a document once, line by line."""

    def __init__(self) -> None:
        self.rule: Rule | None = None
        self.rank: int | None = None
        self.licences = self.listing = self.paged = False
        """In a table of contents, where every part is named and none begins; whether it gives pages."""

    def below(self, line: str, role: Role) -> SectionKind | None:
        """The part in which a line stands; None where things stand as they do in any text."""
        text = line.strip()
        self._contents(text, role)
        if len(text) <= _LONGEST and role in ("heading", "body", "caption") and not _STOP.search(text):
            rank, title = _numbered(text)
            if role == "heading" or rank is not None:
                self._heading(title, rank, role == "heading")
        if self._licensed(text) or (self.listing and _is_entry(text)):
            return "formalities"
        if self.rule is None or self.listing:
            return None
        kind = self.rule.gives["kind"]
        return None if kind in ("plain", "subject") else kind  # type: ignore[return-value]

    def _contents(self, text: str, role: Role) -> None:
        if _CONTENTS.fullmatch(text):
            self.listing, self.paged = True, False
        elif self.listing:
            paged = bool(_PAGED.search(text))
            self.paged = self.paged or paged
            ended = text.endswith("。") or (self.paged and not paged and _number(text) is not None)
            self.listing = not (role != "caption" and ended)

    def _licensed(self, text: str) -> bool:
        """Whether a line is an item of what a firm is licensed for, below the line that says so."""
        licensed = self.licences and _ITEM.match(text) is not None
        self.licences = licensed or _LICENCES.fullmatch(text) is not None
        return licensed

    def _heading(self, title: str, rank: int | None, sure: bool) -> None:
        rule = _known(_bare(title))
        kind, ends = (self.rule.gives["kind"], self.rule.gives["ends"]) if self.rule is not None else ("", "next")
        if rule is not None and rule.gives["kind"] == kind and (ends == "known" or rank is None):
            return
        below = rank is not None and self.rank is not None and rank > self.rank
        if rule is not None and not (ends == "known" and rule.gives["kind"] in _IN_NOTES):
            self.rule, self.rank = rule, rank
        elif ends == "next":
            if (sure or rank is not None) and not below:
                self.rule = self.rank = None
        elif ends == "rank" and rank is not None and rank <= (self.rank if self.rank is not None else _ENDING_RANK):
            self.rule = self.rank = None


def _is_entry(text: str) -> bool:
    """Whether a line of a table of contents names a part, or several: it has no figures but its number and its page."""
    return not _STOP.search(text) and not re.search(r"\d\D+\d", _PAGED.sub("", text))


_IN_NOTES = ("subject", "shares")
"""What notes to the accounts have headings of too."""
_ENDING_RANK = 3
"""The lowest rank that ends a part whose own heading bears none."""


@lru_cache(maxsize=4096)
def _known(title: str) -> Rule | None:
    """The first rule that knows a heading."""
    return next((rule for rule in rules("sections").values() if rule.pattern.search(title)), None) if title else None


def _number(text: str) -> tuple[int, int] | None:
    """The rank of the number that a line begins with, the smaller the higher, and where it ends."""
    found = ((rule, rule.pattern.match(text)) for rule in rules("headings").values())
    return next(((int(rule.gives["rank"]), match.end()) for rule, match in found if match), None)


def rank(text: str) -> int | None:
    """The rank of a heading that bears a number."""
    return _numbered(text.strip())[0]


def _numbered(text: str) -> tuple[int | None, str]:
    """The rank of a heading and its words; no rank where it bears no number, or nothing but a number."""
    number = _number(text)
    if number is None or not _WORDS.search(text, number[1]):
        return None, text
    return number[0], text[number[1] :]


def _bare(title: str) -> str:
    """A heading without the mark of a page turned and what frames it."""
    return "".join(_TURNED.sub("", title.strip(_EDGES)).strip(_EDGES).split())
