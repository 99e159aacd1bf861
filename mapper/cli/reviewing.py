"""The commands of a review: decisions read back, listed, and made into example sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mapper.cli.codes import DONE, LEFT_OUT, WRONG
from mapper.cli.handover import DEFAULT_ALIGNMENT, AlignmentFile, tell_missing
from mapper.cli.help import BilingualCommand, BilingualGroup
from mapper.cli.result import opened
from mapper.cli.terminal import put, tell, tell_all, tell_refused, written
from mapper.messages import say
from mapper.problems import Problem

if TYPE_CHECKING:
    from mapper.model import Alignment


app = typer.Typer(name="review", cls=BilingualGroup, add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def _review(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        put([ctx.get_help()])


@app.command("import", cls=BilingualCommand)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="argument-reviewed")],
    alignment: AlignmentFile = DEFAULT_ALIGNMENT,
    decisions: Annotated[Path | None, typer.Option(metavar="PATH", help="option-decisions-into")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="option-by")] = None,
    at: Annotated[str | None, typer.Option(metavar="DATE", help="option-at")] = None,
) -> int:
    from mapper.files import alone
    from mapper.review import default_path
    from mapper.review.files import NAME

    made = opened(alignment)
    if made is None:
        return WRONG
    if not file.exists():
        tell(say("cli.no-file", path=file))
        return WRONG
    if not file.is_file():  # a pipe would wait for its writer
        tell(Problem("document-not-a-file", str(file)))
        return WRONG
    base = alignment.parent.parent
    target = decisions or default_path(base) or base / NAME
    home = target if target.is_dir() else target.parent
    try:
        home.mkdir(parents=True, exist_ok=True)
        with alone(home):  # what somebody else takes in at the same time is not lost
            return _take(file, made, target, by=by, at=at)
    except OSError as error:
        tell_refused(target, error)
        return WRONG


def _take(file: Path, made: Alignment, target: Path, *, by: str | None, at: str | None) -> int:
    """Read the file of decisions, add what is new to it, and say what came of it. Raises OSError where it is refused."""
    from mapper.review import NOTHING_DECIDED, load_decisions
    from mapper.review.take import files_with, resealed, sealed, unknown
    from mapper.review.workbook import EXTRA, UNREADABLE, ReaderMissingError, read_workbook

    found, problems = (NOTHING_DECIDED, []) if not target.exists() else load_decisions(target)
    if any(problem.severity == "error" for problem in problems):
        tell_all(problems)
        return WRONG
    tell_all([one for one in problems if Path(one.path).resolve() != file.resolve()])  # what is wrong with it is told below
    if file.suffix.lower() in (".yaml", ".yml"):
        read, problems = load_decisions(file)
        taken = list(read.entries)
    else:
        try:
            filled = read_workbook(file.read_bytes(), str(file), made, by=by, at=at)
        except ReaderMissingError:
            tell_missing(EXTRA, "xlsx")
            return WRONG
        taken, problems = filled.decisions, filled.problems
    tell_all(problems)
    if any(problem.code == UNREADABLE for problem in problems):
        return WRONG
    new = unknown(sealed(taken, made), [*found.entries, *sealed(found.entries, made)])  # one by hand lacks what was seen
    same = target.exists() and file.samefile(target)
    files = resealed(target, made) if same else files_with(target, new)
    if not written(files, target):
        return WRONG
    tell(say("cli.taken", new=len(new), known=len(taken) - len(new), refused=len(problems)))
    put(map(str, files))
    return LEFT_OUT if problems else DONE


@app.command("list", cls=BilingualCommand)
def list_(alignment: AlignmentFile = DEFAULT_ALIGNMENT) -> int:
    from mapper.report.tables import spoken_in_both

    made = opened(alignment)
    if made is None:
        return WRONG
    for review in made.review:
        one = review.decision
        line = f"{say(f'handover.state-{review.state}')}\t{one.firm} × {one.requirement}\t{spoken_in_both(review).said}"
        changes = "；".join(say(f"problem.why-{change}") for change in review.changes)
        put(["\t".join(part for part in (line, changes, one.words) if part)])
    return DONE


@app.command("examples", cls=BilingualCommand)
def examples(alignment: AlignmentFile = DEFAULT_ALIGNMENT) -> int:
    from mapper.review.examples import examples as as_examples

    made = opened(alignment)
    if made is None:
        return WRONG
    lines = as_examples(made)
    put(lines)
    tell(say("cli.exemplified", count=len(lines)))
    return DONE
