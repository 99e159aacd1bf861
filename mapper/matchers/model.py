"""What a learned reader knows, as a file: a line of JSON that says what it is, then one line for each run of characters.

The runs stand in order, each as a digit (how many characters it begins with as the run before it does) and its others, a tab,
and its weights packed: for each output that it bears on two printable characters, the distance from the
output before («~» for «so far and go on») and the weight in steps of the output's own size; where it bears on the units, a tab
and one character for the weight of each. The first line holds the digest of all others, so that a damaged file is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain, compress, count, takewhile
from operator import add, eq, mul
from pathlib import Path
from typing import Any

from mapper.matchers import vectors as tables
from mapper.matchers.grams import BEFORE, CONTEXT, Runs
from mapper.matchers.lanes import Lanes
from mapper.matchers.vectors import Heads, Vectors
from mapper.model import Grade
from mapper.problems import Problem
from mapper.shipped import folder

NAME = "learned.model"
FORMAT = "mapper/learned/6"
STEPS = 46
"""The largest weight of an output is so many steps."""
_FIRST = 33
"""The first printable character."""
_FAR = 93
"""The distance that is the last printable character: as far as that, and go on."""
_DISTANCES = bytes((byte - _FIRST) & 255 for byte in range(256))
_WEIGHTS = bytes((byte - _FIRST - STEPS) & 255 for byte in range(256))
TOGETHER = "together"
"""The part of a weighing that says, by requirement, which others a sentence evidences as well, with shares in hundredths."""
BIAS = "bias"
"""The name of what a weighing adds whatever it looks at."""
GRADED: tuple[Grade, ...] = ("commitment", "action", "outcome", "adverse")
"""The grades that evidence has, as a model names its outputs."""
FOR = GRADED[:-1]
"""Those that speak for a firm, the weaker first."""
GRADES = (*GRADED, "none")
"""Outputs that say how a sentence goes, whatever it is about; ``none``: it is evidence for nothing."""
_ADVERSE = GRADES.index("adverse")


@dataclass(frozen=True)
class Model:
    """A reader. ``outputs``: requirement ids, then :data:`GRADES`, then units; a score is ``bias + Σ value · weight``.

    Which way a sentence goes no word tells by itself («不再» makes good news of bad, and bad of good). So to the score of
    ``adverse`` the units add what they are above 0, each times its weight in ``turns``.

    Words that no sentence taught it may still mean what some that it knows mean: ``vectors`` say what a sentence means, and
    ``heads`` what that is worth to each requirement and grade; neither is there where nobody taught them.

    ``packed``: run of characters → its weights as the file holds them; ``steps``: the size of one step of each
    output's weights; ``weighing``: weights of the score and of the grade (see align/weighing.py);
    ``taught``: digests of what taught each requirement; ``sources``: of the files.
    """

    outputs: tuple[str, ...]
    bias: tuple[float, ...]
    steps: tuple[float, ...]
    packed: Mapping[str, str]
    weighing: Mapping[str, Any] = field(default_factory=dict)
    taught: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    turns: tuple[float, ...] = ()
    heads: Heads | None = None
    vectors: Vectors | None = None

    @cached_property
    def requirements(self) -> tuple[str, ...]:
        """The ids of the requirements it was taught."""
        return self.outputs[: self._units - len(GRADES)]

    @cached_property
    def _units(self) -> int:
        """The place of the first unit among the outputs."""
        return len(self.outputs) - len(self.turns)

    @cached_property
    def own(self) -> Lanes:
        """The weights of the runs of a sentence itself, in steps."""
        return Lanes(self.packed, len(self.outputs), unpack)

    @cached_property
    def _before(self) -> Lanes:
        size = len(BEFORE)
        lines = {gram[size:]: line for gram, line in self.packed.items() if gram.startswith(BEFORE)}
        return Lanes(lines, len(self.outputs), unpack)

    def scores(self, own: Runs, before: Runs | None = None) -> list[float]:
        """The score (log odds) of every requirement and grade for a sentence and the one before it."""
        parts = self.own.sums(own)
        if before is not None:
            parts += [(CONTEXT * value, lanes) for value, lanes in self._before.sums(before)]
        totals = [0.0] * len(self.outputs)
        for value, lanes in parts:
            for output in compress(count(), lanes):  # a part of a few runs bears on few of the outputs
                totals[output] += lanes[output] * value
        found = list(map(add, self.bias, map(mul, self.steps, totals)))
        if self.turns:
            units = found[self._units :]
            del found[self._units :]
            found[_ADVERSE - len(GRADES)] += sum(max(0.0, unit) * turn for unit, turn in zip(units, self.turns, strict=True))
        return found

    def meaning(self, own: Runs) -> list[float]:
        """What a sentence means, in the numbers of :attr:`vectors`; empty where there are none."""
        return self.vectors.of(own) if self.vectors is not None else []

    def meant(self, meaning: Sequence[float]) -> list[float]:
        """Log odds of every requirement and grade by what a sentence means; empty where nobody taught that."""
        return self.heads.scores(meaning) if self.heads is not None else []


def pack(weights: Mapping[int, int], units: Sequence[int] = ()) -> str:
    """Weights in steps (−STEPS to STEPS) by number of output, and those of all units, as a line of the file holds them."""
    out = bytearray()
    last = 0
    for number, steps in sorted(weights.items()):
        far, gap = divmod(number - last, _FAR)
        out += bytes((_FIRST + _FAR,)) * far + bytes((_FIRST + gap, _FIRST + STEPS + steps))
        last = number
    if any(units):
        out += b"\t" + bytes(_FIRST + STEPS + steps for steps in units)
    return out.decode("ascii")


def unpack(line: str, outputs: int) -> Iterable[tuple[int, int]]:
    """The reverse of :func:`pack`: (number of the output, weight in steps), in order of the numbers.

    Raises ValueError for a damaged line.
    """
    data, _, last = line.encode("ascii").partition(b"\t")
    units = enumerate(memoryview(last.translate(_WEIGHTS)).cast("b"), start=outputs - len(last))
    gaps = data[::2].translate(_DISTANCES)
    if _FAR in gaps:
        return [*_far(data, outputs - len(last)), *units]
    numbers = list(accumulate(gaps))
    weights = data[1::2].translate(_WEIGHTS)
    if len(numbers) != len(weights) or (numbers and numbers[-1] >= outputs - len(last)):
        raise ValueError("damaged weights")
    return chain(zip(numbers, memoryview(weights).cast("b"), strict=True), units)


def _far(data: bytes, outputs: int) -> Iterator[tuple[int, int]]:
    """The same where some distance is longer than a character tells."""
    number = place = 0
    while place < len(data):
        gap = data[place] - _FIRST
        number += gap
        place += 1
        if place == len(data) or not 0 <= number < outputs:
            raise ValueError("damaged weights")
        if gap == _FAR:
            continue
        yield number, data[place] - _FIRST - STEPS
        place += 1


def dump(model: Model) -> bytes:
    """The model as bytes; the same model gives the same bytes."""
    grams = sorted(model.packed)
    lines = (f"{told}\t{model.packed[gram]}\n" for gram, told in zip(grams, _shortened(grams), strict=True))
    body = "".join(lines).encode("utf-8")
    head = {
        "format": FORMAT,
        "body": hashlib.sha256(body).hexdigest(),
        "outputs": model.outputs,
        "bias": [round(value, 4) for value in model.bias],
        "steps": [float(f"{value:.6g}") for value in model.steps],
        "turns": [float(f"{value:.6g}") for value in model.turns],
        "heads": _told(model.heads) if model.heads is not None else None,
        "weighing": _by_number(model.weighing, model.outputs),
        "taught": dict(sorted(model.taught.items())),
        "sources": dict(sorted(model.sources.items())),
    }
    return (json.dumps(head, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8") + body


def _shortened(grams: Iterable[str]) -> Iterator[str]:
    """Runs in order, each without what it shares with the one before, of which the length is said (front coding)."""
    last = ""
    for gram in grams:
        shared = sum(1 for _ in takewhile(bool, map(eq, last, gram)))
        yield f"{shared}{gram[shared:]}"
        last = gram


def _restored(body: str) -> Iterator[tuple[str, str]]:
    """The runs and their packed weights. Raises ValueError for a damaged line."""
    gram = ""
    for line in body.split("\n")[:-1]:
        told, packed = line.split("\t", 1)
        gram = gram[: int(told[:1])] + told[1:]
        yield gram, packed


def _by_number(weighing: Mapping[str, Any], outputs: Sequence[str]) -> dict[str, Any]:
    """A weighing whose table of what goes together says numbers of outputs for their names, and hundredths for shares."""
    number = {one: at for at, one in enumerate(outputs)}
    found = {
        one: [part for other, share in sorted(beside.items()) for part in (number[other], round(100 * share))]
        for one, beside in weighing.get(TOGETHER, {}).items()
    }
    return {**weighing, TOGETHER: found} if found else dict(weighing)


def _by_name(weighing: Mapping[str, Any], outputs: Sequence[str]) -> dict[str, Any]:
    """The reverse of :func:`_by_number`."""
    found = {
        one: {outputs[at]: share / 100 for at, share in zip(told[::2], told[1::2], strict=True)}
        for one, told in weighing.get(TOGETHER, {}).items()
    }
    return {**weighing, TOGETHER: found} if found else dict(weighing)


def _told(heads: Heads) -> dict[str, Any]:
    return {
        "vectors": heads.vectors,
        "weights": heads.weights,
        "steps": [float(f"{step:.6g}") for step in heads.steps],
        "bias": [round(value, 4) for value in heads.bias],
    }


def _heads(told: Mapping[str, Any] | None, outputs: int) -> Heads | None:
    """The heads as a file tells them. Raises ValueError where their sizes are wrong."""
    if told is None:
        return None
    weights = tuple(tuple(map(int, row)) for row in told["weights"])
    if {len(weights), len(told["steps"]), len(told["bias"])} != {outputs} or len({len(row) for row in weights}) != 1:
        raise ValueError("damaged heads")
    return Heads(weights, tuple(told["steps"]), tuple(told["bias"]), told["vectors"])


def load(path: Path) -> Model | Problem:
    """Read a model, or say why it cannot be used. The weights of a run are looked at only when it is met."""
    try:
        raw = path.read_bytes()
        first, _, body = raw.partition(b"\n")
        head = json.loads(first)
        if head.get("format") != FORMAT:
            return Problem("model-format", str(path), 1, params={"format": FORMAT})
        sizes = {len(head[key]) for key in ("outputs", "bias", "steps")}
        grades = head["outputs"][: len(head["outputs"]) - len(head["turns"])][-len(GRADES) :]
        if len(sizes) != 1 or tuple(grades) != GRADES:
            return Problem("model-damaged", str(path), 1, params={"why": "outputs"})
        if hashlib.sha256(body).hexdigest() != head["body"]:
            return Problem("model-damaged", str(path), params={"why": "sha256"})
        heads = _heads(head["heads"], len(head["outputs"]) - len(head["turns"]))
        vectors = tables.load(folder("policies") / tables.NAME) if heads is not None else None
        if isinstance(vectors, Problem):
            return vectors
        if heads is not None and vectors is not None and heads.vectors != vectors.digest:
            return Problem("model-vectors", str(path), 1)
        packed = dict(_restored(body.decode("utf-8")))
        model = Model(
            tuple(head["outputs"]), tuple(head["bias"]), tuple(head["steps"]), packed,
            _by_name(head["weighing"], head["outputs"]), head["taught"], head["sources"], hashlib.sha256(raw).hexdigest(),
            tuple(head["turns"]), heads, vectors,
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        return Problem("model-damaged", str(path), params={"why": type(error).__name__})
    return model
