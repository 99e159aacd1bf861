"""Slips of a Chinese keyboard that YAML takes for something else: what it says of them, or would say nothing of."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from mapper.problems import Problem

_KEY = re.compile(r"\s*(?:- ?)?[A-Za-z_][\w-]*(?P<mark>：)")
_LIST = re.compile(r"[a-z-]+(?:\s*(?P<mark>[，、；])\s*[a-z-]+)+")
_INSIDE = re.compile(r'[^"]*:\s+"[^"]*"[^"\s,\]}#][^"]*"')
"""A value in double quotes that holds further ones."""
_NEEDS_QUOTES = "@`%"
_PLAIN = frozenset({"str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge", "value"})
"""What YAML itself makes of values; any other tag is an author's, and asks for what nobody here makes."""
_MEANT = {"：": ":", "，": ",", "、": ",", "；": ","}


def slips(root: yaml.Node, source: str, shown: str) -> Iterator[Problem]:
    """Problems of a text that parses: tags, keys and lists in full-width marks, wide spaces, a dash without its space."""
    lines = source.splitlines()
    for node in _nodes(root):
        if node.tag.removeprefix("tag:yaml.org,2002:") not in _PLAIN:
            yield Problem("yaml-syntax", shown, node.start_mark.line + 1, params={"why": "@why-yaml-tag"})
    keys = {id(key) for node in _nodes(root) if isinstance(node, yaml.MappingNode) for key, _ in node.value}
    for node in _scalars(root):
        start, end = node.start_mark.line, node.end_mark.line
        if node.style:
            continue
        for number in range(start, min(end, len(lines) - 1) + 1):
            line = lines[number][node.start_mark.column :] if number == start else lines[number]
            if (found := _KEY.match(line)) is not None:
                yield _wide(shown, number, found["mark"])
        if (found := _LIST.fullmatch(node.value)) is not None:
            yield _wide(shown, start, found["mark"])
        if node.value.startswith("\u3000"):
            yield Problem("yaml-syntax", shown, start + 1, params={"why": "@why-yaml-wide-space"})
        elif re.match(r"-[A-Za-z_][\w-]*$", node.value) and id(node) in keys:
            yield Problem("yaml-syntax", shown, start + 1, params={"why": "@why-yaml-dash"})


def quoted_badly(line: str, column: int) -> str | None:
    """Why a line does not parse, where quotes are the matter: the code of a message."""
    if line[column : column + 1] == "\t" or "\t" in line[: len(line) - len(line.lstrip())]:
        return "tab"
    if column < len(line) and line[column] in _NEEDS_QUOTES:
        return "needs-quotes"
    if re.search(r"(?:: |- |\[|, )!", line):
        return "tag"
    return "quotes-inside" if _INSIDE.match(line) else None


def _wide(shown: str, number: int, mark: str) -> Problem:
    return Problem("yaml-full-width", shown, number + 1, params={"mark": mark, "meant": _MEANT[mark]})


def _scalars(root: yaml.Node) -> Iterator[yaml.ScalarNode]:
    return (node for node in _nodes(root) if isinstance(node, yaml.ScalarNode))


def _nodes(root: yaml.Node) -> Iterator[yaml.Node]:
    """All nodes in their order, each once; nodes that contain themselves are walked once too."""
    ahead, seen = [root], set()
    while ahead:
        node = ahead.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.MappingNode):
            ahead += [part for pair in reversed(node.value) for part in reversed(pair)]
        elif isinstance(node, yaml.SequenceNode):
            ahead += reversed(node.value)
