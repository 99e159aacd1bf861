"""Alignment ↔ alignment.json, the one file every report is made from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from pydantic import ValidationError

from mapper.messages import say
from mapper.model import Alignment, Cell, Document, Evidence, Run, Status, Value

SCHEMA = "mapper/alignment/1"
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a character, written as an escape: only with its other half can it be written again."""
_OF_SECOND = frozenset({"found_by", "opinion", "only_model"})
"""What only a run with a second reader has to say; elsewhere it is left out."""
_BARE = frozenset({"firm", "requirement", "status", "below"})
"""All that is said of a cell without evidence."""
_AT_ONCE = 32
"""Records that are written in one piece."""
_LISTS = ("policies", "firms", "documents", "evidence", "cells", "left_out", "faint", "undecided", "review")


class AlignmentFormatError(ValueError):
    """The text is not an alignment of a schema this program reads: ``why`` names a message, ``params`` fill it."""

    def __init__(self, why: str, **params: str) -> None:
        super().__init__(say(f"problem.why-{why}", **params))
        self.why, self.params = why, params


def dump(alignment: Alignment) -> str:
    """The alignment as JSON text: one record a line, keys in the order of the model, floats of four digits."""
    lists = {name: map(line, getattr(alignment, name)) for name in _LISTS}
    return b"".join(dump_lines(alignment.run, lists)).decode("utf-8", "surrogatepass")


def dump_lines(run: Run, lists: Mapping[str, Iterable[bytes]]) -> Iterator[bytes]:
    """The same as bytes, piece by piece, of records that are lines already (see :func:`line`); a list not given is empty."""
    yield b'{"schema": ' + _compact(SCHEMA).encode() + b',\n"run": ' + line(run)
    for name in _LISTS:
        yield f',\n"{name}": ['.encode()
        before, left = b"\n", iter(lists.get(name, ()))
        while several := list(islice(left, _AT_ONCE)):
            yield before + b",\n".join(several)
            before = b",\n"
        yield b"]" if before == b"\n" else b"\n]"
    yield b"}\n"


def line(value: Value) -> bytes:
    """A record as it is written."""
    return record(value).encode("utf-8", "surrogatepass")


def record(value: Value) -> str:
    """One record of an alignment as it stands there: a line of JSON."""
    if isinstance(value, Cell):
        if value.model_fields_set <= _BARE:
            return f'{{"firm": {_quoted(value.firm)}, "requirement": {_quoted(value.requirement)}{_rest(value.status, value.below)}'
        return _compact(_scored(value))
    if isinstance(value, Evidence):
        said = _scored(value)
        return _compact(_rounded(said) if value.opinion is not None else said)
    said = value.model_dump(mode="json")
    return _compact(said if isinstance(value, Document) else _rounded(said))


def bare(document: bytes) -> bytes:
    """The record of a document without its acts and sentences, which come last: what else is known of it."""
    return document[: document.index(b', "acts": [')] + b"}"  # inside a text there is no quotation mark without its escape


def faint_line(id: str, firm: str, requirement: str, adverse: bool) -> bytes:
    """The record of a match that scored too little, as :func:`line` makes it; a large run has more of them than evidence."""
    told = f'"firm": {_quoted(firm)}, "requirement": {_quoted(requirement)}, "adverse": {"true" if adverse else "false"}'
    return f'{{"id": {_compact(id)}, {told}}}'.encode("utf-8", "surrogatepass")


def with_sources(evidence: bytes, places: Iterable[tuple[str, int, int]]) -> bytes:
    """The record of a piece of evidence that names its own place alone, with further places behind it.

    ``places``: (document, start, end), its own first. Raises ValueError where the record names another.
    """
    told = [f'{{"document": {_quoted(d)}, "start": {s}, "end": {e}}}' for d, s, e in places]
    alone, all_ = (f', "sources": [{one}]'.encode("utf-8", "surrogatepass") for one in (told[0], ", ".join(told)))
    before, behind = evidence.split(alone)
    return before + all_ + behind


def _scored(value: Evidence | Cell) -> dict[str, Any]:
    """What such a record says, its score rounded, without what only a second reader has to say where that is nothing."""
    said = value.model_dump(mode="json")
    said["score"] = round(said["score"], 4)
    for name in _OF_SECOND & said.keys():
        if not said[name]:
            del said[name]
    return said


@lru_cache(maxsize=4096)
def _quoted(id: str) -> str:
    return _compact(id)


@lru_cache(maxsize=1024)
def _rest(status: Status, below: int) -> str:
    """The line of a cell without evidence, from behind its requirement: most cells of a large run, in few kinds."""
    said = _scored(Cell(firm="", requirement="", status=status, below=below))
    del said["firm"], said["requirement"]
    return f", {_compact(said)[1:]}"


def load(text: str) -> Alignment:
    """Read what :func:`dump` wrote. Raises :class:`AlignmentFormatError` for anything else."""
    try:
        data = json.loads(text)
        if _HALF.search(text):
            _compact(data).encode()
    except (ValueError, RecursionError) as error:
        raise AlignmentFormatError("not-json", what=str(error)) from error
    schema = data.pop("schema", None) if isinstance(data, dict) else None
    if schema != SCHEMA:
        raise AlignmentFormatError("schema", found=str(schema), wanted=SCHEMA)
    try:
        made = Alignment.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise AlignmentFormatError("shape", place=place, what=first["msg"]) from error
    if (lost := next(_dangling(made), None)) is not None:
        raise AlignmentFormatError("dangling", id=lost)
    return made


def _dangling(alignment: Alignment) -> Iterator[str]:
    """Ids that evidence and cells refer to and no list holds."""
    firms = {one.id for one in alignment.firms}
    requirements = {one.id for policy in alignment.policies for one in policy.requirements}
    documents = {one.id for one in alignment.documents}
    evidence = {one.id for one in alignment.evidence}
    policies = {one.id for one in alignment.policies}
    for policy in alignment.policies:
        yield from (one.policy for one in policy.requirements if one.policy not in policies)
    for piece in (*alignment.evidence, *alignment.undecided):
        yield from {piece.firm} - firms
        yield from {piece.requirement} - requirements
        yield from {piece.document, *(source.document for source in piece.sources)} - documents
    for cell in alignment.cells:
        yield from {cell.firm} - firms
        yield from {cell.requirement} - requirements
        yield from set(cell.evidence) - evidence


_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).encode


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(value, 4)
        case dict():
            return {key: _rounded(entry) for key, entry in value.items()}
        case list():
            return [_rounded(entry) for entry in value]
        case _:
            return value
