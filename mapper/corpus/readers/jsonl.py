"""JSON lines: one object a line, whose text stands in a field such as ``text`` or ``content``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice, pairwise

from mapper.corpus.leftover import is_prose, leftover_problems
from mapper.corpus.reading import Reading, Record
from mapper.corpus.tables import known_names, record
from mapper.corpus.textmap import Edit, TextMap

_SAMPLE = 20
"""Lines at the top by which a file is told."""
_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)(?:"|\\?\Z)')
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")


class JsonLinesReader:
    """A line that says of itself where it is from is a document; lines that do not are the paragraphs of one."""

    def claims(self, text: str) -> bool:
        """The first line is an object that has a text; or one of the first has, and at least half of them are objects."""
        sample = [_object(row.text) for _, row in islice(_rows(text[:5_000_000]), _SAMPLE)]
        texts = [one is not None and _key(one, known_names()["text"]) is not None for one in sample]
        return texts[:1] == [True] or (any(texts) and 2 * sample.count(None) <= len(sample))

    def read(self, text: str, encoding: str) -> Reading:
        """The decoded text is the file's own; a line that is no object, or whose text has no place, is ``broken``.

        ``stated`` is what all lines agree on, for a file whose lines are one document.
        """
        records: list[Record] = []
        broken: list[int] = []
        textless: list[str] = []
        unread: dict[str, None] = {}
        for number, row in _rows(text):
            one = _object(row.text)
            if one is None:
                broken.append(number)
                continue
            keys = {field: key for field, names in known_names().items() if (key := _key(one, names)) is not None}
            words = {field: _value(row, keys[field], one[keys[field]]) for field in keys if field in ("title", "text")}
            if "text" in keys and words["text"] is None:
                broken.append(number)
                continue
            text_here = str(one[keys["text"]]) if "text" in keys else ""
            more = [name for name, value in one.items() if name not in keys.values() and _holds_prose(value, text_here)]
            if more and "text" not in keys:
                textless.append(str(number))
            elif more:
                unread |= dict.fromkeys(more)
            stated = {str(field): " ".join(str(one[key]).split()) for field, key in keys.items() if field != "text"}
            records.append(record(str(number), f"line {number}", words.get("title"), words.get("text"), stated))
        described = any(one.stated for one in records)
        blocks = tuple(block for one in records for block in one.blocks)
        own = tuple(one for one in records if described and one.blocks)
        return Reading(
            text, blocks, "jsonl", encoding, _agreed(records), records=own, broken=tuple(broken),
            missing=leftover_problems(textless, list(unread)),
        )  # fmt: skip


def _rows(text: str) -> Iterator[tuple[int, TextMap]]:
    """The lines that are not blank, with their numbers. Other marks than line ends may stand inside a string."""
    for number, match in enumerate(_LINE.finditer(text), start=1):
        if match.group(1).strip():
            yield number, TextMap.of(match.group(1), match.start())


def _agreed(records: list[Record]) -> dict[str, str]:
    values: dict[str, set[str]] = {}
    for one in records:
        for field, value in one.stated.items():
            values.setdefault(field, set()).add(value)
    return {field: found.pop() for field, found in values.items() if field != "title" and len(found) == 1}


def _holds_prose(value: object, text: str) -> bool:
    """Whether prose that the text does not hold stands anywhere within a value."""
    ahead = [value]
    while ahead:
        one = ahead.pop()
        if isinstance(one, dict):
            ahead += one.values()
        elif isinstance(one, list):
            ahead += one
        elif isinstance(one, str) and is_prose(one.strip()) and one.strip() not in text:
            return True
    return False


def _object(row: str) -> dict[str, object] | None:
    if not row.lstrip().startswith("{"):
        return None
    try:
        one = json.loads(row)
    except (ValueError, RecursionError):
        return None
    return one if isinstance(one, dict) else None


def _key(one: dict[str, object], names: tuple[str, ...]) -> str | None:
    return next((name for name in names if isinstance(one.get(name), str) and str(one[name]).strip()), None)


def _value(row: TextMap, name: str, value: object) -> TextMap | None:
    """The string of a field, its escapes undone, mapped to where it stands in the line."""
    strings = list(_STRING.finditer(row.text))
    for key, string in pairwise(strings):
        if key.group(1) == name and row.text[key.end() : string.start()].strip() == ":":
            words = row[string.start(1) : string.end(1)]
            escapes = _ESCAPE.finditer(words.text)
            edits: list[Edit] = [(*match.span(), json.loads(f'"{match.group()}"')) for match in escapes]
            decoded = words.edit(edits)
            if decoded.text == value:
                return decoded
    return None
