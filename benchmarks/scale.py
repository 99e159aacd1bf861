"""What a passage costs, beside what a user would take instead, and how it grows: ``python -m benchmarks.scale``.

Seconds are of one processor (``time.process_time``), all of one run, so that ratios hold on a busy machine too. The
passages are those of :func:`benchmarks.large.generate`, always the same. Reading, attribution and matching of ours are
all counted, explanations included; the others compare the texts of the requirements with passages that ours has read:

- Aho–Corasick: a bare scan for the words of the lexicon, the floor;
- TF-IDF: scikit-learn, characters 1 and 2, counted and compared;
- BM25: bm25s over pairs of characters (``pip install bm25s``);
- rapidfuzz: ``cdist`` with ``partial_ratio``, on :data:`SAMPLE` passages at most and reckoned up.

The catalog is grown by requirements whose weights are those of real ones, moved to other runs of characters; the
registry by invented banks.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import log
from pathlib import Path
from statistics import median

from ahocorasick_rs import AhoCorasick

from benchmarks.large import ROOT, generate
from mapper import run
from mapper.align.match import match_document
from mapper.align.weighing import Weighing
from mapper.catalog.load import Catalog
from mapper.corpus.document import read_file
from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.firms.registry import Registry
from mapper.matchers.grams import BEFORE
from mapper.matchers.model import GRADES, Model, pack, unpack
from mapper.matchers.shelf import Shelf, shelf
from mapper.memory import seldom_searched
from mapper.model import DocumentText, Firm
from mapper.shipped import folder

PARTS = ("passages", "requirements", "firms", "start")
SENTENCES = 30
"""Sentences of a document, about."""
SAMPLE = 5_000
REQUIREMENTS = (133, 500, 2_000)
FIRMS = (17, 400, 4_000)
APART = 977
"""Places by which the weights of an added requirement are moved."""
RUNS = 5


def timed(work: Callable[[], object]) -> float:
    """Seconds of this processor that some work takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def documents(place: Path, passages: int) -> Iterator[DocumentText]:
    """Documents with as many passages or a few more, read from files one by one."""
    generate(place, passages // SENTENCES + 1, SENTENCES)
    for path in sorted(place.rglob("*.txt")):
        yield from read_file(path.name, path.read_bytes()).documents


def ours(place: Path, inputs: run.Inputs, reader: Shelf) -> tuple[list[str], float, float]:
    """The passages of the files in a folder; seconds for reading them, and for attributing and matching them."""
    line = Weighing.of(reader.model.weighing).line
    texts: list[str] = []
    reading = matching = 0.0
    for path in sorted(place.rglob("*.txt")):
        begun = time.process_time()
        found = read_file(path.name, path.read_bytes()).documents
        read = time.process_time()
        for one in found:
            match_document(one, inputs.catalog, inputs.registry, reader, line)
        matching += time.process_time() - read
        reading += read - begun
        texts += [passage.text for one in found for passage in one.passages]
    return texts, reading, matching


def scan(words: Sequence[str], texts: Sequence[str]) -> None:
    """Find every word in every text."""
    automaton = AhoCorasick(list(words))
    for text in texts:
        automaton.find_matches_as_indexes(text, overlapping=True)


def tfidf(asked: Sequence[str], texts: Sequence[str]) -> None:
    """The likeness of every text to everything asked."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    made = TfidfVectorizer(analyzer="char", ngram_range=(1, 2))
    (made.fit_transform(texts) @ made.transform(asked).T).max(axis=1)


def bm25(asked: Sequence[str], texts: Sequence[str]) -> None:
    """The same by BM25 over pairs of characters."""
    import bm25s

    def pairs(text: str) -> list[str]:
        return [text[at : at + 2] for at in range(len(text) - 1)] or [text]

    index = bm25s.BM25()
    index.index([pairs(text) for text in texts], show_progress=False)
    for text in asked:
        if known := [pair for pair in pairs(text) if pair in index.vocab_dict]:
            index.get_scores(known)


def cdist(asked: Sequence[str], texts: Sequence[str]) -> None:
    """The same by the best place of each inside the other."""
    from rapidfuzz import fuzz
    from rapidfuzz.process import cdist as compared

    compared(asked, texts, scorer=fuzz.partial_ratio, workers=1)


def passages(sizes: Sequence[int], inputs: run.Inputs, reader: Shelf) -> None:
    """Ours beside the others at growing numbers of passages."""
    asked = [one.text for one in inputs.catalog.requirements]
    words = sorted({word for entries in inputs.catalog.lexicon.concepts.values() for word in entries if word.isalnum()})
    print(f"{'passages':>9}{'read':>9}{'match':>9}{'ms each':>9}{'per s':>8}   ours ÷  floor  TF-IDF    BM25   cdist   exponent")
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as warm:
        generate(Path(warm), 60, SENTENCES, seed=2)
        texts, _, _ = ours(Path(warm), inputs, reader)
    for other in (tfidf, bm25, cdist):
        _if_there(lambda other=other: other(asked, texts[:50]))
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            generate(Path(place), size // SENTENCES + 1, SENTENCES)
            texts, reading, matching = ours(Path(place), inputs, reader)
        taken, count = reading + matching, len(texts)
        sample = texts[:SAMPLE]
        others = [
            timed(lambda texts=texts: scan(words, texts)),
            timed(lambda texts=texts: tfidf(asked, texts)),
            _if_there(lambda texts=texts: bm25(asked, texts)),
            timed(lambda sample=sample: cdist(asked, sample)) * count / len(sample),
        ]
        ratios = "".join(f"{taken / other:>8.2f}" if other else f"{'–':>8}" for other in others)
        grown = f"{log(taken / before[1]) / log(count / before[0]):>11.3f}" if before else f"{'':>11}"
        print(
            f"{count:>9}{reading:>9.2f}{matching:>9.2f}{1000 * matching / count:>9.3f}{count / taken:>8.0f}"
            f"         {ratios}{grown}", flush=True,
        )
        before = count, taken


def _if_there(work: Callable[[], object]) -> float:
    try:
        return timed(work)
    except ImportError:
        return 0.0


def grown_catalog(catalog: Catalog, model: Model, number: int) -> tuple[Catalog, Model]:
    """The catalog and its model with requirements added (or left out at the end) until there are as many."""
    known = len(model.requirements)
    rounds = -(-number // known)
    policies = list(catalog.policies)
    ids = list(model.requirements)
    for turn in range(1, rounds):
        for policy in catalog.policies:
            copies = tuple(
                one.model_copy(update={"id": f"{one.id}~{turn}", "policy": f"{policy.id}~{turn}", "signals": (), "breaches": ()})
                for one in policy.requirements
            )
            policies.append(policy.model_copy(update={"id": f"{policy.id}~{turn}", "requirements": copies}))
        ids += [f"{one}~{turn}" for one in model.requirements]
    ids = ids[:number]
    kept = frozenset(ids)
    cut = tuple(
        policy.model_copy(update={"requirements": tuple(one for one in policy.requirements if one.id in kept)})
        for policy in policies
    )
    found = {gram: dict(unpack(line, len(model.outputs))) for gram, line in model.packed.items()}
    packed: dict[str, str] = {}
    for before in (False, True):
        grams = sorted(gram for gram in found if gram.startswith(BEFORE) is before)
        for at, gram in enumerate(grams):
            weights = {number + n - known: steps for n, steps in found[gram].items() if n >= known}
            for turn in range(rounds):
                moved = found[grams[(at + APART * turn) % len(grams)]]
                weights |= {known * turn + n: steps for n, steps in moved.items() if n < known and known * turn + n < number}
            packed[gram] = pack(weights)
    graded = slice(known, None)
    bias = (model.bias[:known] * rounds)[:number] + model.bias[graded]
    steps = (model.steps[:known] * rounds)[:number] + model.steps[graded]
    return replace(catalog, policies=cut), replace(model, outputs=(*ids, *GRADES), bias=bias, steps=steps, packed=packed)


def requirements(read: Sequence[DocumentText], inputs: run.Inputs, reader: Shelf) -> None:
    """Seconds for the same passages with more and more requirements."""
    print(f"{'requirements':>12}{'ms each':>9}{'÷ first':>9}")
    first = 0.0
    for number in REQUIREMENTS:
        catalog, model = grown_catalog(inputs.catalog, reader.model, number)
        grown = shelf(catalog, model)
        line = Weighing.of(model.weighing).line
        half = len(read) // 2
        for one in read[:half]:
            match_document(one, catalog, inputs.registry, grown, line)
        begun = time.process_time()
        for one in read[half:]:
            match_document(one, catalog, inputs.registry, grown, line)
        taken = time.process_time() - begun
        first = first or taken
        each = 1000 * taken / sum(len(one.passages) for one in read[half:])
        print(f"{len(catalog.requirements):>12}{each:>9.3f}{taken / first:>9.2f}", flush=True)


def firms(read: Sequence[DocumentText], inputs: run.Inputs) -> None:
    """Seconds of attribution for the same passages with more and more firms."""
    count = sum(len(one.passages) for one in read)
    print(f"{'firms':>12}{'ms each':>9}{'÷ first':>9}")
    first = 0.0
    for number in FIRMS:
        real = list(inputs.registry.firms.values())[:number]
        more = [
            Firm(id=name, name=name, kind="bank")
            for at in range(number - len(real))
            for name in [f"{chr(0x5000 + at // 90)}{chr(0x6000 + at % 90)}{chr(0x7000 + at % 7)}村镇银行"]
        ]
        registry = Registry({one.id: one for one in (*real, *more)})

        def work(registry: Registry = registry) -> None:
            for one in read:
                attribute(one, local_registry(one, registry))

        timed(lambda registry=registry: registry.matches("银行"))
        taken = timed(work)
        first = first or taken
        print(f"{number:>12}{1000 * taken / count:>9.3f}{taken / first:>9.2f}", flush=True)


def start() -> None:
    """Seconds of the processor that ``mapper --help`` takes as a whole process, and Python that does nothing."""
    for name, arguments in (("python, nothing else", ["-c", "pass"]), ("mapper --help", ["-m", "mapper", "--help"])):
        taken = []
        for _ in range(RUNS):
            before = os.times()
            subprocess.run(
                [sys.executable, *arguments], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=True
            )
            after = os.times()
            taken.append(sum(after[2:4]) - sum(before[2:4]))
        print(f"{name:<24}{median(taken):>7.2f} s")


def machine() -> str:
    """What the figures were taken on: processors and their kind."""
    kinds = {
        line.split(":", 1)[1].strip()
        for line in (Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ())
        if line.startswith("model name")
    }
    return f"{os.cpu_count()} × {', '.join(sorted(kinds)) or 'unknown'}, Python {sys.version.split()[0]}"


@seldom_searched()
def main() -> int:
    """Print what is asked for."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # numpy asks when it is imported, which is later
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", default="1000,10000,100000", help="numbers of passages; 1000000 takes its time")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    asked = parser.parse_args()
    parts = asked.parts.split(",")
    print(machine())
    inputs = run.read_inputs(folder("policies"), folder("seeds"))
    reader = inputs.shelf if inputs.shelf is not None else shelf(inputs.catalog)
    if "passages" in parts:
        passages([int(size) for size in asked.passages.split(",")], inputs, reader)
    if {"requirements", "firms"} & set(parts):
        with tempfile.TemporaryDirectory() as place:
            read = list(documents(Path(place), 1_000))
        if "requirements" in parts:
            requirements(read, inputs, reader)
        if "firms" in parts:
            firms(read, inputs)
    if "start" in parts:
        start()
    return 0


if __name__ == "__main__":
    sys.exit(main())
