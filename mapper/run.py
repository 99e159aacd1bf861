"""One run, from the folders to the files: the only place that knows the whole route."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from mapper import __version__
from mapper.align.alignment import align
from mapper.catalog.check import check_examples
from mapper.catalog.load import Catalog, load_catalog
from mapper.corpus import Corpus, read_corpus
from mapper.firms.registry import Registry, load_registry
from mapper.model import Alignment, InputFile, LeftOut, Run
from mapper.problems import InputError, Problem
from mapper.report.html import render_html
from mapper.report.json import AlignmentFormatError, dump, load

ALIGNMENT = "alignment.json"
MATRIX = "matrix.html"
MIN_SCORE = 0.5
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Inputs:
    """Everything a run reads, checked."""

    catalog: Catalog
    corpus: Corpus
    registry: Registry
    problems: tuple[Problem, ...]
    """What is wrong and stops nothing: documents left out, warnings."""


def read_inputs(policies: Path, corpus: Path, progress: Progress | None = None) -> Inputs:
    """Read catalog, corpus and registry. Raises :class:`InputError` with every problem that stops a run."""
    catalog, problems = load_catalog(policies)
    read = read_corpus(corpus, progress=progress)
    registry, found = load_registry(read.firms_file)
    problems = [*problems, *(_placed(problem, corpus) for problem in read.problems), *found]
    if not read.documents and not any(problem.severity == "error" for problem in problems):
        problems.append(Problem("corpus-empty", str(corpus)))
    if any(problem.severity == "error" for problem in problems) or catalog is None or registry is None:
        raise InputError(problems)
    return Inputs(catalog, read, registry, tuple(problems))


def build(inputs: Inputs, *, min_score: float = MIN_SCORE) -> Alignment:
    """Align what was read. Pure: the same inputs give the same alignment."""
    files = [*inputs.catalog.inputs, *inputs.registry.inputs]
    if inputs.corpus.settings_file is not None:
        digest = hashlib.sha256(inputs.corpus.settings_file.read_bytes()).hexdigest()
        files.append(InputFile(role="corpus", path=inputs.corpus.settings_file.name, sha256=digest))
    files += [
        InputFile(role="document", path=text.document.path, sha256=text.document.sha256)
        for text in inputs.corpus.documents
    ]
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


def check(policies: Path, corpus: Path, progress: Progress | None = None) -> list[Problem]:
    """Everything that is wrong with catalog, corpus and registry, the catalog's own examples included."""
    problems: list[Problem] = []
    catalog, found = load_catalog(policies)
    problems += found
    if catalog is not None:
        problems += check_examples(catalog)
    read = read_corpus(corpus, progress=progress)
    problems += [_placed(problem, corpus) for problem in read.problems]
    _, found = load_registry(read.firms_file)
    return problems + found


def write(alignment: Alignment, out: Path) -> tuple[Path, Path]:
    """Write alignment.json and matrix.html, each whole or not at all. Raises OSError where the folder refuses."""
    out.mkdir(parents=True, exist_ok=True)
    data, page = dump(alignment), render_html(alignment)
    paths = (out / ALIGNMENT, out / MATRIX)
    _replace(zip(paths, (data, page), strict=True))
    return paths


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
        while staged:
            name, path = staged[0]
            os.replace(name, path)
            staged.pop(0)
    finally:
        for name, _ in staged:
            Path(name).unlink(missing_ok=True)


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
    shown = str(folder / problem.path) if problem.path else str(folder)
    return Problem(problem.code, shown, problem.line, problem.severity, problem.params)
