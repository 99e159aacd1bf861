"""A document, and its sentences in their places."""

from __future__ import annotations

import re

from mapper.model.value import Value, When, Whole
from mapper.model.words import DateBasis, Role, SectionKind

_ESCAPED = re.compile(r"%(?=(?:25)*23)")


def document_id(path: str, row: str = "") -> str:
    """The id of a file as one document, or of a row of it: no two files and rows share one.

    It is the path, and ``path#row``; what is not the mark before a row is escaped as in an address, and so is what looks
    escaped.
    """
    name = _ESCAPED.sub("%25", path).replace("#", "%23")
    return f"{name}#{row}" if row else name


class PassageText(Value):
    """One sentence of a document as a report shows it, in its place."""

    number: Whole
    start: Whole
    end: Whole
    text: str
    paragraph: Whole
    role: Role = "body"
    speaker: str | None = None


class Act(Value):
    """A stretch of a document that was given to a firm: ``start``/``end`` count characters in the decoded original."""

    firm: str
    start: Whole
    end: Whole


class Document(Value):
    """One document of the corpus. ``path`` is relative to the corpus folder, with forward slashes.

    ``id`` is that path, and ``path#row`` where a file holds many documents, one in a row or a line (see :func:`document_id`).
    """

    id: str
    path: str
    sha256: str
    title: str | None = None
    title_basis: DateBasis = "unknown"
    publisher: str | None = None
    publisher_basis: DateBasis = "unknown"
    author: str | None = None
    author_basis: DateBasis = "unknown"
    date: When | None = None
    date_basis: DateBasis = "unknown"
    url: str | None = None
    speaker: str | None = None
    """Name of the firm that 我行/我司/我们 stands for, where corpus.yaml says so."""
    owner: str | None = None
    """Name of the firm whose own page this is, where corpus.yaml says so: it acts where no subject is named."""
    format: str = "text"
    encoding: str = "utf-8"
    repairs: tuple[str, ...] = ()
    """Codes of the repairs that changed the text (gloss, shifted-bytes, traditional …), for messages."""
    characters: Whole = 0
    """Characters of the decoded original."""
    dropped: Whole = 0
    """Characters left out as page furniture or as repeated copies."""
    passages: Whole = 0
    firms: tuple[str, ...] = ()
    """Ids of the firms that act in the document; filled in by alignment."""
    mentions: tuple[str, ...] = ()
    """Ids of those that it only names in passing, beside the firm that it is about; filled in by alignment."""
    acts: tuple[Act, ...] = ()
    """Whole sentences in which a firm acts, those that follow each other as one stretch; filled in by alignment."""
    text: tuple[PassageText, ...] = ()
    """The repaired sentences in reading order, where a firm acts in the document; filled in by alignment."""

    @property
    def name(self) -> str:
        """What it is called where it is cited: its title, or its id where it has none."""
        return self.title or self.id

    @property
    def row_owner(self) -> str | None:
        """The firm that a row of a table names as its own; None for a document that is a whole file."""
        return self.owner if self.row else None

    @property
    def row(self) -> str:
        """Which row or line of its file it is; empty for a document that is a whole file."""
        return self.id.partition("#")[2] if self.id != self.path else ""


class Passage(Value):
    """One sentence of a document: ``text`` is repaired, ``start``/``end`` point into the decoded original."""

    document: str
    number: Whole
    start: Whole
    end: Whole
    text: str
    paragraph: Whole
    role: Role = "body"
    section: str | None = None
    """Text of the nearest heading above."""
    part: SectionKind | None = None
    """What part of a report it stands in; None where sentences mean what they say."""
    speaker: str | None = None
    """Who speaks, as the document labels it (王立鹏 in «王立鹏: …»), for every passage of that speech."""
    page: Whole | None = None
    place: str | None = None
    """Where the format has places of its own: ``row 12``, ``row 1 fact 2``, ``sheet 2 row 12``, ``line 3``, ``paragraph 7``,
    ``table 1 row 2``."""
    damaged: bool = False
    """The passage holds characters that could not be repaired (U+FFFD); it is never evidence."""
    facts: tuple[Whole, Whole] | None = None
    """Where in the text of a penalty's row what was done wrong stands; its other cells say who, by what law and what followed."""


class DocumentText(Value):
    """A document as read: its metadata, the decoded original and its passages in reading order."""

    document: Document
    text: str
    passages: tuple[Passage, ...]
