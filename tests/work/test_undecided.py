"""What is undecided goes the way of the evidence: through the store, through a large run, and into one line of ``mapper build``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.align.weighing import Weighing
from mapper.cli import main
from mapper.explain import explain
from mapper.report.html import render_html
from mapper.report.json import load
from mapper.report.view import build_view
from mapper.run import ALIGNMENT, MATRIX
from mapper.work import settled as in_order
from mapper.work.heap import Heap
from mapper.work.part import FilePart
from tests.align.aligning import SENTENCES
from tests.align.torn import NEVER
from tests.builders import tiny_catalog
from tests.tiny import Workspace, workspace
from tests.work.test_gather import RUN, worked


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace, read by a reader that is never sure."""
    plainly = Weighing.of
    calm, sure = NEVER
    monkeypatch.setattr(Weighing, "of", lambda said: replace(plainly(said), calm=calm, sure=sure))
    return workspace(tmp_path)


def built(made: Workspace, *more: str) -> bytes:
    assert main(["build", *made.arguments, "--out", str(made.out), "--jobs", "1", *more]) == 0
    return (made.out / ALIGNMENT).read_bytes()


def test_a_build_says_in_one_line_how_many_there_are(tiny: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(built(tiny))
    assert len(found["undecided"]) == 1 and not found["evidence"]
    assert "另有 1 处待定" in capsys.readouterr().err
    built(tiny, "--quiet")
    assert "待定" not in capsys.readouterr().err


def test_what_a_reviewer_has_decided_is_not_counted(tiny: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    [piece] = json.loads(built(tiny))["undecided"]
    capsys.readouterr()
    said = {"firm": piece["firm"], "requirement": piece["requirement"], "words": piece["quote"], "ruling": "reject", "by": "王芳"}
    tiny.write("decisions.yaml", json.dumps({"schema": "mapper/decisions/1", "decisions": [said | {"at": "2026-03-01"}]}))
    [piece] = json.loads(built(tiny, "--decisions", str(tiny.root / "decisions.yaml")))["undecided"]
    assert piece["review"] == "rejected"
    assert "待定" not in capsys.readouterr().err


def test_a_store_and_a_large_run_give_the_same_bytes(tiny: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        tiny.write(f"corpus/{number}.txt", f"微众银行第{number}年为老年客户保留人工柜台。")
    plain = built(tiny)
    page = (tiny.out / MATRIX).read_bytes()
    for _ in range(2):
        assert built(tiny, "--store", str(tmp_path / "store")) == plain
        assert (tiny.out / MATRIX).read_bytes() == page
    monkeypatch.setattr(in_order, "PIECES", -1)
    assert built(tiny) == plain


@pytest.mark.parametrize("most", [0, 1, 5, 1000])
def test_the_page_of_a_large_run_shows_the_likeliest_and_counts_all(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_order, "UNCLEAR", most)
    with Heap() as heap:
        for n in range(3):
            text = "\n\n".join(one.replace("。", f"（其{n}）。") for one in SENTENCES)
            heap.add(FilePart.load(worked(text, f"{n}.txt", None, None, 0.0, seldom_sure=True)))
        settled = heap.settled(tiny_catalog().policies, (), ())
        whole = settled.whole(RUN)
        shown, beyond = settled.shown(RUN, 5)
    assert len(shown.undecided) == min(most, len(whole.undecided)) and len(whole.undecided) > 5
    assert list(shown.undecided) == [one for one in whole.undecided if one in shown.undecided], "in the same order"
    best = sorted((one.score for one in whole.undecided), reverse=True)[:most]
    assert sorted((one.score for one in shown.undecided), reverse=True) == best
    assert build_view(shown, beyond).figures.undecided == build_view(whole).figures.undecided == len(whole.undecided)
    assert render_html(shown, beyond)


def test_what_is_undecided_is_not_told_as_having_scored_too_little(tiny: Workspace) -> None:
    """The cell itself counts as it ever did."""
    made = load(built(tiny).decode())
    [piece] = made.undecided
    assert sum(cell.below for cell in made.cells) == 1 and made.faint[0].id == piece.id
    assert not any(cell.below for row in build_view(made).rows for cell in row.cells)
    assert not any("显示线" in line for line in explain(made, piece.firm, piece.requirement, str))
