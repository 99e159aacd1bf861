"""Asking a model over a bad line, and killed again and again: ``python -m benchmarks.ask [--requests N] [--kills N]``.

A server on this machine fails one request in twenty, in every way that servers do. The process that asks is killed
(SIGKILL; on Windows TerminateProcess) at random moments and started anew until everything is answered. Then every
request must be answered, nothing that was recorded may be lost or have been asked again, and no request may have come
more often than its retries and the kills allow.
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
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mapper.ask.budget import Budget
from mapper.ask.endpoint import EndpointOptions, ask
from mapper.ask.record import Recorder, read_answers
from mapper.ask.requests import AskedPassage, Request
from mapper.ask.second import open_requests
from tests.ask.models import PRACTICE
from tests.ask.server import serving

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = frozenset({"tp-1", "tp-2"})
FAULTS = (
    "status 500", "status 503 0", "status 429", "status 429 0", "silence", "reset", "html", "no-choices", "prose", "cut",
    "other", "echo", "missing", "twice", "huge", "slow 30",
)  # fmt: skip
RETRIES = 6
RATE = 0.05


@dataclass(frozen=True)
class Result:
    """What a trial came to. ``worst``: how often the request that came most often came."""

    answered: int
    recorded: int
    sent: int
    worst: int
    kills: int
    lost: int
    again: int
    seconds: float


def made(number: int) -> Request:
    """A request with one sentence, as small as can be."""
    key = sha256(str(number).encode()).hexdigest()
    text = f"第{number}家网点保留{PRACTICE}。"
    asked = AskedPassage(f"{key[:6]}.1", 0, text, ("某银行",))
    user = (
        f'{{"request":"{key[:12]}","like":{{}},"sentences":[\n'
        f'{{"id":"{asked.id}","firms":["某银行"],"candidates":["tp-1","tp-2"],"text":"{text}"}}\n]}}'
    )
    return Request(key[:24], key[:12], f"{number}.txt", "要求清单", user, (asked,))


def play(key: str, attempt: int) -> str | None:
    """One attempt in twenty fails, the same ones each time."""
    draw = random.Random(f"{key}/{attempt}")
    return draw.choice(FAULTS) if draw.random() < RATE else None


def go_on(folder: Path, url: str, number: int) -> int:
    """Ask for whatever is open: what the process does that is killed. Returns how many requests stay open."""
    terms = EndpointOptions(url, "m", parallel=8, retries=RETRIES, timeout=1.0, pause=0.005)
    left, tried = open_requests(map(made, range(number)), read_answers(folder).answers, ("m", 1), REQUIREMENTS)
    with Recorder(folder) as recorder:
        outcome = ask(left, terms, recorder, Budget(), REQUIREMENTS, tried=tried)
    return len(left) - outcome.answered


def trial(folder: Path, number: int, kills: int, seed: int = 1) -> Result:
    """Ask all requests with so many kills on the way."""
    draw = random.Random(seed)
    begun = time.perf_counter()
    lost = again = killed = 0
    answered: dict[str, int] = {}
    with serving(play) as server:
        while True:
            before = time.perf_counter()
            child = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.ask", "--child", str(folder), server.url, "--requests", str(number)],
                env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, cwd=ROOT,
            )
            done = sum(server.came.values())
            struck = False
            if killed < kills:
                share = max(1, (number - len(answered)) // (kills - killed + 1))
                aim = done + draw.randint(1, 2 * share)
                while child.poll() is None and sum(server.came.values()) < aim and time.perf_counter() - before < 600:
                    time.sleep(draw.uniform(0.0005, 0.005))
                struck = child.poll() is None
                if struck:
                    child.kill()
                    killed += 1
            code = child.wait()
            if code not in {0, 3} and not struck:
                raise RuntimeError(f"the child that asks ended with {code}")
            held = {one.request[:12]: one for one in read_answers(folder).answers if _useful(one.answer)}
            lost += sum(key not in held for key in answered)
            again += sum(server.came[key] != came for key, came in answered.items())
            answered = {key: server.came[key] for key in held}
            if code == 0 or (code == 3 and killed >= kills):
                break
        return Result(
            len(answered), len(read_answers(folder).answers), sum(server.came.values()),
            max(server.came.values(), default=0), killed, lost, again, time.perf_counter() - begun,
        )


def _useful(raw: str) -> bool:
    return raw.startswith('{"request"') and raw.endswith("]}") and raw.count('"verdicts"') == 1 and '"0000"' not in raw


def main(arguments: list[str]) -> int:
    """Run one trial and print what it came to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ask", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--child", nargs=2, metavar=("FOLDER", "URL"), help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.child:
        return 3 if go_on(Path(asked.child[0]), asked.child[1], asked.requests) else 0
    faults = Counter(play(made(number).key, 0) is not None for number in range(asked.requests))
    with tempfile.TemporaryDirectory() as folder:
        found = trial(Path(folder), asked.requests, asked.kills)
    print(f"{asked.requests} requests, {faults[True]} of them failing at first; {found.kills} kills; {found.seconds:.0f} s")
    print(f"answered {found.answered}, recorded {found.recorded}, sent {found.sent}, one at most {found.worst} times")
    print(f"lost {found.lost}, asked again though recorded {found.again}")
    return 0 if found.answered == asked.requests and not found.lost and not found.again else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
