"""YAML with the line of every value kept, so that each problem can name its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from mapper.problems import Problem, Severity
from mapper.yamlloader import LOADER
from mapper.yamlslips import quoted_badly, slips

LARGEST = 20_000_000
"""Bytes of a YAML file, at most."""
DEEPEST = 200
"""Levels of brackets, at most."""
MOST = 500_000
"""Values with all aliases unfolded, at most."""
_BRACKET = re.compile(r"[\[\]{}]")
Location = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Marked:
    """Plain data (dict, list, str, int, float, bool, None; dates stay strings) and the line of every location.

    ``lines`` maps a location such as ``("requirements", 3, "clause")`` to a line that counts from 1.
    """

    path: str
    data: Any
    lines: dict[Location, int]

    def line(self, *location: str | int) -> int | None:
        """The line of the value at this location, or of the nearest place above it."""
        for length in range(len(location), -1, -1):
            if location[:length] in self.lines:
                return self.lines[location[:length]]
        return None

    def problem(self, code: str, at: Location = (), severity: Severity = "error", **params: str) -> Problem:
        """What is wrong with the value at this location."""
        return Problem(code, self.path, self.line(*at), severity, params)


def load(path: Path, shown: str) -> tuple[Marked | None, list[Problem]]:
    """Read a YAML file; ``shown`` is how messages name it. Duplicate keys and broken YAML come back as problems."""
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > LARGEST):
            return None, [Problem("yaml-not-a-file", shown, params={"limit": str(LARGEST // 1_000_000)})]
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return None, [Problem("yaml-not-utf8", shown)]
    except OSError as error:
        return None, [Problem("yaml-unreadable", shown, params={"why": type(error).__name__})]
    return load_text(source, shown)


def load_text(source: str, shown: str) -> tuple[Marked | None, list[Problem]]:
    """Like :func:`load`, from a string."""
    if _depth(source) > DEEPEST:
        return None, [Problem("yaml-too-deep", shown, params={"limit": str(DEEPEST)})]
    try:
        root = yaml.compose(source, Loader=LOADER)
    except yaml.YAMLError as error:
        return None, [_unparsed(error, source, shown)]
    slipped = list(slips(root, source, shown)) if root is not None else []
    if slipped:
        return None, sorted(slipped, key=lambda one: one.line or 0)
    problems: list[Problem] = []
    lines: dict[Location, int] = {}
    try:
        data = _plain(root, (), lines, problems, shown) if root is not None else None
    except (_TooMuchError, RecursionError):
        return None, [Problem("yaml-too-large", shown, params={"limit": str(MOST)})]
    return Marked(shown, data, lines), problems


_UNPARSED = (
    ("could not find expected ':'", "colon"),
    ("mapping values are not allowed", "mapping"),
    ("block sequence entries are not allowed", "list"),
    ("did not find expected ',' or", "bracket"),
    ("expected ',' or", "bracket"),
    ("did not find expected key", "key"),
    ("expected <block end>", "key"),
    ("did not find expected '-' indicator", "key"),
    ("found unexpected end of stream", "quote"),
    ("found unexpected document indicator", "quote"),
    ("did not find expected node content", "bracket"),
    ("the document start", "documents"),
    ("another document", "documents"),
    ("cannot start any token", "tab"),
    ("found a tab character", "tab"),
    ("escape", "escape"),
    ("undefined alias", "alias"),
    ("alphabetic or numeric character", "alias"),
    ("tag", "tag"),
    ("control characters are not allowed", "control"),
    ("special characters are not allowed", "control"),
)
"""What the two parsers say, by a part of it, and which of our messages tells it."""
_FULL_WIDTH = {"：": ": ", "，": ", ", "［": "[", "］": "]", "【": "[", "】": "]", "｛": "{", "｝": "}", "－": "- ", "＃": "#"}
_STRUCTURE = re.compile(r"\s*(?:- )?[\w.-]+(?P<colon>：)|.*:\s*(?P<open>[［【｛])|\s*(?P<dash>－)|.*[\[{][^\[\]{}]*(?P<close>[］】｝])\s*$")
"""A line in which a full-width mark stands where YAML wants its own."""


def _unparsed(error: yaml.YAMLError, source: str, shown: str) -> Problem:
    """What is wrong where, in words of ours; a full-width mark near the place is the likelier culprit."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line if mark else _refused(error, source)
    lines = source.splitlines()
    for number in (line, line - 1, line - 2):
        found = _STRUCTURE.match(lines[number]) if 0 <= number < len(lines) else None
        if found is not None:
            wide = next(group for group in found.groups() if group)
            params = {"mark": wide, "meant": _FULL_WIDTH[wide].strip()}
            return Problem("yaml-full-width", shown, number + 1, params=params)
    said = str(getattr(error, "problem", None) or error)
    at = lines[line] if line < len(lines) else ""
    if mark is not None and (code := quoted_badly(at, mark.column)) is not None:
        char = {"char": at[mark.column]} if code == "needs-quotes" else {}
        return Problem("yaml-syntax", shown, line + 1, params={"why": f"@why-yaml-{code}"} | char)
    opened = getattr(error, "context_mark", None)
    if opened is not None and "unexpected end of stream" in said:
        line = opened.line
    why = next((code for part, code in _UNPARSED if part in said), "other")
    return Problem("yaml-syntax", shown, line + 1, params={"why": f"@why-yaml-{why}"})


def _refused(error: yaml.YAMLError, source: str) -> int:
    """The line (from 0) of the first character that no YAML may hold, where that is the matter."""
    refused = getattr(error, "character", None)
    char = chr(refused) if isinstance(refused, int) else str(refused)
    return source.partition(char)[0].count("\n") if char in source else 0


class _TooMuchError(Exception):
    """Aliases that unfold into more values than anybody writes."""


def _depth(source: str) -> int:
    """How deep brackets nest, at most; the C parser overruns its stack on very deep ones."""
    deepest = depth = 0
    for char in _BRACKET.findall(source):
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth = max(0, depth - 1)
    return deepest


def _plain(
    node: yaml.Node,
    at: Location,
    lines: dict[Location, int],
    problems: list[Problem],
    shown: str,
    inside: frozenset[int] = frozenset(),
) -> dict[str, Any] | list[Any] | str | int | float | bool | None:
    lines[at] = node.start_mark.line + 1
    if len(lines) > MOST:
        raise _TooMuchError
    if id(node) in inside:
        problems.append(Problem("yaml-endless", shown, node.start_mark.line + 1))
        return None
    inside |= {id(node)}
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "[…]"
            if key in mapping:
                problems.append(Problem("yaml-duplicate-key", shown, key_node.start_mark.line + 1, params={"key": key}))
            mapping[key] = _plain(value_node, (*at, key), lines, problems, shown, inside)
            lines[(*at, key)] = key_node.start_mark.line + 1
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*at, i), lines, problems, shown, inside) for i, item in enumerate(node.value)]
    kind = node.tag.rpartition(":")[2]
    value: str = node.value
    if kind == "null":
        return None
    if kind == "bool":
        return value.lower() in ("yes", "true", "on")
    if kind in ("int", "float"):
        try:
            return int(value) if kind == "int" else float(value)
        except ValueError:
            return value
    return value


def validate(
    model: type[M],
    data: Any,
    marked: Marked,
    at: Location = (),
    context: str = "",
    written: Callable[[Location], Location] = lambda place: place,
) -> tuple[M | None, list[Problem]]:
    """Build ``model`` from ``data`` found at ``at`` in ``marked``; what does not fit comes back as problems.

    ``written``: where in the file stands what the model holds at a place, if that is another.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        errors = error.errors()
        wrong = {item["loc"][:-1] for item in errors}
        # pydantic counts only the good items of a list, so one bad item would seem one too few as well
        errors = [item for item in errors if not (item["type"] == "too_short" and item["loc"] in wrong)]
        return None, [
            _problem({**item, "loc": written(item["loc"])}, marked, at, context, list(model.model_fields)) for item in errors
        ]


_WHY = {
    "string_type": "@why-text",
    "tuple_type": "@why-list",
    "list_type": "@why-list",
    "model_type": "@why-mapping",
    "dict_type": "@why-mapping",
    "literal_error": "@why-choice",
    "value_error": "@why-date",
    "string_too_short": "@why-empty",
    "bool_type": "@why-yes-no",
    "bool_parsing": "@why-yes-no",
    "greater_than": "@why-above",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "float_type", "float_parsing", "finite_number"), "@why-number"),
}
_CODES = {"extra_forbidden": "yaml-unknown-key", "missing": "yaml-missing-field", "too_short": "yaml-too-short"}


def _problem(error: Any, marked: Marked, at: Location, context: str, known: list[str]) -> Problem:
    location: Location = (*at, *error["loc"])
    field = ".".join(str(part) for part in error["loc"])
    prefix = f"{context}: " if context else ""
    code = _CODES.get(error["type"], "yaml-wrong-value")
    params: dict[str, Any] = {"field": prefix + field, "why": _WHY.get(error["type"], "@why-other")}
    if error["type"] == "extra_forbidden" and len(error["loc"]) == 1:
        near = get_close_matches(str(error["loc"][0]), known, n=1, cutoff=0.7)
        params["field"] += f" (→ {near[0]}?)" if near else ""
    if error["type"] == "value_error":
        said = str(error["ctx"]["error"])
        params["forms"] = said if said.startswith("YYYY") else "YYYY-MM-DD"
    if error["type"] == "too_short":
        params["least"] = str(error["ctx"]["min_length"])
    if error["type"] == "greater_than":
        params["least"] = f"{error['ctx']['gt']:g}"
    if error["type"] == "literal_error":
        params["expected"] = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
    return marked.problem(code, location, **params)
