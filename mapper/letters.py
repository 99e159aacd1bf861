"""One way to fold capitals, everywhere: each character stays in its place."""

from __future__ import annotations


def lowered(text: str) -> str:
    """The text in lower case and of the same length: what would become two characters (İ) stays as it is."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
