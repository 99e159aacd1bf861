"""The model's word beside the program's: shown, never final; in the score only where somebody measured what it is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mapper.align.union import merge
from mapper.ask.calibrate import calibrated, compared
from mapper.ask.record import Recorded
from mapper.ask.second import SecondReaderSetup
from mapper.evaluate import Label
from mapper.matchers.calibration import Calibration, dump, fit, load, numbers
from mapper.model import Alignment, Evidence, document_id
from mapper.report.html import render_html
from mapper.report.json import dump as as_json
from mapper.report.json import load as from_json
from tests.ask.models import answer, verdict
from tests.ask.models import asked as read
from tests.ask.worlds import aligned, answers, asked
from tests.builders import document

ELDERLY = "云岭银行在全部网点为老年客户保留人工柜台，并提供上门服务。"
ODD = "云岭银行的大堂里，白发的客人总有人搀着走到窗口前坐下。"
FIRST, SECOND = "cp22-38", "cp22-41"
WORLD = (document(ELDERLY, ODD),)


def says(**named: str) -> Callable[[str], str]:
    """A model that names a requirement for the sentence that holds a word, as ``word=requirement``."""

    def model(user: str) -> str:
        key, sentences = read(user)
        return answer(
            key,
            [
                {
                    "id": one["id"],
                    "verdicts": [
                        verdict(requirement, one["firms"][0], word)
                        for word, requirement in named.items()
                        if word in one["text"] and one["firms"]
                    ],
                }
                for one in sentences
            ],
        )

    return model


def pieces(made: Alignment) -> dict[tuple[str, str], Evidence]:
    return {(piece.quote, piece.requirement): piece for piece in made.evidence}


def test_without_answers_nothing_of_a_second_reader_is_said_anywhere() -> None:
    made, _ = aligned(WORLD)
    text = as_json(made)
    assert not any(word in text for word in ('"found_by"', '"opinion"', '"only_model"'))
    assert "queue-differs" not in render_html(made) and "why-model" not in render_html(made)


def test_what_both_find_keeps_the_programs_score_and_grade_and_says_both() -> None:
    before, _ = aligned(WORLD)
    made, _ = aligned(WORLD, answers(says(人工柜台=FIRST), asked(*WORLD)))
    old, new = pieces(before)[ELDERLY, FIRST], pieces(made)[ELDERLY, FIRST]
    assert (new.found_by, new.score, new.grade) == ("both", old.score, old.grade) and not new.differs
    assert new.opinion and (new.opinion.by, new.opinion.verdict, new.opinion.program) == ("某模型", "met", old.score)
    assert [one.text for one in new.opinion.words] == ["人工柜台"]


def test_what_only_the_program_finds_is_shown_as_before_and_marked_as_differing() -> None:
    before, _ = aligned(WORLD)
    made, _ = aligned(WORLD, answers(says(), asked(*WORLD)))
    old, new = pieces(before)[ELDERLY, FIRST], pieces(made)[ELDERLY, FIRST]
    assert (new.found_by, new.score) == ("program", old.score) and new.differs
    assert len(made.evidence) == len(before.evidence)


def test_what_only_the_model_finds_is_shown_with_the_programs_low_score_and_its_cell_says_so() -> None:
    made, _ = aligned(WORLD, answers(says(白发=SECOND), asked(*WORLD)))
    new = pieces(made)[ODD, SECOND]
    assert new.found_by == "model" and new.differs and new.score < 0.37 and new.grade == "action"
    assert any(reason.kind == "model" and reason.code == "model-met-why" for reason in new.reasons)
    cells = {cell.requirement: cell for cell in made.cells if cell.evidence}
    assert cells[SECOND].only_model and cells[SECOND].status == "evidenced" and not cells[FIRST].only_model


def test_a_breach_that_only_the_model_sees_is_adverse() -> None:
    def model(user: str) -> str:
        key, (one, *rest) = read(user)
        said = verdict(SECOND, one["firms"][0], "云岭银行", verdict="breached", grade="adverse")
        return answer(key, [{"id": one["id"], "verdicts": [said]}, *({"id": other["id"], "verdicts": []} for other in rest)])

    made, _ = aligned(WORLD, answers(model, asked(*WORLD)))
    assert pieces(made)[ELDERLY, SECOND].grade == "adverse"


def test_a_document_without_answers_in_a_run_with_some_is_the_programs_alone() -> None:
    other = document(ELDERLY.replace("云岭", "海港"), id="b.txt")
    made, _ = aligned((*WORLD, other), answers(says(人工柜台=FIRST), asked(*WORLD)))
    assert {piece.found_by for piece in made.evidence if piece.document == "b.txt"} == {"program"}
    assert all(piece.opinion is None for piece in made.evidence if piece.document == "b.txt")


def test_an_answer_to_what_a_document_no_longer_says_is_kept_counted_and_not_used() -> None:
    given = answers(says(人工柜台=FIRST), asked(*WORLD))
    changed = (document(ELDERLY.replace("上门", "入户"), ODD),)
    made, second = aligned(changed, given)
    assert second and (second.tally["answered"], second.tally["stale"]) == (0, 1)
    assert {piece.found_by for piece in made.evidence} == {"program"}


def test_answers_about_a_file_and_its_rows_are_known_by_the_file() -> None:
    corpus = [document(ELDERLY, id=document_id(*one), path=one[0]) for one in [("甲#1.txt", ""), ("b.csv", "2")]]
    heard = SecondReaderSetup(Recorded(tuple(answers(says(人工柜台=FIRST), asked(*corpus)))))
    assert set(heard.digests()) == {"", document_id("甲#1.txt"), document_id("b.csv")}


def test_answers_to_requests_without_names_count_for_the_text_as_it_stands() -> None:
    world = (document(ELDERLY.replace("老年客户", "老年客户张某")),)
    made, second = aligned(world, answers(says(人工柜台=FIRST), asked(*world, redact=True)))
    assert second and second.tally["stale"] == 0
    assert pieces(made)[world[0].passages[0].text, FIRST].found_by == "both"


def test_of_several_readers_the_one_with_the_most_answers_speaks() -> None:
    requests = asked(*WORLD)
    given = [*answers(says(), requests, "乙"), *answers(says(人工柜台=FIRST), requests, "甲")]
    made, second = aligned(WORLD, given)
    assert second and second.name == "乙" and pieces(made)[ELDERLY, FIRST].found_by == "program"


def test_answers_that_fail_the_checks_change_nothing_and_are_counted() -> None:
    before, _ = aligned(WORLD)
    made, second = aligned(WORLD, answers(lambda user: "我不知道", asked(*WORLD)))
    assert second and second.tally["fault-not-json"] == 1
    assert [(p.id, p.score) for p in made.evidence] == [(p.id, p.score) for p in before.evidence]


def test_replaying_gives_the_same_bytes_and_they_can_be_read_back() -> None:
    given = answers(says(人工柜台=FIRST, 白发=SECOND), asked(*WORLD))
    first, again = (as_json(aligned(WORLD, given)[0]) for _ in range(2))
    assert first == again and as_json(from_json(first)) == first


def test_alignments_with_answers_merge() -> None:
    other = document(ODD.replace("云岭", "海港"), id="b.txt")
    given = answers(says(人工柜台=FIRST, 白发=SECOND), asked(*WORLD, other))
    whole, _ = aligned((*WORLD, other), given)
    parts = [aligned([one], given)[0] for one in (*WORLD, other)]
    assert merge(*parts) == whole


# ---- calibration -----------------------------------------------------------------------------------------------

TRUST = Calibration({"bias": -4.0, "program": 0.5, "model-met": 6.0, "model-partly": 1.0, "model-breached": 3.0}, 0.5)


def test_with_a_calibration_the_models_word_is_in_the_score() -> None:
    made, _ = aligned(WORLD, answers(says(人工柜台=FIRST), asked(*WORLD)), TRUST, min_score=TRUST.line)
    new = pieces(made)[ELDERLY, FIRST]
    assert new.opinion and new.score == TRUST.scored(new.opinion.program, {"model-asked": 1.0, "model-met": 1.0})
    assert all(piece.score >= TRUST.line for piece in made.evidence)


def test_with_a_calibration_what_the_model_denies_may_fall_below_the_line() -> None:
    made, _ = aligned(WORLD, answers(says(), asked(*WORLD)), TRUST, min_score=TRUST.line)
    assert all(piece.opinion is None or piece.score >= TRUST.line for piece in made.evidence)
    assert (ELDERLY, FIRST) not in pieces(made)


def test_where_the_model_was_not_asked_the_score_is_the_programs() -> None:
    assert TRUST.scored(0.61, {}) == 0.61


def test_weights_are_found_again_from_what_they_make_likely() -> None:
    rows = [
        (numbers(p / 10, {f"model-{said}": 1.0} if said else {}), said == "met" if n % 5 else p > 5)
        for n, (p, said) in enumerate((p, said) for p in range(1, 10) for said in (None, "met", None, "partly") * 5)
    ]
    weights = fit(rows)
    assert weights["model-met"] > 1.5 > weights["model-partly"] and weights["program"] > 0
    assert fit(rows) == weights


def test_a_calibration_is_written_and_read_as_it_is_and_a_damaged_one_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_bytes(dump(TRUST))
    found = load(path)
    assert isinstance(found, Calibration) and (found.weights, found.line) == (TRUST.weights, TRUST.line)
    for damaged in (dump(TRUST)[:40], dump(replace(TRUST, line=float("nan"))), dump(replace(TRUST, weights={"bias": float("inf")}))):
        path.write_bytes(damaged)
        assert getattr(load(path), "code", "") == "calibration-damaged"
    assert load(tmp_path / "none.json") is None


def test_program_model_and_both_are_judged_by_the_same_labels() -> None:
    label = Label(
        document="a.txt", firm="云岭银行", requirement=SECOND, quote=ODD, grade="action", also=(), level="required",
        cell="required",
    )  # fmt: skip
    everything, _ = aligned(WORLD, answers(says(白发=SECOND), asked(*WORLD)), min_score=0.0)
    found = compared(everything, [label], lambda grade: 0.37)
    assert found.program.overall.evidence.recall.value == 0
    assert found.model.overall.evidence.f1 == found.model.overall.cells.f1 == 1
    assert found.either.overall.evidence.recall.value == 1 and found.agreed.marks == 0
    assert found.weighed is None and calibrated(everything, [label], {}) is None


def test_with_a_calibration_what_the_model_names_has_the_models_grade() -> None:
    def model(user: str) -> str:
        key, sentences = read(user)
        return answer(
            key,
            [
                {
                    "id": one["id"],
                    "verdicts": [verdict(FIRST, one["firms"][0], "人工柜台", grade="commitment")] if "人工柜台" in one["text"] else [],
                }
                for one in sentences
            ],
        )

    given = answers(model, asked(*WORLD))
    assert pieces(aligned(WORLD, given)[0])[ELDERLY, FIRST].grade == "action"
    assert pieces(aligned(WORLD, given, TRUST, min_score=TRUST.line)[0])[ELDERLY, FIRST].grade == "commitment"
