"""``answers.jsonl``: every answer as it came, one a line, added to and never changed.

A line is on the disk before the next request counts as answered. A last line that a killed process left unfinished is
passed over and named; what comes after it begins on a line of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pydantic import Field, ValidationError

from mapper.model import InputFile, Value
from mapper.problems import Problem

NAME = "answers.jsonl"
FOLDER = "answers"
LONGEST = 200_000
"""Characters of an answer that are kept; a longer one cannot be used, and is kept cut."""


class Answer(Value):
    """An answer as it came. ``request``: the id of the request; ``asked``: when, ISO 8601 with a zone.

    ``run`` tells apart several rounds of questions to one model. Tokens as the server counted them, where it did.
    """

    request: str = Field(min_length=1)
    document: str
    model: str
    run: int = 1
    asked: str
    answer: str
    cut: bool = False
    """It was not whole when it came: the model had said all it may, or it was longer than is kept."""
    prompt_tokens: int | None = None
    answer_tokens: int | None = None

    @property
    def reader(self) -> tuple[str, int]:
        """Who answered: the model and the round."""
        return self.model, self.run


@dataclass(frozen=True)
class Recorded:
    """The answers of a folder in the order in which they came, and what of it cannot be read."""

    answers: tuple[Answer, ...] = ()
    problems: tuple[Problem, ...] = ()
    inputs: tuple[InputFile, ...] = ()


NOTHING_RECORDED = Recorded()


def default_folder(corpus: Path | None) -> Path:
    """Where answers are kept unless the user says: ``answers/`` beside the corpus folder, or in this one."""
    return (corpus.resolve().parent if corpus is not None else Path()) / FOLDER


def read_answers(folder: Path) -> Recorded:
    """The answers recorded in a folder. Lines that cannot be read are warnings, and the others are read."""
    path = folder / NAME
    if not path.exists():
        return NOTHING_RECORDED
    try:
        raw = path.read_bytes()
    except OSError as error:
        return Recorded(problems=(Problem("answers-unreadable", str(path), params={"why": type(error).__name__}),))
    answers: list[Answer] = []
    problems: list[Problem] = []
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            answers.append(Answer.model_validate_json(line, strict=True))
        except ValidationError:
            problems.append(Problem("answers-line", str(path), number, "warning"))
    inputs = (InputFile.of("answers", NAME, raw),)
    return Recorded(tuple(answers), tuple(problems), inputs)


class Recorder:
    """Adds answers to a folder's file. Safe to share among threads; use as a context manager.

    Raises OSError where the folder refuses.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        self._lock = Lock()
        end = os.lseek(self._file, 0, os.SEEK_END)
        if end:
            os.lseek(self._file, end - 1, os.SEEK_SET)
            if os.read(self._file, 1) != b"\n":
                self._write(b"\n")

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def add(self, answers: Iterable[Answer]) -> None:
        """Write answers and wait until they are on the disk."""
        lines = "".join(json.dumps(one.model_dump(), ensure_ascii=False) + "\n" for one in answers)
        if lines:
            with self._lock:
                self._write(lines.encode("utf-8", "replace"))

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._file, view) :]
        os.fsync(self._file)


def kept(text: str, *, cut: bool = False) -> tuple[str, bool]:
    """An answer as it is kept, and whether it is cut."""
    return (text, cut) if len(text) <= LONGEST else (text[:LONGEST], True)


def chief(answers: Sequence[Answer]) -> tuple[str, int] | None:
    """The reader that speaks where several answered: the one with the most answers, of equals the first by name."""
    counts: dict[tuple[str, int], int] = {}
    for one in answers:
        counts[one.reader] = counts.get(one.reader, 0) + 1
    return min(counts, key=lambda reader: (-counts[reader], reader), default=None)
