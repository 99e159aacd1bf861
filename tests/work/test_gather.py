"""Files are worked on one by one and put together: the same alignment, byte for byte, whoever works and in what order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.align.alignment import align
from mapper.corpus import read_bytes
from mapper.corpus.settings import DocumentSettings, Settings
from mapper.matchers.model import Model
from mapper.matchers.shelf import shelf
from mapper.model import Run
from mapper.report.json import dump
from mapper.work.bench import Bench, Kit, Task
from mapper.work.heap import Heap
from mapper.work.part import FilePart
from tests.align.aligning import DATES, SENTENCES
from tests.align.torn import SELDOM, torn, torn_model
from tests.builders import registry, tiny_catalog

RUN = Run(version="0")
OWN = ["江州银行"]


def kit(entries: Sequence[DocumentSettings] = (), min_score: float = 0.0, model: Model | None = None) -> Kit:
    known = registry(own=OWN)
    catalog = tiny_catalog()
    said = Settings({one.path: one for one in entries})
    return Kit(catalog, known, known, said, model or shelf(catalog).model, None, (), min_score)


@cache
def worked(text: str, path: str, date: str | None, owner: str | None, min_score: float, seldom_sure: bool = False) -> bytes:
    """What one file comes to, as it travels. ``seldom_sure``: of whether words speak for a firm or against it."""
    entry = DocumentSettings(path=path, date=date, owner=owner)
    model = torn_model(*SELDOM) if seldom_sure else None
    return Bench(kit([entry], min_score, model)).work(Task(path, text.encode())).dump()


def whole(files: Sequence[tuple[str, DocumentSettings]], min_score: float, seldom_sure: bool = False) -> str:
    """All of them aligned in one go."""
    documents = [d for text, entry in files for d in read_bytes(entry.path, text.encode(), entry=entry).documents]
    reader = torn(*SELDOM) if seldom_sure else None
    return dump(align(documents, tiny_catalog(), registry(own=OWN), RUN, min_score=min_score, shelf=reader))


def together(parts: Sequence[bytes]) -> tuple[str, str]:
    """The parts put together from the disk, as lines and as an alignment."""
    with Heap() as heap:
        for data in parts:
            heap.add(FilePart.load(data))
        known = registry(own=OWN)
        settled = heap.settled(tiny_catalog().policies, [known.firms[one] for one in OWN], ())
        return b"".join(settled.lines(RUN)).decode(), dump(settled.whole(RUN))


@st.composite
def files(draw: st.DrawFn) -> list[tuple[str, DocumentSettings]]:
    """Up to six small files that share sentences: copies within and among them, subjects carried over, dates and owners."""
    made = []
    for number in range(draw(st.integers(1, 6))):
        sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5))
        joints = [draw(st.sampled_from(("", "\n\n"))) for _ in sentences]
        text = "".join(one + joint for one, joint in zip(sentences, joints, strict=True))
        date, owner = draw(st.sampled_from(DATES)), draw(st.sampled_from((None, None, "云岭银行", "青禾消费金融")))
        made.append((text, DocumentSettings(path=f"{number}.txt", date=date, owner=owner)))
    return made


@settings(derandomize=True, max_examples=60)
@given(files(), st.sampled_from((0.0, 0.6, 0.75)), st.booleans(), st.data())
def test_files_worked_on_one_by_one_in_any_order_come_to_the_same_bytes_as_the_whole(
    made: list[tuple[str, DocumentSettings]], min_score: float, seldom_sure: bool, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(made))
    parts = [worked(text, one.path, one.date, one.owner, min_score, seldom_sure) for text, one in order]
    expected = whole(made, min_score, seldom_sure)
    assert together(parts) == (expected, expected)


def test_the_shared_sentences_make_copies_and_carry_subjects_over() -> None:
    """What the law is tried on is what could break it."""
    text = "".join(SENTENCES)
    one, two = worked(text, "a.txt", "2024", None, 0.0), worked(text, "b.txt", "2020", None, 0.0)
    lines, _ = together([one, two])
    assert '"sign": "carried"' in lines
    assert '"sources": [{"document": "b.txt"' in lines and '"document": "a.txt"' in lines
    assert '"origin": "discovered"' in lines


def test_a_part_reads_back_as_it_was_written() -> None:
    data = worked("".join(SENTENCES), "a.txt", "2024", "云岭银行", 0.95)
    part = FilePart.load(data)
    assert part.dump() == data
    assert part.evidence and part.faint and part.firms and part.documents
    unclear = FilePart.load(worked("".join(SENTENCES), "a.txt", "2024", "云岭银行", 0.6, seldom_sure=True))
    assert unclear.undecided and FilePart.load(unclear.dump()) == unclear


def test_a_part_of_which_a_line_is_missing_is_none() -> None:
    data = worked("".join(SENTENCES), "a.txt", "2024", None, 0.6)
    with pytest.raises(ValueError):
        FilePart.load(data[: data.rindex(b"\n", 0, -1) + 1])


def test_a_file_that_makes_the_program_fail_is_left_out_and_named() -> None:
    made = kit()
    bench = Bench(made)
    bench._shelf = None  # type: ignore[assignment]
    part = bench.work(Task("a.txt", "云岭银行为老年客户保留人工服务。".encode()))
    assert [(one.code, one.path, one.severity) for one in part.problems] == [("document-failed", "a.txt", "left-out")]
    assert not part.documents
