"""What a run reads, put together and checked: policies, the listing of a corpus, the registry, decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mapper.align.trial import Trials, TrialSummary
from mapper.align.weighing import Weighing
from mapper.ask.second import second_reader
from mapper.catalog.check import check_depth, check_signals, check_words
from mapper.catalog.find import find_requirement
from mapper.catalog.load import Catalog, load_catalog
from mapper.corpus import Corpus, Listing, as_read, forms_read, list_corpus, read_listed
from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.lists import load_registry
from mapper.firms.names import kind_of
from mapper.firms.registry import Registry
from mapper.matchers.kept import Kept
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Document, Firm, FirmKind
from mapper.problems import InputError, Problem, nearest, no_folder
from mapper.progress import Progress
from mapper.review import NOTHING_DECIDED, Decisions, load_decisions
from mapper.shipped import folder
from mapper.yamlmarks import load as load_yaml

_NO_FORM: FirmKind = "fintech"
"""The kind of a firm whose name has no form: mostly a platform that goes by its brand."""


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
class Plan:
    """Everything a run needs before the first document is opened; the documents are read one by one, wherever.

    The registry is whole before any document is read: it holds what ships, what firms.yaml adds and whom corpus.yaml
    names. A firm that one document reveals is known in that document only, so that no document waits for another.
    """

    catalog: Catalog
    listing: Listing
    registry: Registry
    listed: Registry
    """The same without the firms that only corpus.yaml names as speaker or owner."""
    problems: tuple[Problem, ...]
    shelf: Shelf
    decisions: Decisions = NOTHING_DECIDED
    kept: Kept | None = None
    """Where to look for what was taught before."""


@dataclass(frozen=True)
class Checked:
    """What :func:`check` found: every problem, and how much of each thing was looked at."""

    problems: tuple[Problem, ...]
    counts: dict[str, int]
    taught: tuple[TrialSummary, ...] = ()
    """How the sentences of each requirement stand that was taught here and now."""
    shipped: int = 0
    """Policies that stand in the folder as they ship, whose sentences are no concern of whoever keeps it."""


@dataclass(frozen=True)
class Lectern:
    """What an author teaches with: the whole folder of her policy, untaught requirements kept, and her corpus."""

    catalog: Catalog
    policy: str
    """Id of the policy that is taught."""
    corpus: Corpus
    registry: Registry
    problems: tuple[Problem, ...]


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
    answers: Path | None = None,
) -> Inputs:
    """Read catalog, corpus, registry and decisions. Raises :class:`InputError` with every problem that stops a run.

    ``requirement`` is one that the run is about: where the catalog does not hold it, the corpus is not read at all.
    ``decisions`` is a file or a folder; a decision that cannot be read stops the run, lest its mark seem unreviewed.
    ``answers`` is the folder of a language model's recorded answers; without it no model reads along.
    """
    ruled, unread = load_decisions(decisions) if decisions is not None else (NOTHING_DECIDED, [])
    catalog, read, registry, problems = _read(policies, corpus, progress, requirement)
    problems += unread
    if any(problem.severity == "error" for problem in problems) or catalog is None or registry is None:
        raise InputError(problems)
    shelved, found = _shelf(catalog, registry, answers)
    return Inputs(catalog, read, registry, (*problems, *found), ruled, shelved)


def _shelf(
    catalog: Catalog, registry: Registry, answers: Path | None, kept: Kept | None = None
) -> tuple[Shelf, tuple[Problem, ...]]:
    """What reads, with the model whose answers a folder holds. Raises :class:`InputError` where that cannot be read."""
    shelved = shelf(catalog, kept=kept)
    if answers is None:
        return shelved, shelved.problems
    second, problems = second_reader(answers, catalog, registry, shelved)
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    return replace(shelved, second=second), (*shelved.problems, *problems)


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
        return Corpus(()), None, [no_folder(corpus)]
    listing = list_corpus(corpus)
    registries, problems = _registries(listing)
    read = read_listed(listing, progress=progress)
    found = [placed(problem, corpus) for problem in read.problems]
    if registries is None:
        return read, None, [*found, *problems]
    listed, registry = registries
    rows = ((text.document.path, owner) for text in read.documents if (owner := text.document.row_owner))
    problems += unknown_rows(((path, owner) for path, owner in rows if nameless(owner, listed)), listed, corpus)
    return read, registry, [*found, *problems]


def plan(
    policies: Path,
    corpus: Path,
    *,
    decisions: Path | None = None,
    answers: Path | None = None,
    kept: Kept | None = None,
) -> Plan:
    """Read catalog, settings, registry, decisions and answers, and list the corpus; no document is opened.

    ``kept``: where what the catalog's sentences teach is kept from run to run. Raises :class:`InputError` with every
    problem that stops a run.
    """
    ruled, problems = load_decisions(decisions) if decisions is not None else (NOTHING_DECIDED, [])
    catalog, found = load_catalog(policies)
    problems += found
    if catalog is not None:
        problems += _check(catalog)
    listing, registries = Listing(corpus), None
    if corpus.is_dir():
        listing = list_corpus(corpus)
        problems += [placed(problem, corpus) for problem in listing.problems]
        registries, found = _registries(listing)
        problems += found
        if not listing.paths:
            problems.append(Problem("corpus-empty", str(corpus)))
    else:
        problems.append(no_folder(corpus))
    if any(problem.severity == "error" for problem in problems) or catalog is None or registries is None:
        raise InputError(problems)
    listed, registry = registries
    shelved, more = _shelf(catalog, registry, answers, kept)
    return Plan(catalog, listing, registry, listed, (*problems, *more), shelved, ruled, kept)


def _registries(listing: Listing) -> tuple[tuple[Registry, Registry] | None, list[Problem]]:
    """The registry of the lists, and the one that also holds whom corpus.yaml names."""
    listed, problems = load_registry(listing.firms_file)
    if listed is None:
        return None, problems
    problems += _unknown_voices(listing, listed)
    registry = listed.with_firms(tuple(_named(listing, listed)))
    return (listed, registry.with_words(dict(_as_read(registry)))), problems


def nameless(owner: str, registry: Registry) -> bool:
    """Whether what a row names as its firm is on no list and has no form of a firm's name, by which it would be known."""
    return registry.find(owner) is None and kind_of(owner) is None


def _named(listing: Listing, registry: Registry) -> Iterator[Firm]:
    """Firms that only corpus.yaml names as speaker or owner: of the kind that the form of their name tells."""
    for name in sorted(_voices(listing)):
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


def _voices(listing: Listing) -> set[str]:
    """The firms that corpus.yaml names as speaker or owner; the rows of a table say themselves whose they are."""
    paths = set(listing.paths)
    said = [one for path, one in listing.said.entries.items() if path in paths]
    return {name for one in said for name in (one.speaker, None if one.columns else one.owner) if name}


def _unknown_voices(listing: Listing, registry: Registry) -> Iterator[Problem]:
    """Firms that corpus.yaml names as speaker or owner and that no registry knows: a warning for each place."""
    if listing.settings_file is None:
        return
    unknown = {name for name in _voices(listing) if registry.find(name) is None}
    marked, _ = load_yaml(listing.settings_file, str(listing.settings_file)) if unknown else (None, [])
    if marked is None:
        return
    for number, entry in enumerate(marked.data.get("documents") or ()):
        for key in ("speaker", "owner"):
            name = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(name, str) and name in unknown:
                line = marked.line("documents", number, key)
                params = {"name": name, "kind": kind_of(name) or _NO_FORM, **nearest(_nearest(name, registry))}
                yield Problem("voice-unknown", marked.path, line, "warning", params)


def unknown_rows(rows: Iterable[tuple[str, str]], registry: Registry, folder: Path) -> Iterator[Problem]:
    """A warning, once for each file and name, for (path, name) of rows whose firm no registry knows."""
    for path, name in dict.fromkeys(rows):
        params = {"name": name, **nearest(_nearest(name, registry))}
        yield Problem("table-firm-unknown", str(folder / path), severity="warning", params=params)


def _nearest(name: str, registry: Registry) -> str:
    from rapidfuzz.process import extractOne

    best = extractOne(name, list(registry.firms))
    return best[0] if best else ""


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


def read_for_teaching(policy: Path, corpus: Path | None, progress: Progress | None = None) -> Lectern:
    """Read a policy's folder, and a corpus where there is one. Raises :class:`InputError` where they are wrong."""
    catalog, problems = load_catalog(policy.parent, untaught=True)
    read, registry, found = _read_corpus(corpus, progress) if corpus is not None else (Corpus(()), *load_registry())
    problems = [*problems, *found]
    own = [one.id for one in catalog.policies if catalog.places[one.id][0] == str(policy)] if catalog is not None else []
    if catalog is None or registry is None or not own:
        raise InputError(problems or [Problem("catalog-empty", str(policy))])
    return Lectern(catalog, own[0], read, registry, tuple(problems))


def check(
    policies: Path,
    corpus: Path,
    progress: Progress | None = None,
    fired: Callable[[Inputs], Iterable[Problem]] | None = None,
) -> Checked:
    """Everything that is wrong with catalog, corpus and registry; counted beside it, what was looked at.

    ``fired`` says what is odd about how the catalog fires on the corpus; it is asked where nothing is wrong with either.
    """
    catalog, read, registry, problems = _read(policies, corpus, progress)
    requirements = catalog.requirements if catalog is not None else ()
    taught: tuple[TrialSummary, ...] = ()
    shipped: frozenset[str] = frozenset()
    if catalog is not None and not any(problem.severity == "error" for problem in problems):
        shelved = shelf(catalog)
        trials = Trials(catalog, shelved, Weighing.of(shelved.weighing).line)
        taught = tuple(trials.standings())
        shipped = _as_shipped(catalog)
        said = list(trials.problems(id for id in catalog.places if catalog.places[id][0] not in shipped))
        if fired is not None and registry is not None:
            said += fired(Inputs(catalog, read, registry, (), shelf=shelved))
        problems += [*shelved.problems, *(one for one in said if one.path not in shipped)]
    counts = {
        "policies": len(catalog.policies) if catalog is not None else 0,
        "requirements": len(requirements),
        "examples": sum(bool(lesson.evidences) for lesson in catalog.lessons) if catalog is not None else 0,
        "counterexamples": sum(not lesson.evidences for lesson in catalog.lessons) if catalog is not None else 0,
        "documents": len(read.documents),
    }
    return Checked(tuple(problems), counts, taught, len(shipped))


def _as_shipped(catalog: Catalog) -> frozenset[str]:
    """The files of policies that are copies of those that ship; none of the folder that ships itself."""
    home = folder("policies")
    paths = {catalog.places[policy.id][0] for policy in catalog.policies}
    copies = ((path, home / Path(path).name) for path in paths if Path(path).parent.resolve() != home.resolve())
    return frozenset(path for path, one in copies if one.is_file() and one.read_bytes() == Path(path).read_bytes())


def placed(problem: Problem, folder: Path) -> Problem:
    """The problem with its file named as the user will find it."""
    shown = str(folder / problem.path if problem.path else folder)
    return Problem(problem.code, shown, problem.line, problem.severity, problem.params)
