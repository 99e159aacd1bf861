"""Alignment ↔ alignment.json, the one file every report is made from."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from mapper.messages import say
from mapper.model import Alignment

SCHEMA = "mapper/alignment/1"
_LISTS = ("policies", "firms", "documents", "evidence", "cells", "left_out", "faint")


class AlignmentFormatError(ValueError):
    """The text is not an alignment of a schema this program reads."""


def dump(alignment: Alignment) -> str:
    """The alignment as JSON text: one record a line, keys in the order of the model, floats of four digits."""
    data = _rounded(alignment.model_dump(mode="json"))
    entries = [f'"schema": {_compact(SCHEMA)}', f'"run": {_compact(data["run"])}']
    for name in _LISTS:
        records = ",\n".join(_compact(record) for record in data[name])
        entries.append(f'"{name}": [\n{records}\n]' if records else f'"{name}": []')
    return "{" + ",\n".join(entries) + "}\n"


def load(text: str) -> Alignment:
    """Read what :func:`dump` wrote. Raises :class:`AlignmentFormatError` for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AlignmentFormatError(say("page.load-not-json", why=error)) from error
    schema = data.pop("schema", None) if isinstance(data, dict) else None
    if schema != SCHEMA:
        raise AlignmentFormatError(say("page.load-schema", found=str(schema), wanted=SCHEMA))
    try:
        return Alignment.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise AlignmentFormatError(say("page.load-shape", place=place, why=first["msg"])) from error


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


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
