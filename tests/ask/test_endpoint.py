"""Asking at an address: whatever the line and the server do, every answer is recorded once and no limit is passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from mapper.ask.budget import Budget, likely_tokens, most_tokens
from mapper.ask.endpoint import EndpointOptions, Outcome, ask, seconds
from mapper.ask.record import Recorder, read_answers
from mapper.ask.requests import Request
from mapper.ask.second import open_requests
from tests.ask.server import Play, Server, serving
from tests.ask.worlds import asked, ids
from tests.builders import document

pytest.importorskip("httpx")

TEXT = "云岭银行在全部网点为老年客户保留人工柜台，并提供上门服务。"
REQUESTS = asked(*(document(f"{TEXT}第{n}年。", "海港银行小微企业贷款余额增长12%。", id=f"{n}.txt") for n in range(6)))


def terms(url: str, **more: object) -> EndpointOptions:
    return EndpointOptions(**({"url": url, "model": "m", "pause": 0.001, "timeout": 5.0, "retries": 4, "parallel": 3} | more))  # type: ignore[arg-type]


def at(server: Server, folder: Path, requests: Sequence[Request] = REQUESTS, budget: Budget | None = None, **more: object) -> Outcome:
    """Ask for whatever is open in a folder."""
    made = terms(server.url, **more)
    left, tried = open_requests(requests, read_answers(folder).answers, (made.model, made.run), ids())
    with Recorder(folder) as recorder:
        return ask(left, made, recorder, budget or Budget(), ids(), tried=tried)


def first(fault: str) -> Play:
    """The fault at the first attempt of every request."""
    return lambda key, attempt: fault if attempt == 0 else None


def test_every_request_is_asked_once_with_the_key_and_recorded(tmp_path: Path) -> None:
    with serving() as server:
        outcome = at(server, tmp_path, key="secret")
    assert outcome == Outcome(answered=6) and set(server.came.values()) == {1}
    assert server.headers["Authorization"] == "Bearer secret"
    found = read_answers(tmp_path)
    assert sorted(one.request for one in found.answers) == sorted(one.id for one in REQUESTS)
    assert {one.model for one in found.answers} == {"m"} and "secret" not in repr(found)


def test_what_is_answered_is_not_asked_again(tmp_path: Path) -> None:
    with serving() as server:
        at(server, tmp_path, REQUESTS[:4])
        assert at(server, tmp_path).answered == 2
        assert at(server, tmp_path, run=2).answered == 6
    assert sum(server.came.values()) == 12


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ("status 500", "server"),
        ("status 503 0", "server"),
        ("status 429", "limited"),
        ("status 429 0", "limited"),
        ("silence", "broken"),
        ("reset", "broken"),
        ("html", "not-json"),
        ("no-choices", "not-json"),
        ("prose", "unusable"),
        ("cut", "unusable"),
        ("other", "unusable"),
        ("echo", "unusable"),
        ("missing", "unusable"),
        ("twice", "unusable"),
        ("huge", "too-long"),
    ],
)
def test_after_a_fault_the_same_request_is_sent_again_until_it_is_answered(tmp_path: Path, fault: str, named: str) -> None:
    with serving(first(fault)) as server:
        outcome = at(server, tmp_path)
    assert outcome.answered == 6 and outcome.faults == {named: 6} and not outcome.given_up
    assert set(server.came.values()) == {2}
    assert open_requests(REQUESTS, read_answers(tmp_path).answers, ("m", 1), ids())[0] == []


def test_a_server_that_takes_too_long_is_left_and_asked_again(tmp_path: Path) -> None:
    with serving(first("slow 20")) as server:
        outcome = at(server, tmp_path, timeout=0.3, parallel=6)
    assert outcome.answered == 6 and outcome.faults == {"timeout": 6}


def test_a_request_is_sent_as_often_as_its_retries_allow_and_then_given_up(tmp_path: Path) -> None:
    bad = REQUESTS[0].key
    with serving(lambda key, attempt: "status 500" if key == bad else None) as server:
        outcome = at(server, tmp_path, retries=2)
    assert server.came[bad] == 3 and outcome.answered == 5 and outcome.given_up == {"server": 1}


def test_answers_of_no_use_count_as_attempts_when_asking_goes_on_another_day(tmp_path: Path) -> None:
    with serving(lambda key, attempt: "prose") as server:
        for _ in range(3):
            at(server, tmp_path, REQUESTS[:1], retries=2)
    assert sum(server.came.values()) == 3 and len(read_answers(tmp_path).answers) == 3


def test_a_request_that_the_server_will_not_have_costs_no_other_and_no_second_try(tmp_path: Path) -> None:
    bad = REQUESTS[2].key
    with serving(lambda key, attempt: "status 400" if key == bad else None) as server:
        outcome = at(server, tmp_path)
    assert server.came[bad] == 1 and outcome.answered == 5 and outcome.given_up == {"refused": 1}


@pytest.mark.parametrize(("status", "why"), [(401, "key"), (403, "key"), (404, "address"), (302, "address")])
def test_with_a_wrong_key_or_address_asking_ends_at_once(tmp_path: Path, status: int, why: str) -> None:
    with serving(lambda key, attempt: f"status {status}") as server:
        outcome = at(server, tmp_path, parallel=1)
    assert outcome.ended == why and sum(server.came.values()) == 1


def test_where_nobody_answers_asking_ends_after_a_few_tries(tmp_path: Path) -> None:
    outcome = at(Server(url="http://127.0.0.1:9/v1"), tmp_path, REQUESTS)
    assert outcome.ended == "unreachable" and outcome.answered == 0


def test_an_address_that_is_none_is_called_so(tmp_path: Path) -> None:
    assert at(Server(url="localhost:8000/v1"), tmp_path, REQUESTS[:1]).ended == "address"


def test_when_the_server_asks_for_a_pause_everybody_keeps_it(tmp_path: Path) -> None:
    begun = datetime.now(UTC)
    with serving(lambda key, attempt: "status 429 1" if key == REQUESTS[0].key and attempt == 0 else None) as server:
        outcome = at(server, tmp_path, parallel=1)
    assert outcome.answered == 6 and datetime.now(UTC) - begun >= timedelta(seconds=1)


@pytest.mark.parametrize("said", ["429 86400", "503 86400", "503 inf"])
def test_a_pause_that_is_too_long_ends_asking(tmp_path: Path, said: str) -> None:
    with serving(lambda key, attempt: f"status {said}") as server:
        assert at(server, tmp_path).ended == "limited"


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    assert seconds("7") == 7.0 and seconds("-1") == 0.0
    assert seconds(None) is None and seconds("soon") is None
    later = seconds(format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True))
    assert later is not None and 80 < later <= 90


@pytest.mark.parametrize("fault", [None, "status 500", "prose", "silence"])
def test_no_more_requests_are_sent_than_the_budget_allows(tmp_path: Path, fault: str | None) -> None:
    with serving(lambda key, attempt: fault) as server:
        outcome = at(server, tmp_path, budget=Budget(requests=4))
    assert sum(server.came.values()) == 4 and outcome.ended == "budget"


def test_tokens_are_taken_before_a_request_is_sent_and_given_back_as_far_as_it_cost_less(tmp_path: Path) -> None:
    most = most_tokens(REQUESTS[0], terms("x").answer_tokens)
    with serving() as server:
        budget = Budget(tokens=most - 1)
        assert at(server, tmp_path, budget=budget).ended == "budget" and not server.came
        budget = Budget(tokens=most + 3 * 1050)
        outcome = at(server, tmp_path, budget=budget, parallel=1)
    assert outcome.answered >= 3 and outcome.ended == "budget" and budget.spent_tokens == outcome.answered * 1050


def test_no_text_can_be_more_tokens_than_is_reserved_for_it() -> None:
    for one in REQUESTS:
        assert likely_tokens(one) < most_tokens(one, 0)
