"""``mapper build`` killed at random moments: ``python -m benchmarks.kill [--number N] [--seed S]``.

A tiny corpus is built, then changed, and its second build killed (SIGKILL; on Windows TerminateProcess) after a random
part of the time that a build takes. Afterwards each file of the output must be the old or the new one, byte for byte.
Half of the delays fall into the last tenth of a build, where its files are written.
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

from tests.tiny import ARTICLE, Workspace, workspace

ROOT = Path(__file__).resolve().parent.parent
FILES = ("alignment.json", "matrix.html")
NEW = ARTICLE + "\n6月7日，网商银行也在全部网点上线老年客户人工柜台服务，受到当地居民欢迎。\n"
_MARK = "__writing__"
_CHILD = (
    "import sys; from mapper import files; write = files.replace\n"
    f"files.replace = lambda data: (print({_MARK!r}, file=sys.stderr, flush=True), write(data))[1]\n"
    "from mapper.cli import main; sys.exit(main(sys.argv[1:]))"
)
"""A build that says when it begins to write."""


def started(made: Workspace) -> subprocess.Popen[bytes]:
    """A build of the workspace as a process."""
    command = [sys.executable, "-c", _CHILD, "build", *made.arguments, "--out", str(made.out)]
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
    """Kill a build that would turn old into new, ``delay`` seconds after its start, or after it began to write.

    Returns ``old``, ``new``, ``mixed`` (each file whole, from different builds), ``torn``, or ``left`` where files of
    no use to anybody remain visible in the output.
    """
    for name, content in old.items():
        (made.out / name).write_bytes(content)
    with started(made) as process:
        assert process.stderr is not None
        if late:
            process.stderr.readline()
        time.sleep(delay)
        process.kill()
    found = written(made)
    if {path.name for path in made.out.iterdir() if not path.name.startswith(".")} != set(FILES):
        return "left"
    if any(content not in (old[name], new[name]) for name, content in found.items()):
        return "torn"
    return "old" if found == old else "new" if found == new else "mixed"


def trials(number: int, seed: int) -> Counter[str]:
    """So many trials, half of them while the files are written; the same seed gives the same delays."""
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
            for path in made.out.glob(".*"):
                path.unlink()
        return outcomes


def main() -> int:
    """Run, print, and return 1 where an output was torn or mixed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    outcomes = trials(asked.number, asked.seed)
    told = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
    print(f"seed {asked.seed}: killed {outcomes.total()} times: {told}")
    return 1 if set(outcomes) - {"old", "new"} else 0


if __name__ == "__main__":
    sys.exit(main())
