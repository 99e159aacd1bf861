"""``mapper ask`` and what the other commands do with its answers, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapper.cli import main
from tests.ask.models import PRACTICE, answer, verdict
from tests.ask.models import asked as read
from tests.ask.server import completion, serving
from tests.tiny import Workspace, workspace

MORE = "\n6月7日，微众银行又为长者开设了人工专线，惠及三千人。\n"


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    found = workspace(tmp_path)
    found.write("corpus/b.txt", MORE)
    return found


def model(user: str) -> str:
    """Finds the one requirement met wherever people are served by people."""
    key, sentences = read(user)
    return answer(
        key,
        [
            {
                "id": one["id"],
                "verdicts": [verdict("tp-1", one["firms"][0], word) for word in (PRACTICE, "人工专线") if word in one["text"]],
            }
            for one in sentences
        ],
    )


def respond(requests: Path, responses: Path) -> None:
    """What a provider makes of a batch file."""
    lines = []
    for line in requests.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        said = completion(model(data["body"]["messages"][1]["content"]))
        lines.append({"custom_id": data["custom_id"], "response": {"status_code": 200, "body": said}, "error": None})
    responses.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")


def build(made: Workspace, *more: str) -> bytes:
    assert main(["build", *made.arguments, "--out", str(made.out), *more]) == 0
    return (made.out / "alignment.json").read_bytes() + (made.out / "matrix.html").read_bytes()


def test_requests_go_out_as_a_file_answers_come_back_as_one_and_the_next_build_reads_them(
    made: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = build(made)
    requests, responses = made.root / "requests.jsonl", made.root / "responses.jsonl"
    assert main(["ask", *made.arguments, "--model", "m", "--export", str(requests)]) == 0
    respond(requests, responses)
    assert main(["ask", *made.arguments, "--import", str(responses)]) == 0
    assert "通过核对的判断" in capsys.readouterr().err
    assert (made.root / "answers" / "answers.jsonl").exists()
    with_answers = build(made)
    said = capsys.readouterr().err
    assert "第二读者 served" in said and "不计入评分" in said
    assert b'"found_by": "both"' in with_answers and b'"role": "answers"' in with_answers
    assert build(made) == with_answers != plain
    (made.root / "answers" / "answers.jsonl").unlink()
    assert build(made) == plain


def test_what_is_answered_is_not_written_out_again(made: Workspace) -> None:
    first, second = made.root / "1.jsonl", made.root / "2.jsonl"
    main(["ask", *made.arguments, "--model", "served", "--export", str(first)])
    respond(first, made.root / "r.jsonl")
    main(["ask", *made.arguments, "--import", str(made.root / "r.jsonl")])
    made.write("corpus/c.txt", MORE.replace("三千", "五千"))
    main(["ask", *made.arguments, "--model", "served", "--export", str(second)])
    assert len(second.read_text().splitlines()) == 1 and second.read_text() not in first.read_text()


def test_a_bad_line_of_a_response_file_is_named_and_the_others_are_taken(
    made: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    requests, responses = made.root / "requests.jsonl", made.root / "responses.jsonl"
    main(["ask", *made.arguments, "--model", "m", "--export", str(requests)])
    respond(requests, responses)
    responses.write_text('{"custom_id": "elsewhere"}\nno json\n' + responses.read_text(), encoding="utf-8")
    capsys.readouterr()
    assert main(["ask", *made.arguments, "--import", str(responses)]) == 1
    said = capsys.readouterr().err
    assert f"{responses}:1: 没有请求 elsewhere" in said and f"{responses}:2: 这一行不是 JSON" in said
    assert (made.root / "answers" / "answers.jsonl").read_text().count("\n") == 2


def test_a_line_of_a_response_file_is_called_a_line_and_no_document(made: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    requests, responses = made.root / "requests.jsonl", made.root / "responses.jsonl"
    main(["ask", *made.arguments, "--model", "m", "--export", str(requests)])
    respond(requests, responses)
    responses.write_text("no json\n" + responses.read_text(), encoding="utf-8")
    capsys.readouterr()
    assert main(["ask", *made.arguments, "--import", str(responses)]) == 1
    said = capsys.readouterr().err
    assert "没有收的行 1 行" in said and "文档 1 份" not in said


def test_answers_that_fail_their_checks_are_told_from_those_that_stand(made: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    requests, responses = made.root / "requests.jsonl", made.root / "responses.jsonl"
    main(["ask", *made.arguments, "--model", "served", "--export", str(requests)])
    respond(requests, responses)
    first, *rest = map(json.loads, responses.read_text().splitlines())
    first["response"]["body"]["choices"][0]["message"]["content"] = "很抱歉，无法回答。"
    responses.write_text("\n".join(map(json.dumps, [first, *rest])), encoding="utf-8")
    capsys.readouterr()
    assert main(["ask", *made.arguments, "--import", str(responses)]) == 1
    said = capsys.readouterr().err
    assert f"收下 {len(rest)} 个回答" in said and "另有 1 个回答通不过核对" in said
    main(["ask", *made.arguments, "--model", "served", "--export", str(requests)])
    assert len(requests.read_text().splitlines()) == 1


def test_a_dry_run_says_what_it_would_take_and_sends_nothing(made: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    with serving() as server:
        assert main(["ask", *made.arguments, "--endpoint", server.url, "--model", "m", "--dry-run"]) == 0
    assert not server.came and "词元" in capsys.readouterr().err
    assert not (made.root / "answers").exists()


def test_asking_at_an_address_takes_the_key_from_the_environment(made: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("httpx")
    monkeypatch.setenv("MAPPER_API_KEY", "k-1")
    with serving(model=model) as server:
        assert main(["ask", *made.arguments, "--endpoint", server.url, "--model", "m"]) == 0
    assert server.headers["Authorization"] == "Bearer k-1"
    recorded = (made.root / "answers" / "answers.jsonl").read_text()
    assert recorded.count("\n") == 2 and "k-1" not in recorded


def test_a_wrong_key_and_a_line_that_stays_bad_end_in_their_exit_codes(
    made: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("httpx")
    for fault, code, words in (("status 401", 2, "不接受密钥"), ("status 400", 1, "放弃")):
        with serving(lambda key, attempt, fault=fault: fault) as server:  # type: ignore[misc]
            assert main(["ask", *made.arguments, "--endpoint", server.url, "--model", "m"]) == code
        assert words in capsys.readouterr().err


def test_without_the_extra_asking_says_what_is_missing_and_the_rest_works(
    made: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    assert main(["ask", *made.arguments, "--endpoint", "http://127.0.0.1:9/v1", "--model", "m"]) == 2
    assert "[model]" in capsys.readouterr().err
    assert main(["ask", *made.arguments, "--model", "m", "--export", str(made.root / "r.jsonl")]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--endpoint", "http://x/v1", "--export", "r.jsonl", "--model", "m"],
        ["--endpoint", "http://x/v1"],
        ["--export", "r.jsonl"],
        ["--import", "nowhere.jsonl"],
    ],
)
def test_a_command_that_does_not_say_enough_asks_for_it(made: Workspace, arguments: list[str]) -> None:
    assert main(["ask", *made.arguments, *arguments]) == 2


def test_figures_of_program_model_and_both_are_printed(made: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    requests, responses = made.root / "requests.jsonl", made.root / "responses.jsonl"
    for run in ("1", "2"):
        main(["ask", *made.arguments, "--model", "m", "--run", run, "--export", str(requests)])
        respond(requests, responses)
        main(["ask", *made.arguments, "--run", run, "--import", str(responses)])
    label = {
        "document": "b.txt", "firm": "微众银行", "requirement": "tp-1", "quote": "微众银行又为长者开设了人工专线", "grade": "action",
        "also": [], "level": "required", "cell": "required",
    }  # fmt: skip
    gold = made.write("gold.jsonl", json.dumps(label, ensure_ascii=False))
    judged = ["evaluate", *made.arguments, "--gold", str(gold), "--answers", str(made.root / "answers")]
    capsys.readouterr()
    assert main(judged) == 0
    said = capsys.readouterr()
    assert all(row in said.out for row in ("程序", "模型", "任一")) and "一致率 1.00" in said.err
    assert main([*judged, "--calibrate"]) == 2 and "无法校准" in capsys.readouterr().err


def test_with_a_store_new_answers_are_heard_and_the_rest_is_not_done_again(
    made: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--store", str(made.root / "store")]
    plain = build(made, *store)
    requests = made.root / "requests.jsonl"
    main(["ask", *made.arguments, "--model", "served", "--export", str(requests)])
    respond(requests, made.root / "r.jsonl")
    main(["ask", *made.arguments, "--import", str(made.root / "r.jsonl")])
    with_answers = build(made, *store)
    assert b'"found_by": "both"' in with_answers and with_answers == build(made) != plain
    capsys.readouterr()
    assert build(made, *store) == with_answers
    said = capsys.readouterr().err
    assert "2 个请求中答了 2 个" in said


def test_in_several_processes_it_comes_to_the_same(made: Workspace) -> None:
    requests = made.root / "requests.jsonl"
    main(["ask", *made.arguments, "--model", "served", "--export", str(requests)])
    respond(requests, made.root / "r.jsonl")
    main(["ask", *made.arguments, "--import", str(made.root / "r.jsonl")])
    assert build(made, "--jobs", "2") == build(made, "--jobs", "1")
