"""``mapper build``: the run from the folders to the files."""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from mapper.cli import asking, handover
from mapper.cli.codes import BELOW, DONE, LEFT_OUT, OUT, WRONG
from mapper.cli.talk import Talk, talk
from mapper.cli.terminal import put, refused, tell
from mapper.messages import say
from mapper.shipped import folder

if TYPE_CHECKING:
    from mapper.model import Alignment
    from mapper.work.heap import Settled


def build(
    policies: Annotated[Path | None, typer.Option(metavar="DIR", help="option-policies")] = None,
    corpus: Annotated[Path | None, typer.Option(metavar="DIR", help="option-corpus")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="option-out")] = OUT,
    min_score: Annotated[float | None, typer.Option(metavar="X", help="option-min-score")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="option-as-of")] = None,
    decisions: Annotated[Path | None, typer.Option(metavar="PATH", help="option-decisions")] = None,
    answers: Annotated[Path | None, typer.Option(metavar="DIR", help="option-answers")] = None,
    also: Annotated[str | None, typer.Option(metavar="FORMATS", help="option-also")] = None,
    fail_under: Annotated[float | None, typer.Option(metavar="X", help="option-fail-under")] = None,
    jobs: Annotated[int | None, typer.Option(metavar="N", min=1, help="option-jobs")] = None,
    store: Annotated[Path | None, typer.Option(metavar="DIR", help="option-store")] = None,
    scheduler: Annotated[str | None, typer.Option(metavar="ADDRESS", help="option-scheduler")] = None,
    parquet: Annotated[Path | None, typer.Option(metavar="DIR", help="option-parquet")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="option-quiet")] = False,
    json_log: Annotated[bool, typer.Option("--json-log", help="option-json-log")] = False,
) -> int:
    from mapper import run
    from mapper.files import settle
    from mapper.matchers.kept import Kept
    from mapper.problems import ExtraMissingError
    from mapper.report.parquet_folder import NotOursError
    from mapper.report.reviewed import evidenced_share
    from mapper.review import default_path, overlooked, warnings
    from mapper.work.hands import HandsError
    from mapper.work.heap import Heap
    from mapper.work.store import Store
    from mapper.work.touch import program

    more = handover.known_formats(also or "")
    if more is None:
        return WRONG
    if wrong := _wrong_value(fail_under, as_of, min_score):
        tell(wrong)
        return WRONG
    documents = corpus or folder("seeds")
    told = talk(quiet=quiet, json_log=json_log)
    told.problems(settle(out))
    if wrong := _among_documents(documents, out, more, parquet):
        tell(wrong)
        return WRONG
    home = corpus.resolve().parent if corpus is not None else Path()
    ruled = decisions or default_path(home, corpus)
    passed_over = overlooked(home, corpus) if decisions is None else []
    heard = answers or asking.found(corpus)
    taught = Kept(store / "taught", program()) if store is not None else None
    planned = run.plan(policies or folder("policies"), documents, decisions=ruled, answers=heard, kept=taught)
    kit = run.kit(planned, min_score, keeping=store is not None)
    try:
        with Heap() as heap, ExitStack() as open_:
            kept = open_.enter_context(Store(store, planned, kit)) if store is not None else None
            with run.hands_for(planned, kit, jobs, scheduler) as hands, told.progress() as show:
                settled, made_by, problems = run.gather(
                    planned, kit, hands, heap, store=kept, as_of=as_of, progress=show
                )
            of_second = list(asking.said_of_second(planned.shelf, heap.heard))
            listing, catalog, rulings = planned.listing, planned.catalog, planned.decisions
            del hands, planned, kit  # what the readers know is not needed any more, and the page needs the room
            if settled.large:
                gc.collect()  # readers and what they remember hold each other
            alignment, paths = run.publish(
                settled, made_by, out, more, listing=listing, decisions=rulings, parquet=parquet
            )
    except HandsError as error:
        told.said("refused", say(f"work.{error.code}", **error.params))
        return WRONG
    except ExtraMissingError as missing:
        handover.tell_missing(missing.extra, also or "parquet")
        return WRONG
    except NotOursError as error:
        told.said("refused", say("work.parquet-not-ours", path=error.filename))
        return WRONG
    except OSError as error:
        told.said("refused", refused(out, error))
        return WRONG
    unsized = run.unsized(alignment, catalog)
    left_out = told.problems([*problems, *passed_over, *unsized, *warnings(alignment.review, rulings)])
    _tell_counts(told, alignment, settled)
    for event, words, counts in of_second:
        told.said(event, words, **counts)
    if kept is not None:
        reused = {"reused": kept.used, "files": len(listing.paths)}
        told.said("reused", say("work.reused", **reused), **reused)
    _tell_review(told, alignment)
    _tell_discovered(told, alignment)
    put(map(str, paths))
    reached = evidenced_share(alignment)
    if fail_under is not None and reached < fail_under:
        words = say("cli.below", reached=f"{reached:.1f}", least=f"{fail_under:g}")
        told.said("below", words, reached=reached, least=fail_under)
        return BELOW
    return LEFT_OUT if left_out else DONE


def _wrong_value(fail_under: float | None, as_of: str | None, min_score: float | None) -> str | None:
    """What is wrong with the value of an option, in words."""
    from mapper.binding import is_day

    if fail_under is not None and not 0 <= fail_under <= 100:
        return say("cli.value-fail_under")
    if as_of is not None and not is_day(as_of):
        return say("cli.value-as_of")
    if min_score is not None and not 0 <= min_score <= 1:
        return say("cli.value-min_score")
    return None


def _among_documents(documents: Path, out: Path, also: list[str], parquet: Path | None) -> str | None:
    """Which file would be written over a document, or become one at the next run, in words."""
    from mapper import run

    if out.resolve().is_relative_to(documents.resolve()) and (taken := run.foreign(out, also)):
        return say("cli.out-is-document", path=taken)
    if parquet is not None and parquet.resolve().is_relative_to(documents.resolve()):
        return say("work.in-corpus", path=parquet)
    return None


def _tell_counts(told: Talk, alignment: Alignment, settled: Settled) -> None:
    """How much was read and found, how much of it waits for a reviewer, and what is not in force yet."""
    from mapper.binding import Binding

    addressed = [cell for cell in alignment.cells if not cell.voluntary]
    facts = {
        "documents": settled.counts.documents,
        "passages": settled.counts.passages,
        "requirements": sum(len(policy.requirements) for policy in alignment.policies),
        "firms": len(alignment.firms),
        "evidence": settled.counts.evidence,
        **{status: sum(cell.status == status for cell in addressed) for status in ("evidenced", "stated", "contrary")},
        "voluntary": len(alignment.cells) - len(addressed),
    }
    told.said("built", say("cli.built", **facts), **facts)
    decided = sum(not one.open for one in alignment.undecided)
    if unclear := settled.counts.undecided - decided:
        told.said("undecided", say("cli.built-undecided", count=unclear), count=unclear)
    if later := sum(cell.status == "not-yet" for cell in alignment.cells):
        day = Binding.within(alignment).day
        told.said("not-yet", say("cli.built-not-yet", count=later, day=day), count=later, day=day)


def _tell_review(told: Talk, alignment: Alignment) -> None:
    """What became of the decisions of reviewers, and what the matrix holds by the machine and by them."""
    from mapper.model import State
    from mapper.report.reviewed import counts

    if not alignment.review:
        return
    states = Counter(review.state for review in alignment.review)
    counted = {state: states[state] for state in get_args(State)}
    machine, human = counts(alignment.cells)
    both = {"machine": machine["evidenced"], "human": human["evidenced"]}
    told.said("reviewed", say("cli.reviewed", number=len(alignment.review), **counted, **both), **counted, **both)


def _tell_discovered(told: Talk, alignment: Alignment) -> None:
    """The firms that are on no list, ready to be pasted into one."""
    from mapper.firms.discovery import as_yaml

    discovered = [firm for firm in alignment.firms if firm.origin == "discovered"]
    if discovered:
        words = say("cli.discovered", count=len(discovered)) + "\n" + as_yaml(discovered)
        told.said("discovered", words, firms=[{"name": firm.name, "kind": firm.kind} for firm in discovered])
