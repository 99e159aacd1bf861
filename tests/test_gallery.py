"""The worked policies of docs/gallery: each loads without a warning, and its documents give the matrix it promises."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from mapper import inputs as reading
from mapper import run
from mapper.align.trial import trial
from mapper.catalog.load import Catalog, load_catalog
from mapper.evaluate import Figures, evaluate, read_labels
from mapper.matchers.shelf import shelf
from mapper.model import Alignment, Lesson

GALLERY = Path(__file__).resolve().parent.parent / "docs" / "gallery"
NAMES = sorted(path.name for path in GALLERY.iterdir() if path.is_dir())


@cache
def read(name: str) -> run.Inputs:
    return run.read_inputs(GALLERY / name, GALLERY / name / "corpus")


@cache
def built(name: str, as_of: str | None = None) -> Alignment:
    return run.build(read(name), as_of=as_of)


PAGE = (GALLERY / "README.md").read_text(encoding="utf-8")


def row(name: str, figures: Figures) -> str:
    """A row of the page's table of how good a policy is."""
    shares = (figures.evidence.precision, figures.evidence.recall, figures.cells.precision, figures.cells.recall)
    return " | ".join(["", name, *(f"{one.part} / {one.whole}" for one in shares), ""]).strip()


@pytest.mark.parametrize("name", NAMES)
def test_every_requirement_is_taught_by_a_dozen_sentences_and_near_misses(name: str) -> None:
    catalog, problems = load_catalog(GALLERY / name)
    assert catalog is not None and problems == []
    taught = Counter(one for lesson in catalog.lessons for one in lesson.evidences)
    misses = Counter(lesson.written_for for lesson in catalog.lessons if lesson.near_miss)
    few = [one.id for one in catalog.requirements if taught[one.id] < (12 if name == "digital" else 11) or misses[one.id] < 3]
    assert few == []
    texts = Counter(lesson.text for lesson in catalog.lessons)
    assert [text for text, times in texts.items() if times > 1] == []


def test_the_gallery_holds_three_policies_of_increasing_size() -> None:
    sizes = []
    for name in NAMES:
        catalog, _ = load_catalog(GALLERY / name)
        assert catalog is not None
        sizes.append(len(catalog.requirements))
    assert len(NAMES) == 3 and len(set(sizes)) == 3 and max(sizes) >= 30


@pytest.mark.parametrize(
    ("name", "documents", "right", "found"), [("notice", 12, 0.85, 0.9), ("collection", 8, 0.8, 0.75)]
)
def test_from_a_text_to_a_matrix(name: str, documents: int, right: float, found: float) -> None:
    """Of the marks so many are right, and of what is labelled as plain evidence so much is found (shares, floors)."""
    alignment = built(name)
    assert len(alignment.documents) == documents
    figures = evaluate(alignment, read_labels(GALLERY / name / "corpus/gold.jsonl")).overall
    assert figures.evidence.precision.part >= right * figures.evidence.precision.whole
    assert figures.evidence.recall.part >= found * figures.evidence.recall.whole
    assert figures.cells.precision.part >= 0.9 * figures.cells.precision.whole
    assert row(name, figures) in PAGE


def test_duties_that_begin_later_or_mean_large_banks_are_no_gaps() -> None:
    status = {(cell.firm, cell.requirement): cell.status for cell in built("notice").cells}
    assert status["望潮消费金融", "hz25-07"] == "not-yet"
    assert status["临港农商银行", "hz25-06.b"] == "not-applicable"
    later = {(cell.firm, cell.requirement): cell.status for cell in built("notice", "2026-12-31").cells}
    assert later["望潮消费金融", "hz25-07"] == "none"
    status = {(cell.firm, cell.requirement): cell.status for cell in built("collection").cells}
    assert status["临江银行", "lj25-14.b"] == "not-yet" and status["渡口小贷", "lj25-14.b"] == "not-applicable"


def test_the_plan_for_digital_finance_reads_sentences_that_it_was_not_taught() -> None:
    """Its model of a few requirements, taught by this policy's sentences alone."""
    catalog, _ = load_catalog(GALLERY / "digital")
    assert catalog is not None
    asked = {
        "dg25-13": "我行把大模型接到信贷报告撰写里，日均生成初稿九百份。",
        "dg25-17": "贵州数据中心投产，绿电占比超过一半。",
        "dg25-27": "红蓝对抗演练每季度一次，漏洞两天内修好。",
    }
    kept = tuple(one for one in catalog.requirements if one.id in asked)
    policy = catalog.policies[0].model_copy(update={"requirements": kept})
    few = replace(catalog, policies=(policy,))
    reader = shelf(few)
    found = {id: trial(text, few, reader)[0] for id, text in asked.items()}
    assert {id: one.requirement for id, one in found.items()} == {id: id for id in asked}
    assert sum(one.score >= reader.model.weighing["line"] for one in found.values()) >= 2


@pytest.mark.parametrize(
    ("name", "label", "right", "found"),
    [
        ("notice", "notice，每条只教五句、两句近似句 · five sentences, two near misses each", 0.9, 0.6),
        ("collection", "collection，同上 · the same", 0.8, 0.4),
    ],
)
def test_five_sentences_a_requirement_find_much_and_mark_little_wrongly(
    monkeypatch: pytest.MonkeyPatch, name: str, label: str, right: float, found: float
) -> None:
    """So many an author types; which of the dozen are kept, their letters decide, not their order. By them alone it is taught."""

    def few(catalog: Catalog) -> Catalog:
        kept: list[Lesson] = []
        for id in (one.id for one in catalog.requirements):
            own = sorted((one for one in catalog.lessons if one.written_for == id), key=lambda one: one.text[::-1])
            kept += [one for one in own if not one.near_miss][:5] + [one for one in own if one.near_miss][:2]
        return replace(catalog, lessons=tuple(kept))

    monkeypatch.setattr(reading, "shelf", lambda catalog, kept: shelf(few(catalog), kept=kept))
    inputs = run.read_inputs(GALLERY / name, GALLERY / name / "corpus")
    alignment = run.build(replace(inputs, catalog=few(inputs.catalog)))
    figures = evaluate(alignment, read_labels(GALLERY / name / "corpus/gold.jsonl")).overall
    assert figures.evidence.precision.part >= right * figures.evidence.precision.whole
    assert figures.evidence.recall.part >= found * figures.evidence.recall.whole
    assert row(label, figures) in PAGE
