"""What a run leaves whole for the next: the same bytes as without it, whatever changed since; and it is never believed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from mapper.work import whole
from mapper.work.heap import Heap
from mapper.work.part import FilePart
from mapper.work.store import FILE as RESULTS
from mapper.work.store import Store
from tests.align.aligning import SENTENCES
from tests.builders import tiny_catalog
from tests.tiny import Workspace
from tests.work.test_gather import RUN, worked
from tests.work.test_store import built, filled

MORE = ("微众银行推出大字版。", "禾川银行为老年客户保留人工柜台。", "微众银行为老年客户保留人工柜台。", "微众银行被罚款30万元。")


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    return filled(tmp_path)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found but in what was left whole."""
    monkeypatch.setattr(Store, "find", lambda self, key: None)


@pytest.mark.usefixtures("alone")
def test_what_is_as_it_was_is_taken_as_it_lay(made: Workspace) -> None:
    first, used, _ = built(made)
    assert used == 0
    assert built(made) == (first, 5, [])
    assert built(made, store=False)[0] == first


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("seed", range(6))
def test_whatever_comes_goes_and_changes_it_comes_to_what_it_would_without(made: Workspace, seed: int) -> None:
    """One step at a time, so that what is left is at times kept anew and at times not."""
    chosen = Random(seed)
    for number in range(8):
        made.write(f"corpus/{number}.txt", "".join(chosen.sample(MORE, 2)))
    files = len(list(made.corpus.glob("*.txt")))
    assert built(made)[1] == 0
    changed: set[str] = set()
    for step in range(5):
        for _ in range(chosen.choice((1, 3))):
            name = f"{chosen.randrange(8)}.txt"
            changed.add(name)
            if (made.corpus / name).exists() and chosen.random() < 0.3:
                (made.corpus / name).unlink()
            else:
                made.write(f"corpus/{name}", f"其{seed}-{step}：" + "".join(chosen.sample(MORE, 3)))
        again, used, _ = built(made)
        assert again == built(made, store=False)[0]
        assert used >= files - len(changed)


def turned(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


def made_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "head": lambda file: turned(file, 3),
    "tables": lambda file: turned(file, 5_000),
    "lines": lambda file: turned(file, -200),
    "digest": lambda file: turned(file, -1),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-300]),
    "more": lambda file: file.write_bytes(file.read_bytes() + b"0"),
    "empty": lambda file: file.write_bytes(b""),
    "another format": lambda file: file.write_bytes(file.read_bytes().replace(b"whole/1", b"whole/0", 1)),
    "another state": lambda file: file.write_bytes(file.read_bytes().replace(b'"state": "', b'"state": "0', 1)),
    "sizes that are none": lambda file: file.write_bytes(file.read_bytes().replace(b'"rows": ', b'"rows": -', 1)),
    "deeper than can be read": lambda file: file.write_bytes(b"[" * 3000 + b"\n"),
    "a folder": made_a_folder,
}


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("what", DAMAGE)
def test_what_is_damaged_is_not_believed_and_made_anew(made: Workspace, what: str) -> None:
    first, _, _ = built(made)
    file = made.root / "store" / whole.FILE
    DAMAGE[what](file)
    assert built(made) == (first, 0, [])
    assert built(made) == (first, 0 if file.is_dir() else 5, [])


@pytest.mark.usefixtures("alone")
def test_another_catalog_takes_nothing_from_it(made: Workspace) -> None:
    built(made)
    made.change("policies/tp.yaml", "人工|柜台", "人工|柜台|窗口")
    again, used, _ = built(made)
    assert used == 0 and again == built(made, store=False)[0]


def test_without_it_the_results_are_found_one_by_one(made: Workspace) -> None:
    first, _, _ = built(made)
    (made.root / "store" / whole.FILE).unlink()
    assert built(made) == (first, 5, [])


def test_where_the_results_are_gone_they_are_made_anew(made: Workspace) -> None:
    """Or the first change that touches some of them would redo them all."""
    first, _, _ = built(made)
    (made.root / "store" / RESULTS).unlink()
    assert built(made) == (first, 0, [])
    (made.root / "store" / whole.FILE).unlink()
    assert built(made) == (first, 5, [])


def lines(heap: Heap) -> bytes:
    return b"".join(heap.settled(tiny_catalog().policies, (), ()).lines(RUN))


def test_a_run_that_has_begun_with_it_is_not_disturbed_by_one_that_keeps_another(tmp_path: Path) -> None:
    parts = [FilePart.load(worked("".join(SENTENCES), f"{number}.txt", "2024", None, 0.0)) for number in range(3)]
    with Heap() as heap:
        for part in parts[:2]:
            heap.add(part, part.path)
        heap.keep(tmp_path, "state")
        expected = lines(heap)
    with Heap() as heap, whole.opened(tmp_path, "state") as left:
        assert left is not None
        heap.resume(left)
        with Heap() as other:
            other.add(parts[2], "2")
            other.keep(tmp_path, "state")
        assert heap.again("0.txt", "0.txt") and heap.again("1.txt", "1.txt")
        assert lines(heap) == expected


def test_what_may_go_better_the_next_time_is_not_offered_again(tmp_path: Path) -> None:
    parts = [FilePart.load(worked("".join(SENTENCES), f"{number}.txt", "2024", None, 0.0)) for number in range(2)]
    with Heap() as heap:
        heap.add(parts[0], "sure")
        heap.add(parts[1])
        heap.keep(tmp_path, "state")
    with Heap() as heap, whole.opened(tmp_path, "state") as left:
        assert left is not None
        heap.resume(left)
        assert heap.again("0.txt", "sure") is not None
        assert heap.again("1.txt", "sure") is None
        taken = lines(heap)
    with Heap() as heap:
        heap.add(parts[0])
        assert lines(heap) == taken
