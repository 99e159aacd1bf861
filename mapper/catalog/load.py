"""policies/*.yaml, with what lies beside them → :class:`Catalog`, every problem with its file and line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from mapper.catalog.crosswalk import CROSSWALK, read_crosswalk, with_crosswalk
from mapper.catalog.lessons import FOLDER as SENTENCES
from mapper.catalog.lessons import own_lessons, read_lessons
from mapper.catalog.lexicon import LEXICON, Shared, read_shared
from mapper.catalog.lineage import lineage_problems, told_apart
from mapper.catalog.matcher import CompiledSignals, Lexicon
from mapper.catalog.spoken import in_english
from mapper.files import settle
from mapper.model import InputFile, Lesson, Policy, Requirement
from mapper.problems import Problem, Severity, no_folder
from mapper.yamlmarks import Location, Marked, load, validate

FEWEST = 5
"""Sentences that teach a requirement which has no signals, at least."""
SOURCE = "source"
"""Official wording that stands beside a requirement for its author: it is not read, so that no report can publish it."""
_ALMOST = re.compile(r"(?P<stem>.+?)\.ya?ml(?:\.txt)?", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.\u3400-\u9fff-]*")
"""Letters of other scripts look like these and are not: two ids that read alike must be the same."""


def valid_id(name: str) -> bool:
    """Whether a policy or a requirement may be called so."""
    return _ID.fullmatch(name) is not None


@dataclass(frozen=True)
class Catalog:
    """All policies of a folder, the oldest first, with the lexicon they share.

    ``places`` maps a requirement id to (file, line), and its parts too, as ``id/examples/0`` (see :meth:`place`);
    ``inputs`` names what was read, with digests.
    """

    policies: tuple[Policy, ...]
    lexicon: Lexicon
    inputs: tuple[InputFile, ...] = ()
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    lessons: tuple[Lesson, ...] = ()
    """The sentences of ``examples/``, then the examples and counterexamples of the policies themselves."""
    folder: Path | None = None

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """All requirements in the order of the files."""
        return tuple(requirement for policy in self.policies for requirement in policy.requirements)

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each requirement among them, by its id."""
        return {requirement.id: number for number, requirement in enumerate(self.requirements)}

    def place(self, requirement: str, part: str, number: int) -> tuple[str, int]:
        """File and line of a part (``signals``, ``breaches``, ``examples``, ``counterexamples``) of a requirement."""
        return self.places.get(f"{requirement}/{part}/{number}") or self.places[requirement]

    @cached_property
    def matcher(self) -> CompiledSignals:
        """The signals of all requirements, compiled."""
        return CompiledSignals(self.lexicon, self.requirements)


def load_catalog(folder: Path, *, untaught: bool = False) -> tuple[Catalog | None, list[Problem]]:
    """Read every ``*.yaml`` of the folder. A catalog comes back only when no problem is an error.

    A requirement that nothing teaches yet is left out and named; with ``untaught`` it is kept, and so is one that nobody has
    restated yet, for whoever will teach it.
    """
    if not folder.is_dir():
        return None, [no_folder(folder)]
    unmoved = [*settle(folder), *settle(folder / SENTENCES)]
    reader = _CatalogReader(folder, untaught)
    catalog = reader.read()
    return (None if any(p.severity == "error" for p in reader.problems) else catalog), [*unmoved, *reader.problems]


def _elsewhere(folder: Path) -> Iterator[Problem]:
    """A warning for each policy that lies in a folder of its own, where none is looked for."""
    for path in sorted(folder.glob("*.y*ml")):
        with suppress(OSError):
            if not path.is_file():
                continue
            with path.open("rb") as opened:
                head = opened.read(100_000)
            if re.search(rb"^policy:", head, re.MULTILINE):
                yield Problem("policy-elsewhere", str(path), severity="warning")


def _as_written(whom: Any) -> Callable[[Location], Location]:
    """Where what is wrong with the sizes of firms stands in the file: among those whom the requirement applies to."""
    sized = [number for number, one in enumerate(whom) if isinstance(one, dict)] if isinstance(whom, list) else []

    def place(at: Location) -> Location:
        match at:
            case ("sizes", int(number), *rest) if number < len(sized):
                return ("applies_to", sized[number], *rest)
        return at

    return place


class _CatalogReader:
    """Reads a folder of policies into a catalog, and notes what is wrong with it."""

    def __init__(self, folder: Path, untaught: bool) -> None:
        self.folder = folder
        self.keeps_untaught = untaught
        self.problems: list[Problem] = []
        self.shared = Shared()
        self.places: dict[str, tuple[str, int]] = {}

    def read(self) -> Catalog | None:
        inputs: list[InputFile] = []
        lexicon_file = self.folder / LEXICON
        if lexicon_file.is_file():
            self.shared, self.problems = read_shared(lexicon_file)
            if not self.problems:
                inputs.append(InputFile.of("lexicon", LEXICON, lexicon_file.read_bytes()))
        policies: list[Policy] = []
        for path in self._files():
            policy = self._policy(path)
            if policy is not None:
                policies.append(policy)
                inputs.append(InputFile.of("policy", path.name, path.read_bytes()))
        if not policies and not any(problem.severity == "error" for problem in self.problems):
            self.problems.append(Problem("catalog-empty", str(self.folder)))
            return None
        policies = sorted(told_apart(policies), key=lambda policy: (policy.published, policy.id))
        requirements = [requirement for policy in policies for requirement in policy.requirements]
        lessons, read, problems = read_lessons(self.folder, frozenset(one.id for one in requirements), told=self.places)
        self.problems += problems
        lessons = (*lessons, *own_lessons(requirements))
        self.problems += lineage_problems(policies, self.places)
        crosswalk, crossed, problems = read_crosswalk(self.folder, policies)
        self.problems += problems
        inputs += [*read, *crossed]
        if not self.keeps_untaught:
            policies = self._taught(policies, lessons)
        kept = {one.id for policy in policies for one in policy.requirements}
        linked = with_crosswalk(policies, [one for one in crosswalk if {one.source, one.target} <= kept])
        return Catalog(linked, self.shared.lexicon, tuple(inputs), self.places, lessons, self.folder)

    def _files(self) -> list[Path]:
        """The policy files, in order. What looks like one and is not read is named."""
        found: list[Path] = []
        for path in sorted(self.folder.iterdir()):
            name = path.name.encode("utf-8", "backslashreplace").decode()
            if path.is_dir() and name != SENTENCES and not name.startswith("."):
                self.problems += _elsewhere(path)
                continue
            almost = _ALMOST.fullmatch(name)
            if name in (LEXICON, CROSSWALK) or name.startswith(".") or not almost:
                continue
            if name != path.name:
                self.problems.append(Problem("document-name", f"{self.folder}/{name}", severity="left-out"))
            elif path.suffix != ".yaml":
                params = {"name": almost["stem"] + ".yaml"}
                self.problems.append(Problem("policy-misnamed", str(path), severity="left-out", params=params))
            else:
                found.append(path)
        return found

    def _taught(self, policies: list[Policy], lessons: tuple[Lesson, ...]) -> list[Policy]:
        """The policies without the requirements that nobody has restated, or that have neither a signal nor enough
        sentences: they would be silent for ever, and look as if nobody did what they ask. Where that leaves nothing, it
        is an error.
        """
        counts = Counter(one for lesson in lessons for one in lesson.evidences)
        every = [one for policy in policies for one in policy.requirements]
        untaught = [one for one in every if not one.signals and counts[one.id] < FEWEST]
        unwritten = [one for one in every if not one.text.strip()]
        silent = [*untaught, *(one for one in unwritten if one not in untaught)]
        kept = [
            policy.model_copy(update={"requirements": tuple(one for one in policy.requirements if one not in silent)})
            for policy in policies
        ]
        kept = [policy for policy in kept if policy.requirements]
        severity: Severity = "left-out" if kept else "error"
        for one in unwritten:
            path, line = self.places[f"{one.id}/text/0"]
            self.problems.append(Problem("requirement-unwritten", path, line, severity, {"id": one.id}))
        for one in untaught:
            path, line = self.places[one.id]
            params = {"id": one.id, "count": str(counts[one.id]), "least": str(FEWEST)}
            self.problems.append(Problem("requirement-untaught", path, line, severity, params))
        return kept

    def _policy(self, path: Path) -> Policy | None:
        marked, problems = load(path, str(path))
        self.problems += problems
        if marked is None:
            return None
        data = marked.data
        if not isinstance(data, dict):
            self.problems.append(marked.problem("yaml-missing-field", (), field="policy"))
            return None
        for key in data:
            if key not in ("policy", "requirements"):
                self.problems.append(marked.problem("yaml-unknown-key", (key,), field=key))
        if isinstance(data.get("policy"), dict) and "crosswalk" in data["policy"]:
            self.problems.append(marked.problem("yaml-unknown-key", ("policy", "crosswalk"), field="crosswalk"))
        head, problems = validate(Policy, data.get("policy") or {}, marked, ("policy",), "policy")
        self.problems += problems
        name = head.id if head is not None else "—"
        entries = data.get("requirements")
        if not isinstance(entries, list) or not entries:
            self.problems.append(marked.problem("yaml-missing-field", ("requirements",), field="requirements"))
            return None
        if head is not None and not valid_id(head.id):
            self.problems.append(marked.problem("catalog-bad-id", ("policy", "id"), id=head.id))
            return None
        if head is not None and head.id in self.places:
            self.problems.append(marked.problem("catalog-duplicate-id", ("policy", "id"), id=head.id))
        self.places[name] = (marked.path, marked.line("policy") or 1)
        requirements = [
            requirement
            for i, entry in enumerate(entries)
            if (requirement := self._requirement(entry, name, marked, ("requirements", i))) is not None
        ]
        if head is None:
            return None
        self._parts(head, entries, marked)
        return head.model_copy(update={"requirements": tuple(requirements)})

    def _parts(self, policy: Policy, entries: list[Any], marked: Marked) -> None:
        """Each part once and in use; each requirement in a part that there is, those of one part together."""
        numbers: dict[str, int] = {}
        for number, part in enumerate(policy.parts):
            if part.id in numbers:
                self.problems.append(marked.problem("catalog-duplicate-id", ("policy", "parts", number, "id"), id=part.id))
            numbers.setdefault(part.id, number)
        named = [entry.get("part") if isinstance(entry, dict) else None for entry in entries]
        for i, name in enumerate(named):
            if not isinstance(name, str):
                continue
            if name not in numbers:
                known = ", ".join(numbers) or "—"
                self.problems.append(marked.problem("catalog-unknown-part", ("requirements", i, "part"), part=name, known=known))
            elif name in named[:i] and name != named[i - 1]:
                self.problems.append(marked.problem("catalog-part-apart", ("requirements", i, "part"), "warning", part=name))
        for name, number in numbers.items():
            if name not in named:
                self.problems.append(marked.problem("catalog-part-unused", ("policy", "parts", number), "warning", part=name))

    def _requirement(self, entry: Any, policy: str, marked: Marked, at: Location) -> Requirement | None:
        if not isinstance(entry, dict):
            self.problems.append(marked.problem("yaml-wrong-value", at, field="requirements", why="@why-mapping"))
            return None
        name = entry.get("id")
        if name is None:
            self.problems.append(marked.problem("yaml-missing-field", at, field="id"))
            return None
        if not isinstance(name, str) or not valid_id(name):
            self.problems.append(marked.problem("catalog-bad-id", (*at, "id"), id=str(name)))
            return None
        if name in self.places:
            self.problems.append(marked.problem("catalog-duplicate-id", (*at, "id"), id=name))
            return None
        self.places[name] = (marked.path, marked.line(*at) or 1)
        expanded = in_english(entry) | {"policy": policy}
        expanded.pop(SOURCE, None)
        for key in ("signals", "breaches", "examples", "counterexamples"):
            if isinstance(entry.get(key), list):
                parts = self._expand(entry[key], marked, (*at, key)) if key in ("signals", "breaches") else None
                expanded[key] = [signal for _, signal in parts] if parts is not None else entry[key]
                origins = [origin for origin, _ in parts] if parts is not None else range(len(entry[key]))
                for number, origin in enumerate(origins):
                    self.places[f"{name}/{key}/{number}"] = (marked.path, marked.line(*at, key, origin) or 1)
        requirement, problems = validate(Requirement, expanded, marked, at, name, _as_written(entry.get("applies_to")))
        self.problems += problems
        if requirement is None:
            return None
        if not requirement.text.strip():
            self.places[f"{name}/text/0"] = (marked.path, marked.line(*at, "text") or 1)
        groups: list[tuple[str, Location]] = [
            (word, (*at, "unless", i)) for i, word in enumerate(requirement.unless)
        ]
        for key, signals in (("signals", requirement.signals), ("breaches", requirement.breaches)):
            for i, signal in enumerate(signals):
                groups += [(group, (*at, key, i, "need", j)) for j, group in enumerate(signal.need)]
                groups += [(word, (*at, key, i, "unless", j)) for j, word in enumerate(signal.unless)]
        for source, place in groups:
            self.problems += self.shared.faults(source, marked, place)
        return requirement

    def _expand(self, signals: list[Any], marked: Marked, at: Location) -> list[tuple[int, Any]]:
        """Replace ``use: name`` by the lexicon's signal set of that name; each signal with the number of its entry."""
        expanded: list[tuple[int, Any]] = []
        for i, signal in enumerate(signals):
            if isinstance(signal, dict) and set(signal) == {"use"}:
                name = str(signal["use"])
                if name not in self.shared.signals and self.shared.whole:
                    self.problems.append(marked.problem("catalog-unknown-set", (*at, i), name=name))
                expanded += [(i, shared) for shared in self.shared.signals.get(name, [])]
            else:
                expanded.append((i, signal))
        return expanded
