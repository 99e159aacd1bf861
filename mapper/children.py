"""Child processes that run a function of this program: started alike, talked to through two pipes, ended for good."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from contextlib import suppress
from typing import BinaryIO

Child = subprocess.Popen[bytes]
CODE = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {} import serve; serve()"


def start(module: str) -> Child:
    """A child that finds what this process finds, and runs ``serve`` of a module. Raises OSError where none can be started."""
    command = [sys.executable, "-c", CODE.format(module), json.dumps(sys.path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def end(child: Child) -> None:
    """Kill a child, close its pipes and wait until it is gone."""
    child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    child.wait()


def tell(answers: BinaryIO, answer: object) -> None:
    """In a child: write an answer to its parent."""
    pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()
