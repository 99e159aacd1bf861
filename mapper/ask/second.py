"""Recorded answers put to a document: which of its requests were answered, and what of the answers can be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mapper.ask.check import Upheld, check_answer
from mapper.ask.prompt import digest
from mapper.ask.record import Answer, Recorded, chief, read_answers
from mapper.ask.requests import Asker, Request
from mapper.catalog.load import Catalog
from mapper.firms.attribution import Attribution
from mapper.firms.registry import Registry
from mapper.matchers.answers import NOBODY, AnswersMatcher, UpheldVerdict
from mapper.matchers.calibration import NAME, Calibration, load
from mapper.matchers.shelf import Shelf
from mapper.model import DocumentText
from mapper.problems import Problem

AnsweringModel = tuple[str, int]
"""Who answered: a model and the round."""
FAULT = "fault-"
"""Begins the name under which a fault is counted."""


@dataclass(frozen=True)
class SecondReaderSetup:
    """What a second reader is made from: all recorded answers, whose of them speak, and what they are worth.

    It can be pickled, and put to the documents in any process.
    """

    recorded: Recorded
    reader: AnsweringModel | None = None
    calibration: Calibration | None = None

    def digests(self) -> dict[str, str]:
        """For each file with answers, by its id, a digest of them and of who gave them; that of a file without any under ``""``."""
        whom = [self.reader or chief(self.recorded.answers), self.calibration and [*self.calibration.inputs]]
        told: dict[str, list[str]] = {"": []}
        for one in self.recorded.answers:
            told.setdefault(one.document.partition("#")[0], []).append(one.model_dump_json())
        return {file: digest("\n".join([repr(whom), *lines])) for file, lines in told.items()}

    def to(self, catalog: Catalog, registry: Registry, shelf: Shelf) -> RecordedReader:
        """The reader, ready to be put to documents."""
        return RecordedReader(self, catalog, registry, shelf)


class RecordedReader:
    """The answers of one reader, put to the documents of a run.

    ``tally`` counts what it met on the way: requests, answered, stale, verdicts, and what was refused, by fault.
    """

    def __init__(self, heard: SecondReaderSetup, catalog: Catalog, registry: Registry, shelf: Shelf) -> None:
        self.heard = heard
        recorded, self.calibration = heard.recorded, heard.calibration
        self.reader = heard.reader or chief(recorded.answers)
        self.inputs = (*recorded.inputs, *(self.calibration.inputs if self.calibration is not None else ()))
        self.tally: Counter[str] = Counter()
        self._asker = Asker(catalog, registry, shelf)
        self._answers: dict[str, list[Answer]] = {}
        self._of_document: dict[str, set[str]] = {}
        for one in recorded.answers:
            if one.reader == self.reader:
                self._answers.setdefault(one.request, []).append(one)
                self._of_document.setdefault(one.document, set()).add(one.request)

    @property
    def name(self) -> str:
        """The reader as it is shown: the model, and the round where it is not the first."""
        model, run = self.reader or ("", 1)
        return model if run == 1 else f"{model} #{run}"

    def of(self, document: DocumentText, readings: Sequence[Attribution]) -> AnswersMatcher:
        """The opinions on a document. Answers to requests that it no longer gives rise to are counted as stale."""
        known = self._of_document.get(document.document.id, set())
        if not known:
            return NOBODY
        asked: dict[int, frozenset[str]] = {}
        said: dict[tuple[int, str], tuple[UpheldVerdict, ...]] = {}
        met: set[str] = set()
        for request in self._current(document, readings, known):
            self.tally["requests"] += 1
            checked = best(request, self._answers.get(request.id, ()), self._asker.requirements)
            if checked is None:
                continue
            met.add(request.id)
            self.tally["answered"] += 1
            self.tally.update({f"{FAULT}{name}": number for name, number in checked.faults.items()})
            for one in request.asked:
                if one.number in checked.said:
                    asked[one.number] = frozenset(one.firms)
                    for firm in one.firms:
                        said[one.number, firm] = tuple(v for v in checked.said[one.number] if v.firm == firm)
                    self.tally["verdicts"] += len(checked.said[one.number])
        self.tally["stale"] += len(known - met)
        return AnswersMatcher(self.name, asked, said, self.inputs)

    def _current(self, document: DocumentText, readings: Sequence[Attribution], known: set[str]) -> Iterable[Request]:
        """The document's requests, each in the form that was answered: as it stands, or with names and numbers taken out."""
        plain = list(self._asker.requests(document, readings))
        if all(one.id in known for one in plain):
            return plain
        hidden = list(self._asker.requests(document, readings, redact=True))
        return [one if one.id in known else other for one, other in zip(plain, hidden, strict=True)]


def second_reader(
    folder: Path,
    catalog: Catalog,
    registry: Registry,
    shelf: Shelf,
    *,
    reader: AnsweringModel | None = None,
    weighed: bool = True,
) -> tuple[RecordedReader | None, list[Problem]]:
    """The reader whose answers a folder holds, with its calibration where there is one; None where nobody answered.

    ``reader``: one of several; by default the one with the most answers. ``weighed``: whether the calibration is wanted.
    """
    recorded = read_answers(folder)
    problems = list(recorded.problems)
    if not recorded.answers:
        return None, problems
    calibration = load(folder / NAME) if weighed else None
    if isinstance(calibration, Problem):
        problems.append(calibration)
        calibration = None
    return SecondReaderSetup(recorded, reader, calibration).to(catalog, registry, shelf), problems


def best(request: Request, answers: Iterable[Answer], requirements: frozenset[str]) -> Upheld | None:
    """The first answer that is of use throughout, else the first that answers for most passages; None without any."""
    found: Upheld | None = None
    for one in answers:
        checked = check_answer(one.answer, request, requirements, cut=one.cut)
        if checked.usable:
            return checked
        if found is None or len(checked.said) > len(found.said):
            found = checked
    return found


def open_requests(
    requests: Iterable[Request], answers: Iterable[Answer], reader: AnsweringModel, requirements: frozenset[str]
) -> tuple[list[Request], Mapping[str, int]]:
    """The requests that a reader has not answered usefully, and how often each of them was answered to no use."""
    by_request: dict[str, list[Answer]] = {}
    for one in answers:
        if one.reader == reader:
            by_request.setdefault(one.request, []).append(one)
    left: list[Request] = []
    for request in requests:
        checked = best(request, by_request.get(request.id, ()), requirements)
        if checked is None or not checked.usable:
            left.append(request)
    return left, {one.id: len(by_request.get(one.id, ())) for one in left}
