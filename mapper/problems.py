"""What went wrong, as values: a problem is yielded, never logged, and the caller decides what fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

from mapper.messages import LANGUAGES, Language, sheet, text

K = TypeVar("K")
Severity = Literal["error", "left-out", "warning"]
_NEAR, _MOST = 60.0, 3
"""rapidfuzz WRatio (0–100) from which a name is worth proposing, and how many are."""
_LONGEST = 400
"""Characters of what a message repeats of a file; a key of YAML or a title may be a megabyte."""


class UnreadableError(Exception):
    """A file that cannot be read; ``code`` names the problem (messages/problems.yaml)."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input.

    ``code`` names the message (``mapper/messages/problems.yaml``) and is what tests assert; ``path`` is as the user
    gave it; ``line`` counts from 1; ``params`` fill the message. ``severity``: ``error`` stops the run,
    ``left-out`` costs one document or a part of it, ``warning`` costs nothing.
    """

    code: str
    path: str = ""
    line: int | None = None
    severity: Severity = "error"
    params: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return place + " / ".join(dict.fromkeys(self._said(language) for language in LANGUAGES))

    def _said(self, language: Language) -> str:
        """The message in one language; a param such as ``@why-list`` stands for a message of its own."""
        clipped = {name: _clipped(value) for name, value in self.params.items()}
        params = {
            name: text(f"problem.{value[1:]}", language, **clipped) if _is_message(value) else value
            for name, value in clipped.items()
        }
        return text(f"problem.{self.code}", language, **params)


def _clipped(value: str) -> str:
    return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"


def _is_message(value: str) -> bool:
    """Whether a param names a message of its own; a file may hold words that only begin as its name does."""
    return value.startswith("@why-") and value[1:] in sheet("problems")


class InputError(Exception):
    """Raised at the rim when problems of severity ``error`` stop a run; carries all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ExtraMissingError(Exception):
    """What was asked for needs an optional part of the installation, ``extra``, that is not there."""

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra


def near_names(word: str, named: Mapping[K, Iterable[str]]) -> list[K]:
    """Of things and what they are called, in small letters, the three at most that come nearest to a word, best first."""
    from rapidfuzz.fuzz import WRatio

    likeness = {one: max((WRatio(word, name) for name in names), default=0.0) for one, names in named.items()}
    ranked = sorted(likeness, key=lambda one: -likeness[one])
    return [one for one in ranked[:_MOST] if likeness[one] >= _NEAR]


def nearest(near: str) -> dict[str, str]:
    """Params of a message about something that no list knows: what comes nearest, of which nothing is said where nothing does."""
    return {"near": near, "nearest": "@why-nearest" if near else ""}


def no_folder(path: Path) -> Problem:
    """Why a path is no folder: nothing is there, or a file is."""
    return Problem("folder-wanted" if path.is_file() else "file-missing", params={"what": str(path)})
