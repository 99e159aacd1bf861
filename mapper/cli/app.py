"""The commands: what each takes, what it calls, what it prints. Heavy modules are imported where they are needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from mapper import __version__
from mapper.cli import asking, building, comparing, drafting, handover, reviewing, teaching
from mapper.cli.codes import DONE, LEFT_OUT, OUT, WRONG
from mapper.cli.help import BilingualCommand, BilingualGroup
from mapper.cli.result import opened
from mapper.cli.terminal import emphasis, progress, put, tell, tell_problems, tell_refused
from mapper.messages import say
from mapper.shipped import folder

app = typer.Typer(name="mapper", cls=BilingualGroup, add_completion=False, rich_markup_mode=None)

PoliciesOption = Annotated[Path | None, typer.Option(metavar="DIR", help="option-policies")]
CorpusOption = Annotated[Path | None, typer.Option(metavar="DIR", help="option-corpus")]


def command() -> Any:
    """The program as an object with ``main(args)``."""
    return typer.main.get_command(app)


@app.callback(invoke_without_command=True)
def _mapper(
    ctx: typer.Context, version: Annotated[bool, typer.Option("--version", help="option-version", is_eager=True)] = False
) -> None:
    if version:
        put([f"mapper {__version__}"])
        raise typer.Exit(DONE)
    if ctx.invoked_subcommand is None:
        put([ctx.get_help()])


app.command(cls=BilingualCommand)(building.build)


@app.command(cls=BilingualCommand)
def explain(
    firm: Annotated[str, typer.Argument(metavar="FIRM", help="argument-firm")],
    requirement: Annotated[str, typer.Argument(metavar="REQUIREMENT", help="argument-requirement")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="option-out-read")] = OUT,
) -> int:
    from mapper.explain import explain as explained
    from mapper.results import ALIGNMENT

    made = opened(out / ALIGNMENT)
    if made is None:
        return WRONG
    put(explained(made, firm, requirement, emphasis(sys.stdout)))
    return DONE


@app.command(cls=BilingualCommand)
def check(policies: PoliciesOption = None, corpus: CorpusOption = None) -> int:
    from mapper import run

    with progress() as show:
        checked = run.check(policies or folder("policies"), corpus or folder("seeds"), show, firing=corpus is not None)
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    left_out = any(problem.severity == "left-out" for problem in checked.problems)
    put(map(str, checked.problems))
    if errors:
        tell(say("cli.found-wrong", count=len(errors)))
        return WRONG
    for one in checked.taught:
        said = vars(one) | {"score": f"{one.lowest[0]:.2f}", "lowest": one.lowest[1], "odd": len(one.odd)}
        put([say("cli.check-taught", **said)])
    if checked.shipped:
        put([say("cli.check-shipped", count=checked.shipped)])
    put([say("cli.checked-in-part" if left_out else "cli.checked", **checked.counts)])
    return LEFT_OUT if left_out else DONE


@app.command(cls=BilingualCommand)
def learn(
    policies: PoliciesOption = None,
    labelled: Annotated[Path | None, typer.Option(metavar="FILE", help="option-labelled")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="option-model")] = None,
) -> int:
    from mapper.learn import course
    from mapper.problems import ExtraMissingError

    place = policies or folder("policies")
    try:
        with progress() as show:
            made = course.learn(place, labelled, show)
    except ExtraMissingError as missing:
        tell(say("cli.learn-missing", extra=missing.extra))
        return WRONG
    left_out = tell_problems(made.problems)
    target = out or place / course.NAME
    course.write(made.model, target)
    tell(say("cli.learned", requirements=len(made.model.requirements), **made.counts))
    put([str(target)])
    return LEFT_OUT if left_out else DONE


@app.command(cls=BilingualCommand)
def evaluate(
    gold: Annotated[Path | None, typer.Option(metavar="FILE", help="option-gold")] = None,
    alignment: Annotated[Path | None, typer.Option(metavar="FILE", help="option-alignment")] = None,
    errors: Annotated[bool, typer.Option("--errors", help="option-errors")] = False,
    answers: Annotated[Path | None, typer.Option(metavar="DIR", help="option-answers-judged")] = None,
    calibrate: Annotated[bool, typer.Option("--calibrate", help="option-calibrate")] = False,
    policies: PoliciesOption = None,
    corpus: CorpusOption = None,
) -> int:
    from mapper import run
    from mapper.evaluate import evaluate as judge
    from mapper.evaluate import read_labels, render

    documents = corpus or folder("seeds")
    labels = read_labels(gold or documents / "gold.jsonl")
    if answers is not None:
        return comparing.compare(policies, documents, labels, answers, calibrate=calibrate)
    left_out = False
    if alignment is not None:
        held = opened(alignment)
        if held is None:
            return WRONG
        made = held
    else:
        with progress() as show:
            inputs = run.read_inputs(policies or folder("policies"), documents, show)
        left_out = tell_problems(inputs.problems)
        made = run.build(inputs)
    put(render(judge(made, labels), errors=errors))
    return LEFT_OUT if left_out else DONE


@app.command(cls=BilingualCommand)
def suggest(
    requirement: Annotated[str, typer.Argument(metavar="REQUIREMENT", help="argument-requirement")],
    policies: PoliciesOption = None,
    corpus: CorpusOption = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="option-limit")] = 10,
    semantic: Annotated[bool, typer.Option("--semantic", help="option-semantic")] = False,
) -> int:
    from mapper import run
    from mapper import suggest as authors

    encoder = authors.load_encoder() if semantic else None
    if semantic and encoder is None:
        tell(say("suggest.no-extra", extra="semantic"))
        return WRONG
    with progress() as show:
        inputs = run.read_inputs(
            policies or folder("policies"), corpus or folder("seeds"), show, requirement=requirement
        )
    with progress() as show:
        found = authors.suggest(
            inputs.corpus.documents, inputs.catalog, inputs.registry, requirement,
            limit=limit, encoder=encoder, progress=show,
        )
    left_out = tell_problems(inputs.problems)
    put(authors.render(found, emphasis(sys.stdout)))
    return LEFT_OUT if left_out else DONE


@app.command(cls=BilingualCommand)
def corpus(folder_: Annotated[Path | None, typer.Argument(metavar="DIR", help="argument-corpus")] = None) -> int:
    from mapper import run
    from mapper.cli.listing import listing
    from mapper.problems import Problem

    with progress() as show:
        surveyed = run.survey(folder_ or folder("seeds"), show)
    documents = surveyed.documents
    if not documents and not surveyed.problems:  # as in a workspace that was just made
        tell(Problem("corpus-empty", str(folder_)))
        return DONE
    for problem in surveyed.problems:
        if problem.severity == "warning":
            tell(problem)
    put(listing(surveyed))
    counts = {"documents": len(documents), "passages": sum(document.passages for document in documents)}
    tell(say("corpus.listed", **counts, firms=len({firm for document in documents for firm in document.firms})))
    return LEFT_OUT if any(problem.severity == "left-out" for problem in surveyed.problems) else DONE


@app.command(cls=BilingualCommand)
def init(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="argument-workspace")],
    own: Annotated[bool, typer.Option("--own", help="option-own")] = False,
) -> int:
    from mapper.cli import workspace

    try:
        if not workspace.is_free(target):
            tell(say("cli.not-empty", path=target))
            return WRONG
        workspace.make(target, own=own)
    except OSError as error:
        tell_refused(target, error)
        return WRONG
    tell(say("cli.made", path=target, corpus=target / "corpus"))
    put(workspace.commands(target, own=own))
    return DONE


for shared in (
    asking.ask, handover.export, handover.verify, handover.diff, drafting.draft, drafting.upgrade, teaching.teach
):
    app.command(cls=BilingualCommand)(shared)
app.add_typer(reviewing.app)
app.add_typer(drafting.app)
