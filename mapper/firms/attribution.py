"""Which firm a passage speaks about, clause by clause, and by what sign.

The firm that acts is the subject: a name, a product, somebody who speaks for it, 我行 of whoever speaks, 公司 after a
name, or the subject of the sentence before. A firm that stands in another role (a partner after 与 or 依托, a parent, a
list of examples) is passed over. Clauses whose subject is the industry, an authority or a directive belong to nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mapper.firms import cues
from mapper.firms.mentions import Mention, find_mentions
from mapper.firms.registry import Registry
from mapper.model import DocumentText, Passage, Sign


@dataclass(frozen=True)
class Attributed:
    """A stretch of a passage that speaks about one firm.

    ``start``/``end`` are offsets into the passage's text; ``mention`` holds the words that gave the sign, with
    offsets into the same text, or None where the subject was carried over; ``word`` names the sign for a reader.
    """

    firm: str
    start: int
    end: int
    sign: Sign
    word: str
    mention: Mention | None = None


@dataclass(frozen=True)
class Reading:
    """What attribution made of one passage: who acts where, and every mention of a name (masked from matching)."""

    attributed: tuple[Attributed, ...]
    names: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Actor:
    firms: tuple[str, ...]
    sign: Sign
    word: str
    mention: Mention | None = None


def attribute(document: DocumentText, registry: Registry) -> list[Reading]:
    """One :class:`Reading` per passage of the document, in order. Looks at this document and the registry only."""
    return list(_Walk(document, registry).readings())


class _Walk:
    """Goes through a document once, remembering who acted last."""

    def __init__(self, document: DocumentText, registry: Registry) -> None:
        self.document = document
        self.registry = registry
        self.mentions = [find_mentions(p.text, registry) for p in document.passages]
        self.named = {m.firm for ms in self.mentions for m in ms if m.firm}
        self.quoted: str | None = None
        self.outsider = False
        self.topic = self._topic()
        self.owner = self._firm(document.document.owner)
        self.voice = self._firm(document.document.speaker)
        self.people: dict[str, str | None] = {}
        self.listed: dict[str, str] = {}
        self.listed_paragraph = -10
        self.last: _Actor | None = None
        self.last_named: str | None = None
        self.last_paragraph = -1

    def _firm(self, name: str | None) -> str | None:
        firm = self.registry.find(name) if name else None
        return firm.id if firm else None

    def _topic(self) -> str | None:
        """The one firm that the document is about: four fifths of its mentions, or the only one in its title."""
        counts: Counter[str] = Counter(
            m.firm
            for passage, mentions in zip(self.document.passages, self.mentions, strict=True)
            for m in mentions
            if m.firm and not cues.EMPLOYER.match(passage.text[m.end : m.end + 30])
        )
        in_title = {m.firm for m in find_mentions(self.document.document.title or "", self.registry) if m.firm}
        if not counts:
            return next(iter(in_title)) if len(in_title) == 1 else None
        firm, most = counts.most_common(1)[0]
        if most >= 3 and most >= 0.8 * sum(counts.values()):
            return firm
        if len(in_title) == 1:
            return next(iter(in_title))
        return firm if len(counts) == 1 else None

    def readings(self) -> Iterator[Reading]:
        for passage, mentions in zip(self.document.passages, self.mentions, strict=True):
            names = tuple((m.start, m.end) for m in mentions if m.kind == "name")
            if passage.role == "question" or passage.damaged:
                yield Reading((), names)
                continue
            if passage.role != "body":
                self._note_heading(mentions)
                yield Reading((), names)
                continue
            yield Reading(tuple(self._passage(passage, mentions)), names)
            self.last_paragraph = passage.paragraph

    def _note_heading(self, mentions: tuple[Mention, ...]) -> None:
        named = {m.firm for m in mentions if m.firm}
        if len(named) == 1:
            self.last_named = named.pop()

    def _passage(self, passage: Passage, mentions: tuple[Mention, ...]) -> Iterator[Attributed]:
        text = passage.text
        listed = self._listed(passage, mentions)
        if listed is not None:
            yield from listed
            return
        employers = {m for m in mentions if m.firm and cues.EMPLOYER.match(text[m.end : m.end + 30])}
        self.outsider = self._outsider(text, mentions, employers)
        mentions = tuple(
            m for m in mentions if m not in employers and not (self.outsider and m.kind in ("self", "back"))
        )
        self.quoted = self._introduces(text, mentions)
        spans = _clauses(text)
        actors: list[_Actor | None] = []
        current = None if self.outsider or employers else self._opening(passage, mentions)
        nobody = bool(employers)
        first_named: int | None = None
        for number, (start, end) in enumerate(spans):
            inside = [m for m in mentions if start <= m.start < end]
            clause = text[start:end]
            actor = self._clause_actor(passage, text, start, end, inside, current)
            if actor is not None:
                nobody = False
                if len(actor.firms) == 2 and cues.CONTRACT.search(clause) and not cues.TOGETHER.search(clause):
                    actors.append(actor)
                    current = replace(actor, firms=actor.firms[:1])
                    if first_named is None:
                        first_named = number
                    continue
                agent = text[start : actor.mention.start].endswith("由") if actor.mention else False
                main, current = current, actor
                if agent and main is not None and main.firms != actor.firms:
                    actors.append(actor)
                    current = replace(actor, firms=tuple(dict.fromkeys((*main.firms, *actor.firms))))
                    continue
                if first_named is None:
                    first_named = number
            elif (
                _is_generic(clause)
                or (cues.BANKS.match(clause) and (current is None or current.sign == "carried"))
                or (cues.CUSTOMERS.match(clause.lstrip()) and (current is None or not cues.ENABLED.search(clause)))
            ):
                nobody, current = True, None
            elif cues.SPEECH.search(text[spans[number - 1][0] : start] if number else "") and _talks_of_industry(clause):
                nobody, current = True, None
            actors.append(None if nobody else current)
        if first_named:
            named = actors[first_named]
            for number in range(first_named):
                carried = actors[number]
                clause = text[spans[number][0] : spans[number][1]]
                if not _is_generic(clause) and (carried is None or carried.sign == "carried"):
                    actors[number] = named
        self._remember(actors, nobody)
        yield from _windows(spans, actors)

    def _opening(self, passage: Passage, mentions: tuple[Mention, ...]) -> _Actor | None:
        """Who acts at the start of a sentence that names nobody yet."""
        text = passage.text
        speaker = self._speaker(passage)
        if any(m.kind == "name" for m in mentions) and self.last is None and speaker is None:
            return None
        foreign = bool(cues.OTHER_SUBJECT.match(text)) and not mentions
        if passage.paragraph == self.last_paragraph and self.last is not None:
            return None if foreign else replace(self.last, sign="carried", mention=None)
        if speaker is not None:
            return _Actor((speaker,), "speaker", passage.speaker or speaker)
        if foreign or cues.INDUSTRY.search(text):
            return None
        if self.owner is not None:
            return _Actor((self.owner,), "owner", self.owner)
        if self.topic is None:
            return None
        alone = self.named == {self.topic}
        if alone or (cues.CONTINUES.match(text) and self.last is not None and self.last.firms == (self.topic,)):
            return _Actor((self.topic,), "carried", self.topic)
        return None

    def _outsider(self, text: str, mentions: tuple[Mention, ...], employers: set[Mention]) -> bool:
        """Whether somebody speaks in this sentence who stands for no firm."""
        unknown = cues.UNKNOWN_SPEAKER.match(text)
        if unknown and unknown["person"] in self.people:
            return self.people[unknown["person"]] is None
        for match in cues.OUTSIDER.finditer(text):
            clause = max((text.rfind(mark, 0, match.start()) for mark in "，,。；;：:“”"), default=-1) + 1
            if not any(clause <= m.start < match.end() for m in mentions if m not in employers):
                return True
        return False

    def _introduces(self, text: str, mentions: tuple[Mention, ...]) -> str | None:
        """The firm whose officer speaks in this sentence; his name is kept for the sentences to come."""
        found = None
        for mention in mentions:
            titled = cues.TITLED.match(text[mention.end : mention.end + 60]) if mention.firm else None
            if titled:
                found = mention.firm
                if titled["person"]:
                    self.people[titled["person"]] = mention.firm
        if found is None:
            unknown = cues.UNKNOWN_SPEAKER.match(text)
            found = self.people.get(unknown["person"]) if unknown else None
        return found

    def _listed(self, passage: Passage, mentions: tuple[Mention, ...]) -> list[Attributed] | None:
        """A list of firms that a regulator names, and the sentences that refer back to it; None for anything else."""
        text = passage.text
        firms = tuple(dict.fromkeys(m.firm for m in mentions if m.firm))
        end = len(text)
        if len(firms) >= 3 and cues.LISTING.search(text):
            first = {m.firm: m for m in reversed(mentions) if m.firm}
            self.listed = {firm: first[firm].word for firm in firms}
            self.listed_paragraph = passage.paragraph
            return [Attributed(firm, 0, end, "named", first[firm].word, first[firm]) for firm in firms]
        if not firms and self.listed and cues.REFERS.match(text) and passage.paragraph - self.listed_paragraph <= 3:
            return [Attributed(firm, 0, end, "listed", word) for firm, word in self.listed.items()]
        return None

    def _speaker(self, passage: Passage) -> str | None:
        if passage.speaker:
            entry = self.registry.surfaces.get(passage.speaker.lower())
            return entry[0] if entry else self.voice
        return None

    def _clause_actor(
        self, passage: Passage, text: str, start: int, end: int, inside: list[Mention], current: _Actor | None
    ) -> _Actor | None:
        """The actor that a clause itself shows, or None."""
        candidates = [m for m in inside if not self._passed_over(text, start, m, inside, current)]
        if not candidates:
            return None
        head = candidates[0]
        firms = [self._resolve(head, passage, current)]
        for other in candidates[1:]:
            between = text[head.end : other.start]
            if other.kind != "name" or not (cues.AND.match(_strip_unit(between, head)) or _listing(between, inside)):
                break
            if between.strip("、，, ") in ("和", "与", "及", "以及", "") and not (
                "、" in between or cues.JOINT.match(text[other.end : end + 12])
            ):
                break
            firms.append(other.firm)
            head = other
        known = tuple(dict.fromkeys(f for f in firms if f))
        if not known:
            return None
        if len(known) >= 3 and re.match(r"^等[^，,。]{0,14}(?:的|路径|来看)", text[head.end :]) and text[start:].startswith(
            ("从", "以", "像")
        ):
            return None
        first = candidates[0]
        return _Actor(known, _sign(first), first.unit or first.word, first)

    def _resolve(self, mention: Mention, passage: Passage, current: _Actor | None) -> str | None:
        if mention.firm:
            return mention.firm
        if mention.kind == "self":
            own = self.quoted or self._speaker(passage) or self.voice or self.owner
            if own:
                return own
        if current is not None and len(current.firms) == 1:
            return current.firms[0]
        if mention.kind == "self":
            return self.last_named or self.topic
        return self.last_named or self.topic

    def _passed_over(
        self, text: str, start: int, mention: Mention, inside: list[Mention], current: _Actor | None
    ) -> bool:
        """Whether a mention stands in a role that does not act."""
        lead = text[start : mention.start].rstrip("“\"'「《（( ")
        if mention.kind in ("self", "back"):
            return bool(re.search(r"(?:与|和|跟|向|给|联系|关注)$", lead)) and current is not None
        others = [m for m in inside if m is not mention and m.kind in ("name", "person", "self", "back")]
        if cues.PARTNER_LIST.search(text[start : mention.start]):
            return True
        if any(m.start > mention.end and cues.PARENT.match(text[mention.end : m.start]) for m in others if m.kind == "name"):
            return True
        if mention.kind == "product":
            owner = mention.firm
            if current is not None and owner not in current.firms and current.sign != "carried":
                return True
            if any(m.firm != owner for m in others if m.firm):
                return True
            return bool(current is not None and owner not in current.firms and lead and not lead.endswith(("其中", "如")))
        if lead.endswith("由"):
            return bool(cues.FOUNDED.match(text[mention.end :]))
        if not cues.PARTNER.search(lead):
            return False
        if cues.KEEPS_ROLE.search(lead) and not others and (current is None or current.sign == "carried"):
            return False
        if re.search(r"(?:和|与|及|以及|、)$", lead) and any(m.end <= mention.start for m in others):
            return False
        if not others and current is None and not re.search(r"(?:依托|借助|引入|接入|参股|持有|收购|投资)$", lead):
            return False
        return True

    def _remember(self, actors: list[_Actor | None], nobody: bool) -> None:
        last = next((a for a in reversed(actors) if a is not None), None)
        self.last = None if nobody else last
        if last is not None:
            self.last_named = last.firms[0]


def _sign(mention: Mention) -> Sign:
    signs: dict[str, Sign] = {
        "name": "named", "product": "product", "person": "person", "self": "speaker", "back": "pronoun",
    }
    return signs[mention.kind]


def _strip_unit(between: str, head: Mention) -> str:
    return between.replace((head.unit or "")[len(head.word) :], "", 1) if head.unit else between


def _listing(between: str, inside: list[Mention]) -> bool:
    """Two names of one enumeration: only other names and list marks stand between them."""
    rest = between
    for mention in inside:
        rest = rest.replace(mention.word, "")
    return bool(cues.AND.match(rest))


def _is_generic(clause: str) -> bool:
    return bool(cues.GENERIC.match(clause.lstrip()) or cues.AUTHORITY.match(clause.lstrip()) or cues.DIRECTIVE.search(clause))


def _talks_of_industry(clause: str) -> bool:
    return bool(re.search(r"行业|消费金融公司|金融机构|市场|我国|国家|机构(?:应|要|需)|金融科技已|技术正|普惠金融(?:应|要|需|是)", clause))


def _clauses(text: str) -> list[tuple[int, int]]:
    """Clause spans that cover the text; a comma or colon between digits does not divide."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in cues.CLAUSE.finditer(text):
        at = match.start()
        if match.group() in ",，:：" and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit():
            continue
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _windows(spans: list[tuple[int, int]], actors: list[_Actor | None]) -> Iterator[Attributed]:
    """For each firm its clauses, neighbours joined into one stretch; of their signs the plainest is shown."""
    runs: dict[str, list[Attributed]] = {}
    for (start, end), actor in zip(spans, actors, strict=True):
        for firm in actor.firms if actor is not None else ():
            found = Attributed(firm, start, end, actor.sign, actor.word, actor.mention)  # type: ignore[union-attr]
            stretches = runs.setdefault(firm, [])
            if stretches and stretches[-1].end == start:
                before = stretches[-1]
                plainer = before if _weight(before.sign) >= _weight(found.sign) else found
                stretches[-1] = replace(plainer, start=before.start, end=end)
            else:
                stretches.append(found)
    yield from sorted((one for found in runs.values() for one in found), key=lambda one: (one.start, one.end))


def _weight(sign: Sign) -> int:
    return {"named": 6, "speaker": 5, "pronoun": 4, "person": 3, "product": 2, "carried": 1}.get(sign, 0)
