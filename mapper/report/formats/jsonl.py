"""Evidence, cells and decisions as JSON Lines (UTF-8), one record a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from mapper.model import Alignment
from mapper.report.formats.interface import Format
from mapper.report.tables import TABLES, Records


def render(records: Callable[[Alignment], Records], alignment: Alignment) -> bytes:
    """The records, each an object with its fields in order."""
    made = records(alignment)
    lines = (json.dumps(dict(zip(made.fields, row, strict=True)), ensure_ascii=False) for row in made.rows)
    return "".join(f"{line}\n" for line in lines).encode()


FORMATS = tuple(
    Format("jsonl" if name == "evidence" else f"{name}-jsonl", f"{name}.jsonl", partial(render, records))
    for name, records in TABLES.items()
)
