"""Requests as a batch file and answers out of one: the JSON Lines format of the OpenAI batch interface, which vLLM reads too.

Format: https://platform.openai.com/docs/api-reference/batch/request-input and …/request-output.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from mapper.ask.check import check_answer
from mapper.ask.record import Answer, kept
from mapper.ask.requests import Request
from mapper.problems import Problem

URL = "/v1/chat/completions"
ANSWER_TOKENS = 4_000
"""Tokens that an answer may have."""
_LATEST = 32503680000
"""The year 3000 in seconds: a later time is no time."""


def asking(request: Request, model: str, most: int = ANSWER_TOKENS) -> dict[str, Any]:
    """A request as the body of a chat completion: the same sentence first in every one, temperature 0, JSON wanted."""
    return {
        "model": model,
        "messages": [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
        "temperature": 0,
        "max_tokens": most,
        "response_format": {"type": "json_object"},
    }


def exported(requests: Iterable[Request], model: str, most: int = ANSWER_TOKENS) -> bytes:
    """A batch file of the requests, one a line; ``custom_id`` is the request's id."""
    lines = (
        {"custom_id": one.id, "method": "POST", "url": URL, "body": asking(one, model, most)} for one in requests
    )
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode()


@dataclass(frozen=True)
class Imported:
    """What a response file held: answers to be recorded, how many were known already, and what is wrong with which line."""

    answers: tuple[Answer, ...]
    known: int
    problems: tuple[Problem, ...]


def imported(
    raw: bytes, shown: str, requests: Mapping[str, Request], known: Iterable[Answer], *, requirements: frozenset[str],
    asked: str, model: str | None = None, run: int = 1,
) -> Imported:
    """The answers of a response file to some requests (by id); ``shown`` is how messages name the file.

    ``known``: answers recorded already: the same answer is taken once, and of several to one request by one reader
    none after the first that is of use throughout. ``requirements``: the ids there are. ``asked``: when they are
    recorded as asked where the line does not say; ``model``: the name for answers that bear none. A line that cannot be
    used is a problem with its number, and the others are read.
    """
    held: defaultdict[tuple[str, str, int], list[Answer]] = defaultdict(list)
    for one in known:
        held[one.request, *one.reader].append(one)
    answers: list[Answer] = []
    problems: list[Problem] = []
    again = 0
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        found = _line(line, requests, asked=asked, model=model, run=run)
        if isinstance(found, Answer):
            before = held[found.request, *found.reader]
            asked_for = requests[found.request]
            if any(one.answer == found.answer or check_answer(one.answer, asked_for, requirements, cut=one.cut).usable for one in before):
                again += 1
            else:
                before.append(found)
                answers.append(found)
        else:
            code, params = found
            problems.append(Problem(code, shown, number, "left-out", params))
    return Imported(tuple(answers), again, tuple(problems))


def _line(
    line: bytes, requests: Mapping[str, Request], *, asked: str, model: str | None, run: int
) -> Answer | tuple[str, dict[str, str]]:
    """An answer, or the code of what is wrong with the line."""
    try:
        data = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return "response-not-json", {}
    key = data.get("custom_id") if isinstance(data, dict) else None
    if not isinstance(key, str):
        return "response-no-id", {}
    if key not in requests:
        return "response-unknown", {"id": key[:40]}
    response = data.get("response")
    if data.get("error") or not isinstance(response, dict) or response.get("status_code", 200) != 200:
        status = response.get("status_code", "—") if isinstance(response, dict) else "—"
        return "response-failed", {"id": key, "status": str(status)}
    said = completion(response.get("body"))
    if said is None:
        return "response-empty", {"id": key}
    text, cut = kept(said.text, cut=said.cut)
    name = model or said.model
    if not name:
        return "response-no-model", {"id": key}
    return Answer(
        request=key, document=requests[key].document, model=name, run=run,
        asked=said.created or asked, answer=text, cut=cut,
        prompt_tokens=said.prompt_tokens, answer_tokens=said.answer_tokens,
    )


@dataclass(frozen=True)
class Completion:
    """A chat completion: what was said, by whom and when, whether it broke off, and what it cost."""

    text: str
    model: str
    created: str | None
    cut: bool
    prompt_tokens: int | None
    answer_tokens: int | None


def completion(body: Any) -> Completion | None:
    """A chat completion as the interface returns it; None where it holds no message."""
    try:
        choice = body["choices"][0]
        text = choice["message"]["content"]
    except (KeyError, IndexError, TypeError):
        return None
    if not isinstance(text, str):
        return None
    usage = body.get("usage") if isinstance(body.get("usage"), dict) else {}

    def counted(name: str) -> int | None:
        value = usage.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None

    created = body.get("created")
    when = None
    if isinstance(created, int | float) and 0 < created < _LATEST:
        when = datetime.fromtimestamp(created, UTC).isoformat(timespec="seconds")
    return Completion(
        text, str(body.get("model") or ""), when, choice.get("finish_reason") == "length",
        counted("prompt_tokens"), counted("completion_tokens"),
    )
