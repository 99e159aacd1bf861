"""Which firm a passage speaks about, clause by clause, and by what sign.

The firm that acts is the subject: a name, a product, somebody who speaks for it, 我行 of whoever speaks, 公司 after a
name, or the subject of the sentence before. A firm that stands in another role (a partner after 与 or 依托, a parent, a
list of examples) is passed over. Clauses whose subject is the industry, an authority or a directive belong to nobody. Where a
sentence names nobody, the thread of the document (thread.py) may say whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from mapper.firms import cues
from mapper.firms.clauses import Attributed, windows
from mapper.firms.complaints import MANY, Complaint
from mapper.firms.listed import Itemised, Kinds, ListTracker
from mapper.firms.mentions import Mention, with_counts
from mapper.firms.openings import opening as opening_of
from mapper.firms.others import examines, place_acts
from mapper.firms.people import said_by
from mapper.firms.persons import Persons, posts
from mapper.firms.registry import Registry
from mapper.firms.roles import views
from mapper.firms.scene import Scene
from mapper.firms.sentence import SentenceActors
from mapper.firms.states import tells_state
from mapper.model import DocumentText, Passage

__all__ = ["Attributed", "Attribution", "attribute"]


@dataclass(frozen=True)
class Attribution:
    """What attribution made of one passage: who acts where, and what is masked from matching: names, with what
    counts them, and posts of the punished."""

    attributed: tuple[Attributed, ...]
    names: tuple[tuple[int, int], ...]


_TELLING = 24
"""A line that looks like a heading, with a comma in it and so long, is a sentence that a page's width cut."""
_UNIT = 10
"""Characters behind a firm's name in which its department may stand."""
_WORD = 4
"""A line that is no longer, of letters alone, is one word."""
_PLAIN = re.compile("[\u4e00-\u9fffA-Za-z]+")


def attribute(document: DocumentText, registry: Registry, check: Callable[[], None] | None = None) -> list[Attribution]:
    """One :class:`Attribution` per passage of the document, in order. Looks at this document and the registry only.

    ``check`` is called before each passage; what it raises ends the work.
    """
    readings: list[Attribution] = []
    for reading in _DocumentWalk(document, registry).readings():
        if check is not None:
            check()
        readings.append(reading)
    return readings


class _DocumentWalk:
    """Attributes the passages of a document, going through it once."""

    def __init__(self, document: DocumentText, registry: Registry) -> None:
        self.scene = scene = Scene(document, registry)
        self.complaint = Complaint(document, scene.mentions, scene.topic, registry) if scene.complains else None
        self.persons = Persons(document, scene.mentions, scene.own is not None)
        self.listed = ListTracker()
        self.itemised = Itemised()
        self.kinds = Kinds()
        self.going: tuple[int, re.Pattern[str]] | None = None
        """The paragraph whose last sentence tells what a place does or what is asked of all, and how one begins that goes on with it."""
        self.stranger = scene.voice.kind == "outside"
        """Whether a company of another trade acts: «公司» and «我们» are its own."""

    def readings(self) -> Iterator[Attribution]:
        """One for each passage."""
        scene = self.scene
        for number, (passage, mentions) in enumerate(zip(scene.document.passages, scene.mentions, strict=True)):
            scene.at = number
            names = tuple(with_counts(passage.text, [(m.start, m.end) for m in mentions if m.kind == "name"]))
            names = (*names, *posts(passage.text, names))
            item = self.itemised.told(passage, mentions)
            if item is not None and self.complaint is None and scene.own is None:
                yield Attribution(tuple(item), names)
                continue
            yield Attribution(() if self._untold(passage, mentions) else self._told(passage, mentions), names)

    def _untold(self, passage: Passage, mentions: tuple[Mention, ...]) -> bool:
        """Whether a passage tells of nobody's deeds: a question, a line that gives the floor, a head, a cell. Notes what it says."""
        scene, text = self.scene, passage.text
        if self.complaint is None and self.kinds.holds(text, mentions):
            return True
        if passage.role == "question" or passage.damaged or cues.CREDIT.fullmatch(text):
            return True
        if text.rstrip().endswith(("：", ":")) and cues.TURN.search(text):
            if scene.thread.turns(mentions):
                scene.last = None
            return True
        if scene.heads.names(text, mentions) or (passage.role != "body" and not self._tells(passage)):
            if scene.heads.note(text, mentions) is not None:
                scene.last_named, scene.last_named_at = scene.heads.firm, scene.at
            return True
        examined = scene.own is not None and examines(text)
        if examined:
            scene.last = None
        return examined or self._is_cell(passage, mentions)

    def _told(self, passage: Passage, mentions: tuple[Mention, ...]) -> tuple[Attributed, ...]:
        """Who acts where in a passage that tells of deeds."""
        scene = self.scene
        told = self.persons.without(scene.at, tuple(self._passage(passage, mentions)))
        told = () if self._of_others(passage, mentions, told) else told
        scene.beside.keep(passage.text, scene.at, mentions)
        scene.last_paragraph = passage.paragraph
        if not mentions and told and {one.sign for one in told} <= {"carried", "owner"} and tells_state(passage.text):
            return ()
        return () if self._announces(passage.text, mentions) else told

    def _of_others(self, passage: Passage, mentions: tuple[Mention, ...], told: tuple[Attributed, ...]) -> bool:
        """Whether a sentence goes on with what the one before says that a directive asks, or, in somebody else's text, sums up what
        that tells of a city or a county. Notes what it tells."""
        if mentions:
            self.going = None
        elif self.scene.own is None and not told and place_acts(passage.text):
            self.going = passage.paragraph, cues.SUMS_UP
        elif not told and cues.DEMANDS.search(passage.text):
            self.going = passage.paragraph, cues.DEMANDED
        elif self.going is None or self.going[0] != passage.paragraph or not self.going[1].match(passage.text):
            self.going = None
        else:
            return True
        return False

    def _announces(self, text: str, mentions: tuple[Mention, ...]) -> bool:
        """Whether a sentence only announces or hands over what stands below it."""
        if text[-1:] not in ("：", ":"):
            return False
        first = mentions[0] if mentions and not mentions[0].start and mentions[0].firm else None
        named = len(first.unit or first.word) if first is not None else 0
        at = max(named, text.find("现", named, named + _UNIT)) if named else 0
        if cues.PRESENTS.match(text[at:]) and (self.scene.own or not cues.PRESENTS_FAULTS.search(text)):
            return True
        return self.scene.own is not None and cues.ANNOUNCES.match(text) is not None

    def _tells(self, passage: Passage) -> bool:
        """Whether a line that looks like a heading is text: a customer's short line, a row of a firm's own table."""
        if self.complaint is not None:
            return self.complaint.letters < MANY and passage.text != self.scene.document.document.title
        if self.scene.whole is not None and cues.FAULT_HEAD.match(passage.text):
            return True
        if self.scene.own is None:
            return False
        wrapped = self.scene.last_paragraph >= 0 and "，" in passage.text[:-1] and len(passage.text) >= _TELLING
        return wrapped or bool(re.search(r"^[^|\n]*\|.*\d", passage.text, re.MULTILINE))

    def _is_cell(self, passage: Passage, mentions: tuple[Mention, ...]) -> bool:
        """Whether a passage is one word, as the cells of a table that a page's layout set one below the other."""
        one_word = len(passage.text) <= _WORD and _PLAIN.fullmatch(passage.text) is not None
        return self.scene.own is not None and not mentions and one_word

    def _passage(self, passage: Passage, mentions: tuple[Mention, ...]) -> Iterator[Attributed]:
        scene, text = self.scene, passage.text
        if self.complaint is not None:
            return self.complaint.told(passage, mentions)
        listed = self.listed.told(passage, mentions)
        if listed is not None:
            scene.thread.note(scene.at, mentions)
            return iter(listed)
        if cues.ITEM.match(text) and scene.whole is None:
            scene.last = scene.last_named = None
        self._strangers(text, mentions)
        employers = {m for m in mentions if m.firm and views(m, text, scene.registry, scene.whole)}
        scene.people.employs(text, mentions, employers)
        strange = scene.people.outsider(text, mentions, employers)
        strange = 0 if strange is None and (self._thinks(passage) or self._quoted(passage)) else strange
        mentions = tuple(
            m
            for m in mentions
            if m not in employers and (m.firm or m.kind not in ("self", "back") or not (self.stranger or said_by(m, text, strange)))
        )
        scene.quoted = scene.people.introduces(text, mentions)
        silent = strange is not None or self.stranger or bool(employers)
        opening = None if silent else opening_of(scene, passage, mentions)
        scene.people.hires(text, mentions)
        sentence = SentenceActors(scene, passage, self.stranger, opening, bool(employers))
        sentence.read(mentions)
        scene.remember(sentence.actors, sentence.nobody, sentence.allied)
        scene.thread.keep(passage, scene.at, sentence.actors, mentions)
        cut = any(apart and actor is None for apart, actor in zip(sentence.apart, sentence.actors, strict=True))
        return (replace(one, cut=cut) for one in windows(sentence.spans, sentence.actors))

    def _thinks(self, passage: Passage) -> bool:
        """Whether whoever wrote about several firms says what he thinks of them: 我们认为."""
        scene = self.scene
        if "我们" not in passage.text or not cues.AUTHOR_THINKS.match(passage.text):
            return False
        told = scene.own or (scene.whole and any(one.firm for one in scene.mentions[scene.at]))
        return not (scene.speaker or scene.thread.turn or scene.quoted or told or scene.people.speaks(passage))

    def _quoted(self, passage: Passage) -> bool:
        """Whether a sentence is all a quotation of somebody who is no officer, as the one behind it says."""
        mentions, at = self.scene.mentions, self.scene.at + 1
        if not (passage.text.startswith("“") and passage.text.endswith("”")) or at >= len(mentions):
            return False
        named = any(one.firm for one in mentions[at])
        return not named and cues.TELLS_OF_HIMSELF.search(self.scene.document.passages[at].text) is not None

    def _strangers(self, text: str, mentions: tuple[Mention, ...]) -> None:
        """Notes whether a company of another trade acts in this sentence, or still does."""
        if self.scene.whole is not None or self.scene.own is not None:
            return
        named = min((m.start for m in mentions if m.firm), default=len(text))
        coded = cues.STRANGER_CODE.search(text) if "（" in text or "(" in text else None
        found = [one for one in (coded, cues.STRANGER.search(text)) if one is not None]
        match = min(found, key=lambda one: one.start(), default=None)
        inside = match is not None and any(m.start < match.end() and match.start() < m.end for m in mentions if m.firm)
        if match is not None and not inside and match.start() <= named:
            self.stranger = True
        elif named < len(text) and self.scene.voice.kind != "outside":
            self.stranger = False
