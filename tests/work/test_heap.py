"""The page of a very large run: the best pieces of each cell, and figures that count all the others."""

from __future__ import annotations

import tracemalloc
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapper import run
from mapper.cli import main
from mapper.matchers.learned import LearnedMatcher
from mapper.report import html
from mapper.report.orders import GRADES
from mapper.report.pack import columns
from mapper.report.shapes import View
from mapper.report.view import build_view
from mapper.work import settled as in_order
from mapper.work.heap import Heap
from mapper.work.part import EvidenceLine, FilePart
from mapper.work.settled import Settled
from tests.align.aligning import SENTENCES
from tests.builders import registry, tiny_catalog
from tests.tiny import workspace
from tests.work.test_gather import RUN, worked


@pytest.fixture
def settled() -> Iterator[Settled]:
    """Twelve documents, most cells with many pieces: of all grades, alleged ones, older and younger than the policies."""
    more = (
        "消费者投诉称云岭银行拒绝为老年人提供人工服务。",
        "云岭银行因拒绝老年人现金缴费被罚款30万元。",
        "海港银行为老年客户保留人工服务，服务{n}万人次。",
    )
    with Heap() as heap:
        for n in range(12):
            text = "\n\n".join(one.replace("云岭银行", "云岭银行").replace("。", f"（其{n}）。") for one in (*SENTENCES, *more))
            date = ("2020-01", "2024-06", None)[n % 3]
            heap.add(FilePart.load(worked(text, f"{n}.txt", date, None, 0.0)))
        yield heap.settled(tiny_catalog().policies, [registry().firms["江州银行"]], ())


def told(view: View) -> list[object]:
    """All that a page says of a run, but for the pieces themselves."""
    cells = [
        (cell.status, cell.level, cell.percent, cell.labels, cell.best, cell.predates, cell.allegations, cell.below,
         len(cell.evidence) + cell.more)
        for row in view.rows for cell in row.cells
    ]  # fmt: skip
    firms = [(firm.it, firm.evidence, firm.tally) for firm in view.firms]
    return [view.figures, view.tally, view.coverage, cells, firms, [one.evidence for one in view.documents]]


@pytest.mark.parametrize("most", [1, 40, 100, 10_000])
def test_the_figures_are_those_of_all_evidence_however_little_is_shown(settled: Settled, most: int) -> None:
    whole = settled.whole(RUN)
    shown, beyond = settled.shown(RUN, most)
    assert told(build_view(shown, beyond)) == told(build_view(whole))
    full = {cell for cell in whole.cells if cell.evidence}
    assert {(cell.firm, cell.requirement) for cell in shown.cells if cell.evidence} == {(c.firm, c.requirement) for c in full}
    assert len(shown.evidence) <= max(most, len(full))
    assert len(shown.evidence) + sum(beyond.pieces.values()) == len(whole.evidence)


def test_what_is_shown_of_a_cell_is_its_best(settled: Settled) -> None:
    """Of the strongest grade, the highest score."""
    whole = {one.id: one for one in settled.whole(RUN).evidence}
    held = {(cell.firm, cell.requirement): cell.evidence for cell in settled.whole(RUN).cells}
    shown, beyond = settled.shown(RUN, 40)
    assert beyond.pieces
    for cell in shown.cells:
        if cell.status != "contrary" and cell.evidence and cell.score:
            every = [whole[one] for one in held[cell.firm, cell.requirement]]
            best = min(every, key=lambda one: (GRADES.index(one.grade), -one.score))
            assert max(whole[one].score for one in cell.evidence if whole[one].grade == best.grade) == best.score
            assert cell.score == max(one.score for one in every)


def test_the_page_says_of_each_cell_how_many_pieces_more_there_are(settled: Settled) -> None:
    shown, beyond = settled.shown(RUN, 40)
    packed = columns(build_view(shown, beyond))["more"]
    assert sorted(packed[1::2]) == sorted(beyond.pieces.values())
    assert packed[1::2] and len(packed) == 2 * len(beyond.pieces)
    assert html.render_html(shown, beyond) == html.render_html(shown, beyond)


def test_what_is_found_is_not_held_in_memory() -> None:
    one = FilePart.load(worked("".join(SENTENCES), "a.txt", "2024", None, 0.0))
    piece, told_of = EvidenceLine._make(one.evidence[0]), one.documents[0]._replace(line=0)
    number, size = 1_000, 10_000
    tracemalloc.start()
    try:
        with Heap() as heap:
            for n in range(number):
                line = ('{"quote": "' + f"{n}" * (size // len(str(n))) + '"}\n').encode()
                evidence = (piece._replace(id=f"{n:016x}", document=f"{n}.txt", line=1),)
                documents = (told_of._replace(id=f"{n}.txt"),)
                part = FilePart(f"{n}.txt", firms=one.firms, documents=documents, evidence=evidence)
                heap.add(replace(part, sizes=(3, len(line)), lines=b"{}\n" + line))
            settled = heap.settled(tiny_catalog().policies, (), ())
            written = sum(map(len, settled.lines(RUN)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert written > number * size
    assert peak < number * size / 3


def test_a_large_run_writes_the_same_alignment_and_says_the_same_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = workspace(tmp_path)
    for number in range(4):
        made.write(f"corpus/{number}.txt", f"微众银行第{number}年为老年客户保留人工柜台。")
    assert main(["build", *made.arguments, "--out", str(tmp_path / "small"), "--also", "csv"]) == 0
    said = capsys.readouterr().err
    monkeypatch.setattr(in_order, "PIECES", 2)
    assert main(["build", *made.arguments, "--out", str(tmp_path / "large"), "--also", "csv"]) == 0
    assert capsys.readouterr().err == said
    for name in (run.ALIGNMENT, "evidence.csv"):
        assert (tmp_path / "large" / name).read_bytes() == (tmp_path / "small" / name).read_bytes()
    assert (tmp_path / "large" / run.MATRIX).is_file()


def test_what_the_readers_hold_is_given_back_before_the_page_of_a_large_run_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspace(tmp_path)
    made.write("corpus/more.txt", "微众银行为老年客户保留人工柜台。微众银行为残障客户提供手语服务。")
    readers: list[weakref.ref[LearnedMatcher]] = []
    held: list[int] = []
    begun, published = LearnedMatcher.__init__, run.publish

    def begin(self: LearnedMatcher, *given: Any, **more: Any) -> None:
        readers.append(weakref.ref(self))
        begun(self, *given, **more)

    def publish(*given: Any, **more: Any) -> Any:
        held.append(sum(one() is not None for one in readers))
        return published(*given, **more)

    monkeypatch.setattr(LearnedMatcher, "__init__", begin)
    monkeypatch.setattr(run, "publish", publish)
    monkeypatch.setattr(in_order, "PIECES", 0)
    assert main(["build", *made.arguments, "--out", str(tmp_path / "out"), "--jobs", "1"]) == 0
    assert readers
    assert held == [0]
