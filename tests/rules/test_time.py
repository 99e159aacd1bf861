"""No pattern takes longer than the text grows; benchmarks/patterns.py looks closer, and at every one."""

from __future__ import annotations

import re
import time

import pytest

from benchmarks.patterns import pieces
from mapper.corpus import cells, sections
from mapper.rules import rules, sheets

LENGTH = 12_000
AGAINST = (" ", "\u3000\n", "1", "19", "，1", "字", "|", "(", "国内", "未来发展的", "报告期 ", "单位 ", "记者 ", "a.b@")
PATTERNS = [
    *(pytest.param(rule.pattern, id=f"{sheet}-{id}") for sheet in sheets() for id, rule in rules(sheet).items()),
    *(pytest.param(mark, id=f"cells-{at}") for at, mark in enumerate(cells.MARKS)),
    pytest.param(sections._PAGED, id="paged"),
]


def took(pattern: re.Pattern[str], text: str) -> float:
    """Seconds of the processor, the better of two tries."""
    times = []
    for _ in range(2):
        begun = time.process_time()
        for _ in pattern.finditer(text):
            pass
        times.append(time.process_time() - begun)
        if times[-1] < 0.05:
            break
    return min(times)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_done_with_any_text_of_a_few_pages_at_once(pattern: re.Pattern[str]) -> None:
    for piece in (*AGAINST, *pieces(pattern)[:6]):
        assert took(pattern, (piece * LENGTH)[:LENGTH] + "\x01") < 0.15, piece
