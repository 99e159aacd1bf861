"""Single characters: entities left in the text, invisible characters, full-width letters, look-alikes."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

from mapper.corpus.textmap import Edit, TextMap

_ENTITY = re.compile(
    r"&(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|nbsp|ensp|emsp|thinsp|amp|lt|gt|quot|apos|[lr][ds]quo|mdash|ndash|hellip|middot|bull"
    r"|times|yen|copy|reg|permil|deg|laquo|raquo|sup2|zwnj|zwj|shy);"
)
_EMBEDDED = re.compile(r"(?<![A-Za-z0-9+/])(?:data:[\w/+.-]{3,40};base64,)?(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{400,}={0,2}")
"""A picture or another file written as text."""
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e01ef]+"
)
_PLACEHOLDER = re.compile(r"(?<!\S)\?+(?!\S)|\?>\?")
"""White space that a converter could not write: ``首页?>?银行``, and ``??? `` where an indent was."""
_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％＋－＝＆＃＠＄＊／＿]")
_POINT = re.compile("(?<=[0-9０-９])．(?=[0-9０-９])")
_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Radicals and compatibility forms that some programs write into PDFs in place of the characters: ⾦ for 金."""
_SYMBOL = re.compile("[\uf000-\uf0ff]")
"""Bullets and arrows of symbol fonts."""
_HAN = re.compile("[\u3400-\u9fff]")
_BETWEEN = re.compile("(?<=[\u3400-\u9fff\u3001-\u3011\uff01-\uff5e0-9%]) (?=[\u3400-\u9fff\u3001-\u3011\uff01-\uff5e0-9])")
_LEAST_SPACED, _MOST_SPACED = 8, 0.7
"""Spaces between characters, at least, and their share of the Han characters from which a text is letter-spaced."""
_PRIVATE = re.compile("[\ue000-\uefff\uf100-\uf8ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]+")


def repair(block: TextMap, codes: set[str]) -> TextMap:
    """Decode entities, drop invisible characters, fold widths; Chinese punctuation stays as it is."""
    block = _unspaced(block)
    if not (_ANY.search(block.text) or _LONG.search(block.text)):
        return block
    for pattern, change, code in _STEPS:
        edits: list[Edit] = [(*match.span(), change(match.group())) for match in pattern.finditer(block.text)]
        if edits:
            block = block.edit(edits)
            codes.update(code)
    return block


def _unspaced(block: TextMap) -> TextMap:
    """A text set with a space after every character, as some PDFs and titles are, without those spaces."""
    spaces = list(_BETWEEN.finditer(block.text))
    if len(spaces) < _LEAST_SPACED or len(spaces) < _MOST_SPACED * len(_HAN.findall(block.text)):
        return block
    return block.edit((*match.span(), "") for match in spaces)


def _narrow(found: str) -> str:
    return unicodedata.normalize("NFKC", found)


_STEPS: tuple[tuple[re.Pattern[str], Callable[[str], str], tuple[str, ...]], ...] = (
    (_EMBEDDED, lambda found: "", ()),
    (_ENTITY, html.unescape, ("entities",)),
    (_INVISIBLE, lambda found: "", ("invisible",)),
    (_SYMBOL, lambda found: " ", ()),
    (_PRIVATE, lambda found: "\ufffd", ()),
    (_CONTROL, lambda found: "\ufffd", ()),
    (_PLACEHOLDER, lambda found: " > " if ">" in found else " ", ()),
    (_SPACE, _narrow, ()),
    (_WIDTH, _narrow, ("width",)),
    (_POINT, _narrow, ("width",)),
    (_LOOKALIKE, _narrow, ("look-alikes",)),
)
_SETS = (_INVISIBLE, _SYMBOL, _PRIVATE, _CONTROL, _SPACE, _WIDTH, _LOOKALIKE)
_ANY = re.compile(f"[&?．{''.join(one.pattern.strip('[]+') for one in _SETS)}]")
_LONG = re.compile("[A-Za-z0-9+/]{400}")
"""What any step needs; most blocks hold nothing of it."""
