"""A requirement reworded in the policy file, or taken out of it; every other line stays as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from mapper.files import write_whole
from mapper.yamlmarks import load_text


def restated(source: str, line: int, key: str, words: str) -> str | None:
    """The file's text with ``key: "words"`` in the requirement that begins on this line (from 1).

    None where the requirement is not written a key to a line, or its value goes on over several: that is for an editor.
    """
    lines = source.split("\n")
    first = lines[line - 1] if line <= len(lines) else ""
    opened = re.match(r"^(\s*)- [\w-]+:", first)
    if opened is None:
        return None
    indent = len(opened[1]) + 2
    end = line
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) >= indent):
        end += 1
    own = [n for n in range(line, end) if re.match(rf"^ {{{indent}}}[\w-]+:", lines[n])]
    said = f"{' ' * indent}{key}: {json.dumps(words, ensure_ascii=False)}"
    there = next((n for n in own if lines[n].lstrip().startswith(f"{key}:")), None)
    if there is None:
        lines.insert(next((n + 1 for n in own if lines[n].lstrip().startswith("title:")), line), said)
        return "\n".join(lines)
    after = lines[there + 1] if there + 1 < end else ""
    if after.strip() and len(after) - len(after.lstrip()) > indent and there + 1 not in own:
        return None
    lines[there] = said
    return "\n".join(lines)


def without(source: str, line: int) -> str | None:
    """The file's text without the requirement that begins on this line; None where it is not written in lines of its own."""
    lines = source.split("\n")
    opened = re.match(r"^(\s*)- ", lines[line - 1]) if line <= len(lines) else None
    if opened is None:
        return None
    end = line
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > len(opened[1])):
        end += 1
    return "\n".join([*lines[: line - 1], *lines[end:]])


def remove(path: Path, requirement: str) -> bool:
    """Write the policy without one requirement. Returns whether that could be done; raises OSError."""
    source, line = _place(path, requirement)
    return _written(path, without(source, line) if line else None)


def restate(path: Path, requirement: str, key: str, words: str) -> bool:
    """Write it. Returns whether that could be done; raises OSError where the folder refuses."""
    source, line = _place(path, requirement)
    return _written(path, restated(source, line, key, words) if line else None)


def _written(path: Path, made: str | None) -> bool:
    """Write what was made of the file, but never what could not be read again. Returns whether it was written."""
    if made is None or load_text(made, str(path))[1]:
        return False
    write_whole({path: made.encode()})
    return True


def _place(path: Path, requirement: str) -> tuple[str, int]:
    """The file's text, and the line on which the requirement begins; 0 where it is not there."""
    source = path.read_text(encoding="utf-8-sig")
    marked, _ = load_text(source, str(path))
    entries = marked.data.get("requirements") if marked is not None and isinstance(marked.data, dict) else None
    for number, entry in enumerate(entries or ()):
        if marked is not None and isinstance(entry, dict) and entry.get("id") == requirement:
            return source, marked.line("requirements", number) or 0
    return source, 0
