"""What a format is, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mapper.model import Alignment
from mapper.problems import ExtraMissingError

_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Format:
    """A form of the report. ``render`` is pure: the same alignment gives the same bytes.

    ``file`` is the usual name of the file, ``extra`` the optional part of the installation that it needs, ``for_excel``
    renders a text so that Excel opens it rightly by a double click. Raises :class:`ExtraMissingError` from ``render``.
    """

    name: str
    file: str
    render: Callable[[Alignment], bytes]
    extra: str | None = None
    for_excel: Callable[[Alignment], bytes] | None = None


def needed(module: str, extra: str) -> Any:
    """An optional module. Raises ExtraMissingError where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise ExtraMissingError(extra) from error


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of these files, in this order, with no date of today in it."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return made.getvalue()


def undated(archive: bytes) -> bytes:
    """A ZIP archive with the same files, and no date of today in it."""
    with ZipFile(BytesIO(archive)) as opened:
        return zipped({name: opened.read(name) for name in opened.namelist()})
