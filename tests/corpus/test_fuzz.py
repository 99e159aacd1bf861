"""No file makes a reader crash, and whatever comes out points into the file and marks its damage."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import MARKS, inputs, judge
from mapper.corpus.document import document_text
from mapper.corpus.repair import LOST
from mapper.model import DocumentText
from mapper.problems import Problem

TOKENS = (
    "<p>|</p>|<div class='nav'>|<table><tr><td>|</td>|<!--|-->|<script>|</script>|&nbsp;|&#x4f60;|\"|'|>|<"
    '|?jiān)|務(wù)|# |**|](|{"text": "'
)
SLICE = 40


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
        st.one_of(st.sampled_from([*TOKENS.split("|"), "\n", "金融服务。", "“", "”"]), st.text(max_size=8)), max_size=30
    )
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_text(parts: list[str]) -> None:
    for text in ("".join(parts), "<html><body>" + "".join(parts), "# x\n\n" + "".join(parts)):
        is_sound(document_text("a", text.encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize("kind", MARKS)
def test_broken_files_of_every_kind(kind: str) -> None:
    """A slice of what benchmarks/fuzz.py tries."""
    for name in {"docx": ["docx"], "xlsx": ["xlsxwriter"], "pdf": ["reportlab", "pypdfium2"]}.get(kind, []):
        pytest.importorskip(name)
    for i, raw in enumerate(inputs(kind, SLICE, seed=7)):
        outcome, wrong = judge(raw, aligned=i % 10 == 0)
        assert wrong is None, (i, outcome)
