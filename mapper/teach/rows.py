"""Numbered lines of the dialogue: what a list offers, and what is said of each sentence in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from mapper.messages import say
from mapper.model import Grade, Lesson
from mapper.teach.desk import Hit, Tried


class NumberedSentence(NamedTuple):
    """A sentence with its number on the screen. ``taught``: how it teaches; ``grade``: as it was read where it stands;
    ``lesson``: the one that it is, where it teaches the requirement already.
    """

    text: str
    taught: str
    about: str
    grade: Grade | None = None
    lesson: Lesson | None = None


class NumberedList:
    """The list last shown, whose sentences are picked by number. ``tell`` is given each line to show."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self.rows: tuple[NumberedSentence, ...] = ()

    def show(self, rows: Sequence[NumberedSentence]) -> None:
        """Show sentences with their numbers."""
        self.rows = tuple(rows)
        for number, row in enumerate(rows, start=1):
            sign = "" if row.lesson is None else "- " if row.lesson.near_miss else "+ "
            self._tell(f"  {number}. {sign}{row.text}  〔{row.about}〕")

    def picked(self, numbers: Sequence[int]) -> list[NumberedSentence]:
        """The sentences of these numbers; none of them where one is not on the list."""
        wrong = [number for number in numbers if not 1 <= number <= len(self.rows)]
        if wrong:
            self._tell(say("teach.no-number", number=wrong[0], most=len(self.rows)))
            return []
        return [self.rows[number - 1] for number in numbers]


def of_corpus(hit: Hit) -> NumberedSentence:
    """What the corpus yields."""
    return NumberedSentence(hit.sentence.text, hit.sentence.masked, " · ".join(_about(hit)), hit.grade)


def _about(hit: Hit) -> Iterator[str]:
    yield "、".join(hit.sentence.firms)
    yield hit.sentence.document
    yield f"{hit.score:.2f} {say(f'page.grade-{hit.grade}')}"
    if hit.near_line:
        yield say("teach.doubt-above" if hit.shown else "teach.doubt-below")
    elif hit.doubtful:
        yield say("teach.doubt-miss")


def of_book(one: Tried) -> NumberedSentence:
    """A sentence that teaches the requirement, or a near miss of it."""
    lesson = one.lesson
    notes = [say("teach.near-miss") if lesson.near_miss else say(f"page.grade-{lesson.grade}"), f"{one.score:.2f}"]
    if one.shown == lesson.near_miss:
        notes.append(say("teach.note-bright" if lesson.near_miss else "teach.note-dim"))
    if one.odd:
        notes.append(say("teach.note-odd"))
    return NumberedSentence(lesson.text, lesson.text, " · ".join(notes), lesson.grade, lesson)
