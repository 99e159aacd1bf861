"""Sentences that teach: ``examples/*.jsonl`` beside the policies, each with the requirements it is plain evidence for."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from mapper.model import Grade, InputFile, Lesson, Requirement
from mapper.problems import Problem

FOLDER = "examples"
DIRECTION = f"{FOLDER}/direction"
"""Sentences that teach only which way words go: a text and its grade. Who reads with a model needs none of them."""
_ALMOST = re.compile(r"(?P<stem>.+?)\.jsonl?(?:\.txt)?", re.IGNORECASE)
LONGEST = 2_000
"""Characters of a sentence, at most."""
_GRADES = get_args(Grade)
_KEYS = {"text", "evidences", "grade", "written_for", "near_miss"}


def read_lessons(
    folder: Path, known: frozenset[str], within: str = FOLDER, *, told: Container[str] = ()
) -> tuple[tuple[Lesson, ...], tuple[InputFile, ...], list[Problem]]:
    """The lessons of all files ``within`` a folder, in the order of their names; what was read; what is wrong.

    ``known``: ids of requirements. A line that cannot be used is left out and named; ids of policies that are not here
    are passed over, so that a folder may hold sentences for more policies than it has; one of a policy that is here, without
    being any of its requirements, is named, unless it is among those ``told`` to be wrong already.
    """
    lessons: list[Lesson] = []
    inputs: list[InputFile] = []
    problems: list[Problem] = []
    policies, named = set(map(_policy, known)), set[str]()
    if (folder / within).is_dir():
        for path in sorted((folder / within).iterdir()):
            almost = _ALMOST.fullmatch(path.name)
            if almost and path.suffix != ".jsonl" and not path.name.startswith("."):
                params = {"name": almost["stem"] + ".jsonl"}
                problems.append(Problem("lessons-misnamed", str(path), severity="left-out", params=params))
    for path in sorted((folder / within).glob("*.jsonl")):
        if not path.is_file():  # a pipe would wait for its writer
            problems.append(Problem("document-not-a-file", str(path)))
            continue
        try:
            raw = path.read_bytes()
            lines = raw.decode("utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem("lessons-unreadable", str(path), params={"why": type(error).__name__}))
            continue
        inputs.append(InputFile.of("policy", f"{within}/{path.name}", raw))
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            lesson = _whole(line) or _lesson(line)
            if isinstance(lesson, str):
                params = {"why": "@why-grade", "expected": ", ".join(_GRADES)} if lesson == "grade" else {"why": lesson}
                problems.append(Problem("lesson-wrong", str(path), number, "warning", params))
            else:
                if not known.issuperset(lesson.evidences):
                    for one in lesson.evidences:
                        if one not in named and one not in known and one not in told and _policy(one) in policies:
                            named.add(one)
                            problems.append(Problem("lesson-unknown", str(path), number, "warning", {"id": one}))
                    kept = tuple(one for one in lesson.evidences if one in known)
                    lesson = lesson.model_copy(update={"evidences": kept})
                lessons.append(lesson)
    return tuple(lessons), tuple(inputs), problems


def _policy(requirement: str) -> str:
    """What ids of one policy begin with."""
    return requirement.partition("-")[0]


def _whole(line: str) -> Lesson | None:
    """A line that is a lesson as it stands: nearly all of them, in half the time."""
    try:
        lesson = Lesson.model_validate_json(line, strict=True)
    except ValidationError:
        return None
    return lesson if lesson.text == lesson.text.strip() and 0 < len(lesson.text) <= LONGEST else None


def _lesson(line: str) -> Lesson | str:
    """A line as a lesson, or what is wrong with it (the code of a message, or the key)."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return "JSON"
    if not isinstance(data, dict):
        return "{}"
    if not data.keys() <= _KEYS:
        return str(min(data.keys() - _KEYS))
    text, evidences, grade = data.get("text"), data.get("evidences", []), data.get("grade")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        return "text"
    if not isinstance(evidences, list) or not all(isinstance(one, str) for one in evidences):
        return "evidences"
    if grade is not None and grade not in _GRADES:
        return "grade"
    written_for = data.get("written_for")
    if written_for is not None and not isinstance(written_for, str):
        return "written_for"
    return Lesson(
        text=text.strip(), evidences=tuple(evidences), grade=grade, written_for=written_for,
        near_miss=data.get("near_miss") is True,
    )


def own_lessons(requirements: Iterable[Requirement]) -> Iterator[Lesson]:
    """The examples and counterexamples that requirements carry themselves."""
    for one in requirements:
        for text in one.examples:
            yield Lesson(text=text, evidences=(one.id,), written_for=one.id)
        for text in one.counterexamples:
            yield Lesson(text=text, evidences=(), written_for=one.id, near_miss=True)


def digests(lessons: Sequence[Lesson], requirements: Iterable[str]) -> dict[str, str]:
    """For each requirement a digest of the sentences that teach it, and of its near misses."""
    said: dict[str, list[str]] = {one: [] for one in requirements}
    for lesson in lessons:
        for one in lesson.evidences:
            if one in said:
                said[one].append("+" + lesson.text)
        if lesson.near_miss and lesson.written_for in said:
            said[lesson.written_for].append("-" + lesson.text)
    return {
        one: hashlib.sha256("\n".join(sorted(texts)).encode("utf-8", "replace")).hexdigest()[:16]
        for one, texts in said.items()
    }
