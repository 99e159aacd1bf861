"""One way to fold capitals, to read a Chinese numeral, to tell toned letters and to count columns, everywhere."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import combining, east_asian_width

Span = tuple[int, int]
"""Where a stretch of a text begins, and the place behind its last character."""
Highlighter = Callable[[str], str]
"""Gives back words as the output shows them where they are marked."""
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
"""The letters with which pinyin shows a tone: by them a gloss is told from other words in brackets."""


def lowered(text: str) -> str:
    """The text in lower case and of the same length: what would become two characters (İ) stays as it is."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def width(line: str) -> int:
    """Columns of a terminal that a line takes: two for a Chinese character, none for a combining mark.

    By how many columns a text was wrapped that some program wrote is another question (corpus/lines.py).
    """
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in line)


_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}


_FIGURES = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")


def one_line(words: str) -> str:
    """The words in one line: a single space for whatever white space stands between them."""
    return " ".join(words.split())


def in_figures(text: str) -> str:
    """The text with a figure for each Chinese digit: 二〇二四 is 2024. 十 and the like stay."""
    return text.translate(_FIGURES)


def numeral(text: str) -> int | None:
    """The value of a Chinese numeral below 10,000 (十二, 一百零三) or of figures, or None where it is neither."""
    if text.isascii() and text.isdigit():
        return int(text)
    value, digit = 0, None
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
            continue
        if character not in _TENS:
            return None
        value += (1 if digit is None else digit) * _TENS[character]
        digit = None
    return value + (digit or 0) or None
