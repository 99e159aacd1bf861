"""What part of a report a passage stands in, by the headings above it: definitions, notes to the accounts, an outlook …

A part begins at a heading that the sheet «sections» knows and ends as its rule says. Headings decide, never the sentences
below them; a heading is a line that the document gives as one, or a short line that bears a number.
"""

from __future__ import annotations

import re
from functools import cache

from mapper.model import Role, SectionKind
from mapper.rules import Rule, rules

_LONGEST = 40
"""Characters of a line that may be a heading."""
_NUMERAL = "[一二三四五六七八九十百〇零两]{1,4}"
_RANKS: tuple[tuple[str, int], ...] = (
    (rf"第(?:{_NUMERAL}|\d{{1,3}})(?:章|编|部分|篇)", 1),
    (rf"第(?:{_NUMERAL}|\d{{1,3}})节", 2),
    (rf"{_NUMERAL}(?:[、.．]|\s+)", 3),
    (rf"[（(]{_NUMERAL}[）)]", 4),
    (r"\d{1,3}(?:\.\d{1,2}){3}[.．、]?", 8),
    (r"\d{1,3}(?:\.\d{1,2}){2}[.．、]?", 7),
    (r"\d{1,3}\.\d{1,2}[.．、]?", 6),
    (r"\d{1,2}(?:[.．、]|\s+)", 5),
    (r"[（(]\d{1,2}[）)]", 9),
    (r"附[录件注][一二三四五六七八九十\d]{0,3}\s*[:：、.]?", 1),
)
"""How headings are numbered, and their ranks: the smaller, the higher."""
_NUMBER = re.compile("|".join(f"(?P<r{at}>{words})" for at, (words, _) in enumerate(_RANKS)))
_TURNED = re.compile(r"[（(]续.{0,3}[）)]$")
_EDGES = " \u3000\t:：【】[]《》“”■●◆"
_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z]{2}")
_CONTENTS = re.compile(r"目\s*录|contents", re.IGNORECASE)
_PAGED = re.compile(r"(?:(?<=\s)|(?<=[.…·]{3}))\d{1,3}$|[.…·]{6}")
_STOP = re.compile(r"[。！？；;，,]")


class Sections:
    """Goes down a document once, line by line."""

    def __init__(self) -> None:
        self.rule: Rule | None = None
        self.rank: int | None = None
        self.listing = self.paged = False
        """In a table of contents, where every part is named and none begins; whether it gives pages."""

    def below(self, line: str, role: Role) -> SectionKind | None:
        """The part in which a line stands; None where things stand as they do in any text."""
        text = line.strip()
        self._contents(text, role)
        numbered = _NUMBER.match(text)
        numbered = numbered if numbered and _WORDS.search(text, numbered.end()) else None
        if len(text) <= _LONGEST and (role == "heading" or (role in ("body", "caption") and numbered)) and not _STOP.search(text):
            self._heading(text, numbered, role == "heading")
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
            ended = text.endswith("。") or (self.paged and not paged and _NUMBER.match(text) is not None)
            self.listing = not (role != "caption" and ended)

    def _heading(self, text: str, numbered: re.Match[str] | None, sure: bool) -> None:
        rank = _RANKS[int((numbered.lastgroup or "r0")[1:])][1] if numbered else None
        rule = _known(_title(text[numbered.end() :] if numbered else text))
        kind, ends = (self.rule.gives["kind"], self.rule.gives["ends"]) if self.rule is not None else ("", "next")
        if rule is not None and rule.gives["kind"] == kind and (ends == "known" or rank is None):
            return
        below = rank is not None and self.rank is not None and rank > self.rank
        if rule is not None and not (ends == "known" and rule.gives["kind"] in _IN_NOTES):
            self.rule, self.rank = rule, rank
        elif ends == "next":
            if (sure or rank is not None) and not below:
                self.rule = self.rank = None
        elif ends == "rank" and rank is not None and rank <= (self.rank if self.rank is not None else _TOP):
            self.rule = self.rank = None


_IN_NOTES = ("subject", "shares")
"""What notes to the accounts have headings of too."""
_TOP = 3
"""The lowest rank that ends a part whose own heading bears none."""


@cache
def _known(title: str) -> Rule | None:
    """The first rule that knows a heading."""
    return next((rule for rule in rules("sections").values() if rule.pattern.search(title)), None) if title else None


def _title(text: str) -> str:
    """A heading without its number, the mark of a page turned, and what frames it."""
    return "".join(_TURNED.sub("", text.strip(_EDGES)).strip(_EDGES).split())
