"""``mapper build``: the run from the folders to the files."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, get_args

import typer

from mapper.cli import asking, handover
from mapper.cli.codes import BELOW, DONE, LEFT_OUT, OUT, WRONG
from mapper.cli.talk import Talk, talk
from mapper.cli.terminal import put, refused, tell
from mapper.messages import say
from mapper.shipped import folder

if TYPE_CHECKING:
    from mapper.model import Alignment, Firm
    from mapper.problems import Problem
    from mapper.review import Decisions
    from mapper.work.settled import Settled

_NAMED = 5
"""Firms named in passing that a message names."""


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
    from mapper.files import settle
    from mapper.review import warnings

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
    order = _Order(
        policies=policies or folder("policies"), corpus=corpus, documents=documents, out=out, formats=more,
        min_score=min_score, as_of=as_of, decisions=decisions, answers=answers,
        jobs=jobs, store=store, scheduler=scheduler, parquet=parquet,
    )  # fmt: skip
    made = _made(order, told, also or "parquet")
    if made is None:
        return WRONG
    left_out = told.problems([*made.problems, *warnings(made.alignment, made.rulings)])
    _tell_counts(told, made.alignment, made.settled)
    for event, words, counts in made.besides:
        told.said(event, words, **counts)
    _tell_review(told, made.alignment)
    _tell_discovered(told, made.alignment)
    put(map(str, made.paths))
    return BELOW if _is_below(told, made.alignment, fail_under) else LEFT_OUT if left_out else DONE


class _Order(NamedTuple):
    """What is to be built, from what and by whom, as the options say."""

    policies: Path
    corpus: Path | None
    documents: Path
    out: Path
    formats: list[str]
    min_score: float | None
    as_of: str | None
    decisions: Path | None
    answers: Path | None
    jobs: int | None
    store: Path | None
    scheduler: str | None
    parquet: Path | None


class _Made(NamedTuple):
    """What a build came to. ``besides``: events to tell, in words and as counts."""

    alignment: Alignment
    settled: Settled
    rulings: Decisions
    problems: list[Problem]
    besides: list[tuple[str, str, dict[str, int]]]
    paths: tuple[Path, ...]


def _made(order: _Order, told: Talk, extra_for: str) -> _Made | None:
    """Plan, gather and publish; None where that cannot be, which is said. ``extra_for``: formats that may need an extra."""
    from mapper import run
    from mapper.matchers.kept import Kept
    from mapper.review import default_path, overlooked
    from mapper.work.heap import Heap
    from mapper.work.store import Store
    from mapper.work.touch import program

    corpus, store = order.corpus, order.store
    home = corpus.resolve().parent if corpus is not None else Path()
    passed_over = overlooked(home, corpus) if order.decisions is None else []
    planned = run.plan(
        order.policies,
        order.documents,
        decisions=order.decisions or default_path(home, corpus),
        answers=order.answers or asking.found(corpus),
        kept=Kept(store / "taught", program()) if store is not None else None,
    )
    kit = run.kit(planned, order.min_score, keeping=store is not None)
    with _refusals(told, order.out, extra_for), Heap() as heap, ExitStack() as open_:
        kept = open_.enter_context(Store(store, planned, kit)) if store is not None else None
        with run.hands_for(planned, kit, order.jobs, order.scheduler) as hands, told.progress() as show:
            settled, made_by, problems = run.gather(
                planned, kit, hands, heap, store=kept, as_of=order.as_of, progress=show
            )
        besides = list(asking.said_of_second(planned.shelf, heap.heard))
        listing, catalog, rulings = planned.listing, planned.catalog, planned.decisions
        del hands, planned, kit  # what the readers know is not needed any more, and the page needs the room
        if settled.large:
            gc.collect()  # readers and what they remember hold each other
        alignment, paths = run.publish(
            settled, made_by, order.out, order.formats, listing=listing, decisions=rulings, parquet=order.parquet
        )
        if kept is not None:
            reused = {"reused": kept.used, "files": len(listing.paths)}
            besides.append(("reused", say("work.reused", **reused), reused))
        more = (*problems, *passed_over, *run.unsized(alignment, catalog))
        return _Made(alignment, settled, rulings, list(more), besides, paths)
    return None


@contextmanager
def _refusals(told: Talk, out: Path, extra_for: str) -> Iterator[None]:
    """Says why a build could not be, and goes on behind it."""
    from mapper.problems import ExtraMissingError
    from mapper.report.parquet_folder import NotOursError
    from mapper.work.hands import HandsError

    try:
        yield
    except HandsError as error:
        told.said("refused", say(f"work.{error.code}", **error.params))
    except ExtraMissingError as missing:
        handover.tell_missing(missing.extra, extra_for)
    except NotOursError as error:
        told.said("refused", say("work.parquet-not-ours", path=error.filename))
    except OSError as error:
        told.said("refused", refused(out, error))


def _is_below(told: Talk, alignment: Alignment, least: float | None) -> bool:
    """Whether a smaller share of the cells is evidenced than was asked for, in percent, which is said."""
    from mapper.report.reviewed import evidenced_share

    if least is None or (reached := evidenced_share(alignment)) >= least:
        return False
    told.said("below", say("cli.below", reached=f"{reached:.1f}", least=f"{least:g}"), reached=reached, least=least)
    return True


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
    if mentions := alignment.mentions:
        some = "、".join(mentions[:_NAMED])
        told.said("mentions", say("cli.built-mentions", count=len(mentions), some=some), firms=list(mentions))
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
    discovered = [firm for firm in alignment.firms if firm.origin == "discovered"]
    if discovered:
        words = say("cli.discovered", count=len(discovered)) + "\n" + _as_entries(discovered)
        told.said("discovered", words, firms=[{"name": firm.name, "kind": firm.kind} for firm in discovered])


def _as_entries(firms: Iterable[Firm]) -> str:
    """The firms as entries of a firms.yaml, one a line."""
    import yaml

    lines = ["firms:"]
    for firm in firms:
        entry = {"name": firm.name, "kind": firm.kind} | ({"aliases": list(firm.aliases)} if firm.aliases else {})
        lines.append("  - " + yaml.safe_dump(entry, allow_unicode=True, default_flow_style=True, sort_keys=False, width=10**6).strip())
    return "\n".join(lines)
