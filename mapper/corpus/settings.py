"""``corpus.yaml``: what the files of a corpus do not say of themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date as day
from os.path import lexists
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import Field, field_validator

from mapper import yamlmarks
from mapper.corpus import tables
from mapper.model import Value
from mapper.problems import Problem

NAME = "corpus.yaml"
_DATE = re.compile(r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class ColumnSettings(Value):
    """Which column of a table holds what, by its heading."""

    text: str = Field(min_length=1)
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    url: str | None = None
    firm: str | None = None

    def named(self) -> tables.Columns:
        """The headings by field, without the fields that no column holds."""
        return {name: heading for name in tables.known_names() if (heading := getattr(self, name)) is not None}


class DocumentSettings(Value):
    """What corpus.yaml says of one document. ``path`` is relative to the corpus folder, with forward slashes.

    ``date``: YYYY, YYYY-MM or YYYY-MM-DD; ``speaker``: the firm that 我行/我们 stands for; ``owner``: the firm whose
    own page it is; ``columns``: those of a table. What it says overrides the file, but not what a row of a table says
    of itself; a value without a basis counts as stated.
    """

    path: str = Field(min_length=1)
    title: str | None = None
    title_basis: Literal["stated", "inferred"] = "stated"
    publisher: str | None = None
    publisher_basis: Literal["stated", "inferred"] = "stated"
    author: str | None = None
    author_basis: Literal["stated", "inferred"] = "stated"
    date: str | None = None
    date_basis: Literal["stated", "inferred"] = "stated"
    url: str | None = None
    speaker: str | None = None
    owner: str | None = None
    columns: ColumnSettings | None = None

    @field_validator("date", mode="before")
    @classmethod
    def _plain_year(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    @field_validator("date")
    @classmethod
    def _iso(cls, value: str | None) -> str | None:
        if value is not None and not _DATE.fullmatch(value):
            raise ValueError("YYYY, YYYY-MM, YYYY-MM-DD")
        if value is not None and len(value) == 10:
            day.fromisoformat(value)
        return value


@dataclass(frozen=True)
class Settings:
    """What corpus.yaml says: of each document by its path, and of all tables of the folder."""

    entries: Mapping[str, DocumentSettings] = field(default_factory=dict)
    columns: tables.Columns | None = None


def read(folder: Path) -> tuple[Settings, list[Problem]]:
    """The settings of a folder, and every problem of the file with its line. A folder need not have any."""
    file = folder / NAME
    if not lexists(file):
        return Settings(), []
    marked, problems = yamlmarks.load(file, NAME)
    if marked is None or marked.data is None:
        return Settings(), problems
    if not isinstance(marked.data, dict):
        return Settings(), [*problems, Problem("settings-shape", NAME, marked.line())]
    columns: ColumnSettings | None = None
    if marked.data.get("columns") is not None:
        columns, wrong = yamlmarks.validate(ColumnSettings, marked.data["columns"], marked, ("columns",))
        problems += wrong
    entries, found = _entries(folder, marked)
    return Settings(entries, columns.named() if columns else None), [*problems, *found]


def _entries(folder: Path, marked: yamlmarks.Marked) -> tuple[dict[str, DocumentSettings], list[Problem]]:
    problems: list[Problem] = []
    problems += [
        Problem("yaml-unknown-key", NAME, marked.line(key), params={"field": key})
        for key in marked.data
        if key not in ("documents", "columns")
    ]
    listed = marked.data.get("documents") or []
    if not isinstance(listed, list):
        return {}, [*problems, Problem("settings-shape", NAME, marked.line("documents"))]
    entries: dict[str, DocumentSettings] = {}
    for i, data in enumerate(listed):
        entry, wrong = yamlmarks.validate(DocumentSettings, data, marked, ("documents", i))
        problems += wrong
        if entry is None:
            continue
        line = marked.line("documents", i, "path")
        path = PurePosixPath(entry.path)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.path or re.match(r"[A-Za-z]:", entry.path):
            problems.append(Problem("settings-path-outside", NAME, line, params={"what": entry.path}))
        elif str(path) in entries:
            problems.append(Problem("settings-path-twice", NAME, line, params={"what": entry.path}))
        elif problem := _missing(folder, str(path)):
            problems.append(Problem(problem, NAME, line, params={"what": entry.path}))
        else:
            entries[str(path)] = entry
    return entries, problems


def _missing(folder: Path, path: str) -> str | None:
    """The code of what is wrong with a named document, if anything: not there, or a link that leads out."""
    file = folder / path
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            return "settings-path-outside"
        return None if file.exists() else "settings-document-missing"
    except (OSError, RuntimeError, ValueError):  # a path may hold what no system takes
        return "settings-document-missing"
