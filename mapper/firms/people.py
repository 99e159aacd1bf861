"""Who speaks: people whom a document introduces or quotes, for which firm they stand, and who stands for none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mapper.firms import cues
from mapper.firms.mentions import Mention, find_mentions
from mapper.firms.registry import Registry
from mapper.firms.roles import LEAD
from mapper.letters import lowered
from mapper.model import DocumentText, Passage

_INTRODUCED = 60
"""Passages at the top in which those who speak are introduced."""
_HEARD = 3
"""Passages over which 我行 is still the firm of the economist who spoke."""


class People:
    """The people of one document by name, each with his firm or None. Those quoted are added as the text is read."""

    def __init__(
        self,
        document: DocumentText,
        registry: Registry,
        mentions: Sequence[tuple[Mention, ...]],
        speaker: str | None,
    ) -> None:
        self.registry = registry
        self.speaker = speaker
        self.employer: str | None = None
        self.since = 0
        self._staff: dict[str, str | None] = {}
        self.people = self._introduced(document, mentions)

    def _introduced(self, document: DocumentText, mentions_of: Sequence[tuple[Mention, ...]]) -> dict[str, str | None]:
        """Who speaks for which firm, as the lines above an interview say: «某某银行消保部总经理 沈某»."""
        speakers = {passage.speaker for passage in document.passages if passage.speaker}
        found: dict[str, str | None] = {}
        for passage, mentions in zip(document.passages[:_INTRODUCED], mentions_of, strict=False):
            if not speakers:
                break
            for person in [name for name in speakers if name and name in passage.text]:
                at = passage.text.find(person)
                before = [m for m in mentions if m.firm and m.kind == "name" and m.end <= at and at - m.end <= 24]
                if before and not passage.speaker:
                    found.setdefault(person, before[-1].firm)
        for person in speakers - found.keys():
            within = {m.firm for m in find_mentions(person or "", self.registry) if m.firm}
            if person and len(within) == 1:
                found[person] = within.pop()
        return found

    def introduces(self, text: str, mentions: tuple[Mention, ...]) -> str | None:
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

    def employs(self, text: str, mentions: Iterable[Mention], employers: set[Mention]) -> None:
        """Keeps for whom an economist works who speaks in this sentence: 我行 is that firm until another is named."""
        self.since += 1
        if self.since > _HEARD or (not employers and any(one.firm for one in mentions)):
            self.employer = None
        speaking = {one.firm for one in employers if cues.ECONOMIST.match(text[one.end : one.end + 60])}
        if speaking:
            self.employer, self.since = (speaking.pop() if len(speaking) == 1 else None), 0

    def hires(self, text: str, mentions: Iterable[Mention]) -> None:
        """Keeps for whom somebody works whom a sentence names behind his firm, by half his name; one of two firms is nobody's."""
        for one in mentions if "某" in text else ():
            named = cues.STAFF_NAMED.match(text[one.end : one.end + LEAD]) if one.firm else None
            if named is not None:
                known = self._staff.setdefault(named["person"], one.firm)
                self._staff[named["person"]] = known if known == one.firm else None

    def staff(self, text: str) -> str | None:
        """The firm for which the subject of a sentence works, who was named before as its man."""
        subject = cues.SOMEBODY.match(text) if self._staff else None
        return self._staff.get(subject["person"]) if subject is not None else None

    def works_for(self, mention: Mention) -> str | None:
        """The firm that such an economist means by 我行."""
        return self.employer if cues.OUR_SIDE.fullmatch(mention.word) else None

    def speaks(self, passage: Passage) -> str | None:
        """The firm for which whoever speaks in a passage stands; None where nobody is said to speak."""
        if passage.speaker:
            entry = self.registry.surfaces.get(lowered(passage.speaker))
            return entry[0] if entry else self.people.get(passage.speaker) or self.speaker
        return None

    def outsider(self, text: str, mentions: tuple[Mention, ...], employers: set[Mention]) -> int | None:
        """Where in this sentence somebody who stands for no firm begins to speak; None where nobody does."""
        unknown = cues.UNKNOWN_SPEAKER.match(text)
        if unknown and unknown["person"] in self.people:
            return 0 if self.people[unknown["person"]] is None else None
        thinks = "研究" in text or "师" in text or "学" in text or "教授" in text or "专家" in text
        for match in (*cues.OUTSIDER.finditer(text), *(cues.RESEARCHER.finditer(text) if thinks else ())):
            near = max(0, match.start() - LEAD)
            clause: int = max([near - 1, *(text.rfind(mark, near, match.start()) for mark in "，,。；;：:“”")]) + 1
            if not any(clause <= m.start < match.end() for m in mentions if m not in employers):
                return clause
        return None


def said_by(mention: Mention, text: str, outsider: int | None) -> bool:
    """Whether 我们 or 公司 is said by an outsider who speaks from this place on: after it, or within quotes before it."""
    if outsider is None or mention.end > outsider:
        return outsider is not None
    return text.count("“", 0, mention.start) > text.count("”", 0, mention.start)
