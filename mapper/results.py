"""What a run leaves: alignment.json, the page and the other formats, written all or none, and the alignment read back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mapper.files import Content, write_whole
from mapper.model import Alignment
from mapper.problems import InputError, Problem
from mapper.report.formats import FORMATS, Format
from mapper.report.json import AlignmentFormatError, load

ALIGNMENT, MATRIX = FORMATS["json"].file, FORMATS["html"].file


def write(alignment: Alignment, out: Path, also: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write alignment.json and matrix.html, and whichever other formats are named: all of them or none.

    Raises OSError where the folder refuses, and ExtraMissingError where a format needs one.
    """
    files = rendered(alignment, out, also)
    write_whole(files)
    return tuple(files)


def rendered(alignment: Alignment, out: Path, also: Iterable[str] = ()) -> dict[Path, Content]:
    """The files that :func:`write` writes, by path."""
    return {out / one.file: one.render(alignment) for one in chosen(also)}


def chosen(also: Iterable[str] = ()) -> list[Format]:
    """The formats that are always written, and those that are named besides, each once."""
    return [FORMATS[name] for name in dict.fromkeys(("json", "html", *also))]


def read_alignment(path: Path) -> Alignment:
    """Read an alignment.json. Raises :class:`InputError` if it is missing or no alignment."""
    if path.exists() and not path.is_file():  # a pipe would wait for its writer
        raise InputError([Problem("document-not-a-file", str(path))])
    try:
        return load(path.read_text(encoding="utf-8-sig"))
    except AlignmentFormatError as error:
        raise InputError([Problem("alignment-unreadable", str(path), params={"why": f"@why-{error.why}", **error.params})]) from error
    except UnicodeDecodeError as error:
        raise InputError([Problem("yaml-not-utf8", str(path))]) from error
    except OSError as error:
        raise InputError([Problem("file-missing", params={"what": str(path)})]) from error
