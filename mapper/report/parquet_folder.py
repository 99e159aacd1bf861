"""All evidence of a run as a folder of Parquet files, parted by policy and kind of firm: what a database reads as one table.

``policy=ID/kind=KIND/evidence.parquet``, the way of Hive; the two keys stand in the names of the folders and not in the
files. Needs the extra ``parquet``. The folder is written beside its place and moved there when it is whole; a run killed
between taking the old one away and putting the new one there leaves neither in place until the next such run.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mapper.files import is_running, umask, undisturbed
from mapper.journal import beside, staged_names
from mapper.model import Alignment, Document, Evidence
from mapper.report.formats.interface import needed
from mapper.report.formats.parquet import EXTRA
from mapper.report.tables import EVIDENCE, decided, evidence_row, requirements

KEYS = ("policy", "kind")
_AT_ONCE = 2_000
"""Rows of one part that are written together."""
_MARK = ".mapper-evidence"
"""A file by which a folder is known to be ours, and may be replaced."""


class NotOursError(OSError):
    """There is something in the folder's place that this program has not written."""


@contextmanager
def staged_folder(
    target: Path, alignment: Alignment, evidence: Iterable[Evidence], documents: Mapping[str, Document]
) -> Iterator[None]:
    """Write the evidence of an alignment, in its order; it need not hold that evidence itself. A context: what its body
    writes is written where the folder is whole, and the folder is moved to its place when the body is done.

    Raises NotOursError where ``target`` is anything but a folder that was written here or an empty one, OSError where
    the place refuses, and ExtraMissingError.
    """
    _check(target)
    arrow, parquet = needed("pyarrow", EXTRA), needed("pyarrow.parquet", EXTRA)
    target.parent.mkdir(parents=True, exist_ok=True)
    _tidy(target)
    made = Path(tempfile.mkdtemp(prefix=beside(target.name, os.getpid()), dir=target.parent))
    try:
        _fill(made, _Parts(arrow, parquet, made), alignment, evidence, documents)
        yield
        old = made.with_name(f"{made.name}.old")
        with undisturbed():
            if target.exists():
                target.rename(old)
            made.rename(target)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _check(target: Path) -> None:
    if target.is_dir() and (not any(target.iterdir()) or (target / _MARK).is_file()):
        return
    if target.exists() or target.is_symlink():
        raise NotOursError(None, "not written by mapper", str(target))


def _tidy(target: Path) -> None:
    """Remove what runs that were killed have left beside the place; put back what one had taken away."""
    staged = staged_names([target.name])
    for path in sorted(target.parent.iterdir()):
        left = staged.fullmatch(path.name.removesuffix(".old"))
        if not left or is_running(left.group(1)) or path.is_symlink() or not (path / _MARK).is_file():
            continue
        if path.suffix == ".old" and not target.exists():
            path.rename(target)
        else:
            shutil.rmtree(path, ignore_errors=True)


def _fill(
    made: Path, parts: _Parts, alignment: Alignment, evidence: Iterable[Evidence], documents: Mapping[str, Document]
) -> None:
    made.chmod(0o777 & ~umask())
    (made / _MARK).touch()
    kinds = {firm.id: firm.kind for firm in alignment.firms}
    asked, said = requirements(alignment), decided(alignment)
    try:
        for piece in evidence:
            policy, requirement = asked[piece.requirement]
            kind = kinds.get(piece.firm)
            row = evidence_row(piece, kind, policy, requirement, documents.get(piece.document), said.get(piece.id, ()))
            parts.add((policy.id, str(kind)), row)
    finally:
        parts.close()


class _Parts:
    """One file for each pair of keys, open while rows come for it."""

    def __init__(self, arrow: Any, parquet: Any, folder: Path) -> None:
        self._arrow, self._parquet, self._folder = arrow, parquet, folder
        types = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
        self._kept = [number for number, name in enumerate(EVIDENCE) if name not in KEYS]
        self._schema = arrow.schema([(name, types[kind]) for name, kind in EVIDENCE.items() if name not in KEYS])
        self._rows: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        self._writers: dict[tuple[str, str], Any] = {}

    def add(self, key: tuple[str, str], row: tuple[Any, ...]) -> None:
        rows = self._rows.setdefault(key, [])
        rows.append(tuple(row[number] for number in self._kept))
        if len(rows) >= _AT_ONCE:
            self._write(key)

    def _write(self, key: tuple[str, str]) -> None:
        rows = self._rows.pop(key)
        if key not in self._writers:
            place = self._folder.joinpath(*(f"{name}={quote(value, safe='')}" for name, value in zip(KEYS, key, strict=True)))
            place.mkdir(parents=True)
            self._writers[key] = self._parquet.ParquetWriter(place / "evidence.parquet", self._schema)
        columns = zip(*rows, strict=True)
        arrays = [self._arrow.array(column, kind) for column, kind in zip(columns, self._schema.types, strict=True)]
        self._writers[key].write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))

    def close(self) -> None:
        for key in list(self._rows):
            self._write(key)
        for writer in self._writers.values():
            writer.close()
