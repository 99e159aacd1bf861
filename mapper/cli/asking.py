"""The command that asks a language model: through an address, or through batch files where there is no network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mapper.cli.codes import DONE, LEFT_OUT, WRONG
from mapper.cli.terminal import progress, put, tell, tell_problems, tell_refused, written
from mapper.messages import say
from mapper.shipped import folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mapper.ask.budget import Budget
    from mapper.ask.endpoint import EndpointOptions
    from mapper.ask.record import Answer, Recorded
    from mapper.ask.requests import Request, RequestCounts
    from mapper.matchers.shelf import Shelf
    from mapper.problems import Problem
    from mapper.run import Inputs

KEY = "MAPPER_API_KEY"


def ask(
    policies: Annotated[Path | None, typer.Option(metavar="DIR", help="option-policies")] = None,
    corpus: Annotated[Path | None, typer.Option(metavar="DIR", help="option-corpus")] = None,
    answers: Annotated[Path | None, typer.Option(metavar="DIR", help="option-answers-into")] = None,
    endpoint: Annotated[str | None, typer.Option(metavar="URL", help="option-endpoint")] = None,
    export: Annotated[Path | None, typer.Option(metavar="FILE", help="option-export-requests")] = None,
    take: Annotated[list[Path] | None, typer.Option("--import", metavar="FILE", help="option-import-responses")] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="option-model-name")] = None,
    run: Annotated[int, typer.Option(metavar="N", min=1, help="option-round")] = 1,
    redact: Annotated[bool, typer.Option("--redact", help="option-redact")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="option-dry-run")] = False,
    most_requests: Annotated[int | None, typer.Option(metavar="N", min=1, help="option-most-requests")] = None,
    most_tokens: Annotated[int | None, typer.Option(metavar="N", min=1, help="option-most-tokens")] = None,
    parallel: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="option-parallel")] = 4,
    retries: Annotated[int, typer.Option(metavar="N", min=0, max=20, help="option-retries")] = 4,
    timeout: Annotated[float, typer.Option(metavar="S", min=1, help="option-timeout")] = 120.0,
    key_from: Annotated[str, typer.Option(metavar="VARIABLE", help="option-key")] = KEY,
) -> int:
    from mapper.ask.record import default_folder
    from mapper.ask.requests import requests
    from mapper.ask.second import open_requests
    from mapper.run import read_inputs

    if not _one_way(endpoint, export, take, model):
        return WRONG
    place = answers or default_folder(corpus)
    with progress() as show:
        inputs = read_inputs(policies or folder("policies"), corpus or folder("seeds"), show)
    left_out = tell_problems(inputs.problems)
    assert inputs.shelf is not None
    recorded = _recorded(place)
    if recorded is None:
        return WRONG
    if take:
        return max(_import(take, place, inputs, recorded, model, run), LEFT_OUT if left_out else DONE)
    every, counts = requests(inputs.corpus.documents, inputs.catalog, inputs.registry, inputs.shelf, redact=redact)
    ids = frozenset(one.id for one in inputs.catalog.requirements)
    left, tried = open_requests(every, recorded.answers, (model or "", run), ids) if model else (every, {})
    _tell_planned(every, left, counts)
    if dry_run:
        return DONE
    if export is not None and model:
        return max(_export(export, left, model), LEFT_OUT if left_out else DONE)
    if endpoint is not None and model:
        from mapper.ask.budget import Budget
        from mapper.ask.endpoint import EndpointOptions

        terms = EndpointOptions(endpoint, model, os.environ.get(key_from) or None, run, parallel, retries, timeout)
        return _ask(left, terms, Budget(most_requests, most_tokens), place, ids, tried)
    tell(say("ask.no-way"))
    return DONE


def _one_way(endpoint: str | None, export: Path | None, take: list[Path] | None, model: str | None) -> bool:
    """Whether at most one way is named, and the model by whom to ask; a message where not."""
    if sum((endpoint is not None, export is not None, bool(take))) > 1:
        tell(say("ask.one-way"))
        return False
    if (endpoint is not None or export is not None) and not model:
        tell(say("ask.no-model"))
        return False
    return True


def _recorded(place: Path) -> Recorded | None:
    """What is recorded in a folder already, with its problems told; None where it cannot be trusted."""
    from mapper.ask.record import read_answers

    recorded = read_answers(place)
    tell_problems(recorded.problems)
    return None if any(one.severity == "error" for one in recorded.problems) else recorded


def found(corpus: Path | None) -> Path | None:
    """The folder of answers beside a corpus, if there is one."""
    from mapper.ask.record import NAME, default_folder

    place = default_folder(corpus)
    return place if (place / NAME).exists() else None


def said_of_second(shelf: Shelf | None, tally: Mapping[str, int]) -> Iterator[tuple[str, str, dict[str, int]]]:
    """What became of a model's answers in a run: events, in words and as counts. ``tally`` as the reader counts."""
    from mapper.ask.second import FAULT, RecordedReader

    second = shelf.second if shelf is not None else None
    if not isinstance(second, RecordedReader):
        return
    counts = {name: tally.get(name, 0) for name in ("answered", "requests", "stale")}
    yield "read-along", say("ask.read-along", reader=second.name, **counts), counts
    faults = {name.removeprefix(FAULT): number for name, number in tally.items() if name.startswith(FAULT)}
    yield "verdicts", "\n".join(_faults(tally.get("verdicts", 0), faults)), {"verdicts": tally.get("verdicts", 0), **faults}
    yield "weighed", say("ask.weighed" if second.calibration is not None else "ask.beside"), {}


def tell_second(shelf: Shelf | None, tally: Mapping[str, int]) -> None:
    """Say it to a person."""
    for _, words, _ in said_of_second(shelf, tally):
        tell(words)


def _tell_planned(every: list[Request], left: list[Request], counts: RequestCounts) -> None:
    """What would be asked, what is held back, and what asking the ``left`` would cost, in tokens."""
    from mapper.ask.budget import likely_tokens, token_count

    for one in counts.held:
        tell(say("ask.held", place=one))
    tell(say("ask.planned", requests=len(every), passages=counts.asked, silent=counts.silent, held=len(counts.held)))
    each = token_count(left[0].system) if left else 0
    tell(say("ask.cost", requests=len(left), tokens=sum(map(likely_tokens, left)), each=each))


def _export(target: Path, left: list[Request], model: str) -> int:
    from mapper.ask.batch import exported
    if not written({target: exported(left, model)}):
        return WRONG
    put([str(target)])
    return DONE


def _import(
    files: list[Path], place: Path, inputs: Inputs, recorded: Recorded, model: str | None, run: int
) -> int:
    from datetime import UTC, datetime

    from mapper.ask.batch import imported
    from mapper.ask.record import NAME, Recorder
    from mapper.ask.requests import requests

    missing = [path for path in files if not path.is_file()]
    for path in missing:
        tell(say("cli.no-file", path=path))
    if missing:
        return WRONG
    known: dict[str, Request] = {}
    assert inputs.shelf is not None
    for redact in (False, True):
        found, _ = requests(inputs.corpus.documents, inputs.catalog, inputs.registry, inputs.shelf, redact=redact)
        known |= {one.id: one for one in found}
    held = list(recorded.answers)
    ids = frozenset(one.id for one in inputs.catalog.requirements)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    again, refused = 0, False
    try:
        with Recorder(place) as recorder:
            for path in files:
                taken = imported(
                    path.read_bytes(), str(path), known, held, requirements=ids, asked=now, model=model, run=run
                )
                recorder.add(taken.answers)
                held += taken.answers
                again += taken.known
                _tell_lines(taken.problems)
                refused = refused or bool(taken.problems)
    except OSError as error:
        tell_refused(place, error)
        return WRONG
    new = held[len(recorded.answers) :]
    failed = _told_checked(new, known, ids)
    tell(say("ask.imported", new=len(new) - failed, known=again))
    if failed:
        tell(say("ask.imported-unusable", number=failed))
    put([str(place / NAME)])
    return LEFT_OUT if refused or failed else DONE


def _tell_lines(problems: Sequence[Problem]) -> None:
    """Name the lines of a file of answers that were left out."""
    if problems:
        tell(say("ask.lines-left-out", count=len(problems)))
    for one in problems:
        tell(f"  {one}")


def _told_checked(answers: list[Answer], known: dict[str, Request], ids: frozenset[str]) -> int:
    """Say how much of the answers can be used, and what is wrong with the rest. Returns how many are of no use at all."""
    from collections import Counter

    from mapper.ask.check import check_answer

    faults: Counter[str] = Counter()
    verdicts = failed = 0
    for one in answers:
        checked = check_answer(one.answer, known[one.request], ids, cut=one.cut)
        faults.update(checked.faults)
        verdicts += sum(map(len, checked.said.values()))
        failed += not checked.usable
    for line in _faults(verdicts, faults):
        tell(line)
    return failed


def _faults(verdicts: int, faults: Mapping[str, int]) -> Iterator[str]:
    """How many verdicts stood the checks, and by what the others fell."""
    yield say("ask.verdicts", number=verdicts, refused=sum(faults.values()))
    for fault, number in sorted(faults.items(), key=lambda one: (-one[1], one[0])):
        yield f"  {number} × {say(f'ask.fault-{fault}')}"


def _ask(
    left: list[Request], terms: EndpointOptions, budget: Budget, place: Path, ids: frozenset[str], tried: Mapping[str, int]
) -> int:
    from mapper.ask.endpoint import ask as asked
    from mapper.ask.record import NAME, Recorder
    from mapper.problems import ExtraMissingError

    try:
        with Recorder(place) as recorder, progress() as show:
            outcome = asked(left, terms, recorder, budget, ids, tried=tried, progress=show)
    except ExtraMissingError as missing:
        tell(say("ask.extra-missing", extra=missing.extra))
        return WRONG
    except OSError as error:
        tell_refused(place, error)
        return WRONG
    for fault, number in sorted(outcome.faults.items()):
        tell(f"  {number} × {say(f'ask.line-{fault}')}")
    for fault, number in sorted(outcome.given_up.items()):
        tell(say("ask.given-up", number=number, why=say(f"ask.line-{fault}")))
    if outcome.ended is not None:
        tell(say(f"ask.ended-{outcome.ended}", address=terms.address))
    tell(
        say(
            "ask.asked", answered=outcome.answered, left=len(left) - outcome.answered,
            requests=budget.spent_requests, tokens=budget.spent_tokens,
        )
    )
    put([str(place / NAME)])
    if outcome.ended in ("key", "address"):
        return WRONG
    return DONE if outcome.answered == len(left) else LEFT_OUT
