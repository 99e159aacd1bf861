"""How long ``mapper build`` takes as a whole process, beside what any Python program pays: ``python benchmarks/speed.py``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
PROGRAMS = {
    "python, nothing else": ["-c", "pass"],
    "mapper --help": ["-m", "mapper", "--help"],
    "imports of a build": ["-c", "import mapper.run"],
    "mapper check": ["-m", "mapper", "check"],
    "mapper build": ["-m", "mapper", "build"],
    "mapper evaluate": ["-m", "mapper", "evaluate"],
}


def seconds(arguments: list[str]) -> float:
    """Median wall-clock seconds of a whole process, started in an empty folder."""
    taken = []
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as empty:
            begun = time.perf_counter()
            subprocess.run([sys.executable, *arguments], cwd=empty, env=environment, capture_output=True, check=False)
            taken.append(time.perf_counter() - begun)
    return median(taken)


def main() -> int:
    """Print seconds, and how often an import-free Python process and a build's imports fit into them."""
    found = {name: seconds(arguments) for name, arguments in PROGRAMS.items()}
    base, imports = found["python, nothing else"], found["imports of a build"]
    print(f"{'process':<24}{'seconds':>9}{'x python':>10}{'x imports':>11}")
    for name, taken in found.items():
        print(f"{name:<24}{taken:>9.2f}{taken / base:>10.1f}{taken / imports:>11.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
