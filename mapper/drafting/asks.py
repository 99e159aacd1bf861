"""A clause of an official text → what it asks of institutions, how bindingly and of which; or why it asks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from mapper.drafting.outline import Clause
from mapper.model import ADDRESSED_AS, Addressee, Obligation
from mapper.rules import Rule, pattern, rules

Why = Literal["purpose", "definition", "scope", "interpretation", "effect", "penalty", "general", "authority", "fragment"]
"""Why a stretch of a directive asks nothing of an institution."""
_SILENT: tuple[Why, ...] = ("purpose", "definition", "interpretation", "effect", "scope")
_ASIDE: tuple[Why, ...] = ("interpretation", "effect", "scope")
"""Of these, what may stand in one paragraph with a duty."""
_DUTIES = ("must-not", "must", "encourage", "should")
_DEPTH = 3
"""Definitions that are followed into each other."""
_SENTENCE = re.compile(r"[^。！？]+[。！？]?[”’」』）]?")
_ENDS = tuple("。；！？”’」』）")
"""How a sentence ends; what a page says besides ends otherwise."""
_BACK = 12
"""Characters before a name in which a word stands that says whether it is asked; more than any such rule spans."""
_LISTED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,4}[）)、.．]|[①-⑳]")


@dataclass(frozen=True)
class Ask:
    """One thing that a clause asks of institutions. ``applies_to`` is empty where the clause names nobody."""

    words: str
    obligation: Obligation
    applies_to: tuple[Addressee, ...]
    worded: bool = True
    """Whether a word of duty says how binding it is."""


@dataclass(frozen=True)
class Silent:
    """A stretch that asks nothing of an institution, and why."""

    words: str
    why: Why


class Terms:
    """The words of a text for institutions, with the kinds of firm that it means by them, and for who issued it."""

    def __init__(self, clauses: Iterable[Clause], issuer: str = "", head: Iterable[str] = ()) -> None:
        """``head``: the lines before the first clause, among which one may say to whom the directive is sent."""
        self._means: dict[str, str] = {}
        self._own: tuple[str, ...] = ()
        self._issuers = tuple(short for name in issuer.split("、") if name for short in _called(name))
        for text in (paragraph for clause in clauses for paragraph in clause.paragraphs):
            for found in pattern("duties", "defined").finditer(text):
                self._means.setdefault(found.group("term"), found.group("means"))
            for found in pattern("duties", "called").finditer(text):
                if self.kinds(found.group("means")):
                    self._means.setdefault(found.group("term"), found.group("means"))
        own = pattern("duties", "own-word")
        self._own = tuple(
            term for term, means in self._means.items()
            if self.kinds(means) and (own.search(term) or self._ends_with_one(means))
        )
        sent = [line for line in head if line.endswith(("：", ":"))]
        self.sent_past = bool(sent) and not any(self.institutions(line) for line in sent)
        """Whether it is sent to others than institutions: to governments, which are to lead them."""

    def kinds(self, text: str, depth: int = _DEPTH) -> dict[Addressee, None]:
        """The kinds of firm that are named, by the text's own definitions where it has them, in the order named."""
        named: dict[Addressee, None] = {}
        for start, end, kinds in self.institutions(text):
            meant = self._means.get(text[start:end])
            inner = self.kinds(meant, depth - 1) if meant is not None and depth else {}
            named |= inner or dict.fromkeys(kinds)
        named = {kind: None for kind in named if not _told_by_another(kind, named)}
        if "all" not in named:
            return named
        if depth == _DEPTH or len(named) == 1:
            return {"all": None}
        return {kind: None for kind in named if kind != "all"}  # «deposit-taking institutions and trusts»

    def _ends_with_one(self, means: str) -> bool:
        """Whether what a word means is an institution, not what one does or who comes to it."""
        return self.institutions(means)[-1][1] == len(means)

    def institutions(self, text: str) -> list[tuple[int, int, tuple[Addressee, ...]]]:
        """The places of words for institutions, from left to right, with their kinds; of two that overlap the longer."""
        hits = [
            (hit.start(), hit.end(), cast("tuple[Addressee, ...]", tuple(rule.gives["kinds"].split())))
            for rule in rules("duties").values() if "kinds" in rule.gives
            for hit in rule.pattern.finditer(text)
        ]
        for term in self._own:
            hits += [(hit.start(), hit.end(), ("all",)) for hit in re.finditer(re.escape(term), text)]
        found: list[tuple[int, int, tuple[Addressee, ...]]] = []
        for one in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            if not found or one[0] >= found[-1][1]:
                found.append(one)
        return found

    def others(self, text: str) -> list[int]:
        """Where authorities, and whoever else is no institution, are named."""
        named = [hit.start() for hit in pattern("duties", "authority").finditer(text)]
        return named + [text.index(name) for name in self._issuers if name in text]


def _called(authority: str) -> tuple[str, ...]:
    """An authority's name, and what it is called by in its own place: 海州市金融局, 市金融局."""
    place = pattern("duties", "place").match(authority)
    return (authority, authority[place.end() - 1 :]) if place is not None else (authority,)


def _told_by_another(kind: Addressee, named: Mapping[Addressee, None]) -> bool:
    """Whether a directive to another kind that is named means this kind too: banks and their wealth managers."""
    return kind != "all" and ADDRESSED_AS[kind] != kind and ADDRESSED_AS[kind] in named


def asks(clause: Clause, terms: Terms, *, articles: bool) -> Iterator[Ask | Silent]:
    """What a clause asks, stretch by stretch: a paragraph of an article with its list, a sentence of anything else.

    A paragraph whose sentences each bind an institution that they name asks several things.
    """
    headings = (*clause.above, clause.heading) if not articles else clause.above
    if any(pattern("duties", "general").search(heading) for heading in headings if heading):
        yield Silent(" ".join(clause.paragraphs), "general")
        return
    last: Ask | Silent | None = None
    for lead, items in _stretches(clause.paragraphs, articles):
        for part in (lead,) if items or not articles else _duties(lead, terms):
            last = _judged(part, items, last, terms, articles)
            yield last


def _duties(lead: str, terms: Terms) -> list[str]:
    """The parts of a paragraph: a sentence begins another where it and those before it bind institutions by name."""
    parts: list[str] = []
    bound = False
    for sentence in _SENTENCE.findall(lead):
        duty, at = _duty(sentence, terms, listed=False)
        binds = duty in ("must", "must-not")
        if parts and not (bound and binds and _subject(sentence, at, terms)[0] == "institution"):
            parts[-1] += sentence
        else:
            parts.append(sentence)
        bound = bound or binds
    return parts if "".join(parts) == lead else [lead]


def _stretches(paragraphs: Sequence[str], articles: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Paragraphs, or the sentences of these, each with the items of the list that it leads to."""
    led: list[tuple[str, list[str]]] = []
    for text in paragraphs:
        if led and _LISTED.match(text):
            led[-1][1].append(text)
        elif articles or text.endswith(("：", ":")):
            led.append((text, []))
        else:
            led += [(found.group().strip(), []) for found in _SENTENCE.finditer(text) if found.group().strip()]
    yield from ((lead, tuple(items)) for lead, items in led)


def _judged(
    lead: str, items: tuple[str, ...], last: Ask | Silent | None, terms: Terms, articles: bool
) -> Ask | Silent:
    words = "\n".join((lead, *items))
    found = rules("duties")
    for why in _SILENT:
        if found[why].pattern.search(lead):
            return _besides(lead, items, why, terms, articles) or Silent(words, why)
    duty, at = _duty(lead, terms, listed=bool(items))
    subject, named = _subject(lead, at, terms)
    binding = duty in ("must", "must-not")
    if found["penalty"].pattern.search(lead) and not (subject == "institution" and binding):
        return Silent(words, "penalty")
    if subject == "nobody" and last is not None:
        subject = "authority" if isinstance(last, Silent) and last.why == "authority" else "nobody"
    if subject == "authority" or (subject == "nobody" and not binding and found["authority-work"].pattern.search(lead)):
        return Silent(words, "authority")
    if duty is None and subject == "nobody" and not items and not lead.endswith(_ENDS):
        return Silent(words, "fragment")
    kinds = tuple(named) or (last.applies_to if isinstance(last, Ask) else ())
    if duty is None or (articles and duty == "should"):
        return Ask(words, "must" if articles else "should", kinds, worded=duty is not None)
    return Ask(words, duty, kinds)


def _besides(lead: str, items: tuple[str, ...], why: Why, terms: Terms, articles: bool) -> Ask | None:
    """What a paragraph asks of institutions in other sentences than those that say when, to whom or by whom it is applied."""
    if why not in _ASIDE or not articles:
        return None
    sentences = _SENTENCE.findall(lead)
    rest = "".join(one for one in sentences if not any(rules("duties")[aside].pattern.search(one) for aside in _ASIDE))
    if not rest or rest == lead or pattern("official", "of-one-clause").search(rest):
        return None
    asked = _judged(rest, items, None, terms, articles)
    return asked if isinstance(asked, Ask) else None


def _duty(lead: str, terms: Terms, *, listed: bool) -> tuple[Obligation | None, int]:
    """How binding a sentence is, and where it says so; what leads to a list is read from its end."""
    found: list[tuple[int, int, Rule]] = []
    for rank, name in enumerate(_DUTIES):
        rule = rules("duties")[name]
        hit = rule.pattern.search(lead)
        if hit is not None:
            found.append((hit.start(), rank, rule))
    welcomed = _welcomed(lead, terms)
    if welcomed is not None:
        found.append((welcomed, _DUTIES.index("encourage"), rules("duties")["encourage"]))
    if not found:
        return None, len(lead)
    binding = [one for one in found if one[1] < 2]
    inviting = [one for one in found if one[2].id == "encourage" and (one[0] == min(found)[0] or _invites(lead, one[0], terms))]
    at, _, rule = min(binding or inviting or found)
    if listed and any(one[2].id == "must-not" for one in found):
        rule = rules("duties")["must-not"]
    if rule.id == "should" and terms.sent_past and pattern("duties", "guides").search(lead):
        rule = rules("duties")["encourage"]
    return cast("Obligation", rule.gives["obligation"]), at


def _invites(lead: str, at: int, terms: Terms) -> bool:
    """Whether institutions are named only behind the word that invites, so that what stands before it asks others."""
    first = min((start for start, _, _ in terms.institutions(lead)), default=0)
    welcomes = pattern("duties", "welcomes")
    return first > at and welcomes.search(lead[max(0, first - _BACK) : first]) is not None


def _welcomed(lead: str, terms: Terms) -> int | None:
    """Where the first word stands that invites the institution named right behind it."""
    for start, _, _ in terms.institutions(lead):
        hit = pattern("duties", "welcomes").search(lead[max(0, start - _BACK) : start])
        if hit is not None:
            return max(0, start - _BACK) + hit.start()
    return None


def _subject(lead: str, at: int, terms: Terms) -> tuple[Literal["institution", "authority", "nobody"], Mapping[Addressee, None]]:
    """Who is asked: whoever is named first before the word of duty, or right behind a word that invites."""
    start_at = _past_condition(lead, at, terms)
    behind, invites = (pattern("duties", id) for id in ("object", "invites"))

    def before(start: int, least: int = 0) -> str:
        return lead[max(least, start - _BACK) : start]

    named = [
        (start, end) for start, end, _ in terms.institutions(lead)
        if (start_at <= start < at and not behind.search(before(start, start_at))) or invites.search(before(start))
    ]
    others = [
        start for start in terms.others(lead) if start_at <= start < at and not behind.search(before(start, start_at))
    ]
    if others and (not named or min(others) < named[0][0]):
        return "authority", {}
    if not named:
        return "nobody", {}
    first, last = named[0][0], named[-1][1]
    return "institution", terms.kinds(lead[first:last])


def _past_condition(lead: str, at: int, terms: Terms) -> int:
    """Where the main clause before the word of duty begins: behind «…的，», if somebody is named there."""
    mark = lead.rfind("的，", 0, at)
    start = mark + 2 if mark >= 0 else 0
    return start if any(start <= begins < at for begins, _, _ in terms.institutions(lead)) else 0
