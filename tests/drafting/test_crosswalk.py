"""Correspondences between two policies are proposed from sentences, texts and shared evidence; a human decides."""

from __future__ import annotations

import pytest
import yaml

from benchmarks.living import judge_crosswalk, untagged
from mapper.catalog.load import Catalog, load_catalog
from mapper.cli import main
from mapper.drafting.crosswalk import suggest_crosswalk
from mapper.model import Evidence, Lesson, Policy, Reason, Requirement
from tests.builders import REPOSITORY


def policy(id: str, **texts: str) -> Policy:
    requirements = tuple(
        Requirement(
            id=f"{id}-{name}", policy=id, clause="第一条", title=text[:6], title_en="x", text=text, obligation="must",
            applies_to=("all",),
        )
        for name, text in texts.items()
    )  # fmt: skip
    return Policy(
        id=id, title=id, short_title=id, title_en=id, issuer="某局", number="1号", issued="2024-01-01",
        published="2024-01-01", basis="verified", note="", requirements=requirements,
    )  # fmt: skip


A = policy("a", old="为老年客户保留人工柜台。", fee="公示收费项目。", safe="保护客户个人信息。")
B = policy("b", elder="照顾老年人使用习惯。", all="做好消费者权益保护各项工作。", edu="开展金融知识教育。")


def lessons(*tagged: tuple[int, tuple[str, ...]]) -> list[Lesson]:
    return [Lesson(text=f"第{n}句{ids}", evidences=ids, written_for=ids[0]) for number, ids in tagged for n in range(number)]


def test_sentences_that_bear_both_make_a_pair_and_their_shares_the_relation() -> None:
    found = suggest_crosswalk(
        A, B, lessons((9, ("a-old", "b-elder")), (1, ("a-old",)), (8, ("a-fee", "b-all")), (30, ("b-all",)), (10, ("b-edu",)))
    )
    assert {(one.source, one.relation, one.target, one.shared) for one in found} == {
        ("a-old", "equal", "b-elder", 9),
        ("a-fee", "subset", "b-all", 8),
    }


def test_one_sentence_in_common_is_not_enough() -> None:
    assert suggest_crosswalk(A, B, lessons((1, ("a-old", "b-edu")), (20, ("a-old",)), (20, ("b-edu",)))) == ()


def test_without_common_sentences_likeness_speaks() -> None:
    other = policy("c", same="为老年客户保留人工柜台。", else_="报送统计报表。")
    [one] = suggest_crosswalk(A, other, [])
    assert (one.source, one.target, one.relation, one.shared) == ("a-old", "c-same", "equal", 0)


def test_passages_that_a_run_found_for_both_count_like_sentences() -> None:
    from mapper.model import Alignment, Run

    def piece(number: int, requirement: str) -> Evidence:
        return Evidence(
            id=f"{requirement}{number}", firm="f", requirement=requirement, document="d", start=number, end=number + 1,
            quote="x", grade="action", score=0.9, reasons=(Reason(kind="grade", code="grade-action"),),
        )  # fmt: skip

    evidence = tuple(piece(n, id) for n in range(6) for id in ("a-safe", "b-edu"))
    made = Alignment(run=Run(version="1"), policies=(A, B), firms=(), documents=(), evidence=evidence, cells=())
    assert [(one.source, one.target) for one in suggest_crosswalk(A, B, [], made)] == [("a-safe", "b-edu")]


# ---- the command and the file ----------------------------------------------------------------------------------


def test_the_command_prints_entries_for_a_crosswalk(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crosswalk", "suggest", "cp22", "ph25"]) == 0
    printed = yaml.safe_load(capsys.readouterr().out)["crosswalk"]
    assert {"source", "relation", "target", "why"} == set(printed[0])
    pairs = {(one["source"], one["target"]) for one in printed}
    assert ("cp22-33", "ph25-10") in pairs
    assert ("cp22-34", "ph25-15.a") not in pairs  # crosswalk.yaml has it already


def test_an_unknown_policy_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["crosswalk", "suggest", "cp22", "nix"]) == 2
    assert "nix" in capsys.readouterr().err


# ---- the measure -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    found, _ = load_catalog(REPOSITORY / "policies")
    assert found is not None
    return found


def test_pairs_that_held_out_tags_imply_are_found(catalog: Catalog) -> None:
    for half in (0, 1):
        precision, recall, number = judge_crosswalk(catalog, half)
        assert number > 100
        assert precision >= 0.8 and recall >= 0.7, (half, precision, recall)


def test_likeness_alone_finds_half_of_them(catalog: Catalog) -> None:
    precision, recall, _ = untagged(catalog)
    assert precision >= 0.75 and recall >= 0.5
