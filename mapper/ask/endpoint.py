"""Requests to an OpenAI-compatible address: several at once, asked again where the line or the answer is bad, and stopped
where it makes no sense to go on. An answer is on the disk before its request counts as done.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, Literal

from mapper.ask.batch import ANSWER_TOKENS, Completion, asking, completion
from mapper.ask.budget import Budget, most_tokens
from mapper.ask.check import check_answer
from mapper.ask.record import Answer, Recorder, kept
from mapper.ask.requests import Request

if TYPE_CHECKING:
    import httpx
from mapper.problems import ExtraMissingError
from mapper.progress import Progress

EXTRA = "model"
PATH = "/chat/completions"
LARGEST = 2_000_000
"""Bytes of a response that are read; no answer is longer."""
LONGEST_WAIT = 900.0
"""Seconds that a server may ask to be left alone; if it asks for more, asking ends."""
_SLOWEST = 60.0
_NOBODY = 8
"""Requests in a row that nobody took, before anything was answered: then nobody is there."""
End = Literal["key", "address", "budget", "unreachable", "limited"]
"""Why asking ended before everything was answered."""


@dataclass(frozen=True)
class EndpointOptions:
    """Whom to ask and how. ``retries``: how often one request is sent again at most; times in seconds."""

    url: str
    model: str
    key: str | None = None
    run: int = 1
    parallel: int = 4
    retries: int = 4
    timeout: float = 120.0
    pause: float = 1.0
    """Seconds before a request is sent again; each time twice as long."""
    answer_tokens: int = ANSWER_TOKENS

    @property
    def address(self) -> str:
        """The address of the interface: that of the server with the path of chat completions."""
        base = self.url.rstrip("/")
        return base if base.endswith(PATH) else base + PATH


@dataclass
class Outcome:
    """What came of asking: requests answered, faults met on the way, requests given up by the fault, and why it ended."""

    answered: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    given_up: Counter[str] = field(default_factory=Counter)
    ended: End | None = None


def ask(
    requests: Sequence[Request],
    terms: EndpointOptions,
    recorder: Recorder,
    budget: Budget,
    requirements: frozenset[str],
    *,
    tried: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Ask for what is not answered yet. ``tried``: how often a request was answered to no use before (by its id).

    Raises ExtraMissingError without httpx. What else goes wrong is in the outcome; on an interrupt the answers that
    are there are kept, and KeyboardInterrupt goes on its way.
    """
    try:
        import httpx
    except ImportError as error:
        raise ExtraMissingError(EXTRA) from error
    limits = httpx.Limits(max_connections=terms.parallel, max_keepalive_connections=terms.parallel)
    headers = {"Authorization": f"Bearer {terms.key}"} if terms.key else {}
    with httpx.Client(timeout=terms.timeout, limits=limits, headers=headers) as client:
        asking = _Session(client, terms, recorder, budget, requirements, dict(tried or {}))
        with ThreadPoolExecutor(max_workers=terms.parallel) as pool:
            jobs = {pool.submit(asking.one, request): request for request in requests}
            try:
                for done, job in enumerate(as_completed(jobs), start=1):
                    job.result()
                    if progress:
                        progress(done, len(jobs), jobs[job].document)
            except BaseException:
                asking.stop()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    return asking.outcome


class _Session:
    """One round of asking, shared by its threads: who must wait until when, what came of it, and whether to go on at all."""

    def __init__(
        self, client: httpx.Client, terms: EndpointOptions, recorder: Recorder, budget: Budget, requirements: frozenset[str],
        tried: Mapping[str, int],
    ) -> None:
        self.outcome = Outcome()
        self._client, self._terms, self._recorder, self._budget = client, terms, recorder, budget
        self._requirements, self._tried = requirements, tried
        self._over = Event()
        self._lock = Lock()
        self._quiet_until = 0.0
        self._unreached = 0

    def stop(self) -> None:
        """Send nothing more; what is under way is still recorded."""
        self._over.set()

    def end(self, why: End) -> None:
        """Send nothing more, for a reason."""
        with self._lock:
            if self.outcome.ended is None:
                self.outcome.ended = why
        self._over.set()

    def one(self, request: Request) -> None:
        """Send a request until it is answered, its attempts are used up, or asking ends."""
        fault = "unusable"
        for attempt in range(self._tried.get(request.id, 0), self._terms.retries + 1):
            self._rest()
            most = most_tokens(request, self._terms.answer_tokens)
            if self._over.is_set():
                return
            if not self._budget.take(most):
                self.end("budget")
                return
            found = self._sent(request, most)
            if found is None:
                with self._lock:
                    self.outcome.answered += 1
                return
            fault, wait, again = found
            with self._lock:
                self.outcome.faults[fault] += 1
            if not again or self._over.is_set():
                break
            pause = self._terms.pause * 2**attempt * random.uniform(0.5, 1.0)
            if attempt < self._terms.retries:
                self._over.wait(min(_SLOWEST, pause) if wait is None else wait)
        if not self._over.is_set():
            with self._lock:
                self.outcome.given_up[fault] += 1

    def _rest(self) -> None:
        """Wait as long as the server asked everybody to."""
        while not self._over.is_set():
            with self._lock:
                left = self._quiet_until - time.monotonic()
            if left <= 0:
                return
            self._over.wait(left)

    def _sent(self, request: Request, most: int) -> tuple[str, float | None, bool] | None:
        """Send once. None where the answer is of use; else the fault, how long to wait if that is told, and whether to go on."""
        import httpx

        said = asking(request, self._terms.model, self._terms.answer_tokens)
        cost = 0
        try:
            with self._client.stream("POST", self._terms.address, json=said) as response:
                raw = _read(response)
                status, headers = response.status_code, response.headers
                cost = most if status == httpx.codes.OK else 0
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            self._nobody()
            return "unreachable", None, True
        except (httpx.UnsupportedProtocol, httpx.InvalidURL):
            self.end("address")
            return "address", None, False
        except httpx.TimeoutException:
            cost = most
            return "timeout", None, True
        except httpx.HTTPError:
            cost = most
            return "broken", None, True
        finally:
            self._budget.settle(most, cost)
        with self._lock:
            self._unreached = 0
        if status != httpx.codes.OK:
            return self._refused(status, headers.get("retry-after"))
        return self._answered(request, raw, most)

    def _answered(self, request: Request, raw: bytes | None, most: int) -> tuple[str, float | None, bool] | None:
        found = _completion(raw) if raw is not None else None
        if found is None:
            return "too-long" if raw is None else "not-json", None, True
        if found.prompt_tokens is not None and found.answer_tokens is not None:
            self._budget.settle(most, min(most, found.prompt_tokens + found.answer_tokens))
        text, cut = kept(found.text, cut=found.cut)
        answer = Answer(
            request=request.id, document=request.document, model=self._terms.model, run=self._terms.run,
            asked=datetime.now(UTC).isoformat(timespec="seconds"), answer=text, cut=cut,
            prompt_tokens=found.prompt_tokens, answer_tokens=found.answer_tokens,
        )  # fmt: skip
        self._recorder.add([answer])
        usable = check_answer(text, request, self._requirements, cut=cut).usable
        return None if usable else ("unusable", None, True)

    def _refused(self, status: int, retry_after: str | None) -> tuple[str, float | None, bool]:
        if status in (401, 403):
            self.end("key")
            return "key", None, False
        if status in (404, 405) or 300 <= status < 400:
            self.end("address")
            return "address", None, False
        wait = seconds(retry_after)
        fault = "limited" if status == 429 else "server" if status in (408, 409, 425) or status >= 500 else None
        if fault is None:
            return "refused", None, False
        if wait is not None and wait > LONGEST_WAIT:
            self.end("limited")
        elif wait is not None and fault == "limited":
            with self._lock:
                self._quiet_until = max(self._quiet_until, time.monotonic() + wait)
        return fault, wait, True

    def _nobody(self) -> None:
        with self._lock:
            self._unreached += 1
            alone = self._unreached >= _NOBODY and not self.outcome.answered
        if alone:
            self.end("unreachable")


def _read(response: Any) -> bytes | None:
    """The body of a response; None where it is longer than any answer."""
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > LARGEST:
            return None
    return bytes(data)


def _completion(raw: bytes) -> Completion | None:
    import json

    try:
        return completion(json.loads(raw))
    except (ValueError, RecursionError):
        return None


def seconds(retry_after: str | None) -> float | None:
    """A Retry-After header as seconds from now; None where there is none that can be read."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(when.tzinfo or UTC)).total_seconds())
