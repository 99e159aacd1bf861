"""Answers are added to a file and never changed; a killed process leaves at most one line that is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.ask.record import LONGEST, NAME, Answer, Recorder, chief, kept, read_answers
from tests.ask.worlds import WHEN, lines


def an_answer(request: str = "a" * 24, **more: object) -> Answer:
    return Answer.model_validate(
        {"request": request, "document": "a.txt", "model": "m", "asked": WHEN, "answer": "{}"} | more
    )


def recorded(folder: Path, *answers: Answer) -> Path:
    with Recorder(folder) as recorder:
        recorder.add(answers)
    return folder / NAME


def test_what_is_recorded_is_read_back_in_the_order_in_which_it_came(tmp_path: Path) -> None:
    answers = (an_answer("b" * 24), an_answer("a" * 24, answer="第一行\n第二行\u2028"))
    recorded(tmp_path / "answers", answers[0])
    recorded(tmp_path / "answers", answers[1])
    assert read_answers(tmp_path / "answers").answers == answers


def test_a_folder_without_answers_holds_none(tmp_path: Path) -> None:
    assert read_answers(tmp_path).answers == () and read_answers(tmp_path).problems == ()


@pytest.mark.parametrize("cut", [1, 9, 60])
def test_a_line_that_a_killed_process_left_is_named_and_what_comes_after_it_is_kept(tmp_path: Path, cut: int) -> None:
    path = recorded(tmp_path, an_answer("a" * 24), an_answer("b" * 24))
    path.write_bytes(path.read_bytes()[:-cut])
    recorded(tmp_path, an_answer("c" * 24))
    found = read_answers(tmp_path)
    whole = ["a", "b", "c"] if cut == 1 else ["a", "c"]
    assert [one.request[0] for one in found.answers] == whole
    assert [(one.code, one.line, one.severity) for one in found.problems] == [("answers-line", 2, "warning")] * (cut > 1)


@given(st.lists(st.binary(max_size=40), max_size=4))
def test_no_file_of_answers_breaks_the_reading(tmp_path_factory: pytest.TempPathFactory, data: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("answers")
    path = recorded(folder, an_answer())
    path.write_bytes(path.read_bytes() + b"\n".join(data))
    assert read_answers(folder).answers[:1] == (an_answer(),)


def test_half_a_character_in_an_answer_is_no_reason_to_lose_it(tmp_path: Path) -> None:
    path = recorded(tmp_path, an_answer(answer="坏\ud800字"))
    assert len(read_answers(tmp_path).answers) == 1 and lines(path)[-1] == b""


def test_an_endless_answer_is_kept_cut_and_marked() -> None:
    text, cut = kept("x" * 10_000_000)
    assert (len(text), cut) == (LONGEST, True)


def test_the_reader_with_the_most_answers_speaks() -> None:
    assert chief([an_answer(model="b"), an_answer(model="a"), an_answer(model="b")]) == ("b", 1)
    assert chief([an_answer(model="b"), an_answer(model="a", run=2), an_answer(model="a")]) == ("a", 1)
    assert chief([]) is None
