"""Which firm a passage speaks about, clause by clause, and by what sign.

The firm that acts is the subject: a name, a product, somebody who speaks for it, 我行 of whoever speaks, 公司 after a
name, or the subject of the sentence before. A firm that stands in another role (a partner after 与 or 依托, a parent, a
list of examples) is passed over. Clauses whose subject is the industry, an authority or a directive belong to nobody. Where a
sentence names nobody, the thread of the document (thread.py) may say whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from mapper.firms import cues
from mapper.firms.clauses import (
    Actor,
    Attributed,
    clauses,
    is_generic,
    is_overseer,
    is_trade,
    makes_rule,
    only_names,
    points_back,
    sign_of,
    speaks_to_all,
    talks_of_industry,
    windows,
)
from mapper.firms.complaints import MANY, Complaint
from mapper.firms.heads import Heads
from mapper.firms.joined import joined
from mapper.firms.listed import Listed
from mapper.firms.mentions import Mention, branches_known, find_mentions
from mapper.firms.others import Named, acts_again, company, examines, means_another, others, subject_at
from mapper.firms.parties import with_parties
from mapper.firms.people import People, said_by
from mapper.firms.persons import Persons, posts
from mapper.firms.registry import Registry
from mapper.firms.roles import by_agent, passed_over, views
from mapper.firms.thread import Thread
from mapper.firms.voice import voice_of
from mapper.model import DocumentText, Passage, Sign

__all__ = ["Attributed", "Reading", "attribute"]


@dataclass(frozen=True)
class Reading:
    """What attribution made of one passage: who acts where, and what is masked from matching: names, and posts of the punished."""

    attributed: tuple[Attributed, ...]
    names: tuple[tuple[int, int], ...]


_AROUND = 8
"""Names on either side of a name that tell its role."""
_NEAR = 2
"""Passages over which 该行 or 公司 still means the firm named last."""
_NEAR_PLATFORM = 4
"""The same of 平台, of which an article on one has many sentences."""
_LEAD_IN = 8
"""A clause so short before the first name is no act of whoever owns the document: 同业中，"""
_TELLING = 24
"""A line that looks like a heading, with a comma in it and so long, is a sentence that a page's width cut."""
_WORD = 4
"""A line that is no longer, of letters alone, is one word."""
_PLAIN = re.compile("[\u4e00-\u9fffA-Za-z]+")
_HOUSE_WORDS = {"公司", "集团", "该集团"}


def _last(text: str, spans: Sequence[tuple[int, int]], apart: Sequence[bool]) -> str:
    """The last clause that is told apart."""
    return text[slice(*next(span for span, one in zip(reversed(spans[: len(apart)]), reversed(apart), strict=True) if one))]


def _let_go(actors: list[Actor | None], said: Sequence[str]) -> None:
    """Takes from a firm that is not named there the words that only lead to somebody else's clause: 例如，"""
    for number in range(len(said) - 1, 0, -1):
        lead, actor = said[number - 1], actors[number - 1]
        if actors[number] is None and actor is not None and actor.mention is None and subject_at(lead) == len(lead):
            actors[number - 1] = None


def _hand_back(actors: list[Actor | None], said: Sequence[str], apart: Sequence[bool], first: int) -> None:
    """Gives the clauses before the first that names a firm to that firm, but for those with a subject or an actor of their own."""
    for number in range(first):
        carried, clause = actors[number], said[number]
        goes_on = carried is None or carried.sign == "carried"
        subject = is_generic(clause) and not cues.FINDS.match(clause) and subject_at(clause) < len(clause)
        if not (subject or apart[number]) and (goes_on or len(clause) <= _LEAD_IN):
            actors[number] = actors[first]


def attribute(document: DocumentText, registry: Registry, check: Callable[[], None] | None = None) -> list[Reading]:
    """One :class:`Reading` per passage of the document, in order. Looks at this document and the registry only.

    ``check`` is called before each passage; what it raises ends the work.
    """
    readings: list[Reading] = []
    for reading in _Walk(document, registry).readings():
        if check is not None:
            check()
        readings.append(reading)
    return readings


class _Walk:
    """Goes through a document once, remembering who acted last."""

    def __init__(self, document: DocumentText, registry: Registry) -> None:
        self.document = document
        self.registry = registry
        self.mentions = with_parties(document, branches_known([find_mentions(p.text, registry) for p in document.passages]))
        self.named = {m.firm for ms in self.mentions for m in ms if m.firm}
        self.quoted: str | None = None
        self.voice = voice_of(document, registry, self.mentions)
        self.own = self.voice.firm if self.voice.kind == "own" else None
        self.topic = self.voice.firm
        self.whole = self.voice.firm if self.voice.whole else None
        self.speaker = self._firm(document.document.speaker) or self.own
        self.people = People(document, registry, self.mentions, self.speaker)
        self.listed = Listed()
        self.allied = False
        self.last: Actor | None = None
        self.last_named: str | None = None
        self.last_named_at = self.at = 0
        self.heads = Heads()
        self.stranger = self.voice.kind == "outside"
        complains = self.voice.kind == "complaint"
        self.complaint = Complaint(document, self.mentions, self.voice.firm, registry) if complains else None
        self.last_paragraph = -1
        self.thread = Thread(document)
        self.beside = Named(self.own)
        self.persons = Persons(document, self.mentions, self.own is not None)
        self.says_our = any("本行" in one.text or "我行" in one.text for one in document.passages)

    def _firm(self, name: str | None) -> str | None:
        firm = self.registry.find(name) if name else None
        return firm.id if firm else None

    def readings(self) -> Iterator[Reading]:
        for number, (passage, mentions) in enumerate(zip(self.document.passages, self.mentions, strict=True)):
            self.at = number
            names = tuple((m.start, m.end) for m in mentions if m.kind == "name")
            names = (*names, *posts(passage.text, names))
            if passage.role == "question" or passage.damaged or cues.CREDIT.fullmatch(passage.text):
                yield Reading((), names)
                continue
            if passage.text.rstrip().endswith(("：", ":")) and cues.TURN.search(passage.text):
                if self.thread.turns(mentions):
                    self.last = None
                yield Reading((), names)
                continue
            if self.heads.names(passage.text, mentions) or (passage.role != "body" and not self._tells(passage)):
                if self.heads.note(passage.text, mentions) is not None:
                    self.last_named, self.last_named_at = self.heads.firm, number
                yield Reading((), names)
                continue
            examined = self.own is not None and examines(passage.text)
            if examined or self._is_cell(passage, mentions):
                self.last = None if examined else self.last
                yield Reading((), names)
                continue
            told = self.persons.without(number, tuple(self._passage(passage, mentions)))
            self.beside.keep(passage.text, number, mentions)
            yield Reading(() if self.own and passage.text[-1:] in "：:" and cues.ANNOUNCES.match(passage.text) else told, names)
            self.last_paragraph = passage.paragraph

    def _tells(self, passage: Passage) -> bool:
        """Whether a line that looks like a heading is text: a customer's short line, a row of a firm's own table."""
        if self.complaint is not None:
            return self.complaint.letters < MANY and passage.text != self.document.document.title
        if self.whole is not None and cues.FAULT_HEAD.match(passage.text):
            return True
        if self.own is None:
            return False
        wrapped = self.last_paragraph >= 0 and "，" in passage.text[:-1] and len(passage.text) >= _TELLING
        return wrapped or bool(re.search(r"^[^|\n]*\|.*\d", passage.text, re.MULTILINE))

    def _is_cell(self, passage: Passage, mentions: tuple[Mention, ...]) -> bool:
        """Whether a passage is one word, as the cells of a table that a page's layout set one below the other."""
        return self.own is not None and not mentions and len(passage.text) <= _WORD and _PLAIN.fullmatch(passage.text) is not None

    def _passage(self, passage: Passage, mentions: tuple[Mention, ...]) -> Iterator[Attributed]:
        text = passage.text
        if self.complaint is not None:
            yield from self.complaint.told(passage, mentions)
            return
        listed = self.listed.told(passage, mentions)
        if listed is not None:
            yield from listed
            return
        if cues.ITEM.match(text) and self.whole is None:
            self.last = self.last_named = None
        self._strangers(text, mentions)
        employers = {m for m in mentions if m.firm and views(m, text, self.registry, self.whole)}
        self.people.employs(text, mentions, employers)
        strange = self.people.outsider(text, mentions, employers)
        strange = 0 if strange is None and (self._thinks(passage) or self._quoted(passage)) else strange
        mentions = tuple(
            m
            for m in mentions
            if m not in employers and (m.firm or m.kind not in ("self", "back") or not (self.stranger or said_by(m, text, strange)))
        )
        self.quoted = self.people.introduces(text, mentions)
        self.allied = False
        spans = clauses(text)
        actors: list[Actor | None] = []
        silent = strange is not None or self.stranger or bool(employers)
        current = None if silent else self._opening(passage, mentions)
        nobody = bool(employers)
        first_named: int | None = None
        at = 0
        apart: list[bool] = []
        for number, (start, end) in enumerate(spans):
            first = at
            while at < len(mentions) and mentions[at].start < end:
                at += 1
            inside = list(mentions[first:at])
            clause = text[start:end]
            apart.append(self._apart(clause, start, inside, current))
            if apart[-1]:
                inside = self._left_over(clause, start, text, inside)
            if self.stranger and inside and cues.STRANGER_ACTS.match(clause):
                inside = []
            actor = self._clause_actor(passage, text, start, end, inside, current)
            if actor is not None:
                nobody = False
                if len(actor.firms) == 2 and cues.CONTRACT.search(clause) and not cues.TOGETHER.search(clause):
                    actors.append(actor)
                    current = replace(actor, firms=actor.firms[:1])
                    if first_named is None:
                        first_named = number
                    continue
                main, current = current, actor
                if main is not None and by_agent(text, start, actor, main):
                    actors.append(actor)
                    current = replace(actor, firms=tuple(dict.fromkeys((*main.firms, *actor.firms))))
                    continue
                if first_named is None:
                    first_named = number
            elif apart[-1]:
                nobody, current = True, None
                if first_named is None and all(subject_at(text[slice(*span)]) == span[1] - span[0] for span in spans[:number]):
                    actors = [None] * number  # «活动中，» says when somebody else acted
            elif nobody and self.own is not None and any(apart) and acts_again(clause, _last(text, spans, apart)):
                nobody, current = False, self._owner()
            elif self._of_nobody(clause, text, current):
                if number + 1 == len(spans) or not cues.FINDS.match(clause):
                    nobody, current = True, None
            elif cues.SPEECH.search(text[spans[number - 1][0] : start] if number else "") and talks_of_industry(clause):
                nobody, current = True, None
            actors.append(None if nobody else current)
        _let_go(actors, [text[slice(*span)] for span in spans])
        if first_named:
            _hand_back(actors, [text[slice(*span)] for span in spans[:first_named]], apart, first_named)
        self._remember(actors, nobody)
        self.thread.keep(passage, self.at, actors, mentions)
        cut = any(one and actors[number] is None for number, one in enumerate(apart))
        yield from (replace(one, cut=cut) for one in windows(spans, actors))

    def _of_nobody(self, clause: str, text: str, current: Actor | None) -> bool:
        """Whether a clause that names no firm is about the trade, about banks or about customers, and not what a firm goes on with."""
        about = is_trade(clause) and not (self.own and makes_rule(clause, text)) if self.whole else is_generic(clause)
        if about or (cues.BANKS.match(clause) and (current is None or current.sign == "carried")):
            return True
        enabled = current is not None and (cues.ENABLED.search(clause) or self.whole)
        return cues.CUSTOMERS.match(clause.lstrip()) is not None and not enabled

    def _thinks(self, passage: Passage) -> bool:
        """Whether whoever wrote about several firms says what he thinks of them: 我们认为."""
        if "我们" not in passage.text or not cues.AUTHOR_THINKS.match(passage.text):
            return False
        told = self.own or (self.whole and any(one.firm for one in self.mentions[self.at]))
        return not (self.speaker or self.thread.turn or self.quoted or told or self.people.speaks(passage))

    def _quoted(self, passage: Passage) -> bool:
        """Whether a sentence is all a quotation of somebody who is no officer, as the one behind it says."""
        at = self.at + 1
        if not (passage.text.startswith("“") and passage.text.endswith("”")) or at >= len(self.mentions):
            return False
        named = any(one.firm for one in self.mentions[at])
        return not named and cues.TELLS_OF_HIMSELF.search(self.document.passages[at].text) is not None

    def _opening(self, passage: Passage, mentions: tuple[Mention, ...]) -> Actor | None:
        """Who acts at the start of a sentence that names nobody yet."""
        text = passage.text
        speaker = self.people.speaks(passage) or self.thread.turn or None
        if any(m.kind == "name" for m in mentions) and self.last is None and speaker is None:
            return None
        foreign = self._foreign(text, mentions)
        below = self.heads.alone not in (None, self.own)
        held = self.beside.last(self.at) if (points_back(text) or below) and self.beside.held(self.at) else None
        if held is not None:
            return Actor((held,), "carried", held) if held else None
        together = passage.paragraph == self.last_paragraph and self.last is not None
        strays = self.last is not None and self.whole is not None and self.last.firms != (self.whole,)
        strays = strays and not points_back(text) and not (self.last and self.thread.holds(passage, self.last.firms))
        if together and self.last is not None and not strays:
            return None if foreign else replace(self.last, sign=self._fallen(self.last), mention=None)
        if speaker is not None:
            return Actor((speaker,), "speaker", passage.speaker or speaker)
        if foreign:
            return None
        if self.own is not None:
            return self._owner()
        if self.whole is not None:
            return Actor((self.whole,), "carried", self.whole)
        if self.heads.firm is not None and not speaks_to_all(text[:40]):
            return Actor((self.heads.firm,), "carried", self.heads.firm)
        if cues.INDUSTRY.search(text):
            return None
        told = self.thread.told(passage)
        if told is not None:
            return told
        if self.voice.joint:
            return Actor(self.voice.joint, "carried", self.voice.joint[0])
        if self.topic is None:
            return None
        alone = self.named <= {self.topic}
        if alone or (cues.CONTINUES.match(text) and self.last is not None and self.last.firms == (self.topic,)):
            return Actor((self.topic,), "carried", self.topic)
        return None

    def _owner(self) -> Actor | None:
        """Whoever's document it is, or the firm below whose name alone a sentence stands in it."""
        if self.own is None:
            return None
        arm = self.heads.alone if self.heads.alone != self.own else None
        return Actor((arm,), "carried", arm) if arm else Actor((self.own,), "owner", self.own)

    def _apart(self, clause: str, start: int, inside: list[Mention], current: Actor | None) -> bool:
        """Whether a clause has a subject of its own that is no firm known, where no firm acted yet. In other documents than a
        firm's own such a clause must stand in a sentence that names no firm."""
        if not (current is None or current.sign in ("carried", "owner")):
            return False
        if self.own is None:
            named = any(one.firm for one in self.mentions[self.at])
            return not named and self.complaint is None and self._body(clause, self.document.passages[self.at].text)
        if inside and means_another(inside[0]) and (current is None or current.firms == (self.own,)):
            return self._another(inside[0]) == ""
        told = self.document.passages[self.at].text
        return self._body(clause, told) or company(clause, start, inside) is not None

    def _body(self, clause: str, text: str) -> bool:
        """The same of a body or a person, but for one that only finds out about the firm, or does something to it."""
        return others(clause) and not cues.FINDS.match(clause) and not cues.BLAMED.search(text)

    def _another(self, mention: Mention) -> str | None:
        """The firm that a word for another than whoever speaks means; "" where nobody knows it."""
        return self.beside.last(self.at, self.document.passages[self.at].text[: mention.start], self.mentions[self.at])

    def _left_over(self, clause: str, start: int, text: str, inside: list[Mention]) -> list[Mention]:
        """The mentions of such a clause that may still act: none that its subject holds, means or works for."""
        end = company(clause, start, inside) or start
        named = [m for m in inside if m.start >= end and not means_another(m)]
        return [m for m in named if end == start or text[m.start - 1] not in "为向对给"]

    def _foreign(self, text: str, mentions: tuple[Mention, ...]) -> bool:
        """Whether a sentence has a subject of its own that is no firm, who does not only find out."""
        if self.own is not None and (self._body(text, text) or company(text, 0, mentions) is not None):
            return True
        foreign = is_overseer(text) if self.whole else bool(cues.OTHER_SUBJECT.match(text)) and not mentions
        found = cues.FINDS.match(text) if foreign else None
        return foreign if found is None else self._foreign(text[found.end() :], mentions)

    def _fallen(self, last: Actor) -> Sign:
        """The sign of a subject that goes on without being named: in a firm's own document it is the document's owner."""
        return "owner" if self.own is not None and last.firms == (self.own,) else "carried"

    def _strangers(self, text: str, mentions: tuple[Mention, ...]) -> None:
        """Notes whether a company of another trade acts in this sentence, or still does: «公司» and «我们» are its own."""
        if self.whole is not None or self.own is not None:
            return
        named = min((m.start for m in mentions if m.firm), default=len(text))
        coded = cues.STRANGER_CODE.search(text) if "（" in text or "(" in text else None
        found = [one for one in (coded, cues.STRANGER.search(text)) if one is not None]
        match = min(found, key=lambda one: one.start(), default=None)
        inside = match is not None and any(m.start < match.end() and match.start() < m.end for m in mentions if m.firm)
        if match is not None and not inside and match.start() <= named:
            self.stranger = True
        elif named < len(text) and self.voice.kind != "outside":
            self.stranger = False

    def _clause_actor(
        self, passage: Passage, text: str, start: int, end: int, inside: list[Mention], current: Actor | None
    ) -> Actor | None:
        """The actor that a clause itself shows, or None."""
        around = [inside[max(0, at - _AROUND) : at + _AROUND + 1] for at in range(len(inside))]
        candidates = [
            (m, near)
            for m, near in zip(inside, around, strict=True)
            if not passed_over(text, start, m, near, current)
        ]
        if not candidates:
            return self.thread.both(text[start:end], self.at, self.mentions[self.at], start)
        head, _ = candidates[0]
        beside, self.allied = joined(text, start, end, candidates, own=self.whole is not None)
        firms = [self._resolve(head, passage, current), *(one.firm for one in beside)]
        head = beside[-1] if beside else head
        known = tuple(dict.fromkeys(f for f in firms if f))
        if not known:
            return None
        if len(known) >= 3 and cues.EXAMPLE_LEAD.match(text[start:]) and cues.EXAMPLES.match(text[head.end :]):
            return None
        if len(known) >= 2 and only_names(text[start:end], [m for m in inside if m.firm], start):
            return None
        first, _ = candidates[0]
        return Actor(known, sign_of(first), first.unit or first.word, first)

    def _resolve(self, mention: Mention, passage: Passage, current: Actor | None) -> str | None:
        if mention.firm:
            return mention.firm
        if mention.kind == "self":
            own = self.quoted or self.people.speaks(passage) or self.thread.turn or self.speaker or self.people.works_for(mention)
            if own or self.thread.turn == "":
                return own or None
        elif self.whole is not None and mention.word in _HOUSE_WORDS:
            if current is not None and current.mention is not None and current.sign == "named":
                return current.firms[0]
            return (self.heads.alone or self._held(passage) if mention.word == "公司" else None) or self.whole
        if self.own is not None and means_another(mention) and (current is None or current.firms == (self.own,)):
            another = self._another(mention)
            if another:
                return another
        if current is not None and len(current.firms) == 1:
            return current.firms[0]
        reach = _NEAR_PLATFORM if mention.word == "平台" else _NEAR
        near = self.last_named is not None and self.at - self.last_named_at <= reach
        return self.last_named if near else self.topic

    def _held(self, passage: Passage) -> str | None:
        """The firm that is no bank of which a paragraph of a bank just told: «the company» is that one where the bank says 本行."""
        firm = self.last.firms[0] if self.last is not None and passage.paragraph == self.last_paragraph else None
        if firm is None or self.own is None or self.registry.firms[self.own].kind != "bank" or not self.says_our:
            return None
        return firm if self.registry.firms[firm].kind != "bank" else None

    def _remember(self, actors: list[Actor | None], nobody: bool) -> None:
        last = next((a for a in reversed(actors) if a is not None), None)
        if last is not None and self.allied:
            last = replace(last, firms=last.firms[:1])
        self.last = None if nobody else last
        if last is not None:
            self.last_named = last.firms[0]
            self.last_named_at = self.at
