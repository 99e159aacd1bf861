"""What a reader hands on: the decoded text and its blocks, the same for every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from mapper.corpus.textmap import TextMap

BlockKind = Literal["text", "heading", "title", "caption", "item", "row"]
"""What the format itself says a block is; ``text`` where it says nothing."""
CELLS = " | "
"""Stands between the cells of a row."""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or table row, mapped to the decoded text."""

    words: TextMap
    kind: BlockKind = "text"
    page: int | None = None
    whole: bool = False
    """The reader knows this to be one paragraph, whatever spaces it holds."""
    linked: float = 0.0
    """Share of its characters that are links (0–1)."""
    place: str | None = None
    """As of a passage (see mapper/model/documents.py)."""
    single: bool = False
    """One sentence, however many stops it holds: a row whose cells belong together."""
    facts: tuple[int, int] | None = None
    """Where in the words of a penalty's row what was done wrong stands, as its label or the head of its column says."""


@dataclass(frozen=True)
class Row:
    """A row of a table: its number as the file counts, and its cells with the numbers of their columns."""

    key: str
    place: str
    cells: tuple[tuple[int, TextMap], ...]


@dataclass(frozen=True)
class Record:
    """A row or a line that is a document of its own; ``key`` tells it from the others of its file."""

    key: str
    blocks: tuple[Block, ...]
    stated: dict[str, str] = field(default_factory=dict)


Missing = tuple[str, Mapping[str, str]]
"""What was not read: the code of a problem with its params."""


def counted(numbers: Mapping[str, int]) -> Iterator[Missing]:
    """Of what was not read and can be counted, what there is of it; ``numbers`` by code."""
    return ((code, {"count": str(number)}) for code, number in numbers.items() if number)


@dataclass(frozen=True)
class Reading:
    """One file as its reader sees it. ``stated``: what the format has fields for, such as title, publisher, date, url."""

    text: str
    blocks: tuple[Block, ...]
    format: str
    encoding: str = "utf-8"
    stated: dict[str, str] = field(default_factory=dict)
    dropped: int = 0
    """Characters of visible text that the reader left out as navigation or running heads."""
    tables: tuple[tuple[Row, ...], ...] = ()
    """Rows that have not become blocks yet: which column holds what may be said elsewhere."""
    records: tuple[Record, ...] = ()
    """The documents of a file that holds several; their blocks are ``blocks``."""
    unknown: tuple[str, ...] = ()
    """The heads of a table with prose of which none is known; its rows are read with their cells side by side."""
    missing: tuple[Missing, ...] = ()
    """What of the file was not read."""
    day_zero: date = date(1899, 12, 30)
    """From which a bare number in the place of a date counts days."""
    broken: tuple[int, ...] = ()
    """Numbers of the lines that could not be read, where each line stands for itself."""


class BytesReader(Protocol):
    """Reads a format that is not text. Raises UnreadableError where the file is broken or an extra is missing."""

    def claims(self, raw: bytes) -> bool:
        """Whether the bytes are of this format, by their content alone."""

    def read(self, raw: bytes) -> Reading:
        """Decode the file and cut it into blocks."""


class TextReader(Protocol):
    """Reads a format that is text; the bytes are decoded before it is asked."""

    def claims(self, text: str) -> bool:
        """Whether the text is of this format, by its content alone."""

    def read(self, text: str, encoding: str) -> Reading:
        """Cut the text into blocks."""
