"""``mapper build`` killed: ``python -m benchmarks.kill [--number N] [--seed S] [--steps]``.

A tiny corpus is built, then changed, and its second build killed (SIGKILL; on Windows TerminateProcess): after a random
part of the time that a build takes, half of the delays in the last tenth of a build, where its files are written; with
``--steps`` also before each single operation on files that it does while it writes, one after the other. Then the folder
is opened as every command opens it that reads a result. What it finds must be the old output or the new one, byte for
byte; and each file must have been the old or the new one before that, too.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from mapper.files import settle
from tests.tiny import ARTICLE, Workspace, workspace

ROOT = Path(__file__).resolve().parent.parent
FILES = ("alignment.json", "matrix.html")
NEW = ARTICLE + "\n6月7日，网商银行也在全部网点上线老年客户人工柜台服务，受到当地居民欢迎。\n"
_MARK = "__writing__"
_CHILD = f"""
import os, sys
from mapper import files
write, left = files.write_whole, int(sys.argv.pop(1))
def hook(event, _):
    global left
    left -= event.split(".")[0] in ("open", "os", "tempfile", "fcntl", "msvcrt")
    if left == -1:
        os._exit(9)
def watched(data):
    print({_MARK!r}, file=sys.stderr, flush=True)
    if left >= 0:
        sys.addaudithook(hook)
    return write(data)
files.write_whole = watched
from mapper.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""A build that says when it begins to write, and ends before the given operation on files from then on (-1: never)."""


def started(made: Workspace, step: int = -1) -> subprocess.Popen[bytes]:
    """A build of the workspace as a process."""
    command = [sys.executable, "-c", _CHILD, str(step), "build", *made.arguments, "--out", str(made.out)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def written(made: Workspace) -> dict[str, bytes]:
    """The files of the output."""
    return {name: (made.out / name).read_bytes() for name in FILES}


def build(made: Workspace) -> tuple[float, float]:
    """A whole build; returns the seconds that it took, and those of them before it began to write."""
    begun = time.perf_counter()
    with started(made) as process:
        assert process.stderr is not None
        process.stderr.readline()
        writing = time.perf_counter() - begun
        process.stderr.read()
        assert process.wait() == 0
    return time.perf_counter() - begun, writing


def trial(made: Workspace, old: dict[str, bytes], new: dict[str, bytes], delay: float, *, late: bool) -> str:
    """Kill a build that would turn old into new, ``delay`` seconds after its start, or after it began to write."""
    _set(made, old)
    with started(made) as process:
        assert process.stderr is not None
        if late:
            process.stderr.readline()
        time.sleep(delay)
        process.kill()
    return judged(made, old, new)


def step(made: Workspace, old: dict[str, bytes], new: dict[str, bytes], number: int) -> str | None:
    """Kill such a build before one of its operations on files; None where it has not as many."""
    _set(made, old)
    with started(made, number) as process:
        process.communicate()
    return judged(made, old, new) if process.returncode == 9 else None


def judged(made: Workspace, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """What the next command leaves: ``old``, ``new`` or ``mixed`` (each file whole, from different builds).

    Or ``torn``, ``left`` where files of no use to anybody remain visible in the output, ``named`` where that command had
    anything to say of it.
    """
    if any(content not in (old[name], new[name]) for name, content in written(made).items()):
        return "torn"
    if settle(made.out):
        return "named"
    found = written(made)
    if {path.name for path in made.out.iterdir() if not path.name.startswith(".")} != set(FILES):
        return "left"
    return "old" if found == old else "new" if found == new else "mixed"


def _set(made: Workspace, content: dict[str, bytes]) -> None:
    for path in made.out.glob(".*"):
        path.unlink()
    for name, data in content.items():
        (made.out / name).write_bytes(data)


def trials(number: int, seed: int, steps: range = range(0)) -> Counter[str]:
    """So many trials, half of them while the files are written (the same seed gives the same delays); and those steps."""
    pick = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        made = workspace(Path(place))
        build(made)
        old = written(made)
        made.write("corpus/a.txt", NEW)
        whole, writing = build(made)
        new = written(made)
        assert all(old[name] != new[name] for name in FILES)
        outcomes: Counter[str] = Counter()
        for i in range(number):
            late = i % 2 == 1
            delay = pick.random() * (max(0.02, whole - writing) if late else whole)
            outcomes[trial(made, old, new, delay, late=late)] += 1
        for one in steps:
            outcome = step(made, old, new, one)
            if outcome is None:
                break
            outcomes[outcome] += 1
        return outcomes


def main() -> int:
    """Run, print, and return 1 where an output was torn or mixed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", action="store_true")
    asked = parser.parse_args()
    outcomes = trials(asked.number, asked.seed, range(1000 if asked.steps else 0))
    told = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
    print(f"seed {asked.seed}: killed {outcomes.total()} times: {told}")
    return 1 if set(outcomes) - {"old", "new"} else 0


if __name__ == "__main__":
    sys.exit(main())
