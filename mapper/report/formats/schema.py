"""The JSON Schema of alignment.json, whichever alignment it is."""

from __future__ import annotations

import json
from typing import Any

from mapper.model import Alignment
from mapper.report.formats.interface import Format
from mapper.report.json import SCHEMA


def schema() -> dict[str, Any]:
    """What an alignment.json must look like, as JSON Schema 2020-12."""
    made = Alignment.model_json_schema()
    made["properties"] = {"schema": {"const": SCHEMA}, **made["properties"]}
    made["required"] = ["schema", *made["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:{SCHEMA}", **made}


def _render(alignment: Alignment) -> bytes:
    return (json.dumps(schema(), ensure_ascii=False, indent=2) + "\n").encode()


FORMAT = Format("schema", "alignment.schema.json", _render)
