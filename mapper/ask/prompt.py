"""The message that is the same in every request: instructions and the list of all requirements, so that servers cache it."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files

from mapper.catalog.load import Catalog

VERSION = "second-reader.1"
"""Name of the instructions; other instructions get another name, and every request made with them is a new one."""


def system_message(catalog: Catalog) -> str:
    """Instructions, then each requirement on a line: its id, title and text."""
    said = files(__package__).joinpath("prompts", f"{VERSION}.txt").read_text(encoding="utf-8")
    lines = [f"{one.id} {one.title}：{' '.join(one.text.split())}" for one in catalog.requirements]
    return said + "\n".join(lines) + "\n"


def digest(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return sha256(text.encode("utf-8")).hexdigest()
