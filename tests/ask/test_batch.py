"""Batch files: what is written is what providers read, and of what comes back every bad line is named and costs nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mapper.ask.batch import Imported, asking, exported, imported
from tests.ask.models import honest
from tests.ask.worlds import WHEN, asked, ids
from tests.builders import document

TEXT = "云岭银行在全部网点为老年客户保留人工柜台，并提供上门服务。"
REQUESTS = asked(document(TEXT), document(f"{TEXT}惠及三千人。", id="b.txt"))
BY_ID = {one.id: one for one in REQUESTS}
FIRST, SECOND = BY_ID


def response(request: str, content: Any = None, **more: Any) -> dict[str, Any]:
    """A line of a response file as providers write it."""
    text = honest(BY_ID[request].user) if content is None and request in BY_ID else content
    said = {
        "id": "c-1", "object": "chat.completion", "created": 1767225600, "model": "m-1",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 6000, "completion_tokens": 90, "total_tokens": 6090},
    }  # fmt: skip
    return {"id": "b-1", "custom_id": request, "response": {"status_code": 200, "body": said}, "error": None} | more


def read(*lines: Any, known: Any = (), **more: Any) -> Imported:
    raw = b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines)
    return imported(raw, "responses.jsonl", BY_ID, known, requirements=ids(), asked="now", **more)


def test_a_batch_file_holds_one_chat_completion_a_line_under_the_id_of_its_request() -> None:
    lines = [json.loads(line) for line in exported(REQUESTS, "m-1").decode().splitlines()]
    assert [one["custom_id"] for one in lines] == [FIRST, SECOND]
    assert {(one["method"], one["url"]) for one in lines} == {("POST", "/v1/chat/completions")}
    assert lines[0]["body"] == asking(REQUESTS[0], "m-1")
    assert [one["role"] for one in lines[0]["body"]["messages"]] == ["system", "user"]
    assert lines[0]["body"]["messages"][0] == lines[1]["body"]["messages"][0]


def test_an_answer_is_taken_with_its_model_its_time_and_what_it_cost() -> None:
    found = read(response(FIRST), response(SECOND))
    assert [one.request for one in found.answers] == [FIRST, SECOND] and not found.problems
    one = found.answers[0]
    assert (one.model, one.asked, one.prompt_tokens, one.answer_tokens) == ("m-1", WHEN, 6000, 90)
    assert one.document == "a.txt" and one.answer == honest(REQUESTS[0].user)


def test_the_same_answers_read_again_are_known_and_another_round_is_another() -> None:
    first = read(response(FIRST))
    assert read(response(FIRST), known=first.answers) == Imported((), 1, ())
    assert len(read(response(FIRST), known=first.answers, run=2).answers) == 1


def test_of_two_answers_to_one_request_the_first_is_taken() -> None:
    found = read(response(FIRST), response(FIRST, "later"))
    assert [one.answer for one in found.answers] == [honest(REQUESTS[0].user)] and found.known == 1


@pytest.mark.parametrize("bad", ["我不知道", '{"sentences": []}'])
def test_an_answer_that_can_be_used_is_taken_after_one_that_cannot(bad: str) -> None:
    first = read(response(FIRST, bad))
    assert read(response(FIRST, bad), known=first.answers) == Imported((), 1, ())
    assert [one.answer for one in read(response(FIRST), known=first.answers).answers] == [honest(REQUESTS[0].user)]
    assert [one.answer for one in read(response(FIRST, bad), response(FIRST)).answers] == [bad, honest(REQUESTS[0].user)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"\xff\xfe", "response-not-json"),
        (b'{"custom_id": "x', "response-not-json"),
        (b"[1, 2]", "response-no-id"),
        ({"response": {}}, "response-no-id"),
        (response("f" * 24, "{}"), "response-unknown"),
        (response(FIRST, response={"status_code": 429, "body": {}}), "response-failed"),
        (response(FIRST, response=None, error={"code": "expired"}), "response-failed"),
        (response(FIRST, response={"status_code": 200, "body": {"choices": []}}), "response-empty"),
        (response(FIRST, response={"status_code": 200, "body": "busy"}), "response-empty"),
        (response(FIRST, [1]), "response-empty"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_costs_no_other(line: Any, code: str) -> None:
    found = read(response(SECOND), line)
    assert [one.request for one in found.answers] == [SECOND]
    assert [(one.code, one.path, one.line) for one in found.problems] == [(code, "responses.jsonl", 2)]
    assert str(found.problems[0])


def test_an_answer_that_breaks_off_is_kept_and_marked() -> None:
    line = response(FIRST)
    line["response"]["body"]["choices"][0]["finish_reason"] = "length"
    assert read(line).answers[0].cut
