"""Zip-based formats opened with care: bounded sizes, no XML with its own declarations, bounded depth."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from xml.etree import ElementTree

from mapper.problems import UnreadableError

PART_LIMIT = 150_000_000
"""Bytes that one part may unpack to: an archive bomb is a few kilobytes that claim to be gigabytes."""
DEPTH_LIMIT = 200
"""Elements of XML within each other."""
_DECLARED = tuple(mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be"))
"""How XML begins to declare something of its own, in the codes in which a parser reads it."""


class Archive:
    """The parts of a zip file, by name."""

    def __init__(self, raw: bytes, format: str) -> None:
        """Raises UnreadableError where the bytes are no whole zip file."""
        self.format = format
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
            self.names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
            raise UnreadableError("document-broken", format=format) from None

    def part(self, name: str) -> bytes:
        """One part unpacked. Raises UnreadableError where it is missing, broken, locked or too large."""
        try:
            with self._zip.open(name) as opened:
                raw = opened.read(PART_LIMIT + 1)
        except MemoryError:  # too much for this process is not broken
            raise
        except Exception:  # zlib, lzma and zipfile raise errors of their own for broken and locked parts
            raise UnreadableError("document-broken", format=self.format) from None
        if len(raw) > PART_LIMIT:
            limit = str(PART_LIMIT // 1_000_000)
            raise UnreadableError("document-too-large", size=f">{limit}", limit=limit)
        return raw

    def size(self, name: str) -> int:
        """Bytes that a part says it unpacks to."""
        return self._zip.getinfo(name).file_size

    def events(self, name: str) -> Iterator[tuple[str, ElementTree.Element]]:
        """The elements of an XML part as they begin and end, for a walk that does not hold the whole tree.

        Raises UnreadableError for broken XML, for XML that declares entities, and for absurd nesting.
        """
        raw = self.part(name)
        if any(mark in raw for mark in _DECLARED):
            raise UnreadableError("document-declares", format=self.format)
        depth = 0
        try:
            for event, element in ElementTree.iterparse(io.BytesIO(raw), ("start", "end")):
                depth += 1 if event == "start" else -1
                if depth > DEPTH_LIMIT:
                    raise UnreadableError("document-too-deep", format=self.format, limit=str(DEPTH_LIMIT))
                yield event, element
        except ElementTree.ParseError:
            raise UnreadableError("document-broken", format=self.format) from None

    def aside(self, name: str) -> Iterator[tuple[str, ElementTree.Element]]:
        """The events of a part without which the rest is read all the same: where it is missing or breaks off, no more."""
        if name in self.names:
            with suppress(UnreadableError):
                yield from self.events(name)


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def properties(archive: Archive) -> dict[str, str]:
    """Title, author and dates of an Office file's properties; often the program's or the template's own, hence ``file_…``."""
    stated: dict[str, str] = {}
    for event, element in archive.aside("docProps/core.xml"):
        text = (element.text or "").strip()
        if event == "end" and text:
            if local(element.tag) == "title":
                stated["file_title"] = text
            elif local(element.tag) == "creator":
                stated["file_author"] = text
            elif local(element.tag) in ("created", "modified"):
                stated["file_date"] = text[:10]
    return stated
