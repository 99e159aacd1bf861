"""How many requests and tokens may be spent: taken before a request is sent, given back as far as it cost less."""

from __future__ import annotations

from threading import Lock

from mapper.ask.requests import Request

_FRAME = 64
"""Tokens that the interface itself may add."""


def most_tokens(request: Request, answer: int) -> int:
    """Tokens that a request can cost at most: no tokenizer makes more of a text than its bytes in UTF-8."""
    return len(request.system.encode()) + len(request.user.encode()) + _FRAME + answer


def token_count(text: str) -> int:
    """Tokens that a text will likely be: seven for ten Chinese characters, one for three others."""
    wide = sum(char >= "\u2e80" for char in text)
    return round(0.7 * wide + (len(text) - wide) / 3)


def likely_tokens(request: Request) -> int:
    """Tokens that a request will likely cost, without its answer."""
    return token_count(request.system) + token_count(request.user) + _FRAME


class Budget:
    """Requests and tokens that may be spent, None for as many as it takes. Never more are taken than there are."""

    def __init__(self, requests: int | None = None, tokens: int | None = None) -> None:
        self._requests, self._tokens = requests, tokens
        self._lock = Lock()
        self.spent_requests = 0
        self.spent_tokens = 0

    def take(self, tokens: int) -> bool:
        """Take one request that may cost so many tokens; False, and nothing taken, where that might be too much."""
        with self._lock:
            if self._requests is not None and self.spent_requests + 1 > self._requests:
                return False
            if self._tokens is not None and self.spent_tokens + tokens > self._tokens:
                return False
            self.spent_requests += 1
            self.spent_tokens += tokens
            return True

    def settle(self, taken: int, cost: int) -> None:
        """What a request that had taken so many tokens did cost."""
        with self._lock:
            self.spent_tokens += cost - taken
