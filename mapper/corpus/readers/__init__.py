"""From the bytes of a file to its blocks: the format is told by the content, never by the name of the file."""

from __future__ import annotations

import re

from mapper.corpus.decode import decode
from mapper.corpus.limits import CHARACTERS_LIMIT
from mapper.corpus.readers.csv import CsvReader
from mapper.corpus.readers.docx import DocxReader
from mapper.corpus.readers.html import HtmlReader
from mapper.corpus.readers.jsonl import JsonLinesReader
from mapper.corpus.readers.markdown import MarkdownReader
from mapper.corpus.readers.pdf import PdfReader
from mapper.corpus.readers.plain import PlainReader
from mapper.corpus.readers.xlsx import XlsxReader
from mapper.corpus.reading import BytesReader, Reading, TextReader
from mapper.corpus.tables import Columns, arranged
from mapper.problems import UnreadableError

BYTES: tuple[BytesReader, ...] = (PdfReader(), DocxReader(), XlsxReader())
_TABLE = CsvReader()
_LINES = JsonLinesReader()
TEXTS: tuple[TextReader, ...] = (HtmlReader(), _LINES, _TABLE, MarkdownReader(), PlainReader())
"""Asked in this order; the last claims every text."""

_HEAD = 1_000_000
"""Bytes at the beginning of a file that are looked at."""
_ARCHIVES = (
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"{\\rtf", "RTF"),
    (b"MIME-Version:", "MHT"),
    (b"From: <Saved by", "MHT"),
    (b"PAR1", "Parquet"),
    (b"%!PS", "PostScript"),
)
_MAIL = re.compile(
    rb"\s{0,20}(?:From [^\n]{1,200}\n)?(?:from|to|cc|subject|date|received|return-path|delivered-to|mime-version|message-id|reply-to"
    rb"|sender|authentication-results|(?:x|content|dkim|arc|list)-[a-z-]{1,40}):",
    re.IGNORECASE,
)
"""How a saved e-mail, or a box of them, begins …"""
_LATE_PDF = re.compile(rb"%PDF-\d\.\d\s[^%]{0,200}%?[^%]{0,200}?\d+ \d+ obj\b")
"""A PDF behind other matter, where no program looks for its beginning."""
_PACKED = re.compile(rb"^content-transfer-encoding:[ \t]{0,20}(?:base64|quoted)", re.IGNORECASE | re.MULTILINE)
"""… and what says that some text in it is packed for transport."""
_LETTER = re.compile(rb"(?:From [^\n]{1,200}\n)?(?:[a-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}\r?\n", re.IGNORECASE)
"""The lines at the head of an e-mail, with the empty one that ends them."""
_NAMED = re.compile(rb"^(from|to|subject|date|message-id|mime-version|received|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE)
_NAMES = 3
"""Of such lines, the fewest by which a text is an e-mail, «from» among them."""
_JSON = re.compile(r"\s*(?:\[\s*)*\{\s*(?:\"[^\"\n]{0,200}\"\s*:|\})")
"""A text that begins with an object, alone or in a list."""


def read(raw: bytes, columns: Columns | None = None, *, table: bool = False) -> Reading:
    """Read a file of any known format. Raises UnreadableError, which holds the code of a problem, where it cannot.

    ``columns`` are those of tables; ``table`` says that this file is one, which must have them.
    """
    reading = _read(raw, columns, table)
    if len(reading.text) > CHARACTERS_LIMIT:
        size, limit = (f"{number / 1_000_000:.0f}" for number in (len(reading.text), CHARACTERS_LIMIT))
        raise UnreadableError("document-too-long", size=size, limit=limit)
    return arranged(reading, columns, sure=table) if reading.tables else reading


def is_packed(raw: bytes) -> bool:
    """Whether these bytes are of a format that may hold a thousand times as much as its size says."""
    return any(reader.claims(raw) for reader in BYTES)


def _is_letter(head: bytes) -> bool:
    """Whether it begins as a saved e-mail does whose text is not packed."""
    lines = _LETTER.match(head)
    named = {name.lower() for name in _NAMED.findall(lines.group())} if lines else set()
    return b"from" in named and len(named) >= _NAMES


def _read(raw: bytes, columns: Columns | None, table: bool) -> Reading:
    for bytes_reader in BYTES:
        if bytes_reader.claims(raw):
            return bytes_reader.read(raw)
    if not raw.strip(b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("document-empty")
    head = raw[:_HEAD].lstrip()
    for magic, name in _ARCHIVES:
        if head.startswith(magic):
            raise UnreadableError("document-format", what=name)
    if _LATE_PDF.search(raw[:_HEAD]):
        raise UnreadableError("document-broken", format="PDF")
    if (_MAIL.match(raw) and _PACKED.search(raw[:_HEAD])) or _is_letter(head):
        raise UnreadableError("document-format", what="e-mail")
    decoded = decode(raw)
    if decoded is None:
        raise UnreadableError("document-undecodable")
    if _JSON.match(decoded.text) and not _LINES.claims(decoded.text):
        raise UnreadableError("document-json")
    table = table or bool(columns and _TABLE.bears(decoded.text, columns))
    reader = _TABLE if table else next(reader for reader in TEXTS if reader.claims(decoded.text))
    return reader.read(decoded.text, decoded.encoding)
