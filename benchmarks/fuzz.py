"""Broken files, the whole way from the bytes to the written output: ``python -m benchmarks.fuzz [--number N] [--seed S]``.

Each of the formats gets its share of the inputs: real files of known text, with bytes changed, cut out, doubled, moved,
taken from one another, or cut off; every tenth is made of nothing but marks of the format. Printed: inputs, documents
read, documents left out by reason, the slowest, and every failure (an exception, a passage that points at nothing, a
damaged passage that is not marked, evidence from damage). The exit code is 1 where there is a failure.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from mapper import run
from mapper.corpus import Corpus, document_texts
from mapper.corpus.repair import LOST
from mapper.model import DocumentText
from mapper.problems import Problem
from mapper.report.formats import FORMATS as OUTPUTS
from mapper.report.json import AlignmentFormatError, load
from mapper.report.narrow import narrowed
from mapper.shipped import folder
from tests.corpus.test_same_evidence import FORMATS

LENGTH = 1500
"""Characters of an article that the files are made from."""
HANG = 120
"""Seconds after which an input counts as a hang, and the run ends with a traceback."""
EVIDENCE = 10
"""Every so manieth input is also aligned with the shipped policies, and written."""
WRITTEN = ("json", "html", "csv", "jsonl", "cells-csv", "firm-sheets", "annotations", "oscal")
"""The formats in which it is written; those that need no extra."""
ODD: tuple[object, ...] = (
    "", " ", "\x00", "\ud800", "\udfff甲", "甲\x1b[2J", "@why-list", "@why-", "{x}", "{0}", "%s", "<script>", "</script>", "]]>",
    "\u202e", "\u2028", "İ", "ﬀ", "\U0001f600", "2023-02-30", "0000-00-00", "20²²-01-01", "9999999999", "javascript:alert(1)",
    "微众银行", "云岭银行" * 300, "../" * 40, "a\n\rb", None, True, False, 0, -1, 1e308, 10**30, [], {}, ["甲"], {"a": "b"}, [[[]]],
)
"""Values that a field may hold and nobody foresees."""
SENTENCE = "微众银行在全部网点上线老年客户人工柜台服务，受到当地居民欢迎。"
FIELDS = ("text", "title", "publisher", "author", "date", "url", "firm", "id", "content", "a\ud800b")
MARKS: dict[str, tuple[bytes, ...]] = {
    "txt": (b"\n", b"\r", b"\x00", b"\xff\xfe", b"?ji\xc4\x81n)", b"(ji\xc4\x81n)", b"\xef\xbf\xbd"),
    "gb18030": (b"\x81", b"\xfe", b"\x30", b"\x81\x30\x81\x30", b"\n"),
    "utf-16": (b"\xff\xfe", b"\x00", b"\x00\xd8", b"\x00\xdc", b"\n\x00"),
    "md": (b"# ", b"**", b"](http://", b"|", b"---\n", b"```\n", b"<table>", b"> ", b"- "),
    "html": (b"<p>", b"</div>", b"<table><tr><td>", b"<!--", b"-->", b"<script>", b"&#x4f60;", b"&nbsp;", b'"', b"'", b"<", b">"),
    "jsonl": (b'{"text": "', b'"}\n', b"\\u", b"\\ud83d", b"\\", b'"title":', b"{", b"[" * 50, b"}"),
    "csv": (b'"', b'""', b",", b"\r\n", b"\t", b";", "正文".encode()),
    "docx": (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\x00\x00", b"<w:p>", b"word/document.xml"),
    "xlsx": (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"\x00\x00", b"<row>", b"xl/worksheets/sheet1.xml"),
    "pdf": (b"%PDF-", b"obj\n", b"endobj\n", b"stream\n", b"<<", b">>", b"/Length 9", b"/Kids [2 0 R]", b"xref\n", b"trailer"),
}


@cache
def originals(kind: str) -> tuple[bytes, ...]:
    """Real files of a kind, made from the shipped articles."""
    texts = [path.read_text(encoding="utf-8")[:LENGTH] for path in sorted(folder("seeds").glob("0*.txt"))]
    if kind in FORMATS:
        return tuple(FORMATS[kind](tuple(line for line in text.split("\n") if line.strip())) for text in texts)
    encoding = "utf-8" if kind == "txt" else kind
    return tuple(text.encode(encoding, "ignore") for text in texts)


def inputs(kind: str, number: int, seed: int) -> Iterator[bytes]:
    """Broken files of a kind; the same seed gives the same ones."""
    pick = random.Random(f"{seed} {kind}")
    for i in range(number):
        if i % 10 == 9:
            yield b"".join(pick.choice(MARKS[kind]) + pick.randbytes(pick.choice((0, 0, 3, 30))) for _ in range(99))
        else:
            yield mutant(pick, kind)


def mutant(pick: random.Random, kind: str) -> bytes:
    """A real file with a few places broken."""
    files = originals(kind)
    raw = bytearray(pick.choice(files))
    for _ in range(pick.choice((1, 2, 5, 30))):
        i = pick.randrange(len(raw) + 1)
        j = min(len(raw), i + pick.choice((1, 4, 200, 3000)))
        match pick.randrange(7):
            case 0:
                raw[i : i + 1] = pick.randbytes(1)
            case 1:
                del raw[i:j]
            case 2:
                raw[i:i] = raw[i:j]
            case 3:
                other = pick.choice(files)
                start = pick.randrange(len(other))
                raw[i:j] = other[start : start + (j - i)]
            case 4:
                raw[i:i] = pick.choice(MARKS[kind]) * pick.choice((1, 3, 500))
            case 5:
                piece = bytes(raw[i:j])
                del raw[i:j]
                at = pick.randrange(len(raw) + 1)
                raw[at:at] = piece
            case _ if pick.randrange(5) == 0:
                del raw[i:]
    return bytes(raw)


@cache
def inputs_of_a_run() -> run.Inputs:
    """The shipped policies and registry."""
    return run.read_inputs(folder("policies"), folder("seeds"))


def judge(raw: bytes, aligned: bool = False) -> tuple[str, str | None]:
    """What became of an input (``read`` or the code of a problem), and what is wrong with that, if anything."""
    try:
        found = document_texts("a", raw)
        if isinstance(found, Problem):
            return found.code, None if found.severity == "left-out" and str(found) else "no reason given"
        return "read", next((wrong for text in found if (wrong := _wrong(text, aligned))), None)
    except Exception as error:  # that none comes is what is tried here
        return "raised", f"{type(error).__name__}: {error}"


def _wrong(text: DocumentText, aligned: bool) -> str | None:
    for passage in text.passages:
        if not (0 <= passage.start < passage.end <= len(text.text) and passage.text.strip()):
            return f"passage {passage.number} points at nothing"
        if passage.damaged != (LOST in passage.text):
            return f"passage {passage.number} is damaged and not marked"
    return _aligned(text) if aligned else None


def _aligned(text: DocumentText) -> str | None:
    """What is wrong with a document's evidence and with what is written of it."""
    made = run.build(replace(inputs_of_a_run(), corpus=Corpus((text,))))
    if any(LOST in piece.quote for piece in made.evidence):
        return "evidence from damage"
    written = {name: OUTPUTS[name].render(made) for name in WRITTEN}
    return None if load(written["json"].decode()) == made else "what was written reads back otherwise"


def odd_lines(number: int, seed: int) -> Iterator[bytes]:
    """JSON lines of which some fields hold odd values."""
    pick = random.Random(f"{seed} odd lines")
    for _ in range(number):
        lines = []
        for _ in range(pick.choice((1, 1, 2, 5))):
            one: dict[str, object] = {"text": SENTENCE, "title": "标题"}
            for _ in range(pick.choice((1, 1, 2, 4))):
                one[pick.choice(FIELDS)] = pick.choice(ODD)
            lines.append(json.dumps(one))
        yield "\n".join(lines).encode()


@cache
def result() -> str:
    """The result of a run over one sentence, of one requirement."""
    found = document_texts("a", SENTENCE.encode())
    assert not isinstance(found, Problem)
    made = run.build(replace(inputs_of_a_run(), corpus=Corpus(found)))
    return OUTPUTS["json"].render(narrowed(made, requirement=made.evidence[0].requirement)).decode()


def odd_results(number: int, seed: int) -> Iterator[str]:
    """Results of a run of which some values are odd."""
    pick = random.Random(f"{seed} odd results")
    for _ in range(number):
        data = json.loads(result())
        for _ in range(pick.choice((1, 1, 2, 4))):
            _changed(pick, data)
        yield json.dumps(data)


def _changed(pick: random.Random, data: Any) -> None:
    """One value somewhere inside made odd, or taken away."""
    place = data
    while True:
        key = pick.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if not isinstance(place[key], dict | list) or not place[key] or pick.randrange(9) == 0:
            break
        place = place[key]
    if pick.randrange(5):
        place[key] = pick.choice(ODD)
    elif len(place) > 1:
        del place[key]


def judge_result(source: str) -> tuple[str, str | None]:
    """What became of a changed result: refused in words of ours, or written."""
    stage = "load"
    try:
        made = load(source)
        for stage in WRITTEN:
            OUTPUTS[stage].render(made)
        return "written", None
    except AlignmentFormatError:
        return "refused", None
    except Exception as error:
        return "raised", f"{stage}: {type(error).__name__}: {error}"


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    asked = parser.parse_args()
    each = -(-asked.number // (len(MARKS) + 2))
    failures = 0
    total: Counter[str] = Counter()
    kinds: dict[str, Iterator[bytes] | Iterator[str]] = {kind: inputs(kind, each, asked.seed) for kind in MARKS}
    kinds |= {"odd lines": odd_lines(each, asked.seed), "odd results": odd_results(each, asked.seed)}
    for kind, tried in kinds.items():
        if asked.only and asked.only != kind:
            continue
        outcomes: Counter[str] = Counter()
        slowest = 0.0
        for i, raw in enumerate(tried):
            faulthandler.dump_traceback_later(HANG, exit=True)
            begun = time.perf_counter()
            aligned = i % EVIDENCE == 0 or kind == "odd lines"
            outcome, wrong = judge_result(raw) if isinstance(raw, str) else judge(raw, aligned)
            slowest = max(slowest, time.perf_counter() - begun)
            outcomes[outcome] += 1
            if wrong:
                failures += 1
                print(f"{kind} {i}: {wrong}")
        faulthandler.cancel_dump_traceback_later()
        total += outcomes
        told = ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common())
        print(f"{kind:<11} {each} inputs, slowest {slowest:.2f} s: {told}", flush=True)
    print(f"seed {asked.seed}: {total.total()} inputs, {total['read']} read, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
