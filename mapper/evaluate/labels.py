"""Gold labels: the JSON Lines file, read and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, ValidationError

from mapper.model import Grade, Value
from mapper.problems import InputError, Problem

LabelLevel = Literal["required", "acceptable"]
"""Whether a system must find what a label says, or may."""

_CHOICES = {"grade": get_args(Grade), "also": get_args(Grade), "level": get_args(LabelLevel), "cell": get_args(LabelLevel)}


class Label(Value):
    """One line of a gold file: the document shows this firm doing (or failing) what the requirement asks.

    ``document`` and ``requirement`` are ids, ``firm`` a firm's name, ``quote`` repaired words of the document;
    ``also``: grades that count as well. ``level``: whether a system must find this label (``required``) or may
    (``acceptable``); ``cell``: the same for the pair (firm, requirement).
    """

    document: str = Field(min_length=1)
    firm: str = Field(min_length=1)
    requirement: str = Field(min_length=1)
    quote: str = Field(min_length=1)
    grade: Grade
    also: tuple[Grade, ...]
    level: LabelLevel
    cell: LabelLevel


def read_labels(path: Path) -> tuple[Label, ...]:
    """The labels of a JSON Lines file (UTF-8), in its order, or of all such files of a folder; blank lines are passed over.

    Raises InputError with a problem for every fault of every line, or for a file that cannot be read.
    """
    if path.is_dir():
        return tuple(label for file in sorted(path.glob("*.jsonl")) for label in read_labels(file))
    try:
        lines = _read(path).decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise InputError([Problem("label-encoding", str(path), line)]) from error
    labels: list[Label] = []
    problems: list[Problem] = []
    for number, text in enumerate(lines, start=1):
        if text.strip():
            try:
                labels.append(Label.model_validate_json(text, strict=True))
            except ValidationError as error:
                problems.extend(_problems(error, str(path), number))
    if problems:
        raise InputError(problems)
    return tuple(labels)


def path_digest(path: Path) -> str:
    """sha256 of the file's bytes, or of all of a folder's, in hex. Raises InputError for a file that cannot be read."""
    if path.is_dir():
        return hashlib.sha256(b"".join(_read(file) for file in sorted(path.glob("*.jsonl")))).hexdigest()
    return hashlib.sha256(_read(path)).hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError([Problem("file-missing", params={"what": str(path)})]) from error


def _problems(error: ValidationError, path: str, line: int) -> Iterator[Problem]:
    """One problem per fault; ``field`` is the path inside the line (``also.0``)."""
    for fault in error.errors(include_url=False):
        field = ".".join(map(str, fault["loc"]))
        code, params = "label-text", {"field": field}
        if not field:
            code, params = "label-json", {"what": "@why-json" if fault["type"] == "json_invalid" else "@why-mapping"}
        elif fault["type"] == "missing":
            code = "label-missing"
        elif fault["type"] == "extra_forbidden":
            code = "label-unknown"
        elif fault["loc"][0] in _CHOICES:
            code = "label-list" if fault["loc"] == ("also",) else "label-choice"
            params = {"field": field, "choices": ", ".join(_CHOICES[str(fault["loc"][0])])}
        yield Problem(code, path, line, params=params)
