"""Own policies in figures: three requirements taught by fifteen sentences each, read on sentences that somebody else wrote.

    python -m benchmarks.own

``own_policies/tuned``: eight policies by which the numbers of :mod:`mapper.matchers.few` and ``nearby`` were chosen;
``own_policies/unseen``: four that were written afterwards, ``own_policies/later``: ten that were written later, by others. Each is
a folder as an author would make it, without near misses, and ``test.jsonl``: thirty sentences that are evidence and twenty that are
none, by a writer who saw the requirements and none of the sentences that teach. All are made up. Reads with whatever readers are
installed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mapper.align.trial import trial
from mapper.catalog.load import load_catalog
from mapper.matchers.model import Model
from mapper.matchers.shelf import shelf

FOLDER = Path(__file__).with_name("own_policies")


@dataclass(frozen=True)
class MarkCounts:
    """Of ``evidence`` (labels) so much was ``found``, of ``marks`` so many are ``right``; of ``silent`` sentences so many ``marked``."""

    evidence: int = 0
    found: int = 0
    marks: int = 0
    right: int = 0
    silent: int = 0
    marked: int = 0

    def __add__(self, other: MarkCounts) -> MarkCounts:
        return MarkCounts(*(mine + theirs for mine, theirs in zip(_counts(self), _counts(other), strict=True)))

    def __str__(self) -> str:
        return (
            f"found {self.found}/{self.evidence} = {self.found / self.evidence:.2f}, right {self.right}/{self.marks} = "
            f"{self.right / max(1, self.marks):.2f}, of the silent {self.marked}/{self.silent} marked"
        )


def _counts(figures: MarkCounts) -> tuple[int, ...]:
    return figures.evidence, figures.found, figures.marks, figures.right, figures.silent, figures.marked


def measure(folder: Path, model: Model | None = None) -> MarkCounts:
    """Teach the policy of a folder and read its ``test.jsonl``, by a ``model`` alone or by whatever is installed.

    Raises ValueError where the policy cannot be read.
    """
    catalog, problems = load_catalog(folder)
    if catalog is None or problems:
        raise ValueError(f"{folder}: {[str(one) for one in problems]}")
    reader = shelf(catalog, model)
    lines = reader.weighing["line"], reader.weighing["fault-line"]
    total = MarkCounts()
    for line in (folder / "test.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        wanted = set(one["evidences"])
        marks = {
            verdict.requirement
            for verdict in trial(one["text"], catalog, reader)
            if verdict.score >= lines[verdict.grade == "adverse"]
        }
        right = len(marks & wanted)
        total += MarkCounts(len(wanted), right, len(marks), right, not wanted, not wanted and bool(marks))
    return total


def all_of(kind: str, model: Model | None = None) -> Iterator[tuple[str, MarkCounts]]:
    """The name of each policy of a kind (``tuned``, ``unseen``, ``later``) and its figures."""
    for folder in sorted((FOLDER / kind).iterdir()):
        yield folder.name, measure(folder, model)


def main() -> int:
    """Print the figures of every policy and of each kind."""
    for kind in ("tuned", "unseen", "later"):
        total = MarkCounts()
        for name, figures in all_of(kind):
            print(f"{name}: {figures}")
            total += figures
        print(f"{kind}: {total}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
