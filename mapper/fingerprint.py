"""What a text says, whatever its spaces, punctuation and width: by this, copies and old quotes are known again."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

_MARKS = re.compile(r"[\W_]+")
_WIDE = tuple(zip("，；：？！（）", ",;:?!()", strict=True))
"""The marks that nearly every text holds, each as NFKC would write it: with them gone most texts need no more of it."""


def normalised(text: str) -> str:
    """A text reduced to what it says: NFKC, lower case, letters and digits only."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=512)
def fingerprint(text: str) -> str:
    """SHA-256 (64 hex digits) of the normalised text: equal for copies that differ in spaces, punctuation or width."""
    return sha256(normalised(text).encode("utf-8")).hexdigest()


def asked(obligation: str, text: str) -> str:
    """What a requirement asks, as 16 hex digits: its text (without regard to punctuation) and how binding it is."""
    return fingerprint(f"{obligation} {text}")[:16]


def identity(firm: str, requirement: str, quote: str) -> str:
    """The id of a piece of evidence: its content, not its place, so that it outlives a moved file."""
    return sha256(f"{firm}\n{requirement}\n{fingerprint(quote)}".encode()).hexdigest()[:16]
