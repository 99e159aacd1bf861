"""A server that speaks chat completions and can fail in every way that servers do."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.ask.models import honest

Play = Callable[[str, int], str | None]
"""What goes wrong with a request (the key by which it names itself) at its n-th attempt, from 0; None where nothing does."""


@dataclass
class Server:
    """A running server: where it is, how often each request came, and with what headers the last one."""

    url: str = ""
    came: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    headers: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def serving(play: Play = lambda key, attempt: None, model: Callable[[str], str] = honest) -> Iterator[Server]:
    """A server on this machine, with its faults, while the block lasts."""
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            user = said["messages"][1]["content"]
            key = json.loads(user)["request"]
            with made.lock:
                attempt = made.came[key]
                made.came[key] += 1
                made.headers = dict(self.headers)
            fault = play(key, attempt)
            if fault is None:
                with made.lock:
                    made.answered[key] += 1
            getattr(self, f"_{(fault or 'good').partition(' ')[0].replace('-', '_')}")(user, fault or "")

        def _good(self, user: str, _: str) -> None:
            self._say(completion(model(user)))

        def _status(self, _: str, fault: str) -> None:
            """``status 429 7``: this status, and Retry-After where a second number stands."""
            _, status, *after = fault.split(maxsplit=2)
            self._say({"error": {"message": "no"}}, int(status), {"Retry-After": after[0]} if after else {})

        def _silence(self, *_: str) -> None:
            """Hang up in the midst of the answer."""
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b'{"choices": [')
            self.wfile.flush()
            self.close_connection = True

        def _reset(self, *_: str) -> None:
            """Hang up at once."""
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

        def _slow(self, user: str, fault: str) -> None:
            gone.wait(float(fault.split()[1]))
            self.close_connection = True

        def _html(self, *_: str) -> None:
            self._raw(b"<html>busy</html>")

        def _no_choices(self, *_: str) -> None:
            self._say({"choices": []})

        def _prose(self, *_: str) -> None:
            self._say(completion("好的，我来看看。"))

        def _cut(self, user: str, _: str) -> None:
            self._say(completion(model(user)[:-20], finish="length"))

        def _other(self, user: str, _: str) -> None:
            self._say(completion(json.dumps({"request": "0000", "sentences": [{"id": "0000.1", "verdicts": []}]})))

        def _echo(self, user: str, _: str) -> None:
            self._say(completion(user))

        def _missing(self, user: str, _: str) -> None:
            data = json.loads(model(user))
            self._say(completion(json.dumps(data | {"sentences": data["sentences"][1:]}, ensure_ascii=False)))

        def _twice(self, user: str, _: str) -> None:
            data = json.loads(model(user))
            self._say(completion(json.dumps(data | {"sentences": data["sentences"] * 2}, ensure_ascii=False)))

        def _huge(self, *_: str) -> None:
            self._say(completion("长" * 4_000_000))

        def _say(self, data: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
            self._raw(json.dumps(data, ensure_ascii=False).encode(), status, headers)

        def _raw(self, data: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
            try:
                self.send_response(status)
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except OSError:  # whoever asked has gone
                self.close_connection = True

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_: Any) -> None:
            """Say nothing of those that went away."""

    gone = threading.Event()
    server = Quiet(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        gone.set()
        server.shutdown()
        server.server_close()
        thread.join()


def completion(text: str, finish: str = "stop") -> dict[str, Any]:
    """A chat completion as servers send it."""
    return {
        "id": "c-1", "object": "chat.completion", "created": 1767225600, "model": "served",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050},
    }  # fmt: skip
