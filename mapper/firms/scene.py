"""What is known of a document while it is gone through, and who acted last."""

from __future__ import annotations

from dataclasses import replace

from mapper.firms import cues
from mapper.firms.clauses import Actor
from mapper.firms.heads import HeadingTracker
from mapper.firms.mentions import Mention, branches_known, find_mentions
from mapper.firms.others import Named, nameless
from mapper.firms.parties import with_parties
from mapper.firms.people import People
from mapper.firms.registry import Registry
from mapper.firms.thread import Thread
from mapper.firms.voice import voice_of
from mapper.model import DocumentText, Sign


class Scene:
    """One document at one passage. ``at``: the number of the passage; ``last``: who acted at the end of the one before."""

    at = 0
    last: Actor | None = None
    last_named: str | None = None
    last_named_at = 0
    last_paragraph = -1
    quoted: str | None = None
    """The firm for which somebody speaks whom this sentence quotes."""

    def __init__(self, document: DocumentText, registry: Registry) -> None:
        self.document = document
        self.registry = registry
        self.mentions = with_parties(document, branches_known([find_mentions(p.text, registry) for p in document.passages]))
        self.named = {m.firm for ms in self.mentions for m in ms if m.firm}
        self.voice = voice_of(document, registry, self.mentions)
        self.complains = self.voice.kind == "complaint"
        self.own = self.voice.firm if self.voice.kind == "own" else None
        """The firm that speaks in it."""
        self.topic = self.voice.firm
        self.whole = self.topic if self.voice.whole else None
        """The firm whose is all that has no subject of its own."""
        speaker = registry.find(document.document.speaker) if document.document.speaker else None
        self.speaker = speaker.id if speaker is not None else self.own
        self.people = People(document, registry, self.mentions, self.speaker)
        self.heads = HeadingTracker()
        self.thread = Thread(document)
        self.beside = Named(self.own)
        first = next((one.text for one in document.passages), "")
        self.lesson = self.own is None and any(cues.LESSON.match(one) for one in (document.document.title or "", first))
        """Whether it is a page by which a firm warns its customers, with what others did."""
        self.cases = self.lesson and any(nameless(one.text) for one in document.passages)
        """Whether such a page tells what a firm did whose name it keeps back."""
        self.says_our = any("本行" in one.text or "我行" in one.text for one in document.passages)

    @property
    def warned(self) -> bool:
        """Whether the passage before says that somebody warns, and ends with it."""
        if not self.at:
            return False
        before = self.document.passages[self.at - 1].text.rstrip("。！!：:")
        return cues.WARNS.search(before[max(map(before.rfind, "，,；;")) + 1 :]) is not None

    def remember(self, actors: list[Actor | None], nobody: bool, allied: bool) -> None:
        """Keeps who acted last in a sentence. ``nobody``: its last clause is nobody's; ``allied``: one acted with a partner."""
        last = next((a for a in reversed(actors) if a is not None), None)
        if last is not None and allied:
            last = replace(last, firms=last.firms[:1])
        self.last = None if nobody else last
        if last is not None:
            self.last_named, self.last_named_at = last.firms[0], self.at

    def owner(self) -> Actor | None:
        """Whoever's document it is, or the firm below whose name alone a sentence stands in it."""
        if self.own is None:
            return None
        arm = self.heads.alone if self.heads.alone != self.own else None
        return Actor((arm,), "carried", arm) if arm else Actor((self.own,), "owner", self.own)

    def fallen(self, last: Actor) -> Sign:
        """The sign of a subject that goes on without being named: in a firm's own document it is the document's owner."""
        return "owner" if self.own is not None and last.firms == (self.own,) else "carried"

    def another(self, mention: Mention) -> str | None:
        """The firm that a word for another than whoever speaks means; "" where nobody knows it."""
        return self.beside.last(self.at, self.document.passages[self.at].text[: mention.start], self.mentions[self.at])
