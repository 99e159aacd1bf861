"""A small encoder as reader of meaning: an opinion on what the learned reader proposes, and few proposals of its own.

It is there where the package ``mapper_encoder`` and onnxruntime are installed; without them nothing changes. Its file
spreads whole-number weights to floats and its sums are float, so what it says of a sentence does not depend on the
others of a batch beyond the last digits, which are rounded away.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mapper.matchers.grams import NAME, masked
from mapper.matchers.interface import Claim, MatcherOutput, Stretch
from mapper.matchers.model import GRADES
from mapper.matchers.pieces import Pieces
from mapper.model import InputFile
from mapper.problems import Problem

SOURCE = "encoder"
PACKAGE = "mapper_encoder"
FORMAT = "mapper/encoder/1"
SETTINGS, MODEL, BACKGROUND = "encoder.json", "encoder.onnx", "background.bin"
HOPEFUL = -3.0
"""Log odds from which it proposes a requirement itself."""
LEAST = -8.0
SOMEBODY = "某公司"
"""Stands for the name of a firm in what the encoder reads."""
BATCH = 16
DIGITS = 2
MOST = 50_000
"""Stretches whose vectors and scores are kept."""


@dataclass(frozen=True)
class EncoderScores:
    """What the encoder makes of a stretch: log odds of the requirements and of :data:`GRADES`, best and odds together."""

    scores: Mapping[str, float]
    grades: tuple[float, ...]
    best: float


class Encoder:
    """The file of a taught encoder, ready to read. Not thread-safe; one to a process."""

    def __init__(self, folder: Path, settings: Mapping[str, Any], session: Any) -> None:
        self.folder = folder
        self.settings = settings
        self._session = session
        self._pieces = Pieces(tuple(settings["pieces"]), tuple(settings["piece_scores"]), settings["unknown"])

    @property
    def requirements(self) -> tuple[str, ...]:
        """Ids of the requirements it was taught."""
        return tuple(self.settings["requirements"])

    @property
    def weighing(self) -> Mapping[str, Any]:
        """Weights of score and grade, and the line, where the encoder reads too."""
        found: Mapping[str, Any] = self.settings["weighing"]
        return found

    def weighed(self, weighing: Mapping[str, Any]) -> Encoder:
        """The same encoder with other weights of score and grade."""
        return Encoder(self.folder, {**self.settings, "weighing": weighing}, self._session)

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        """Its files, with their digests; that of the settings is :func:`sealed`'s."""
        digests = self.settings["digests"]
        return tuple(InputFile(role="encoder", path=name, sha256=digests[name]) for name in (SETTINGS, MODEL))

    def numbers(self, text: str) -> list[int]:
        """The pieces of a text as the encoder takes them: at most as many as it was taught with."""
        first, last = self.settings["first"], self.settings["last"]
        return [first, *self._pieces.cut(self.settings["prefix"] + text)[: self.settings["longest"] - 2], last]

    def encode(self, texts: Sequence[str]) -> tuple[Any, Any]:
        """Scores (texts × outputs, log odds, two digits) and unit vectors (texts × width), in the order of the texts."""
        import numpy as np

        rows = [self.numbers(text) for text in texts]
        order = sorted(range(len(rows)), key=lambda n: (len(rows[n]), rows[n]))
        scores = np.zeros((len(rows), len(self.requirements) + len(GRADES)), np.float32)
        vectors = np.zeros((len(rows), self.settings["width"]), np.float32)
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            longest = max(len(rows[n]) for n in chosen)
            ids = np.full((len(chosen), longest), self.settings["empty"], np.int64)
            seen = np.zeros_like(ids)
            for place, n in enumerate(chosen):
                ids[place, : len(rows[n])] = rows[n]
                seen[place, : len(rows[n])] = 1
            scores[chosen], vectors[chosen] = self._session.run(["scores", "vector"], {"ids": ids, "seen": seen})
        return np.round(scores, DIGITS), vectors


def find(folder: Path | None = None) -> Encoder | Problem | None:
    """The encoder that is installed (or lies in a ``folder``); None where there is none; a problem where it is unusable."""
    if folder is None:
        spec = importlib.util.find_spec(PACKAGE)
        if spec is None or spec.origin is None:
            return None
        folder = Path(spec.origin).parent
    return load(folder)


def sealed(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with a digest of their own among those of the files, over all else that they say."""
    others = {name: digest for name, digest in settings["digests"].items() if name != SETTINGS}
    said = json.dumps({**settings, "digests": others}, ensure_ascii=False, sort_keys=True)
    return {**settings, "digests": {**others, SETTINGS: hashlib.sha256(said.encode()).hexdigest()}}


def load(folder: Path) -> Encoder | Problem:
    """Read an encoder's folder, or say which of its files cannot be used, and why."""
    try:
        import onnxruntime  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        return Problem("encoder-extra", folder.name, severity="warning")
    reading = SETTINGS
    try:
        settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        if settings.get("format") != FORMAT:
            return Problem("encoder-format", SETTINGS, severity="warning", params={"format": FORMAT})
        digests = {SETTINGS: sealed(settings)["digests"][SETTINGS]}
        for reading in (MODEL, BACKGROUND):
            digests[reading] = hashlib.sha256((folder / reading).read_bytes()).hexdigest()
        for name, digest in digests.items():
            if settings["digests"].get(name) != digest:
                return Problem("encoder-damaged", name, severity="warning", params={"why": "sha256"})
        reading = MODEL
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        session = onnxruntime.InferenceSession(
            (folder / MODEL).read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        return Encoder(folder, settings, session)
    except Exception as error:  # the runtime raises kinds of its own for a file it cannot read
        return Problem("encoder-damaged", reading, severity="warning", params={"why": type(error).__name__})


class EncoderMatcher:
    """Reads by an encoder; a requirement that its heads do not know is read by ``nearby`` (see nearby.py)."""

    def __init__(self, encoder: Encoder, requirements: Sequence[str], nearby: Any = None) -> None:
        wanted = set(requirements)
        self.encoder = encoder
        self.inputs: Iterable[InputFile] = encoder.inputs
        self._numbers = [(n, one) for n, one in enumerate(encoder.requirements) if one in wanted]
        self._nearby = nearby
        self._kept: dict[str, EncoderScores] = {}

    @cached_property
    def requirements(self) -> frozenset[str]:
        """The requirements that it has an opinion on."""
        return frozenset({one for _, one in self._numbers} | set(self._nearby.requirements if self._nearby else ()))

    def prepare(self, stretches: Iterable[Stretch]) -> None:
        """Encode stretches that will be asked about, together: sentences of like length share a batch."""
        texts = sorted({spoken(one) for one in stretches} - self._kept.keys())
        if not texts:
            return
        if len(self._kept) + len(texts) > MOST:
            self._kept.clear()
        scores, vectors = self.encoder.encode(texts)
        for text, row, vector in zip(texts, scores.tolist(), vectors, strict=True):
            found = {one: row[n] for n, one in self._numbers}
            if self._nearby is not None:
                found |= self._nearby.scores(vector)
            self._kept[text] = EncoderScores(found, tuple(row[-len(GRADES) :]), max(found.values(), default=LEAST))

    def read(self, stretch: Stretch, wanted: Collection[str] | None = None) -> MatcherOutput:
        """What it would propose itself, and how the sentence goes, whatever it is about."""
        read = self._read(stretch)
        facts = {f"encoder-{name}": value for name, value in zip(GRADES, read.grades, strict=True)}
        facts["encoder-best"] = read.best
        claims = (
            Claim(one, SOURCE, (), self._features(one, read))
            for one, value in read.scores.items()
            if value > HOPEFUL and (wanted is None or one in wanted)
        )
        return MatcherOutput(tuple(claims), facts)

    def opinion(self, stretch: Stretch, requirement: str) -> Mapping[str, float]:
        """What it thinks of a requirement that somebody else claims."""
        read = self._read(stretch)
        return self._features(requirement, read) if requirement in read.scores else {}

    def _features(self, requirement: str, read: EncoderScores) -> Mapping[str, float]:
        value = read.scores[requirement]
        return {
            "encoder": max(value, LEAST),
            "encoder-above-2": max(0.0, value + 2),
            "encoder-above-0": max(0.0, value),
            "encoder-behind": max(value - read.best, LEAST),
        }

    def _read(self, stretch: Stretch) -> EncoderScores:
        text = spoken(stretch)
        if text not in self._kept:
            self.prepare([stretch])
        return self._kept[text]


def spoken(stretch: Stretch) -> str:
    """The words of a stretch as the encoder reads them: every firm is somebody."""
    inside = [
        (max(0, start - stretch.start), min(stretch.end, end) - stretch.start)
        for start, end in stretch.names
        if start < stretch.end and end > stretch.start
    ]
    return masked(stretch.text[stretch.start : stretch.end], inside).replace(NAME, SOMEBODY)
