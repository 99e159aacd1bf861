"""decisions.yaml ↔ decisions: one file or a folder of them, every problem with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from mapper import yamlmarks
from mapper.files import settle
from mapper.model import Decision, InputFile
from mapper.problems import Problem
from mapper.review.decisions import Decisions, decision_id, in_order, wrong

NAME = "decisions.yaml"
FOLDER = "decisions"
SCHEMA = "mapper/decisions/1"
_ALMOST = re.compile(r"decisions?\.ya?ml(?:\.txt)?", re.IGNORECASE)
_OTHER = re.compile(r".+\.(?:ya?ml(?:\.txt)?|xlsx|xls|csv)", re.IGNORECASE)
"""Files in which somebody may have decided, by their names."""


def default_path(base: Path, corpus: Path | None = None) -> Path | None:
    """Where decisions are looked for unless the user says: ``decisions.yaml`` or else ``decisions/`` in this folder, or
    else ``decisions.yaml`` in the corpus folder itself, where it is no document."""
    inside = [corpus / NAME] if corpus is not None else []
    return next((path for path in (base / NAME, base / FOLDER, *inside) if path.exists()), None)


def overlooked(base: Path, corpus: Path | None = None) -> list[Problem]:
    """What lies where :func:`default_path` looks and is not read: the second of two places, or a name that is almost right."""
    read = default_path(base, corpus)
    places = [base / NAME, base / FOLDER, *([corpus / NAME] if corpus is not None else [])]
    with suppress(OSError):
        places += (path for path in sorted(base.iterdir()) if _ALMOST.fullmatch(path.name) and path.name != NAME)
    found = []
    for path in places:
        with suppress(OSError):
            holds = path.is_file() or (path.is_dir() and any(path.glob("*.yaml")))
            if holds and not (read is not None and path.samefile(read)):
                found.append(Problem("decisions-overlooked", str(path), severity="left-out", params={"name": NAME}))
    return found


def _unread(folder: Path) -> Iterator[Problem]:
    """What in a folder of decisions is of a kind that may hold some, and is not read."""
    for path in sorted(folder.iterdir()):
        inside = path.is_dir() and any(path.glob("*.yaml"))
        if not path.name.startswith((".", "~$")) and (inside or (_OTHER.fullmatch(path.name) and path.suffix != ".yaml")):
            yield Problem("decisions-unread", str(path), severity="left-out")


def load_decisions(path: Path) -> tuple[Decisions, list[Problem]]:
    """Read a file of decisions, or every ``*.yaml`` of a folder. What cannot be read is a problem, the rest is read."""
    if not path.exists():
        return Decisions(), [Problem("file-missing", params={"what": str(path)})]
    problems = settle(path if path.is_dir() else path.parent)
    problems += _unread(path) if path.is_dir() else ()
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    entries: list[Decision] = []
    places: dict[str, tuple[str, int | None]] = {}
    inputs: list[InputFile] = []
    for file in files:
        found, wrong_here = _read(*yamlmarks.load(file, str(file)))
        problems += wrong_here
        for decision, line in found:
            places.setdefault(decision_id(decision), (str(file), line))
            entries.append(decision)
        if not any(problem.code.startswith("yaml-not") or problem.code == "yaml-unreadable" for problem in wrong_here):
            inputs.append(InputFile.of("decisions", file.relative_to(path.parent).as_posix(), file.read_bytes()))
    return Decisions(tuple(in_order(entries)), places, tuple(inputs)), problems


def from_text(source: str, shown: str) -> tuple[Decisions, list[Problem]]:
    """Like :func:`load_decisions`, from the text of one file; ``shown`` is how messages name it."""
    found, problems = _read(*yamlmarks.load_text(source, shown))
    places = {decision_id(decision): (shown, line) for decision, line in reversed(found)}
    return Decisions(tuple(in_order(decision for decision, _ in found)), places), problems


def _read(
    marked: yamlmarks.Marked | None, problems: list[Problem]
) -> tuple[list[tuple[Decision, int | None]], list[Problem]]:
    if marked is None or marked.data is None:
        return [], problems
    listed = marked.data.get("decisions") or [] if isinstance(marked.data, dict) else None
    if not isinstance(listed, list):
        return [], [*problems, Problem("decisions-shape", marked.path, marked.line("decisions"))]
    for key in marked.data:
        if key not in ("schema", "decisions"):
            problems.append(Problem("yaml-unknown-key", marked.path, marked.line(key), params={"field": key}))
    if marked.data.get("schema", SCHEMA) != SCHEMA:
        params = {"found": str(marked.data["schema"]), "wanted": SCHEMA}
        problems.append(Problem("decisions-schema", marked.path, marked.line("schema"), params=params))
    found: list[tuple[Decision, int | None]] = []
    for i, data in enumerate(listed):
        decision, bad = yamlmarks.validate(Decision, data, marked, ("decisions", i))
        if decision is not None:
            bad = [
                Problem(code, marked.path, marked.line("decisions", i, key), params=params)
                for key, code, params in wrong(decision)
            ]
        problems += bad
        if decision is not None and not bad:
            found.append((decision, marked.line("decisions", i)))
    return found, problems


def dump_decisions(decisions: Iterable[Decision]) -> str:
    """The text of a decisions.yaml: by firm, requirement, words and time, one key a line. The same set gives the same text."""
    head = f"schema: {SCHEMA}\n"
    listed = in_order(decisions)
    return head + (f"decisions:\n{dump_entries(listed)}" if listed else "decisions: []\n")


def dump_entries(decisions: Iterable[Decision], indent: str = "  ") -> str:
    """The decisions as items of a YAML list, in the order given."""
    said: list[Any] = [one.model_dump(mode="json", exclude_defaults=True, exclude_none=True) for one in decisions]
    text = "".join(
        yaml.dump([one], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")) for one in said
    )
    return "".join(f"{indent}{line}\n" for line in text.split("\n")[:-1])


class _Dumper(yaml.SafeDumper):
    """A dumper that keeps every text on its line: what is no plain line is quoted, with escapes."""


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent)
