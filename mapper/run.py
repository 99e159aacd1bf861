"""One run, from the folders to the files: the only place that knows the whole route."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from mapper import __version__
from mapper.align.alignment import align
from mapper.align.firing import check_firing
from mapper.align.weighing import Weighing
from mapper.binding import AS_OF
from mapper.catalog.load import Catalog
from mapper.corpus import Listing, is_own, load_bytes, read_document
from mapper.files import write_whole
from mapper.firms.registry import Registry
from mapper.inputs import (
    Checked,
    Inputs,
    Plan,
    Survey,
    placed,
    plan,
    read_for_teaching,
    read_inputs,
    survey,
    unknown_rows,
)
from mapper.inputs import check as checked
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Alignment, DocumentText, InputFile, LeftOut, Run
from mapper.problems import InputError, Problem
from mapper.progress import Progress
from mapper.report.beyond import NOTHING
from mapper.report.html import render_html
from mapper.report.json import line
from mapper.report.parquet_folder import staged_folder
from mapper.results import ALIGNMENT, MATRIX, chosen, read_alignment, rendered, write
from mapper.review import NOTHING_DECIDED, Decisions, apply
from mapper.work import whole
from mapper.work.aside import Aside
from mapper.work.bench import Kit
from mapper.work.hands import Hands, Own
from mapper.work.heap import Heap
from mapper.work.ledger import FileProgress, Ledger
from mapper.work.part import FilePart
from mapper.work.processes import Processes, cores
from mapper.work.settled import Settled
from mapper.work.store import Store

__all__ = [
    "ALIGNMENT",
    "MATRIX",
    "Checked",
    "Inputs",
    "Plan",
    "Survey",
    "build",
    "check",
    "gather",
    "hands_for",
    "kit",
    "plan",
    "publish",
    "read_alignment",
    "read_for_teaching",
    "read_inputs",
    "survey",
    "unsized",
    "write",
]
SMALL = 400_000
"""Bytes of documents up to which starting other processes takes longer than the work."""


def build(inputs: Inputs, *, min_score: float | None = None, as_of: str | None = None) -> Alignment:
    """Align what was read. Pure: the same inputs give the same alignment.

    ``min_score``: evidence that a careful reviewer would accept less often than this is left out; by default the line
    that was chosen when the reader was taught. ``as_of`` (YYYY-MM-DD): the day whose duties count; by default that of
    the latest document.
    """
    shelved = inputs.shelf if inputs.shelf is not None else shelf(inputs.catalog)
    least = _line(shelved) if min_score is None else min_score
    read = {text.document.path: text.document.sha256 for text in inputs.corpus.documents}
    run = _run(inputs.catalog, shelved, inputs.registry, inputs.decisions, inputs.corpus.settings_file, read.items(), least, as_of)
    left_out = list(_left_out(inputs.corpus.problems))
    made = align(
        inputs.corpus.documents, inputs.catalog, inputs.registry, run, left_out=left_out, min_score=least,
        shelf=shelved, columns=_ruled_on(inputs.registry, inputs.decisions),
    )
    return apply(made, inputs.decisions, inputs.corpus.documents)[0] if inputs.decisions.entries else made


def _line(shelved: Shelf) -> float:
    """The score from which evidence is shown, as it was chosen for whoever weighs last: a calibration, or the reader."""
    if shelved.second is not None and shelved.second.calibration is not None:
        return shelved.second.calibration.line
    return Weighing.of(shelved.weighing).line


def _run(
    catalog: Catalog,
    shelved: Shelf,
    registry: Registry,
    decisions: Decisions,
    settings_file: Path | None,
    read: Iterable[tuple[str, str]],
    min_score: float,
    as_of: str | None,
) -> Run:
    """What made an alignment; ``read`` is path and digest of every document file."""
    files = [*catalog.inputs, *shelved.inputs, *registry.inputs, *decisions.inputs]
    files += shelved.second.inputs if shelved.second is not None else ()
    if settings_file is not None:
        files.append(InputFile.of("corpus", settings_file.name, settings_file.read_bytes()))
    files += [InputFile(role="document", path=path, sha256=digest) for path, digest in read]
    options = {"min_score": f"{min_score:.2f}"}
    least = Weighing.of(shelved.weighing).least(min_score, "adverse")
    if least != min_score:
        options["min_score_adverse"] = f"{least:.2f}"
    if shelved.encoder is not None:
        options["readers"] = ", ".join(shelved.readers)
    if as_of is not None:
        options[AS_OF] = as_of
    return Run(
        version=__version__, inputs=tuple(sorted(files, key=lambda f: (f.role, f.path, f.sha256))), options=options
    )


def _left_out(problems: Iterable[Problem]) -> Iterator[LeftOut]:
    for problem in problems:
        if problem.severity == "left-out":
            yield LeftOut(path=problem.path, code=problem.code, params=problem.params)


def kit(planned: Plan, min_score: float | None = None, *, keeping: bool = False) -> Kit:
    """What any process needs to work on the files of a plan; ``min_score`` as of :func:`build`; ``keeping``: for a store."""
    return Kit.of(planned, _line(planned.shelf) if min_score is None else min_score, keeping=keeping)


def gather(
    planned: Plan,
    worked_with: Kit,
    hands: Hands,
    heap: Heap,
    *,
    store: Store | None = None,
    as_of: str | None = None,
    progress: FileProgress | None = None,
) -> tuple[Settled, Run, tuple[Problem, ...]]:
    """Have every file of a plan worked on and put together what comes of it; whoever works, it comes to the same.

    Returns all that was found, in order, what made it, and what is wrong and stops nothing. ``progress`` is called with
    (files done, files in all, path of the last, files left out). What the ``store`` has is not worked on again. Raises
    :class:`InputError` where no document could be read.
    """
    listing = planned.listing
    ledger = Ledger(listing, heap, store, progress)
    if store is not None and not store.empty:
        with whole.opened(store.folder, store.state) as left:
            if left is not None:
                heap.resume(left)
    for data in hands.parts(ledger.tasks()):
        ledger.take(FilePart.load(data))
    if store is not None:
        heap.keep(store.folder, store.state)
    said = list(ledger.problems())
    warned = (
        *planned.problems,
        *(placed(problem, listing.folder) for problem in said),
        *unknown_rows(ledger.rows(), planned.listed, listing.folder),
        *(Problem(one.code, one.path, severity=one.severity, params=one.params) for one in heap.left_out),
        *(store.problems if store is not None else ()),
    )
    if not heap.read:
        raise InputError([*warned, Problem("corpus-empty", str(listing.folder))])
    listed = planned.registry.own | _ruled_on(planned.registry, planned.decisions)
    own = [planned.registry.firms[firm] for firm in sorted(listed)]
    settled = heap.settled(planned.catalog.policies, own, _left_out([*listing.problems, *said]))
    run = _run(
        planned.catalog, planned.shelf, planned.registry, planned.decisions, listing.settings_file, heap.read,
        worked_with.min_score, as_of,
    )
    return settled, run, warned


def _ruled_on(registry: Registry, decisions: Decisions) -> frozenset[str]:
    """The firms on lists that reviewers ruled on: they have a column, though a document may only name them in passing."""
    return frozenset(one.firm for one in decisions.entries if one.firm in registry.firms)


def hands_for(planned: Plan, worked_with: Kit, jobs: int | None = None, scheduler: str | None = None) -> Hands:
    """Who works on a plan: ``jobs`` processes; by default one for each processor, and this one alone for a small corpus.

    ``scheduler``: the address of a Dask scheduler, whose workers do it all. Raises :class:`HandsError` without its extra.
    """
    if scheduler is not None:
        from mapper.work.cluster import Cluster

        return Cluster(worked_with, scheduler)
    if jobs == 1:
        return Own(worked_with, planned.shelf)
    if jobs is not None:
        return Processes(worked_with, jobs)
    return Processes(worked_with, cores(), planned.shelf, small=SMALL)


def publish(
    settled: Settled,
    made_by: Run,
    out: Path,
    also: Iterable[str] = (),
    *,
    listing: Listing,
    decisions: Decisions = NOTHING_DECIDED,
    parquet: Path | None = None,
) -> tuple[Alignment, tuple[Path, ...]]:
    """Write what was gathered, as :func:`write` does, with what reviewers decided. Returns what the page shows, and paths.

    More than a page holds is never held in memory either, unless reviewers decided on it or other formats ask for it.
    Words decided on are looked for in the documents of ``listing`` too. ``parquet``: a folder for all evidence (see
    report/parquet_folder.py).
    """
    large = settled.large and not decisions.entries
    with Aside() as aside:
        if decisions.entries:
            made = settled.whole(made_by)
            kept = {document.path for document in made.documents if document.text and not document.row}
            made = apply(made, decisions, _again(listing, kept))[0]
            files = rendered(made, out, also)
        else:
            made, beyond = settled.shown(made_by, whole=aside) if large else (settled.whole(made_by), NOTHING)
            lines = settled.lines(made_by, aside if large else map(line, made.cells))
            files = {out / ALIGNMENT: lines, out / MATRIX: render_html(made, beyond).encode()}
            more = [one for one in chosen(also) if one.name not in ("json", "html")]
            whole = settled.whole(made_by) if more and large else made
            files |= {out / one.file: one.render(whole) for one in more}
        with ExitStack() as beside:
            if parquet is not None:
                evidence = settled.evidence() if large else made.evidence
                documents = {document.id: document for document in made.documents}
                beside.enter_context(staged_folder(parquet, made, evidence, documents))
            write_whole(files)
    return made, (*files, *([parquet] if parquet is not None else []))


def _again(listing: Listing, but: Collection[str]) -> Iterator[DocumentText]:
    """The documents of a listing, read once more; without those of these paths, of which the alignment keeps the sentences."""
    said = listing.said
    for path in listing.paths:
        if path not in but:
            found = read_document(listing.folder / path, folder=listing.folder, entry=said.entries.get(path), columns=said.columns)
            yield from found.documents


def check(policies: Path, corpus: Path, progress: Progress | None = None, *, firing: bool = False) -> Checked:
    """Everything that is wrong with catalog, corpus and registry; counted beside it, what was looked at.

    ``firing``: also align the corpus, and say which requirements fire never, everywhere, or always together.
    """

    def fired(inputs: Inputs) -> Iterator[Problem]:
        yield from check_firing(build(inputs), inputs.catalog)

    return checked(policies, corpus, progress, fired if firing else None)


def unsized(alignment: Alignment, catalog: Catalog) -> list[Problem]:
    """A warning for each requirement of firms of some size that was asked of firms whose size nobody stated."""
    problems = []
    for requirement in catalog.requirements:
        asked = [one for one in alignment.firms if one.assets is None and requirement.depends_on_size(one.kind)]
        if asked:
            path, line = catalog.places[requirement.id]
            params = {"id": requirement.id, "firms": "、".join(one.name for one in asked)}
            problems.append(Problem("firm-unsized", path, line, "warning", params))
    return problems


def foreign(out: Path, also: Iterable[str] = ()) -> Path | None:
    """The first file that :func:`write` would overwrite and that this program did not write."""
    for one in chosen(also):
        held = load_bytes(out, one.file)
        if isinstance(held, bytes) and not is_own(held, one.file):
            return out / one.file
    return None
