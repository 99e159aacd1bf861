"""Zip-based files: what is broken is told from what is too much."""

from __future__ import annotations

import io
import zipfile

import pytest

from mapper.archive import Archive
from mapper.problems import UnreadableError


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


def test_a_part_that_is_missing_or_damaged_is_broken() -> None:
    raw = packed(a="<a/>")
    with pytest.raises(UnreadableError, match="document-broken"):
        Archive(raw, "DOCX").part("b")
    with pytest.raises(UnreadableError, match="document-broken"):
        Archive(raw.replace(b"<a/>", b"<b/>"), "DOCX").part("a")


def test_memory_that_gives_out_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    archive = Archive(packed(a="<a/>"), "DOCX")
    monkeypatch.setattr(zipfile.ZipFile, "open", full)
    with pytest.raises(MemoryError):
        archive.part("a")
