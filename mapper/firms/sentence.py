"""Who acts in each clause of one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mapper.firms import cues
from mapper.firms.clauses import (
    Actor,
    clauses_of_each,
    is_generic,
    is_trade,
    makes_rule,
    names_alone,
    only_names,
    respectively,
    sign_of,
    talks_of_industry,
)
from mapper.firms.joined import in_roles, joint_actors
from mapper.firms.mentions import Mention
from mapper.firms.others import acts_again, lives_from, nameless, some, subject_at
from mapper.firms.referents import referent
from mapper.firms.roles import by_agent, cheated, wronged
from mapper.firms.scene import Scene
from mapper.firms.subjects import apart, left_over, told_of_others
from mapper.model import FirmKind, Passage

_PLATFORMS: frozenset[FirmKind] = frozenset({"fintech", "consumer-finance", "microloan", "payment", "insurance-intermediary"})
"""Kinds of firms that may be called a platform."""
_LEAD_IN = 8
"""A clause so short before the first name is no act of whoever owns the document: 同业中，"""


class SentenceActors:
    """Finds who acts in each clause of one sentence. ``actors``: by clause, None where nobody known does."""

    def __init__(self, scene: Scene, passage: Passage, stranger: bool, opening: Actor | None, nobody: bool) -> None:
        self.scene = scene
        self.passage = passage
        self.text = passage.text
        self.stranger = stranger
        self.current = opening
        self.nobody = nobody
        """Whether what goes on is nobody's."""
        self.spans: list[tuple[int, int]] = []
        self.actors: list[Actor | None] = []
        self.apart: list[bool] = []
        """By clause, whether it has a subject of its own that is no firm known."""
        self.allied = False
        """Whether a firm acted with a partner."""
        self._broken_off: Actor | None = None
        """Who acted before a clause with a subject that is no firm known."""
        self._first: int | None = None
        """The first clause that shows its actor."""

    def read(self, mentions: Sequence[Mention]) -> None:
        """Finds the actors of all clauses."""
        self.spans = clauses_of_each(self.text, mentions)
        for number, (start, end) in enumerate(self.spans):
            self._clause(number, [one for one in mentions if start <= one.start < end])
        said = [self.text[slice(*span)] for span in self.spans]
        _let_go(self.actors, said)
        if self._first:
            _hand_back(self.actors, said[: self._first], self.apart, self._first)
        for number in reversed(range(len(self.spans))):
            self._part(number, mentions)

    def _part(self, number: int, mentions: Sequence[Mention]) -> None:
        """Parts a clause among its firms, where it tells of each a fault of its own."""
        actor, (start, end) = self.actors[number], self.spans[number]
        pieces = respectively(self.text, start, end, len(actor.firms)) if actor is not None else []
        if actor is None or not pieces:
            return
        names = {one.firm: one for one in reversed(mentions) if one.firm and start <= one.start < end}
        own = [replace(actor, firms=(one,), mention=(name := names.get(one)), word=name.word if name else one) for one in actor.firms]
        self.spans[number : number + 1] = pieces
        self.actors[number : number + 1] = own
        self.apart[number : number + 1] = [self.apart[number]] * len(pieces)

    def _clause(self, number: int, inside: list[Mention]) -> None:
        start, end = self.spans[number]
        clause = self.text[start:end]
        warned = self._is_told_of_others(number, clause)
        self.apart.append(warned or apart(self.scene, clause, start, inside, self.current))
        if self.apart[-1]:
            inside = [] if warned else left_over(self.scene, clause, start, inside)
        if self.stranger and inside and cues.STRANGER_ACTS.match(clause):
            inside = []
        names = [one for one in inside if one.kind == "name"]
        told_of = next((one for one in names if lives_from(clause, one, start)), None)
        actor = self._actor(start, end, inside) if told_of is None else None
        if told_of is None and actor is None:
            told_of = next((one for one in names if wronged(self.text, start, one)), None)
        if told_of is not None and (self.current is None or self.current.mention is None):
            self._told_of(start, told_of)
        elif actor is not None:
            self._does_too(number, actor, inside)
            self._acts(number, clause, actor)
        else:
            self._goes_on(number, clause)
            self.actors.append(None if self.nobody else self.current)

    def _told_of(self, start: int, firm: Mention) -> None:
        """A clause that tells what is done to a firm or in its name, or what a market offers it: nobody's, as are those before it
        that named nobody.

        Of a firm that is itself the subject, what follows is its own again.
        """
        self.apart[-1] = self.nobody = True
        self.actors = [one if one is not None and one.mention is not None else None for one in self.actors] + [None]
        self._broken_off = self.current
        self.current = None
        if firm.firm is not None and cheated(self.text, firm):
            self.nobody, self.current = False, Actor((firm.firm,), sign_of(firm), firm.unit or firm.word, firm)

    def _is_told_of_others(self, number: int, clause: str) -> bool:
        """Whether a clause is what the firm that acts so far tells or warns of others."""
        before = [self.text[start:end] for start, end in self.spans[:number]]
        while before and subject_at(before[-1]) == len(before[-1]):
            before.pop()
        if self.current is None:
            return False
        if not before:
            return self.scene.warned and some(clause)
        return told_of_others(before[-1], clause, self.text[self.spans[number][0] :])

    def _does_too(self, number: int, actor: Actor, inside: Sequence[Mention]) -> None:
        """Gives the clauses of the firm before also to firms that did the same: 甲银行开设了窗口，乙银行也开设了."""
        before = self.actors[number - 1] if number else None
        last = max((one.end for one in inside if one.firm in actor.firms), default=None)
        if before is None or last is None or not cues.DOES_TOO.match(self.text[last : self.spans[number][1]]):
            return
        both = tuple(dict.fromkeys((*before.firms, *actor.firms)))
        while number and (one := self.actors[number - 1]) is not None and one.firms == before.firms:
            number -= 1
            self.actors[number] = replace(one, firms=both)

    def _acts(self, number: int, clause: str, actor: Actor) -> None:
        """A clause that shows who acts in it, and who goes on from there."""
        self.nobody = False
        self.actors.append(actor)
        main, self.current = self.current, actor
        if len(actor.firms) == 2 and cues.CONTRACT.search(clause) and not cues.TOGETHER.search(clause):
            self.current = replace(actor, firms=actor.firms[:1])
        elif main is not None and by_agent(self.text, self.spans[number][0], actor, main):
            self.current = replace(actor, firms=tuple(dict.fromkeys((*main.firms, *actor.firms))))
            return
        if self._first is None:
            self._first = number

    def _goes_on(self, number: int, clause: str) -> None:
        """A clause that shows nobody: whether it is still that of whoever acted before."""
        before = self.spans[:number]
        if self.current is not None and self.current.sign == "carried" and cues.PLATFORM_ACTS.match(clause.lstrip()):
            firms = tuple(one for one in self.current.firms if self.scene.registry.firms[one].kind in _PLATFORMS)
            self.current = replace(self.current, firms=firms) if firms else None  # banks and insurers only lend or insure through one
        named = tuple(dict.fromkeys(firm for one in self.actors if one is not None and one.mention for firm in one.firms))
        if len(named) > 1 and not self.nobody and cues.FOR_ALL_NAMED.match(clause):
            self.current = Actor(named, "pronoun", clause[:1])
        elif self.apart[-1]:
            self._broken_off = None if nameless(clause) else self.current or self._broken_off
            self.nobody, self.current = True, None
            if self._first is None and all(subject_at(self.text[start:end]) == end - start for start, end in before):
                self.actors = [None] * number  # «活动中，» says when somebody else acted
        elif self.nobody and any(self.apart) and self._resumes(clause):
            self.nobody = False
        elif self._of_nobody(clause):
            if number + 1 == len(self.spans) or not cues.FINDS.match(clause):
                self.nobody, self.current = True, None
        elif number and cues.SPEECH.search(self.text[slice(*before[-1])]) and talks_of_industry(clause):
            self.nobody, self.current = True, None

    def _resumes(self, clause: str) -> bool:
        """Whether behind somebody else the firm acts again that acted before him, or whose document it is; it does so from here."""
        before = self._broken_off
        resumed = self.scene.owner() or (replace(before, sign="carried", mention=None) if before is not None else None)
        if resumed is None or not acts_again(clause, self._last_apart()):
            return False
        self.current = resumed
        return True

    def _last_apart(self) -> str:
        """The last clause with a subject that is no firm known."""
        told = zip(self.spans, self.apart, strict=False)
        return next(self.text[slice(*span)] for span, apart in reversed(list(told)) if apart)

    def _of_nobody(self, clause: str) -> bool:
        """Whether a clause that names no firm is about the trade, about banks or about customers, and not what a firm goes on with."""
        own, whole, current = self.scene.own, self.scene.whole, self.current
        about = is_trade(clause) and not (own and makes_rule(clause, self.text)) if whole else is_generic(clause)
        if about or (cues.BANKS.match(clause) and (current is None or current.sign == "carried")):
            return True
        enabled = current is not None and (cues.ENABLED.search(clause) or whole)
        return cues.CUSTOMERS.match(clause.lstrip()) is not None and not enabled

    def _actor(self, start: int, end: int, inside: list[Mention]) -> Actor | None:
        """The actor that a clause itself shows, or None."""
        scene, text, current = self.scene, self.text, self.current
        every = scene.thread.all_named(text[start:end], scene.at, scene.mentions[scene.at], start)
        if every is not None:
            return every
        candidates = in_roles(text, start, inside, current)
        if not candidates:
            return scene.thread.both(text[start:end], scene.at, scene.mentions[scene.at], start)
        first, _ = candidates[0]
        beside, self.allied = joint_actors(text, start, end, candidates, own=scene.whole is not None)
        firms = [referent(scene, first, self.passage, current), *(one.firm for one in beside)]
        known = tuple(dict.fromkeys(f for f in firms if f))
        if not known:
            return None
        if current is not None and current.mention is not None and cues.JOINED_BY.fullmatch(text[start : first.start]):
            self.allied = True
            known = current.firms if scene.whole else tuple(dict.fromkeys((*current.firms, *known)))
        after = (beside[-1] if beside else first).end
        if len(known) >= 3 and cues.EXAMPLE_LEAD.match(text[start:]) and cues.EXAMPLES.match(text[after:]):
            return None
        named = [m for m in inside if m.firm]
        subjects = start == self.spans[0][0] < len(self.spans) - 1 and names_alone(text[start:end], named, start)
        if len(known) >= 2 and not subjects and only_names(text[start:end], named, start):
            return None
        return Actor(known, sign_of(first), first.unit or first.word, first)


def _let_go(actors: list[Actor | None], said: Sequence[str]) -> None:
    """Takes from a firm that is not named there the words that only lead to somebody else's clause: 例如，"""
    for number in range(len(said) - 1, 0, -1):
        lead, actor = said[number - 1], actors[number - 1]
        if actors[number] is None and actor is not None and actor.mention is None and subject_at(lead) == len(lead):
            actors[number - 1] = None


def _hand_back(actors: list[Actor | None], said: Sequence[str], apart: Sequence[bool], first: int) -> None:
    """Gives the clauses before the first that names a firm to that firm, but for those with a subject or an actor of their own."""
    for number, clause in enumerate(said):
        carried = actors[number]
        goes_on = carried is None or carried.sign == "carried"
        subject = is_generic(clause) and not cues.FINDS.match(clause) and subject_at(clause) < len(clause)
        if not (subject or apart[number]) and (goes_on or len(clause) <= _LEAD_IN):
            actors[number] = actors[first]
