"""The commands that keep policies alive: a draft from an official text, a new version, a crosswalk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from mapper.cli.codes import DONE, WRONG
from mapper.cli.help import BilingualCommand, BilingualGroup
from mapper.cli.result import opened
from mapper.cli.terminal import put, tell, tell_all, written
from mapper.messages import say

if TYPE_CHECKING:
    from mapper.drafting.upgrade import Upgrade
    from mapper.model import Decision

app = typer.Typer(name="crosswalk", cls=BilingualGroup, add_completion=False, rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def _crosswalk(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        put([ctx.get_help()])


@app.command("suggest", cls=BilingualCommand, help="crosswalk-suggest")
def crosswalk_suggest(
    source: Annotated[str, typer.Argument(metavar="A", help="argument-policy-a")],
    target: Annotated[str, typer.Argument(metavar="B", help="argument-policy-b")],
    policies: Annotated[Path | None, typer.Option(metavar="DIR", help="option-policies")] = None,
    alignment: Annotated[Path | None, typer.Option(metavar="FILE", help="option-alignment-shared")] = None,
) -> int:
    from mapper.catalog.load import load_catalog
    from mapper.cli.terminal import tell_problems
    from mapper.drafting.crosswalk import suggest_crosswalk
    from mapper.drafting.sheet import crosswalk_yaml
    from mapper.shipped import folder

    catalog, problems = load_catalog(policies or folder("policies"))
    tell_problems(problems)
    if catalog is None:
        return WRONG
    found = {policy.id: policy for policy in catalog.policies}
    for name in (source, target):
        if name not in found:
            tell(say("drafting.no-policy", id=name, known=", ".join(found)))
            return WRONG
    made = opened(alignment) if alignment is not None else None
    if alignment is not None and made is None:
        return WRONG
    known = {frozenset((one.source, one.target)) for policy in catalog.policies for one in policy.crosswalk}
    proposed = suggest_crosswalk(found[source], found[target], catalog.lessons, made)
    new = [one for one in proposed if frozenset((one.source, one.target)) not in known]
    put(crosswalk_yaml(new, catalog.policies))
    tell(say("drafting.crosswalk-suggested", new=len(new), known=len(proposed) - len(new)))
    return DONE


def draft(
    official: Annotated[Path, typer.Argument(metavar="OFFICIAL", help="argument-official")],
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="option-policy-id")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="option-out-draft")] = None,
) -> int:
    from mapper.catalog.load import valid_id
    from mapper.drafting.draft import NoClausesError
    from mapper.drafting.draft import draft as drafted
    from mapper.drafting.official import official_paragraphs
    from mapper.drafting.sheet import as_yaml
    from mapper.problems import Problem

    if id is not None and not valid_id(id):
        tell(Problem("catalog-bad-id", params={"id": id}))
        return WRONG
    read = official_paragraphs(official)
    if not isinstance(read, tuple):
        tell(read)
        if read.code != "file-missing":
            tell(say("drafting.reads"))
        return WRONG
    try:
        made = drafted(read, id)
    except NoClausesError:
        tell(say("drafting.no-clauses", path=official))
        return WRONG
    if not _written({out: as_yaml(made)} if out else {}):
        return WRONG
    asking = len({one.clause for one in made.requirements})
    counts = {"requirements": len(made.requirements), "asking": asking, "dropped": len(made.dropped)}
    tell(say("drafting.drafted", clauses=len(made.clauses), **counts))
    put([str(out)] if out else as_yaml(made))
    return DONE


def upgrade(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="argument-old-policy")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="argument-new-policy")],
    write: Annotated[bool, typer.Option("--write", help="option-write")] = False,
    decisions: Annotated[Path | None, typer.Option(metavar="PATH", help="option-decisions-upgrade")] = None,
) -> int:
    from mapper.drafting.parting import shipped_parting
    from mapper.drafting.upgrade import carried_decisions, shared_ids
    from mapper.drafting.upgrade import upgrade as upgraded
    from mapper.review import NOTHING_DECIDED, load_decisions
    from mapper.review.take import unknown

    before, after = _policy(old), _policy(new)
    if before is None or after is None:
        return WRONG
    if shared := shared_ids(before, after):
        tell(say("drafting.shared-ids", ids=", ".join(shared)))
        return WRONG
    known, problems = load_decisions(decisions) if decisions is not None else (NOTHING_DECIDED, [])
    tell_all(problems)
    if any(problem.severity == "error" for problem in problems):
        return WRONG
    source = new.read_text(encoding="utf-8-sig")
    beside, ruled = _beside(old, _ids(before), known.entries)
    made = upgraded(before, after, source, beside, ruled, shipped_parting)
    _put_steps(made)
    if not write:
        tell(say("drafting.upgrade-dry"))
        return DONE
    carried = unknown(carried_decisions(known.entries, made, before, after), known.entries)
    return _carry(old, new, made, decisions, carried)


def _carry(old: Path, new: Path, made: Upgrade, decisions: Path | None, carried: Sequence[Decision]) -> int:
    """Write the new policy, its sentences and its decisions, all or none, and say how many went along."""
    from mapper.review.take import files_with

    sentences = _sentences(old, new, made)
    files = {new: made.text, **{path: "".join(f"{line}\n" for line in lines) for path, (lines, _) in sentences.items()}}
    if decisions is not None:
        files |= {path: data.decode() for path, data in files_with(decisions, carried).items()}
    if not _written(files, over=True):
        return WRONG
    told = {"sentences": sum(number for _, number in sentences.values()), "decisions": len(carried)}
    tell(say("drafting.upgrade-carried", **told))
    put(map(str, files))
    _tell_lacking(new, made)
    return DONE


def _put_steps(made: Upgrade) -> None:
    """What became of each clause, old beside new, which duties bind otherwise than before; and how many of each."""
    from mapper.drafting.pairing import StepKind
    from mapper.report.phrases import both

    for step in made.steps:
        names = {"old": "、".join(step.old) or "—", "new": "、".join(step.new) or "—"}
        likeness = f"{step.likeness:.2f}" if step.old and step.new else "—"
        put([both("drafting.step", change=both(f"drafting.change-{step.change}"), likeness=likeness, **names).said])
        for id in step.new:
            if id in made.obligations:
                was, now = (both(f"page.obligation-{one}") for one in made.obligations[id])
                put([both("drafting.step-obligation", id=id, was=was, now=now).said])
    counts = Counter(step.change for step in made.steps)
    tell(say("drafting.upgraded", **{change: counts[change] for change in get_args(StepKind)}))
    if made.unclear:
        tell(say("drafting.upgrade-unclear", number=len(made.unclear)))


def _tell_lacking(path: Path, made: Upgrade) -> None:
    """Name the parts of what was split that have too few sentences to be read at all, and say how many lack a text."""
    from mapper.catalog.lessons import read_lessons
    from mapper.catalog.load import FEWEST

    parts = {id for step in made.steps if step.old and len(step.new) > 1 for id in step.new}
    lessons, _, _ = read_lessons(path.parent, frozenset(parts))
    entries = [one for one in (_policy(path) or {}).get("requirements") or () if isinstance(one, dict)]
    unwritten = sum(not one.get("text") and bool(one.get("source")) for one in entries)
    if unwritten:
        tell(say("drafting.upgrade-unwritten", number=unwritten, path=path))
    for entry in entries:
        id = entry.get("id")
        if id in parts and not entry.get("signals"):
            own = {one.text for one in lessons if id in one.evidences} | {*map(str, entry.get("examples") or ())}
            if len(own) < FEWEST:
                tell(say("drafting.upgrade-poor", id=id, number=len(own), fewest=FEWEST, path=path))


def _ids(policy: dict[str, Any]) -> frozenset[str]:
    """The ids of a policy's requirements."""
    return frozenset(str(one["id"]) for one in policy.get("requirements") or () if isinstance(one, dict) and one.get("id"))


def _beside(old: Path, ids: frozenset[str], decisions: Sequence[Decision]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """By requirement, the sentences beside the old policy that teach it; and near misses, with words that were ruled on."""
    from mapper.catalog.lessons import read_lessons

    found: dict[str, list[str]] = {}
    other: dict[str, list[str]] = {}
    for lesson in read_lessons(old.parent, ids)[0]:
        for id in lesson.evidences:
            found.setdefault(id, []).append(lesson.text)
        if lesson.written_for is not None and lesson.written_for not in lesson.evidences:
            other.setdefault(lesson.written_for, []).append(lesson.text)
    for one in decisions:
        if one.words is not None:
            other.setdefault(one.requirement, []).append(one.words)
    return found, other


def _policy(path: Path) -> dict[str, Any] | None:
    """A policy file as plain data; None, and a message, where it is none."""
    from mapper.yamlmarks import load

    if not path.exists():
        tell(say("cli.no-file", path=path))
        return None
    marked, problems = load(path, str(path))
    tell_all(problems)
    data = marked.data if marked is not None else None
    if problems or not isinstance(data, dict) or not isinstance(data.get("policy"), dict) or not data["policy"].get("id"):
        if not problems:
            tell(say("drafting.not-a-policy", path=path))
        return None
    return data


def _sentences(old: Path, new: Path, made: Upgrade) -> dict[Path, tuple[list[str], int]]:
    """The files of sentences to write: those beside the policies with the heirs added, or a new one where these are apart."""
    from mapper.catalog.lessons import FOLDER
    from mapper.drafting.upgrade import carried_sentences

    together = old.resolve().parent == new.resolve().parent
    files: dict[Path, tuple[list[str], int]] = {}
    alone: list[str] = []
    for path in sorted((old.parent / FOLDER).glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        told = [carried_sentences(line, made, alone=not together) for line in lines]
        alone += [line for line in told if line is not None]
        changed = [line if line is not None else old_line for line, old_line in zip(told, lines, strict=True)]
        number = sum(line is not None and line != before for line, before in zip(told, lines, strict=True))
        if together and number:
            files[path] = ([line for line in changed if line.strip()], number)
    if not together and alone:
        files[new.parent / FOLDER / f"from-{made.old}.jsonl"] = (alone, len(alone))
    return files


def _written(files: dict[Path, str], *, over: bool = False) -> bool:
    """Write all or none; a file that is there already is left alone unless ``over``. False, and a message, where not."""
    for path in files:
        if path.exists() and not over:
            tell(say("drafting.exists", path=path))
            return False
    return written({path: content.encode() for path, content in files.items()})
