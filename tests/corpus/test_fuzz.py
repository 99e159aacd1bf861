"""No file makes a reader crash, and whatever comes out points into the file and marks its damage."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.corpus import document_text
from mapper.corpus.repair import LOST
from mapper.model import DocumentText
from mapper.problems import Problem

if TYPE_CHECKING:
    from tests.corpus.conftest import Make

MARKS = (
    "<p>|</p>|<div class='nav'>|<table><tr><td>|</td>|<!--|-->|<script>|</script>|&nbsp;|&#x4f60;|\"|'|>|<"
    '|?jiān)|務(wù)|# |**|](|{"text": "'
)
MUTATIONS = 400


def is_sound(found: DocumentText | Problem) -> None:
    if isinstance(found, Problem):
        assert found.severity == "left-out"
        assert str(found)
        return
    for passage in found.passages:
        assert 0 <= passage.start < passage.end <= len(found.text)
        assert passage.text.strip()
        assert passage.damaged == (LOST in passage.text)


@given(st.binary(max_size=300))
def test_any_bytes(raw: bytes) -> None:
    is_sound(document_text("a", raw))


@given(
    st.lists(
        st.one_of(st.sampled_from([*MARKS.split("|"), "\n", "金融服务。", "“", "”"]), st.text(max_size=8)), max_size=30
    )
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_text(parts: list[str]) -> None:
    for text in ("".join(parts), "<html><body>" + "".join(parts), "# x\n\n" + "".join(parts)):
        is_sound(document_text("a", text.encode("utf-8", "surrogatepass")))


def mutants(files: list[bytes], number: int) -> Iterator[bytes]:
    """Real files with bytes changed, cut out, doubled, or taken from one another."""
    pick = random.Random(7)
    for _ in range(number):
        raw = bytearray(pick.choice(files))
        for _ in range(pick.choice((1, 3, 20))):
            i, j = sorted(pick.randrange(len(raw) + 1) for _ in range(2))
            j = min(j, i + pick.choice((1, 4, 200)))
            kind = pick.randrange(4)
            if kind == 0 and i < len(raw):
                raw[i] = pick.randrange(256)
            elif kind == 1:
                del raw[i:j]
            elif kind == 2:
                raw[i:i] = raw[i:j]
            else:
                other = pick.choice(files)
                start = pick.randrange(len(other))
                raw[i:j] = other[start : start + 50]
        yield bytes(raw)


def test_mutated_files_of_every_kind(seeds: Path, make: Make) -> None:
    pytest.importorskip("pypdfium2")
    articles = [path.read_text("utf-8")[:1500] for path in sorted(seeds.glob("0*.txt"))]
    lines = articles[0].split("\n")
    page = (
        "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "<table><tr><td>甲<td>乙</table></body></html>"
    )
    files = [
        *(article.encode() for article in articles),
        articles[0].encode("gb18030"),
        articles[1].encode("utf-16"),
        page.encode(),
        ("# 题\n\n" + "\n\n".join(lines)).encode(),
        make.docx(lines),
        make.pdf([lines]),
        make.zipped({"xl/worksheets/sheet1.xml": "<worksheet><row><c><v>1</v></c></row></worksheet>"}),
    ]
    for raw in mutants(files, MUTATIONS):
        is_sound(document_text("a", raw))
