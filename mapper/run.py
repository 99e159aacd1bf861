"""One run, from the folders to the files: the only place that knows the whole route."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EISDIR
from os import strerror
from pathlib import Path

from mapper import __version__
from mapper.align.alignment import align
from mapper.catalog.check import check_depth, check_examples, check_signals, check_words
from mapper.catalog.find import find_requirement
from mapper.catalog.load import Catalog, load_catalog
from mapper.corpus import Corpus, as_read, read_corpus
from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry, load_registry
from mapper.model import Alignment, Document, InputFile, LeftOut, Run
from mapper.problems import InputError, Problem
from mapper.report.html import render_html
from mapper.report.json import AlignmentFormatError, dump, load
from mapper.yamlmarks import load as load_yaml

ALIGNMENT = "alignment.json"
MATRIX = "matrix.html"
MIN_SCORE = 0.6
"""Evidence that a careful reviewer would accept less often than this is left out, unless a user asks for it."""
Progress = Callable[[int, int, str], None]
_STAGED = re.compile(rf"\.(?:{re.escape(ALIGNMENT)}|{re.escape(MATRIX)})\.[a-z0-9_]{{8}}")
"""Files that :func:`_replace` writes before it moves them into place; only a build that was killed leaves any."""


@dataclass(frozen=True)
class Inputs:
    """Everything a run reads, checked."""

    catalog: Catalog
    corpus: Corpus
    registry: Registry
    problems: tuple[Problem, ...]
    """What is wrong and stops nothing: documents left out, warnings."""


@dataclass(frozen=True)
class Checked:
    """What :func:`check` found: every problem, and how much of each thing was looked at."""

    problems: tuple[Problem, ...]
    counts: dict[str, int]


@dataclass(frozen=True)
class Survey:
    """What :func:`survey` found: the documents with the firms that act in them, and what is wrong and stops nothing."""

    documents: tuple[Document, ...]
    kept: dict[str, int]
    """Characters of the passages, by document id."""
    problems: tuple[Problem, ...]


def read_inputs(
    policies: Path, corpus: Path, progress: Progress | None = None, *, requirement: str | None = None
) -> Inputs:
    """Read catalog, corpus and registry. Raises :class:`InputError` with every problem that stops a run.

    ``requirement`` is one that the run is about: where the catalog does not hold it, the corpus is not read at all.
    """
    catalog, read, registry, problems = _read(policies, corpus, progress, requirement)
    if any(problem.severity == "error" for problem in problems) or catalog is None or registry is None:
        raise InputError(problems)
    return Inputs(catalog, read, registry, tuple(problems))


def _read(
    policies: Path, corpus: Path, progress: Progress | None, requirement: str | None = None
) -> tuple[Catalog | None, Corpus, Registry | None, list[Problem]]:
    """All three inputs as far as they can be read, and everything that is wrong with them; the catalog tests itself."""
    catalog, problems = load_catalog(policies)
    if catalog is not None:
        if requirement is not None:
            find_requirement(catalog.policies, requirement)
        problems += _check(catalog)
    read, registry, found = _read_corpus(corpus, progress)
    problems += found
    if corpus.is_dir() and not read.documents:
        problems.append(Problem("corpus-empty", str(corpus)))
    return catalog, read, registry, problems


def _check(catalog: Catalog) -> list[Problem]:
    return [*check_depth(catalog)] or [
        *check_words(catalog, as_read), *check_signals(catalog), *check_examples(catalog)
    ]


def _read_corpus(corpus: Path, progress: Progress | None) -> tuple[Corpus, Registry | None, list[Problem]]:
    if not corpus.is_dir():
        return Corpus(()), None, [Problem("file-missing", params={"what": str(corpus)})]
    read = read_corpus(corpus, progress=progress)
    problems = [_placed(problem, corpus) for problem in read.problems]
    registry, found = load_registry(read.firms_file)
    problems += found
    if registry is not None:
        problems += [*_unknown_voices(read, registry), *_unknown_rows(read, registry, corpus)]
    return read, registry, problems


def _unknown_voices(corpus: Corpus, registry: Registry) -> Iterator[Problem]:
    """Firms that corpus.yaml names as speaker or owner and that no registry knows: whom it means cannot be told."""
    if corpus.settings_file is None:
        return
    named = {name for text in corpus.documents for name in (text.document.speaker, text.document.owner) if name}
    unknown = {name for name in named if registry.find(name) is None}
    marked, _ = load_yaml(corpus.settings_file, str(corpus.settings_file)) if unknown else (None, [])
    if marked is None:
        return
    for number, entry in enumerate(marked.data.get("documents") or ()):
        for key in ("speaker", "owner"):
            name = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(name, str) and name in unknown:
                line = marked.line("documents", number, key)
                near = _nearest(name, registry)
                yield Problem("voice-unknown", marked.path, line, params={"name": name, "near": near})


def _unknown_rows(corpus: Corpus, registry: Registry, folder: Path) -> Iterator[Problem]:
    """Firms that the rows of a table name and that no registry knows: a warning, once for each file and name."""
    rows = [text.document for text in corpus.documents if text.document.id != text.document.path]
    named = dict.fromkeys((row.path, row.owner) for row in rows if row.owner and registry.find(row.owner) is None)
    for path, name in named:
        params = {"name": name, "near": _nearest(name, registry)}
        yield Problem("table-firm-unknown", str(folder / path), severity="warning", params=params)


def _nearest(name: str, registry: Registry) -> str:
    from rapidfuzz.process import extractOne

    best = extractOne(name, list(registry.firms))
    return best[0] if best else "—"


def survey(corpus: Path, progress: Progress | None = None) -> Survey:
    """What is read of a corpus, without any policy. Raises :class:`InputError` where its settings are wrong."""
    read, registry, problems = _read_corpus(corpus, progress)
    if any(problem.severity == "error" for problem in problems) or registry is None:
        raise InputError(problems)
    documents = []
    for text in read.documents:
        readings = attribute(text, local_registry(text, registry))
        firms = {attributed.firm for reading in readings for attributed in reading.attributed}
        documents.append(text.document.model_copy(update={"firms": tuple(sorted(firms))}))
    kept = {text.document.id: sum(len(passage.text) for passage in text.passages) for text in read.documents}
    return Survey(tuple(documents), kept, tuple(problems))


def build(inputs: Inputs, *, min_score: float = MIN_SCORE) -> Alignment:
    """Align what was read. Pure: the same inputs give the same alignment."""
    files = [*inputs.catalog.inputs, *inputs.registry.inputs]
    if inputs.corpus.settings_file is not None:
        digest = hashlib.sha256(inputs.corpus.settings_file.read_bytes()).hexdigest()
        files.append(InputFile(role="corpus", path=inputs.corpus.settings_file.name, sha256=digest))
    read = {text.document.path: text.document.sha256 for text in inputs.corpus.documents}
    files += [InputFile(role="document", path=path, sha256=digest) for path, digest in read.items()]
    run = Run(
        version=__version__,
        inputs=tuple(sorted(files, key=lambda f: (f.role, f.path, f.sha256))),
        options={"min_score": f"{min_score:.2f}"},
    )
    left_out = [
        LeftOut(path=problem.path, code=problem.code, params=problem.params)
        for problem in inputs.corpus.problems
        if problem.severity == "left-out"
    ]
    return align(
        inputs.corpus.documents, inputs.catalog, inputs.registry, run, left_out=left_out, min_score=min_score
    )


def check(policies: Path, corpus: Path, progress: Progress | None = None) -> Checked:
    """Everything that is wrong with catalog, corpus and registry; counted beside it, what was looked at."""
    catalog, read, _, problems = _read(policies, corpus, progress)
    requirements = catalog.requirements if catalog is not None else ()
    counts = {
        "policies": len(catalog.policies) if catalog is not None else 0,
        "requirements": len(requirements),
        "examples": sum(len(requirement.examples) for requirement in requirements),
        "counterexamples": sum(len(requirement.counterexamples) for requirement in requirements),
        "documents": len(read.documents),
    }
    return Checked(tuple(problems), counts)


def write(alignment: Alignment, out: Path) -> tuple[Path, Path]:
    """Write alignment.json and matrix.html, each whole or not at all. Raises OSError where the folder refuses.

    What builds that were killed have left in the folder is removed.
    """
    data, page = dump(alignment), render_html(alignment)
    out.mkdir(parents=True, exist_ok=True)
    paths = (out / ALIGNMENT, out / MATRIX)
    for path in paths:
        if path.is_dir():
            raise IsADirectoryError(EISDIR, strerror(EISDIR), str(path))
    _sweep(out)
    _replace(zip(paths, (data, page), strict=True))
    return paths


def _sweep(out: Path) -> None:
    with suppress(OSError):
        for path in sorted(out.iterdir()):
            if _STAGED.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                path.unlink()


def _replace(files: Iterable[tuple[Path, str]]) -> None:
    """Write all files beside their places first, then move them there."""
    staged: list[tuple[str, Path]] = []
    try:
        for path, text in files:
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            staged.append((name, path))
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
        with _undisturbed():
            while staged:
                name, path = staged[0]
                os.replace(name, path)
                staged.pop(0)
    finally:
        for name, _ in staged:
            Path(name).unlink(missing_ok=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM wait: both files are moved or neither. Signals come to the main thread, and only there."""
    handled = [number for number in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(number) is not None]
    if threading.current_thread() is not threading.main_thread():
        handled = []
    came: list[int] = []
    before = [(number, signal.signal(number, lambda number, _: came.append(number))) for number in handled]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)
    for late in came:
        signal.raise_signal(late)


def read_alignment(path: Path) -> Alignment:
    """Read an alignment.json. Raises :class:`InputError` if it is missing or no alignment."""
    try:
        return load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([Problem("file-missing", params={"what": str(path)})]) from error
    except AlignmentFormatError as error:
        raise InputError([Problem("alignment-unreadable", str(path), params={"why": str(error)})]) from error


def _placed(problem: Problem, folder: Path) -> Problem:
    """The problem with its file named as the user will find it."""
    shown = str(folder / problem.path if problem.path else folder)
    return Problem(problem.code, shown, problem.line, problem.severity, problem.params)
