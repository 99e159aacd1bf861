"""What an author's line may mean: a command, a grade, numbers of a list, a sentence."""

from __future__ import annotations

from collections.abc import Container
from typing import get_args
from unicodedata import category, normalize

from mapper.messages import text
from mapper.model import Grade

SLIPS = (":", "：", "/", "\\", "!", "！", "#", "$", ";", "；", "*")
"""What begins a command in other programs, and no sentence."""
QUOTES = "“”\"'「」 \t"
GRADES: dict[str, Grade] = {
    word: grade for grade in get_args(Grade) for word in (text(f"page.grade-{grade}", "zh"), grade)
}
"""What a grade is called by its author: the word that the page shows, or its name."""
COMMANDS = {
    "?": "help", "？": "help", "帮助": "help", "help": "help",
    "找": "find", "find": "find", "例": "start", "start": "start", "看": "show", "show": "show",
    "述": "text", "text": "text", "题": "title", "title": "title", "删": "drop", "drop": "drop",
    "列": "list", "list": "list", "撤": "undo", "undo": "undo",
    "下": "next", "next": "next", "上": "back", "back": "back", "到": "go", "go": "go",
    "完": "quit", "quit": "quit", "exit": "quit", "q": "quit",
}  # fmt: skip
SHOWN = 8
"""Sentences of a list, unless the author asks for more."""


def typed(line: str) -> str:
    """The line as it may be written to a file: without characters that steer a device, halves of characters and no characters.

    What would end a line or is wide is a space.
    """
    kept = (char for char in line if char.isspace() or not (category(char) in ("Cc", "Cs") or char == "\ufeff" or _nothing(char)))
    return "".join(" " if char.isspace() else char for char in kept).strip()


def _nothing(char: str) -> bool:
    """Whether Unicode says that no character will ever stand here."""
    return ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef"


def many(said: str, usual: int = SHOWN) -> int:
    """How many an author asks to be shown; as usual where the words are no number."""
    return max(1, min(50, int(said))) if said.isascii() and said.isdigit() else usual


def chinese(said: str) -> bool:
    """Whether there is Chinese in it: documents are read for nothing else."""
    return any("\u4e00" <= char <= "\u9fff" for char in said)


def command_like(said: str, bare: bool, names: Container[str]) -> bool:
    """Whether this was hardly meant to teach: no Chinese in it, or by itself a command or one of the ``names``.

    ``bare``: nothing before it says that it is meant as a sentence.
    """
    if not chinese(said):
        return True
    first, _, rest = said.partition(" ")
    return bare and (said.startswith(SLIPS) or said in names or first.lower() in COMMANDS or rest in names)


def numbers(said: str) -> list[int] | None:
    """The numbers of a pick such as «1 3,5» or «2-4», in whatever width; None where these are other words."""
    found: list[int] = []
    plain = normalize("NFKC", said).replace("~", "-").replace("—", "-").replace("–", "-").replace("至", "-")
    for part in plain.replace("、", " ").replace(",", " ").split():
        first, dash, last = part.partition("-")
        if not (first.isascii() and first.isdigit()) or (dash and not (last.isascii() and last.isdigit())) or len(part) > 7:
            return None
        found += range(int(first), int(last) + 1) if dash else [int(first)]
    return list(dict.fromkeys(found)) or None
