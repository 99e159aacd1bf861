"""Nothing is done twice: a store gives the same bytes, redoes what a change touched and nothing else, and is never believed."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper import run
from mapper.firms.registry import Registry
from mapper.matchers import teaching
from mapper.shipped import folder
from mapper.work import touch
from mapper.work.bench import Bench, Task
from mapper.work.hands import Own
from mapper.work.heap import Heap
from mapper.work.store import FILE, Store
from tests.builders import document, firm, registry
from tests.matchers.test_small_policy import FOLDER as SMALL
from tests.tiny import Workspace, workspace

FILES = {
    "elderly.txt": "微众银行为老年客户保留人工柜台。该行还公布了投诉渠道。",
    "sports.txt": "微众银行举办了员工运动会。",
    "weather.txt": "昨天下了一场大雪，街上行人不多。",
    "unknown.txt": "禾川银行为老年客户开设人工专线。",
}


def filled(root: Path) -> Workspace:
    """A workspace with the files above."""
    made = workspace(root)
    for name, text in FILES.items():
        made.write(f"corpus/{name}", text)
    return made


@pytest.fixture
def kept(tmp_path: Path) -> Workspace:
    return filled(tmp_path)


def built(made: Workspace, *, store: bool = True) -> tuple[str, int, list[str]]:
    """The alignment, how many files were not worked on again, and the codes of warnings of the store."""
    planned = run.plan(made.policies, made.corpus)
    kit = run.kit(planned, keeping=store)
    with Heap() as heap, Own(kit, planned.shelf) as hands:
        if not store:
            settled, by, _ = run.gather(planned, kit, hands, heap)
            return b"".join(settled.lines(by)).decode(), 0, []
        with Store(made.root / "store", planned, kit) as opened:
            settled, by, problems = run.gather(planned, kit, hands, heap, store=opened)
            codes = [one.code for one in problems if one.code.startswith("store-")]
            return b"".join(settled.lines(by)).decode(), opened.used, codes



CHANGES: dict[str, tuple[Callable[[Workspace], object], set[int]]] = {
    "nothing": (lambda made: None, {5}),
    "an article": (lambda made: made.write("corpus/sports.txt", "微众银行举办了歌会。"), {4}),
    "a file more": (lambda made: made.write("corpus/z.txt", "微众银行推出大字版。"), {5}),
    "a file less": (lambda made: (made.corpus / "sports.txt").unlink(), {4}),
    "a file moved": (lambda made: (made.corpus / "sports.txt").rename(made.corpus / "s.txt"), {4}),
    "what corpus.yaml says": (
        lambda made: made.write("corpus/corpus.yaml", "documents:\n  - {path: sports.txt, date: 2024-05}\n"), {4}
    ),
    "a firm that one file names": (
        lambda made: made.write("corpus/firms.yaml", "firms:\n  - {name: 禾川银行, kind: bank}\n"), {4}
    ),
    "a firm that no file names": (
        lambda made: made.write("corpus/firms.yaml", "firms:\n  - {name: 霁月消费金融, kind: consumer-finance}\n"), {5}
    ),
    "a signal": (lambda made: made.change("policies/tp.yaml", "人工|柜台", "人工|柜台|窗口"), {1}),
    "whom a requirement is addressed to": (lambda made: made.change("policies/tp.yaml", "[all]", "[insurer]"), {1}),
    "the number of a clause": (lambda made: made.change("policies/tp.yaml", "第一条", "第二条"), {1}),
    "the title of a requirement": (lambda made: made.change("policies/tp.yaml", "适老服务", "适老"), {5}),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_what_changed_is_done_again_and_comes_to_what_it_would_without_a_store(kept: Workspace, what: str) -> None:
    change, expected = CHANGES[what]
    first, used, _ = built(kept)
    assert used == 0 and first == built(kept, store=False)[0]
    change(kept)
    again, used, codes = built(kept)
    assert again == built(kept, store=False)[0]
    assert used in expected and codes == []


def damaged_head(file: Path) -> None:
    file.write_bytes(b"not a base" * 500)


def damaged_middle(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:-1] = bytes(len(data) - 4097)
    file.write_bytes(data)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def of_another_format(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("PRAGMA user_version=99")
    base.close()


def without_a_table(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("DROP TABLE registry")
        base.execute("DELETE FROM result WHERE key > '8'")
    base.close()


def forged(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("UPDATE result SET part = (SELECT part FROM result LIMIT 1)")
    base.close()


@pytest.mark.parametrize(
    "damage", [damaged_head, damaged_middle, cut, of_another_format, without_a_table, forged], ids=lambda one: one.__name__
)
def test_a_store_that_is_damaged_or_of_another_format_is_made_anew_and_never_believed(
    kept: Workspace, damage: Callable[[Path], None]
) -> None:
    first, _, _ = built(kept)
    damage(kept.root / "store" / FILE)
    assert built(kept)[0] == first
    third, used, codes = built(kept)
    assert third == first and used == 5 and codes == []


def test_results_of_another_program_are_not_used(kept: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    built(kept)
    monkeypatch.setattr(touch, "program", lambda: "another")
    assert built(kept)[1] == 0


def test_a_store_that_cannot_be_used_costs_a_warning(kept: Workspace) -> None:
    first, _, _ = built(kept, store=False)
    kept.write("store", "a file where the folder should be")
    assert built(kept) == (first, 0, ["store-unusable"])


def test_two_runs_may_share_a_store(kept: Workspace) -> None:
    """Each finds what the other has written, and neither waits for the other's end."""
    planned = run.plan(kept.policies, kept.corpus)
    kit = run.kit(planned, keeping=True)
    place = kept.root / "store"
    with Store(place, planned, kit) as one, Store(place, planned, kit) as two, Heap() as heap, Own(kit) as hands:
        settled, by, _ = run.gather(planned, kit, hands, heap, store=one)
        one._write()
        with Heap() as other:
            again, by_again, _ = run.gather(planned, kit, hands, other, store=two)
            assert b"".join(again.lines(by_again)).decode() == b"".join(settled.lines(by)).decode()
        assert two.used == 5


# ---- what touches a text ---------------------------------------------------------------------------------------


def words(old: Registry, new: Registry) -> frozenset[str]:
    return touch.changed_words(touch.of_registry(old), touch.of_registry(new))


@pytest.mark.parametrize(
    ("text", "touched"),
    [
        ("北辰消费金融公布了投诉渠道。", True),
        ("北辰消金公布了投诉渠道。", True),
        ("北辰公布了投诉渠道。", True),
        ("一家消费金融公司公布了投诉渠道。", False),
        ("云岭银行公布了投诉渠道。", False),
    ],
)
def test_a_new_firm_touches_texts_that_could_mean_it(text: str, touched: bool) -> None:
    changed = words(registry(), registry(firm("北辰消费金融", "consumer-finance")))
    assert touch.touches(changed, text) is touched


def test_a_name_broken_by_blanks_touches_its_text() -> None:
    changed = words(registry(), registry(firm("禾银行", "bank")))
    assert touch.touches(changed, touch.words_of([document("去年以来，禾 银行为老年客户保留人工柜台。")]))


def test_a_changed_parent_touches_what_belongs_to_it() -> None:
    old = registry()
    new = Registry(dict(old.firms) | {"云岭银行": old.firms["云岭银行"].model_copy(update={"kind": "insurer"})})
    assert touch.touches(words(old, new), "青禾消费金融公布了投诉渠道。")
    assert not touch.touches(words(old, new), "海港银行公布了投诉渠道。")


def test_the_same_registry_touches_nothing() -> None:
    assert words(registry(), registry()) == frozenset()


# ---- sentences that teach --------------------------------------------------------------------------------------


def test_a_sentence_more_redoes_only_the_files_that_were_compared_with_its_requirement(tmp_path: Path) -> None:
    made = Workspace(tmp_path)
    shutil.copytree(folder("policies"), made.policies)
    files = {"a.txt": "微众银行在各网点为老年客户保留人工服务窗口。", "b.txt": "微众银行投放绿色贷款三十亿元，支持风电项目。"}
    for name, text in files.items():
        made.write(f"corpus/{name}", text)
    first, _, _ = built(made)
    planned = run.plan(made.policies, made.corpus)
    bench = Bench(run.kit(planned, keeping=True), planned.shelf)
    one, two = (set(bench.work(Task(name, text.encode())).consulted) for name, text in files.items())
    requirement = min(one - two)
    lesson = {"text": "网点为长者留着人工窗口。", "evidences": [requirement], "grade": "action", "written_for": requirement}
    made.write("policies/examples/zz.jsonl", json.dumps(lesson, ensure_ascii=False) + "\n")
    again, used, _ = built(made)
    assert used == 1
    assert again == built(made, store=False)[0] != first


def test_another_wording_of_a_requirement_of_ones_own_is_read_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its text teaches it, and what stands beside it in its policy; among fewer sentences about other things than usual."""
    monkeypatch.setattr(teaching, "BACKGROUND", 300)
    monkeypatch.setattr(teaching, "LEAST_BACKGROUND", 100)
    made = Workspace(tmp_path)
    shutil.copytree(SMALL, made.policies, ignore=shutil.ignore_patterns("unseen.jsonl"))
    made.write("corpus/a.txt", "微众银行止付客户账户后当日电话告知原因。微众银行为老年客户保留人工服务窗口。")
    built(made)
    policy = made.policies / "policy.yaml"
    said = re.sub(r"(?m)^(\s+text: ).*$", r"\1全年发放绿色贷款三十亿元，支持风电项目。", policy.read_text(encoding="utf-8"))
    policy.write_text(said, encoding="utf-8")
    again, used, _ = built(made)
    assert used == 0 and again == built(made, store=False)[0]
