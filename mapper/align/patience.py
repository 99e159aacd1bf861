"""What one document may cost when it is attributed and matched; what costs more is left out and named."""

from __future__ import annotations

from time import monotonic

SECONDS_LIMIT = 300.0
"""Seconds that attributing and matching one document may take, as many as reading it may."""
FIRMS_LIMIT = 40
"""Firms in one sentence; one that names more is a directory, and no evidence of any of them."""


class TooSlowError(Exception):
    """A document has taken longer than it may."""


class Patience:
    """Ends with :class:`TooSlowError` once a document has had its seconds; asked again and again, as its work goes on."""

    def __init__(self, seconds: float = SECONDS_LIMIT) -> None:
        self._end = monotonic() + seconds

    def check(self) -> None:
        """Raises TooSlowError when the time is over."""
        if monotonic() > self._end:
            raise TooSlowError
