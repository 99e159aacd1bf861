"""JSON lines: one object a line, whose text stands in a field such as ``text`` or ``content``."""

from __future__ import annotations

import json
import re
from itertools import pairwise

from mapper.corpus.lines import lines
from mapper.corpus.reading import Block, Reading
from mapper.corpus.textmap import Edit, TextMap

_FIELDS = ("text", "content", "正文", "body", "内容", "passage")
_TITLES = ("title", "标题")
_STATED = {
    "publisher": "publisher",
    "source": "publisher",
    "date": "date",
    "url": "url",
    "来源": "publisher",
    "日期": "date",
}
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
_LINE_END = re.compile(r"[\r\n\u2028\u2029]+")


class JsonLinesReader:
    """Every line's text becomes paragraphs, its title a heading; what all lines agree on becomes ``stated``."""

    def claims(self, text: str) -> bool:
        """The first line is an object that has a text."""
        first = next(lines(text[:5_000_000]), None)
        one = _object(first.text) if first else None
        return one is not None and _key(one, _FIELDS) is not None

    def read(self, text: str, encoding: str) -> Reading:
        """The decoded text is the file's own; a line that does not parse is passed over."""
        blocks: list[Block] = []
        stated: dict[str, set[str]] = {}
        for row in lines(text):
            one = _object(row.text)
            if one is None:
                continue
            for names, kind in ((_TITLES, "heading"), (_FIELDS, "text")):
                name = _key(one, names)
                words = _value(row, name, one[name]) if name else None
                if words:
                    blocks += (Block(part, "heading" if kind == "heading" else "text") for part in _paragraphs(words))
            for name, field in _STATED.items():
                if isinstance(one.get(name), str):
                    stated.setdefault(field, set()).add(str(one[name]))
        agreed = {field: values.pop() for field, values in stated.items() if len(values) == 1}
        return Reading(text, tuple(blocks), "jsonl", encoding, agreed)


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


def _paragraphs(words: TextMap) -> list[TextMap]:
    parts = []
    start = 0
    for match in _LINE_END.finditer(words.text):
        parts.append(words[start : match.start()].strip())
        start = match.end()
    return [part for part in [*parts, words[start:].strip()] if part.text]
