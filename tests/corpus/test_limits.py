"""A document that costs more than it may is left out and named; the rest of its corpus is read."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from mapper.corpus import apart, limits, read_corpus
from mapper.corpus.apart import IsolatedReader
from mapper.corpus.document import read_file
from mapper.shipped import folder
from tests.corpus.conftest import Make, pdf_of

SENTENCES = [
    json.loads(line)["text"] for line in (folder("policies") / "examples" / "rural.jsonl").read_text("utf-8").splitlines()
]
ONE = "马上消费坚持自主研发,将数字化技术与金融业务深度融合。"


def bomb(megabytes: int) -> bytes:
    """A PDF of one page whose content is a hundred thousandth of its unpacked size."""
    content = zlib.compress(b"BT /F1 9 Tf 1 0 0 1 9 9 Tm (abcdefgh) Tj ET\n" * (megabytes * 1_000_000 // 44), 9)
    return pdf_of([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 800 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
    ])


def heavy(make: Make) -> bytes:
    """A Word file above the size from which it is read apart."""
    pick = random.Random(3)
    words = [line[at : at + 4] for line in SENTENCES for at in range(0, len(line) - 4, 4)]
    lines = [ONE + "".join(pick.choices(words, k=100)) for _ in range(160)]
    raw = make.docx(lines)
    assert len(raw) > limits.HEAVY
    return raw


def test_what_is_read_apart_is_the_same_as_what_is_read_here(make: Make) -> None:
    raw = heavy(make)
    with IsolatedReader() as reader:
        assert reader.read("a", raw, None, None) == read_file("a", raw)
        assert reader._child is not None
        assert reader.read("b", raw, None, None) == read_file("b", raw)


def test_small_documents_need_no_process(make: Make) -> None:
    with IsolatedReader() as reader:
        for raw in (ONE.encode(), make.docx([ONE])):
            assert reader.read("a", raw, None, None).documents
        assert reader._child is None


def test_a_document_that_takes_too_long_is_cut_off_and_named(make: Make) -> None:
    pytest.importorskip("pypdfium2")
    begun = time.monotonic()
    with IsolatedReader(seconds=0.7) as reader:
        found = reader.read("slow.pdf", bomb(60), None, None)
        assert not found.documents
        assert [(one.code, one.path, one.severity) for one in found.problems] == [
            ("document-slow", "slow.pdf", "left-out")
        ]
        assert time.monotonic() - begun < 20
        reader.seconds = 60
        assert reader.read("good.docx", heavy(make), None, None).documents


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_document_that_takes_too_much_memory_is_cut_off_and_named(make: Make) -> None:
    pytest.importorskip("pypdfium2")
    with IsolatedReader(memory=300_000_000) as reader:
        found = reader.read("fat.pdf", bomb(60), None, None)
        assert not found.documents
        assert found.problems[0].code in ("document-stopped", "document-broken")
        assert reader.read("good.docx", heavy(make), None, None).documents


def test_where_no_process_can_be_started_everything_is_read_here(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for broken in ("no such program", os.devnull):
        monkeypatch.setattr(sys, "executable", broken)
        with IsolatedReader() as reader:
            assert reader.read("a", heavy(make), None, None).documents
    monkeypatch.undo()
    monkeypatch.setattr("mapper.children.CODE", "raise SystemExit(1)")
    with IsolatedReader() as reader:
        assert reader.read("a", heavy(make), None, None).documents


def test_a_script_of_a_few_lines_may_read_a_corpus(tmp_path: Path, make: Make) -> None:
    (tmp_path / "a.docx").write_bytes(heavy(make))
    script = f"from pathlib import Path\nfrom mapper.corpus import read_corpus\nprint(len(read_corpus(Path({str(tmp_path)!r})).documents))"
    environment = os.environ | {"PYTHONPATH": str(Path(apart.__file__).parents[2])}
    done = subprocess.run([sys.executable], input=script, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_no_process_outlives_its_corpus(tmp_path: Path, make: Make) -> None:
    (tmp_path / "a.docx").write_bytes(heavy(make))
    with IsolatedReader() as reader:
        reader.read("a", heavy(make), None, None)
        child = reader._child
    assert child is not None and child.returncode is not None
    assert len(read_corpus(tmp_path).documents) == 1


def test_a_text_over_the_limit_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapper.corpus.readers.CHARACTERS_LIMIT", 10)
    (tmp_path / "a.txt").write_text(ONE, encoding="utf-8")
    assert [problem.code for problem in read_corpus(tmp_path).problems] == ["document-too-long"]


@pytest.mark.parametrize("words", ["贷款", "120,132,101.5,", "微众银行", "没有贷款", "“贷款", "loan "])
def test_no_sentence_is_longer_than_its_limit_and_dividing_one_is_said(words: str) -> None:
    found = read_file("a.txt", (words * (3000 // len(words))).encode())
    assert max(len(passage.text) for passage in found.documents[0].passages) <= limits.SENTENCE_LIMIT
    assert [(one.code, one.severity) for one in found.problems] == [("sentences-divided", "warning")]
    assert int(found.problems[0].params["count"]) >= 3000 // limits.SENTENCE_LIMIT - 1


def test_a_row_may_be_longer_than_a_sentence_and_is_bounded_too() -> None:
    row = "微众银行," + "贷款" * 4000 + "\n"
    found = read_file("a.csv", ("机构,正文,日期\n" + row.replace("\n", ",2025-01-01\n") * 4).encode())
    assert max(len(passage.text) for passage in found.documents[0].passages) <= limits.ROW_LIMIT
