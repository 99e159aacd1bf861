"""New decisions → the file of decisions: what the machine said is filled in, what is known already is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from mapper.model import Alignment, Decision, Seen
from mapper.review.decisions import decision_id, requirement_digest, seen_evidence, subject
from mapper.review.files import dump_decisions, dump_entries, from_text


def sealed(decisions: Iterable[Decision], alignment: Alignment) -> list[Decision]:
    """The decisions, with ``seen`` filled in where it is missing and the alignment still holds what they are about."""
    requirements = {one.id: one for policy in alignment.policies for one in policy.requirements}
    pieces = {piece.id: piece for piece in (*alignment.evidence, *alignment.undecided)}
    statuses = {(cell.firm, cell.requirement): cell.status for cell in alignment.cells}
    made = []
    for one in decisions:
        requirement = requirements.get(one.requirement)
        if one.seen is None and requirement is not None:
            piece = pieces.get(subject(one)[2])
            if piece is not None:
                one = one.model_copy(update={"seen": seen_evidence(piece, requirement)})
            elif one.words is None or one.ruling == "add":
                status = statuses.get((one.firm, one.requirement)) if one.words is None else None
                one = one.model_copy(update={"seen": Seen(requirement=requirement_digest(requirement), status=status)})
        made.append(one)
    return made


def unknown(found: Iterable[Decision], known: Iterable[Decision]) -> list[Decision]:
    """What says anything new: neither the same decision, nor what its author says of the thing as it is anyway."""
    have = {decision_id(one) for one in known}
    last: dict[object, Decision] = {}
    for one in sorted(known, key=lambda one: one.at):
        last[subject(one), one.by, one.ruling == "comment"] = one
    new: list[Decision] = []
    for one in found:
        before = last.get((subject(one), one.by, one.ruling == "comment"))
        if decision_id(one) in have or (before is not None and _same(before, one)):
            continue
        have.add(decision_id(one))
        new.append(one)
    return new


def _same(one: Decision, other: Decision) -> bool:
    """Whether two decisions of one reviewer about one thing say the same; a changed ``seen`` confirms, and is news."""
    return (one.ruling, one.to, one.why, one.seen) == (other.ruling, other.to, other.why, other.seen)


def files_with(target: Path, new: Iterable[Decision]) -> dict[Path, bytes]:
    """The files that hold the new decisions too: the target, or in a folder the file of each reviewer."""
    listed = list(new)
    if not target.is_dir():
        return {target: _with(target, listed)} if listed else {}
    by_file: dict[Path, list[Decision]] = {}
    for one in listed:
        by_file.setdefault(target / f"{_file(one.by)}.yaml", []).append(one)
    return {path: _with(path, mine) for path, mine in by_file.items()}


def _with(path: Path, new: list[Decision]) -> bytes:
    """The file with the new decisions behind the old, whose text stays as it is; a file of another build is written anew."""
    old = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    known = from_text(old, str(path))[0].entries
    if known:
        indent = next((line[: len(line) - len(line.lstrip())] for line in old.splitlines() if line.lstrip()[:2] == "- "), "")
        more = f"{old.rstrip()}\n{dump_entries(new, indent)}"
        read, problems = from_text(more, str(path))
        if not problems and {*read.entries} == {*known, *new}:
            return more.encode()
    return dump_decisions([*known, *new]).encode()


def _file(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name).strip(".") or "_"


def resealed(path: Path, alignment: Alignment) -> Mapping[Path, bytes]:
    """The file itself with ``seen`` filled in, where that changes anything."""
    known = from_text(path.read_text(encoding="utf-8-sig"), str(path))[0].entries
    made = sealed(known, alignment)
    return {path: dump_decisions(made).encode()} if list(known) != made else {}
