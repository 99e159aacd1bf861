"""A paragraph → its sentences, by rules made for Chinese prose.

。！？ end a sentence, semicolons do not; nothing ends inside quotation marks or brackets, unless a quotation is itself
several long sentences. The end of a paragraph ends a sentence, and a mark that is never closed swallows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.rules import pattern

_PAIRS = {
    "“": "”",
    "「": "」",
    "『": "』",
    "《": "》",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "〈": "〉",
    "[": "]",
}
_QUOTES = "“「『"
_CLOSERS = "”」』》）)】〕〉]\"'’"
_PAIRED = re.compile(f"[{re.escape(''.join(_PAIRS) + _CLOSERS)}]")
_END = re.compile(r"[。！？!?]+(?:…+|\.{3,})?|(?<=[A-Za-z0-9)%”\"])\.(?=\s+[A-Z“\"\u3400-\u9fff])")
_LIST_HEAD = re.compile(r"\s*(?:[（(]?\d{1,3}[)）]?|[A-Za-z]|[IVXivx]{1,5})\.$")
_TAG = re.compile(r"[^。！？!?”」』]{1,45}[。！？!?]")
_LONG_QUOTE = 60
_LONG_BRACKET = 150
_BREAKS = ("；;。！？", "，,：:", "、 \u3000\t|")
"""Where a sentence that is too long is divided, the best first."""
_ANY_LENGTH = 1000
"""Characters above which a pair is open whatever it holds."""


def spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end, without white space around them; nothing else is left out."""
    closed = _closed(text)
    opening = _opening(text)
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or closed[match.start()] or not _is_end(text, start, match):
            continue
        end = match.end()
        while end < len(text) and text[end] in _CLOSERS and end not in opening:
            end += 1
        if closed[end - 1] and end < len(text) and closed[end]:
            continue
        if end > match.end() and _is_tagged(text, end):
            continue
        found.append((start, end))
        start = end
    found.append((start, len(text)))
    trimmed = []
    for start, end in found:
        words = text[start:end]
        left = len(words) - len(words.lstrip())
        right = len(words.rstrip())
        if right > left:
            trimmed.append((start + left, start + right))
    return _merged(text, trimmed)


def bearable(text: str, found: Sequence[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
    """Sentences none of which is longer than ``limit``: longer ones divided at semicolons, commas, spaces, or anywhere."""
    result: list[tuple[int, int]] = []
    for start, end in found:
        while end - start > limit:
            middle = _break(text, start, start + limit)
            result.append((start, middle))
            start = middle
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            result.append((start, end))
    return result


def _break(text: str, start: int, latest: int) -> int:
    """Where to divide, in the second half of what may be taken: after the last of the strongest marks there is."""
    half = start + (latest - start) // 2
    for marks in _BREAKS:
        at = max(text.rfind(mark, half, latest) for mark in marks)
        if at >= 0:
            return at + 1
    return latest


def _closed(text: str) -> bytearray:
    """For each character whether it stands inside a pair of marks in which no sentence ends.

    The last character of speech is left open when it ends a sentence: …不低。” may end one.
    """
    closed = bytearray(len(text))
    stack: list[int] = []
    for mark in _PAIRED.finditer(text):
        i, char = mark.start(), mark.group()
        if char in _PAIRS:
            stack.append(i)
        elif stack and char in _CLOSERS:
            for depth in range(len(stack) - 1, max(-1, len(stack) - 5), -1):
                if _PAIRS[text[stack[depth]]] == char:
                    start = stack[depth]
                    del stack[depth:]
                    if not _is_open(text, start, i):
                        end = i - 1 if _is_speech(text, start, i) else i
                        closed[start:end] = b"\x01" * (end - start)
                    break
    return closed


def _opening(text: str) -> frozenset[int]:
    """Where straight quotation marks open a quotation: every other one, where none lacks its fellow."""
    places = [i for i, char in enumerate(text) if char == '"'] if '"' in text else []
    return frozenset(places[::2]) if len(places) % 2 == 0 else frozenset()


def _is_open(text: str, start: int, end: int) -> bool:
    """Whether a pair is long speech, or a bracketed passage, whose sentences stand for themselves."""
    if end - start > _ANY_LENGTH:
        return True
    inside = text[start + 1 : end]
    parts = [part for part in re.split(r"[。！？!?]+", inside) if part.strip()]
    if text[start] in _QUOTES:
        return len(parts) >= 2 and len(inside) >= _LONG_QUOTE
    return len(parts) >= 2 and len(inside) >= _LONG_BRACKET


def _is_speech(text: str, start: int, end: int) -> bool:
    """Whether a quotation ends as a sentence and is one, rather than a word of the sentence it stands in."""
    if text[start] not in _QUOTES or text[end - 1] not in "。！？!?":
        return False
    before = text[max(0, start - 3) : start]
    return start == 0 or pattern("speech", "before-speech").search(before) is not None


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    mark, before, after = (
        match.group(),
        text[max(start, match.start() - 40) : match.start()],
        text[match.end() : match.end() + 1],
    )
    if mark == ".":
        return not (pattern("speech", "abbreviation").search(before + ".") or _LIST_HEAD.fullmatch(before + "."))
    return not (mark[0] in "!?" and after and after.isascii() and (after.isalnum() or after in "=&/_-"))


def _is_tagged(text: str, end: int) -> bool:
    """Whether nothing but «… said.» follows a quotation: it belongs to the sentence that was quoted."""
    following = _TAG.match(text, end)
    return bool(following and pattern("speech", "says").search(following.group().rstrip("。！？!?")))


def _merged(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what is nothing but marks to the sentence before it."""
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and not re.search(r"\w", text[start:end]):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
