"""How an alignment is judged by gold labels."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.evaluate import (
    Balance,
    Evaluation,
    Label,
    Share,
    evaluate,
    normalise,
    overlaps,
    path_digest,
    read_labels,
    render,
)
from mapper.evaluate.table import aligned
from mapper.evaluate.text import Index
from mapper.letters import width
from mapper.model import (
    Act,
    Alignment,
    Document,
    Evidence,
    Firm,
    PassageText,
    Policy,
    Reason,
    Requirement,
    Run,
    Signal,
    Source,
    Words,
)
from mapper.problems import InputError
from mapper.shipped import folder

ELDERLY = "我行在全部网点为老年客户保留人工柜台和现金服务"
TRAINING = "全年组织消费者权益保护培训四十场，覆盖全体员工"
FINE = "因违规收费被监管部门罚款二百万元，相关责任人受到警告"


# ---- a small world ---------------------------------------------------------------------------------------------


def a_label(quote: str = ELDERLY, **fields: Any) -> Label:
    given = {"document": "a.txt", "firm": "甲银行", "requirement": "ph23-06.c", "grade": "action", "also": ()}
    return Label(**(given | {"quote": quote, "level": "required", "cell": "required"} | fields))


def a_mark(quote: str = ELDERLY, **fields: Any) -> Evidence:
    given = {"id": "e1", "document": "a.txt", "firm": "甲银行", "requirement": "ph23-06.c", "grade": "action"}
    place: dict[str, Any] = {"start": 0, "end": len(quote), "quote": quote, "score": 0.9, "reasons": ()}
    return Evidence(**(given | place | fields))


def a_requirement(id: str, policy: str) -> Requirement:
    signals, examples = (Signal(need=("某",)),), ("某甲", "某乙")
    return Requirement(
        id=id,
        policy=policy,
        clause="一",
        title=id,
        title_en=id,
        text=id,
        obligation="must",
        applies_to=("all",),
        signals=signals,
        examples=examples,
        counterexamples=("无",),
    )


def a_policy(id: str, *requirements: str) -> Policy:
    return Policy(
        id=id,
        title=id,
        short_title=f"《{id}》",
        title_en=id,
        issuer="局",
        number="1",
        issued="2023-01-01",
        published="2023-01-01",
        basis="verified",
        note="",
        requirements=tuple(a_requirement(r, id) for r in requirements),
    )


def an_alignment(*evidence: Evidence, documents: tuple[str, ...] = ("a.txt", "b.txt")) -> Alignment:
    return Alignment(
        run=Run(version="0"),
        policies=(a_policy("ph23", "ph23-06.c", "ph23-07"), a_policy("cp22", "cp22-11")),
        firms=(
            Firm(
                id="甲银行",
                name="甲银行",
                kind="bank",
                full_name="甲银行股份有限公司",
                aliases=("甲行",),
                former=("甲信社",),
            ),
            Firm(id="乙消费金融", name="乙消费金融", kind="consumer-finance", aliases=("甲银行",)),
        ),
        documents=tuple(Document(id=id, path=id, sha256="") for id in documents),
        evidence=evidence,
        cells=(),
    )


def judged(*evidence: Evidence, labels: tuple[Label, ...]) -> Evaluation:
    return evaluate(an_alignment(*evidence), labels)


# ---- reading labels --------------------------------------------------------------------------------------------


def write(tmp_path: Path, *lines: str | dict[str, Any]) -> Path:
    path = tmp_path / "gold.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def faults(path: Path) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(InputError) as caught:
        read_labels(path)
    assert all(problem.path == str(path) and str(problem) for problem in caught.value.problems)
    return [(problem.code, problem.line, problem.params.get("field")) for problem in caught.value.problems]


GOOD = a_label().model_dump(mode="json")


def test_labels_are_read_in_order_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, "", "  ", GOOD | {"also": ["outcome"], "quote": TRAINING})
    assert read_labels(path) == (a_label(), a_label(TRAINING, also=("outcome",)))


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeff" + json.dumps(GOOD))
    assert read_labels(path) == (a_label(),)


def test_a_line_separator_inside_a_quote_ends_no_line(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD | {"quote": "上\u2028下"})
    assert read_labels(path)[0].quote == "上\u2028下"


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ('{"document": ', "label-json", None),
        ("[]", "label-json", None),
        ("7", "label-json", None),
        ("[" * 5000, "label-json", None),
        ('{"document": "\\ud800"}', "label-json", None),
        ({key: value for key, value in GOOD.items() if key != "quote"}, "label-missing", "quote"),
        (GOOD | {"colour": "red"}, "label-unknown", "colour"),
        (GOOD | {"grade": "excellent"}, "label-choice", "grade"),
        (GOOD | {"grade": None}, "label-choice", "grade"),
        (GOOD | {"level": "needed"}, "label-choice", "level"),
        (GOOD | {"cell": 1}, "label-choice", "cell"),
        (GOOD | {"also": ["action", "good"]}, "label-choice", "also.1"),
        (GOOD | {"also": "action"}, "label-list", "also"),
        (GOOD | {"firm": 7}, "label-text", "firm"),
        (GOOD | {"quote": ""}, "label-text", "quote"),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, line: str | dict[str, Any], code: str, field: str | None
) -> None:
    assert faults(write(tmp_path, GOOD, line, GOOD)) == [(code, 2, field)]


def test_all_faults_of_all_lines_are_named_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD | {"grade": "?", "more": 1}, GOOD, "{")
    assert sorted(faults(path), key=str) == [
        ("label-choice", 1, "grade"),
        ("label-json", 3, None),
        ("label-unknown", 1, "more"),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "标注不是一个 JSON 对象（不是完整的 JSON） / the label is not a JSON object (no whole JSON)"),
        ("[]", "标注不是一个 JSON 对象（应为键值对） / the label is not a JSON object (a mapping expected)"),
    ],
)
def test_a_line_that_is_no_label_is_told_in_both_languages(tmp_path: Path, line: str, said: str) -> None:
    path = write(tmp_path, line)
    with pytest.raises(InputError) as caught:
        read_labels(path)
    assert str(caught.value) == f"{path}:1: {said}"


def test_a_problem_reads_file_line_message(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD | {"grade": "?"})
    with pytest.raises(InputError) as caught:
        read_labels(path)
    assert str(caught.value).startswith(f"{path}:1: ")
    assert "commitment, action, outcome, adverse" in str(caught.value)


def test_a_file_that_is_not_utf8_is_named_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(json.dumps(GOOD).encode() + b"\n" + "标注".encode("gb18030"))
    assert faults(path) == [("label-encoding", 2, None)]


@pytest.mark.parametrize("read", [read_labels, path_digest])
def test_a_missing_file_is_a_problem(tmp_path: Path, read: Any) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path / "nowhere.jsonl")
    assert [problem.code for problem in caught.value.problems] == ["file-missing"]


def test_the_digest_is_the_sha256_of_the_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert path_digest(path) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_shipped_labels_are_well_formed_and_counted_as_their_description_says() -> None:
    labels = read_labels(folder("seeds") / "gold.jsonl")
    figures = judged(labels=labels).overall
    assert (len(labels), figures.evidence.recall, figures.cells.recall) == (559, Share(0, 299), Share(0, 170))
    assert len({(label.firm, label.requirement) for label in labels}) == 268


# ---- the same words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ＡＩ客服，１００％覆盖。", "ai客服100覆盖"),
        ("小 马\n机　器人", "小马机器人"),
        ("金融監(jiān)管總局业（yè）务(wù)", "金融監管總局业务"),
        ("“适老化”——服务！", "适老化服务"),
        ("安全(Security)与 (Safeguard)", "安全security与safeguard"),
        ("每人10(wàn)元、个体(含小微)", "每人10wàn元个体含小微"),
        ("，。！", ""),
    ],
)
def test_normalising_drops_width_glosses_spaces_punctuation_and_case(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("一二三四五六七八九十甲乙丙丁戊己庚辛", "天地玄黄一二三四五六七八九十宇宙洪荒", True),
        ("一二三四五六七八九甲乙丙丁戊己庚辛壬", "天地玄黄一二三四五六七八九宇宙洪荒日月", False),
        ("一二三", "天地一二三玄黄", True),
        ("一二三四五", "天地一二三玄黄", True),
        ("一二三四五六", "天地一二三玄黄宇宙", False),
        ("", "一二三", False),
        ("", "", False),
    ],
)
def test_ten_shared_characters_or_sixty_percent_of_the_shorter_overlap(first: str, second: str, same: bool) -> None:
    assert overlaps(first, second) is same


TEXTS = st.text(alphabet="甲乙丙", max_size=60) | st.text(max_size=40).map(normalise)


def longest_common_run(first: str, second: str) -> int:
    best, above = 0, [0] * (len(second) + 1)
    for one in first:
        row = [0]
        for column, other in enumerate(second):
            row.append(above[column] + 1 if one == other else 0)
        best, above = max(best, *row), row
    return best


@given(TEXTS, TEXTS)
def test_overlap_is_what_the_longest_common_run_says(first: str, second: str) -> None:
    shared, shorter = longest_common_run(first, second), min(len(first), len(second))
    assert overlaps(first, second) is (shared >= 10 or (shared > 0 and shared * 10 >= shorter * 6))


@given(TEXTS, TEXTS)
def test_overlap_is_symmetric(first: str, second: str) -> None:
    assert overlaps(first, second) is overlaps(second, first)


@given(TEXTS)
def test_a_text_overlaps_itself_unless_it_is_empty(text: str) -> None:
    assert overlaps(text, text) is bool(text)


@given(TEXTS.filter(bool), TEXTS, TEXTS)
def test_a_text_overlaps_what_contains_it(text: str, before: str, after: str) -> None:
    assert overlaps(text, before + text + after)


@given(st.lists(TEXTS, max_size=8), TEXTS)
def test_the_index_finds_exactly_the_texts_that_overlap(texts: list[str], asked: str) -> None:
    assert Index(texts).overlapping(asked) == [number for number, text in enumerate(texts) if overlaps(asked, text)]


# ---- evidence --------------------------------------------------------------------------------------------------


def test_a_mark_is_right_where_a_label_of_its_document_firm_and_requirement_overlaps() -> None:
    figures = judged(a_mark(f"近年来，{ELDERLY}。"), labels=(a_label(),)).overall
    assert figures.evidence == Balance(Share(1, 1), Share(1, 1))


@pytest.mark.parametrize(
    "fields", [{"document": "b.txt"}, {"firm": "乙消费金融"}, {"requirement": "ph23-07"}, {"quote": TRAINING}]
)
def test_a_mark_is_wrong_where_one_of_the_four_differs(fields: dict[str, str]) -> None:
    evaluation = judged(a_mark(**fields), labels=(a_label(),))
    assert evaluation.overall.evidence == Balance(Share(0, 1), Share(0, 1))
    assert [miss.label for miss in evaluation.misses] == [a_label()]
    assert len(evaluation.false_marks) == 1


def test_a_mark_in_a_document_without_labels_is_wrong() -> None:
    figures = judged(a_mark(), a_mark(TRAINING, document="b.txt"), labels=(a_label(),)).overall
    assert figures.evidence.precision == Share(1, 2)


COPIES = (("a.txt", 0), ("b.txt", 50), ("b.txt", 90))


def test_the_same_words_in_several_documents_count_once_in_each() -> None:
    places = tuple(Source(document=document, start=at, end=at + 23) for document, at in COPIES)
    evaluation = judged(a_mark(sources=places), labels=(a_label(),))
    assert evaluation.overall.evidence == Balance(Share(1, 2), Share(1, 1))
    assert evaluation.overall.cells == Balance(Share(1, 1), Share(1, 1))
    assert [false.place for false in evaluation.false_marks] == [Source(document="b.txt", start=50, end=73)]


def test_an_acceptable_label_makes_a_mark_right_and_asks_for_none() -> None:
    label = a_label(level="acceptable")
    assert judged(a_mark(), labels=(label,)).overall.evidence == Balance(Share(1, 1), Share(0, 0))
    assert judged(labels=(label,)).misses == ()


def test_a_mark_may_hit_several_labels_and_a_label_be_hit_by_several_marks() -> None:
    labels = (a_label(ELDERLY), a_label(TRAINING))
    figures = judged(a_mark(ELDERLY + TRAINING), a_mark(ELDERLY), labels=labels).overall
    assert figures.evidence == Balance(Share(2, 2), Share(2, 2))


@pytest.mark.parametrize("name", ["甲行", "甲银行股份有限公司", "甲信社"])
def test_a_label_may_call_a_firm_by_its_full_former_or_other_name(name: str) -> None:
    evaluation = judged(a_mark(), labels=(a_label(firm=name),))
    assert evaluation.overall.evidence == Balance(Share(1, 1), Share(1, 1))
    assert evaluation.overall.cells == Balance(Share(1, 1), Share(1, 1))
    assert [group.id for group in evaluation.firms] == ["甲银行"]


def test_a_firms_own_name_is_never_another_firms_alias() -> None:
    assert judged(a_mark(firm="乙消费金融"), labels=(a_label(firm="甲银行"),)).overall.evidence.precision == Share(0, 1)


# ---- cells, grades, attribution, adverse -----------------------------------------------------------------------


def test_a_predicted_cell_is_right_if_it_has_any_label_even_at_another_passage() -> None:
    figures = judged(
        a_mark(TRAINING), a_mark(requirement="ph23-07"), labels=(a_label(cell="acceptable", level="acceptable"),)
    ).overall
    assert figures.cells == Balance(Share(1, 2), Share(0, 0))


def test_required_cells_must_be_predicted_by_whatever_evidence() -> None:
    labels = (a_label(level="acceptable"), a_label(TRAINING), a_label(FINE, requirement="cp22-11"))
    assert judged(a_mark(grade="commitment"), labels=labels).overall.cells == Balance(Share(1, 1), Share(1, 2))


@pytest.mark.parametrize(("grade", "right"), [("action", 1), ("outcome", 1), ("commitment", 0)])
def test_a_grade_is_right_if_it_is_the_labels_or_one_of_its_others(grade: str, right: int) -> None:
    assert judged(a_mark(grade=grade), labels=(a_label(also=("outcome",)),)).overall.grade == Share(right, 1)


def test_grades_are_judged_on_right_marks_only() -> None:
    assert judged(a_mark(), a_mark(firm="乙消费金融"), labels=(a_label(),)).overall.grade == Share(1, 1)


def test_attribution_is_judged_on_passages_that_are_labelled_for_the_requirement() -> None:
    marks = (a_mark(), a_mark(firm="乙消费金融"), a_mark(requirement="cp22-11"), a_mark(TRAINING))
    assert judged(*marks, labels=(a_label(),)).overall.attribution == Share(1, 2)


def test_adverse_figures_count_only_marks_and_labels_graded_adverse() -> None:
    labels = (
        a_label(FINE, requirement="cp22-11", grade="adverse"),
        a_label(FINE, requirement="ph23-07", grade="adverse", firm="乙消费金融"),
        a_label(),
    )
    marks = (
        a_mark(FINE, requirement="cp22-11", grade="adverse"),
        a_mark(ELDERLY, grade="adverse"),
        a_mark(FINE, requirement="ph23-07", firm="乙消费金融", grade="action"),
        a_mark(TRAINING, grade="adverse"),
    )
    assert judged(*marks, labels=labels).overall.adverse == Balance(Share(1, 3), Share(1, 2))


def test_figures_stand_per_policy_and_per_firm_in_the_alignments_order() -> None:
    labels = (a_label(FINE, requirement="cp22-11", firm="乙消费金融"), a_label())
    evaluation = judged(a_mark(), a_mark(TRAINING, requirement="ph23-07"), labels=labels)
    per_policy = [(group.name, group.figures.evidence) for group in evaluation.policies]
    assert per_policy == [
        ("《ph23》", Balance(Share(1, 2), Share(1, 1))),
        ("《cp22》", Balance(Share(0, 0), Share(0, 1))),
    ]
    per_firm = [(group.name, group.figures.cells) for group in evaluation.firms]
    assert per_firm == [
        ("甲银行", Balance(Share(1, 2), Share(1, 1))),
        ("乙消费金融", Balance(Share(0, 0), Share(0, 1))),
    ]


def test_labels_that_nothing_in_the_alignment_can_hit_are_counted_as_missed_and_said() -> None:
    labels = (a_label(document="z.txt"), a_label(firm="丙保险"), a_label(requirement="xx99-1"))
    evaluation = judged(labels=labels)
    assert evaluation.overall.evidence.recall == Share(0, 3)
    assert vars(evaluation.outside) == {"documents": 1, "requirements": 1, "firms": 1}
    assert [(group.name, group.known) for group in evaluation.firms] == [("甲银行", True), ("丙保险", False)]
    assert [(group.name, group.known) for group in evaluation.policies] == [("《ph23》", True), ("", False)]


def test_a_share_of_nothing_is_undefined_and_f1_is_zero_as_soon_as_one_side_is() -> None:
    assert Share(0, 0).value is None
    assert Balance(Share(3, 4), Share(1, 2)).f1 == pytest.approx(0.6)
    assert Balance(Share(0, 0), Share(0, 7)).f1 == 0
    assert Balance(Share(0, 4), Share(0, 5)).f1 == 0
    assert Balance(Share(4, 4), Share(0, 0)).f1 is None
    assert Balance(Share(0, 0), Share(0, 0)).f1 is None


# ---- reliability -----------------------------------------------------------------------------------------------


def test_scores_fall_into_ten_bins_with_their_mean_and_share_right() -> None:
    scores = {0.0: ELDERLY, 0.8: ELDERLY, 0.89: TRAINING, 0.9: ELDERLY, 1.0: ELDERLY}
    bins = judged(*(a_mark(quote, score=score) for score, quote in scores.items()), labels=(a_label(),)).reliability
    assert [(band.low, band.high) for band in bins] == [(n / 10, (n + 1) / 10) for n in range(10)]
    assert [band.right for band in bins] == [Share(1, 1), *[Share(0, 0)] * 7, Share(1, 2), Share(2, 2)]
    assert [band.mean for band in bins] == [0.0, *[None] * 7, pytest.approx(0.845), pytest.approx(0.95)]


# ---- errors ----------------------------------------------------------------------------------------------------


def test_a_miss_shows_the_mark_that_comes_nearest_on_the_same_passage() -> None:
    other_firm, other_requirement = a_mark(firm="乙消费金融"), a_mark(requirement="ph23-07")
    elsewhere = a_mark(document="b.txt")
    assert judged(other_requirement, other_firm, elsewhere, labels=(a_label(),)).misses[0].nearest == other_firm
    assert judged(other_requirement, elsewhere, labels=(a_label(),)).misses[0].nearest == other_requirement
    assert judged(elsewhere, labels=(a_label(),)).misses[0].nearest is None


def test_a_false_mark_shows_what_the_labels_say_instead() -> None:
    labels = (
        a_label(firm="乙消费金融"),
        a_label(requirement="ph23-07"),
        a_label(TRAINING, firm="丙保险"),
        a_label(document="b.txt", firm="丁信托"),
    )
    (false,) = judged(a_mark(), labels=labels).false_marks
    assert false.passage_firms == ("乙消费金融",)
    assert false.passage_requirements == ("ph23-07",)
    assert false.document_firms == ("丙保险", "乙消费金融")


# ---- laws ------------------------------------------------------------------------------------------------------

LABELS = st.lists(
    st.builds(
        a_label,
        quote=st.sampled_from([ELDERLY, TRAINING, FINE]),
        document=st.sampled_from(["a.txt", "b.txt"]),
        firm=st.sampled_from(["甲银行", "乙消费金融"]),
        requirement=st.sampled_from(["ph23-06.c", "ph23-07", "cp22-11"]),
        grade=st.sampled_from(["commitment", "action", "outcome", "adverse"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda label: (label.document, label.firm, label.requirement, label.quote),
)


def echoed(labels: list[Label]) -> list[Evidence]:
    """What a system would give that knows the labels."""
    fields = ("document", "firm", "requirement", "quote", "grade")
    return [a_mark(**{field: getattr(label, field) for field in fields}) for label in labels]


@given(LABELS)
def test_giving_the_labels_themselves_is_perfect(labels: list[Label]) -> None:
    evaluation = judged(*echoed(labels), labels=tuple(labels))
    figures = evaluation.overall
    assert figures.cells.f1 == figures.evidence.f1 == figures.grade.value == figures.attribution.value == 1
    assert figures.adverse.f1 == (1 if any(label.grade == "adverse" for label in labels) else None)
    assert not evaluation.misses and not evaluation.false_marks


@given(LABELS, st.sampled_from(["action", "adverse"]))
def test_one_more_wrong_mark_lowers_precision_and_nothing_else(labels: list[Label], grade: str) -> None:
    before = judged(*echoed(labels), labels=tuple(labels)).overall
    wrong = a_mark("办公楼外墙粉刷工程于上月底完成验收", firm="丙保险", grade=grade)
    after = judged(*echoed(labels), wrong, labels=tuple(labels)).overall
    assert after.evidence.precision == Share(len(labels), len(labels) + 1)
    assert after.cells.precision == Share(before.cells.precision.part, before.cells.precision.whole + 1)
    assert after.adverse.precision.part == before.adverse.precision.part
    assert after.adverse.precision.whole == before.adverse.precision.whole + (grade == "adverse")
    assert (after.evidence.recall, after.cells.recall) == (before.evidence.recall, before.cells.recall)
    assert (after.adverse.recall, after.grade, after.attribution) == (
        before.adverse.recall,
        before.grade,
        before.attribution,
    )


@given(LABELS, st.data())
def test_the_parts_add_up_to_the_whole(labels: list[Label], data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.sampled_from(echoed(labels)), max_size=6, unique_by=id))
    marks.append(a_mark(TRAINING + FINE, firm="乙消费金融"))
    evaluation = judged(*marks, labels=tuple(labels))
    for groups in (evaluation.policies, evaluation.firms):
        for figure in ("evidence", "cells", "adverse"):
            for side in ("precision", "recall"):
                whole = getattr(getattr(evaluation.overall, figure), side)
                parts = [getattr(getattr(group.figures, figure), side) for group in groups]
                assert (sum(p.part for p in parts), sum(p.whole for p in parts)) == (whole.part, whole.whole)
    assert sum(band.right.whole for band in evaluation.reliability) == evaluation.marks
    assert sum(band.right.part for band in evaluation.reliability) == evaluation.overall.evidence.precision.part
    assert len(evaluation.false_marks) == evaluation.marks - evaluation.overall.evidence.precision.part
    recall = evaluation.overall.evidence.recall
    assert len(evaluation.misses) == recall.whole - recall.part


@given(LABELS, st.randoms(use_true_random=False))
def test_the_order_of_marks_and_labels_changes_no_figure(labels: list[Label], random: Any) -> None:
    marks = echoed(labels)[::2]
    first = judged(*marks, labels=tuple(labels))
    random.shuffle(marks)
    random.shuffle(labels)
    second = judged(*marks, labels=tuple(labels))
    assert render(first) == render(second)


# ---- how far attribution lets matching come --------------------------------------------------------------------


def reached(*acts: tuple[str, str], labels: tuple[Label, ...]) -> Evaluation:
    """Judged without a single mark, where ``acts`` (firm, sentence of a.txt) were given by attribution."""
    sentences = (ELDERLY, TRAINING, FINE)
    ends = {words: 100 * number for number, words in enumerate(sentences)}
    text = tuple(
        PassageText(number=number, start=ends[words], end=ends[words] + 50, text=words, paragraph=number)
        for number, words in enumerate(sentences)
    )
    given = tuple(Act(firm=firm, start=ends[words], end=ends[words] + 50) for firm, words in acts)
    base = an_alignment()
    document = base.documents[0].model_copy(update={"text": text, "acts": given})
    return evaluate(base.model_copy(update={"documents": (document, *base.documents[1:])}), labels)


def test_a_required_label_is_within_reach_where_its_passage_was_given_to_its_firm() -> None:
    labels = (a_label(firm="甲信社"), a_label(TRAINING, firm="甲行"), a_label(FINE), a_label(FINE, level="acceptable"))
    evaluation = reached(("甲银行", ELDERLY), ("甲银行", TRAINING), ("乙消费金融", FINE), labels=labels)
    assert evaluation.ceiling == Share(2, 3)
    assert [(one.label, one.given) for one in evaluation.lost] == [(labels[2], ("乙消费金融",))]


def test_what_was_given_to_nobody_and_what_no_document_holds_is_lost() -> None:
    labels = (a_label(), a_label(document="nowhere.txt"))
    evaluation = reached(labels=labels)
    assert evaluation.ceiling == Share(0, 2)
    report = render(evaluation, errors=True)
    assert "归属上限 / attribution ceiling" in report and "0.0% (0/2)" in report
    assert report.count("这句话没有归给任何机构 / the passage was given to nobody") == 2


# ---- the printed tables ----------------------------------------------------------------------------------------


def a_report(errors: bool) -> str:
    words = (Words(start=9, end=11, text="老年"),)
    why = (
        Reason(kind="attribution", code="sign-named", params={"name": "甲银行"}),
        Reason(kind="signal", code="of-another-version", params={"group": "1"}, words=words),
    )
    marks = (
        a_mark(reasons=why),
        a_mark(TRAINING, requirement="ph23-07", reasons=why, score=0.35),
        a_mark(FINE, firm="丙保险", grade="adverse", requirement="cp22-11"),
    )
    labels = (a_label(), a_label(TRAINING, requirement="cp22-11", also=("outcome",)), a_label(FINE, firm="丁信托"))
    return render(judged(*marks, labels=labels), errors=errors)


def test_every_percentage_of_a_share_stands_beside_its_counts() -> None:
    lines = [line.split("  ") for line in a_report(errors=False).splitlines()]
    cells = {line[0]: [cell.strip() for cell in line[1:] if cell.strip()] for line in lines if line[0]}
    assert cells["格 / cells"] == ["33.3% (1/3)", "33.3% (1/3)", "33.3%"]
    assert cells["等级 / grade"] == ["100.0% (1/1)"]


def test_a_share_of_nothing_is_shown_as_a_dash() -> None:
    report = render(judged(labels=()))
    assert "— (0/0)" in report
    assert "%" not in report


def test_the_report_speaks_chinese_first_with_english_beside() -> None:
    report = a_report(errors=True)
    assert report.startswith("标记 3 个，标注 3 条 / 3 marks, 3 labels\n")
    for heading in (
        "总体 / Overall",
        "按政策 / By policy",
        "按机构 / By firm",
        "分数可信度 / Reliability of the scores",
    ):
        assert f"\n{heading}\n" in report


def test_columns_are_aligned_by_their_width_on_a_terminal() -> None:
    assert width("甲b（é") == 6
    assert width("e\u0301") == 1
    assert aligned([["甲银行", "1"], ["b", "22"], ["", ""]]) == ["甲银行   1", "b       22", ""]


def test_errors_are_listed_on_demand_with_passage_and_reasons() -> None:
    assert "错标" not in a_report(errors=False)
    report = a_report(errors=True)
    assert "漏标 2 条 / 2 misses" in report
    assert f"1. 甲银行 · cp22-11 · action/outcome · a.txt\n   标注原文 / labelled words: {TRAINING}\n" in report
    assert "错标 2 个 / 2 false marks" in report
    assert "1. 甲银行 · ph23-07 · action · 0.35 · a.txt 0–23\n" in report
    assert "   归属 / attribution: 文中点名：甲银行 / named in the text: 甲银行\n" in report
    assert "   信号 / signal: of-another-version group=1 「老年」\n" in report
    assert "   这句话标注了其他要求 / the passage is labelled for: cp22-11\n" in report
