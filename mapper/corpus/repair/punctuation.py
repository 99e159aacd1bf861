"""Marks of half width in Chinese prose: 在…前提下,向客户销售 is typed or scraped for 在…前提下，向客户销售."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.corpus.textmap import TextMap

_HAN = "\u3400-\u9fff"
_HALF = re.compile(
    rf"(?:(?<=[{_HAN}”’）》」』】])|(?<=[0-9A-Za-z%)\]\"'])(?=[,;?!]\s?[{_HAN}“‘（《「『【]))[,;?!](?![,;?!|])"
)
"""Behind a Chinese character, or between a figure or a word of letters and one."""
_FULL = {",": "，", ";": "；", "?": "？", "!": "！"}
_COMMA = re.compile(rf"(?<=[{_HAN}]),(?=\s?[{_HAN}])")
_LEAST, _SHARE = 3, 4
"""Commas of half width between Chinese characters from which a document is set so, where they are so many times those of full
width."""
_VALUES = re.compile(rf"\d,(?=[{_HAN}\"])|,\"|\",|,,|,(?=\d{{2,}}[,/])")
_ROW = 2
"""Commas between values from which a line is a row of a table: the whole document keeps its marks then."""
_CLAUSE = 10
"""Characters to each comma, at least, of prose without a full stop: a row of a table has fewer."""


def repair(blocks: Sequence[TextMap], codes: set[str]) -> list[TextMap]:
    """Widen the marks of a document that is set with those of half width; rows of values stay as they are."""
    half = sum(len(_COMMA.findall(block.text)) for block in blocks if _is_prose(block.text))
    full = sum(block.text.count("，") for block in blocks)
    rows = any(len(_VALUES.findall(block.text)) >= _ROW for block in blocks)
    if rows or half < _LEAST or half < _SHARE * full:
        return list(blocks)
    widened = [_widened(block) if _is_prose(block.text) else block for block in blocks]
    if any(new is not old for new, old in zip(widened, blocks, strict=True)):
        codes.add("width")
    return widened


def _is_prose(text: str) -> bool:
    return "。" in text or _CLAUSE * text.count(",") <= len(text)


def _widened(block: TextMap) -> TextMap:
    edits = [(*match.span(), _FULL[match.group()]) for match in _HALF.finditer(block.text)]
    return block.edit(edits) if edits else block
