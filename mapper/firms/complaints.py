"""What a customer tells: the conduct of the firm complained of, whoever else is named beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mapper.firms import cues
from mapper.firms.clauses import Attributed, clauses, sign_of
from mapper.firms.mentions import Mention
from mapper.firms.registry import Registry
from mapper.model import DocumentText, FirmKind, Passage, Sign

_LONE = 0.6
"""A customer complains of one firm where it bears this share of the names."""
_KINDS: Mapping[str, tuple[FirmKind, ...]] = {
    "bank": ("bank",), "insurer": ("insurer",), "platform": ("fintech",), "guarantee": ("guarantee",),
    "trust": ("trust",), "fund": ("fund-manager",), "microloan": ("microloan",), "consumer": ("consumer-finance",),
}
_LEAD = 4
"""Characters before a firm at the beginning of its clause: 购买时, 但是."""
MANY = 2
"""A page of so many sections that each name a firm holds several letters."""


class Complaint:
    """Goes through a complaint once, remembering of whom it told last."""

    def __init__(
        self, document: DocumentText, mentions: Sequence[tuple[Mention, ...]], firm: str | None, registry: Registry
    ) -> None:
        self.registry = registry
        self.insurers = _insurers(mentions, registry)
        mentions = [self._of_groups(found) for found in mentions]
        self.firm = self.last = self.insurers.get(firm or "", firm)
        self.counts: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
        for passage, found in zip(document.passages, mentions, strict=True):
            letter = passage.text if passage.role == "heading" else passage.section
            self.counts[letter].update(one.firm for one in acting(passage, found, registry) if one.firm)
        written = {passage.section for passage in document.passages if passage.role == "body"}
        self.letters = sum(bool(self.counts[section]) for section in written)
        self.section: str | None = ""

    def told(self, passage: Passage, mentions: tuple[Mention, ...]) -> Iterator[Attributed]:
        """The whole sentence for the firm complained of, and whatever another firm does in it as its subject."""
        own = acting(passage, self._of_groups(mentions), self.registry)
        if not own and (cues.BYSTANDER.match(passage.text) or cues.QUOTED_LAW.match(passage.text)):
            return
        firm = self._accused(passage, own)
        if firm is None:
            return
        subject = own[0] if own and own[0].start <= _LEAD and own[0].firm != firm else None
        if subject is not None and all(one.firm != firm for one in own):
            firm = subject.firm or firm
        if all(one.firm != firm for one in own) and cues.AT_COUNTER.search(passage.text):
            banks = {one.firm for one in own if one.firm and self.registry.firms[one.firm].kind == "bank"}
            firm = banks.pop() if len(banks) == 1 else firm
        named = next((m for m in own if m.firm == firm), None)
        sign: Sign = sign_of(named) if named is not None else "carried"
        word = (named.unit or named.word) if named is not None else firm
        yield Attributed(firm, 0, len(passage.text), sign, word, named)
        others: set[str | None] = {firm}
        if all(one.firm == firm for one in own):
            return
        starts = {place: end for start, end in clauses(passage.text) for place in range(start, min(end, start + _LEAD))}
        for one in own:
            end = starts.get(one.start, 0)
            if one.firm and one.firm not in others and one.end + 2 < end:
                others.add(one.firm)
                yield Attributed(one.firm, one.start, len(passage.text), sign_of(one), one.unit or one.word, one)

    def _of_groups(self, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """Mentions, where a group means the insurer of it that the complaint is about."""
        return tuple(replace(one, firm=self.insurers.get(one.firm or "", one.firm)) for one in mentions)

    def _accused(self, passage: Passage, own: Sequence[Mention]) -> str | None:
        """The firm complained of at this place: that of its letter, or the one named last where several are told of."""
        counts = self.counts[passage.section]
        lone = bool(counts) and max(counts.values()) >= _LONE * counts.total()
        if passage.section != self.section:
            self.section = passage.section
            self.last = counts.most_common(1)[0][0] if counts and (lone or self.letters >= MANY) else self.firm
        if own and cues.CONTRAST.match(passage.text):
            return own[0].firm
        if own and not lone:
            self.last = own[0].firm
        elif not own and len(counts) > 1:
            return self._of_kind(passage.text, counts) or self.last or self.firm
        return self.last or self.firm

    def _of_kind(self, text: str, told_of: Iterable[str]) -> str | None:
        """The one firm told of that a sentence calls by its kind («the bank»), or by a fee that only such a firm takes.

        Of several the first that speaks or acts; None where that is in doubt.
        """
        kinds = [kind for kind, words in cues.KINDS.items() if words.search(text)]
        if len(kinds) > 1:
            speaks = cues.KIND_SPEAKS.search(text)
            kinds = [kind for kind in kinds if speaks is not None and speaks[kind]]
        elif not kinds:
            kinds = [kind for kind, words in cues.FEES.items() if words.search(text)]
        meant = [id for id in told_of if self.registry.firms[id].kind in _KINDS[kinds[0]]] if len(kinds) == 1 else []
        return meant[0] if len(meant) == 1 else None


def _insurers(mentions: Iterable[Sequence[Mention]], registry: Registry) -> dict[str, str]:
    """Groups that a customer names behind one insurer of theirs, and behind no other of them: he means that one."""
    order = list(dict.fromkeys(one.firm for found in mentions for one in found if one.firm))
    members: defaultdict[str, list[str]] = defaultdict(list)
    for id in order:
        firm = registry.firms[id]
        group = registry.find(firm.parent) if firm.parent and firm.kind == "insurer" else None
        if group is not None and group.kind == "insurer" and group.id in order:
            members[group.id].append(id)
    return {group: own[0] for group, own in members.items() if len(own) == 1 and order.index(own[0]) < order.index(group)}


def acting(passage: Passage, mentions: Sequence[Mention], registry: Registry) -> list[Mention]:
    """The firms that a customer's sentence names, without those whose card, account or way of paying he only used."""
    return [one for one in mentions if one.firm and not _instrument(passage.text, one, registry)]


def _instrument(text: str, one: Mention, registry: Registry) -> bool:
    if cues.INSTRUMENT.match(text[one.end : one.end + 4]):
        return True
    lead = text[max(0, one.start - 12) : one.start]
    if cues.INSTRUMENT_LEAD.search(lead):
        return True
    if cues.INSTRUMENT_WAY.search(lead) and cues.INSTRUMENT_USE.match(text, one.end):
        return True
    if _tied(text, lead, one, registry):
        return True
    pays = one.firm is not None and registry.firms[one.firm].kind == "payment"
    shop = lead.endswith("在") and text[one.end : one.end + 1] == "上"
    return pays and (shop or bool(cues.INSTRUMENT_WAY.search(lead)))


def _tied(text: str, lead: str, one: Mention, registry: Registry) -> bool:
    """Whether an insurer is named for goods that somebody else made the customer buy."""
    insurer = one.firm is not None and registry.firms[one.firm].kind == "insurer"
    goods = cues.TIED_LEAD.search(lead) is not None and cues.TIED_GOODS.match(text, one.end) is not None
    return insurer and goods and cues.TIED.search(text) is not None
