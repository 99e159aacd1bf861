"""The sentences of one author: ``examples/POLICY.jsonl`` beside the policy, old lines kept as they stand."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mapper.catalog.lessons import FOLDER
from mapper.files import write_whole
from mapper.model import Lesson


@dataclass
class Book:
    """A file of sentences and those added to it. Every change is on the disk before the next is asked for."""

    path: Path
    old: str = ""
    added: list[Lesson] = field(default_factory=list)

    @classmethod
    def beside(cls, folder: Path, policy: str) -> Book:
        """The book of a policy in a folder. Raises OSError, and UnicodeDecodeError where the file is no UTF-8."""
        path = folder / FOLDER / f"{policy}.jsonl"
        return cls(path, path.read_text(encoding="utf-8-sig") if path.exists() else "")

    def add(self, lesson: Lesson) -> None:
        """Write a sentence more."""
        self.added.append(lesson)
        self._write()

    def change(self, lesson: Lesson) -> None:
        """Write another in place of the last."""
        self.added[-1] = lesson
        self._write()

    def forget(self, text: str, requirement: str) -> bool:
        """Take out every line of the file that says this sentence for a requirement. Returns whether there was one."""
        added = [one for one in self.added if not (one.text == text and one.written_for == requirement)]
        old = [line for line in self.old.split("\n") if not _says(line, text, requirement)]
        found = len(added) < len(self.added) or len(old) < len(self.old.split("\n"))
        self.added, self.old = added, "\n".join(old)
        if found:
            self._write()
        return found

    def undo(self) -> Lesson | None:
        """Take the last back; None where nothing was added."""
        if not self.added:
            return None
        lesson = self.added.pop()
        self._write()
        return lesson

    def _write(self) -> None:
        old = self.old if not self.old or self.old.endswith("\n") else f"{self.old}\n"
        write_whole({self.path: (old + "".join(f"{_line(one)}\n" for one in self.added)).encode()})


def _says(line: str, text: str, requirement: str) -> bool:
    try:
        said = json.loads(line)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("text") == text and said.get("written_for") == requirement


def _line(lesson: Lesson) -> str:
    said: dict[str, Any] = {
        "text": lesson.text, "evidences": list(lesson.evidences), "grade": lesson.grade, "written_for": lesson.written_for,
    }
    if lesson.near_miss:
        said["near_miss"] = True
    return json.dumps(said, ensure_ascii=False)
