"""Broken files, the whole way from the bytes to the written output: ``python -m benchmarks.fuzz [--number N] [--seed S]``.

Each of the formats gets its share of the inputs: real files of known text, with bytes changed, cut out, doubled, moved,
taken from one another, or cut off; every tenth is made of nothing but marks of the format. All that is read is aligned
with the shipped policies, a hundred documents at a time, and written in every format. So are changed results; settings,
registries, decisions and policies are loaded. Printed: inputs, documents
read, documents left out by reason, the slowest, and every failure (an exception, a passage that points at nothing, a
damaged passage that is not marked, evidence from damage). The exit code is 1 where there is a failure.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from mapper import run
from mapper.catalog.load import load_catalog
from mapper.corpus import Corpus, settings
from mapper.corpus.document import document_texts
from mapper.corpus.repair import LOST
from mapper.explain import explain
from mapper.firms.lists import load_registry
from mapper.model import Alignment, DocumentText, Run
from mapper.problems import ExtraMissingError, InputError, Problem
from mapper.report.formats import FORMATS as OUTPUTS
from mapper.report.json import AlignmentFormatError, load
from mapper.report.narrow import narrowed
from mapper.review import load_decisions
from mapper.shipped import folder
from tests.corpus.test_same_evidence import FORMATS
from tests.tiny import LEXICON, POLICY

LENGTHS = (300, 300, 300, 1500)
"""Characters of an article that the files are made from."""
HANG = 120
"""Seconds after which an input counts as a hang, and the run ends with a traceback."""
TOGETHER = 100
"""Documents that are aligned with the shipped policies and written in one go."""
ODD: tuple[object, ...] = (
    "", " ", "\x00", "\ud800", "\udfff甲", "甲\x1b[2J", "@why-list", "@why-", "{x}", "{0}", "%s", "<script>", "</script>", "]]>",
    "\u202e", "\u2028", "İ", "ﬀ", "\U0001f600", "2023-02-30", "0000-00-00", "20²²-01-01", "9999999999", "javascript:alert(1)",
    "微众银行", "云岭银行" * 300, "../" * 40, "a\n\rb", None, True, False, 0, -1, 1e308, 10**30, [], {}, ["甲"], {"a": "b"}, [[[]]],
)
"""Values that a field may hold and nobody foresees."""
SENTENCE = "微众银行在全部网点上线老年客户人工柜台服务，受到当地居民欢迎。"
FIELDS = ("text", "title", "publisher", "author", "date", "url", "firm", "id", "content", "a\ud800b")
SETTINGS = {
    "corpus.yaml": "columns: {text: 正文, firm: 机构}\ndocuments:\n  - path: a.txt\n    title: 标题\n    date: 2024-05-06\n"
    "    date_basis: inferred\n    speaker: 微众银行\n",
    "firms.yaml": "firms:\n  - {name: 云岭银行, kind: bank, aliases: [云岭], products: [云岭贷], people: [赵国庆]}\n",
    "decisions.yaml": "schema: mapper/decisions/1\ndecisions:\n  - firm: 微众银行\n    requirement: tp-1\n    ruling: regrade\n"
    "    to: outcome\n    words: 在全部网点上线老年客户人工柜台服务\n    by: 赵国庆\n    at: 2026-01-02\n    why: 标题\n",
    "tp.yaml": POLICY,
    "lexicon.yaml": LEXICON,
}
"""What a user writes by hand, by the name of its file."""
VALUES = ("正文", "标题", "a.txt", "2024-05-06", "微众银行", "bank", "云岭", "tp-1", "regrade", "must", "@elderly", "[all]", "strong")
YAML = (
    "&a ", "*a", "!!python/object:os.system ", "---\n", "...", "{", "}", "[", "]", ": ", "- ", "\t", "? ", "|\n", ">", "#", "'", '"',
    "\ufeff", "\x07", "<<: ",
)
"""Marks that mean something in YAML."""
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
    articles = [path.read_text(encoding="utf-8") for path in sorted(folder("seeds").glob("0*.txt"))]
    texts = [article[:length] for length in LENGTHS for article in articles]
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
    outcome, texts, wrong = looked_at(raw)
    return outcome, wrong or (_aligned(texts) if aligned and texts else None)


def looked_at(raw: bytes, name: str = "a") -> tuple[str, tuple[DocumentText, ...], str | None]:
    """Like :func:`judge`, with the documents that were read, which go on from here."""
    try:
        found = document_texts(name, raw)
        if isinstance(found, Problem):
            return found.code, (), None if found.severity == "left-out" and str(found) else "no reason given"
        return "read", found, next((wrong for text in found if (wrong := _wrong(text))), None)
    except Exception as error:  # that none comes is what is tried here
        return "raised", (), f"{type(error).__name__}: {error}"


def _wrong(text: DocumentText) -> str | None:
    for passage in text.passages:
        if not (0 <= passage.start < passage.end <= len(text.text) and passage.text.strip()):
            return f"passage {passage.number} points at nothing"
        if passage.damaged != (LOST in passage.text):
            return f"passage {passage.number} is damaged and not marked"
    return None


def _aligned(texts: Sequence[DocumentText]) -> str | None:
    """What is wrong with the evidence of documents and with what is written of it."""
    stage = "build"
    try:
        made = run.build(replace(inputs_of_a_run(), corpus=Corpus(tuple(texts))))
        if any(LOST in piece.quote for piece in made.evidence):
            return "evidence from damage"
        for stage in written():
            done = OUTPUTS[stage].render(made)
            if stage == "json" and load(done.decode()) != made:
                return "what was written reads back otherwise"
    except Exception as error:
        return f"{stage}: {type(error).__name__}: {error}"
    return None


@cache
def written() -> tuple[str, ...]:
    """The formats in which results are written: those whose extras are here."""
    found = []
    for name, one in OUTPUTS.items():
        try:
            one.render(Alignment(run=Run(version="0"), policies=(), firms=(), documents=(), evidence=(), cells=()))
            found.append(name)
        except ExtraMissingError:
            print(f"not written, for want of its extra: {name}")
    return tuple(found)


class Together:
    """Documents that go the whole way together, for the sake of speed; where that fails, each goes alone."""

    def __init__(self) -> None:
        self.texts: list[DocumentText] = []
        self.wrong: list[str] = []

    def add(self, texts: Iterable[DocumentText]) -> None:
        """Take documents along; set off where there are enough."""
        self.texts += texts
        if len(self.texts) >= TOGETHER:
            self.go()

    def go(self) -> None:
        """Align and write what has come together, and note what is wrong."""
        texts, self.texts = self.texts, []
        faulthandler.dump_traceback_later(HANG * TOGETHER / 10, exit=True)
        wrong = _aligned(texts) if texts else None
        if wrong:
            alone = [(text.document.id, one) for text in texts if (one := _aligned([text]))]
            self.wrong += [f"{id}: {one}" for id, one in alone] or [f"{texts[0].document.id} and those after: {wrong}"]


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
        for stage in written():
            OUTPUTS[stage].render(made)
        stage = "explain"
        for cell in made.cells[:3]:
            explain(made, cell.firm, cell.requirement, str)
        return "written", None
    except InputError as error:
        return "refused", None if str(error) else "no reason given"
    except AlignmentFormatError:
        return "refused", None
    except Exception as error:
        return "raised", f"{stage}: {type(error).__name__}: {error}"


def odd_settings(number: int, seed: int) -> Iterator[str]:
    """Settings, registries, decisions and policies with lines broken: the name of the file, a line end, and its text."""
    pick = random.Random(f"{seed} odd settings")
    for _ in range(number):
        name = pick.choice(list(SETTINGS))
        text = SETTINGS[name]
        for _ in range(pick.choice((1, 1, 2, 5))):
            i = pick.randrange(len(text) + 1)
            j = min(len(text), i + pick.choice((1, 4, 30)))
            match pick.randrange(4):
                case 0:
                    text = text[:i] + text[j:]
                case 1:
                    text = text[:i] + text[i:j] * pick.choice((2, 50)) + text[j:]
                case 2:
                    text = text[:i] + pick.choice(YAML) + text[i:]
                case _:
                    text = text.replace(pick.choice(VALUES), json.dumps(pick.choice(ODD)), 1)
        yield f"{name}\n{text}"


def judge_settings(source: str) -> tuple[str, str | None]:
    """What became of a broken file of settings: refused with a line, or taken."""
    name, _, text = source.partition("\n")
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        (home / "a.txt").write_text(SENTENCE, encoding="utf-8")
        (home / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            match name:
                case "corpus.yaml":
                    problems = list(settings.read(home)[1])
                case "firms.yaml":
                    problems = load_registry(home / name)[1]
                case "decisions.yaml":
                    problems = load_decisions(home / name)[1]
                case _:
                    (home / "a.txt").unlink()
                    problems = load_catalog(home)[1]
            said = "".join(map(str, problems))
        except Exception as error:
            return "raised", f"{name}: {type(error).__name__}: {error} from {text!r}"
    return ("refused" if any(one.severity == "error" for one in problems) else "taken"), None if said or not problems else "?"


def tried(kind: str, sources: Iterable[bytes | str]) -> tuple[Counter[str], float, list[str]]:
    """Outcomes of the inputs of a kind, the seconds of the slowest, and everything that is wrong."""
    outcomes: Counter[str] = Counter()
    together = Together()
    slowest = 0.0
    found: list[str] = []
    for i, source in enumerate(sources):
        faulthandler.dump_traceback_later(HANG, exit=True)
        begun = time.perf_counter()
        if isinstance(source, str):
            outcome, wrong = (judge_settings if kind == "odd settings" else judge_result)(source)
        else:
            outcome, texts, wrong = looked_at(source, f"{i}")
            slowest = max(slowest, time.perf_counter() - begun)
            together.add(texts if wrong is None else ())
        outcomes[outcome] += 1
        if wrong:
            found.append(f"{i}: {wrong}")
    together.go()
    faulthandler.cancel_dump_traceback_later()
    return outcomes, slowest, found + together.wrong


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    asked = parser.parse_args()
    kinds: dict[str, Callable[[int, int], Iterator[bytes] | Iterator[str]]] = {kind: partial(inputs, kind) for kind in MARKS}
    kinds |= {"odd lines": odd_lines, "odd results": odd_results, "odd settings": odd_settings}
    each = -(-asked.number // len(kinds))
    failures = 0
    total: Counter[str] = Counter()
    for kind, made in kinds.items():
        if asked.only and asked.only != kind:
            continue
        outcomes, slowest, wrong = tried(kind, made(each, asked.seed))
        failures += len(wrong)
        total += outcomes
        for one in wrong:
            print(f"{kind} {one}")
        told = ", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common())
        print(f"{kind:<12} {each} inputs, slowest {slowest:.2f} s: {told}", flush=True)
    print(f"seed {asked.seed}: {total.total()} inputs, {total['read']} read, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
