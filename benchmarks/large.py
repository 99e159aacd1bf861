"""Many documents: ``python -m benchmarks.large [--documents N] [--parts …]``.

Cold, warm and one-changed builds with a store, one and two processes, a Dask cluster of two workers, and what a large run
costs in memory; ratios are of one run. The corpus is generated, always the same: sentences of ``written/documents``,
shuffled among documents of some ``--sentences`` sentences, with a number in some so that not all are copies. Peaks are of
the largest single process, as the system counts them.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("store", "jobs", "dask")
_CHILD = """
import resource, sys
from mapper.cli import process
try:
    process()
finally:
    own, others = (resource.getrusage(one).ru_maxrss for one in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peaks {own} {others}", file=sys.stderr)
"""


class Taken(NamedTuple):
    """A build: wall-clock seconds, seconds of processors, and peaks of this process and of the largest other, in MB."""

    seconds: float
    worked: float
    peak: int
    other: int


def generate(folder: Path, documents: int, sentences: int, seed: int = 1) -> int:
    """Write a corpus; returns its characters. The same numbers give the same files."""
    chosen = random.Random(seed)
    paragraphs = [
        [line for line in path.read_text(encoding="utf-8").splitlines() if 8 <= len(line) <= 400]
        for path in sorted((ROOT / "written" / "documents").glob("*.txt"))
    ]
    paragraphs = [one for one in paragraphs if one]
    written = 0
    for number in range(documents):
        lines: list[str] = []
        while sum(len(re.findall("[。！？]", line)) or 1 for line in lines) < sentences:
            source = chosen.choice(paragraphs)
            at = chosen.randrange(len(source))
            lines += [_varied(line, chosen) for line in source[at : at + 3]]
        text = "\n\n".join(lines)
        written += len(text)
        place = folder / f"{number // 1000:03d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06d}.txt").write_text(text, encoding="utf-8")
    return written


def _varied(line: str, chosen: random.Random) -> str:
    """The line with other figures, most of the time: what everybody writes alike is a copy, and most things are not."""
    if chosen.random() < 0.3:
        return line
    return re.sub(r"\d{2,}(?![\d年月日])", lambda match: str(chosen.randrange(10, 10 ** len(match.group()))), line)


def build(corpus: Path, out: Path, *more: str) -> Taken:
    """A whole build in a process of its own; compiled Python is kept as where the program is installed."""
    command = [sys.executable, "-c", _CHILD, "build", "--corpus", str(corpus), "--out", str(out), "--quiet", *more]
    compiled = str(out.parent / "compiled")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds, after = time.perf_counter() - begun, os.times()
    peaks = re.search(r"^peaks (\d+) (\d+)$", done.stderr, re.MULTILINE)
    if peaks is None or done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    worked = sum(after[2:4]) - sum(before[2:4])
    return Taken(seconds, worked, *(int(peak) // 1024 for peak in peaks.groups()))


def told(name: str, taken: Taken, base: Taken, documents: int) -> None:
    """One line of the table."""
    print(
        f"{name:<34}{taken.seconds:>9.1f}{taken.worked:>9.1f}{taken.seconds / base.seconds:>8.2f}"
        f"{taken.worked / base.worked:>9.2f}{documents / taken.seconds:>9.1f}{taken.peak:>7}{taken.other:>7}",
        flush=True,
    )


def same(one: Path, other: Path) -> bool:
    """Whether two builds wrote the same bytes. Never held whole: the next build's peak would count what this process held."""
    return all(filecmp.cmp(one / name, other / name, shallow=False) for name in ("alignment.json", "matrix.html"))


@contextmanager
def cluster() -> Iterator[str]:
    """A scheduler and two workers of one thread each on this machine; yields the address."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made.scheduler_address


def main() -> int:
    """Generate, build in every way that is asked for, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--sentences", type=int, default=10, help="sentences of a document, about")
    parser.add_argument("--parts", default="store,jobs", help=f"some of {', '.join(PARTS)}")
    given = parser.parse_args()
    parts = given.parts.split(",")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        corpus = place / "corpus"
        characters = generate(corpus, given.documents, given.sentences)
        print(f"{given.documents:,} documents, {characters:,} characters, {os.cpu_count()} processors")
        print(f"{'build':<34}{'seconds':>9}{'worked':>9}{'x cold':>8}{'x worked':>9}{'per s':>9}{'MB':>7}{'other':>7}")
        cold = build(corpus, place / "one", "--jobs", "1", *(["--store", str(place / "kept")] if "store" in parts else []))
        told("one process, cold", cold, cold, given.documents)
        if "store" in parts:
            told("one process, warm", build(corpus, place / "o", "--jobs", "1", "--store", str(place / "kept")), cold, given.documents)
            print(f"{'  the same bytes':<34}{same(place / 'one', place / 'o')!s:>9}")
            changed = next(corpus.rglob("*.txt"))
            kept = changed.read_text(encoding="utf-8")
            changed.write_text(kept + "\n\n微众银行今年为老年客户保留人工服务窗口。", encoding="utf-8")
            again = build(corpus, place / "o", "--jobs", "1", "--store", str(place / "kept"))
            told("one process, one file changed", again, cold, given.documents)
            changed.write_text(kept, encoding="utf-8")
        if "jobs" in parts:
            told("two processes", build(corpus, place / "two", "--jobs", "2"), cold, given.documents)
            print(f"{'  the same bytes':<34}{same(place / 'one', place / 'two')!s:>9}")
        if "dask" in parts:
            with cluster() as address:
                told("Dask, two workers", build(corpus, place / "two", "--scheduler", address), cold, given.documents)
            print(f"{'  the same bytes':<34}{same(place / 'one', place / 'two')!s:>9}")
        page, data = ((place / "one" / file).stat().st_size / 1e6 for file in ("matrix.html", "alignment.json"))
        print(f"alignment.json {data:.1f} MB, matrix.html {page:.1f} MB")
        shutil.rmtree(corpus)
    return 0


if __name__ == "__main__":
    sys.exit(main())
