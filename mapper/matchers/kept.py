"""What was taught here and now, kept in a folder: the same sentences are not learned from twice.

A file for each requirement, found by a digest of the program and of every sentence that took part; it carries a digest of
itself. What is damaged, of another machine's order of bytes or cannot be written is taught anew, and costs nothing but time.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mapper.files import write_whole
from mapper.matchers.few import Small

_ENDING = ".taught"
_MARK = 32
"""Bytes of the digest at the head of a file."""
Taught = tuple[Small, tuple[str, ...]]
"""A small model, and sentences that the others would not have told: see :func:`mapper.matchers.few.taught`."""


@dataclass(frozen=True)
class Kept:
    """A folder of what was taught. ``program``: whatever else decides what teaching comes to; ``writes``: whether to add to it."""

    folder: Path
    program: str
    writes: bool = True

    def key(self, model: str, *sides: Sequence[str] | int) -> str:
        """By what a small model is found: the digest of the large ``model``, and all that it would be taught by."""
        said = json.dumps([self.program, sys.byteorder, model, *sides], ensure_ascii=False)
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    def find(self, key: str) -> Taught | None:
        """What was kept under a key, as it was; None where there is nothing that can be believed."""
        try:
            held = (self.folder / f"{key}{_ENDING}").read_bytes()
            if sha256(held[_MARK:]).digest() != held[:_MARK]:
                return None
            head, _, numbers = zlib.decompress(held[_MARK:]).partition(b"\n")
        except (OSError, zlib.error):
            return None
        runs, kin, odd = json.loads(head)
        values = array("d")
        values.frombytes(numbers)
        weights = values[1:]
        small = Small(
            dict(zip(runs, weights[: len(runs)], strict=True)), dict(zip(kin, weights[len(runs) :], strict=True)), values[0]
        )
        return small, tuple(odd)

    def keep(self, key: str, taught: Taught) -> None:
        """Keep what teaching came to, if the folder lets us."""
        if not self.writes:
            return
        small, odd = taught
        numbers = array("d", [small.bias, *small.runs.values(), *small.kin.values()]).tobytes()
        body = zlib.compress(json.dumps([list(small.runs), list(small.kin), odd]).encode() + b"\n" + numbers, 1)
        with suppress(OSError):
            write_whole({self.folder / f"{key}{_ENDING}": sha256(body).digest() + body})

    def only(self, keys: Collection[str]) -> None:
        """Take out what these keys do not name: older sentences and other programs, which nobody will ask for."""
        if not self.writes or not self.folder.is_dir():
            return
        with suppress(OSError):
            for path in sorted(self.folder.glob(f"*{_ENDING}")):
                if path.name.removesuffix(_ENDING) not in keys:
                    path.unlink(missing_ok=True)
