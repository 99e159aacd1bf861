"""A folder of documents → their passages, each sentence mapped back to the words of its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mapper.corpus import folder as files
from mapper.corpus import settings
from mapper.corpus.apart import Reader
from mapper.corpus.document import Found, as_read, document_text, document_texts, forms_read, left_out
from mapper.corpus.own import beside_policies, is_own
from mapper.corpus.reading import UnreadableError
from mapper.corpus.tables import Columns
from mapper.fingerprint import fingerprint, normalised
from mapper.model import DocumentText
from mapper.problems import Problem

__all__ = [
    "Corpus",
    "Found",
    "as_read",
    "document_text",
    "document_texts",
    "fingerprint",
    "forms_read",
    "normalised",
    "read_corpus",
    "read_document",
]


@dataclass(frozen=True)
class Corpus:
    """What was read of a folder: documents sorted by id, what was left out (and why), and its two settings files."""

    documents: tuple[DocumentText, ...]
    problems: tuple[Problem, ...] = ()
    firms_file: Path | None = None
    settings_file: Path | None = None


def read_corpus(folder: Path, *, progress: Callable[[int, int, str], None] | None = None) -> Corpus:
    """Read every document of a folder and its subfolders.

    ``progress`` is called with (documents done, documents in all, path of the next). Nothing is raised for what the
    folder holds: what cannot be read is a problem of severity ``left-out``, what is wrong in corpus.yaml an ``error``,
    settings under a wrong name, which are no documents, a ``warning``.
    """
    if not folder.is_dir():
        return Corpus((), (Problem("file-missing", params={"what": folder.name}),))
    said, problems = settings.read(folder)
    documents: list[DocumentText] = []
    paths = files.walk(folder)
    misnamed = {path: name for path in paths if (name := files.misnamed(path))}
    for path, name in misnamed.items():
        problems.append(Problem("settings-misnamed", path, severity="warning", params={"name": name}))
    beside = beside_policies(folder, paths)
    for path in beside:
        problems.append(Problem("document-own", path, severity="warning"))
    paths = [path for path in paths if path not in misnamed and path not in beside]
    with Reader() as reader:
        for done, path in enumerate(paths):
            shown = path.encode("utf-8", "backslashreplace").decode()
            if shown != path:
                problems.append(Problem("document-name", shown, severity="left-out"))
                continue
            if progress:
                progress(done, len(paths), path)
            result = read_document(
                folder / path, folder=folder, entry=said.entries.get(path), columns=said.columns, reader=reader
            )
            problems += result.problems
            documents += result.documents
    if progress:
        progress(len(paths), len(paths), "")
    firms, own = folder / "firms.yaml", folder / settings.NAME
    return Corpus(
        tuple(sorted(documents, key=lambda text: text.document.id)),
        tuple(problems),
        firms if firms.is_file() else None,
        own if own.is_file() else None,
    )


def read_document(
    path: Path,
    *,
    folder: Path | None = None,
    entry: settings.Entry | None = None,
    columns: Columns | None = None,
    reader: Reader | None = None,
) -> Found:
    """Read one file: its documents, mostly one. Ids are paths relative to ``folder`` (by default, where it lies).

    ``reader`` serves several documents; without one, a document that may take long gets one of its own.
    """
    base = folder or path.parent
    name = path.relative_to(base).as_posix()
    try:
        raw = files.load(base, name)
    except UnreadableError as why:
        return left_out(why.code, name, **why.params)
    if is_own(raw):
        return Found(problems=(Problem("document-own", name, severity="warning"),))
    try:
        if reader is not None:
            return reader.read(name, raw, entry, columns)
        with Reader() as own:
            return own.read(name, raw, entry, columns)
    except Exception as error:  # whatever one file makes a reader do, the rest of the corpus is read
        return left_out("document-failed", name, why=type(error).__name__)
