"""Labels of clauses and parts in English: 第九条 is «Art. 9», 二、（六） is «II (6)», 第三章 is «Chapter 3»."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from mapper.letters import numeral
from mapper.report.phrases import Both

_NUMERAL = "[零一二三四五六七八九十百]+"
_UNIT = {"条": "Art.", "章": "Chapter", "节": "Section", "款": "para.", "部分": "Part", "项": "item"}
_PIECE = re.compile(rf"第({_NUMERAL})(条|章|节|款|部分|项)|（({_NUMERAL})）|({_NUMERAL})")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@cache
def clause(label: str) -> Both:
    """The label in both languages; one of an unknown form stands as it is in both."""
    said, rest = [], label
    for found in _PIECE.finditer(label):
        unit_number, unit, bracketed, bare = found.groups()
        number = numeral(unit_number or bracketed or bare)
        if number is None:
            return Both.same(label)
        said.append(f"{_UNIT[unit]} {number}" if unit else f"({number})" if bracketed else _roman(number))
        rest = rest.replace(found.group(), "", 1)
    if not said or rest.strip("、，,；; "):
        return Both.same(label)
    return Both(label, _joined(said))


def _joined(pieces: list[str]) -> str:
    """«II (6)», «V (13), (14)», «Art. 43, Art. 44»: brackets after a part follow without a comma, like things with one."""
    made = pieces[0]
    for before, piece in pairwise(pieces):
        made += (", " if before[0] == piece[0] else " ") + piece
    return made


def _roman(number: int) -> str:
    made = ""
    for value, letters in _ROMAN:
        while number >= value:
            made, number = made + letters, number - value
    return made
