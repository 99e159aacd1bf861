"""The dialogue: a line in, lines out. It is the same on a terminal and from a pipe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mapper.catalog.lessons import LONGEST
from mapper.catalog.load import Catalog
from mapper.messages import say, sheet
from mapper.model import Grade, Lesson, Requirement
from mapper.teach.book import Book
from mapper.teach.desk import Desk, Hit
from mapper.teach.restate import remove, restate
from mapper.teach.rows import NumberedList, NumberedSentence, of_book, of_corpus
from mapper.teach.said import COMMANDS, GRADES, QUOTES, chinese, command_like, many, numbers, typed
from mapper.teach.starters import starters

ADVISED, MISSES = 12, 3
"""Sentences and near misses of a requirement with which the reader is at ease."""
_SHORTEST = 8
"""Characters of a sentence, at least: what is shorter was meant as a command."""
_LISTED = 12
"""Sentences of what the corpus yields: so many that are sure, and so many that are in doubt."""
_KIN = 6
"""Further requirements that are named, those with the most sentences in common."""


@dataclass
class Dialogue:
    """One author at work. ``tell`` is given each line to show; ``shipped`` is where starters come from."""

    desk: Desk
    book: Book
    asked: list[Requirement]
    shipped: Catalog
    tell: Callable[[str], None]
    at: int = 0
    listed: NumberedList = field(init=False)
    """The numbered sentences last shown, to be picked by number."""
    _taken: list[Lesson] = field(default_factory=list)
    """What of the book the desk has been taught."""

    def __post_init__(self) -> None:
        self.listed = NumberedList(self.tell)

    @property
    def requirement(self) -> Requirement:
        """The one that is being taught."""
        return self.asked[self.at]

    def open(self) -> None:
        """The first words."""
        self.tell(say("teach.welcome", count=len(self.asked), sentences=len(self.desk.sentences), path=self.book.path.name))
        self._present()

    def hear(self, line: str) -> bool:
        """Answer one line. Returns whether the dialogue goes on."""
        line = typed(line)
        if not line:
            return True
        word, _, rest = line.partition(" ")
        command = COMMANDS.get(word.lower())
        if command == "quit" and not rest:
            self._close()
            return False
        if command is not None and (not rest or command in ("find", "start", "show", "go", "text", "title", "drop", "undo")):
            getattr(self, f"_{command}")(rest.strip())
        elif line in GRADES:
            self._regrade(GRADES[line])
        elif word in GRADES and (picked := numbers(rest)) is not None:
            for row in self.listed.picked(picked):
                self._regrade_row(row, GRADES[word])
        elif line[0] in "&＆":
            self._also(line[1:].strip())
        elif line[0] in "+＋-－—":
            self._given(line[1:].strip(), near_miss=line[0] not in "+＋")
        else:
            self._given(line, near_miss=False, bare=True)
        return True

    # ---- what is asked ---------------------------------------------------------------------------------------

    def _present(self) -> None:
        one = self.requirement
        self.listed.rows = ()
        self.tell("")
        self.tell(f"[{self.at + 1}/{len(self.asked)}] {one.id} · {one.clause} · {one.title}")
        if not one.text:
            self.tell(say("teach.unwritten"))
        elif one.text != one.title:
            self.tell(f"    {one.text}")
        whom = "、".join(say(f"page.kind-{kind}") if kind != "all" else say("teach.everybody") for kind in one.applies_to)
        self.tell(f"    {say(f'page.obligation-{one.obligation}')} · {whom}")
        self._stand()

    def _stand(self) -> None:
        taught, misses = self.desk.counts(self.requirement.id)
        lacking = self.desk.missing(self.requirement.id)
        key = "stand-lacking" if lacking else "stand-few" if taught < ADVISED or misses < MISSES else "stand-enough"
        self.tell(say(f"teach.{key}", taught=taught, misses=misses, lacking=lacking, advised=ADVISED, least=MISSES))

    def _text(self, rest: str) -> None:
        self._restate("text", rest)

    def _title(self, rest: str) -> None:
        self._restate("title", rest)

    def _restate(self, key: str, words: str) -> None:
        path, line = self.desk.catalog.places[self.requirement.id]
        if not words:
            self.tell(say("teach.not-understood", words=key))
        elif not restate(Path(path), self.requirement.id, key, words):
            self.tell(say("teach.restate-not", path=path, line=line))
        else:
            self.asked[self.at] = self.requirement.model_copy(update={key: words})
            self.desk.restate(self.requirement)
            if key == "text":
                self._relearn()
            self._present()

    def _drop(self, rest: str) -> None:
        one = self.requirement
        path, line = self.desk.catalog.places[one.id]
        if rest != one.id or len(self.asked) == 1:
            self.tell(say("teach.drop-sure", id=one.id))
        elif not remove(Path(path), one.id):
            self.tell(say("teach.restate-not", path=path, line=line))
        else:
            del self.asked[self.at]
            self.at = min(self.at, len(self.asked) - 1)
            self.tell(say("teach.dropped", id=one.id, title=one.title))
            self._present()

    def _help(self, rest: str) -> None:
        for key in sheet("teach"):
            if key.startswith("help-"):
                self.tell(f"  {say(f'teach.{key}')}")

    def _next(self, rest: str) -> None:
        self._turn(self.at + 1)

    def _back(self, rest: str) -> None:
        self._turn(self.at - 1)

    def _turn(self, to: int) -> None:
        if 0 <= to < len(self.asked):
            self.at = to
            self._present()
        else:
            self.tell(say("teach.no-more"))

    def _go(self, rest: str) -> None:
        found = [n for n, one in enumerate(self.asked) if rest and rest in (one.id, one.clause, one.title)]
        found = found or [n for n, one in enumerate(self.asked) if rest and one.id.endswith(rest)]
        if found:
            self._turn(found[0])
        else:
            self.tell(say("teach.unknown", id=rest or "—", known="、".join(one.id for one in self.asked)))

    def _close(self) -> None:
        self.tell(say("teach.closed", count=len(self.book.added), path=self.book.path.name))
        for one in self.asked:
            lacking = self.desk.missing(one.id)
            if lacking:
                self.tell(f"  {say('teach.lacking', id=one.id, title=one.title, lacking=lacking)}")

    # ---- what to choose from ---------------------------------------------------------------------------------

    def _find(self, rest: str) -> None:
        found = [one for one, value in self.desk.likely(self.requirement.id, many(rest)) if value != 0.0]
        self.tell(say("teach.found" if found else "teach.found-none"))
        self.listed.show([NumberedSentence(one.text, one.masked, f"{'、'.join(one.firms)} · {one.document}") for one in found])

    def _start(self, rest: str) -> None:
        known = {one.text for one in self.desk.lessons(self.requirement.id)}
        found = [one for one in starters(self.requirement, self.shipped, 4 * many(rest)) if one.lesson.text not in known]
        self.tell(say("teach.started" if found else "teach.started-none"))
        kept = found[: many(rest)]
        rows = [(one.lesson, f"{one.requirement.id} {one.requirement.title}") for one in kept]
        self.listed.show([NumberedSentence(one.text, one.text, about, one.grade) for one, about in rows])

    # ---- sentences -------------------------------------------------------------------------------------------

    def _given(self, said: str, *, near_miss: bool, bare: bool = False) -> None:
        """Take a sentence or numbers of sentences; ``bare``: nothing before it says that it is meant as a sentence."""
        picked = numbers(said)
        names = {name for one in self.desk.catalog.requirements for name in (one.id, one.clause, one.title)}
        if picked is not None:
            rows = self.listed.picked(picked)
        elif command_like(said, bare, names):
            self.tell(say("teach.command-like" if bare and chinese(said) else "teach.no-sentence", words=said[:30]))
            return
        else:
            text = self.desk.as_taught(" ".join(said.strip(QUOTES).split()))
            if not _SHORTEST <= len(text) <= LONGEST:
                self.tell(say("teach.not-understood", words=said[:20]))
                return
            rows = [NumberedSentence(text, text, "")]
        fresh = [row for row in rows if not self._known(row.taught, near_miss)]
        for row in fresh:
            self._add(row, near_miss)
        if fresh:
            self._relearn()
            for row in fresh:
                if picked is not None:
                    self.tell(f"  {row.text}")
                self._said_of(row.taught, near_miss)
            self._stand()
            self._sum_up()

    def _known(self, text: str, near_miss: bool) -> bool:
        """Whether a sentence is there already; one that was taken for the other kind changes sides."""
        there = [one for one in self.desk.lessons(self.requirement.id) if one.text == text]
        if not there:
            return False
        if there[0].near_miss == near_miss or not self.book.forget(text, self.requirement.id):
            self.tell(say("teach.twice", sentence=text))
            return True
        self.desk.forget(there)
        return False

    def _add(self, row: NumberedSentence, near_miss: bool) -> None:
        """Take a sentence, with the grade that it was read by where it stands, else that of its words."""
        one = self.requirement.id
        grade = None if near_miss else row.grade or self.desk.direction(row.taught)
        evidences = () if near_miss else (one,)
        self.book.add(Lesson(text=row.taught, evidences=evidences, grade=grade, written_for=one, near_miss=near_miss))

    def _relearn(self) -> None:
        kept = [one for one in self.desk.catalog.lessons if one not in self._taken]
        self._taken = list(self.book.added)
        self.desk.learn([*kept, *self._taken], self.requirement.id)

    def _said_of(self, text: str, near_miss: bool) -> None:
        verdicts = self.desk.verdicts(text)
        own = next((one for one in verdicts if one[0] == self.requirement.id), None)
        mine = {one.id: one.title for one in self.asked if one.id != self.requirement.id}
        others = [f"{id} {mine[id]} {score:.2f}" for id, score, _ in verdicts if id in mine]
        if near_miss:
            self.tell(say("teach.taken-miss-bright" if own else "teach.taken-miss", score=f"{own[1]:.2f}" if own else ""))
            if others:
                self.tell(say("teach.miss-others", others="；".join(others[:3])))
            return
        last = next(one for one in reversed(self.book.added) if one.text == text)
        grade = say(f"page.grade-{last.grade}")
        score = f"{own[1]:.2f}" if own else "—"
        key = "taken" if own else "taken-unread" if self.desk.missing(self.requirement.id) else "taken-dim"
        self.tell(say(f"teach.{key}", grade=grade, score=score, line=f"{self.desk.least(last.grade or 'action'):.2f}"))
        if others:
            self.tell(say("teach.taken-others", others="；".join(others[:3])))

    def _regrade(self, grade: Grade) -> None:
        if not self.book.added or self.book.added[-1].near_miss:
            self.tell(say("teach.nothing-last"))
            return
        self.book.change(self.book.added[-1].model_copy(update={"grade": grade}))
        self._relearn()
        self.tell(say("teach.regraded", grade=say(f"page.grade-{grade}"), sentence=self.book.added[-1].text))

    def _regrade_row(self, row: NumberedSentence, grade: Grade) -> None:
        """Change the grade of a sentence of the list that teaches the requirement."""
        if row.lesson is not None and row.lesson.near_miss:
            self.tell(say("teach.not-own", sentence=row.text))
            return
        lesson = self._out(row)
        if lesson is None:
            return
        self.book.add(lesson.model_copy(update={"grade": grade}))
        self._relearn()
        self.tell(say("teach.regraded", grade=say(f"page.grade-{grade}"), sentence=row.text))

    def _also(self, id: str) -> None:
        known = [one.id for one in self.desk.catalog.requirements]
        if not self.book.added or self.book.added[-1].near_miss:
            self.tell(say("teach.nothing-last"))
        elif id not in known:
            self.tell(say("teach.unknown", id=id or "—", known="、".join(known[:40])))
        else:
            last = self.book.added[-1]
            self.book.change(last.model_copy(update={"evidences": tuple(dict.fromkeys((*last.evidences, id)))}))
            self._relearn()
            self.tell(say("teach.also", id=id, sentence=last.text))

    def _undo(self, rest: str) -> None:
        picked = numbers(rest)
        if picked is not None:
            for row in self.listed.picked(picked):
                if self._out(row) is not None:
                    self._relearn()
                    self.tell(say("teach.undone", sentence=row.text))
            return
        if rest:
            self.tell(say("teach.command-like", words=rest[:30]))
            return
        gone = self.book.undo()
        if gone is None:
            self.tell(say("teach.nothing-last"))
            return
        self._relearn()
        self.tell(say("teach.undone", sentence=gone.text))
        self._stand()

    def _out(self, row: NumberedSentence) -> Lesson | None:
        """Take a sentence of the list out of what teaches the requirement; None where it does not."""
        lesson = row.lesson
        if lesson is None or not self.book.forget(row.taught, lesson.written_for or ""):
            self.tell(say("teach.not-own", sentence=row.text))
            return None
        self.desk.forget([lesson])
        return lesson

    # ---- what it comes to ------------------------------------------------------------------------------------

    def _list(self, rest: str) -> None:
        rows = [of_book(one) for one in self.desk.tried(self.requirement.id)]
        self.listed.show(rows)
        if rows:
            self.tell(say("teach.pick-own"))
        self._stand()

    def _sum_up(self) -> None:
        if not self.desk.missing(self.requirement.id) and self.desk.sentences:
            self._yields()

    def _yields(self) -> list[Hit]:
        """Say in one line what the corpus yields now. Returns it."""
        hits, seen = self.desk.yields(self.requirement.id)
        shown = [one for one in hits if one.shown]
        counts = {"shown": len(shown), "firms": len({firm for one in shown for firm in one.sentence.firms})}
        self.tell(say("teach.yields", seen=seen, doubtful=sum(one.doubtful for one in hits), **counts))
        return hits

    def _show(self, rest: str) -> None:
        if self.desk.missing(self.requirement.id):
            self._stand()
            return
        hits = self._yields()
        most = many(rest, _LISTED)
        shown = [one for one in hits if one.shown]
        sure = [one for one in shown if not one.doubtful]
        doubtful = sorted((one for one in hits if one.doubtful), key=lambda one: (abs(one.score - one.least), one.sentence.text))
        self.listed.show([of_corpus(one) for one in (*sure[:most], *doubtful[:most])])
        for id, together in Counter(id for one in shown for id in one.others).most_common(_KIN):
            title = self.desk.requirement(id).title
            self.tell(f"  {say('teach.together', id=id, title=title, count=together, whole=len(shown))}")
        if hits:
            self.tell(say("teach.pick"))
