"""A folder of documents → their passages, each sentence mapped back to the words of its file."""

from __future__ import annotations

from dataclasses import dataclass, field
from os.path import lexists
from pathlib import Path

from mapper.corpus import folder as files
from mapper.corpus import settings
from mapper.corpus.apart import IsolatedReader
from mapper.corpus.document import FileContents, as_read, forms_read, left_out
from mapper.corpus.own import beside_policies, beside_store, is_own
from mapper.corpus.tables import Columns
from mapper.fingerprint import fingerprint, normalised
from mapper.model import DocumentText
from mapper.problems import Problem, UnreadableError
from mapper.progress import Progress

__all__ = [
    "Corpus",
    "FileContents",
    "IsolatedReader",
    "Listing",
    "as_read",
    "fingerprint",
    "forms_read",
    "is_own",
    "list_corpus",
    "load_bytes",
    "normalised",
    "read_bytes",
    "read_corpus",
    "read_document",
    "read_listed",
]


@dataclass(frozen=True)
class Corpus:
    """What was read of a folder: documents sorted by id, what was left out (and why), and its two settings files."""

    documents: tuple[DocumentText, ...]
    problems: tuple[Problem, ...] = ()
    firms_file: Path | None = None
    settings_file: Path | None = None


@dataclass(frozen=True)
class Listing:
    """What a folder holds before any of it is opened: the paths of its documents, sorted, and what its settings say."""

    folder: Path
    paths: tuple[str, ...] = ()
    said: settings.Settings = field(default_factory=settings.Settings)
    problems: tuple[Problem, ...] = ()
    firms_file: Path | None = None
    settings_file: Path | None = None


def list_corpus(folder: Path) -> Listing:
    """List the documents of a folder and its subfolders, and read its settings.

    What is wrong in corpus.yaml is an ``error``; settings under a wrong name and files of ours, which are no documents,
    are a ``warning``; a name that no text can hold is ``left-out``.
    """
    if not folder.is_dir():
        return Listing(folder, problems=(Problem("file-missing", params={"what": folder.name}),))
    said, problems = settings.read(folder)
    paths = files.walk(folder)
    misnamed = {path: name for path in paths if (name := files.misnamed(path))}
    for path, name in misnamed.items():
        problems.append(Problem("settings-misnamed", path, severity="warning", params={"name": name}))
    beside = {*beside_policies(folder, paths), *filter(beside_store, paths)}
    for path in sorted(beside):
        problems.append(Problem("document-own", path, severity="warning"))
    listed: list[str] = []
    for path in paths:
        shown = path.encode("utf-8", "backslashreplace").decode()
        if path in misnamed or path in beside:
            continue
        if shown == path:
            listed.append(path)
        else:
            problems.append(Problem("document-name", shown, severity="left-out"))
    firms, own = folder / "firms.yaml", folder / settings.NAME
    return Listing(
        folder, tuple(listed), said, tuple(problems), firms if lexists(firms) else None, own if own.is_file() else None
    )


def read_corpus(folder: Path, *, progress: Progress | None = None) -> Corpus:
    """Read every document of a folder and its subfolders.

    ``progress`` is called with (documents done, documents in all, path of the next). Nothing is raised for what the
    folder holds: what cannot be read is a problem of severity ``left-out``; for the others see :func:`list_corpus`.
    """
    return read_listed(list_corpus(folder), progress=progress)


def read_listed(listed: Listing, *, progress: Progress | None = None) -> Corpus:
    """Read every document of a listing, as :func:`read_corpus` does."""
    problems = list(listed.problems)
    documents: list[DocumentText] = []
    with IsolatedReader() as reader:
        for done, path in enumerate(listed.paths):
            if progress:
                progress(done, len(listed.paths), path)
            result = read_document(
                listed.folder / path,
                folder=listed.folder,
                entry=listed.said.entries.get(path),
                columns=listed.said.columns,
                reader=reader,
            )
            problems += result.problems
            documents += result.documents
    if progress:
        progress(len(listed.paths), len(listed.paths), "")
    ordered = tuple(sorted(documents, key=lambda text: text.document.id))
    return Corpus(ordered, tuple(problems), listed.firms_file, listed.settings_file)


def read_document(
    path: Path,
    *,
    folder: Path | None = None,
    entry: settings.DocumentSettings | None = None,
    columns: Columns | None = None,
    reader: IsolatedReader | None = None,
) -> FileContents:
    """Read one file: its documents, mostly one. Ids are paths relative to ``folder`` (by default, where it lies).

    ``reader`` serves several documents; without one, a document that may take long gets one of its own.
    """
    base = folder or path.parent
    name = path.relative_to(base).as_posix()
    loaded = load_bytes(base, name)
    return loaded if isinstance(loaded, FileContents) else read_bytes(name, loaded, entry=entry, columns=columns, reader=reader)


def load_bytes(folder: Path, name: str) -> bytes | FileContents:
    """The bytes of a file of the corpus, or why there are none."""
    try:
        return files.load(folder, name)
    except UnreadableError as why:
        return left_out(why.code, name, **why.params)


def read_bytes(
    name: str,
    raw: bytes,
    *,
    entry: settings.DocumentSettings | None = None,
    columns: Columns | None = None,
    reader: IsolatedReader | None = None,
) -> FileContents:
    """The same of a file whose bytes are here already; ``name`` is its path in the corpus."""
    if is_own(raw, name):
        return FileContents(problems=(Problem("document-own", name, severity="warning"),))
    try:
        if reader is not None:
            return reader.read(name, raw, entry, columns)
        with IsolatedReader() as own:
            return own.read(name, raw, entry, columns)
    except Exception as error:  # whatever one file makes a reader do, the rest of the corpus is read
        return left_out("document-failed", name, why=type(error).__name__)
