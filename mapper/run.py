"""One run, from the folders to the files: the only place that knows the whole route."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mapper import __version__
from mapper.align.alignment import align
from mapper.align.trial import check_taught
from mapper.align.weighing import Weighing
from mapper.catalog.check import check_depth, check_signals, check_words
from mapper.catalog.find import find_requirement
from mapper.catalog.load import Catalog, load_catalog
from mapper.corpus import Corpus, as_read, forms_read, read_corpus
from mapper.files import write_whole
from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.names import kind_of
from mapper.firms.registry import Registry, load_registry
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Alignment, Document, Firm, FirmKind, InputFile, LeftOut, Run
from mapper.problems import InputError, Problem
from mapper.report.formats import FORMATS
from mapper.report.json import AlignmentFormatError, load
from mapper.review import NOTHING_DECIDED, Decisions, apply, load_decisions
from mapper.yamlmarks import load as load_yaml

ALIGNMENT, MATRIX = FORMATS["json"].file, FORMATS["html"].file
_NO_FORM: FirmKind = "fintech"
"""The kind of a firm whose name has no form: mostly a platform that goes by its brand."""
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Inputs:
    """Everything a run reads, checked."""

    catalog: Catalog
    corpus: Corpus
    registry: Registry
    problems: tuple[Problem, ...]
    """What is wrong and stops nothing: documents left out, warnings."""
    decisions: Decisions = NOTHING_DECIDED
    shelf: Shelf | None = None
    """What reads; None stands for what the catalog brings."""


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
    policies: Path,
    corpus: Path,
    progress: Progress | None = None,
    *,
    requirement: str | None = None,
    decisions: Path | None = None,
) -> Inputs:
    """Read catalog, corpus, registry and decisions. Raises :class:`InputError` with every problem that stops a run.

    ``requirement`` is one that the run is about: where the catalog does not hold it, the corpus is not read at all.
    ``decisions`` is a file or a folder; a decision that cannot be read stops the run, lest its mark seem unreviewed.
    """
    ruled, unread = load_decisions(decisions) if decisions is not None else (NOTHING_DECIDED, [])
    catalog, read, registry, problems = _read(policies, corpus, progress, requirement)
    problems += unread
    if any(problem.severity == "error" for problem in problems) or catalog is None or registry is None:
        raise InputError(problems)
    shelved = shelf(catalog)
    return Inputs(catalog, read, registry, (*problems, *shelved.problems), ruled, shelved)


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
    return [*check_depth(catalog)] or [*check_words(catalog, as_read), *check_signals(catalog)]


def _read_corpus(corpus: Path, progress: Progress | None) -> tuple[Corpus, Registry | None, list[Problem]]:
    if not corpus.is_dir():
        return Corpus(()), None, [Problem("file-missing", params={"what": str(corpus)})]
    read = read_corpus(corpus, progress=progress)
    problems = [_placed(problem, corpus) for problem in read.problems]
    registry, found = load_registry(read.firms_file)
    problems += found
    if registry is not None:
        problems += [*_unknown_voices(read, registry), *_unknown_rows(read, registry, corpus)]
        registry = registry.with_firms(tuple(_named(read, registry)))
        registry = registry.with_words(dict(_as_read(registry)))
    return read, registry, problems


def _named(corpus: Corpus, registry: Registry) -> Iterator[Firm]:
    """Firms that only corpus.yaml names as speaker or owner: of the kind that the form of their name tells."""
    for name in sorted(_voices(corpus)):
        if registry.find(name) is None:
            yield Firm(id=name, name=name, kind=kind_of(name) or _NO_FORM, origin="corpus")


def _as_read(registry: Registry) -> Iterator[tuple[str, str]]:
    """The words of the corpus's own firms in the forms in which its documents are read, word → firm id."""
    for id in sorted(id for id, firm in registry.firms.items() if firm.origin == "corpus" or id in registry.own):
        firm = registry.firms[id]
        words = (firm.name, firm.full_name or "", *firm.aliases, *firm.former, *firm.products, *firm.people)
        for form in sorted({form for word in words if word for form in forms_read(word)}):
            if len(form) > 1 and registry.find(form) is None:
                yield form, id


def _voices(corpus: Corpus) -> set[str]:
    """The firms that corpus.yaml names as speaker or owner."""
    whole = [text.document for text in corpus.documents if text.document.id == text.document.path]
    rows = [text.document for text in corpus.documents if text.document.id != text.document.path]
    named = {name for one in whole for name in (one.speaker, one.owner) if name}
    return named | {one.speaker for one in rows if one.speaker}


def _unknown_voices(corpus: Corpus, registry: Registry) -> Iterator[Problem]:
    """Firms that corpus.yaml names as speaker or owner and that no registry knows: a warning for each place."""
    if corpus.settings_file is None:
        return
    unknown = {name for name in _voices(corpus) if registry.find(name) is None}
    marked, _ = load_yaml(corpus.settings_file, str(corpus.settings_file)) if unknown else (None, [])
    if marked is None:
        return
    for number, entry in enumerate(marked.data.get("documents") or ()):
        for key in ("speaker", "owner"):
            name = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(name, str) and name in unknown:
                line = marked.line("documents", number, key)
                params = {"name": name, "kind": kind_of(name) or _NO_FORM, "near": _nearest(name, registry)}
                yield Problem("voice-unknown", marked.path, line, "warning", params)


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


def build(inputs: Inputs, *, min_score: float | None = None) -> Alignment:
    """Align what was read. Pure: the same inputs give the same alignment.

    ``min_score``: evidence that a careful reviewer would accept less often than this is left out; by default the line
    that was chosen when the reader was taught.
    """
    shelved = inputs.shelf if inputs.shelf is not None else shelf(inputs.catalog)
    least = Weighing.of(shelved.model.weighing).line if min_score is None else min_score
    files = [*inputs.catalog.inputs, *shelved.inputs, *inputs.registry.inputs, *inputs.decisions.inputs]
    if inputs.corpus.settings_file is not None:
        digest = hashlib.sha256(inputs.corpus.settings_file.read_bytes()).hexdigest()
        files.append(InputFile(role="corpus", path=inputs.corpus.settings_file.name, sha256=digest))
    read = {text.document.path: text.document.sha256 for text in inputs.corpus.documents}
    files += [InputFile(role="document", path=path, sha256=digest) for path, digest in read.items()]
    run = Run(
        version=__version__,
        inputs=tuple(sorted(files, key=lambda f: (f.role, f.path, f.sha256))),
        options={"min_score": f"{least:.2f}"},
    )
    left_out = [
        LeftOut(path=problem.path, code=problem.code, params=problem.params)
        for problem in inputs.corpus.problems
        if problem.severity == "left-out"
    ]
    made = align(
        inputs.corpus.documents, inputs.catalog, inputs.registry, run, left_out=left_out, min_score=least,
        shelf=shelved,
    )
    return apply(made, inputs.decisions, inputs.corpus.documents)[0] if inputs.decisions.entries else made


def overrun(alignment: Alignment, inputs: Inputs) -> list[Problem]:
    """What was left out of the documents while they were matched, that reading them did not name."""
    named = {(problem.path, problem.code) for problem in inputs.corpus.problems}
    return [
        Problem(one.code, one.path, severity="left-out", params=one.params)
        for one in alignment.left_out
        if (one.path, one.code) not in named
    ]


def check(policies: Path, corpus: Path, progress: Progress | None = None) -> Checked:
    """Everything that is wrong with catalog, corpus and registry; counted beside it, what was looked at."""
    catalog, read, _, problems = _read(policies, corpus, progress)
    requirements = catalog.requirements if catalog is not None else ()
    if catalog is not None and not any(problem.severity == "error" for problem in problems):
        shelved = shelf(catalog)
        problems += [*shelved.problems, *check_taught(catalog, shelved, Weighing.of(shelved.model.weighing).line)]
    counts = {
        "policies": len(catalog.policies) if catalog is not None else 0,
        "requirements": len(requirements),
        "examples": sum(bool(lesson.evidences) for lesson in catalog.lessons) if catalog is not None else 0,
        "counterexamples": sum(not lesson.evidences for lesson in catalog.lessons) if catalog is not None else 0,
        "documents": len(read.documents),
    }
    return Checked(tuple(problems), counts)


def write(alignment: Alignment, out: Path, also: Iterable[str] = ()) -> tuple[Path, ...]:
    """Write alignment.json and matrix.html, and whichever other formats are named: all of them or none.

    Raises OSError where the folder refuses, and ExtraMissingError where a format needs one.
    """
    formats = [FORMATS[name] for name in dict.fromkeys(("json", "html", *also))]
    files = {out / one.file: one.render(alignment) for one in formats}
    write_whole(files)
    return tuple(files)


def read_alignment(path: Path) -> Alignment:
    """Read an alignment.json. Raises :class:`InputError` if it is missing or no alignment."""
    if path.exists() and not path.is_file():  # a pipe would wait for its writer
        raise InputError([Problem("document-not-a-file", str(path))])
    try:
        return load(path.read_text(encoding="utf-8-sig"))
    except AlignmentFormatError as error:
        raise InputError([Problem("alignment-unreadable", str(path), params={"why": str(error)})]) from error
    except UnicodeDecodeError as error:
        raise InputError([Problem("yaml-not-utf8", str(path))]) from error
    except OSError as error:
        raise InputError([Problem("file-missing", params={"what": str(path)})]) from error


def _placed(problem: Problem, folder: Path) -> Problem:
    """The problem with its file named as the user will find it."""
    shown = str(folder / problem.path if problem.path else folder)
    return Problem(problem.code, shown, problem.line, problem.severity, problem.params)
