"""A new policy from a title and a line for each requirement, as plain YAML."""

from __future__ import annotations

import json
import re

from mapper.messages import LANGUAGES
from mapper.messages import text as message

_PARTS = re.compile(r"(?:(?<!\s)\s+)?[:：]\s*")


def policy_yaml(id: str, title: str, lines: list[str]) -> str:
    """The file of a policy; a line is ``title：what is asked``, or just what is asked."""
    text = [
        *(f"# {message('teach.founded-head', language)}" for language in LANGUAGES),
        "policy:",
        f"  id: {_quoted(id)}",
        f"  title: {_quoted(title)}",
        "requirements:",
    ]
    for number, line in enumerate(lines, start=1):
        name, *rest = _PARTS.split(line, maxsplit=1)
        text += [f"  - id: {_quoted(f'{id}-{number:02}')}", f"    title: {_quoted(name)}"]
        text += [f"    text: {_quoted(rest[0])}"] if rest and rest[0] else []
    return "\n".join(text) + "\n"


def policy_id(stem: str) -> str:
    """An id for a policy whose file is called so."""
    plain = re.sub(r"[^A-Za-z0-9_.\u3400-\u9fff-]+", "-", stem).strip("-.")
    return plain if re.match(r"[A-Za-z]", plain) else f"p-{plain}".rstrip("-")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
