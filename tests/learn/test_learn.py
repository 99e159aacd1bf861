"""Teaching a reader: the same sentences give the same bytes, and labelled documents weigh what it says."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest

from mapper.catalog.load import load_catalog
from mapper.evaluate.folds import FOLDS, fold_of
from mapper.learn.course import FEWEST_DOCUMENTS, FEWEST_LABELS, examine, learn, teach
from mapper.learn.fit import fit
from mapper.learn.material import Labelled, Told, TrainingSentence, gather, read_sets
from mapper.matchers.grams import BEFORE, runs
from mapper.matchers.model import dump, unpack
from mapper.problems import ExtraMissingError, InputError
from tests.tiny import workspace

pytest.importorskip("sklearn")

ELDERLY = ["保留人工柜台服务老年客户", "为长者开设爱心窗口", "上门为老年人办理业务", "老年客户专线直通人工", "大字版手机银行服务老年人"]
OTHER = ["全国老年人口继续增长", "发放绿色贷款支持环保", "组织员工学习制度", "召开年度工作会议", "股价上涨两成", "新设一家分行"]
ROWS = [
    *(TrainingSentence(text, "", {"tp-1": 1.0}, frozenset({"action"})) for text in ELDERLY),
    *(TrainingSentence(text, "", {}, frozenset({"none"})) for text in OTHER),
]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert dump(fit(ROWS, ["tp-1"])) == dump(fit(ROWS, ["tp-1"]))


def test_a_requirement_that_nothing_teaches_is_silent() -> None:
    model = fit(ROWS, ["tp-1", "tp-2"])
    assert model.bias[model.outputs.index("tp-2")] < -5


def test_a_sentence_written_for_one_requirement_is_not_held_against_the_others() -> None:
    rows = [*ROWS, *(TrainingSentence(text, "", {"tp-2": 1.0}, frozenset(), only="tp-2") for text in ELDERLY)]
    against = [*ROWS, *(TrainingSentence(text, "", {"tp-2": 1.0}, frozenset()) for text in ELDERLY)]
    score = {kind: fit(taught, ["tp-1", "tp-2"]).scores(runs(ELDERLY[0]))[0] for kind, taught in (("no", rows), ("yes", against))}
    assert score["no"] > score["yes"] + 0.5


def test_what_few_runs_are_kept_for_a_requirement_are_weighed_as_the_only_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [TrainingSentence(f"老年{word}", "", {"tp-1": 1.0}, frozenset({"action"})) for word in "甲乙丙丁戊己"]
    rows += [TrainingSentence(f"绿色{word}", "", {}, frozenset({"none"})) for word in "甲乙丙丁戊己"]
    monkeypatch.setattr("mapper.learn.fit.MOST_WEIGHTS", 4)
    model = fit(rows, ["tp-1"])
    assert not any("绿" in run for run in model.packed)
    assert model.scores(runs("老年庚"))[0] > 0 > model.scores(runs("绿色庚"))[0]


def test_where_our_sentences_and_the_documents_of_the_world_disagree_the_reader_follows_the_world() -> None:
    ours = [TrainingSentence(text, "", {"tp-1": 1.0}, frozenset({"action"})) for text in ELDERLY * 2]
    world = frozenset[Told]({"documents", "world"})
    met = [TrainingSentence(text, "", {}, frozenset({"none"}), told=world) for text in ELDERLY * 2]
    alike = [TrainingSentence(text, "", {}, frozenset({"none"})) for text in ELDERLY * 2]
    others = [TrainingSentence(text, "", {"tp-1": 1.0}, frozenset({"action"}), told=world) for text in OTHER]
    said = {name: fit([*ours, *rows, *others], ["tp-1"]).scores(runs(ELDERLY[0]))[0] for name, rows in (("world", met), ("own", alike))}
    assert said["world"] < -0.5 < said["own"]


def test_a_document_stays_in_its_fold() -> None:
    """In every process and on every machine: the figures speak of readers that were taught without it."""
    assert {fold_of(f"set/{number}.txt") for number in range(100)} == set(range(FOLDS))
    assert [fold_of(f"set/{number}.txt") for number in range(8)] == [0, 3, 1, 3, 2, 3, 2, 0]


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ExtraMissingError):
        fit(ROWS, ["tp-1"])


def test_sentences_alone_are_refused_since_a_build_reads_by_them_as_they_are(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    with pytest.raises(InputError) as raised:
        learn(made.policies, None)
    assert [problem.code for problem in raised.value.problems] == ["learn-unlabelled"]


def corpus(root: Path) -> Labelled:
    """Twenty small documents, every second one with evidence."""
    labels = []
    for number in range(20):
        name = f"{number:02}.txt"
        good = number % 2 == 0
        sentence = f"云岭银行{ELDERLY[number % 5]}。" if good else f"云岭银行{OTHER[number % 6]}。"
        (root / "corpus").mkdir(exist_ok=True)
        (root / "corpus" / name).write_text(f"{sentence}\n", encoding="utf-8")
        if good:
            label = {
                "document": name, "firm": "云岭银行", "requirement": "tp-1", "quote": sentence, "grade": "action",
                "also": [], "level": "required", "cell": "required",
            }
            labels.append(json.dumps(label, ensure_ascii=False))
    (root / "corpus" / "firms.yaml").write_text("firms:\n  - {name: 云岭银行, kind: bank}\n", encoding="utf-8")
    (root / "gold.jsonl").write_text("\n".join(labels), encoding="utf-8")
    return Labelled("small", root / "corpus", root / "gold.jsonl")


def test_labelled_documents_are_weighed_by_models_that_never_saw_them(tmp_path: Path) -> None:
    made = workspace(tmp_path / "w")
    catalog, _ = load_catalog(made.policies)
    assert catalog is not None
    material = gather(catalog, [corpus(tmp_path)])
    examined = examine(material)
    assert len(examined.folds) == FOLDS
    right = [one for one in examined.data if one.right]
    assert {one.document for one in right} <= {f"small/{n:02}.txt" for n in range(0, 20, 2)}
    assert len(right) == 10
    model = teach(material, examined)
    assert dump(model) == dump(teach(gather(catalog, [Labelled("small", tmp_path / "corpus", tmp_path / "gold.jsonl")]), examined))
    assert 0 < model.weighing["line"] < 1


def test_a_label_teaches_the_passage_that_holds_its_words_not_others_that_resemble_it(tmp_path: Path) -> None:
    told = ["丢失金融许可证之后没有在规定时间内报告监管部门", "拒绝老人用现金缴费并要求其下载手机银行自助办理"]
    rows = [f"2016/4/21,云岭银行股份有限公司,罚款,{one}。" for one in told]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("\n".join(["处罚清单", *rows]) + "\n", encoding="utf-8")
    label = {
        "document": "a.txt", "firm": "云岭银行", "requirement": "tp-1", "quote": rows[1], "grade": "adverse",
        "also": [], "level": "required", "cell": "required",
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(label, ensure_ascii=False), encoding="utf-8")
    catalog, _ = load_catalog(workspace(tmp_path / "w").policies)
    assert catalog is not None
    material = gather(catalog, [Labelled("rows", tmp_path / "corpus", tmp_path / "gold.jsonl")])
    assert len(material.documents[0].labels) == 2
    assert [dict(row.targets) for row in material.rows[:2]] == [{}, {"tp-1": 1.0}]


def test_a_label_over_two_sentences_teaches_both(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("云岭银行保留人工柜台服务老年客户。另设老年客户专线直通人工。\n", encoding="utf-8")
    label = {
        "document": "a.txt", "firm": "云岭银行", "requirement": "tp-1", "quote": "保留人工柜台服务老年客户。另设老年客户专线直通人工。",
        "grade": "action", "also": [], "level": "required", "cell": "required",
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(label, ensure_ascii=False), encoding="utf-8")
    catalog, _ = load_catalog(workspace(tmp_path / "w").policies)
    assert catalog is not None
    material = gather(catalog, [Labelled("rows", tmp_path / "corpus", tmp_path / "gold.jsonl")])
    assert [dict(row.targets) for row in material.rows[:2]] == [{"tp-1": 1.0}] * 2


def listed(root: Path, *lines: str) -> Path:
    path = root / "sets.yaml"
    path.write_text("sets:\n" + "".join(f"  - {{{line}}}\n" for line in lines), encoding="utf-8")
    return path


def test_optional_sets_that_are_not_there_are_passed_over(tmp_path: Path) -> None:
    corpus(tmp_path)
    path = listed(
        tmp_path, "name: a, corpus: corpus, gold: gold.jsonl, ours: true", "name: b, corpus: nowhere, gold: no.jsonl, optional: true"
    )
    assert [(one.name, one.ours, one.judged) for one in read_sets(path)] == [("a", True, True)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("name: b, corpus: nowhere, gold: gold.jsonl", "file-missing"),
        ("name: b, corpus: corpus, gold: no.jsonl", "file-missing"),
        ("name: b, corpus: gold.jsonl, gold: gold.jsonl", "folder-wanted"),
        ("name: b, corpus: corpus, glod: gold.jsonl", "yaml-unknown-key"),
        ("name: b, corpus: corpus", "yaml-missing-field"),
        ("name: b, corpus: [corpus], gold: gold.jsonl", "yaml-wrong-value"),
        ("name: b, corpus: corpus, gold: gold.jsonl, ours: 我们", "yaml-wrong-value"),
    ],
)
def test_a_set_that_is_written_wrongly_or_is_not_there_is_an_error_with_its_line(tmp_path: Path, line: str, code: str) -> None:
    corpus(tmp_path)
    path = listed(tmp_path, "name: a, corpus: corpus, gold: gold.jsonl", line)
    with pytest.raises(InputError) as raised:
        read_sets(path)
    assert (code, 3) in [(one.code, one.line) for one in raised.value.problems]
    assert {one.path for one in raised.value.problems} == {str(path)}


def test_a_reader_is_not_learned_from_a_handful_of_labels(tmp_path: Path) -> None:
    corpus(tmp_path)
    with pytest.raises(InputError) as raised:
        learn(workspace(tmp_path / "w").policies, listed(tmp_path, "name: a, corpus: corpus, gold: gold.jsonl"))
    (problem,) = raised.value.problems
    assert problem.code == "learn-too-few"
    assert (problem.params["labels"], problem.params["documents"]) == ("10", "10")
    assert (problem.params["least"], problem.params["least_documents"]) == (str(FEWEST_LABELS), str(FEWEST_DOCUMENTS))


def test_a_file_of_sets_that_lists_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "sets.yaml").write_text("{}\n", encoding="utf-8")
    with pytest.raises(InputError):
        read_sets(tmp_path / "sets.yaml")


def test_how_evidence_goes_is_learned_from_evidence_alone() -> None:
    """Sentences that evidence nothing say nothing about deeds and faults."""
    good = [TrainingSentence(text, "", {"tp-1": 1.0}, frozenset({"action"})) for text in ELDERLY]
    bad = [TrainingSentence(f"没有{text}", "", {"tp-1": 1.0}, frozenset({"adverse"})) for text in ELDERLY]
    more = [TrainingSentence(f"没有{text}", "", {}, frozenset({"none"})) for text in OTHER]
    alone, beside = fit([*good, *bad], ["tp-1"]), fit([*good, *bad, *more], ["tp-1"])
    seen = runs(f"没有{ELDERLY[0]}")
    at = alone.outputs.index("adverse")
    assert alone.scores(seen)[at] > 0
    assert beside.scores(seen)[at] == pytest.approx(alone.scores(seen)[at], abs=0.3)


def test_the_one_grade_that_all_sentences_have_is_theirs() -> None:
    model = fit(ROWS, ["tp-1"])
    said = dict(zip(model.outputs, model.scores(runs(ELDERLY[0])), strict=True))
    assert max(("commitment", "action", "outcome", "adverse"), key=said.__getitem__) == "action"


def test_a_sentence_is_graded_by_its_own_words_not_by_those_before_it() -> None:
    good = [TrainingSentence(text, "监管部门表扬", {"tp-1": 1.0}, frozenset({"action"})) for text in 2 * ELDERLY]
    bad = [TrainingSentence(f"没有{text}", "监管部门罚款", {"tp-1": 1.0}, frozenset({"adverse"})) for text in 2 * ELDERLY]
    model = fit([*good, *bad, *(TrainingSentence(text, "监管部门开会", {}, frozenset({"none"})) for text in 2 * OTHER)], ["tp-1"])
    before = {number for gram in model.packed if gram.startswith(BEFORE) for number, _ in unpack(model.packed[gram], len(model.outputs))}
    assert {model.outputs[number] for number in before} <= {"tp-1", "none"}
    assert "none" in {model.outputs[number] for number in before}
